"""The items that the installed packs list, and the state of each."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.review_log.as_made import note_lists
from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.names import Coder
from studytool.review_log.schema import HAS_MEMORY, MEMORY_COLUMNS
from studytool.review_log.study_days import StudyDays
from studytool.sqlite.connection import Row
from studytool.srs.memory import NEW_MEMORY, Memory, from_ms, memory_of, to_ms

NO_DATE = Phrase(ko="날짜가 될 수 없는 값이 있음", en="a value in it can be no date")

_LIST = """
INSERT INTO items(item, pack, concept, position, listed) VALUES (?, ?, ?, ?, 1)
ON CONFLICT(item) DO UPDATE SET (pack, concept, position, listed) = (
    excluded.pack, excluded.concept, excluded.position, 1)
"""
_PACK = """
INSERT INTO packs(pack, digest, items) VALUES (?, ?, ?)
ON CONFLICT(pack) DO UPDATE SET (digest, items) = (excluded.digest, excluded.items)
"""
_STATUSES = f"""
SELECT i.name, c.name, {MEMORY_COLUMNS}, shift_days, rests_until_ms, flagged
FROM items CROSS JOIN names i ON i.code = item
LEFT JOIN names p ON p.code = pack LEFT JOIN names c ON c.code = concept
WHERE {{condition}} ORDER BY p.name, position, i.name
"""
_LISTED = _STATUSES.format(condition="listed = 1")
_OF_PACKS = _STATUSES.format(condition="listed = 1 AND p.name IN (SELECT value FROM json_each(?))")
_NAMED = _STATUSES.format(condition="i.name IN (SELECT value FROM json_each(?))")
_RECALL = f"""
SELECT p.name, c.name, count(*), sum({HAS_MEMORY}),
    avg(iif(NOT {HAS_MEMORY}, NULL, iif(?1 <= last_day, 1.0,
        ?2 * pow(1 + ?3 * (?1 - last_day) / stability, -?4))))
FROM items JOIN names p ON p.code = pack JOIN names c ON c.code = concept
WHERE listed = 1 AND rests_until_ms IS NOT NULL GROUP BY pack, concept
"""
_MEMORIES = f"""
SELECT i.name, stage, step, stability, difficulty, coalesce(due_ms, 0), coalesce(due_day, 0),
    last_ms, last_day, reps, lapses, shift_days, rests_until_ms
