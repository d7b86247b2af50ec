"""The events as they were written, the reviews that stand, and what a log had at one instant."""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from studytool.errors import StateError
from studytool.quiz.outcome import Outcome
from studytool.review_log.damage import DamagedEvent
from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.event_ids import id_bytes, id_text
from studytool.review_log.event_kinds import RESET
from studytool.review_log.kinds import KINDS, Instant
from studytool.review_log.moves import KEPT_ITEM, ONE_ITEM
from studytool.review_log.names import find_names
from studytool.review_log.rows import WordRow, read_event_row, select_events, with_words
from studytool.review_log.schema import COLUMNS, OUTCOME_CODES, REVIEW_CODE
from studytool.review_log.set_aside import check_events, lost_events, put_right, read_sound
from studytool.review_log.standing import RATING, STANDING, codes, stands
from studytool.sqlite.faults import sqlite_faults
from studytool.srs.memory import from_ms, to_ms

if TYPE_CHECKING:
    from studytool.review_log.events import Event, Review


_CODED = f"SELECT {', '.join(COLUMNS)} FROM events e WHERE e.kind IN {codes(KINDS)}"
_AS_RATED = select_events(rating=RATING, stored=True)
_LAST_PLACE = (1 << 63) - 1
_RESETS = f"""
SELECT {KEPT_ITEM}, time_ms, id FROM events e
WHERE e.kind IN {codes([RESET])} AND {stands("e")} ORDER BY time_ms, id
"""
UNKNOWN_EVENTS = f"""
SELECT name, count(*) FROM events JOIN names ON code = kind WHERE kind NOT IN {codes(KINDS)}
GROUP BY kind
"""
_LATEST = f"""
{_AS_RATED} WHERE e.seq IN (SELECT seq FROM events e INDEXED BY {{index}}
    WHERE {STANDING} {{scope}} ORDER BY e.time_ms DESC, e.id DESC LIMIT {{limit}})
ORDER BY e.time_ms DESC, e.id DESC
"""
_LATEST_OF_ALL = _LATEST.format(index="events_by_time", scope="", limit="?1")
_LATEST_OF_ITEM = _LATEST.format(
    index="events_by_item", scope=f"AND e.item IN ({ONE_ITEM})", limit="?2"
)
_ANSWERS = f"""
SELECT {KEPT_ITEM}, e.time_ms, e.id, study_day, outcome = {OUTCOME_CODES[Outcome.RIGHT]},
    outcome IS (SELECT code FROM names WHERE name = '{Outcome.SHOWN}'), {RATING},
    coalesce(misconception, 0), confidence, duration_ms, m.predicted
FROM events e NOT INDEXED
LEFT JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
WHERE {STANDING} {{scope}} ORDER BY e.time_ms, e.id
"""
"""By the rows, which have seals; a damaged index would leave some out."""

_OF_PACKS = f"""
AND {KEPT_ITEM} IN (SELECT code FROM names
    WHERE substr(name, 1, instr(name, '/') - 1) IN (SELECT value FROM json_each(?)))
"""


class AnswerRow(NamedTuple):
    """A standing review as the numbers that figures are made of.

    Attributes:
        item, misconception: codes of :meth:`HistoryReader.words`; 0 for no misconception.
        right: whether it was marked right, 0 or 1.
        shown: whether the key was shown without an answer, 0 or 1.
        rating: as it stands now, by FSRS's number.
        confidence: None where it was not asked.
        predicted: the chance of recall just before; None where the item was not mature, that is
            not in the review stage.
    """

    item: int
    time_ms: int
    id: bytes
    study_day: int
    right: int
    shown: int
    rating: int
    misconception: int
    confidence: float | None
    duration_ms: int
    predicted: float | None


