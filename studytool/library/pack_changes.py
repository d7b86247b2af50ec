"""What a newer version of a pack changes, item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studytool.packs.item_fields import ItemFields
from studytool.packs.pack import Pack

_ONLY_TEXT = frozenset(
    {"front", "prompt", "text", "say", "solution", "hints", "tags", "difficulty", "claims"}
    | {"source", "tests", "was", "id", "concept", "check"}
)
"""Keys of an item, at any depth, that may change while what is right stays."""


@dataclass(frozen=True, slots=True)
class PackChanges:
    """The items of a pack that an update changes, by their ids.

    Attributes:
        new: asked as new items.
        reworded: whose texts alone change.
        rekeyed: whose right answer, or its numbers, may change.
        renamed: each old id with its new one.
        removed: asked no more.
    """

    new: Sequence[str]
    reworded: Sequence[str]
    rekeyed: Sequence[str]
    renamed: Sequence[tuple[str, str]]
    removed: Sequence[str]

    @property
    def is_none(self) -> bool:
        """Return whether no item changes."""
        return not (self.new or self.reworded or self.rekeyed or self.renamed or self.removed)


def pack_changes(before: Pack, after: Pack) -> PackChanges:
    """Compare two versions of a pack."""
    old = {item.id: item for item in before.items}
    renamed = {
        item.id: next(gone for gone in item.was if gone in old)
        for item in after.items
        if item.id not in old and not old.keys().isdisjoint(item.was)
    }
    pairs = [
        (old[renamed.get(item.id, item.id)], item)
        for item in after.items
        if renamed.get(item.id, item.id) in old
    ]
    met = {item.id for item, _ in pairs}
    rekeyed = [now.id for then, now in pairs if _key_part(then) != _key_part(now)]
    return PackChanges(
        new=[item.id for item in after.items if item.id not in old and item.id not in renamed],
        reworded=[
            now.id for then, now in pairs if now.id not in rekeyed and _whole(then) != _whole(now)
        ],
        rekeyed=rekeyed,
        renamed=[(gone, id_) for id_, gone in renamed.items()],
        removed=[id_ for id_ in old if id_ not in met],
    )


def _whole(item: ItemFields) -> Any:
    return item.model_dump(mode="json", by_alias=True, exclude={"id", "was"})


def _key_part(item: ItemFields) -> Any:
    """Return what of an item says which answer is right, without the texts around it."""
    return _without_texts(item.model_dump(mode="json", by_alias=True))


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if name not in _ONLY_TEXT}
        named = {"id": value["id"]} if "id" in value and "kind" not in value else {}
        return {name: _without_texts(part) for name, part in (named | kept).items()}
    if isinstance(value, list):
        return [_without_texts(part) for part in value]
    return value
