"""A trial watched from outside: each estimate as it comes, beside what it is compared with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studytool.numerics.estimate import Estimate


@dataclass(frozen=True, slots=True)
class TrialLook:
    """An estimate while it is being drawn, or at its end.

    Attributes:
        quantity: the name of what is measured.
        predicted: the number that it is compared with.
        tolerance: δ, the distance at which a prediction counts as wrong.
        wrongs: the numbers that it must reject, by the name of the misconception or control.
    """

    quantity: str
    estimate: Estimate
    predicted: float
    tolerance: float
    wrongs: Mapping[str, float]

    def follows(self, other: "TrialLook") -> bool:
        """Tell whether it goes on from another: the same comparison, of more replicates."""
        same = (self.quantity, self.predicted) == (other.quantity, other.predicted)
        return same and self.estimate.replicates > other.estimate.replicates


TrialWatch = Callable[[TrialLook], None]
"""Told of every look, where the trial runs: it must be quick."""


def last_series(looks: Sequence[TrialLook]) -> Sequence[TrialLook]:
    """Return the looks of the last estimate alone, from the fewest replicates to the most."""
    begin = len(looks) - 1
    while begin > 0 and looks[begin].follows(looks[begin - 1]):
        begin -= 1
    return looks[max(0, begin) :]
