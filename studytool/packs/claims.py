"""Claims: statements that can be tried, with what tries them and what must be rejected."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, Tag, model_validator

from studytool.packs.item_fields import Citation
from studytool.packs.methods import Measurement, Method
from studytool.packs.model import (
    FormulaText,
    Identifier,
    Model,
    Real,
    Slug,
    StrictBool,
    Whole,
    by_key,
    content_digest,
    no_entries,
)
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import Text


class NotesPlace(Model):
    """The lines of the notes (counted from 1) that state the claim, and their words.

    Attributes:
        quote: in the language of the notes, as it stands there.
        translation: the same for readers of other languages.
    """

    lines: Annotated[list[Annotated[Whole, Field(ge=1)]], Field(min_length=1)]
    quote: str
    translation: Text | None = None

    def translated(self, language: str) -> str | None:
        """Return the words for a reader of ``language``; None where the quote serves them best."""
        if self.translation is None:
            return None
        tag = self.translation.language_of(language)
        near = tag in {"", language, language.partition("-")[0]}
        return self.translation.text(language) if near else None


class Standing(StrEnum):
    """How the notes' sentence stands."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REFUTED = "refuted"
    CONVENTION = "convention"
    CONTESTED = "contested"
    NOT_COMPUTABLE = "not-computable"


class Control(Model):
    """A statement that the check must reject; ``notes`` marks the notes' own sentence."""

    id: Slug
    expect: FormulaText
    notes: StrictBool = False


class ValueCheck(Model):
    """The claimed number ``expect`` against the number that ``by`` gives.

    ``given`` lists the conditions; the check is made under each. Without ``rtol`` the tolerance is
    5 % for an estimate and floating-point accuracy for a number that is computed. A tolerance wider
    than 5 % needs ``because``.
    """

    expect: FormulaText
    by: Method
    given: list[dict[Identifier, Real]] = Field(default=[{}], min_length=1)
    rtol: Annotated[Real, Field(gt=0, le=0.5)] | None = None
    atol: Annotated[Real, Field(gt=0)] | None = None
    because: Text | None = None
    controls: Annotated[list[Control], Field(min_length=1)]


class Contrast(Model):
    """The same comparison with these parameters on both sides: there the order must not appear."""

    id: Slug
    contrast: Annotated[dict[Identifier, FormulaText], Field(min_length=1)]
    notes: StrictBool = False


class Rival(Model):
    """Another comparison, with a margin of its own, that must be refuted."""

    id: Slug
    greater: Measurement
    than: Measurement
    margin: FormulaText = "0"
    notes: StrictBool = False


OrderControl = Annotated[
    Annotated[Contrast, Tag("contrast")] | Annotated[Rival, Tag("greater")],
    by_key(("contrast", "greater")),
]


class OrderCheck(Model):
    """``greater`` exceeds ``than`` by more than ``margin``, under each of ``given``.

    ``over`` gives values of further names: the order is tried at every point of that grid, and must
    hold at ``share`` of them. A name ``seed`` there only changes the random numbers. A control is
    rejected where the interval of its own difference lies below its margin, which of a contrast is
    that of the check.
    """

    greater: Measurement
    than: Measurement
    margin: FormulaText = "0"
    given: list[dict[Identifier, Real]] = Field(default=[{}], min_length=1)
    over: dict[Identifier, Annotated[list[Real], Field(min_length=1, max_length=100)]] = Field(
        default_factory=dict
    )
    share: Annotated[Real, Field(gt=0.5, le=1)] = 1.0
    controls: list[OrderControl] = Field(default_factory=no_entries)

    @model_validator(mode="after")
    def _share_goes_with_over(self) -> "OrderCheck":
        if self.share != 1 and not self.over:  # what the library keeps names every field
            raise UnfitError(told("'share' and 'over' go together"), told("write both, or neither"))
        return self

    @model_validator(mode="after")
    def _a_grid_has_points(self) -> "OrderCheck":
        if any(len(set(values)) < len(values) for values in self.over.values()):
            raise UnfitError(
                told("a value stands twice in the grid of 'over', and would count twice"),
                told("write each value once"),
            )
        if self.over and all(len(values) == 1 for values in self.over.values()):
            raise UnfitError(
                told("'over' has one point, whose share says nothing"),
                told("give further values, or put these in 'given'"),
            )
        return self


ClaimCheck = Annotated[
    Annotated[ValueCheck, Tag("expect")] | Annotated[OrderCheck, Tag("greater")],
    by_key(("expect", "greater")),
]


class Claim(Model):
    """A statement that can be tried, with its source and its line in the notes."""

    id: Slug
    concept: Slug
    statement: Text
    standing: Standing
    why: Text | None = None
    notes: NotesPlace | None = None
    source: Citation
    checks: list[ClaimCheck] = Field(default_factory=no_entries)

    @property
    def revision(self) -> str:
        """Name what is claimed and how it is tried: 12 hex digits."""
        return content_digest(self, {"statement", "why", "notes", "source"})

    @model_validator(mode="after")
    def _tried_or_explained(self) -> "Claim":
        if not self.checks and self.why is None:
            raise UnfitError(
                told("nothing says why this claim is not tried"),
                told("add 'checks', or 'why: {{ko: ..., en: ...}}'"),
            )
        return self
