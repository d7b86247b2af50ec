"""The nodes of a checked formula, each with its column, counted from 1."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Constant:
    """A decimal number."""

    value: float
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter, a ``let`` name or a constant."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its one or two operands."""

    operator: str
    operands: "tuple[FormulaNode, ...]"
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """``first op operand op operand …``: true where every neighbouring pair compares."""

    first: "FormulaNode"
    rest: "tuple[tuple[str, FormulaNode], ...]"
    column: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """``then if condition else otherwise``; only the chosen side is computed."""

    condition: "FormulaNode"
    then: "FormulaNode"
    otherwise: "FormulaNode"
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a listed function; ``shape`` is the list that ends a draw's arguments."""

    function: str
    arguments: "tuple[FormulaNode, ...]"
    keywords: "tuple[tuple[str, FormulaNode], ...]"
    shape: "tuple[FormulaNode, ...] | None"
    column: int


FormulaNode = Constant | Name | Operation | Comparison | Conditional | Call
