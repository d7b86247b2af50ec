"""What a search means, as a tree of frozen values."""

from dataclasses import dataclass
from typing import Literal

ComparisonSign = Literal["<", "<=", "=", ">=", ">"]


@dataclass(frozen=True, slots=True)
class TextSearch:
    """A text that the item's id or its texts have somewhere, folded as :func:`folded` does."""

    text: str


@dataclass(frozen=True, slots=True)
class NameSearch:
    """A name that the item has in ``field``; ``*`` stands for any letters."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class StateSearch:
    """A state that the item is in."""

    state: str


@dataclass(frozen=True, slots=True)
class NumberSearch:
    """A comparison of a number of the item; one that it has not is in no relation to any.

    Attributes:
        digits: how many were typed behind the point: to be equal is to be rounded to the same.
    """

    field: str
    comparison: ComparisonSign
    value: float
    digits: int


@dataclass(frozen=True, slots=True)
class DaySearch:
    """A comparison of a study day of the item; one that it has not is in no relation to any.

    Attributes:
        day: days since 1970, or since today where it is ``relative``.
    """

    field: str
    comparison: ComparisonSign
    day: int
    relative: bool


@dataclass(frozen=True, slots=True)
class NotSearch:
    """What the one search does not find."""

    one: "Search"


@dataclass(frozen=True, slots=True)
class AllSearch:
    """What every one finds; without any, everything."""

    each: "tuple[Search, ...]"


@dataclass(frozen=True, slots=True)
class AnySearch:
    """What at least one finds."""

    each: "tuple[Search, ...]"


Search = (
    TextSearch
    | NameSearch
    | StateSearch
    | NumberSearch
    | DaySearch
    | NotSearch
    | AllSearch
    | AnySearch
)
