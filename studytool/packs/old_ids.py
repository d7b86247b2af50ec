"""The ids that items had before, whose history they take over with ``was``."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from studytool.packs.diagnostics import Diagnostic, RelatedPlace
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.telling import told

_CODE = "E323"
_LEAVE_OUT = told("take it out, or write the id that the item had before")


def check_old_ids(items: Iterable[Located[ItemFields]], broken: set[str]) -> Iterator[Diagnostic]:
    """Report each old id that is no item's past: its own, a living item's, or claimed before.

    Args:
        items: those read.
        broken: ids of those that could not be read; they live too.
    """
    items = list(items)
    living = {located.value.id: located for located in items}
    claimed: dict[str, tuple[Located[ItemFields], int]] = {}
    for located in items:
        item = located.value
        for index, old in enumerate(item.was):
            path = ("was", index)
            if old == item.id:
                why = told("'{old}' is the item's own id", old=old)
                yield located.problem(_CODE, path, why, _LEAVE_OUT)
            elif old in living or old in broken:
                why = told("'{old}' is an item of this pack, which keeps its own history", old=old)
                found = located.problem(_CODE, path, why, _LEAVE_OUT)
                yield _beside(found, living[old], ("id",)) if old in living else found
            elif old in claimed:
                before, place = claimed[old]
                twice = before is located
                why = (
                    told("'{old}' stands twice", old=old)
                    if twice
                    else (told("'{old}' is claimed by '{id}' too", old=old, id=before.value.id))
                )
                found = located.problem(
                    _CODE, path, why, told("one item alone takes a history over")
                )
                yield _beside(found, before, ("was", place))
            else:
                claimed[old] = (located, index)


def _beside(
    found: Diagnostic, other: Located[ItemFields], path: tuple[str | int, ...]
) -> Diagnostic:
    return replace(found, related=(RelatedPlace(other.place(path), told("it stands here")),))
