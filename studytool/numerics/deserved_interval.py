"""The interval that an estimate deserves: Student's, a wider one, or none with its doubt."""

from dataclasses import replace
from math import inf, isfinite, sqrt

from studytool.numerics.estimate import Doubt, Estimate, Moments
from studytool.numerics.intervals import (
    GUARD,
    WHOLE_LINE,
    Basis,
    ConfidenceInterval,
    student_interval,
)
from studytool.numerics.tails import MOST_MISSING, TailDiagnosis

WIDEST_RANGE = 0.05
"""Times s·√n: a wider range leaves room for values that n draws need not have shown."""


def least_draws(width: float, variance: float) -> float:
    """Return how many draws show all that a range allows, so that Student's t may be believed.

    A value that comes once in n draws moves the mean by width/n, which is at most a twentieth of
    the standard error then.
    """
    room = WIDEST_RANGE**2 * variance  # 0 of a variance too small to be multiplied, too
    return width**2 / room if room else inf


def hides(part: float, variance: float, count: int) -> bool:
    """Tell whether so many draws need not show a part of a sum that is as wide as that."""
    return part > 0 and least_draws(part, variance) > count


def unseen(found: Estimate, part: float, variance: float) -> Estimate:
    """Return an estimate without an interval: a part of the sum may hide from so few draws."""
    return doubtful(replace(found, least=least_draws(part, variance)), Doubt.WIDE_RANGE)


def skew_shift(moments: Moments) -> float:
    """Return Johnson's shift of a t interval's ends, which lets it cover a skewed law's mean.

    Source: Johnson 1978, JASA 73, 536, with the curvature taken at the interval's own end.
    """
    if not moments.variance:  # the squares of two values that are as far from their middle
        return 0.0
    third = moments.sum3 / moments.count / moments.variance
    return third * (2 * GUARD**2 + 1) / (6 * moments.count)


def with_student_interval(
    found: Estimate, tail: TailDiagnosis | None = None, *, shift: float = 0.0
) -> Estimate:
    """Return an estimate with Student's interval.

    Beside a tail that is not light the interval is wider by three times what may be missing; where
    nothing bounds that, there is none.
    """
    plain = student_interval(found.value, found.standard_error, found.replicates - 1)
    if tail is None or tail.is_light:
        interval = ConfidenceInterval(plain.low + shift, plain.high + shift)
        return replace(found, interval=interval, tail=tail)
    found = replace(found, tail=tail, doubt=Doubt.RARE_DRAWS)
    room = 3 * max(tail.missing, MOST_MISSING) * plain.half_width
    if tail.is_hopeless or not isfinite(room):
        return doubtful(found, Doubt.RARE_DRAWS)
    return replace(found, interval=ConfidenceInterval(plain.low - room, plain.high + room))


def doubtful(found: Estimate, doubt: Doubt) -> Estimate:
    """Return an estimate without an interval, and why it has none."""
    return replace(found, interval=WHOLE_LINE, basis=Basis.NONE, doubt=doubt)


def root_of(variance: Estimate) -> Estimate:
    """Return the standard deviation from the variance; its interval from the roots of the ends."""
    root = sqrt(variance.value)
    error = variance.standard_error / (2 * root) if root else 0.0
    found = replace(variance, value=root, standard_error=error)
    if variance.basis is Basis.NONE or variance.interval is None:
        return found
    low, high = (sqrt(max(0.0, end)) for end in (variance.interval.low, variance.interval.high))
    return replace(found, interval=ConfidenceInterval(low, high))
