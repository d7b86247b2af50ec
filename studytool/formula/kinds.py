"""The kinds of function that a formula may call: what each takes, costs and makes on the way."""

from collections.abc import Callable
from dataclasses import dataclass

from studytool.numerics.arrays import Array, Operand


@dataclass(frozen=True, slots=True)
class Elementwise:
    """A function whose result has the broadcast shape of its arguments.

    Attributes:
        cost: weighted operations for each element.
        scratch: arrays of the result's size that it makes on the way, rounded up.
        longer: what the same name means with one more argument, such as a base; None without.
    """

    apply: Callable[..., Operand]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 4.0
    scratch: float = 0.0
    longer: "Elementwise | None" = None


@dataclass(frozen=True, slots=True)
class Reduction:
    """A function over all elements of its first argument, or over ``axis``.

    Attributes:
        keeps_elements: whether each element has a result, as in a running sum.
        scratch: arrays of its first argument's size that it makes on the way, rounded up.
    """

    apply: Callable[..., Operand]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 2.0
    keywords: tuple[str, ...] = ("axis",)
    scratch: float = 0.0
    keeps_elements: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """``dot``: two vectors, a matrix and a vector, or two matrices."""

    apply: Callable[[Array, Array], Operand]
    arguments: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A random array; its last argument is the shape, after the field's parameters."""

    apply: Callable[..., Array]
    arguments: tuple[str, ...]
    doc: str
    cost: float = 30.0
    scratch: float = 0.0


Function = Elementwise | Reduction | Product | Draw
