"""A variant: an item made concrete by a seed. The frozen types of asking and marking."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from studytool.language import Language
from studytool.quiz.axis import Axis, Leeway, ShownValue
from studytool.quiz.tolerance import Reach, Tolerance, reach_of
from studytool.srs.rating import Rating
from studytool.units.unit import UnitsMode

ItemKind = Literal["card", "cloze", "choice", "order", "prediction", "numeric"]


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
            return self.wanted[0]
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
class MeasuredOutcome:
    """A quantity of a prediction as the simulation gave it."""

    name: str
    estimate: float
    standard_error: float
    replicates: int


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


@dataclass(frozen=True, slots=True)
class Variant:
    """An item as the learner sees it. ``prompt``, ``hints``, ``solution`` are Markdown.

    For a cloze the prompt shows each blank as ``[1: …]``-like gaps; ``solution`` shows the whole
    text. ``parameters`` are the drawn numbers, as the prompt shows them.
    """

    item: str
    kind: ItemKind
    revision: str
    seed: int
    language: Language
    parameters: dict[str, float]
    prompt: str
    key: Key
    hints: tuple[str, ...]
    solution: str
    claims: tuple[str, ...] = field(default=())


# --- what the learner typed -------------------------------------------------------------------


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


# --- the mark ---------------------------------------------------------------------------------


class Outcome(StrEnum):
    """How an answer compares with its key.

    ``near`` is a number that is the key but for its accuracy; ``shown`` is no answer: the learner
    asked to see the key.
    """

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    NEAR = "near"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class PlacedEstimate:
    """What stands on the axis after the mark.

    Attributes:
        answer: the learner's; None where the key was shown without one.
        shown: what the simulation shows.
    """

    key: AxisKey
    answer: float | None
    shown: ShownValue


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """One part of a question once it is marked: an option, or a blank.

    Attributes:
        number: as it was shown, counted from 1.
        text: of the option; what belongs into the blank.
        outcome: RIGHT where an option belongs to the key; how well a blank was filled.
        taken: whether the option was picked.
        feedback: why; empty where there is nothing to say.
    """

    number: int
    text: str
    outcome: Outcome
    taken: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """The outcome, and why.

    Attributes:
        credit: 0–1.
        misconception: id of the pack's misconception or of a common slip (``slip:sign``), or None.
        read_as: the answer as it was read, for the learner to see.
        key_text: the right answer as text.
        measured: what the simulation gave (a prediction's quantities), else empty.
        estimated: of an estimate, what stands on its axis.
        parts: the options or blanks, in the order shown; else empty.
    """

    outcome: Outcome
    credit: float
    read_as: str
    key_text: str
    feedback: str
    misconception: str | None
    suggested: Rating
    measured: tuple[MeasuredOutcome, ...] = ()
    estimated: PlacedEstimate | None = None
    parts: tuple[MarkedPart, ...] = ()
