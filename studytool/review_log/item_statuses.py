"""How items stand, many at once: for lists of them."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from studytool.review_log.database import Database
from studytool.sqlite.connection import Row
from studytool.srs.memory import NEW_MEMORY, Memory, Stage, from_ms

_STATUSES = """
SELECT i.name, c.name, stage, step, stability, difficulty, due_ms, last_ms, reps, lapses, shift_ms,
    rests_until_ms, flagged
FROM items CROSS JOIN names i ON i.code = item
LEFT JOIN names p ON p.code = pack LEFT JOIN names c ON c.code = concept
WHERE {condition} ORDER BY p.name, position, i.name
"""
_LISTED = _STATUSES.format(condition="listed = 1")
_OF_PACKS = _STATUSES.format(condition="listed = 1 AND p.name IN (SELECT value FROM json_each(?))")
_NAMED = _STATUSES.format(condition="i.name IN (SELECT value FROM json_each(?))")


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """One item: its memory, and what was done with it.

    Attributes:
        concept: None where no installed pack lists the item.
        due: as ``memory.due``, and what vacations put it off by.
        buried_until: of the last bury, in the past or not; None while it is suspended.
    """

    item: str
    concept: str | None
    memory: Memory
    due: datetime | None
    suspended: bool
    flagged: bool
    buried_until: datetime | None


def item_statuses(
    db: Database, packs: Collection[str], items: Collection[str] | None
) -> Iterator[ItemStatus]:
    """Return those of ``items``, listed or not; else all that ``packs`` list (any, when empty)."""
    if items is not None:
        rows = db.rows(_NAMED, (_json(items),))
    elif packs:
        rows = db.rows(_OF_PACKS, (_json(packs),))
    else:
        rows = db.rows(_LISTED)
    return map(_status, rows)


def _json(names: Collection[str]) -> str:
    return json.dumps(list(names))


def _status(row: Row) -> ItemStatus:
    item, concept, stage, step, stability, difficulty, due_ms, last_ms, reps, lapses = row[:10]
    shift_ms, rests_until_ms, flagged = row[10:]
    memory, due = NEW_MEMORY, None
    if stage != Stage.NEW:
        times = from_ms(due_ms), from_ms(last_ms)
        memory = Memory(Stage(stage), step, stability, difficulty, *times, reps, lapses)
        due = from_ms(due_ms + shift_ms)
    return ItemStatus(
        item=item,
        concept=concept,
        memory=memory,
        due=due,
        suspended=rests_until_ms is None,
        flagged=bool(flagged),
        buried_until=from_ms(rests_until_ms) if rests_until_ms else None,
    )
