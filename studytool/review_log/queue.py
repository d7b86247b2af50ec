"""Questions about what comes next, each answered from an index of the cached fold."""

import heapq
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from studytool.review_log.database import Database, Row
from studytool.review_log.events import Counts
from studytool.review_log.names import find_code
from studytool.review_log.study_days import StudyDay

_COUNTS = """
SELECT name, items,
    (SELECT count(*) FROM items i
     WHERE listed = 1 AND stage > 0 AND i.pack = p.pack AND in_steps = 0 AND asked_ms <= ?1),
    (SELECT count(*) FROM items i
     WHERE listed = 1 AND stage > 0 AND i.pack = p.pack AND in_steps = 1 AND rests_until_ms <= ?1),
    (SELECT count(*) FROM items i
     WHERE listed = 1 AND stage = 0 AND i.pack = p.pack AND rests_until_ms <= ?1)
FROM packs p CROSS JOIN names ON code = p.pack ORDER BY name
"""
_DUE = """
SELECT asked_ms, item, name FROM items JOIN names ON code = item
WHERE listed = 1 AND stage > 0 AND in_steps = ? AND asked_ms <= ? AND rests_until_ms <= ?{scope}
ORDER BY asked_ms LIMIT ?
"""
_NEW = """
SELECT position, item, name FROM items JOIN names ON code = item
WHERE listed = 1 AND stage = 0 AND pack = ? AND rests_until_ms <= ?{scope}
ORDER BY position LIMIT ?
"""
_NEXT = """
SELECT min(asked_ms) FROM items
WHERE listed = 1 AND stage > 0 AND in_steps = ? AND asked_ms > ?{scope}
"""
_FORECAST = """
SELECT count(*) FROM items
WHERE listed = 1 AND stage > 0 AND in_steps IN (0, 1) AND asked_ms >= ? AND asked_ms < ?
"""
_LISTED = "SELECT name FROM items JOIN names ON code = item WHERE {condition} ORDER BY name"
_EVER_MS = 1 << 62


def count_items(db: Database, now_ms: int) -> dict[str, Counts]:
    """Count each registered pack's items."""
    return {
        name: Counts(due=due, learning=learning, new=new, items=items)
        for name, items, due, learning, new in db.rows(_COUNTS, (now_ms,))
    }


class Within:
    """A stretch of the queue: some packs or all, one concept or all; names made codes once."""

    def __init__(self, db: Database, packs: Sequence[str], concept: str | None) -> None:
        self._db = db
        codes = [find_code(db, pack) for pack in packs]
        self._packs = [code for code in codes if code is not None] if packs else None
        self._concept_value: tuple[int, ...] = ()
        self._scope = ""
        if concept is not None:
            code = find_code(db, concept)
            self._scope, self._concept_value = " AND concept = ?", (code or 0,)
            if code is None:  # no item has it
                self._packs = []

    def due(self, now_ms: int, limit: int | None, *, ahead_ms: int = 0) -> list[str]:
        """Give items in steps that are due, earliest first, then reviews, earliest first.

        A buried item is due when it may be asked again; ``ahead_ms`` brings nothing out of rest.
        """
        found: list[str] = []
        for in_steps in (1, 0):
            left = None if limit is None else limit - len(found)
            found += self._merged(_DUE, (in_steps, now_ms + ahead_ms, now_ms), left)
        return found

    def new(self, now_ms: int, limit: int | None) -> list[str]:
        """Give new items, pack by pack, each in its own order."""
        packs = self._packs
        if packs is None:
            rows = self._db.rows(
                "SELECT pack FROM packs CROSS JOIN names ON code = pack ORDER BY name"
            )
            packs = [pack for (pack,) in rows]
        found: list[str] = []
        for pack in packs:
            left = None if limit is None else limit - len(found)
            if left is None or left > 0:
                values = (pack, now_ms, *self._concept_value, -1 if left is None else left)
                rows = self._db.rows(_NEW.format(scope=self._scope), values)
                found += [name for _, _, name in rows]
        return found

    def next_due_ms(self, after_ms: int) -> int | None:
        """Give the first instant after ``after_ms`` at which an item falls due or ends its rest."""
        found = [
            row[0]
            for in_steps in (0, 1)
            for scope, values in self._scopes()
            for row in self._db.rows(_NEXT.format(scope=scope), (in_steps, after_ms, *values))
        ]
        return min((ms for ms in found if ms is not None), default=None)

    def _scopes(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Give a condition for each pack: so each query walks one index in order, then stops."""
        if self._packs is None:
            yield self._scope, self._concept_value
            return
        for pack in self._packs:
            yield f" AND pack = ?{self._scope}", (pack, *self._concept_value)

    def _merged(self, sql: str, leading: tuple[int, ...], limit: int | None) -> list[str]:
        if limit is not None and limit <= 0:
            return []
        last = -1 if limit is None else limit
        parts = [
            self._db.rows(sql.format(scope=scope), (*leading, *values, last))
            for scope, values in self._scopes()
        ]
        merged: Iterator[Row] = heapq.merge(*parts)
        return [name for _, _, name in islice(merged, limit)]


def forecast(db: Database, now_ms: int, *, days: int, day: StudyDay) -> list[int]:
    """Count what falls due on each of ``days`` study days; today's has all that is overdue."""
    today = day.number(now_ms)
    edges = [-_EVER_MS, *(day.start_ms(today + n) for n in range(1, days + 1))]
    return [db.number(_FORECAST, pair) for pair in pairwise(edges)]


def list_suspended(db: Database) -> list[str]:
    """Give the suspended items, by name."""
    return [name for (name,) in db.rows(_LISTED.format(condition="rests_until_ms IS NULL"))]


def list_flagged(db: Database) -> list[str]:
    """Give the flagged items, by name."""
    return [name for (name,) in db.rows(_LISTED.format(condition="flagged = 1"))]
