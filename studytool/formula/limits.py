"""The limits of a formula: its size, and the memory and work that it may use."""

MAX_CHARACTERS = 2_000
MAX_NUMBER_CHARACTERS = 40
MAX_NODES = 200
MAX_DEPTH = 32
MAX_DIMENSIONS = 4
MAX_ELEMENTS = 4_000_000
MAX_ALIVE_BYTES = 512 * 2**20
MAX_OPERATIONS = 2e9
"""Elements computed, each weighted by the cost of its function."""
