"""The texts in the JSON of an item, in the languages of its pack."""

from collections.abc import Collection, Iterator
from typing import Any


def texts_of(value: Any, languages: Collection[str]) -> Iterator[str]:
    """Return the texts in the JSON of an item: of each object whose keys are languages, its values."""
    if isinstance(value, dict):
        is_text = value and all(key in languages for key in value)
        for part in value.values():
            if isinstance(part, str) and is_text:
                yield part
            else:
                yield from texts_of(part, languages)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, languages)
