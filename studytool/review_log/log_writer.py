"""Events appended to the log: stamped, written and folded in, each durable on return."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from studytool.review_log import acts
from studytool.review_log.absorbing import append_new
from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.event_ids import id_text, last_id, next_id
from studytool.review_log.events import (
    Event,
    Import,
    ItemAct,
    MoreNew,
    Redo,
    Rename,
    ReRate,
    Retraction,
    Review,
    ReviewDraft,
    SettingChange,
    Undo,
    Vacation,
)
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.names import Coder
from studytool.review_log.rows import WordRow, insert_event
from studytool.review_log.set_aside import put_right
from studytool.review_log.study_days import StudyDay, StudyDays
from studytool.srs.memory import from_ms, to_ms
from studytool.srs.policy import Policy

_Told = TypeVar(
    "_Told",
    bound=ItemAct
    | Rename
    | SettingChange
    | ReRate
    | Vacation
    | MoreNew
    | Import
    | Retraction
    | Undo
    | Redo,
)

_DRAFTED = tuple(field.name for field in fields(ReviewDraft))


class LogWriter(DatabaseReader):
    """What writes the events of one log.

    Attributes:
        learner: who; made once for the file, so that a merged log can tell learners apart.
        device: which machine's file; made once for the file.
    """

    learner: str
    device: str

    def __init__(self, db: Database, policy: Policy, days: StudyDays) -> None:
        super().__init__(db, days)
        self._cache = FoldCache(db, policy)
        self._coder = Coder(db)  # of what single acts name; the words of an import are too many
        self._data_version = 0
        self._is_writing = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Make the block one transaction: all that it writes is durable, or nothing.

        Inside another it is part of that.
        """
        if self._is_writing:
            yield
            return
        self._is_writing = True
        try:
            with self._db.writing():
                if (version := self._db.number("PRAGMA data_version")) != self._data_version:
                    self._coder.forget()  # a restored log names other things by the same codes
                    self._data_version = version
                self._cache.catch_up()
                yield
                self._cache.settle()
        except BaseException:
            self._coder.forget()
            if self._db.damaged:  # what set it aside within the transaction would be undone with it
                put_right(self._db, self._db.damaged)
            raise
        finally:
            self._is_writing = False

    def append_review(self, draft: ReviewDraft) -> Review:
        """Append a review; durable when this returns."""
        given = {name: getattr(draft, name) for name in _DRAFTED}
        with self.at_once():
            stamp = self._stamp(to_ms(draft.time), offset_minutes=draft.offset_minutes)
            if draft.study_day is not None:
                stamp["study_day"] = draft.study_day
            review = Review(**{**given, **stamp})
            seq = insert_event(self._db, review, self._coder)
            item = self._coder.code(review.item) or 0
            self._cache.add(review, item=item, day=stamp["study_day"], seq=seq)
        return review

    def append(
        self, kind: type[_Told], now: datetime, *, offset_minutes: int = 0, **about: Any
    ) -> _Told:
        """Append an event that has the last word, though the clock was set back.

        Args:
            kind: its class.
            now: its time, or earlier.
            offset_minutes: the learner's offset from UTC.
            about: the other fields of its class; instants are cut to the millisecond.
        """
        about = {
            name: from_ms(to_ms(value)) if isinstance(value, datetime) else value
            for name, value in about.items()
        }
        with self.at_once():
            ms = max(to_ms(now), acts.last_word_ms(self._db, kind.kind, about))
            event = kind(**self._stamp(ms, offset_minutes=offset_minutes), **about)
            last = self._last_seq()
            insert_event(self._db, event, self._coder)
            self._cache.refold(after=last)
        return event

    def absorb(
        self,
        events: Iterable[Event | WordRow],
        *,
        before_first: Callable[[], object] = lambda: None,
    ) -> int:
        """Append events of other logs that are not here yet; return how many there were.

        A union of sets: any order, any number of times, the same memories to the last bit.

        Args:
            events: those of :func:`studytool.review_log.read_in_bulk.read_rows` may be rows; read a
                few at a time; if reading them raises, nothing is appended.
            before_first: called once, before the first new event is written; never if there is
                none. What it raises keeps everything as it was.
        """
        with self.at_once():
            last = self._last_seq()
            added = append_new(self._db, self._with_days(events), before_first=before_first)
            if added:
                self._cache.refold(after=last)
        return added

    def day_of(self, instant: datetime, *, offset_minutes: int | None = None) -> int:
        """Return the study day of an instant: in the learner's zone, or at another offset."""
        if offset_minutes is None:
            return self.days.of(instant)
        return StudyDay(offset_minutes, self.days.start_hour).number(to_ms(instant))

    def _with_days(self, events: Iterable[Event | WordRow]) -> Iterator[Event | WordRow]:
        """Return events, each of a study day: those that came without one have theirs by the offset."""
        for event in events:
            if isinstance(event, WordRow):
                yield event.with_day(self.days.start_hour)
            elif event.study_day is None:
                day = self.day_of(event.time, offset_minutes=event.offset_minutes)
                yield replace(event, study_day=day)
            else:
                yield event

    def _stamp(self, ms: int, *, offset_minutes: int) -> dict[str, Any]:
        """Begin an event that comes after all others of its millisecond."""
        sql = "SELECT max(id) FROM events WHERE time_ms = ? AND id < ?"
        [(last,)] = self._db.rows(sql, (ms, last_id(ms)))
        id_ = id_text(next_id(ms, os.urandom(10), after=last))
        time = from_ms(ms)
        day = self.day_of(time, offset_minutes=offset_minutes)
        own = {"id": id_, "learner": self.learner, "device": self.device}
        return {**own, "time": time, "offset_minutes": offset_minutes, "study_day": day}

    def _last_seq(self) -> int:
        return self._db.number("SELECT max(seq) FROM events")
