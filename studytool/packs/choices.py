"""Options to choose from, and what decides which of them are right."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from studytool.packs.item_fields import ItemFields
from studytool.packs.methods import Measurements
from studytool.packs.model import FormulaText, Model, Slug, StrictBool, Whole
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text

MOST_SHOWN = 8
Pin = Literal["first", "last"]


def _claim_alone(value: object) -> object:
    """Let an author write ``because: id`` for a claim that states what the option says."""
    return {"claim": value} if isinstance(value, str) else value


class Because(Model):
    """The claim that states what an option says; with ``rejects``, the control that says it."""

    claim: Slug
    rejects: Slug | None = None


class Option(Model):
    """One choice; ``say`` is the feedback to whoever takes it, ``pin`` keeps its place.

    Where no option says ``correct``, ``when`` decides: a formula over params, let and the measured
    quantities that holds where the option is right. Else ``correct`` is tried by ``when``, or by
    ``because``: a claim that states the option's sentence shows it right, and a claim whose control
    is that sentence shows it wrong. ``correct: false`` beside options with ``when`` is wrong in
    every draw.
    """

    id: Slug
    text: Text
    correct: StrictBool | None = None
    when: FormulaText | None = None
    because: (
        Annotated[Because, BeforeValidator(_claim_alone, json_schema_input_type=Slug | Because)]
        | None
    ) = None
    pin: Pin | None = None
    say: Text | None = None

    @property
    def is_marked_right(self) -> bool:
        """Tell whether it says ``correct: true``."""
        return bool(self.correct)


class Choice(ItemFields):
    """Options of which at least one is right; with several right, all of them are wanted.

    ``show`` asks that many of them, the right ones always among them.
    """

    kind: Literal["choice"]
    prompt: Text
    measure: Measurements = Field(default_factory=dict)
    options: Annotated[list[Option], Field(min_length=2, max_length=24)]
    show: Annotated[Whole, Field(ge=2, le=MOST_SHOWN)] | None = None
    order: Literal["shuffled", "fixed"] = "shuffled"

    @property
    def is_decided_by_when(self) -> bool:
        """Tell whether the options' ``when`` decides, for each draw, which of them are right."""
        return not any(option.is_marked_right for option in self.options)

    @model_validator(mode="after")
    def _right_and_wrong(self) -> "Choice":
        right = sum(option.is_marked_right for option in self.options)
        if right == len(self.options):
            raise UnfitError(
                told("all options are right"), told("take 'correct: true' out of the wrong ones")
            )
        whens = [option.when for option in self.options if option.when is not None]
        if not right and not whens:
            raise UnfitError(
                told("none of the options is right"),
                told("write 'correct: true' at one or more of them, or 'when' at each"),
            )
        unsaid = [one.id for one in self.options if one.when is None and one.correct is None]
        if not right and unsaid:
            raise UnfitError(
                told("'options': nothing says whether '{name}' is right", name=unsaid[0]),
                told("give it a 'when', or 'correct: false' where it never is"),
            )
        return self

    @model_validator(mode="after")
    def _when_has_names(self) -> "Choice":
        has_when = any(option.when is not None for option in self.options)
        if self.measure and not has_when:
            raise UnfitError(
                told("'measure' without a 'when' in an option"),
                told("add 'when' to the options, or take 'measure' out"),
            )
        if has_when and not self.measure and not self.params:
            raise UnfitError(
                told("the 'when' of these options has no names to speak of"),
                told("add 'params' that are drawn, or a 'measure'"),
            )
        if has_when and not self.measure and not self.is_decided_by_when:
            raise UnfitError(
                told("'when' decides which of these options are right"), told("take 'correct' out")
            )
        return self

    @model_validator(mode="after")
    def _fits_the_screen(self) -> "Choice":
        shown = len(self.options) if self.show is None else self.show
        if shown > len(self.options):
            raise UnfitError(
                told(
                    "'show: {shown}' asks for more than the {count} there are",
                    shown=shown,
                    count=len(self.options),
                ),
                told("write 'show: {count}' or less, or take it out", count=len(self.options)),
            )
        if shown > MOST_SHOWN:
            raise UnfitError(
                told("at most {most} options are shown", most=MOST_SHOWN),
                told("add 'show: 4' to draw them"),
            )
        if (
            self.show is not None
            and sum(option.is_marked_right for option in self.options) >= self.show
        ):
            raise UnfitError(
                told("'show: {show}' leaves no room for a wrong option", show=self.show),
                told("show more of them"),
            )
        if self.show is not None and self.is_decided_by_when and self.measure:
            raise UnfitError(
                told("'show' needs to know what is right before the simulation ran"),
                told("take it out"),
            )
        return self
