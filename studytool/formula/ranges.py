"""Where the value of each function lies, from the intervals of its arguments."""

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist

import numpy as np

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

_BRANCH = 3.0
"""A little less than π, from one pole of the tangent to the next."""
_HALF_TURN = Interval(0.0, 4.0)
_MOST_DIGITS = 300.0
_MOST_FACTORS = 170.0
_MOST_CHOSEN_FROM = 1_000.0
_LEAST_AT, _LEAST_GAMMA = 1.4616321449683623, 0.8856
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
    **dict.fromkeys(("sinh", "degrees", "radians"), UNBOUNDED),
    **dict.fromkeys(("sqrt", "log2", "log10"), ABOVE_ZERO),
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
    return _rising("sigmoid", UNBOUNDED)(x).clipped(ZERO_TO_ONE)


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


def _tan(x: Interval) -> Interval:
    """Hold a tangent between two of its poles, where it rises."""
    if not x.is_bounded or x.high - x.low >= _BRANCH:
        return UNBOUNDED
    ends = math.tan(x.low), math.tan(x.high)
    return hull(*ends).widened() if ends[0] <= ends[1] else UNBOUNDED


def _arccos(x: Interval) -> Interval:
    angle = _rising("arcsin", Interval(-1.0, 1.0))(x)
    return Interval(math.pi / 2 - angle.high, math.pi / 2 - angle.low).widened().clipped(_HALF_TURN)


def _hypot(a: Interval, b: Interval) -> Interval:
    one, other = absolute(a), absolute(b)
    return Interval(math.hypot(one.low, other.low), math.hypot(one.high, other.high)).widened()


def _log(x: Interval, base: Interval | None = None) -> Interval:
    natural = rising(np.log, ABOVE_ZERO)
    return natural(x) if base is None else divide(natural(x), natural(base)).widened()


def _round(x: Interval, digits: Interval | None = None) -> Interval:
    """Hold a rounded number: within half a unit of its last digit."""
    if digits is None:
        return _stepwise("round")(x)
    if digits.low < -_MOST_DIGITS:
        return UNBOUNDED
    half = 0.5 * 10.0 ** -min(digits.low, _MOST_DIGITS)
    return Interval(x.low - half, x.high + half).widened()


def _factorial(n: Interval) -> Interval:
    low, high = (min(max(end, 0.0), _MOST_FACTORS) for end in (n.low, n.high))
    return Interval(
        float(math.factorial(math.ceil(low))),
        float(math.factorial(math.floor(high))) if n.high <= _MOST_FACTORS else math.inf,
    )


def _comb(n: Interval, k: Interval) -> Interval:
    """Hold a binomial coefficient: no more than that in the middle, nor than nᵏ/k!."""
    most = math.inf
    if 0 <= n.high < _MOST_CHOSEN_FROM:
        total = math.floor(n.high)
        chosen = min(total // 2, math.floor(max(k.high, 0.0))) if k.high < total else total // 2
        most = float(math.comb(total, chosen))
    return Interval(0.0, most)


def _gamma(x: Interval) -> Interval:
    """Hold a gamma function of positive numbers; it has its least, 0.8856, at 1.4616."""
    if x.low <= 0:
        return UNBOUNDED
    ends = [math.gamma(end) if end <= _MOST_FACTORS else math.inf for end in (x.low, x.high)]
    return Interval(min(ends) if x.low >= _LEAST_AT else _LEAST_GAMMA, max(ends)).widened(64)


def _normal_quantile(p: Interval) -> Interval:
    inside = p.clipped(ZERO_TO_ONE)
    low = NormalDist().inv_cdf(inside.low) if 0 < inside.low < 1 else -math.inf
    high = NormalDist().inv_cdf(inside.high) if 0 < inside.high < 1 else math.inf
    return Interval(low, high).widened(64)


def _least(*intervals: Interval) -> Interval:
    return Interval(min(one.low for one in intervals), min(one.high for one in intervals))


def _largest(*intervals: Interval) -> Interval:
    return Interval(max(one.low for one in intervals), max(one.high for one in intervals))


ELEMENTWISE_RANGES: Mapping[str, RangeFunction] = {
    **{name: _rising(name, domain) for name, domain in _RISING.items()},
    **{name: _stepwise(name) for name in ("sign", "floor", "ceil")},
    **dict.fromkeys(("sin", "cos"), lambda _: Interval(-1.0, 1.0)),
    "tan": _tan,
    "arccos": _arccos,
    "arctan2": lambda *_: Interval(-math.pi, math.pi).widened(),
    "cosh": lambda x: _rising("cosh", ABOVE_ZERO)(absolute(x)),
    "hypot": _hypot,
    "log": _log,
    "round": _round,
    "factorial": _factorial,
    "comb": _comb,
    "gamma": _gamma,
    "normal_quantile": _normal_quantile,
    **dict.fromkeys(("t_cdf", "chi2_cdf"), lambda *_: ZERO_TO_ONE.widened()),
    "chi2_quantile": lambda *_: ABOVE_ZERO,
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
