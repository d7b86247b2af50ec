"""The ids that items had before, whose history they take over with ``was``."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace
from studytool.packs.item_facts import ItemFacts
from studytool.packs.telling import told

_CODE = "E323"
_LEAVE_OUT = told("take it out, or write the id that the item had before")


def check_old_ids(items: Iterable[ItemFacts], broken: Collection[str]) -> Iterator[Diagnostic]:
    """Report each old id that is no item's past: its own, a living item's, or claimed before.

    Args:
        items: those read.
        broken: ids of those that could not be read; they live too.
    """
    items = list(items)
    living = {item.id: item for item in items}
    claimed: dict[str, tuple[ItemFacts, Place]] = {}
    for item in items:
        for old in item.was:
            if old.id == item.id:
                why = told("'{old}' is the item's own id", old=old.id)
                yield Diagnostic(_CODE, old.place, why, _LEAVE_OUT)
            elif old.id in living or old.id in broken:
                why = told(
                    "'{old}' is an item of this pack, which keeps its own history", old=old.id
                )
                found = Diagnostic(_CODE, old.place, why, _LEAVE_OUT)
                yield _beside(found, living[old.id].place) if old.id in living else found
            elif old.id in claimed:
                before, place = claimed[old.id]
                why = (
                    told("'{old}' stands twice", old=old.id)
                    if before is item
                    else told("'{old}' is claimed by '{id}' too", old=old.id, id=before.id)
                )
                help_ = told("one item alone takes a history over")
                yield _beside(Diagnostic(_CODE, old.place, why, help_), place)
            else:
                claimed[old.id] = (item, old.place)


def _beside(found: Diagnostic, other: Place) -> Diagnostic:
    return replace(found, related=(RelatedPlace(other, told("it stands here")),))
