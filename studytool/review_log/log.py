"""The review log: the one writer of reviews, and the one source of what is due."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from studytool.review_log import history, queue
from studytool.review_log.absorbing import append_new
from studytool.review_log.database import Database
from studytool.review_log.events import (
    Act,
    Activity,
    Bury,
    Counts,
    Event,
    Flag,
    ItemAct,
    Redo,
    ReRate,
    Reset,
    Review,
    ReviewDraft,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
    id_text,
    last_id,
    next_id,
)
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.item_statuses import ItemStatus, item_statuses
from studytool.review_log.names import Coder, find_names
from studytool.review_log.registry import read_registrations, register_pack
from studytool.review_log.study_days import StudyDay
from studytool.review_log.writing import insert_event
from studytool.srs.memory import Memory, from_ms, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating

_Said = TypeVar("_Said", bound=ItemAct | ReRate | Vacation | Undo | Redo)


class ReviewLog:
    """One learner's reviews on one device, in one SQLite file; for one thread at a time.

    What a method wrote is durable when it returns.
    Several programs may have the file open: each sees what the others wrote. Every method raises
    :class:`studytool.errors.StateError` where the file is locked, damaged, read-only or the disk
    full; then nothing of that call was written, and everything before it was.

    Attributes:
        learner: who; made once for the file, so that a merged log can tell learners apart.
        device: which machine's file; made once for the file.
    """

    learner: str
    device: str

    def __init__(self, db: Database, policy: Policy) -> None:
        self._db = db
        self._cache = FoldCache(db, policy)

    @classmethod
    def open(cls, path: Path, *, policy: Policy | None = None, busy_seconds: float = 5.0) -> Self:
        """Open the log at ``path``, or make it; its folder must exist.

        The cached fold is made again where it is missing, stale or of another policy: about 4 s
        for a million reviews.

        Args:
            path: of ``reviews.db``.
            policy: put in force for every program that has the log open.
            busy_seconds: how long to wait while another program writes.

        Raises:
            StateError: locked, damaged, read-only, newer, or a folder; says what to do.
        """
        log = cls(Database(path, busy_seconds=busy_seconds), policy or Policy())
        try:
            log._cache.adopt_policy()
            log.learner, log.device = log._own("learner"), log._own("device")
        except BaseException:
            log.close()
            raise
        return log

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- writing ------------------------------------------------------------------------------

    def at_once(self) -> AbstractContextManager[None]:
        """Make what is written inside one transaction: all of it is durable, or nothing."""
        return self._transaction()

    def append_review(self, draft: ReviewDraft) -> Review:
        """Append a review; durable when this returns."""
        given = {field.name: getattr(draft, field.name) for field in fields(ReviewDraft)}
        with self._transaction():
            review = Review(**{**given, **self._stamp(to_ms(draft.time))})
            self._cache.add(review, seq=insert_event(self._db, review, Coder(self._db)))
        return review

    def undo(self, now: datetime, *, offset_minutes: int = 0) -> Act | None:
        """Take back what this learner did last on this device, as an event.

        Again and again, as far back as there is anything; None when there is no more.
        """
        with self._transaction():
            act = history.last_act(self._db, learner=self.learner, device=self.device)
            if act is not None:
                self._say(Undo, now, offset_minutes, target=act.id)
        return act

    def redo(self, now: datetime, *, offset_minutes: int = 0) -> Act | None:
        """Put in force again what was taken back last, as an event.

        Again and again, as far as was undone; None when there is no more, or something else was
        done since.
        """
        with self._transaction():
            act = history.last_undone(self._db, learner=self.learner, device=self.device)
            if act is not None:
                self._say(Redo, now, offset_minutes, target=act.id)
        return act

    def set_suspended(
        self,
        item: str,
        suspended: bool,  # noqa: FBT001 - what is set
        now: datetime,
        *,
        offset_minutes: int = 0,
    ) -> Suspend | Unsuspend:
        """Ask an item no more, or again."""
        kind: type[Suspend | Unsuspend] = Suspend if suspended else Unsuspend
        with self._transaction():
            return self._say(kind, now, offset_minutes, item=item)

    def bury(self, item: str, until: datetime, now: datetime, *, offset_minutes: int = 0) -> Bury:
        """Ask an item not before ``until``; see :func:`.study_days.next_day_start`."""
        until = from_ms(to_ms(until))
        with self._transaction():
            return self._say(Bury, now, offset_minutes, item=item, until=until)

    def set_flag(
        self,
        item: str,
        flag: bool,  # noqa: FBT001 - what is set
        now: datetime,
        *,
        offset_minutes: int = 0,
    ) -> Flag | Unflag:
        """Mark an item to be found again, or no more."""
        kind: type[Flag | Unflag] = Flag if flag else Unflag
        with self._transaction():
            return self._say(kind, now, offset_minutes, item=item)

    def reset(self, item: str, now: datetime, *, offset_minutes: int = 0) -> Reset:
        """Make an item new again: reviews before ``now`` count in statistics only."""
        with self._transaction():
            return self._say(Reset, now, offset_minutes, item=item)

    def re_rate(
        self, review_id: str, rating: Rating, now: datetime, *, offset_minutes: int = 0
    ) -> ReRate:
        """Give a review another rating; also one that is not here yet, for when it comes."""
        with self._transaction():
            return self._say(ReRate, now, offset_minutes, target=review_id, rating=rating)

    def take_vacation(self, days: int, now: datetime, *, offset_minutes: int = 0) -> Vacation:
        """Put off by ``days`` all that is in the review stage, due or not, until it is reviewed."""
        with self._transaction():
            return self._say(Vacation, now, offset_minutes, days=days)

    def absorb(
        self, events: Iterable[Event], *, before_first: Callable[[], object] = lambda: None
    ) -> int:
        """Append events of other logs that are not here yet; give how many there were.

        A union of sets: any order, any number of times, the same memories to the last bit.

        Args:
            events: read a few at a time; if reading them raises, nothing is appended.
            before_first: called once, before the first new event is written; never if there is
                none. What it raises keeps everything as it was.
        """
        with self._transaction():
            last = self._last_seq()
            added = append_new(self._db, events, before_first=before_first)
            if added:
                self._cache.refold(after=last)
        return added

    def register(
        self, pack: str, listed: Iterable[tuple[str, str, int]], *, digest: str = ""
    ) -> None:
        """Tell which items exist: ``listed`` as (item, concept, position) is all of ``pack``.

        Items no longer listed are not asked; their reviews stay. An empty list removes the pack.
        """
        with self._transaction():
            register_pack(self._db, pack, listed, digest=digest)

    # --- what comes next ----------------------------------------------------------------------

    def registrations(self) -> dict[str, str]:
        """Give each registered pack's digest; empty after the cached tables were lost."""
        return read_registrations(self._db)

    def counts(
        self, now: datetime, *, resting: Collection[str] = (), count_new: bool = True
    ) -> dict[str, Counts]:
        """Count each registered pack's items; those of ``resting`` are neither due nor new.

        New items are 0 without ``count_new``: a count of very many takes its time.
        """
        return queue.count_items(self._db, to_ms(now), resting=resting, count_new=count_new)

    def within(self, packs: Sequence[str] = (), concept: str | None = None) -> queue.Within:
        """Give what waits in ``packs`` (all when empty), about ``concept`` if one is named."""
        return queue.Within(self._db, packs, concept)

    def seen_since(self, instant: datetime) -> list[queue.Seen]:
        """Give the standing reviews at ``instant`` or later."""
        return queue.seen_since(self._db, to_ms(instant))

    def unlearned_concepts(self, pack: str, concepts: Iterable[str]) -> set[str]:
        """Give those of ``concepts`` that have items which are new or in their first steps."""
        return queue.unlearned_concepts(self._db, pack, concepts)

    def due(
        self,
        now: datetime,
        *,
        packs: Sequence[str] = (),
        concept: str | None = None,
        limit: int | None = None,
        ahead: timedelta = timedelta(),
    ) -> list[str]:
        """Give items due: those in learning steps first, then reviews, each by due time.

        ``packs`` empty means all. ``ahead`` adds what of the steps falls due so soon after, but no
        item at rest.
        """
        within, ms = self.within(packs, concept), to_ms(now)
        found = within.in_steps(ms, limit, ahead_ms=ahead // timedelta(milliseconds=1))
        left = None if limit is None else limit - len(found)
        found += within.reviews(ms, left, order=queue.Order.DUE)
        return [waiting.item for waiting in found]

    def new(
        self,
        now: datetime,
        *,
        packs: Sequence[str] = (),
        concept: str | None = None,
        limit: int | None = None,
    ) -> list[str]:
        """Give items that are new: pack by pack as named (all: by name), in position order."""
        return [waiting.item for waiting in self.within(packs, concept).new(to_ms(now), limit)]

    def next_due(
        self, *, after: datetime, packs: Sequence[str] = (), concept: str | None = None
    ) -> datetime | None:
        """Give the first instant after ``after`` at which an item falls due."""
        ms = self.within(packs, concept).next_due_ms(to_ms(after))
        return None if ms is None else from_ms(ms)

    def forecast(
        self, now: datetime, *, days: int, offset_minutes: int = 0, day_start_hour: int = 0
    ) -> list[int]:
        """Count what falls due on each of ``days`` study days, today (with all overdue) first."""
        day = StudyDay(offset_minutes, day_start_hour)
        return queue.forecast(self._db, to_ms(now), days=days, day=day)

    def state(self, item: str) -> Memory:
        """Give an item's memory; a new one where it was never reviewed, or reset."""
        return self._cache.memory(item)

    def memories(self) -> Iterator[tuple[Any, ...]]:
        """Give every listed item that was reviewed and is not suspended, as a row of numbers.

        Its name; the columns of :class:`studytool.srs.memories.Memories`; by how many ms vacations
        put its due date off; the instant in ms before which it is not asked.
        """
        return history.reviewed_items(self._db)

    def preview(self, item: str, now: datetime) -> dict[Rating, datetime]:
        """Give the instant at which an item would fall due under each rating given ``now``.

        That is ``now`` itself where the item would stay new: its reset is of a later instant.
        """
        outlook = self._cache.outlook(item, ms=to_ms(now))
        return {rating: memory.due or now for rating, memory in outlook.items()}

    def statuses(
        self, packs: Collection[str] = (), *, items: Collection[str] | None = None
    ) -> Iterator[ItemStatus]:
        """Give how items stand, pack by pack: all that ``packs`` list (any, when empty).

        Or those of ``items`` that are known, though no installed pack lists them any more.
        """
        return item_statuses(self._db, packs, items)

    def suspended(self) -> list[str]:
        """Give the suspended items, by name."""
        return queue.list_suspended(self._db)

    def flagged(self) -> list[str]:
        """Give the flagged items, by name."""
        return queue.list_flagged(self._db)

    # --- what was done ------------------------------------------------------------------------

    def last_reviews(self, *, item: str | None = None, limit: int = 10) -> list[Review]:
        """Give standing reviews, latest first; of one item or of all."""
        return history.last_reviews(self._db, item=item, limit=limit)

    def new_since(self, instant: datetime) -> int:
        """Count the items whose first standing review since a reset was at ``instant`` or later."""
        return self._db.number("SELECT count(*) FROM items WHERE first_ms >= ?", (to_ms(instant),))

    def reviews_since(self, instant: datetime) -> Activity:
        """Count standing reviews at ``instant`` or later by outcome and rating."""
        return history.activity(self._db, to_ms(instant))

    def review_days(self, *, day_start_hour: int = 0) -> Iterator[date]:
        """Give study days with reviews, latest first, looked up one at a time as they are taken.

        A review counts for the day that it was by the learner's clock of that moment.
        """
        return history.review_days(self._db, start_hour=day_start_hour)

    def streak_days(
        self, now: datetime, *, offset_minutes: int = 0, day_start_hour: int = 0
    ) -> int:
        """Count study days in a row with reviews, up to today, or to yesterday if none yet today."""
        today = StudyDay(offset_minutes, day_start_hour).date_of(now)
        return history.streak_days(self._db, today, start_hour=day_start_hour)

    def matured_since(self, instant: datetime) -> int:
        """Count reviews at ``instant`` or later of items that were in the review stage."""
        return history.matured_since(self._db, to_ms(instant))

    def retention(self, since: datetime) -> float | None:
        """Give the share recalled of reviews of mature items since an instant.

        Mature: in the review stage before the review. None where there were none.
        """
        return history.retention(self._db, to_ms(since))

    def answered(self) -> Iterator[tuple[Review, float | None]]:
        """Give each standing review by time, with the chance of recall predicted just before.

        None where the item was not mature: not in the review stage.
        """
        return history.answered(self._db)

    def answers(self) -> Iterator[tuple[Any, ...]]:
        """Give each standing review by time, as the numbers that figures are made of.

        That is (item, time in ms, offset in minutes, whether it was marked right, rating as FSRS
        numbers it, misconception or 0, confidence, duration in ms, chance of recall predicted just
        before), None as in :meth:`answered`; item and misconception as codes of :meth:`words`.
        """
        return history.answers(self._db)

    def words(self, codes: Iterable[int]) -> dict[int, str]:
        """Give the words that the codes of :meth:`answers` stand for."""
        return find_names(self._db, codes)

    def events(self, among: Iterable[str] | None = None) -> Iterator[Event]:
        """Give every event of the log, or those of the ids ``among``, in order of arrival."""
        if among is None:
            return history.all_events(self._db)
        return history.events_among(self._db, among)

    def ids(self) -> set[str]:
        """Give the ids of all that :meth:`events` gives."""
        return history.all_ids(self._db)

    def unknown_kinds(self) -> dict[str, int]:
        """Count the events of kinds that only a newer version knows; they are kept, and no more."""
        return history.unknown_kinds(self._db)

    def resets(self) -> Iterator[Reset]:
        """Give the resets that stand, by time."""
        return history.standing_resets(self._db)

    def item_of(self, act: Act) -> str | None:
        """Give the item of an act; None of a new rating whose review is not here."""
        return history.item_about(self._db, act)

    # --- the parts ----------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._db.writing():
            self._cache.catch_up()
            yield
            self._cache.settle()

    def _say(self, kind: type[_Said], now: datetime, offset_minutes: int, **about: Any) -> _Said:
        """Append an event that has the last word, though the clock was set back."""
        ms = max(to_ms(now), history.last_word_ms(self._db, kind.kind, about))
        event = kind(**self._stamp(ms), offset_minutes=offset_minutes, **about)
        last = self._last_seq()
        insert_event(self._db, event, Coder(self._db))
        self._cache.refold(after=last)
        return event

    def _stamp(self, ms: int) -> dict[str, Any]:
        """Begin an event that comes after all others of its millisecond."""
        sql = "SELECT max(id) FROM events WHERE time_ms = ? AND id < ?"
        [(last,)] = self._db.rows(sql, (ms, last_id(ms)))
        id_ = id_text(next_id(ms, os.urandom(10), after=last))
        return {"id": id_, "learner": self.learner, "device": self.device, "time": from_ms(ms)}

    def _last_seq(self) -> int:
        return self._db.number("SELECT max(seq) FROM events")

    def _own(self, key: str) -> str:
        """Give the name that the file has for ``key``, made at its first use."""
        sql = "SELECT value FROM meta WHERE key = ?"
        if (found := self._db.row(sql, (key,))) is None:
            with self._db.writing():
                made = os.urandom(8).hex()
                self._db.rows("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", (key, made))
            [found] = self._db.rows(sql, (key,))
        return str(found[0])
