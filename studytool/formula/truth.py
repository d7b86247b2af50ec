"""Whether a formula is true of all numbers in some intervals, not only at their ends.

A limit on both sides, such as ``abs(x-0.95) < 0.02``, is false at both ends of a wide interval and
true within it. What is said here holds everywhere between the ends.

    truth_over(parse("abs(x-0.95) < 0.02"), {"x": Interval(0.8, 1.1)})  # None: here and there
"""

from collections import deque
from collections.abc import Callable, Mapping
from math import isfinite

import numpy as np

from studytool.formula.functions import BINARY, CONSTANTS, SLACK, compare_floats, function_of
from studytool.formula.intervals import UNBOUNDED, ZERO_TO_ONE, Interval, join, subtract
from studytool.formula.kinds import Elementwise
from studytool.formula.parse import Formula
from studytool.formula.ranges import ELEMENTWISE_RANGES, OPERATOR_RANGES
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)

Intervals = Mapping[str, Interval]
MOST_BOXES = 64
"""Parts of a box that are looked at before it is left open."""
_ZERO = Interval(0.0, 0.0)


class UnknownRangeError(Exception):
    """A function has unknown values between the ends of its arguments."""


def truth_over(formula: Formula, box: Intervals) -> bool | None:
    """Return whether a formula is true of every point of a box, or of none; None where of some.

    None also where it is not clear after 64 parts of the box: a name that stands twice makes what
    is known of a part too wide.

    Raises:
        UnknownRangeError: it calls a function of which nothing is known between two arguments.
    """
    waiting = deque([{name: box[name] for name in formula.names}])
    found: set[bool] = set()
    for _ in range(MOST_BOXES):
        if not waiting:
            break
        part = waiting.popleft()
        truth = _truth(formula.tree, part)
        if truth is None:
            waiting += _halves(part, box)
        else:
            found.add(truth)
        if len(found) > 1:
            return None
    return found.pop() if found and not waiting else None


def _halves(part: dict[str, Interval], box: Intervals) -> list[dict[str, Interval]]:
    """Halve the side that is still the largest part of the box's; none where all are points."""
    shares = {
        name: (side.high - side.low) / (box[name].high - box[name].low)
        for name, side in part.items()
        if side.low < side.high
    }
    if not shares:
        return [part]  # rounding alone leaves it open: it stays so
    name = max(shares, key=shares.__getitem__)
    low, high = part[name].low, part[name].high
    middle = low + (high - low) / 2
    return [{**part, name: Interval(low, middle)}, {**part, name: Interval(middle, high)}]


def _truth(node: FormulaNode, box: Intervals) -> bool | None:
    match node:
        case Comparison(first=first, rest=rest):
            sides = [_range(first, box), *(_range(side, box) for _, side in rest)]
            pairs = zip(rest, sides, sides[1:], strict=False)
            return _all([_compare(sign, left, right) for (sign, _), left, right in pairs])
        case Operation(operator="and", operands=operands):
            return _all([_truth(one, box) for one in operands])
        case Operation(operator="or", operands=operands):
            return _not(_all([_not(_truth(one, box)) for one in operands]))
        case Operation(operator="not", operands=(operand,)):
            return _not(_truth(operand, box))
        case _:
            value = _range(node, box)
            return value.low != 0 if value.is_point else None if 0 in value else True


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _not(truth: bool | None) -> bool | None:  # noqa: FBT001 - it is what is asked about
    return None if truth is None else not truth


def _compare(sign: str, a: Interval, b: Interval) -> bool | None:
    """Compare as the language does: two numbers that are one decimal are equal."""
    if a.is_point and b.is_point:
        return compare_floats(sign, a.low, b.low)
    match sign:
        case "<":
            return _is_less(a, b)
        case ">":
            return _is_less(b, a)
        case "<=":
            return _not(_is_less(b, a))
        case ">=":
            return _not(_is_less(a, b))
        case _:
            is_other = _is_less(a, b) is True or _is_less(b, a) is True
            return sign == "!=" if is_other else None


def _is_less(a: Interval, b: Interval) -> bool | None:
    if b.low - a.high > SLACK * max(a.magnitude, b.magnitude):
        return True
    return False if a.low >= b.high else None


def _range(node: FormulaNode, box: Intervals) -> Interval:
    match node:
        case Constant(value=value):
            return Interval(value, value)
        case Name(name=name):
            return box[name] if name in box else Interval(CONSTANTS[name], CONSTANTS[name])
        case Operation():
            return _of_operation(node, box)
        case Conditional():
            return _of_conditional(node, box)
        case Call():
            return _of_call(node, [_range(one, box) for one in node.arguments])
        case Comparison():
            return _as_number(_truth(node, box))


def _of_operation(node: Operation, box: Intervals) -> Interval:
    if node.operator in {"and", "or", "not"}:
        return _as_number(_truth(node, box))
    ranges = [_range(one, box) for one in node.operands]
    if len(ranges) == 1:
        return subtract(_ZERO, ranges[0]) if node.operator == "-" else ranges[0]
    fixed = _computed(BINARY[node.operator][0], ranges)
    return fixed or OPERATOR_RANGES[node.operator](*ranges)


def _of_conditional(node: Conditional, box: Intervals) -> Interval:
    truth = _truth(node.condition, box)
    if truth is None:
        return join(_range(node.then, box), _range(node.otherwise, box))
    return _range(node.then if truth else node.otherwise, box)


def _as_number(truth: bool | None) -> Interval:  # noqa: FBT001 - it is what is converted
    return ZERO_TO_ONE if truth is None else Interval(float(truth), float(truth))


def _of_call(node: Call, ranges: list[Interval]) -> Interval:
    function = function_of(node)
    apply = function.apply if isinstance(function, Elementwise) else None
    if apply is not None and (fixed := _computed(apply, ranges)):
        return fixed
    if node.function not in ELEMENTWISE_RANGES or node.keywords:
        raise UnknownRangeError(node.function)
    return ELEMENTWISE_RANGES[node.function](*ranges)


def _computed(apply: Callable[..., object], ranges: list[Interval]) -> Interval | None:
    """Compute a function of points, as it is computed elsewhere; None where a side is none."""
    if not all(one.is_point for one in ranges):
        return None
    with np.errstate(all="ignore"):
        value = float(np.asarray(apply(*(one.low for one in ranges))))
    return Interval(value, value) if isfinite(value) else UNBOUNDED
