"""FSRS's four ratings, stored by name."""

from enum import StrEnum


class Rating(StrEnum):
    """How well an item was recalled; FSRS's numbers are 1 to 4 in this order."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"
