"""What a learner typed, as it was read: an answer, or why there is none yet."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read.

    Attributes:
        value: what is marked.
        exact: the same without rounding, where the text has a rational value.
        reading: the text as it was read, ``1 − 40 % = 0.6``; empty where it was a plain decimal.
        figures: how many significant figures were typed; None where the text computes the number.
    """

    value: float
    exact: Fraction | None = None
    reading: str = ""
    figures: int | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PickedOptions:
    """Options taken, by id."""

    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderedThings:
    """The ids of all things, first to last."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledBlanks:
    """What was typed into the blanks of a cloze, in order; or what was recalled of a card."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Text with more than one possible reading: asked again, never logged.

    Attributes:
        question: which is meant.
        readings: what it may be read as, the likelier first.
        likelier: how the likelier is typed: Enter takes it.
    """

    question: str
    readings: tuple[float | str, ...]
    likelier: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Text that is no answer: asked again, never logged. ``code`` is for programs."""

    why: str
    code: str = ""


Answer = Number | PickedOptions | OrderedThings | FilledBlanks
