"""The history of one item moved to another, where an id changed and no pack says so."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.review_log.events import Move
from studytool.session.items import item_names, unknown_item

if TYPE_CHECKING:
    from studytool.session.desk import Desk

_ITSELF = Phrase(
    ko="{item}: 같은 문항으로는 옮길 수 없습니다. 새 문항을 뒤에 쓰세요.",
    en="{item}: a history cannot be moved to its own item. Name the new item second.",
)
_LISTED = Phrase(
    ko="{item}: 아직 꾸러미에 있는 문항이라 기록을 옮길 수 없습니다. 그 문항의 기록은 그대로 쓰입니다.",
    en="{item}: its pack still has this item, which needs its history itself.",
)
_NOT_LISTED = Phrase(
    ko="{item}: 설치된 꾸러미에 없는 문항으로는 옮길 수 없습니다. 있는 문항: studytool item list",
    en="{item}: no installed pack has this item. Those there are: studytool item list",
)


@dataclass(frozen=True, slots=True)
class MoveReport:
    """The history of ``item`` that is of the item ``to`` now.

    Attributes:
        reviews: how many reviews count for ``to`` now.
        changed: False where it was so already; then nothing was written.
    """

    item: str
    to: str
    reviews: int
    changed: bool


def move_history(desk: "Desk", old: str, new: str, now: datetime) -> MoveReport:
    """Move what was learned of ``old`` to the item ``new``, as an event.

    Args:
        desk: of the learner.
        old: as ``pack/slug``, or as the slug alone where it was in the pack of ``new``.
        new: an item of an installed pack.
        now: the instant of the act.

    Raises:
        NotFoundError: nothing is known of ``old`` or ``new``; names the nearest.
        StudytoolError: they are one, ``old`` is still in its pack, or no pack has ``new``.
    """
    [new] = item_names(desk, [new])
    old = old if "/" in old else f"{new.partition('/')[0]}/{old}"
    if old == new:
        raise StudytoolError(_ITSELF, item=new)
    listed = {one.item for one in desk.library.listed(new.partition("/")[0])}
    if new not in listed:
        raise StudytoolError(_NOT_LISTED, item=new)
    pack = old.partition("/")[0]
    if old in listed or old in {one.item for one in desk.library.listed(pack)}:
        raise StudytoolError(_LISTED, item=old)
    if not desk.log.knows(old):
        raise unknown_item(desk.log, old)
    changed = desk.log.ids_now([old]) != [new]
    if changed:
        offset_minutes = desk.clock.offset_minutes(now)
        desk.log.append(Move, now, offset_minutes=offset_minutes, item=old, to=new)
    return MoveReport(old, new, desk.log.state(new).reps, changed)
