"""Where the draws of each law lie, from the intervals of its parameters."""

import math
from collections.abc import Callable, Mapping

from studytool.formula.intervals import EPSILON, UNBOUNDED, Interval, hull


def range_of_draw(name: str, parameters: list[Interval], last: float) -> Interval:
    """Return where the draws of a law lie; ``last`` is the largest size of their last axis."""
    return Interval(0.0, last - 1) if name == "permutation" else _RANGES[name](*parameters)


def _normal(mean: Interval, sd: Interval) -> Interval:
    return mean if sd.high <= 0 else UNBOUNDED


def _uniform(low: Interval, high: Interval) -> Interval:
    """Leave room above: low + (high - low)·u rounds beyond high, but not below low."""
    room = 4 * EPSILON * max(low.magnitude, high.magnitude)
    return hull(low.low, high.high + (room if low != high else 0.0))


def _from_zero(size: Interval) -> Interval:
    return Interval(0.0, math.inf if size.high > 0 else 0.0)


def _binomial(count: Interval, p: Interval) -> Interval:
    most = max(count.high, 0.0) if p.high > 0 else 0.0
    return Interval(max(count.low, 0.0) if p.low >= 1 else 0.0, most)


_RANGES: Mapping[str, Callable[..., Interval]] = {
    "normal": _normal,
    "uniform": _uniform,
    "bernoulli": lambda p: Interval(float(p.low >= 1), float(p.high > 0)),
    "exponential": _from_zero,
    "choice": lambda count: Interval(0.0, max(count.high - 1, 0.0)),
    "binomial": _binomial,
    "poisson": _from_zero,
    "geometric": lambda p: Interval(1.0, 1.0 if p.low >= 1 else math.inf),
    "gamma": lambda _, scale: _from_zero(scale),
}
