"""Intervals of numbers and the arithmetic on them: never too narrow, at times too wide.

+, −, ·, / and the sum of many round in a way that keeps the order of results, so that what is
computed at the ends holds whatever is computed between them. Where a result of many steps or of a
library's eˣ rounds otherwise, its ends are moved outwards by more than their rounding. Source:
Moore, Kearfott & Cloud 2009, Introduction to Interval Analysis, chapters 2, 3 and 5.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studytool.numerics.arrays import Operand

EPSILON = 2.0**-52


@dataclass(frozen=True, slots=True)
class Interval:
    """All the numbers from ``low`` to ``high``; an end may be infinite."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def is_point(self) -> bool:
        """Whether it is one finite number."""
        return self.low == self.high and math.isfinite(self.low)

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def magnitude(self) -> float:
        """The largest absolute value."""
        return max(abs(self.low), abs(self.high))

    def widened(self, steps: float = 8) -> "Interval":
        """Return it with room at each end for the rounding of ``steps`` operations."""
        share = steps * EPSILON
        return Interval(
            self.low - product(share, abs(self.low)) if math.isfinite(self.low) else self.low,
            self.high + product(share, abs(self.high)) if math.isfinite(self.high) else self.high,
        )

    def clipped(self, within: "Interval") -> "Interval":
        """Return the part inside another interval, or the end of that which is nearest."""
        return Interval(
            min(max(self.low, within.low), within.high),
            max(min(self.high, within.high), within.low),
        )


UNBOUNDED = Interval(-math.inf, math.inf)
ABOVE_ZERO = Interval(0.0, math.inf)
ZERO_TO_ONE = Interval(0.0, 1.0)


def hull(*numbers: float) -> Interval:
    """Return the least interval that holds the numbers; all numbers if one is undefined."""
    if any(math.isnan(number) for number in numbers):
        return UNBOUNDED
    return Interval(min(numbers), max(numbers))


def join(*intervals: Interval) -> Interval:
    """Return the least interval that holds the others."""
    return hull(*(one.low for one in intervals), *(one.high for one in intervals))


def product(a: float, b: float) -> float:
    """Return a·b, where 0 times an infinite end is 0: each value itself is finite."""
    return 0.0 if a == 0 or b == 0 else a * b


def add(a: Interval, b: Interval) -> Interval:
    """Return where a + b lies."""
    return hull(a.low + b.low, a.high + b.high)


def subtract(a: Interval, b: Interval) -> Interval:
    """Return where a − b lies."""
    return hull(a.low - b.high, a.high - b.low)


def multiply(a: Interval, b: Interval) -> Interval:
    """Return where a·b lies."""
    return _at_corners(product, a, b)


def divide(a: Interval, b: Interval) -> Interval:
    """Return where a/b lies; of a divisor that may be near 0 only the sign is known."""
    if b.low < 0 < b.high or b.low == b.high == 0:
        return UNBOUNDED
    if b.low == 0:
        return multiply(a, Interval(1 / b.high, math.inf)).widened()
    if b.high == 0:
        return multiply(a, Interval(-math.inf, 1 / b.low)).widened()
    return _at_corners(lambda x, y: 0.0 if math.isinf(y) else x / y, a, b)


def remainder(a: Interval, b: Interval) -> Interval:
    """Return where a % b lies: between 0 and b, and no further than an ``a`` of b's sign."""
    if a.low >= 0 and b.low >= 0:
        return Interval(0.0, min(a.high, b.high))
    return Interval(min(b.low, 0.0), max(b.high, 0.0))


def floor_divide(a: Interval, b: Interval) -> Interval:
    """Return where a // b lies: 1 // 0.1 is 9, since 0.1 is a little more in floating point."""
    quotient = divide(a, b)
    return Interval(_floor(quotient.widened().low), _floor(quotient.high))


def _floor(value: float) -> float:
    return value if math.isinf(value) else float(math.floor(value))


def power(a: Interval, b: Interval) -> Interval:
    """Return where aᵇ lies."""
    if b.is_point and b.low == int(b.low):
        return _whole_power(a, int(b.low))
    if a.low >= 0 or b.is_point:  # a broken power of a negative number is refused when computed
        return _at_corners(_raised, a.clipped(ABOVE_ZERO), b).widened()
    high = power(absolute(a), b).high
    return Interval(-high, high)


def _whole_power(a: Interval, exponent: int) -> Interval:
    if exponent < 0:
        return divide(Interval(1.0, 1.0), _whole_power(a, -exponent)).widened()
    base = absolute(a) if exponent % 2 == 0 else a
    return hull(_raised(base.low, exponent), _raised(base.high, exponent)).widened()


def _raised(base: float, exponent: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.power(np.float64(base), np.float64(exponent)))


def absolute(a: Interval) -> Interval:
    """Return where |a| lies."""
    return Interval(0.0 if 0 in a else min(abs(a.low), abs(a.high)), a.magnitude)


def total(a: Interval, count: Interval) -> Interval:
    """Return where a sum of so many values lies."""
    return multiply(a, count).widened(8 + count.high)


def total_product(a: Interval, count: Interval) -> Interval:
    """Return where a product of so many values lies, for each count from low to high."""
    size = _at_corners(_raised, absolute(a), count).widened(8 + count.high)
    return size if a.low >= 0 else Interval(-size.high, size.high)


def rising(
    function: Callable[..., Operand], domain: Interval = UNBOUNDED
) -> Callable[[Interval], Interval]:
    """Return where a function that never falls lies; outside its domain it is refused."""

    def lifted(a: Interval) -> Interval:
        inside = a.clipped(domain)
        with np.errstate(all="ignore"):
            return hull(float(function(inside.low)), float(function(inside.high))).widened()

    return lifted


def _at_corners(apply: Callable[[float, float], float], a: Interval, b: Interval) -> Interval:
    return hull(*(apply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)))
