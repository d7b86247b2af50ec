"""Alter a formula in one place, as an author may get it wrong: a check must notice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from studytool.formula.functions import FUNCTIONS, function_of
from studytool.formula.parse import Formula
from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)
from studytool.formula.written import text_of

_SWAPS: dict[str, tuple[str, ...]] = {
    "+": ("-",),
    "-": ("+",),
    "*": ("/", "+"),
    "/": ("*",),
    "//": ("/",),
    "%": ("//",),
    "**": ("*",),
    "<": (">=",),
    "<=": (">",),
    ">": ("<=",),
    ">=": ("<",),
    "==": ("!=",),
    "!=": ("==",),
    "and": ("or",),
    "or": ("and",),
}
_TWINS = {
    "max": "min",
    "min": "max",
    "sin": "cos",
    "cos": "sin",
    "tan": "sin",
    "arcsin": "arccos",
    "arccos": "arcsin",
    "arctan": "arcsin",
    "sinh": "cosh",
    "cosh": "sinh",
    "degrees": "radians",
    "radians": "degrees",
    "factorial": "gamma",
    "gamma": "factorial",
    "normal_cdf": "normal_pdf",
    "normal_pdf": "normal_cdf",
    "normal_quantile": "normal_cdf",
    "t_cdf": "chi2_cdf",
    "chi2_cdf": "t_cdf",
    "t_quantile": "chi2_quantile",
    "chi2_quantile": "t_quantile",
    "floor": "ceil",
    "ceil": "floor",
    "log": "log10",
    "log10": "log2",
    "log2": "log",
    "mean": "sum",
    "sum": "mean",
    "var": "std",
    "std": "var",
    "xavier_variance": "xavier_limit",
    "xavier_limit": "xavier_variance",
    "he_variance": "lecun_variance",
    "lecun_variance": "he_variance",
    "he_limit": "he_variance",
    "relu_second_moment": "relu_variance",
    "relu_variance": "relu_second_moment",
    "sigmoid_derivative": "tanh_derivative",
    "tanh_derivative": "sigmoid_derivative",
    "soft_threshold": "ridge_shrinkage",
    "ridge_shrinkage": "soft_threshold",
}
"""The function that each is most easily taken for; it takes the same arguments."""

_SYMMETRIC = frozenset({"max", "min", "hypot"})
"""Functions that give the same for their arguments in any order."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A formula with one alteration.

    Attributes:
        column: where it is, counted from 1.
        change: what was there and what is now, in the formula language: ``+ → -``.
    """

    column: int
    change: str
    formula: Formula


def mutants(formula: Formula) -> Iterator[Mutant]:
    """Alter a formula in every way, one at a time.

    A term or a call is dropped, an operator, a comparison or a function swapped for its twin,
    arguments or the sides of a condition exchanged, a name put for another, a number doubled or
    raised by 1.

    >>> from studytool.formula.parse import parse
    >>> [(mutant.column, mutant.change) for mutant in mutants(parse("2/n"))]
    [(2, '/ → *'), (2, '2 / n → 2'), (2, '2 / n → n'), (1, '2 → 4'), (1, '2 → 3')]
    """
    names = sorted(formula.names)
    for column, what, tree in _altered(formula.tree, names):
        yield Mutant(column, what, replace(formula, tree=tree))


def _altered(node: FormulaNode, names: list[str]) -> Iterator[tuple[int, str, FormulaNode]]:
    """Alter the node itself, then each of its parts; return the column, the change, the result."""
    changes = _other_leaves(node, names) if isinstance(node, Constant | Name) else _others(node)
    for what, changed in changes:
        yield node.column, what, changed
    for part, rebuild in _parts(node):
        for column, what, changed in _altered(part, names):
            yield column, what, rebuild(changed)


def _parts(node: FormulaNode) -> list[tuple[FormulaNode, Callable[[FormulaNode], FormulaNode]]]:
    """Return each part of a node, with what makes the node anew around another part."""
    match node:
        case Operation(_, operands):
            return _places(operands, lambda parts: replace(node, operands=parts))
        case Comparison(first, rest):
            operators = [operator for operator, _ in rest]

            def compared(parts: tuple[FormulaNode, ...]) -> FormulaNode:
                pairs = tuple(zip(operators, parts[1:], strict=True))
                return replace(node, first=parts[0], rest=pairs)

            return _places((first, *(part for _, part in rest)), compared)
        case Conditional(condition, then, otherwise):

            def chosen(parts: tuple[FormulaNode, ...]) -> FormulaNode:
                return Conditional(parts[0], parts[1], parts[2], node.column)

            return _places((condition, then, otherwise), chosen)
        case Call(_, arguments):
            return _places(arguments, lambda parts: replace(node, arguments=parts))
        case Constant() | Name():
            return []


def _places(
    parts: tuple[FormulaNode, ...], rebuild: Callable[[tuple[FormulaNode, ...]], FormulaNode]
) -> list[tuple[FormulaNode, Callable[[FormulaNode], FormulaNode]]]:
    def at(place: int) -> Callable[[FormulaNode], FormulaNode]:
        return lambda part: rebuild((*parts[:place], part, *parts[place + 1 :]))

    return [(part, at(place)) for place, part in enumerate(parts)]


def _other_leaves(node: Constant | Name, names: list[str]) -> Iterator[tuple[str, FormulaNode]]:
    if isinstance(node, Constant):
        for other in (2 * node.value, node.value + 1) if node.value else (1.0,):
            yield f"{node.value:g} → {other:g}", Constant(other, node.column)
        return
    for name in names:
        if name != node.name:
            yield f"{node.name} → {name}", Name(name, node.column)


def _others(node: Operation | Comparison | Conditional | Call) -> Iterator[tuple[str, FormulaNode]]:
    match node:
        case Operation(_, (one,)):
            yield _rewritten(node, one)
        case Operation():
            yield from _other_operations(node)
        case Comparison(_, rest):
            for place, (operator, operand) in enumerate(rest):
                for other in _SWAPS[operator]:
                    changed = (*rest[:place], (other, operand), *rest[place + 1 :])
                    yield f"{operator} → {other}", replace(node, rest=changed)
        case Conditional(_, then, otherwise):
            yield _rewritten(node, replace(node, then=otherwise, otherwise=then))
        case Call():
            yield from _other_calls(node)


def _other_operations(node: Operation) -> Iterator[tuple[str, FormulaNode]]:
    left, right = node.operands
    for other in _SWAPS[node.operator]:
        yield f"{node.operator} → {other}", replace(node, operator=other)
    yield _rewritten(node, left)
    yield _rewritten(node, right)


def _other_calls(node: Call) -> Iterator[tuple[str, FormulaNode]]:
    if node.shape is not None:
        return
    twin = _TWINS.get(node.function)
    if twin and function_of(node) is FUNCTIONS[node.function]:  # with as many arguments
        yield f"{node.function} → {twin}", replace(node, function=twin)
    if len(node.arguments) == 1:
        yield _rewritten(node, node.arguments[0])
    if node.function in _SYMMETRIC:
        return
    for place in range(len(node.arguments) - 1):
        one, other, *rest = node.arguments[place:]
        turned = (*node.arguments[:place], other, one, *rest)
        yield _rewritten(node, replace(node, arguments=turned))


def _rewritten(node: FormulaNode, other: FormulaNode) -> tuple[str, FormulaNode]:
    return f"{text_of(node)} → {text_of(other)}", other
