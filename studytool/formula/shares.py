"""What is left of a product or a sum where everything that a draw changes is taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from studytool.formula.points import Points, agree
from studytool.formula.tree import Call, Comparison, Constant, FormulaNode, Name, Operation
from studytool.numerics.arrays import Array

_MOST_DEEP = 100
"""Steps into ``let`` inside ``let``; formulas that need one another end here."""
_MOST_PIECES = 2_000
"""Factors or terms of one product or sum that are looked at: ``let`` may double them at each step."""

_SCALED = {
    **dict.fromkeys(("sum", "mean", "std", "norm", "abs", "relu", "leaky_relu", "sort"), 1.0),
    **dict.fromkeys(("median", "quantile", "max", "min", "cumsum", "degrees", "radians"), 1.0),
    "sqrt": 0.5,
    "var": 2.0,
}
"""Functions f with f(c·x, …) = c**k·f(x, …) for c > 0, and k."""
_SHIFTED = ("mean", "median", "max", "min", "quantile")
"""Functions f with f(c + x, …) = c + f(x, …)."""

_Weighted = list[tuple[FormulaNode, float]]
"""Factors with their powers, or terms with their signs."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A factor with its power, or a term with its sign.

    Attributes:
        law: the draw whose parameter it is; None outside the laws.
    """

    node: FormulaNode
    weight: float
    law: Call | None


def fixed_factor(tree: FormulaNode, points: Points) -> Array:
    """Return the product of the factors of a formula that no draw changes, 1 where it has none."""
    with np.errstate(all="ignore"):
        return _product(_fixed(_factors(tree, points), points), points)


def _product(factors: list[_Piece], points: Points) -> Array:
    powers = [points.of(one.node).at ** one.weight for one in factors]
    product: Array = np.prod([np.ones(points.size), *powers], axis=0)
    return product


def _total(terms: list[_Piece], points: Points) -> Array:
    total: Array = np.sum([one.weight * points.of(one.node).at for one in terms], axis=0)
    return total


def fixed_shares(node: FormulaNode, points: Points) -> Iterator[Array]:
    """Return the product of a node's factors that no draw changes, and the sum of such terms.

    Of a comparison it is where it turns. One name or number alone is no share.
    """
    if isinstance(node, Comparison):
        yield from _turning_points(node, points)
    for factors in _by_law(_fixed(_factors(node, points), points)):
        yield _product(factors, points)
    for terms in _by_law(_fixed(_terms(node, points), points)):
        yield _total(terms, points)


def _turning_points(node: Comparison, points: Points) -> Iterator[Array]:
    """Return the sizes of what is drawn at which a comparison turns, and their inverses.

    Of ``u*(a+b) < c`` c/(a+b) is one. Only one term of both sides may be drawn, so that the rest can
    be brought to the other side; a law's own scale stays where it is.
    """
    for left, right in pairwise([node.first, *(operand for _, operand in node.rest)]):
        terms = [*_summed(left), *((one, -sign) for one, sign in _summed(right))]
        drawn = [one for one, _ in terms if points.of(one).draws]
        fixed = [_Piece(one, sign, None) for one, sign in terms if one not in drawn]
        if len(drawn) != 1:
            continue
        factors = [one for one in _fixed(_factors(drawn[0], points), points) if one.law is None]
        nodes = [one.node for one in (*fixed, *factors)]
        if len(nodes) > 1 and _is_more_than_a_name(nodes):
            turn = _total(fixed, points) / _product(factors, points)
            yield from (turn, 1 / turn)


def _summed(node: FormulaNode) -> _Weighted:
    """Return the terms of a sum as it is written, each with its sign."""
    match node:
        case Operation(operator="+" | "-" as operator, operands=(left, right)):
            sign = 1.0 if operator == "+" else -1.0
            return [*_summed(left), *((one, sign * weight) for one, weight in _summed(right))]
        case Operation(operator="-", operands=(one,)):
            return [(inner, -weight) for inner, weight in _summed(one)]
        case _:
            return [(node, 1.0)]


def _by_law(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Put what stands outside the laws beside the parameter of one draw at a time.

    That the mean of a product is the product of two means is a statement, and no key in pieces.
    """
    laws = {id(one.law): one.law for one in pieces if one.law is not None}
    for law in laws.values() or [None]:
        beside = [one for one in pieces if one.law is None or one.law is law]
        if _is_more_than_a_name([one.node for one in beside]):
            yield beside