FROM items JOIN names i ON i.code = item
WHERE listed = 1 AND {HAS_MEMORY} AND rests_until_ms IS NOT NULL ORDER BY item
"""

_IDS_NOW = """
SELECT old.name, kept.name FROM moved JOIN names old ON old.code = item
JOIN names kept ON kept.code = kept WHERE old.name IN (SELECT value FROM json_each(?))
"""


class MemoryRow(NamedTuple):
    """One item's memory as numbers, by the names of :class:`studytool.srs.memories.Memories`.

    Attributes:
        due_ms: of an item in steps, else 0.
        due_day: of one in the review stage, else 0.
        shift_days: by how much vacations put that off.
        rests_until_ms: the item is not asked before.
    """

    item: str
    stage: int
    step: int
    stability: float
    difficulty: float
    due_ms: int
    due_day: int
    last_ms: int
    last_day: int
    reps: int
    lapses: int
    shift_days: int
    rests_until_ms: int


class ItemStatus(NamedTuple):
    """One item with its memory and its state.

    Attributes:
        concept: None where no installed pack lists the item.
        due_day: as ``memory.due_day``, and what vacations put it off by.
        due: the instant from which it is due: the start of its day, or the end of its step, but
            the start of that day where it was reviewed on an earlier one.
        buried_until: of the last bury, in the past or not; None while it is suspended.
    """

    item: str
    concept: str | None
    memory: Memory
    due_day: int | None
    due: datetime | None
    suspended: bool
    flagged: bool
    buried_until: datetime | None


class ItemReader(DatabaseReader):
    """The items of a log."""

    def registrations(self) -> dict[str, str]:
        """Return each registered pack's digest; empty after the cached tables were lost."""
        return dict(self._db.rows("SELECT name, digest FROM packs CROSS JOIN names ON code = pack"))

    def statuses(
        self, packs: Collection[str] = (), *, items: Collection[str] | None = None
    ) -> Iterator[ItemStatus]:
        """Return the state of items, pack by pack: all that ``packs`` list (any, when empty).

        Or those of ``items`` that are known, though no installed pack lists them any more.
        """
        if items is not None:
            rows = self._folded.rows(_NAMED, (json.dumps([*items]),))
        elif packs:
            rows = self._folded.rows(_OF_PACKS, (json.dumps([*packs]),))
        else:
            rows = self._folded.rows(_LISTED)
        return map(self._dated_status, rows)

    def knows(self, item: str) -> bool:
        """Tell whether the log has any event of an item under this very id."""
        sql = "SELECT 1 FROM events WHERE item = (SELECT code FROM names WHERE name = ?)"
        return self._db.row(sql, (item,)) is not None

    def ids_now(self, items: Sequence[str]) -> list[str]:
        """Return the id that each item has now; its own where it never moved."""
        moved: dict[str, str] = dict(self._db.rows(_IDS_NOW, (json.dumps([*items]),)))
        return [moved.get(item, item) for item in items]

    def recall_by_concept(
        self, day: int, *, scale: float, factor: float, decay: float
    ) -> dict[tuple[str, str], tuple[int, int, float | None]]:
        """Return of each (pack, concept) its items, those met, and their mean chance of recall on a study day.

        None where none was met; items that are suspended do not count. The chance t days after a review's own
        day, on which it is 1, is ``scale * (1 + factor * t / stability) ** -decay``.
        """
        rows = self._db.rows(_RECALL, (day, scale, factor, decay))
        return {(pack, concept): (items, met, recall) for pack, concept, items, met, recall in rows}

    def memories(self) -> Iterator[MemoryRow]:
        """Return the memory of every listed item that was reviewed and is not suspended."""
        return map(MemoryRow._make, self._db.stream(_MEMORIES))

    def _dated_status(self, row: Row) -> ItemStatus:
        try:
            return self._status(row)
        except (OverflowError, ValueError) as error:
            raise StateError(Fault.DAMAGED, path=self._db.path, why=NO_DATE) from error

    def _status(self, row: Row) -> ItemStatus:
        item, concept, *columns, shift_days, rests_until_ms, flagged = row
        memory = memory_of(columns)
        due_day = None if memory.due_day is None else memory.due_day + shift_days
        return ItemStatus(
            item=item,
            concept=concept,
            memory=memory,
            due_day=due_day,
            due=due_instant(memory, self.days, due_day=due_day),
            suspended=rests_until_ms is None,
            flagged=bool(flagged),
            buried_until=from_ms(rests_until_ms) if rests_until_ms else None,
        )


def register_pack(
    db: Database, pack: str, listed: Iterable[tuple[str, str, int]], *, digest: str
) -> None:
    """Make (item, concept, position) the items of ``pack``. Inside a transaction.

    An item that is no longer listed keeps its memory and its reviews, and is not asked; without
    any item the pack itself goes.
    """
    coder = Coder(db)
    code = coder.code(pack)
    db.rows("UPDATE items SET listed = 0 WHERE pack = ? AND listed = 1", (code,))
    n = 0
    for n, (item, concept, position) in enumerate(listed, start=1):  # noqa: B007 - n is the count
        db.rows(_LIST, (coder.code(item), code, coder.code(concept), position))
    if n:
        db.rows(_PACK, (code, digest, n))
    else:
        db.rows("DELETE FROM packs WHERE pack = ?", (code,))


def forget_packs(db: Database) -> None:
    """Forget which items exist, so that the next start lists them anew. Inside a transaction."""
    db.rows("UPDATE items SET listed = 0")
    db.rows("DELETE FROM packs")
    note_lists(db.connection)


@lru_cache(maxsize=64)  # what was read for the question is read again for the answer
def read_stored(row: Row) -> tuple[Memory, int | None]:
    """Read the columns of a memory and the day of the first review; of a new item without a row."""
    *columns, first_day = row
    return (NEW_MEMORY if columns[0] is None else memory_of(columns)), first_day


def memory_columns(memory: Memory) -> Row:
    """Return the values of the columns that :data:`MEMORY_COLUMNS` names."""
    due_ms = None if memory.due is None else to_ms(memory.due)
    last_ms = None if memory.last_review is None else to_ms(memory.last_review)
    strength = (memory.stability, memory.difficulty)
    times = (due_ms, memory.due_day, last_ms, memory.last_day)
    return (int(memory.stage), memory.step, *strength, *times, memory.reps, memory.lapses)


def due_instant(memory: Memory, days: StudyDays, *, due_day: int | None) -> datetime | None:
    """Return the instant from which an item is due, None of a new one; in the review stage it is due on a day."""
    if due_day is not None:
        return days.start(due_day)
    if memory.due is None or memory.last_day is None:
        return None
    return days.opening(memory.due, after=memory.last_day)
