"""Where the value of each function lies, from the intervals of its arguments."""

import math
from collections.abc import Callable, Mapping

from studytool.formula.functions import BINARY, FUNCTIONS
from studytool.formula.intervals import (
    ABOVE_ZERO,
    EPSILON,
    UNBOUNDED,
    ZERO_TO_ONE,
    Interval,
    absolute,
    add,
    divide,
    floor_divide,
    hull,
    join,
    multiply,
    power,
    product,
    remainder,
    rising,
    subtract,
    total,
    total_product,
)
from studytool.numerics.arrays import Operand

RangeFunction = Callable[..., Interval]
"""A function of the arguments' intervals."""

OPERATOR_RANGES: Mapping[str, RangeFunction] = {
    **dict.fromkeys(BINARY, lambda *_: ZERO_TO_ONE),
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "//": floor_divide,
    "%": remainder,
    "**": power,
}
"""Of the operators with two operands; comparisons, ``and`` and ``or`` give 0 or 1."""

_RISING = {
    **dict.fromkeys(("exp", "expm1", "arctan", "tanh", "relu", "erf", "normal_cdf"), UNBOUNDED),
    **dict.fromkeys(("sqrt", "log", "log2", "log10"), ABOVE_ZERO),
    "log1p": Interval(-1.0, math.inf),
    "arcsin": Interval(-1.0, 1.0),
}
"""The functions that never fall, with the domain of each."""


def _rising(name: str, domain: Interval) -> RangeFunction:
    return rising(FUNCTIONS[name].apply, domain)


def _stepwise(name: str) -> RangeFunction:
    """Lift a function that is exact, so that a whole number stays one."""
    apply: Callable[..., Operand] = FUNCTIONS[name].apply
    return lambda x: Interval(float(apply(x.low)), float(apply(x.high)))


def _sigmoid(x: Interval) -> Interval:
    """Leave room for an absolute rounding: the core computes it as (1 + tanh(x/2))/2."""
    near = _rising("sigmoid", UNBOUNDED)(x)
    return Interval(near.low - EPSILON, near.high + EPSILON).clipped(ZERO_TO_ONE)


def _clip(x: Interval, low: Interval, high: Interval) -> Interval:
    return Interval(min(max(x.low, low.low), high.low), min(max(x.high, low.high), high.high))


def _below(x: Interval) -> Interval:
    return Interval(min(x.low, 0.0), min(x.high, 0.0))


def _above(x: Interval) -> Interval:
    return Interval(max(x.low, 0.0), max(x.high, 0.0))


def _leaky_relu(x: Interval, slope: Interval) -> Interval:
    return join(_above(x), multiply(slope, _below(x)))


def _elu(x: Interval, alpha: Interval) -> Interval:
    return join(_above(x), multiply(alpha, _rising("expm1", UNBOUNDED)(_below(x))))


def _least(*intervals: Interval) -> Interval:
    return Interval(min(one.low for one in intervals), min(one.high for one in intervals))


def _largest(*intervals: Interval) -> Interval:
    return Interval(max(one.low for one in intervals), max(one.high for one in intervals))


ELEMENTWISE_RANGES: Mapping[str, RangeFunction] = {
    **{name: _rising(name, domain) for name, domain in _RISING.items()},
    **{name: _stepwise(name) for name in ("sign", "floor", "ceil", "round")},
    **dict.fromkeys(("sin", "cos"), lambda _: Interval(-1.0, 1.0)),
    "abs": absolute,
    "clip": _clip,
    "where": lambda _, a, b: join(a, b),
    "sigmoid": _sigmoid,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "normal_pdf": lambda _: Interval(0.0, 1 / math.sqrt(2 * math.pi)).widened(),
    "min": _least,
    "max": _largest,
    "sigmoid_derivative": lambda _: Interval(0.0, 0.25).widened(),
    "tanh_derivative": lambda _: ZERO_TO_ONE.widened(),
}
"""Of what is computed element by element; of other functions, such as most of the core's closed
forms, nothing is known unless their arguments are numbers."""


TWO = Interval(2.0, 2.0)
HALF = Interval(0.5, 0.5)


def _variance(x: Interval, count: Interval, ddof: int) -> Interval:
    """Hold a variance: of values in [a, b] at most (b − a)²/4 (Popoviciu 1935)."""
    half = (x.high - x.low) / 2 + _rounding(x, count)
    share = count.low / (count.low - ddof) if count.low > ddof else math.inf
    return hull(0.0, half * half * share).widened(8 + count.high)


def _between(x: Interval, count: Interval, _: int) -> Interval:
    """Hold what lies between two elements, with the rounding of its place."""
    room = _rounding(x, count)
    return Interval(x.low - room, x.high + room)


def _rounding(x: Interval, count: Interval) -> float:
    return product(EPSILON * (8 + count.high), x.magnitude)


_REDUCTION_RANGES: Mapping[str, Callable[[Interval, Interval, int], Interval]] = {
    "sum": lambda x, count, _: total(x, count),
    "mean": lambda x, count, _: x.widened(8 + count.high),
    "var": _variance,
    "std": lambda x, count, ddof: power(_variance(x, count, ddof), HALF),
    "prod": lambda x, count, _: total_product(x, count),
    "norm": lambda x, count, _: power(total(power(x, TWO), count), HALF),
    **dict.fromkeys(("min", "max", "sort"), lambda x, *_: x),
    **dict.fromkeys(("median", "quantile"), _between),
    "cumsum": lambda x, count, _: total(x, Interval(1.0, count.high)),
    "cumprod": lambda x, count, _: total_product(x, Interval(1.0, count.high)),
    "softmax": lambda *_: ZERO_TO_ONE.widened(),
    **dict.fromkeys(("argmax", "count_nonzero"), lambda _x, count, _: Interval(0.0, count.high)),
}


def range_of_reduction(name: str, x: Interval, count: Interval, *, ddof: int) -> Interval:
    """Return where a reduction of so many elements lies, with the rounding of its steps."""
    return _REDUCTION_RANGES[name](x, count, ddof)


def range_of_draw(name: str, parameters: list[Interval], last: float) -> Interval:
    """Return where the draws of a law lie; ``last`` is the largest size of their last axis."""
    match name:
        case "bernoulli":
            (p,) = parameters
            return Interval(float(p.low >= 1), float(p.high > 0))
        case "uniform":
            low, high = parameters  # low + (high - low)·u rounds beyond high, but not below low
            room = 4 * EPSILON * max(low.magnitude, high.magnitude)
            return hull(low.low, high.high + (room if low != high else 0.0))
        case "exponential":
            return Interval(0.0, math.inf if parameters[0].high > 0 else 0.0)
        case "choice":
            return Interval(0.0, max(parameters[0].high - 1, 0.0))
        case "permutation":
            return Interval(0.0, last - 1)
        case _:
            mean, sd = parameters
            return mean if sd.high <= 0 else UNBOUNDED