class HistoryReader(DatabaseReader):
    """The events of a log, and what stands of them."""

    def events(self, among: Iterable[str] | None = None) -> "Iterator[Event]":
        """Return every event of the log, or those of the ids ``among``, in order of arrival.

        Events of kinds that only a newer version knows are left out.
        """
        chosen = None if among is None else set(map(id_bytes, among))
        return map(read_event_row, self.word_rows(chosen))

    def word_rows(
        self, among: Collection[bytes] | None = None, *, until: int | None = None
    ) -> Iterator[WordRow]:
        """Return the events that :meth:`events` does, as rows with ids of bytes; ``until`` a place or ``among`` ids."""
        check_events(self._db, among=among)
        if among is None:
            return self._worded(f"{_CODED} AND e.seq <= ? ORDER BY e.seq", until or _LAST_PLACE)
        digits = json.dumps([id_.hex() for id_ in among])
        chosen = "e.id IN (SELECT unhex(value) FROM json_each(?))"
        return self._worded(f"{_CODED} AND {chosen} ORDER BY e.seq", digits)

    def _worded(self, sql: str, *values: str | int) -> Iterator[WordRow]:
        with self._db.at_one_moment():
            yield from with_words(self._db, self._db.stream(sql, values))

    def at_one_moment(self) -> AbstractContextManager[None]:
        """Let all that the block reads be of one moment, whatever other programs write meanwhile."""
        return self._folded.at_one_moment()  # nothing is folded in within it

    def ids(self) -> set[str]:
        """Return the ids of all that :meth:`events` gives."""
        return set(map(id_text, self.raw_ids()))

    def raw_ids(self) -> set[bytes]:
        """Return the ids of all that :meth:`word_rows` gives."""
        sql = f"SELECT id FROM events WHERE kind IN {codes(KINDS)}"
        return set(chain.from_iterable(self._db.stream(sql)))

    def has_reviews(self) -> bool:
        """Tell whether the log has a review, though it may have been taken back."""
        return bool(self._db.row(f"SELECT 1 FROM events WHERE kind = {REVIEW_CODE} LIMIT 1"))

    def unknown_kinds(self) -> dict[str, int]:
        """Count the events of kinds that only a newer version knows; they are kept, and no more."""
        return dict(self._db.rows(UNKNOWN_EVENTS))

    def lost_events(self) -> list[DamagedEvent]:
        """Return the events that were damaged and set aside, and are not here again."""
        with sqlite_faults(self._db.path):
            return lost_events(self._db.connection)

    def last_reviews(self, *, item: str | None = None, limit: int = 10) -> "list[Review]":
        """Return standing reviews, latest first; of one item or of all."""
        from studytool.review_log.events import Review  # late: home reads no event

        if item is None:
            rows = self._db.rows(_LATEST_OF_ALL, (limit,))
        else:
            rows = self._db.rows(_LATEST_OF_ITEM, (item, limit))
        try:
            events = read_sound(self._db, rows)
        except StateError:
            put_right(self._db, self._db.damaged)
            raise
        return [event for event in events if isinstance(event, Review)]

    def answers(self, packs: Collection[str] = ()) -> Iterator[AnswerRow]:
        """Return the standing reviews by time, those of ``packs`` (all when empty)."""
        check_events(self._db)
        if packs:
            rows = self._db.stream(_ANSWERS.format(scope=_OF_PACKS), (json.dumps([*packs]),))
        else:
            rows = self._db.stream(_ANSWERS.format(scope=""))
        return map(partial(tuple.__new__, AnswerRow), rows)

    def words(self, codes: Iterable[int]) -> dict[int, str]:
        """Return the words that the codes of :meth:`answers` stand for."""
        return find_names(self._db, codes)

    def dated_after(self, instant: datetime, *, behind: int) -> tuple[int, datetime | None]:
        """Count the events behind a place that are dated later than an instant; with the latest time."""
        sql = "SELECT count(*), max(time_ms) FROM events WHERE seq > ? AND time_ms > ?"
        [(n, latest_ms)] = self._db.rows(sql, (behind, to_ms(instant)))
        return n, None if latest_ms is None else from_ms(latest_ms)

    def resets(self) -> dict[int, tuple[Instant, ...]]:
        """Return the resets that stand, by time, of each item that has any, by its code."""
        found: dict[int, tuple[Instant, ...]] = {}
        for item, time_ms, id_ in self._db.rows(_RESETS):
            found[item] = (*found.get(item, ()), (time_ms, id_))
        return found


_REVIEWS = f"SELECT 1 FROM events WHERE item IN ({ONE_ITEM}) AND kind = {REVIEW_CODE} AND seq <= ?2"
_COUNTS = "AND id NOT IN (SELECT id FROM retracted)"
_KNOWS = f"""
SELECT EXISTS (SELECT 1 FROM items WHERE item IN ({ONE_ITEM}) AND listed > 0)
    OR EXISTS ({_REVIEWS})
"""
_HAS_ANY = f"SELECT EXISTS ({_REVIEWS})"
_HAS = f"SELECT EXISTS ({_REVIEWS} AND time_ms = ?3 {_COUNTS})"


class LogSoFar:
    """The items and the reviews of a log up to the last event of now.

    An item is asked for by any of its ids, present or past.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: Final = db.number("SELECT max(seq) FROM events")

    def knows(self, item: str) -> bool:
        """Tell whether an installed pack lists an item, or it was ever reviewed."""
        return self._db.number(_KNOWS, (item, self._last)) > 0

    def was_reviewed(self, item: str) -> bool:
        """Tell whether the log has any review of an item, be it retracted."""
        return self._db.number(_HAS_ANY, (item, self._last)) > 0

    def has_review(self, item: str, ms: int) -> bool:
        """Tell whether the log has a review of an item at an instant, standing or undone, but not retracted."""
        return self._db.number(_HAS, (item, self._last, ms)) > 0
