"""The queue of some packs about a concept: which items are due and new, and what comes next."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import Database
from studytool.review_log.items import NO_DATE, due_instant
from studytool.review_log.names import find_code
from studytool.review_log.schema import (
    HAS_MEMORY,
    IN_REVIEW,
    IN_STEPS,
    IS_NEW,
    IS_UNLEARNED,
    MEMORY_COLUMNS,
)
from studytool.review_log.study_days import StudyDays
from studytool.settings import ReviewOrder
from studytool.sqlite.connection import Row
from studytool.srs.memory import from_ms, memory_of, to_ms

_REGISTERED = "SELECT name, pack FROM packs CROSS JOIN names ON code = pack ORDER BY name"
_ASKED = """listed = 1 AND {due} AND rests_until_ms <= ?
    AND item NOT IN (SELECT code FROM names WHERE name IN (SELECT value FROM json_each(?))){scope}"""
_FOUND = """
SELECT rank, item, i.name, c.name FROM (
    SELECT {rank} AS rank, item, concept FROM items WHERE {asked}
    ORDER BY rank, item LIMIT ?)
CROSS JOIN names i ON i.code = item LEFT JOIN names c ON c.code = concept
ORDER BY rank, item
"""
"""Names are looked up of the items chosen only."""

_ONLY = """ AND item IN (
    SELECT code FROM names WHERE name IN (SELECT value FROM json_each(?)))"""
"""The condition of a queue of some items alone."""

_REVIEWS_DUE = f"{IN_REVIEW} AND asked_day <= ?"
_LEARNED = f"({IN_REVIEW} AND asked_day <= ? OR {IN_STEPS} AND due_ms < ?)"
"""Due by the end of a day, in review or in steps."""
_STEPS_OF_DAY = f"{IN_STEPS} AND due_ms < ?"
_DUE_BY = "(due_ms <= ? OR last_day < ?)"
"""The instant, or by the end of today where the last review was on an earlier day."""
_STEPS_DUE = f"{_STEPS_OF_DAY} AND {_DUE_BY}"
_STEPS_FOUND = f"""
SELECT i.name, {_DUE_BY} FROM items CROSS JOIN names i ON i.code = item
WHERE {_ASKED.replace("{due}", _STEPS_OF_DAY)}
"""

_NEW = f"""
SELECT position, item, i.name, c.name FROM items
CROSS JOIN names i ON i.code = item LEFT JOIN names c ON c.code = concept
WHERE listed = 1 AND {IS_NEW} AND pack = ? AND rests_until_ms <= ?
    AND i.name NOT IN (SELECT value FROM json_each(?))
    AND concept NOT IN (SELECT code FROM names WHERE name IN (SELECT value FROM json_each(?))){{scope}}
ORDER BY position LIMIT ?
"""
_NEW_WITH_REST = f"""
SELECT i.name, c.name, rests_until_ms FROM items
CROSS JOIN names i ON i.code = item LEFT JOIN names c ON c.code = concept
WHERE listed = 1 AND {IS_NEW} AND pack = ? AND rests_until_ms <= ?{{scope}} ORDER BY position
"""
_UNLEARNED_COUNTS = f"""
SELECT name, count(*) FROM items CROSS JOIN names ON code = concept
WHERE listed = 1 AND {IS_UNLEARNED} AND rests_until_ms IS NOT NULL AND pack = ? GROUP BY name
"""
_NEW_COUNT = f"""
SELECT count(*) FROM items WHERE listed = 1 AND {IS_NEW} AND pack = ? AND rests_until_ms <= ?{{scope}}
"""
_CLOSED_COUNT = f"""
SELECT count(*) FROM items
WHERE listed = 1 AND {IS_UNLEARNED} AND rests_until_ms IS NOT NULL AND pack = ?
    AND concept IN (SELECT code FROM names WHERE name IN (SELECT value FROM json_each(?)))
    AND {IS_NEW} AND rests_until_ms <= ?{{scope}}
