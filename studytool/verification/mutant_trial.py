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
        part: where a check or an experiment has the formula: ``("checks", "0", "by", "sample")``,
            ``("step", "x")``; of the claimed numbers and keys themselves empty.
    """

    of: str
    formula: str
    column: int
    change: str
    fate: Fate
    part: tuple[str, ...] = ()

    @property
    def is_line(self) -> bool:
        """Tell whether it moves a line between outcomes, or a margin, and no number that is tried."""
        return "when" in self.part or "margin" in self.part
