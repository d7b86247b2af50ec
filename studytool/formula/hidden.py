"""What a sum hides: parts whose rare large values a sample shows too late, or never.

Of a sum that has no bounds a sample's spread may be that of one part alone. Beside a normal draw,
a part that is a million once in a million times is not seen in a thousand replicates, and not
missed either, though it is all of the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol

from studytool.formula.intervals import Interval
from studytool.formula.scales import MOVING_NO_FURTHER, SizedValue


@dataclass(frozen=True, slots=True)
class Hidden:
    """The parts of a value without bounds that are bounded themselves, or polynomials in draws.

    Attributes:
        width: of the ranges of the bounded parts, added up.
        weight: the largest of the others, as in :class:`~studytool.formula.growth.Growth`.
        beside: how large sides are that a draw may choose in place of a fixed number: alone they
            are all that varies, and beside other draws they hide.
    """

    width: float = 0.0
    weight: float = 0.0
    beside: float = 0.0

    def times(self, factor: float) -> "Hidden":
        """Return what so many times the value hide."""
        return Hidden(self.width * factor, self.weight, self.beside * factor)

    def among_draws(self) -> "Hidden":
        """Return what it hides beside other draws."""
        return Hidden(self.width + self.beside, self.weight)


NONE_HIDDEN = Hidden()


class _Operand(SizedValue, Protocol):
    @property
    def is_random(self) -> bool: ...
    @property
    def hidden(self) -> Hidden: ...


def hidden_in(name: str, operands: Sequence[_Operand], range_: Interval) -> Hidden:
    """Return what an operator or a function hides whose values lie in a range."""
    if range_.is_bounded:
        return NONE_HIDDEN
    if name in MOVING_NO_FURTHER:
        joined = _joined([_part(one) for one in operands])
        return joined.among_draws() if sum(one.is_random for one in operands) > 1 else joined
    if name == "where":
        both = all(one.is_random for one in operands[1:])
        return _joined([_side(one, beside_draws=both) for one in operands[1:]])
    if name in ("*", "/"):
        return _in_product(name, operands)
    return _joined([one.hidden for one in operands])


def hidden_in_draw(operands: Sequence[_Operand], range_: Interval) -> Hidden:
    """Return what a draw without bounds hides whose own parameters are drawn."""
    if range_.is_bounded:
        return NONE_HIDDEN
    return _joined([NONE_HIDDEN, *(_factor(one, 1.0) for one in operands)])


def _in_product(name: str, operands: Sequence[_Operand]) -> Hidden:
    """Return what a product hides: what its factors do, and a factor that is seldom large."""
    left, right = operands
    fixed = [one.number for one in operands if one.number is not None]
    kept = _joined([one.hidden for one in operands])
    if len(fixed) == 1 and name == "*":
        return kept.times(abs(fixed[0]))
    if len(fixed) == 1 and name == "/" and operands[1].number:
        return kept.times(1 / abs(fixed[0]))
    if name == "*":
        chosen = left.hidden.beside * right.scale + right.hidden.beside * left.scale
        factors = [_factor(left, right.scale), _factor(right, left.scale)]
        return _joined([Hidden(kept.width, kept.weight), Hidden(chosen), *factors])
    return _joined([kept, _divisor(right, left.scale)])


def _factor(one: _Operand, times: float) -> Hidden:
    """Return the part that a bounded factor makes of what is so large.

    Of a polynomial in draws the kurtosis says as much.
    """
    if not (one.is_random and one.range.is_bounded):
        return NONE_HIDDEN
    if one.is_tame or isfinite(one.growth.weight):
        return NONE_HIDDEN
    return Hidden((one.range.high - one.range.low) * times)


def _divisor(one: _Operand, times: float) -> Hidden:
    """Return the same of a divisor that is never 0."""
    if not (one.is_random and one.range.is_bounded) or 0 in one.range:
        return NONE_HIDDEN
    return Hidden(abs(1 / one.range.low - 1 / one.range.high) * times)


def hidden_in_reduction(name: str, x: _Operand, count: float, range_: Interval) -> Hidden:
    """Return what a reduction of so many elements hides whose values lie in a range."""
    if range_.is_bounded:
        return NONE_HIDDEN
    part = _part(x)
    return part.times(count) if name in ("sum", "cumsum") and isfinite(count) else part


def _joined(parts: Sequence[Hidden]) -> Hidden:
    return Hidden(
        sum(one.width for one in parts),
        max(one.weight for one in parts),
        sum(one.beside for one in parts),
    )


def _part(one: _Operand) -> Hidden:
    """Return what an argument is as a part of a sum."""
    if not one.is_random:
        return NONE_HIDDEN
    if one.range.is_bounded:
        return Hidden(one.range.high - one.range.low)
    weight = one.growth.weight
    return Hidden(0.0, weight) if isfinite(weight) else one.hidden


def _side(one: _Operand, *, beside_draws: bool) -> Hidden:
    """Return the same of a side that a draw may choose, beside one without bounds: its reach.

    Beside a fixed number all that varies is the side itself, which hides nothing of its own.
    """
    if not one.range.is_bounded:
        reach = Hidden(one.scale) if beside_draws else Hidden(beside=one.scale)
        return _joined([_part(one), reach])
    return Hidden(max(abs(one.range.low), abs(one.range.high)))
