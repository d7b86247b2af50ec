"""Events that count no more: those of an import that was taken back, those retracted, and doubles.

Whether an import or a retraction stands is decided by undo and redo alone, never by a retraction:
so there is no circle.

Doubles are reviews of another program that two devices imported, each under an id of its own. Devices in
two time zones, or with other packs, read one table otherwise; and what was reviewed here may have been
exported and imported there. A review of the same item and instant is the same: of such one counts, on
every device the same one; a review of this program before an imported one.
"""

import json
from collections.abc import Collection

from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_text
from studytool.review_log.event_kinds import IMPORT, RETRACTION
from studytool.review_log.moves import MOVES
from studytool.review_log.names import find_code
from studytool.review_log.schema import REVIEW_CODE
from studytool.review_log.standing import codes, not_undone

ID_BYTES = 16
_MANY = codes([IMPORT, RETRACTION])
_IDS = "SELECT unhex(value, '-') FROM events e, json_each(e.detail, '$.ids')"
_OF_KIND = "WHERE EXISTS {kind} AND e.kind IN {kind}"
_IMPORTED, _RETRACTED = (
    f"{_IDS} {_OF_KIND.format(kind=codes([kind]))}" for kind in (IMPORT, RETRACTION)
)
IMPORTED_IDS = _IMPORTED
"""The SQL query for the events of all imports ``e``; a condition may follow."""

_FIND = f"""
INSERT INTO retracted
SELECT * FROM (
    {_IMPORTED} AND NOT ({not_undone("e")}) EXCEPT {_IMPORTED} AND {not_undone("e")})
UNION {_RETRACTED} AND {not_undone("e")}
"""
_CONCERNS = f"""
SELECT 1 FROM events e WHERE seq > ? AND EXISTS {_MANY} AND (e.kind IN {_MANY}
    OR EXISTS (SELECT 1 FROM events t WHERE t.id = e.target AND t.kind IN {_MANY}))
"""
RETRACTABLE = f"""
SELECT id FROM events e WHERE time_ms >= ?1 AND time_ms < ?2
    AND (?3 IS NULL OR e.device = (SELECT code FROM names WHERE name = ?3))
    AND e.kind NOT IN {_MANY} AND e.id NOT IN (SELECT id FROM retracted) ORDER BY seq
"""
"""The SQL query for the events from an instant to another, of a device or any, that still count."""

_AGAIN = f"""
SELECT id FROM retracted JOIN events USING (id)
WHERE id IN (SELECT unhex(value, '-') FROM json_each(?1)) AND seq <= ?2
    AND id NOT IN ({_RETRACTED} AND {not_undone("e")})
"""
"""What a retraction holds counts no more, whatever is imported; to undo that is another act."""

_COUNT_HELD = """
SELECT count(*) FROM retracted JOIN events USING (id)
WHERE id IN (SELECT unhex(value, '-') FROM json_each(?))
"""


def find_retracted(db: Database) -> bool:
    """Write the events that count no more into ``retracted``; tell whether they are others now."""
    return db.refill("retracted", _FIND)


def retracted_among(db: Database, ids: bytearray) -> list[str]:
    """Return those of many ids, 16 bytes each, that count no more, each once."""
    held = {id_ for (id_,) in db.stream("SELECT id FROM retracted")}
    starts = range(0, len(ids), ID_BYTES) if held else ()
    read = (bytes(ids[start : start + ID_BYTES]) for start in starts)
    return [id_text(id_) for id_ in dict.fromkeys(id_ for id_ in read if id_ in held)]


def find_brought(
    db: Database, read: bytearray, *, after: int, known: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the ids of the events that an import brings: they are new, or it lets them count again.

    New is what lies ``after`` the last place before it, but for ``known`` ids that the file had otherwise.
    """
    new = [id_text(id_) for (id_,) in db.stream("SELECT id FROM events WHERE seq > ?", (after,))]
    held = json.dumps(retracted_among(db, read))
    again = [id_text(id_) for (id_,) in db.rows(_AGAIN, (held, after))]
    return (*(one for one in new if one not in known), *again)


def count_held(db: Database, read: bytearray) -> int:
    """Count the events, of those read, that the log has and that a retraction holds."""
    return db.number(_COUNT_HELD, (json.dumps(retracted_among(db, read)),))


def concerns_retraction(db: Database, *, after: int) -> bool:
    """Tell whether an event behind the place ``after`` is a retraction or import, or about one."""
    return db.row(_CONCERNS, (after,)) is not None


IMPORTED = "imported"
"""The pack of items that were not known, and the learner and device of imported reviews everywhere."""
APART = f"{IMPORTED}/"

_BESIDE = (
    f"EXISTS (SELECT 1 FROM events o INDEXED BY events_by_time WHERE o.time_ms = e.time_ms "
    f"AND o.id <> e.id AND o.kind = {REVIEW_CODE})"
)
_WITHOUT_APART = f"""
(SELECT rest.code FROM names apart JOIN names rest ON rest.name = substr(apart.name, {len(APART) + 1})
    WHERE apart.code = e.item AND substr(apart.name, 1, {len(APART)}) = '{APART}')
"""
_MEANT = f"""
coalesce((SELECT now FROM moved WHERE moved.item = e.item),
    (SELECT now FROM moved WHERE moved.item = {_WITHOUT_APART}), {_WITHOUT_APART}, e.item)
"""
"""The SQL value on ``events e``: the item that one means, however it was called."""

_FIND_DOUBLES = f"""
INSERT INTO doubles SELECT id FROM (
    SELECT id, is_imported, row_number() OVER (
        PARTITION BY time_ms, meant ORDER BY is_imported, meant <> item, id) AS place
    FROM (SELECT id, time_ms, item, learner = ?1 AS is_imported, {_MEANT} AS meant
        FROM events e WHERE kind = {REVIEW_CODE} AND {_BESIDE}
        AND id NOT IN (SELECT id FROM retracted)))
WHERE is_imported AND place > 1
"""
_CONCERNS_DOUBLES = f"""
SELECT 1 FROM events e WHERE seq > ? AND (e.kind IN {MOVES} OR e.kind = {REVIEW_CODE} AND {_BESIDE}
    OR EXISTS (SELECT 1 FROM events t WHERE t.id = e.target AND t.kind IN {MOVES}))
"""


def find_doubles(db: Database) -> bool:
    """Write the reviews that another stands for into ``doubles``; tell whether they are others now.

    After the retracted events and the moves are found.
    """
    imported = find_code(db, IMPORTED)
    return db.refill("doubles", None if imported is None else _FIND_DOUBLES, (imported,))


def concerns_doubles(db: Database, *, after: int) -> bool:
    """Tell whether an event behind the place ``after`` may make a review a double, or end that."""
    return find_code(db, IMPORTED) is not None and db.row(_CONCERNS_DOUBLES, (after,)) is not None
