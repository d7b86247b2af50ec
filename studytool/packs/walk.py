"""The learner-facing texts inside a model, each with its path."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from studytool.packs.document import Path
from studytool.packs.model import written_fields
from studytool.packs.text import Text


def written(path: Path, text: Text) -> Iterator[tuple[Path, str]]:
    """Return each language's words of a text, with where they are written."""
    for language, words in text.root.items():
        yield ((*path, language) if language else path), words


def walk_texts(value: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Return every learner-facing text inside a model, with its path."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, key in _fields_with_texts(type(value)):
            yield from walk_texts(getattr(value, name), (*path, key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from walk_texts(part, (*path, index))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from walk_texts(part, (*path, name))


@cache
def _fields_with_texts(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields that may hold a text, with their keys: of most models they are few."""
    return tuple(
        (name, field.alias or name)
        for name, field in written_fields(model).items()
        if _may_hold_text(field.annotation)
    )


def _may_hold_text(annotation: Any) -> bool:  # whatever a field may be annotated with
    if annotation is Text:
        return True
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_fields_with_texts(annotation))
    return any(map(_may_hold_text, get_args(annotation)))
