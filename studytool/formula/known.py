"""What is known of one value of a formula, and what follows for operators and functions of it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studytool.formula.growth import (
    STILL,
    UNKNOWN,
    Growth,
    growth_of_function,
    growth_of_power,
    product_of,
    sum_of,
)
from studytool.formula.hidden import NONE_HIDDEN, Hidden, hidden_in
from studytool.formula.intervals import UNBOUNDED, ZERO_TO_ONE, Interval, power, subtract
from studytool.formula.ranges import ELEMENTWISE_RANGES, OPERATOR_RANGES
from studytool.formula.scales import UNKNOWN_SCALE, is_tame, scale_of
from studytool.formula.shapes import Shape, broadcast
from studytool.numerics.arrays import Operand

LARGEST_LOG = 700.0
"""Of a number that a float64 holds."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a number, or of each element of an array.

    Attributes:
        range: where it lies.
        shape: None where it is not known.
        growth: in the draws that it depends on.
        values: how many values it has at most.
        is_random: whether it depends on a draw.
        hidden: what it hides where it has no bounds.
        scale: about how large it is.
        is_tame: whether it is no polynomial in draws and as light as one.
    """

    range: Interval
    shape: Shape
    growth: Growth
    values: float
    is_random: bool
    hidden: Hidden = NONE_HIDDEN
    scale: float = UNKNOWN_SCALE
    is_tame: bool = False

    @property
    def number(self) -> float | None:
        """The value, where it is one fixed number."""
        is_fixed = self.shape == () and not self.is_random and self.range.is_point
        return self.range.low if is_fixed else None


NOTHING = Known(UNBOUNDED, None, Growth(UNKNOWN, UNKNOWN), math.inf, is_random=True)
REPLICATES = Known(Interval(1.0, math.inf), (), STILL, 1.0, is_random=False)
"""The name ``reps``, whatever the number of replicates."""


def number(value: float) -> Known:
    """Return what is known of a number."""
    return Known(Interval(value, value), (), STILL, 1.0, is_random=False, scale=abs(value))


def computed(apply: Callable[..., Operand], operands: Sequence[Known]) -> Known | None:
    """Compute a function of fixed numbers; None where one is not fixed, or no number comes of it."""
    given = [operand.number for operand in operands if operand.number is not None]
    if len(given) < len(operands):
        return None
    try:
        with np.errstate(all="ignore"):
            value = float(apply(*given))
    except (ArithmeticError, ValueError, TypeError):
        return None
    return number(value) if math.isfinite(value) else None


def from_operator(operator: str, operands: Sequence[Known]) -> Known:
    """Return what is known of an operator's result."""
    if len(operands) == 1:
        return _from_sign(operator, operands[0])
    range_ = OPERATOR_RANGES[operator](*(operand.range for operand in operands))
    values = math.prod(operand.values for operand in operands)
    if operator in ("and", "or"):
        values = 2.0
    known = _joint(operands, range_, _growth(operator, *operands), values)
    return _with_parts(operator, operands, known)


def squared(base: Known) -> Known:
    """Return what is known of a value times itself."""
    two = Interval(2.0, 2.0)
    known = _joint([base], power(base.range, two), base.growth.times(2), base.values)
    return _with_parts("**", [base, number(2.0)], known)


def compared(operands: Sequence[Known]) -> Known:
    """Return what is known of a comparison: it is 0 or 1."""
    return from_function("==", operands, ZERO_TO_ONE, values=2.0)


def _from_sign(operator: str, operand: Known) -> Known:
    if operator == "not":
        return compared([operand])
    flipped = subtract(Interval(0.0, 0.0), operand.range) if operator == "-" else operand.range
    known = _joint([operand], flipped, operand.growth, operand.values)
    return replace(known, hidden=operand.hidden, scale=operand.scale, is_tame=operand.is_tame)


def _growth(operator: str, left: Known, right: Known) -> Growth:
    match operator:
        case "+" | "-":
            return sum_of(left.growth, right.growth)
        case "*":
            return product_of(left.growth, right.growth)
        case "/" if right.growth == STILL:
            return left.growth
        case "/" if 0 not in right.range:
            return Growth(left.growth.degree, UNKNOWN)
        case "**" if right.growth == STILL:
            return growth_of_power(left.growth, right.range)
    return growth_of_function(operator, left.growth, right.growth)


def from_function(
    name: str,
    operands: Sequence[Known],
    range_: Interval | None = None,
    values: float | None = None,
) -> Known:
    """Return what is known of a function computed element by element."""
    if range_ is None:
        rule = ELEMENTWISE_RANGES.get(name)
        range_ = rule(*(operand.range for operand in operands)) if rule else UNBOUNDED
    if values is None:
        values = _values(name, operands, range_)
    growth = growth_of_function(name, *(operand.growth for operand in operands))
    known = _joint(operands, range_, growth, values)
    return _with_parts(name, operands, known)


def _with_parts(name: str, operands: Sequence[Known], known: Known) -> Known:
    """Add what a result hides and, where it has no bounds, about how large it is."""
    hidden = hidden_in(name, operands, known.range)
    scale = known.scale if known.range.is_bounded else scale_of(name, operands)
    tame = is_tame(name, operands, known.range)
    return replace(known, hidden=hidden, scale=scale, is_tame=tame)


def _values(name: str, operands: Sequence[Known], range_: Interval) -> float:
    if name == "where":
        return operands[1].values + operands[2].values
    combinations = math.prod(operand.values for operand in operands)
    if name in ("sign", "floor", "ceil", "round") and len(operands) == 1:
        return min(combinations, range_.high - range_.low + 1)
    return combinations


def _joint(operands: Sequence[Known], range_: Interval, growth: Growth, values: float) -> Known:
    """Put together what elementwise results share."""
    shape = broadcast(*(operand.shape for operand in operands))
    is_random = any(operand.is_random for operand in operands)
    return bounded(Known(range_, shape, growth, values, is_random))


def bounded(known: Known) -> Known:
    """Return the same, where it is bounded with tails that do not grow."""
    if not known.range.is_bounded:
        return known
    growth = Growth(0.0, known.growth.weight) if known.growth.degree else known.growth
    return replace(known, growth=growth, scale=known.range.magnitude)


def values_of_reduction(name: str, values: float, count: float) -> float:
    """Return how many values a reduction of so many elements has at most."""
    of_few = {
        **dict.fromkeys(("min", "max", "sort"), values),
        **dict.fromkeys(("median", "quantile"), values * values),  # between two, at one place
        **dict.fromkeys(("argmax", "count_nonzero"), count + 1),
        **dict.fromkeys(("cumsum", "cumprod"), multisets(values + 1, count)),
        "softmax": values * multisets(values, count),
    }
    return of_few.get(name, multisets(values, count))


def multisets(values: float, count: float) -> float:
    """Return in how many ways ``count`` elements have one of ``values`` values, order aside."""
    if values <= 1:
        return 1.0
    if math.isinf(values) or math.isinf(count):
        return math.inf
    log = math.lgamma(count + values) - math.lgamma(values) - math.lgamma(count + 1)
    return math.floor(math.exp(log) * (1 + 1e-9)) if log < LARGEST_LOG else math.inf
