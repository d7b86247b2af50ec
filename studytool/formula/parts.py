"""The parts of a formula that no draw changes: where a sample may hold the number that it tries."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from studytool.formula.chances import PartOfDraw, chances_of
from studytool.formula.points import RELATIVE, Points, agree, is_constant, is_near
from studytool.formula.shares import fixed_shares
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
_MULTIPLES: Mapping[str, Callable[[Array], Array]] = {
    "c*({key})": lambda key: key,
    "c*sqrt({key})": np.sqrt,
}
"""What a part may be a constant multiple of: a uniform draw is scaled by √3 times the root."""

_SAME_NUMBER = 1e-9


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
        is_composed: whether it is more than a product of powers of its names, of which it has
            several: a part of a check that is a constant multiple of such a key is no chance.
        is_more: whether it is more than such a product, of however many names.
    """

    key: Array
    ingredients: tuple[Array, ...] = ()
    is_composed: bool = False
    is_more: bool = False


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


def find_multiple(tree: FormulaNode, points: Points, values: KeyValues) -> KeyPart | None:
    """Find the first part of a formula that is a constant multiple of a composed key."""
    if not values.is_composed:
        return None
    with np.errstate(all="ignore"):
        for node, part in _fixed_parts(tree, points):
            if form := _multiple(part, values):
                return KeyPart(node.column, form)
    return None


def find_chance(tree: FormulaNode, points: Points, values: KeyValues) -> KeyPart | None:
    """Find the first comparison whose chance is a multiple of a key by how its law was chosen.

    That a number drawn below a+b lies below a with the chance a/(a+b) is a statement: both are what
    the key is made of.
    """
    if not values.is_more:
        return None
    with np.errstate(all="ignore"):
        for node in walk(tree):
            for chance in chances_of(node, points):
                form = _multiple(chance.part / chance.whole, values)
                if form is not None and not _is_made_of(chance, values):
                    return KeyPart(node.column, form)
    return None


def find_number(tree: FormulaNode, points: Points, values: KeyValues) -> KeyPart | None:
    """Find a key that is a number of three digits or more, written again in a formula.

    A number of fewer digits may stand there by chance.
    """
    number = float(values.key[0])
    if not isfinite(number) or abs(number - float(f"{number:.2g}")) <= _SAME_NUMBER * abs(number):
        return None
    with np.errstate(all="ignore"):
        for node in walk(tree):
            part = points.of(node)
            if part.draws or not is_constant(part.at) or isinstance(node, Name):
                continue
            if np.all(np.abs(part.at - number) <= _SAME_NUMBER * abs(number)):
                return KeyPart(node.column, "{key}")
    return None


def _is_made_of(chance: PartOfDraw, values: KeyValues) -> bool:
    return all(
        not is_constant(one) and any(agree(one, inside) for inside in values.ingredients)
        for one in (chance.part, chance.whole)
    )


def _related(part: Array, forms: Array, ingredients: tuple[Array, ...]) -> str | None:
    """Name what a part is of the key; None where it is nothing, or what the key is made of."""
    near = np.abs(part - forms) <= RELATIVE * np.abs(part)
    if not near.any():
        return None
    pairs = zip(_RELATED, forms, strict=True)
    found = next((form for form, values in pairs if agree(part, values)), None)
    is_ingredient = found != "{key}" and any(agree(part, inside) for inside in ingredients)
    return None if is_ingredient else found


def _multiple(part: Array, values: KeyValues) -> str | None:
    """Name what a part is a constant multiple of; None where the key is made of the part."""
    for form, of_key in _MULTIPLES.items():
        ratio = part / of_key(values.key)
        numbers = ratio[np.isfinite(ratio) & (ratio != 0)]
        if len(numbers) and agree(ratio, np.full_like(ratio, numbers[0])):
            return None if any(agree(part, inside) for inside in values.ingredients) else form
    return None


def _fixed_parts(tree: FormulaNode, points: Points) -> Iterator[tuple[FormulaNode, Array]]:
    """Walk every part that does not draw, and what is left of sums and products without draws."""
    for node in walk(tree):
        if not points.of(node).draws:
            if not isinstance(node, Constant | Name):
                yield node, points.of(node).at
        else:
            yield from ((node, share) for share in fixed_shares(node, points))


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
