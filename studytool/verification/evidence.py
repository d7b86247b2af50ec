"""The evidence of one run: estimates beside predictions, controls, and what kept a check undone."""

from dataclasses import dataclass, field
from enum import StrEnum

from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.evidence import Independence, NumbersByName, Verdict, weakest
from studytool.verification.problems import Problem
from studytool.verification.ruler import RulerTrial, try_ruler


class Relation(StrEnum):
    """How an estimate must stand to the number beside it."""

    EQUALS = "equals"
    """Within the tolerance of the predicted number."""
    EXCEEDS = "exceeds"
    """Above the margin by more than the error allows to doubt: an order."""
    REPEATS = "repeats"
    """Near the estimate of the learner's own simulation: a prediction."""
    DECIDES = "decides"
    """What is measured for the options of a choice, whose ``when`` it decides."""
    SHARE = "share"
    """A share of a grid's points where an order holds, at least the share beside it."""


@dataclass(frozen=True, slots=True)
class MeasuredQuantity:
    """One estimate beside the number that was predicted, under one condition.

    Attributes:
        quantity: the name of what was measured.
        predicted: the number that ``relation`` compares with; of an order, its margin; NaN where
            it decides between options.
        tolerance: δ, the distance at which a prediction counts as wrong; of an order, how far from
            the margin the difference must be.
        condition: the numbers that the check's names stood for.
        interval: the ends of the confidence interval of the estimate; of a share, what surely holds
            and what may.
        independence: of the key that was tried.
    """

    quantity: str
    estimate: Estimate
    predicted: float
    tolerance: float
    verdict: Verdict
    condition: NumbersByName = field(default_factory=dict)
    relation: Relation = Relation.EQUALS
    interval: tuple[float, float] = (float("nan"), float("nan"))
    independence: Independence = Independence.SIMULATED


@dataclass(frozen=True, slots=True)
class ControlResult:
    """On how many draws a wrong statement was tried, and on how many it was not rejected.

    Attributes:
        measured: of an order's control, the difference that it showed first.
    """

    id: str
    draws: int
    kept: int
    measured: MeasuredQuantity | None = None

    @property
    def rejected(self) -> bool:
        """Tell whether it was rejected every time, as it must be."""
        return self.kept == 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim, or the key of an item, tried.

    Attributes:
        id: of the claim, or of the item.
        standing: of a claim; empty for a key.
        verdict: None for a claim that has no check and says why.
        draws: conditions, or draws of the parameters, that were tried.
        revision: of what was tried; evidence of another revision does not count.
        problems: why something could not be tried, or shows otherwise.
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
    problems: tuple[Problem, ...] = ()

    @property
    def independence(self) -> Independence | None:
        """Return the class of its weakest measurement; None of what is untried."""
        return None if self.verdict is None else weakest(one.independence for one in self.measured)

    @property
    def has_oracle(self) -> bool:
        """Tell whether another library's number was compared."""
        return any(one.independence is Independence.ORACLE for one in self.measured)


@dataclass(frozen=True, slots=True)
class PackEvidence:
    """Everything that a run of ``verify`` found in one pack.

    Attributes:
        recalled: what an earlier run found of it, on which nothing has changed since: names of
            tasks, as ``claims/ID``.
    """

    pack: str
    claims: tuple[Evidence, ...]
    keys: tuple[Evidence, ...]
    seconds: float
    recalled: frozenset[str] = frozenset()

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Return the evidence of the claims, then of the keys."""
        return (*self.claims, *self.keys)

    @property
    def estimates(self) -> int:
        """Count the estimates that come from random draws."""
        return sum(one.basis is not Basis.COMPUTED for one in self._estimates)

    @property
    def _estimates(self) -> list[Estimate]:
        """Return every estimate, those of a claim once.

        A key that rests on a claim has its very measurements.
        """
        measured = {id(one): one for found in self.all for one in found.measured}
        return [one.estimate for one in measured.values()]

    @property
    def ruler(self) -> RulerTrial | None:
        """Return how far estimates lie from their pilots; None of a run that has too few."""
        return try_ruler(self._estimates)

    def total_error(self, each: float) -> float:
        """Return the chance of at least one error in all estimates, from that of one."""
        return 1 - (1 - each) ** self.estimates

    def count(self, verdict: Verdict | None) -> int:
        """Count the claims and keys with a verdict."""
        return sum(found.verdict is verdict for found in self.all)

    def count_class(self, independence: Independence) -> int:
        """Count the claims and keys of a class; an oracle counts beside the class of the check."""
        if independence is Independence.ORACLE:
            return sum(found.has_oracle for found in self.all)
        return sum(found.independence is independence for found in self.all)
