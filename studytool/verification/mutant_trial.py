"""What became of one altered formula of a pack."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """The fate of a mutant."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class MutantTrial:
    """One mutant.

    Attributes:
        of: id of the claim, item or experiment.
        formula: what was altered.
        column: where it is altered, counted from 1.
        change: what was there and what is now: ``+ → -``.
        part: where an experiment has the formula: ``("step", "x")``; of claims and items empty.
    """

    of: str
    formula: str
    column: int
    change: str
    fate: Fate
    part: tuple[str, ...] = ()
