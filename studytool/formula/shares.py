"""What is left of a product or a sum where everything that a draw changes is taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from studytool.formula.points import Points, agree
from studytool.formula.tree import Call, Constant, FormulaNode, Name, Operation
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

    One name or number alone is no share.
    """
    for factors in _by_law(_fixed(_factors(node, points), points)):
        yield _product(factors, points)
    for terms in _by_law(_fixed(_terms(node, points), points)):
        yield _total(terms, points)


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
