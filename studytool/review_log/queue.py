"""Counts of due and new items, each answered from an index of the cached fold, and limits raised for a day."""

import json
from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from studytool.review_log.activity import OF_DAY
from studytool.review_log.database import DatabaseReader
from studytool.review_log.event_kinds import MORE_NEW
from studytool.review_log.moves import KEPT_ITEM
from studytool.review_log.names import find_code
from studytool.review_log.queue_slice import RESTING, QueueSlice, due_after_rest, names_json
from studytool.review_log.schema import HAS_MEMORY, IN_REVIEW, IN_STEPS, IS_NEW, IS_UNLEARNED
from studytool.review_log.standing import codes, stands
from studytool.review_log.study_days import EARLIER_DAYS, LATER_DAYS
from studytool.srs.memory import DAY_MS, to_ms

_KIND = codes([MORE_NEW])
_RAISED_ON = f"""
SELECT detail ->> 'more', detail -> 'packs' FROM events e INDEXED BY events_by_time
WHERE EXISTS {_KIND} AND e.kind IN {_KIND} AND study_day = ?1
    AND time_ms >= (?1 - {LATER_DAYS}) * {DAY_MS}
    AND time_ms < (?1 + {EARLIER_DAYS} + 1) * {DAY_MS} AND {stands("e")}
"""


class RaisedLimit(NamedTuple):
    """How many more new items a day admits, and of which packs; of all when it names none."""

    more: int
    packs: tuple[str, ...] = ()


_COUNTS = f"""
SELECT name, items,
    (SELECT count(*) FROM items i
     WHERE listed = 1 AND {IN_REVIEW} AND i.pack = p.pack AND asked_day <= ?1 AND rests_until_ms <= ?2),
    (SELECT count(*) FROM items i
     WHERE listed = 1 AND {IN_STEPS} AND i.pack = p.pack AND rests_until_ms <= ?2 AND due_ms < ?4),
    (SELECT count(*) FROM (SELECT 1 FROM items i
     WHERE listed = 1 AND {IS_NEW} AND i.pack = p.pack AND rests_until_ms <= ?2 LIMIT ?3))
FROM packs p CROSS JOIN names ON code = p.pack ORDER BY name
"""
_ON_DAY = f"""
SELECT count(*) FROM items
WHERE listed = 1 AND {IN_REVIEW} AND asked_day {{is}} ? AND rests_until_ms <= ?
"""
_OVERDUE, _LATER_DAY = _ON_DAY.format(**{"is": "<="}), _ON_DAY.format(**{"is": "="})
"""A day by itself is counted in the index alone; all at once, row by row."""

_STEPS = f"FROM items WHERE listed = 1 AND {IN_STEPS} AND rests_until_ms <= ? AND due_ms"
_STEPS_BEFORE, _STEP_ENDS = f"SELECT count(*) {_STEPS} < ?", f"SELECT due_ms {_STEPS} >= ?"
"""Nearly all end today: those are not looked at one by one."""
_UNLEARNED = f"""
SELECT name FROM json_each(?2) CROSS JOIN names ON name = value
WHERE EXISTS (SELECT 1 FROM items WHERE pack = ?1 AND concept = code
    AND listed = 1 AND {IS_UNLEARNED} AND rests_until_ms IS NOT NULL
    AND item NOT IN (SELECT code FROM names WHERE name IN (SELECT value FROM json_each(?3))))
"""
_UNLEARNED_ITEMS = f"""
SELECT name FROM items CROSS JOIN names ON code = item
WHERE pack = ?1 AND concept = ?2 AND listed = 1 AND {IS_UNLEARNED} AND rests_until_ms IS NOT NULL
"""
_MET = f"SELECT 1 FROM items WHERE pack = ? AND concept = ? AND {HAS_MEMORY} LIMIT 1"
_SEEN = f"""
SELECT i.name, c.name, e.time_ms {OF_DAY}
JOIN names i ON i.code = {KEPT_ITEM} JOIN items o ON o.item = i.code LEFT JOIN names c ON c.code = concept
WHERE d.study_day = ?
"""
_AMONG = f"""
SELECT p.name, {HAS_MEMORY}, count(*) FROM items JOIN names i ON i.code = item
JOIN names p ON p.code = pack
WHERE i.name IN (SELECT value FROM json_each(?1)) AND listed = 1 AND rests_until_ms <= ?3
    AND ({IS_NEW} OR {IN_REVIEW} AND asked_day <= ?2)
GROUP BY 1, 2
"""


