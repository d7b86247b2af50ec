"""The functions of the formula language that are computed element by element."""

import math
from collections.abc import Callable, Mapping
from statistics import NormalDist

import numpy as np

from studytool.formula.kinds import Elementwise
from studytool.numerics import activations, distributions
from studytool.numerics.arrays import Array, Operand

_LIFTED = 6.0
"""The scratch of a lifted function: a pointer and a Python float for each element."""
_ROOM = 4 * 2.0**-52
"""How near a pole, relative to x, a float64 may be that stands for it: ``tan(pi/2)``."""
_LARGEST_LOG = 710.0
"""Of a number that a float64 holds."""
_MOST_DIGITS = 300


def _lifted(function: Callable[..., float], arguments: int = 1) -> Callable[..., Operand]:
    """Lift a function of numbers over arrays that broadcast.

    Outside its domain it gives NaN, and where it is too large infinity: neither is ever a value.
    """

    def guarded(*given: float) -> float:
        try:
            return function(*given)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    ufunc = np.frompyfunc(guarded, arguments, 1)
    return lambda *given: np.asarray(ufunc(*given), dtype=np.float64)


def _array(function: Callable[..., Operand]) -> Callable[..., Operand]:
    """Let a function of the core, which takes arrays, take numbers too."""
    return lambda *operands: function(*(np.asarray(operand) for operand in operands))


def _where(condition: Operand, a: Operand, b: Operand) -> Operand:
    chosen: Array = np.where(np.not_equal(condition, 0), a, b)
    return chosen


def _tan(x: Operand) -> Operand:
    """Return the tangent, NaN at its poles, which no float64 is exactly."""
    at_pole = np.abs(np.cos(x)) <= _ROOM * np.abs(x)
    tangent: Array = np.where(at_pole, np.nan, np.tan(x))
    return tangent


def _log_to_base(x: Operand, base: Operand) -> Operand:
    """Return a logarithm, exact where NumPy's own is: ``log(1000, 10)`` is 3."""
    quotient = np.log(x) / np.log(base)
    of_two = np.where(np.equal(base, 2), np.log2(x), quotient)
    logarithm: Array = np.where(np.equal(base, 10), np.log10(x), of_two)
    return logarithm


def _round_to_digits(x: float, digits: float) -> float:
    if digits != int(digits) or abs(digits) > _MOST_DIGITS:
        raise ValueError(digits)
    return round(x, int(digits))


def _beta(a: float, b: float) -> float:
    return math.exp(math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b))


def _factorial(n: float) -> float:
    return float(math.factorial(min(_count(n), 171)))


def _comb(n: float, k: float) -> float:
    total, chosen = _count(n), _count(k)
    fewer = min(chosen, total - chosen)
    if fewer > 0 and fewer * math.log(total / fewer) > _LARGEST_LOG:  # (n/k)^k is no larger
        raise OverflowError(n)
    return float(math.comb(total, chosen))


def _count(value: float) -> int:
    if value < 0 or value != int(value):
        raise ValueError(value)
    return int(value)


def _normal_pdf(x: Operand) -> Operand:
    density: Operand = np.exp(-0.5 * np.square(x)) / math.sqrt(2 * math.pi)
    return density


_LOG_TO_BASE = Elementwise(_log_to_base, ("x", "base"), "", 40, 5)
_ROUND_TO_DIGITS = Elementwise(_lifted(_round_to_digits, 2), ("x", "digits"), "", 100, _LIFTED)

