"""Events appended to the log: stamped, written and folded in, each durable on return; undo and redo too."""

import os
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from studytool.collection import without_collection
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log import acts
from studytool.review_log.absorbing import TwofoldEvent, append_new, find_twofold, settle_twofold
from studytool.review_log.database import Database, DatabaseReader
from studytool.review_log.event_ids import id_bytes, id_text, last_id, next_id
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.kinds import LEECH
from studytool.review_log.names import Coder
from studytool.review_log.rows import WordRow, insert_event
from studytool.review_log.set_aside import put_right
from studytool.review_log.study_days import StudyDay, StudyDays
from studytool.srs.memory import from_ms, to_ms
from studytool.srs.policy import Policy

if TYPE_CHECKING:
    from studytool.review_log.events import Act, AppendedEvent, Event, Review, ReviewDraft

_Appended = TypeVar("_Appended", bound="AppendedEvent")


class LogWriter(DatabaseReader):
    """What writes the events of one log.

    Attributes:
        learner: who; made once for the file, so that a merged log can tell learners apart.
        device: which machine's file; made once for the file.
        twofold: the ids of events that were absorbed last and that the log had otherwise.
        upheld: of these, what the log has kept as it was: others have to be told.
    """

    learner: str
    device: str
    twofold: tuple[str, ...] = ()
    upheld: Set[bytes] = frozenset()

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
        self._is_writing, owed = True, self._db.put_off
        try:
            with self._db.writing():
                [(version,)] = self._db.rows("PRAGMA data_version")
                if version != self._data_version:
                    self._coder.forget()  # a restored log names other things by the same codes
                    self._data_version = version
                self._cache.catch_up()
                yield
        except BaseException:
            self._db.put_off = owed  # what this block did of it is undone
            self._coder.forget()
            self._db.checked = 0  # places that are free again get other events
            if self._db.damaged:  # what set it aside within the transaction would be undone with it
                put_right(self._db, self._db.damaged)
            raise
        finally:
            self._is_writing = False

    def append_review(self, draft: "ReviewDraft") -> "Review":
        """Append a review; durable when this returns, and folded in before anything else is read."""
        from studytool.review_log.events import Review, ReviewDraft  # late: home reads no event

        with self.at_once():
            stamp = self._stamp(to_ms(draft.time), offset_minutes=draft.offset_minutes)
            if draft.study_day is not None:
                stamp["study_day"] = draft.study_day
            drafted = {name: getattr(draft, name) for name in ReviewDraft.__slots__}
            review = Review(**{**drafted, **stamp})
            seq = insert_event(self._db, review, self._coder)
            item = self._coder.code(review.item) or 0
            self._cache.add_later(review, item=item, day=stamp["study_day"], seq=seq)
        return review

    def append(
        self, kind: type[_Appended], now: datetime, *, offset_minutes: int = 0, **about: Any
    ) -> _Appended:
        """Append an event that has the last word, though the clock was set back.

        ``about`` are the other fields of its class; instants are cut to the millisecond.
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

    def undo(self, now: datetime, *, offset_minutes: int = 0) -> "Act | None":
        """Take back what this learner did last on this device, as an event.

        Again and again, as far back as there is anything; None when there is no more. What was
        done with a leech is taken back together with the review that made it one.
        """
        from studytool.review_log.events import Undo  # late: home reads no event

        with self.at_once():
            act = acts.last_act(self._db, learner=self.learner, device=self.device)
            if leech := getattr(act, LEECH.name, None):
                review = self.undo_review(leech, now, offset_minutes=offset_minutes)
                if review is not None:
                    return review
            if act is not None:
                self.append(Undo, now, offset_minutes=offset_minutes, target=act.id)
        return act

    def undo_review(
        self, review_id: str, now: datetime, *, offset_minutes: int = 0
    ) -> "Review | None":
        """Take back one review, of whatever time and device, as an event; None if none stands.

        What was done with a leech is taken back together with the review that made it one.
        """
        from studytool.review_log.events import Undo  # late: home reads no event

        with self.at_once():
            review = acts.standing_review(self._db, review_id)
            if review is not None:
                for act in (*acts.leech_acts(self._db, review), review):
                    self.append(Undo, now, offset_minutes=offset_minutes, target=act.id)
        return review

    def redo(self, now: datetime, *, offset_minutes: int = 0) -> "Act | None":
        """Put in force again what was taken back last, as an event.

        Again and again, as far as was undone; None when there is no more, or something else was
        done since.
        """
        from studytool.review_log.events import Redo, Review  # late: home reads no event

        with self.at_once():
            act = acts.last_undone(self._db, learner=self.learner, device=self.device)
            if act is not None:
                self.append(Redo, now, offset_minutes=offset_minutes, target=act.id)
            if isinstance(act, Review):
                after = acts.last_undone(self._db, learner=self.learner, device=self.device)
                if after is not None and getattr(after, LEECH.name, None) == act.id:
                    self.append(Redo, now, offset_minutes=offset_minutes, target=after.id)
        return act

    def absorb(
        self,
        events: "Iterable[Event | WordRow]",
        *,
        before_first: Callable[[], object] = lambda: None,
        compared: bool = True,
    ) -> int:
        """Append events of other logs, or rows of them, that are not here yet; return how many there were.

        A union of sets: any order, any number of times, the same memories to the last bit. They are read a
        few at a time; if reading them raises, nothing is appended. ``before_first`` is called once, before the
        first new event is written, and never if there is none; what it raises keeps everything as it was.
        Events that are here already have to be the same where they are ``compared``: ``twofold`` has the others.
        """
        twofold: list[TwofoldEvent] = []

        def met(known: "list[Event | WordRow]") -> None:
            if compared:
                twofold.extend(find_twofold(self._db, known))

        with without_collection(), self.at_once():
            last = self._last_seq()
            added = append_new(
                self._db, events, before_first=before_first, met=met, complete=self._with_day
            )
            if twofold and not added:
                before_first()
            if changed := settle_twofold(self._db, twofold):
                self._cache.rebuild()
            elif added:
                self._cache.refold(after=last)
        self.twofold = tuple(sorted({one.ours.id for one in twofold}))
        self.upheld = {id_bytes(id_) for id_ in self.twofold} - changed
        return added

    def day_of(self, instant: datetime, *, offset_minutes: int | None = None) -> int:
        """Return the study day of an instant: in the learner's zone, or at another offset."""
        if offset_minutes is None:
            return self.days.of(instant)
        return StudyDay(offset_minutes, self.days.start_hour).number(to_ms(instant))

    def _with_day(self, event: "Event | WordRow") -> "Event | WordRow":
        """Return an event of a study day: one that came without has that of its offset."""
        if isinstance(event, WordRow):
            return event.with_day(self.days.start_hour)
        if event.study_day is not None:
            return event
        day = self.day_of(event.time, offset_minutes=event.offset_minutes)
        return replace(event, study_day=day)

    def _stamp(self, ms: int, *, offset_minutes: int) -> dict[str, Any]:
        """Begin an event that comes after all others of its millisecond."""
        sql = "SELECT max(id) FROM events WHERE time_ms = ? AND id < ?"
        [(last,)] = self._db.rows(sql, (ms, last_id(ms)))
        id_ = id_text(next_id(ms, os.urandom(10), after=last))
        time = from_ms(ms)
        day = self.day_of(time, offset_minutes=offset_minutes)
        own = {"id": id_, "learner": self.learner, "device": self.device}
        return {**own, "time": time, "offset_minutes": offset_minutes, "study_day": day}

    @property
    def _folded(self) -> Database:
        try:
            self._cache.look()
        except StateError as error:  # what is read is then of the moment before
            if error.fault not in {Fault.LOCKED, Fault.READ_ONLY, Fault.FULL}:
                raise
        return self._db

    def _last_seq(self) -> int:
        return self._db.number("SELECT max(seq) FROM events")
