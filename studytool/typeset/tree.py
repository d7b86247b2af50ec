"""The tree of a typeset formula, between the reading of its source and its layout."""

from dataclasses import dataclass
from typing import Literal

from studytool.errors import StudytoolError


class TypesetError(StudytoolError):
    """LaTeX that is not known or does not parse: its source is shown instead."""


Role = Literal["ordinary", "binary", "relation", "open", "close", "comma", "name", "big", "space"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A sign or word; its role decides the space around it."""

    text: str
    role: Role = "ordinary"


@dataclass(frozen=True, slots=True)
class MathRow:
    """Parts side by side."""

    parts: "tuple[MathNode, ...]"


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part over another; ``small`` is set as ``a/b`` also where there is room."""

    top: "MathNode"
    bottom: "MathNode"
    small: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A root, of the second degree where none is given."""

    body: "MathNode"
    degree: "MathNode | None" = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what is lowered and raised beside it; ``limits`` go under and over it."""

    base: "MathNode"
    lower: "MathNode | None" = None
    upper: "MathNode | None" = None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A combining mark over a body."""

    body: "MathNode"
    mark: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between brackets, which grow with it."""

    left: str
    body: "MathNode"
    right: str


@dataclass(frozen=True, slots=True)
class MathGrid:
    """Cells in rows between brackets: a matrix, or the cases of a value.

    Attributes:
        rows: each of as many cells.
        left: bracket; empty for none, as is ``right``.
        is_cases: whether each row is a case, its cells from the left.
    """

    left: str
    rows: "tuple[tuple[MathNode, ...], ...]"
    right: str
    is_cases: bool = False


MathNode = Symbol | MathRow | Fraction | Root | Scripts | Accent | Fenced | MathGrid


def depth_of(tree: MathNode) -> int:
    """Count the parts inside parts of a tree, without recursion.

    >>> depth_of(Symbol("x")), depth_of(Root(MathRow((Symbol("x"), Symbol("y")))))
    (1, 3)
    """
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(part, depth + 1) for part in _parts(node)]
    return deepest


def _parts(node: MathNode) -> "tuple[MathNode, ...]":
    found: tuple[MathNode | None, ...] = ()
    match node:
        case MathRow(parts=parts):
            found = parts
        case Fraction(top=top, bottom=bottom):
            found = (top, bottom)
        case Root(body=body, degree=degree):
            found = (body, degree)
        case Scripts(base=base, lower=lower, upper=upper):
            found = (base, lower, upper)
        case Accent(body=body) | Fenced(body=body):
            found = (body,)
        case MathGrid(rows=rows):
            found = tuple(cell for row in rows for cell in row)
        case Symbol():
            pass
    return tuple(one for one in found if one is not None)
