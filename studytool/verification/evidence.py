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
class Comparison:
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
    """Whether a wrong statement was rejected, as it must be, and on how many draws."""

    id: str
    rejected: bool
    draws: int


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A claim tried."""

    claim: str
    standing: str
    verdict: Verdict
    measured: tuple[Comparison, ...]
    controls: tuple[ControlResult, ...]
    seed: int
    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeyEvidence:
    """The key of a numeric item, or the outcome of a prediction, tried on several draws."""

    item: str
    verdict: Verdict
    measured: tuple[Comparison, ...]
    controls: tuple[ControlResult, ...]
    draws: int
    seed: int
    seconds: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PackEvidence:
    """Everything that a run of ``verify`` found in one pack."""

    pack: str
    claims: tuple[ClaimEvidence, ...]
    keys: tuple[KeyEvidence, ...]
    seconds: float