def _fixed(pieces: Iterator[_Piece], points: Points) -> list[_Piece]:
    return [one for one in islice(pieces, _MOST_PIECES) if not points.of(one.node).draws]


def _is_more_than_a_name(nodes: list[FormulaNode]) -> bool:
    """Tell a product, or a sum, from one name or number, also from a power of it."""
    leaves = {
        node.name if isinstance(node, Name) else node.value
        for node in nodes
        if isinstance(node, Constant | Name)
    } - {0.0, 1.0}
    return len(leaves) > 1 or any(not isinstance(node, Constant | Name) for node in nodes)


def _factors(node: FormulaNode, points: Points) -> Iterator[_Piece]:
    """Take a product apart, also through a name and a function that a factor passes."""
    return _taken_apart(_Piece(node, 1.0, None), lambda one: _factors_of(one, points))


def _terms(node: FormulaNode, points: Points) -> Iterator[_Piece]:
    """Take a sum apart, also through a name and a function that a term passes."""
    return _taken_apart(_Piece(node, 1.0, None), lambda one: _terms_of(one, points))


def _taken_apart(
    piece: _Piece, inside_of: Callable[[FormulaNode], _Weighted], depth: int = 0
) -> Iterator[_Piece]:
    node = piece.node
    inside = inside_of(node) if depth <= _MOST_DEEP else []
    if not inside:
        yield piece
    law = node if isinstance(node, Call) and node.shape is not None else piece.law
    for one, weight in inside:
        yield from _taken_apart(_Piece(one, piece.weight * weight, law), inside_of, depth + 1)


def _factors_of(node: FormulaNode, points: Points) -> _Weighted:
    match node:
        case Operation(operator="*" | "/" as operator, operands=(left, right)):
            return [(left, 1), (right, 1 if operator == "*" else -1)]
        case Operation(operator="-" | "+", operands=(one,)):
            return [(one, 1)]
        case Operation(operator="**", operands=(base, Constant(value=exponent))):
            return [(base, exponent)]
        case Name():
            return _behind(node, points)
        case Call():
            return _scale_of(node, points)
        case _:
            return []


def _behind(node: Name, points: Points) -> _Weighted:
    """Look behind a name of ``let`` that draws."""
    bound = points.let.get(node.name)
    return [] if bound is None or not points.of(node).draws else [(bound.tree, 1)]


def _scale_of(call: Call, points: Points) -> _Weighted:
    """Return what a function or a draw is proportional to."""
    match call:
        case Call(function=function, arguments=(first, *_)) if function in _SCALED:
            return [(first, _SCALED[function])]
        case Call(function="normal", arguments=(Constant(value=0.0), scale)):
            return [(scale, 1)]
        case Call(function="exponential", arguments=(scale,)):
            return [(scale, 1)]
        case Call(function="gamma", arguments=(_, scale)):
            return [(scale, 1)]
        case Call(function="uniform", arguments=(low, scale)):
            ends = points.of(low).at, points.of(scale).at
            return [(scale, 1)] if not ends[0].any() or agree(-ends[0], ends[1]) else []
        case _:
            return []


def _terms_of(node: FormulaNode, points: Points) -> _Weighted:
    match node:
        case Operation(operator="+" | "-" as operator, operands=(left, right)):
            return [(left, 1), (right, 1 if operator == "+" else -1)]
        case Operation(operator="-", operands=(one,)):
            return [(one, -1)]
        case Name():
            return _behind(node, points)
        case Call(function=function, arguments=(first, *_)) if function in _SHIFTED:
            return [(first, 1)]
        case Call(function="normal", arguments=(mean, _)):
            return [(mean, 1)]
        case _:
            return []
