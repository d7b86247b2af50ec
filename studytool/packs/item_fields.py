"""What every kind of item has."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic.main import IncEx

from studytool.packs.model import (
    FormulaText,
    Identifier,
    Lets,
    Model,
    Slug,
    Whole,
    content_digest,
    no_entries,
)
from studytool.packs.parameters import Parameter, names_of
from studytool.packs.telling import UnfitError, told
from studytool.packs.templates import placeholders
from studytool.packs.text import LanguageTag, Text

MOST_GUID = 100
"""Characters of an Anki note's guid."""
LET_DIGITS = "4sf"
"""How a ``let`` is shown where its placeholder says nothing, without zeros at the end."""
_NAMES_OF_EACH: IncEx = {"__all__": {"name"}}
_BESIDE_MEMORY: Mapping[str, IncEx | bool] = {
    "was": True,
    "tags": True,
    "difficulty": True,
    "hints": True,
    "claims": True,
    "source": True,
    "anki": True,
    "tests": True,
    "measure": _NAMES_OF_EACH,
}
"""What may change while the learner's memory of the item stays what it was, as pydantic leaves it out."""


def _day(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UnfitError(
        told("'{text}' is no day", text=text), told("write year, month and day: 2026-11-30")
    )


IsoDay = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
"""A day as ISO 8601 writes it: ``2026-11-30``."""


class Citation(Model):
    """Where a statement stands: a source of ``pack.yaml`` and the place in it.

    Attributes:
        ref: the source.
        at: section, equation, figure or page.
        looked_up: the day on which an author last read it there; None where nobody says so.
    """

    ref: Slug
    at: str = ""
    looked_up: IsoDay | None = None


MisconceptionName = Annotated[
    str, StringConstraints(pattern=r"^(slip:)?[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
"""The id of a misconception or an option; or a common slip, ``slip:sign``."""


class ItemTest(Model):
    """An answer as a learner may type it, and what marking must make of it at a seed."""

    seed: Annotated[Whole, Field(ge=0)]
    answer: Annotated[str, Field(max_length=200)]
    outcome: Literal["right", "near", "partial", "wrong", "unreadable", "ambiguous"]
    misconception: MisconceptionName | None = None
    language: LanguageTag | None = None

    @model_validator(mode="after")
    def _a_misconception_is_wrong(self) -> "ItemTest":
        if self.misconception is not None and self.outcome != "wrong":
            raise UnfitError(
                told("'misconception' goes with 'outcome: wrong'"),
                told("mend the outcome, or take 'misconception' out"),
            )
        return self


class ItemFields(Model):
    """What every kind of item has."""

    question_key: ClassVar[str] = "prompt"
    """The key of the text that asks."""

    id: Slug
    was: list[Slug] = Field(default_factory=no_entries)
    concept: Slug
    tags: Annotated[list[Slug], Field(max_length=20)] = Field(default_factory=no_entries)
    difficulty: Annotated[Whole, Field(ge=1, le=5)] | None = None
    claims: list[Slug] = Field(default_factory=no_entries)
    params: Annotated[dict[Identifier, Parameter], Field(max_length=12)] = Field(
        default_factory=dict
    )
    distinct: Annotated[list[Identifier], Field(min_length=2)] | None = None
    require: list[FormulaText] = Field(default_factory=no_entries, max_length=20)
    let: Lets = Field(default_factory=dict)
    hints: list[Text] = Field(default_factory=no_entries, max_length=5)
    solution: Text | None = None
    source: Citation | None = None
    anki: Annotated[str, Field(min_length=1, max_length=MOST_GUID)] | None = None
    tests: Annotated[list[ItemTest], Field(max_length=100)] = Field(default_factory=no_entries)

    @property
    def revision(self) -> str:
        """Name this wording of the item: 12 hex digits that change when its content does."""
        return content_digest(self, _BESIDE_MEMORY)

    @property
    def computes(self) -> bool:
        """Tell whether it may draw or compute a number."""
        return True

    @property
    def drawn_as(self) -> str:
        """Return the id by which numbers are drawn: the first it had, so that a rename draws no others."""
        return self.was[0] if self.was else self.id

    @property
    def question(self) -> Text:
        """Return the text that asks."""
        asked: Text = getattr(self, self.question_key)
        return asked

    @cached_property
    def shown_lets(self) -> dict[str, str]:
        """Return the names of ``let`` that the question shows, with the digits shown.

        A number is used as it is shown, so these are rounded before anything follows from them.
        """
        shown: dict[str, str] = {}
        for words in self.question.root.values() if self.let else ():
            for found in placeholders(words, self.let):
                how = found.number_format
                if found.name in self.let and how is not None:
                    shown.setdefault(found.name, how.digits or LET_DIGITS)
        return shown

    @property
    def drawn_names(self) -> list[str]:
        """Return the names that a draw gives a number: parameters, and the columns of tables."""
        return [one for name, parameter in self.params.items() for one in names_of(name, parameter)]

    @property
    def known_names(self) -> set[str]:
        """Return the names that a text may show: what is drawn, ``let``, and labels of tables."""
        return {*self.params, *self.drawn_names, *self.let}

    @model_validator(mode="after")
    def _distinct_names_differ(self) -> "ItemFields":
        names = self.distinct or []
        twin = next((name for number, name in enumerate(names) if name in names[:number]), None)
        if twin is not None:
            raise UnfitError(
                told("'distinct' names '{twin}' twice", twin=twin), told("name it once")
            )
        return self

    @model_validator(mode="after")
    def _something_is_drawn(self) -> "ItemFields":
        if not self.params:
            for key in ("distinct", "require"):
                if getattr(self, key):
                    raise UnfitError(
                        told("'{key}' without 'params'", key=key),
                        told("add 'params', or take '{key}' out", key=key),
                    )
        return self
