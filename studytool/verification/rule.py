"""The acceptance rule: an equivalence test of an estimate against a predicted number.

    δ = max(atol, rtol·|c|)
    holds      iff the confidence interval lies inside c ± δ
    refuted    iff it lies outside
    undecided  otherwise: it straddles an end, or nothing bounds the estimate

The interval is the one that the statistic deserves (:mod:`studytool.numerics.tally`); each side of
it misses the truth with probability 2.3e-4. That is how often a formula that is wrong by δ is
accepted. As many replicates are drawn as refuse a right one with probability 6.8e-6. A control must
be refuted: "not accepted" would also be said of an estimate too rough to tell.

A number that is computed is compared to floating-point accuracy, unless a tolerance is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.evidence import Verdict

PRECISION = 8.0
"""The standard error must be this many times smaller than δ: 4.5 of them beside the guard of 3.5."""
WRONG_ACCEPTED, RIGHT_REFUSED = 2.3e-4, 6.8e-6
"""What the rule promises of a formula that is wrong by δ, and of one that is right."""
NEAREST_GAP = 0.5
"""A control whose gap is below this many δ is not told apart by drawing more: at most 4 × n."""
LARGEST_RELATIVE = 0.05
"""The relative tolerance of a claim that names none, and the widest without a reason."""
LARGEST_OF_GAP = 1 / 3
"""Of the distance to the nearest control: the widest absolute tolerance without a reason."""
EXACT_RELATIVE = 1e-9
"""An exact algorithm may differ by rounding: 4.5e6 units in the last place, more than thousands of
operations lose, and far less than the six digits that an author may write."""
EXACT_ABSOLUTE = 1e-12
"""The same beside 0, where terms of size 1 cancel."""


@dataclass(frozen=True, slots=True)
class PredictedNumber:
    """A predicted number c and δ, how far from it the truth may be.

    A prediction of 0 without an atol has δ = 0: no estimate can hold it.
    """

    value: float
    tolerance: float


def predict(value: float, *, rtol: float, atol: float = 0.0) -> PredictedNumber:
    """Make a prediction with δ = max(atol, rtol·|value|).

    >>> predict(-0.5, rtol=0.02)
    PredictedNumber(value=-0.5, tolerance=0.01)
    """
    return PredictedNumber(value, max(atol, rtol * abs(value)))


def resolution(predicted: PredictedNumber, wrongs: Iterable[PredictedNumber]) -> float:
    """Return the distance that an estimate must resolve: δ, or the gap to a control that is nearer.

    The gap is what lies between the prediction and the control's own tolerance. With SE ≤ gap/8 a
    control is refuted wherever the prediction is true, but for 3.4e-6.

    >>> resolution(PredictedNumber(2.0, 0.25), [PredictedNumber(2.5, 0.3125), PredictedNumber(4.0, 0.5)])
    0.1875
    """
    fewest = NEAREST_GAP * predicted.tolerance
    gaps = [abs(wrong.value - predicted.value) - wrong.tolerance for wrong in wrongs]
    return min([predicted.tolerance, *(gap for gap in gaps if gap >= fewest)])


def judge(estimate: Estimate, predicted: PredictedNumber) -> Verdict:
    """Accept or refute a prediction, or leave it undecided."""
    interval = estimate.bounds
    if interval.lies_in(predicted.value, predicted.tolerance):
        return Verdict.HOLDS
    if interval.misses(predicted.value, predicted.tolerance):
        return Verdict.REFUTED
    return Verdict.UNDECIDED


def is_off_zero(estimate: Estimate, predicted: PredictedNumber) -> bool:
    """Tell draws that lie beside a predicted 0, by more than a third of a δ wider than they scatter.

    What 0 is compared with gives an absolute tolerance no scale, if the controls are far.
    """
    is_wide = predicted.tolerance > estimate.spread
    is_beside = abs(estimate.value) > LARGEST_OF_GAP * predicted.tolerance
    return predicted.value == 0 and is_wide and is_beside


def is_exact(estimate: Estimate) -> bool:
    """Tell a number that was computed from one that was estimated."""
    return estimate.basis is Basis.COMPUTED


def exactness(value: float) -> float:
    """Return how far a number that is computed may be off by rounding."""
    return max(EXACT_ABSOLUTE, EXACT_RELATIVE * abs(value))
