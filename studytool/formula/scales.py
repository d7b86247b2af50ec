"""About how large a value without bounds is: a bound of its root mean square, where one is known.

What a rare large factor adds to a product is as large as the factor times what it multiplies. Of a
polynomial f of degree d in draws the moments follow from the second: ‖f‖_q ≤ (q − 1)^(d/2)·‖f‖₂
(O'Donnell 2014, Analysis of Boolean Functions, theorem 9.21). Where nothing is known the scale is 1.
"""

from collections.abc import Sequence
from math import inf, isfinite, prod, sqrt
from typing import Protocol

from studytool.formula.growth import Growth
from studytool.formula.intervals import Interval

UNKNOWN_SCALE = 1.0


class SizedValue(Protocol):
    """An operand, of whose size the rules of this module and of :mod:`hidden` ask."""

    @property
    def range(self) -> Interval:
        """Where its values lie."""

    @property
    def growth(self) -> Growth:
        """How it grows with the draws in it."""

    @property
    def scale(self) -> float:
        """About how large it is, as this module says; at least 0."""

    @property
    def is_tame(self) -> bool:
        """Whether it is as light as a polynomial in draws."""

    @property
    def number(self) -> float | None:
        """The number that it always is; None where it varies or has a shape."""


MOVING_NO_FURTHER = frozenset([
    "+", "-", "abs", "relu", "leaky_relu", "elu", "min", "max", "hypot", "clip", "soft_threshold",
    "floor", "ceil", "round",
])  # fmt: skip
"""Operators and functions that move by no more than their arguments do."""
_ADDING = MOVING_NO_FURTHER | {"where"}
"""Those of a result that is no larger than their arguments together."""


def scale_of(name: str, operands: Sequence[SizedValue]) -> float:
    """Return the scale of what an operator or a function without bounds gives."""
    match name, [one.number for one in operands]:
        case "*", _:
            return _known(_of_product(operands))
        case "/", [_, float(number)] if number:
            return _known(operands[0].scale / abs(number))
        case "**", [_, float(power)] if power >= 1:
            return _known(_raised(_stretch(2 * power, operands[0]) * operands[0].scale, power))
    if name in _ADDING:
        return _known(sum(one.scale for one in operands))
    return sqrt(operands[0].scale) if name == "sqrt" else UNKNOWN_SCALE


_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "sin": 1.0, "cos": 1.0, "arctan": 1.0,
             "normal_cdf": 0.4, "erf": 1.13}  # fmt: skip
"""The largest slopes of bounded functions without a jump."""
_JOINING = frozenset(["+", "-", "*", "**", "abs", "relu", "leaky_relu", "min", "max"])


def is_tame(name: str, operands: Sequence[SizedValue], range_: Interval) -> bool:
    """Tell whether a bounded result is as light as a polynomial in draws, or made of such ones.

    That is a bounded function without a jump, of a polynomial too small to go from one end of the
    range to the other but by a rare draw of its own: sigmoid(50·(z − 5)) is a spike, sigmoid(z) none.
    """
    tame = [one.is_tame or isfinite(one.growth.weight) for one in operands]
    if name in _JOINING:
        return all(tame)
    steepest = _STEEPEST.get(name)
    if steepest is None or not range_.is_bounded:
        return False
    return all(tame) and steepest * operands[0].scale <= range_.high - range_.low


def scale_of_draw(name: str, operands: Sequence[SizedValue]) -> float:
    """Return the scale of a draw without bounds."""
    scales = [one.scale for one in operands]
    match name:
        case "normal":
            return _known(sum(scales))
        case "exponential":
            return _known(sqrt(2) * sum(scales))
        case "gamma":
            return _known((scales[0] + 1) * scales[1])
        case "poisson":
            return _known(scales[0] + 1)
        case _:
            return UNKNOWN_SCALE


def scale_of_reduction(name: str, x: SizedValue, count: float) -> float:
    """Return the scale of a reduction of so many elements."""
    if name in ("sum", "cumsum", "norm", "max", "min"):
        return _known(x.scale * count)
    return x.scale if name in ("mean", "sort", "median", "std") else UNKNOWN_SCALE


def _of_product(operands: Sequence[SizedValue]) -> float:
    unbounded = [one for one in operands if not one.range.is_bounded]
    stretch = prod(_stretch(4, one) for one in unbounded) if len(unbounded) > 1 else 1.0
    return stretch * prod(one.scale for one in operands)


def _stretch(moment: float, one: SizedValue) -> float:
    """Return what a higher moment's root is at most, in scales; 1 where nothing is known."""
    degree = one.growth.degree
    return _raised(moment - 1, degree / 2) if isfinite(degree) and moment > 2 else 1.0


def _raised(base: float, power: float) -> float:
    try:
        return float(base**power)
    except OverflowError:
        return inf


def _known(scale: float) -> float:
    return scale if isfinite(scale) else UNKNOWN_SCALE
