"""The parts of a formula that no draw changes: where a sample may hold the number that it tries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from studytool.formula.points import RELATIVE, Points, agree, is_near
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)
from studytool.numerics.arrays import Array

_MOST_DEEP = 200
"""Steps into ``let`` inside ``let``; formulas that need one another end here."""
_MOST_PIECES = 2_000
"""Factors or terms of one product or sum that are looked at: ``let`` may double them at each step."""

_SCALED = {
    **dict.fromkeys(("sum", "mean", "std", "norm", "abs", "relu", "leaky_relu", "sort"), 1.0),
    **dict.fromkeys(("median", "quantile", "max", "min", "cumsum"), 1.0),
    "sqrt": 0.5,
    "var": 2.0,
}
"""Functions f with f(c·x, …) = c**k·f(x, …) for c > 0, and k."""
_SHIFTED = ("mean", "median", "max", "min", "quantile")
"""Functions f with f(c + x, …) = c + f(x, …)."""

_RELATED: dict[str, Callable[[Array], Array]] = {
    "{key}": lambda key: key,
    "-({key})": np.negative,
    "1/({key})": lambda key: 1 / key,
    "sqrt({key})": np.sqrt,
    "({key})**2": np.square,
    "log({key})": np.log,
    "exp({key})": np.exp,
    "1-({key})": lambda key: 1 - key,
}
"""What a part may be of the key, and its values then: a draw is scaled by the root of its variance,
say."""

_Piece = tuple[FormulaNode, float]
"""A factor with its power, or a term with its sign."""
_Pieces = list[_Piece]


@dataclass(frozen=True, slots=True)
class KeyPart:
    """The key, or what is as good as it, inside a formula.

    Attributes:
        column: where it begins, counted from 1.
        form: what stands there, as ``sqrt({key})``.
    """

    column: int
    form: str


@dataclass(frozen=True, slots=True)
class KeyValues:
    """The values of a key at the points.

    Attributes:
        ingredients: the values of the formulas inside the key's: exp(a/2) is not made of a/2 alone.
    """

    key: Array
    ingredients: tuple[Array, ...] = ()


def find_key(
    tree: FormulaNode, points: Points, values: KeyValues, *, inside: bool = False
) -> KeyPart | None:
    """Find the first part of a formula that gives the key, whatever is drawn.

    A name or a number alone is no part: a sample of N(mean, 1) has the mean. What lies within 5 %
    of a key that varies is taken for it: a tolerance would not tell them apart. A second formula,
    whose ``inside`` alone is looked at, may come near its key step by step.
    """
    with np.errstate(all="ignore"):
        forms = np.array([of_key(values.key) for of_key in _RELATED.values()])  # (form, point)
        for node, part in _fixed_parts(tree, points):
            form = None if inside and node is tree else _related(part, forms, values.ingredients)
            if form is None and not inside and is_near(part, values.key):
                form = "{key}"
            if form is not None:
                return KeyPart(node.column, form)
    return None


def _related(part: Array, forms: Array, ingredients: tuple[Array, ...]) -> str | None:
    """Name what a part is of the key; None where it is nothing, or what the key is made of."""
    near = np.abs(part - forms) <= RELATIVE * np.abs(part)
    if not near.any():
        return None
    pairs = zip(_RELATED, forms, strict=True)
    found = next((form for form, values in pairs if agree(part, values)), None)
    is_ingredient = found != "{key}" and any(agree(part, inside) for inside in ingredients)
    return None if is_ingredient else found


def fixed_factor(tree: FormulaNode, points: Points) -> Array:
    """Return the product of the factors of a formula that no draw changes, 1 where it has none."""
    with np.errstate(all="ignore"):
        factors = _fixed(_factors(tree, 1.0, points), points)
        product: Array = np.prod([np.ones(points.size), *_powers(factors, points)], axis=0)
    return product


def _powers(factors: _Pieces, points: Points) -> list[Array]:
    return [points.of(one).at ** power for one, power in factors]


def _fixed_parts(tree: FormulaNode, points: Points) -> Iterator[tuple[FormulaNode, Array]]:
    """Walk every part that does not draw, and what is left of sums and products without draws."""
    for node in walk(tree):
        if not points.of(node).draws:
            if not isinstance(node, Constant | Name):
                yield node, points.of(node).at
        else:
            yield from _shares(node, points)


def _shares(node: FormulaNode, points: Points) -> Iterator[tuple[FormulaNode, Array]]:
    """Take the factors, and the terms, that no draw changes out of a node that draws."""
    factors = _fixed(_factors(node, 1.0, points), points)
    if _is_more_than_a_name([one for one, _ in factors]):
        product: Array = np.prod(_powers(factors, points), axis=0)
        yield node, product
    terms = _fixed(_terms(node, 1.0, points), points)
    if _is_more_than_a_name([one for one, _ in terms]):
        total: Array = np.sum([sign * points.of(one).at for one, sign in terms], axis=0)
        yield node, total


def _fixed(pieces: Iterator[_Piece], points: Points) -> _Pieces:
    few = islice(pieces, _MOST_PIECES)
    return [(one, weight) for one, weight in few if not points.of(one).draws]


def _is_more_than_a_name(nodes: list[FormulaNode]) -> bool:
    nodes = [node for node in nodes if not isinstance(node, Constant) or node.value not in (0, 1)]
    return len(nodes) > 1 or any(not isinstance(node, Constant | Name) for node in nodes)


def _factors(node: FormulaNode, power: float, points: Points, depth: int = 0) -> Iterator[_Piece]:
    """Take a product apart, also through a name and a function that a factor passes."""
    inside = [(one, power * its) for one, its in _factors_of(node, points)]
    if not inside or depth > _MOST_DEEP:
        yield node, power
    for one, its_power in inside:
        yield from _factors(one, its_power, points, depth + 1)


def _factors_of(node: FormulaNode, points: Points) -> _Pieces:
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


def _behind(node: Name, points: Points) -> _Pieces:
    """Look behind a name of ``let`` that draws."""
    bound = points.let.get(node.name)
    return [] if bound is None or not points.of(node).draws else [(bound.tree, 1)]


def _scale_of(call: Call, points: Points) -> _Pieces:
    """Return what a function or a draw is proportional to."""
    match call:
        case Call(function=function, arguments=(first, *_)) if function in _SCALED:
            return [(first, _SCALED[function])]
        case Call(function="normal", arguments=(Constant(value=0.0), scale)):
            return [(scale, 1)]
        case Call(function="exponential", arguments=(scale,)):
            return [(scale, 1)]
        case Call(function="uniform", arguments=(low, scale)):
            ends = points.of(low).at, points.of(scale).at
            return [(scale, 1)] if not ends[0].any() or agree(-ends[0], ends[1]) else []
        case _:
            return []


def _terms(node: FormulaNode, sign: float, points: Points, depth: int = 0) -> Iterator[_Piece]:
    """Take a sum apart, also through a name and a function that a term passes."""
    inside = [(one, sign * its) for one, its in _terms_of(node, points)]
    if not inside or depth > _MOST_DEEP:
        yield node, sign
    for one, its_sign in inside:
        yield from _terms(one, its_sign, points, depth + 1)


def _terms_of(node: FormulaNode, points: Points) -> _Pieces:
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


def walk(node: FormulaNode) -> Iterator[FormulaNode]:
    """Walk a tree, each node before those inside it."""
    yield node
    for inside in _inside(node):
        yield from walk(inside)


def _inside(node: FormulaNode) -> tuple[FormulaNode, ...]:
    match node:
        case Operation():
            return node.operands
        case Comparison():
            return (node.first, *(operand for _, operand in node.rest))
        case Conditional():
            return (node.condition, node.then, node.otherwise)
        case Call():
            return node.arguments  # how many are drawn is no number that a sample gives
        case _:
            return ()
