"""A formula as a tree, between the reading of its source and its layout."""

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
class Row:
    """Parts side by side."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part over another; ``small`` is set as ``a/b`` also where there is room."""

    top: "Node"
    bottom: "Node"
    small: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A root, of the second degree where none is given."""

    body: "Node"
    degree: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what is lowered and raised beside it; ``limits`` go under and over it."""

    base: "Node"
    lower: "Node | None" = None
    upper: "Node | None" = None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A combining mark over a body."""

    body: "Node"
    mark: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """A body between brackets, which grow with it."""

    left: str
    body: "Node"
    right: str


Node = Symbol | Row | Fraction | Root | Scripts | Accent | Fenced
