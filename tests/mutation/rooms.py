"""The rooms whose mutants are tried: the modules of each, and its own tests."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("quiz", "units", "srs", "formula", "review_log", "numerics")


@dataclass(frozen=True, slots=True)
class Room:
    """A folder of modules, and what tests them.

    Attributes:
        root: where the tests are run.
        modules: the folder, from the root.
        tests: what pytest is given, from the root; the modules' doctests among them.
    """

    root: Path
    modules: str
    tests: tuple[str, ...]

    @classmethod
    def named(cls, name: str) -> "Room":
        """Return a room of the program; the core's own tests are also those beside the oracles."""
        beside = ("tests/oracles",) if name == "numerics" else ()
        return cls(ROOT, f"studytool/{name}", (f"tests/{name}", f"studytool/{name}", *beside))
