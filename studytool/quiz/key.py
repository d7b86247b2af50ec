"""What a variant asks for, one type for each way of answering."""

import re
from dataclasses import dataclass

from studytool.quiz.axis import Axis, Leeway
from studytool.quiz.number_text import MINUS
from studytool.quiz.tolerance import Reach, Tolerance, reach_of
from studytool.units.unit import UnitsMode

_DASH = re.compile(r"^[-‐‑–﹣－](?= ?[.\d])")
"""What a pack may write for the minus of a number."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A misconception made concrete: the number it leads to, and its feedback."""

    id: str
    value: float
    feedback: str


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number, how near an answer must be, and how it is printed.

    Attributes:
        unit: as it is shown, None where the number has none.
        misconceptions: those of the pack whose ``when`` holds for this variant.
        slips: common ones that only the key's formula shows, such as degrees for radians.
        noise: how far rounding in binary may have moved the value.
        in_steps: what it comes to with three figures on the way; None where unknown.
        units: which units may be typed.
    """

    value: float
    tolerance: Tolerance
    text: str
    unit: str | None
    misconceptions: tuple[WrongValue, ...]
    slips: tuple[WrongValue, ...] = ()
    noise: float = 0.0
    in_steps: float | None = None
    units: UnitsMode = "convert"

    def reach(self) -> Reach:
        """Return what is right and what is near."""
        return reach_of(self.value, self.tolerance, noise=self.noise, in_steps=self.in_steps)


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option as shown; its number on screen is its place, counted from 1."""

    id: str
    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class OptionKey:
    """Options in the order shown, and the ids of those wanted (one or several)."""

    options: tuple[ShownOption, ...]
    right: frozenset[str]

    @property
    def several(self) -> bool:
        """Tell whether more than one option is right."""
        return len(self.right) > 1


@dataclass(frozen=True, slots=True)
class ShownBlank:
    """One blank of a cloze.

    Attributes:
        wanted: the spellings taken as right, in every language of the pack, the first of them the one
            that is shown; or a number.
        feedback: what is said where it was not filled rightly.
    """

    wanted: "tuple[str, ...] | NumberKey"
    feedback: str = ""

    @property
    def text(self) -> str:
        """Return what belongs there, as it is shown."""
        if isinstance(self.wanted, tuple):
            return _DASH.sub(MINUS, self.wanted[0])
        return f"{self.wanted.text} {self.wanted.unit}" if self.wanted.unit else self.wanted.text


@dataclass(frozen=True, slots=True)
class BlankKey:
    """The blanks of a cloze in order; those of ``unordered``, counted from 0, in any order."""

    blanks: tuple[ShownBlank, ...]
    unordered: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """Return what belongs into all of them."""
        return "; ".join(blank.text for blank in self.blanks)


@dataclass(frozen=True, slots=True)
class RecallKey:
    """A card's back: recalled, then rated by the learner."""

    back: str


@dataclass(frozen=True, slots=True)
class PredictionKey:
    """Options to choose from; what is right is known only after the simulation ran.

    Attributes:
        several: whether several may be right, as in a choice; of outcomes one happens.
    """

    options: tuple[ShownOption, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Things in the order shown, to be put in order.

    Attributes:
        ascending: whether the smallest comes first.
        right: their ids in the right order; None where the simulation shows it.
    """

    things: tuple[ShownOption, ...]
    ascending: bool
    right: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AxisKey:
    """An axis on which a value is guessed before the simulation shows it.

    Attributes:
        leeway: how near is right.
        unit: of the value; None where it has none.
    """

    axis: Axis
    leeway: Leeway
    unit: str | None = None


Key = NumberKey | OptionKey | BlankKey | RecallKey | PredictionKey | OrderKey | AxisKey


def options_of(key: Key) -> tuple[ShownOption, ...]:
    """Return what a key lists on the screen, numbered from 1: options, or things to order."""
    match key:
        case OptionKey(options=options) | PredictionKey(options=options):
            return options
        case OrderKey(things=things):
            return things
        case _:
            return ()


def is_simulated(key: Key) -> bool:
    """Tell whether what is right is known only after the simulation ran."""
    if isinstance(key, OrderKey):
        return key.right is None
    return isinstance(key, PredictionKey | AxisKey)
