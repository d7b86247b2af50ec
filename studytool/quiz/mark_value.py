"""A mark: how an answer compares with its key, and why."""

from dataclasses import dataclass

from studytool.quiz.axis import ShownValue
from studytool.quiz.key import AxisKey
from studytool.quiz.outcome import Outcome
from studytool.srs.rating import Rating


@dataclass(frozen=True, slots=True)
class MeasuredOutcome:
    """A quantity of a prediction as the simulation gave it."""

    name: str
    estimate: float
    standard_error: float
    replicates: int


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
