"""The chance of a comparison of one even draw, which its law and what it is compared with give."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from studytool.formula.points import Points
from studytool.formula.tree import Call, Comparison, Constant, FormulaNode, Name, Operation
from studytool.numerics.arrays import Array

_MOST_DEEP = 100
"""Steps into ``let`` inside ``let``; formulas that need one another end here."""
_ROUNDED = ("floor", "ceil", "round", "relu")
"""Functions that turn where their argument does, or at the next whole number."""
_OF_TWO: Mapping[str, Callable[[Array, Array], Array]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
_ZERO = Constant(0.0, 1)


@dataclass(frozen=True, slots=True)
class PartOfDraw:
    """A chance at every point: of a draw on an interval to lie in a part of it.

    Attributes:
        part, whole: their lengths.
    """

    part: Array
    whole: Array


def chances_of(node: FormulaNode, points: Points) -> Iterator[PartOfDraw]:
    """Return the chances that each comparison of a node holds, and fails: u < 2 of uniform(0, a).

    That of whole numbers being equal is in proportion to 1 of them. A sign is a comparison with 0.
    """
    for left, right in _compared(node):
        ends = _ends(Operation("-", (left, right), 1), points)
        if ends is not None:
            low, high = np.sort(ends, axis=0)
            whole = high - low
            yield from (PartOfDraw(one, whole) for one in (-low, high, np.ones(points.size)))


def _compared(node: FormulaNode) -> Iterator[tuple[FormulaNode, FormulaNode]]:
    match node:
        case Comparison():
            yield from pairwise([node.first, *(operand for _, operand in node.rest)])
        case Call(function="sign", arguments=(one,)):
            yield one, _ZERO
        case _:
            return


def _ends(node: FormulaNode, points: Points, depth: int = 0) -> Array | None:
    """Return where one even draw ends, moved and stretched by what is not drawn, shape (2, points)."""
    match node:
        case Call(function="uniform", arguments=(low, high)):
            return np.stack([points.of(low).at, points.of(high).at])
        case Call(function="choice", arguments=(count,)):
            return np.stack([np.zeros(points.size), points.of(count).at])
        case _:
            step = _step_into(node, points) if depth <= _MOST_DEEP else None
            ends = None if step is None else _ends(step.inside, points, depth + 1)
            return None if step is None or ends is None else step.apply(ends)


@dataclass(frozen=True, slots=True)
class _Step:
    """What is drawn inside a node, and what the node makes of it."""

    inside: FormulaNode
    apply: Callable[[Array], Array]


def _step_into(node: FormulaNode, points: Points) -> _Step | None:
    """Step through a name, a minus, a rounding, or a sum or product with what is not drawn."""
    match node:
        case Call(function=function, arguments=(one,)) if function in _ROUNDED:
            return _Step(one, np.positive)
        case Name(name=name) if name in points.let:
            return _Step(points.let[name].tree, np.positive)
        case Operation(operator="-", operands=(one,)):
            return _Step(one, np.negative)
        case Operation(operator="+" | "-" | "*" | "/" as operator, operands=(left, right)):
            return _beside(operator, left, right, points)
        case _:
            return None


def _beside(operator: str, left: FormulaNode, right: FormulaNode, points: Points) -> _Step | None:
    first, second = points.of(left), points.of(right)
    of_two = _OF_TWO[operator]
    if first.draws and not second.draws:
        return _Step(left, lambda ends: of_two(ends, second.at))
    if second.draws and not first.draws and operator != "/":
        return _Step(right, lambda ends: of_two(first.at, ends))
    return None
