"""Items in rows: what the library and the log know of each, as of an instant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.errors import NotFoundError
from studytool.library.item_names import UNKNOWN_ITEM, full_item_name

if TYPE_CHECKING:
    from studytool.library.library import ListedItem
    from studytool.review_log.items import ItemStatus
    from studytool.review_log.log import ReviewLog
    from studytool.session.desk import Desk


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a list, as of an instant.

    Attributes:
        kind: None, and ``concept`` too, where no installed pack lists the item.
        stage: ``new``, ``learning``, ``review`` or ``relearning``.
        due: None while it is new; a vacation counts.
        buried_until: None where it is not buried now.
        leech: forgotten as often as the settings say.
        retrievability: the chance of recall now; None while it is new.
        reviews: since its last reset.
    """

    item: str
    kind: str | None
    concept: str | None
    stage: str
    due: datetime | None
    due_now: bool
    suspended: bool
    buried_until: datetime | None
    flagged: bool
    leech: bool
    stability_days: float | None
    difficulty: float | None
    retrievability: float | None
    lapses: int
    reviews: int
    last_review: datetime | None


def read_rows(
    desk: "Desk",
    now: datetime,
    *,
    packs: Collection[str] = (),
    items: Sequence[str] | None = None,
) -> list[ItemRow]:
    """Return the items of ``packs`` (all when empty), or those named, in their order.

    Raises:
        NotFoundError: an unknown item; names the nearest.
    """
    statuses = list(desk.log.statuses(packs, items=items))
    if items is not None:
        found = {status.item: status for status in statuses}
        for item in items:
            if item not in found:
                raise unknown_item(desk.log, item)
        statuses = [found[item] for item in dict.fromkeys(items)]
    kinds = {listed.item: listed.kind for listed in _listed(desk)}
    chances = _chances(desk, statuses, now)
    return [
        _row(status, chance, desk=desk, kind=kinds.get(status.item), now=now)
        for status, chance in zip(statuses, chances, strict=True)
    ]


def item_names(desk: "Desk", names: Sequence[str]) -> list[str]:
    """Return the whole names of items, some of which may be named by their slugs alone.

    An id that an item had before gives the one that it has now.

    Raises:
        NotFoundError: no installed pack has such a slug; names the nearest.
        PackError: several have it; names the items.
    """
    if not all("/" in name for name in names):
        known = [listed.item for listed in _listed(desk)]
        names = [full_item_name(name, known) for name in names]
    return desk.log.ids_now(names)


def _listed(desk: "Desk") -> "list[ListedItem]":
    return [one for pack in desk.library.packs() for one in desk.library.listed(pack.id)]


def unknown_item(log: "ReviewLog", item: str) -> NotFoundError:
    """Return the error of an item that the log does not know; it names the nearest."""
    return NotFoundError(
        "item", item, [status.item for status in log.statuses()], remedy=UNKNOWN_ITEM
    )


def _chances(desk: "Desk", statuses: "Sequence[ItemStatus]", now: datetime) -> list[float | None]:
    """Return each item's chance of recall, None of the new ones."""
    if not any(status.memory.reps for status in statuses):
        return [None] * len(statuses)
    from studytool.session.policy import policy_of
    from studytool.srs.memories import Memories
    from studytool.srs.schedule import Scheduler

    scheduler = Scheduler(policy_of(desk.settings))
    memories = Memories.of(status.memory for status in statuses)
    chances = scheduler.retrievability(memories, desk.log.day_of(now)).tolist()
    return [
        chance if status.memory.reps else None
        for status, chance in zip(statuses, chances, strict=True)
    ]


def _row(
    status: "ItemStatus",
    chance: float | None,
    *,
    desk: "Desk",
    kind: str | None,
    now: datetime,
) -> ItemRow:
    memory, leech_lapses = status.memory, desk.settings.leech_lapses
    buried = status.buried_until is not None and status.buried_until > now
    resting = status.suspended or buried
    return ItemRow(
        item=status.item,
        kind=kind,
        concept=status.concept if kind else None,
        stage=memory.stage.name.lower(),
        due=status.due,
        due_now=not resting and status.due is not None and status.due <= now,
        suspended=status.suspended,
        buried_until=status.buried_until if buried else None,
        flagged=status.flagged,
        leech=0 < leech_lapses <= memory.lapses,
        stability_days=memory.stability,
        difficulty=memory.difficulty,
        retrievability=chance,
        lapses=memory.lapses,
        reviews=memory.reps,
        last_review=memory.last_review,
    )