ELEMENTWISE: Mapping[str, Elementwise] = {
    "sqrt": Elementwise(np.sqrt, ("x",), "square root"),
    "exp": Elementwise(np.exp, ("x",), "e to the power x", 10),
    "log": Elementwise(
        np.log, ("x",), "natural logarithm, or that to a base", 10, longer=_LOG_TO_BASE
    ),
    "log2": Elementwise(np.log2, ("x",), "logarithm to base 2", 10),
    "log10": Elementwise(np.log10, ("x",), "logarithm to base 10", 10),
    "log1p": Elementwise(np.log1p, ("x",), "log(1 + x)", 10),
    "expm1": Elementwise(np.expm1, ("x",), "exp(x) - 1", 10),
    "sin": Elementwise(np.sin, ("x",), "sine of an angle in radians", 10),
    "cos": Elementwise(np.cos, ("x",), "cosine of an angle in radians", 10),
    "tan": Elementwise(_tan, ("x",), "tangent of an angle in radians", 20, 4),
    "arcsin": Elementwise(np.arcsin, ("x",), "angle in radians whose sine is x", 10),
    "arccos": Elementwise(np.arccos, ("x",), "angle in radians whose cosine is x", 10),
    "arctan": Elementwise(np.arctan, ("x",), "angle in radians whose tangent is x", 10),
    "arctan2": Elementwise(
        np.arctan2, ("y", "x"), "angle in radians of the point (x, y), in (-π, π]", 20
    ),
    "sinh": Elementwise(np.sinh, ("x",), "hyperbolic sine", 10),
    "cosh": Elementwise(np.cosh, ("x",), "hyperbolic cosine", 10),
    "tanh": Elementwise(np.tanh, ("x",), "hyperbolic tangent", 10),
    "hypot": Elementwise(np.hypot, ("a", "b"), "√(a² + b²)", 10),
    "degrees": Elementwise(np.degrees, ("x",), "radians as degrees", 1),
    "radians": Elementwise(np.radians, ("x",), "degrees as radians", 1),
    "abs": Elementwise(np.abs, ("x",), "absolute value", 1),
    "sign": Elementwise(np.sign, ("x",), "-1, 0 or 1", 1),
    "floor": Elementwise(np.floor, ("x",), "largest whole number ≤ x", 1),
    "ceil": Elementwise(np.ceil, ("x",), "smallest whole number ≥ x", 1),
    "round": Elementwise(
        np.round,
        ("x",),
        "nearest whole number, or number of so many decimals, halves to even",
        1,
        longer=_ROUND_TO_DIGITS,
    ),
    "clip": Elementwise(np.clip, ("x", "low", "high"), "x, held within [low, high]", 2),
    "where": Elementwise(_where, ("condition", "a", "b"), "a where condition, else b", 2, 1),
    "sigmoid": Elementwise(_array(activations.sigmoid), ("x",), "1/(1+exp(-x))", 10, 2),
    "relu": Elementwise(_array(activations.relu), ("x",), "max(x, 0)", 1),
    "leaky_relu": Elementwise(
        _array(activations.leaky_relu), ("x", "slope"), "x, or slope·x where x < 0", 2, 2
    ),
    "elu": Elementwise(
        _array(activations.elu), ("x", "alpha"), "x, or alpha·(exp(x)-1) where x < 0", 10, 3
    ),
    "erf": Elementwise(_lifted(math.erf), ("x",), "error function", 100, _LIFTED),
    "gamma": Elementwise(_lifted(math.gamma), ("x",), "gamma function", 100, _LIFTED),
    "beta": Elementwise(_lifted(_beta, 2), ("a", "b"), "beta function", 200, _LIFTED),
    "factorial": Elementwise(_lifted(_factorial), ("n",), "1·2·…·n", 100, _LIFTED),
    "comb": Elementwise(
        _lifted(_comb, 2), ("n", "k"), "ways to choose k of n, in any order", 100_000, _LIFTED
    ),
    "normal_pdf": Elementwise(_normal_pdf, ("x",), "standard normal density", 10, 2),
    "normal_cdf": Elementwise(
        _lifted(lambda x: 0.5 * math.erfc(-x / math.sqrt(2))),
        ("x",),
        "standard normal distribution function",
        100,
        _LIFTED,
    ),
    "normal_quantile": Elementwise(
        _lifted(NormalDist().inv_cdf), ("p",), "x with normal_cdf(x) = p", 300, _LIFTED
    ),
    "t_cdf": Elementwise(
        _lifted(distributions.t_cdf, 2),
        ("t", "df"),
        "distribution function of Student's t",
        500_000,
        _LIFTED,
    ),
    "t_quantile": Elementwise(
        _lifted(distributions.t_quantile, 2),
        ("p", "df"),
        "t with t_cdf(t, df) = p",
        10_000_000,
        _LIFTED,
    ),
    "chi2_cdf": Elementwise(
        _lifted(distributions.chi2_cdf, 2),
        ("x", "df"),
        "distribution function of χ²",
        500_000,
        _LIFTED,
    ),
    "chi2_quantile": Elementwise(
        _lifted(distributions.chi2_quantile, 2),
        ("p", "df"),
        "x with chi2_cdf(x, df) = p",
        10_000_000,
        _LIFTED,
    ),
}
