"""Items that have another id now: whose history is whose, by the moves that stand.

An event keeps the id that its item had; the fold reads it as that of the id which the item has now.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from studytool.review_log.database import Database
from studytool.review_log.kinds import TO, kinds_where
from studytool.review_log.names import Coder
from studytool.review_log.standing import codes, stands
from studytool.sqlite.connection import Row

MOVES = codes(kinds_where(lambda kind: TO in kind.fields))
_STANDING = f"""
SELECT item, detail ->> 'to' FROM events e
WHERE EXISTS {MOVES} AND e.kind IN {MOVES} AND {stands("e")} ORDER BY time_ms, id
"""
ANY_MOVE = f"SELECT 1 FROM events WHERE EXISTS {MOVES} AND kind IN {MOVES}"
_LISTED = "SELECT item FROM items WHERE listed > 0 AND item IN (SELECT value FROM json_each(?))"
_HIDE = """
UPDATE items SET listed = 2
WHERE listed = 1 AND item IN (SELECT item FROM moved WHERE item <> kept)
"""
_UNHIDE = """
UPDATE items SET listed = 1
WHERE listed = 2 AND item NOT IN (SELECT item FROM moved WHERE item <> kept)
"""
_TO_FOLLOW = f"""
SELECT old.name, new.value FROM json_each(?) new JOIN names old ON old.name = new.key
WHERE (EXISTS (SELECT 1 FROM events e WHERE e.item = old.code)
        OR EXISTS (SELECT 1 FROM moved m JOIN events e ON e.item = m.item WHERE m.now = old.code))
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.item = old.code AND e.kind IN {MOVES}
        AND e.detail ->> 'to' = new.value)
"""

KEPT_ITEM = (
    "CASE WHEN EXISTS (SELECT 1 FROM moved) "
    "THEN coalesce((SELECT kept FROM moved WHERE moved.item = e.item), e.item) ELSE e.item END"
)
"""The SQL value on ``events e``: the item whose row in ``items`` has the state of this one."""

ONE_ITEM = """
    SELECT code FROM names WHERE name = ?1
    UNION SELECT other.item FROM moved one JOIN moved other USING (kept)
    WHERE one.item = (SELECT code FROM names WHERE name = ?1)
"""
"""The SQL query for the codes under which the events of the item of a name stand."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The items that have, or had, more than one id, by their codes.

    Attributes:
        now: the id that each has now; on every device the same.
        kept: the one of its ids whose row in ``items`` has its state: the id now, unless only an
            older one is listed, where a pack has not been renewed yet.
    """

    now: Mapping[int, int]
    kept: Mapping[int, int]

    def group(self, items: Iterable[int]) -> set[int]:
        """Return all ids of ``items``."""
        chosen = {self.now.get(item, item) for item in items}
        return chosen | {item for item, now in self.now.items() if now in chosen}

    def changed(self, before: "Moves") -> set[int]:
        """Return the ids of which something else is true than before."""
        return {
            item
            for item in {*self.now, *before.now}
            if (self.now.get(item), self.kept.get(item))
            != (before.now.get(item), before.kept.get(item))
        }


def read_moves(db: Database) -> Moves:
    """Read what :func:`find_moves` wrote."""
    rows = db.rows("SELECT item, now, kept FROM moved")
    return Moves({item: now for item, now, _ in rows}, {item: kept for item, _, kept in rows})


def find_moves(db: Database) -> Moves:
    """Find which items have moved, and write it into the table ``moved``. Inside a transaction."""
    coder = Coder(db)
    now = follow((item, coder.code(to) or 0) for item, to in db.rows(_STANDING))
    codes_ = json.dumps([*{*now, *now.values()}])
    listed = {item for (item,) in db.rows(_LISTED, (codes_,))} if now else set()
    rows = []
    for last in sorted(set(now.values())):
        ids = [last, *sorted(item for item, new in now.items() if new == last)]
        kept = next((item for item in ids if item in listed), last)
        rows += [(item, last, kept) for item in ids]
    db.rows("DELETE FROM moved")
    db.many("INSERT INTO moved VALUES (?, ?, ?)", iter(rows))
    db.rows(_UNHIDE)
    db.rows(_HIDE)
    return read_moves(db)


def follow(moves: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the id that each moved item has after all ``moves``, given in order of time.

    A move back makes the older id the item's own again.

    >>> follow([(1, 2), (2, 3), (4, 2)])
    {1: 3, 2: 3, 4: 3}
    >>> follow([(1, 2), (2, 1)])
    {2: 1}
    """
    next_: dict[int, int] = {}
    for old, new in moves:
        if new == old:
            continue
        if _last(next_, new, stop=old) == old:
            del next_[new]
        next_[old] = new
    return {item: _last(next_, item) for item in next_}


def moved(rows: Iterator[Row], ids: Mapping[int, int], *, place: int = 0) -> Iterator[Row]:
    """Put other ids in the place of the items of ``rows``."""
    if not ids:
        return rows
    return (_replaced(row, place, ids.get(row[place], row[place])) for row in rows)


def _replaced(row: Row, place: int, item: int) -> Row:
    parts = list(row)
    parts[place] = item
    return tuple(parts)


def pending_renames(db: Database, renames: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return those of ``renames``, old to new, whose old id has events, own or of older ids, and that no move ever named."""
    return db.rows(_TO_FOLLOW, (json.dumps(dict(renames)),)) if renames else []


def _last(next_: Mapping[int, int], item: int, *, stop: int | None = None) -> int:
    while item in next_ and item != stop:
        item = next_[item]
    return item
