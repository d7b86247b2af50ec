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
        change: the alteration, with its column in ``formula``.
        part: where an experiment has the formula: ``("step", "x")``; of claims and items empty.
    """

    of: str
    formula: str
    change: str
    fate: Fate
    part: tuple[str, ...] = ()
