"""A formula as a calculator set to degrees computes it: the slip of whoever forgot to switch."""

from dataclasses import replace
from functools import lru_cache

from studytool.formula.parse import Formula
from studytool.formula.parts import walk
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)

_OF_ANGLES = frozenset({"sin", "cos", "tan"})
_TO_ANGLES = frozenset({"arcsin", "arccos", "arctan", "arctan2"})
_CONVERSIONS = frozenset({"degrees", "radians"})


@lru_cache(maxsize=4_096)
def in_degrees(formula: Formula) -> Formula | None:
    """Return the formula with each angle of a sine or its like in degrees; None without any.

    A formula that converts its angles itself is None too: whoever computes it thinks of them.

    >>> from studytool.formula.evaluate import evaluate_number
    >>> from studytool.formula.parse import parse
    >>> found = in_degrees(parse("2*sin(x)"))
    >>> found and round(evaluate_number(found, {"x": 30.0}), 12)
    1.0
    """
    called = _called(formula.tree)
    if called & _CONVERSIONS or not called & (_OF_ANGLES | _TO_ANGLES):
        return None
    return replace(formula, tree=_changed(formula.tree))


def _changed(node: FormulaNode) -> FormulaNode:
    match node:
        case Call(function=name, arguments=arguments):
            changed = tuple(map(_changed, arguments))
            if name in _OF_ANGLES:
                changed = tuple(_scaled(one, "*") for one in changed)
            made: FormulaNode = replace(node, arguments=changed)
            return _scaled(made, "/") if name in _TO_ANGLES else made
        case Operation(operands=operands):
            return replace(node, operands=tuple(map(_changed, operands)))
        case Comparison(first=first, rest=rest):
            others = tuple((operator, _changed(one)) for operator, one in rest)
            return replace(node, first=_changed(first), rest=others)
        case Conditional(condition, then, otherwise):
            at = node.column
            return Conditional(_changed(condition), _changed(then), _changed(otherwise), at)
        case _:
            return node


def _scaled(node: FormulaNode, operator: str) -> FormulaNode:
    """Multiply by π/180, or divide by it."""
    at = node.column
    degree = Operation("/", (Name("pi", at), Constant(180.0, at)), at)
    return Operation(operator, (node, degree), at)


def _called(node: FormulaNode) -> set[str]:
    return {one.function for one in walk(node) if isinstance(one, Call)}
