"""The long job: kills, power loss, a full disk, two days left open; ``python -m tests.endurance``."""
