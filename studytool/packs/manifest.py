"""``pack.yaml``: what a pack is, its concepts, its sources, its words."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from studytool.packs.model import Model, Slug
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import LanguageTag, Text

NotesFile = Annotated[
    str, StringConstraints(pattern=r"^notes(\.[A-Za-z0-9-]+)*\.md$", max_length=80)
]


class Concept(Model):
    """A node of the prerequisite graph; ``lesson`` is what to read before its first item."""

    id: Slug
    title: Text
    requires: list[Slug] = Field(default_factory=list)
    lesson: Text | None = None


class Source(Model):
    """A paper, book or page that items and claims cite."""

    id: Slug
    citation: str
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")] | None = None


class GlossaryEntry(Model):
    """A term and what it means."""

    term: Text
    means: Text


def _once(tags: tuple[str, ...]) -> tuple[str, ...]:
    twin = next((tag for number, tag in enumerate(tags) if tag in tags[:number]), None)
    if twin is not None:
        raise UnfitError(told("'{twin}' stands twice", twin=twin), told("name it once"))
    return tags


class Manifest(Model):
    """``pack.yaml``; the first of ``languages`` is that of a text written as one string."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    formulas: Literal[1]
    id: Slug
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    description: Text | None = None
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1), AfterValidator(_once)]
    licence: str
    authors: Annotated[list[str], Field(min_length=1)]
    notes: NotesFile | None = None
    concepts: Annotated[list[Concept], Field(min_length=1)]
    sources: list[Source] = Field(default_factory=list)
    glossary: list[GlossaryEntry] = Field(default_factory=list)
