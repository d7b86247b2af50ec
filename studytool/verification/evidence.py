"""What a check found: the frozen types of verification."""

from dataclasses import dataclass
from enum import StrEnum

from studytool.numerics.estimate import Estimate


class Verdict(StrEnum):
    """Of a claim or key: never of an answer."""

    HOLDS = "holds"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class MeasuredQuantity:
    """One estimate beside the number that was predicted, under one condition.

    Attributes:
        quantity: what was measured, with its condition, for a reader.
        tolerance: δ, the distance at which the prediction counts as wrong.
        reason: why it is undecided or refuted; empty when it holds.
    """

    quantity: str
    estimate: Estimate
    predicted: float
    tolerance: float
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ControlResult:
    """Whether a wrong statement was rejected every time, as it must be, and on how many draws."""

    id: str
    rejected: bool
    draws: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, or the key of an item, tried.

    Attributes:
        id: of the claim, or of the item.
        standing: of a claim; empty for a key.
        verdict: None for a claim that has no check and says why.
        draws: conditions, or draws of the parameters, that were tried.
        revision: of what was tried; evidence of another revision does not count.
        reason: why it does not hold, one reason a line; empty when it does.
    """

    id: str
    standing: str
    verdict: Verdict | None
    measured: tuple[MeasuredQuantity, ...]
    controls: tuple[ControlResult, ...]
    draws: int
    seed: int
    seconds: float
    revision: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackEvidence:
    """Everything that a run of ``verify`` found in one pack."""

    pack: str
    claims: tuple[Evidence, ...]
    keys: tuple[Evidence, ...]
    seconds: float

    def count(self, verdict: Verdict) -> int:
        """Count the claims and keys with a verdict."""
        return sum(found.verdict is verdict for found in (*self.claims, *self.keys))
