"""``pack.yaml``: what a pack is, its concepts, its sources, its words."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from studytool.files import DEVICE_NAME
from studytool.packs.model import Model, Slug, no_entries
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import LanguageTag, Text

NotesFile = Annotated[
    str, StringConstraints(pattern=r"^notes(\.[A-Za-z0-9-]+)*\.md$", max_length=80)
]


MOST_LINE = 200
"""Characters of what stands in lists: a title, a licence, an author."""
_Line = Annotated[str, StringConstraints(max_length=MOST_LINE)]


def _in_a_line(title: Text) -> Text:
    if max(map(len, title.root.values())) > MOST_LINE:
        why = told("a text of more than {most:,} characters", most=MOST_LINE)
        raise UnfitError(why, told("shorten it"))
    return title


def _no_device(name: str) -> str:
    """Refuse the id of a pack whose folder no Windows could make."""
    if DEVICE_NAME.match(name):
        raise UnfitError(
            told("'{id}' is the name of a device on Windows", id=name), told("choose another")
        )
    return name


Title = Annotated[Text, AfterValidator(_in_a_line)]
PackId = Annotated[Slug, AfterValidator(_no_device)]


class Concept(Model):
    """A node of the prerequisite graph; ``lesson`` is what to read before its first item."""

    id: Slug
    title: Title
    requires: list[Slug] = Field(default_factory=no_entries)
    lesson: Text | None = None


class Source(Model):
    """A paper, book or page that items and claims cite."""

    id: Slug
    citation: Annotated[str, StringConstraints(max_length=2_000)]
    url: (
        Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2_000)] | None
    ) = None


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
    id: PackId
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Title
    description: Text | None = None
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1), AfterValidator(_once)]
    licence: _Line
    authors: Annotated[list[_Line], Field(min_length=1, max_length=100)]
    notes: NotesFile | None = None
    concepts: Annotated[list[Concept], Field(min_length=1)]
    sources: list[Source] = Field(default_factory=no_entries)
    glossary: list[GlossaryEntry] = Field(default_factory=no_entries)