"""
_WEAKEST = f"""
SELECT i.name, c.name FROM items
CROSS JOIN names i ON i.code = item LEFT JOIN names c ON c.code = concept
WHERE listed = 1 AND rests_until_ms IS NOT NULL{{scope}}
ORDER BY {IS_NEW}, max(? - last_day, 0) / stability DESC, last_ms, pack, position LIMIT ?
"""
_NEXT_DAY = f"""
SELECT min(asked_day) FROM items
WHERE listed = 1 AND {IN_REVIEW} AND asked_day > ? AND rests_until_ms <= ?{{scope}}
"""
_NEXT_STEP = f"""
SELECT min(due_ms) FROM items
WHERE listed = 1 AND {IN_STEPS} AND due_ms > ? AND last_day >= ? AND rests_until_ms <= ?{{scope}}
"""
RESTING = f"""
SELECT {MEMORY_COLUMNS}, asked_day, rests_until_ms FROM items
WHERE listed = 1 AND rests_until_ms > 0 AND rests_until_ms > ? AND {HAS_MEMORY}{{scope}}
"""
_EVER = 1 << 62
_RANKS: dict[ReviewOrder, str] = {
    "due": "asked_day",
    "relative-overdue": "(asked_day - {today}) * 1.0 / max(asked_day - last_day, 1)",
    "retrievability": "max({today} - last_day, 0) / stability",
}
"""The least comes first. Recall falls with the days since the last review over the stability."""


class DueItem(NamedTuple):
    """An item that may be asked, and what it is about."""

    item: str
    concept: str | None


class QueueSlice:
    """The queue of some packs or all, about one concept or all, of some items or all."""

    def __init__(
        self,
        db: Database,
        days: StudyDays,
        packs: Sequence[str],
        concept: str | None,
        *,
        items: Collection[str] | None = None,
    ) -> None:
        self._db = db
        self._days = days
        registered: dict[str, int] = dict(db.rows(_REGISTERED))
        self._packs = {pack: registered[pack] for pack in packs or registered if pack in registered}
        self._values: tuple[int | str, ...] = ()
        self._scope = ""
        if concept is not None:
            self._scope = " AND concept = ?"
            self._values = (find_code(db, concept) or 0,)  # 0: no item has it
        if items is not None:
            self._scope += _ONLY
            self._values = (*self._values, names_json(items))

    def in_steps(
        self, now_ms: int, limit: int | None, *, ahead_ms: int = 0, without: Collection[str] = ()
    ) -> list[DueItem]:
        """Return items in steps that are due, earliest first, but those of ``without``.

        A step that ends on a later day than it began has been over since that day's start, and is
        never asked before it.
        A buried item is due when it may be asked again; ``ahead_ms`` brings nothing out of rest.
        """
        return self._merged("due_ms", _STEPS_DUE, self._steps(now_ms, ahead_ms, without), limit)

    def steps_of_day(self, now_ms: int, *, soon_ms: int) -> dict[str, dict[str, bool]]:
        """Return what is in steps that end today, by pack: each name, and whether it is due within ``soon_ms``."""
        tomorrow_ms, soon, today, *rest = self._steps(now_ms, soon_ms, ())
        found: dict[str, dict[str, bool]] = {}
        for pack, (scope, values) in zip(self._packs, self._scopes(), strict=True):
            sql = _STEPS_FOUND.format(scope=scope)
            found[pack] = dict(self._db.rows(sql, (soon, today, tomorrow_ms, *rest, *values)))
        return found

    def _steps(self, now_ms: int, ahead_ms: int, without: Collection[str]) -> tuple[object, ...]:
        """Return the values of a statement on items in steps."""
        today = self._days.of(from_ms(now_ms))
        tomorrow_ms = to_ms(self._days.start(today + 1))
        return tomorrow_ms, now_ms + ahead_ms, today, now_ms, names_json(without)

    def reviews(
        self, now_ms: int, limit: int | None, *, order: ReviewOrder, without: Collection[str] = ()
    ) -> list[DueItem]:
        """Return items in the review stage that are due, in ``order``, but those of ``without``."""
        today = self._days.of(from_ms(now_ms))
        rank = _RANKS[order].format(today=today)
        return self._merged(rank, _REVIEWS_DUE, (today, now_ms, names_json(without)), limit)

    def learned(
        self, now_ms: int, *, order: ReviewOrder, within_days: int | None = None
    ) -> list[DueItem]:
        """Return items that were reviewed and are not at rest, steps first, those in the review stage in ``order``.

        With ``within_days`` those alone that fall due by the end of so many days after today.
        """
        today = self._days.of(from_ms(now_ms))
        last = _EVER if within_days is None else today + within_days
        ends_ms = _EVER if within_days is None else to_ms(self._days.start(last + 1))
        rank = f"iif({IN_REVIEW}, {_RANKS[order].format(today=today)}, -1e18)"
        return self._merged(rank, _LEARNED, (last, ends_ms, now_ms, names_json(())), None)

    def new(
        self,
        now_ms: int,
        limit: int | None,
        *,
        without: Collection[str] = (),
        closed: Collection[str] = (),
    ) -> list[DueItem]:
        """Return new items that are not at rest, pack by pack, each in its own order.

        Items of ``without`` and of the concepts ``closed`` (``pack/concept``) are left out.
        """
        found: list[DueItem] = []
        for name, pack in self._packs.items():
            left = None if limit is None else limit - len(found)
            if left is None or left > 0:
                excluded = (names_json(without), names_json(_concepts_of(name, closed)))
                last = -1 if left is None else left
                values = (pack, now_ms, *excluded, *self._values, last)
                rows = self._db.rows(_NEW.format(scope=self._scope), values)
                found += [DueItem(item, concept) for _, _, item, concept in rows]
        return found

    def new_by(self, ms: int) -> list[tuple[str, str | None, int]]:
        """Return the new items that no longer rest at an instant: item, concept, end of the rest.

        Pack by pack, each in its own order.
        """
        sql = _NEW_WITH_REST.format(scope=self._scope)
        values = [(pack, ms, *self._values) for pack in self._packs.values()]
        return [row for of_pack in values for row in self._db.rows(sql, of_pack)]

    def count_unlearned(self) -> dict[str, int]:
        """Count the items of each concept, as ``pack/concept``, that keep it from being learned."""
        return {
            f"{name}/{concept}": n
            for name, pack in self._packs.items()
            for concept, n in self._db.rows(_UNLEARNED_COUNTS, (pack,))
        }

    def count_new(self, now_ms: int, *, closed: Collection[str] = ()) -> int:
        """Count the new items that are not at rest, but those of the concepts ``closed``."""
        opened, shut = _NEW_COUNT.format(scope=self._scope), _CLOSED_COUNT.format(scope=self._scope)
        found = 0
        for name, pack in self._packs.items():
            found += self._db.number(opened, (pack, now_ms, *self._values))
            if concepts := _concepts_of(name, closed):
                values = (pack, names_json(concepts), now_ms, *self._values)
                found -= self._db.number(shut, values)
        return found

    def weakest(self, now_ms: int, limit: int) -> list[DueItem]:
        """Return items that are not suspended, due or not, the least likely recalled first, new last."""
        scope = f"{self._scope} AND pack IN ({', '.join(map(str, self._packs.values()))})"
        values = [*self._values, self._days.of(from_ms(now_ms)), limit]
        return [DueItem(*row) for row in self._db.rows(_WEAKEST.format(scope=scope), values)]

    def next_due(self, after: datetime) -> datetime | None:
        """Return the first instant after ``after`` at which an item falls due or ends its rest."""
        try:
            return self._next_due(after)
        except (OverflowError, ValueError) as error:
            raise StateError(Fault.DAMAGED, path=self._db.path, why=NO_DATE) from error

    def _next_due(self, after: datetime) -> datetime | None:
        today, ms = self._days.of(after), to_ms(after)
        found: list[datetime] = []
        for scope, values in self._scopes():
            [(day,)] = self._db.rows(_NEXT_DAY.format(scope=scope), (today, ms, *values))
            found += [] if day is None else [self._days.start(day)]
            [(due_ms,)] = self._db.rows(_NEXT_STEP.format(scope=scope), (ms, today, ms, *values))
            found += [] if due_ms is None else [self._days.opening(from_ms(due_ms), after=today)]
            for row in self._db.rows(RESTING.format(scope=scope), (ms, *values)):
                found.append(due_after_rest(row, self._days))
        return min((at for at in found if at > after), default=None)

    def _scopes(self) -> Iterator[tuple[str, tuple[int | str, ...]]]:
        """Return a condition for each pack: so each query walks one index in order, then stops."""
        for pack in self._packs.values():
            yield f" AND pack = ?{self._scope}", (pack, *self._values)

    def _merged(
        self, rank: str, due: str, leading: tuple[object, ...], limit: int | None
    ) -> list[DueItem]:
        if limit is not None and limit <= 0:
            return []
        last = -1 if limit is None else limit
        parts = []
        for scope, values in self._scopes():
            sql = _FOUND.format(rank=rank, asked=_ASKED.format(due=due, scope=scope))
            parts.append(self._db.rows(sql, (*leading, *values, last)))
        merged: list[Row] = sorted(chain.from_iterable(parts))  # each is in order
        return [DueItem(item, concept) for _, _, item, concept in merged[:limit]]


def names_json(names: Collection[str]) -> str:
    """Write names as the statements of this room take them."""
    return json.dumps(list(names))


def _concepts_of(pack: str, closed: Collection[str]) -> list[str]:
    """Return those of ``closed`` (``pack/concept``) that are the pack's, without its name."""
    return [one[len(pack) + 1 :] for one in closed if one.startswith(f"{pack}/")]


def due_after_rest(row: Row, days: StudyDays) -> datetime:
    """Return the instant at which an item at rest, a row of ``RESTING``, is due and may be asked."""
    *columns, asked_day, rests_until_ms = row
    due = due_instant(memory_of(columns), days, due_day=asked_day)
    return max(from_ms(rests_until_ms), due or from_ms(0))
