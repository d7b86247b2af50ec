"""Draw as many replicates as the interval of a statistic needs, and no more."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, inf, isfinite, log, sqrt

from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.intervals import GUARD, SIDE_ERROR, Basis
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.verification.rule import PRECISION, PredictedNumber
from studytool.verification.ruler import pilot_distance

PILOT = 1_024
"""Replicates that only say how many are needed: their error is known to 5 % beside a light tail."""
FEWEST_REPLICATES = 4_096
"""What a verdict rests on at the least: fewer show too little of a tail, of ties and of spread."""
MOST_REPLICATES = 8_000_000
MOST_ROUNDS = 4
"""A draw that comes out less precise than its pilot promised is the pilot of the next."""
MARGIN = 1.3
"""More replicates than the pilot asks for, since the pilot's error is itself an estimate."""
SHARE_MARGIN = 1.1
"""The same of a share, whose error follows from the share itself, and of a known range."""
SLACK = 1.002
"""Student's t at 4,095 degrees is so much wider than a normal law."""
DEEPER = 4
"""Times as many replicates where the tail of a draw is not seen yet."""
_FAR_SHARE = 17.0
"""(3.5 + 4.5)²/4 + 1: what few successes add to the variance of a share, in counts."""

DrawEstimate = Callable[[int], Estimate]
"""A function that draws so many fresh replicates and estimates from them."""
SettledCount = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws estimates of one number; each call goes on in the same stream.

    Attributes:
        quantity: the name of what it measures.
        exact: whether one draw is the number itself.
        known: where each value surely lies.
        least: replicates below which its tail cannot have been seen.
        is_spread: whether it is a variance or a standard deviation.
        settled: from so many replicates to as many more as show enough of its rare draws.
    """

    quantity: str
    exact: bool
    draw: DrawEstimate
    known: KnownRange = ANYWHERE
    least: float = 0.0
    is_spread: bool = False
    settled: SettledCount = float


@dataclass(frozen=True, slots=True)
class UnaffordableSample:
    """A sample that needs too many replicates; NaN where its spread is not finite.

    Attributes:
        is_wide: whether it is the range of its values that asks for them, not the spread seen.
    """

    needed: float
    is_wide: bool = False


def draw_enough(
    sampler: Sampler, predicted: PredictedNumber, distance: float
) -> Estimate | UnaffordableSample:
    """Draw a pilot, throw it away, and draw as many replicates as resolving ``distance`` needs.

    Where the pilot was too hopeful, or the tail of what it led to is not seen yet, that is thrown
    away in turn; after four rounds the estimate is returned as it is.
    """
    if sampler.exact:
        return sampler.draw(1)
    pilot = found = sampler.draw(PILOT)
    deeper = DEEPER * FEWEST_REPLICATES if _is_boundless(found) else 0.0
    for _ in range(MOST_ROUNDS):
        if _is_hopeless(found):
            break
        asked = max(_needed(found, sampler, predicted, distance), sampler.least, deeper)
        needed = sampler.settled(max(asked, FEWEST_REPLICATES))
        if not needed <= MOST_REPLICATES:
            is_wide = found.basis is Basis.BERNSTEIN or found.doubt is Doubt.WIDE_RANGE
            return UnaffordableSample(needed, is_wide or asked <= MOST_REPLICATES)
        found = sampler.draw(ceil(needed))
        if found.basis is Basis.CLOPPER_PEARSON or _is_enough(found, distance):
            break
        deeper = DEEPER * found.replicates if found.doubt is Doubt.RARE_DRAWS else 0.0
    return found if found is pilot else replace(found, from_pilot=pilot_distance(pilot, found))


def _is_hopeless(found: Estimate) -> bool:
    """Tell whether more replicates would show nothing new."""
    if found.replicates < FEWEST_REPLICATES:
        return False
    if _is_boundless(found):
        return found.replicates > FEWEST_REPLICATES
    return found.doubt in (Doubt.NO_SPREAD, Doubt.TIES)


def _is_boundless(found: Estimate) -> bool:
    """Tell a tail whose mean no number of draws would show."""
    return found.tail is not None and found.tail.is_hopeless


def _is_enough(found: Estimate, distance: float) -> bool:
    """Tell whether the interval of a right estimate fits, 4.5 standard errors off its middle."""
    room = (PRECISION - GUARD) * found.standard_error
    return found.bounds.half_width + room <= SLACK * distance


def _needed(
    found: Estimate, sampler: Sampler, predicted: PredictedNumber, distance: float
) -> float:
    """Return how many replicates an estimate asks for."""
    least = SHARE_MARGIN * found.least if isfinite(found.least) else 0.0
    by_error = MARGIN * found.replicates * (found.standard_error * PRECISION / distance) ** 2
    if found.basis is Basis.CLOPPER_PEARSON:
        return _needed_of_share(found, predicted, distance)
    if found.basis is Basis.BERNSTEIN and not sampler.is_spread:
        by_range = _needed_of_range(found, sampler.known, distance)
        return min(max(by_error, SHARE_MARGIN * found.least), by_range)
    return max(by_error, least)


def _needed_of_share(found: Estimate, predicted: PredictedNumber, distance: float) -> float:
    """Return the replicates that Clopper and Pearson's interval needs.

    On the scale of the root, where counts have an even spread, its end and the count that comes
    3.4e-6 of the time are (3.5 + 4.5)/2 from the root of the mean count. A pilot that met few of a
    rare event does not lower what the predicted share itself asks for.
    """
    near = min(max(found.value, predicted.value - distance), predicted.value + distance)
    shares = [min(max(share, 0.0), 1.0) for share in (near, predicted.value)]
    spread = sqrt(max(share * (1 - share) for share in shares)) * PRECISION / 2
    root = (spread + sqrt(spread**2 + _FAR_SHARE * distance)) / distance
    return SHARE_MARGIN * root**2


def _needed_of_range(found: Estimate, known: KnownRange, distance: float) -> float:
    """Return the replicates with which Bernstein's bound, and 4.5 standard errors, fit."""
    if not isfinite(known.width):
        return inf
    doubt = log(2 / SIDE_ERROR)
    deviation = found.standard_error * sqrt(found.replicates)
    spread = (sqrt(2 * doubt) + PRECISION - GUARD) * deviation
    root = (spread + sqrt(spread**2 + 4 * distance * 7 * known.width * doubt / 3)) / (2 * distance)
    return SHARE_MARGIN * root**2
