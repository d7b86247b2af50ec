"""Doubles: reviews of another program that two devices imported, each under an id of its own.

Devices in two time zones, or with other packs, read one table otherwise; and what was reviewed here
may have been exported and imported there. A review of the same item and instant is the same: of such
one counts, on every device the same one; a review of this program before an imported one.
"""

from studytool.review_log.database import Database
from studytool.review_log.kinds import TO, kinds_where
from studytool.review_log.names import find_code
from studytool.review_log.schema import REVIEW_CODE
from studytool.review_log.standing import codes

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

_FIND = f"""
INSERT INTO doubles SELECT id FROM (
    SELECT id, is_imported, row_number() OVER (
        PARTITION BY time_ms, meant ORDER BY is_imported, meant <> item, id) AS place
    FROM (SELECT id, time_ms, item, learner = ?1 AS is_imported, {_MEANT} AS meant
        FROM events e WHERE kind = {REVIEW_CODE} AND {_BESIDE}
        AND id NOT IN (SELECT id FROM retracted)))
WHERE is_imported AND place > 1
"""
_MOVES = codes(kinds_where(lambda kind: TO in kind.fields))
_CONCERNS = f"""
SELECT 1 FROM events e WHERE seq > ? AND (e.kind IN {_MOVES} OR e.kind = {REVIEW_CODE} AND {_BESIDE}
    OR EXISTS (SELECT 1 FROM events t WHERE t.id = e.target AND t.kind IN {_MOVES}))
"""
_ALL = "SELECT id FROM doubles ORDER BY id"


def find_doubles(db: Database) -> bool:
    """Write the reviews that another stands for into ``doubles``; tell whether they are others now.

    After the retracted events and the moves are found.
    """
    before = db.rows(_ALL)
    db.rows("DELETE FROM doubles")
    if (imported := find_code(db, IMPORTED)) is not None:
        db.rows(_FIND, (imported,))
    return db.rows(_ALL) != before


def concerns_doubles(db: Database, *, after: int) -> bool:
    """Tell whether an event behind the place ``after`` may make a review a double, or end that."""
    return find_code(db, IMPORTED) is not None and db.row(_CONCERNS, (after,)) is not None