class PastReview(NamedTuple):
    """A review of a day: its item, what that is about, and when."""

    item: str
    concept: str | None
    time_ms: int


class Counts(NamedTuple):
    """The number of one pack's items; ``items`` alone counts those suspended or buried.

    Attributes:
        due: in the review stage and due.
        learning: in learning or relearning steps that end on the study day, due or not.
        new: never reviewed, or reset.
        items: all that the pack lists.
    """

    due: int
    learning: int
    new: int
    items: int


class QueueReader(DatabaseReader):
    """The questions what is due, what is new and what comes next, and the limits raised day by day."""

    def counts(
        self, now: datetime, *, resting: Collection[str] = (), count_new: bool = True
    ) -> dict[str, Counts]:
        """Count each registered pack's items; those of ``resting`` are neither due nor new.

        New items are all that are not at rest, whatever their prerequisites; 0 without
        ``count_new``, as a count of very many takes its time.
        """
        db, ms, today = self._folded, to_ms(now), self.days.of(now)
        tomorrow_ms = to_ms(self.days.start(today + 1))
        at_rest = db.rows(_AMONG, (names_json(resting), today, ms)) if resting else []
        resting_of = {(pack, bool(reviewed)): n for pack, reviewed, n in at_rest}
        return {
            name: Counts(
                due=due - resting_of.get((name, True), 0),
                learning=learning,
                new=new - resting_of.get((name, False), 0) if count_new else 0,
                items=items,
            )
            for name, items, due, learning, new in db.rows(
                _COUNTS, (today, ms, -1 if count_new else 0, tomorrow_ms)
            )
        }

    def within(
        self,
        packs: Sequence[str] = (),
        concept: str | None = None,
        items: Collection[str] | None = None,
    ) -> QueueSlice:
        """Return the queue of ``packs`` (all when empty), of one concept and of ``items`` if given."""
        return QueueSlice(self._folded, self.days, packs, concept, items=items)

    def forecast(self, now: datetime, *, days: int) -> list[int]:
        """Count what falls due on each of ``days`` study days, today (with all overdue) first."""
        db, today, ms = self._folded, self.days.of(now), to_ms(now)
        counts = [db.number(_LATER_DAY if n else _OVERDUE, (today + n, ms)) for n in range(days)]
        ends = [to_ms(self.days.start(today + n)) for n in range(1, days + 1)]
        counts[0] += db.number(_STEPS_BEFORE, (ms, ends[0]))
        for (due_ms,) in db.rows(_STEP_ENDS, (ms, ends[0])):
            if (place := bisect_right(ends, due_ms)) < days:
                counts[place] += 1
        for row in db.rows(RESTING.format(scope=""), (ms,)):
            place = self.days.of(due_after_rest(row, self.days)) - today
            if place < days:
                counts[max(place, 0)] += 1
        return counts

    def seen_on(self, day: int) -> list[PastReview]:
        """Return the standing reviews of a study day, in any order."""
        return [PastReview(*row) for row in self._folded.rows(_SEEN, (day,))]

    def has_met(self, pack: str, concept: str) -> bool:
        """Tell whether an item of a concept was ever answered."""
        codes = find_code(self._db, pack), find_code(self._db, concept)
        return self._db.row(_MET, codes) is not None

    def unlearned_concepts(
        self, pack: str, concepts: Collection[str], *, without: Collection[str] = ()
    ) -> set[str]:
        """Return those of ``concepts`` that have items which are new or in their first steps.

        Suspended items and those of ``without`` do not count: nothing waits for what is never asked.
        """
        asked = find_code(self._db, pack), names_json(concepts), names_json(without)
        return {name for (name,) in self._db.rows(_UNLEARNED, asked)}

    def unlearned_items(self, pack: str, concept: str) -> frozenset[str]:
        """Return the items of a concept that are new or in their first steps, but suspended ones."""
        asked = find_code(self._db, pack), find_code(self._db, concept)
        return frozenset(name for (name,) in self._db.rows(_UNLEARNED_ITEMS, asked))

    def raised_on(self, day: int) -> tuple[RaisedLimit, ...]:
        """Return by how much the limits of a study day were raised, on whichever device."""
        rows = self._db.rows(_RAISED_ON, (day,))
        return tuple(RaisedLimit(more, tuple(json.loads(packs))) for more, packs in rows)
