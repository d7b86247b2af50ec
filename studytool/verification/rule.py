"""The acceptance rule: an equivalence test of an estimate against a predicted number.

    δ = max(atol, rtol·|c|)
    holds      iff SE ≤ δ/8 and |estimate − c| ≤ δ − 3.5·SE     the interval lies inside c ± δ
    refuted    iff |estimate − c| ≥ δ + 3.5·SE                  the interval lies outside c ± δ
    undecided  otherwise                                        it straddles an end, or is too wide

A right formula is not accepted with probability 6.8e-6; one that is wrong by δ or more is accepted
with probability at most 2.3e-4, and one that is wrong by less than δ is refuted as seldom. A
control must be refuted: "not accepted" would also be said of an estimate too rough to tell.

An exact estimate (one replicate, SE 0) is compared to floating-point accuracy, whatever δ is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from studytool.numerics.estimate import Estimate
from studytool.packs.evidence import Verdict
from studytool.verification.sampling import DrawEstimate

PILOT = 4_096
MOST_REPLICATES = 8_000_000
MOST_ROUNDS = 3
"""A draw that comes out less precise than its pilot promised is the pilot of the next."""
PRECISION = 8.0
"""The standard error must be this many times smaller than δ."""
GUARD = 3.5
"""Standard errors that are kept off δ."""
MARGIN = 1.3
"""More replicates than the pilot asks for, since the pilot's error is itself an estimate."""
NEAREST_GAP = 0.5
"""A control whose gap is below this many δ is not told apart by drawing more: at most 4 × n."""
LARGEST_RELATIVE = 0.05
"""The relative tolerance of a claim that names none, and the widest without a reason."""
EXACT_RELATIVE = 1e-9
"""An exact algorithm may differ by rounding: 4.5e6 units in the last place, more than thousands of
operations lose, and far less than the six digits that an author may write."""
EXACT_ABSOLUTE = 1e-12
"""The same beside 0, where terms of size 1 cancel."""


@dataclass(frozen=True, slots=True)
class PredictedNumber:
    """A predicted number c and δ, how far from it the truth may be.

    A prediction of 0 without an atol has δ = 0: it can be refuted, but never tried.
    """

    value: float
    tolerance: float


@dataclass(frozen=True, slots=True)
class UnaffordableSample:
    """A sample that needs too many replicates; NaN where its spread is not finite."""

    needed: float


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


def draw_enough(
    draw: DrawEstimate, distance: float, *, exact: bool = False
) -> Estimate | UnaffordableSample:
    """Draw a pilot, throw it away, and draw as many replicates as resolving ``distance`` needs.

    Where the spread is so uneven that the pilot was too hopeful, what it led to is thrown away in
    turn; after three rounds the estimate is returned as it is.
    """
    if exact:
        return draw(1)
    found = draw(PILOT)
    for _ in range(MOST_ROUNDS):
        error = found.standard_error * PRECISION / distance
        needed = MARGIN * found.replicates * error**2
        if not needed <= MOST_REPLICATES:
            return UnaffordableSample(needed)
        found = draw(max(PILOT, ceil(needed)))
        if found.standard_error <= distance / PRECISION:
            break
    return found


def judge(estimate: Estimate, predicted: PredictedNumber) -> Verdict:
    """Accept or refute a prediction, or leave it undecided."""
    distance = abs(estimate.value - predicted.value)
    if is_exact(estimate):
        close = exactness(predicted)
        return Verdict.HOLDS if distance <= close else Verdict.REFUTED
    guard = GUARD * estimate.standard_error
    precise = estimate.standard_error <= predicted.tolerance / PRECISION
    if precise and distance <= predicted.tolerance - guard:
        return Verdict.HOLDS
    if distance > 0 and distance >= predicted.tolerance + guard:
        return Verdict.REFUTED
    return Verdict.UNDECIDED


def is_exact(estimate: Estimate) -> bool:
    """Tell a number that was computed from one that was estimated."""
    return estimate.standard_error == 0 and estimate.replicates == 1


def exactness(predicted: PredictedNumber) -> float:
    """Return how far an exact number may be off by rounding: never beyond δ, where there is one."""
    close = max(EXACT_ABSOLUTE, EXACT_RELATIVE * abs(predicted.value))
    return min(close, predicted.tolerance or close)
