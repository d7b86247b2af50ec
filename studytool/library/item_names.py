"""The names of items as people type them, and the texts in the JSON of an item."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from studytool.errors import NotFoundError, PackError
from studytool.language import Phrase

UNKNOWN_ITEM = Phrase(
    ko="문항은 pack/slug처럼 쓰고, studytool item list가 모두 보여 줍니다.",
    en="An item is named pack/slug; studytool item list names them all.",
)
_SEVERAL = Phrase(
    ko="'{name}': 여러 꾸러미에 있는 문항입니다. 이 가운데 하나로 쓰세요: {names}",
    en="'{name}' is an item of several packs. Write one of these: {names}",
)


def full_item_name(name: str, known: Sequence[str]) -> str:
    """Return the whole name of the item of ``known`` that a slug alone means.

    >>> full_item_name("he-sd", ["notes/he-sd", "notes/l2"])
    'notes/he-sd'
    >>> full_item_name("other/he-sd", [])
    'other/he-sd'

    Raises:
        NotFoundError: no item has that slug; names the nearest.
        PackError: items of several packs have it; names them.
    """
    if "/" in name:
        return name
    meant = [item for item in known if item.rpartition("/")[2] == name]
    if len(meant) > 1:
        raise PackError(_SEVERAL, name=name, names=", ".join(meant))
    if not meant:
        slugs = [item.rpartition("/")[2] for item in known]
        raise NotFoundError("item", name, slugs, remedy=UNKNOWN_ITEM)
    return meant[0]


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
