"""What a log is asked: what comes next, how items stand, what was done."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from studytool.review_log import activity, history, queue
from studytool.review_log.database import Database
from studytool.review_log.events import Act, Activity, Counts, Event, Reset, Review
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.item_statuses import ItemStatus, item_statuses
from studytool.review_log.names import find_names
from studytool.review_log.registry import read_registrations
from studytool.review_log.study_days import StudyDay
from studytool.srs.memory import Memory, from_ms, to_ms
from studytool.srs.rating import Rating


class LogReader:
    """The reading half of :class:`studytool.review_log.log.ReviewLog`; nothing here writes."""

    def __init__(self, db: Database, cache: FoldCache) -> None:
        self._db = db
        self._cache = cache

    # --- what comes next ----------------------------------------------------------------------

    def registrations(self) -> dict[str, str]:
        """Return each registered pack's digest; empty after the cached tables were lost."""
        return read_registrations(self._db)

    def counts(
        self, now: datetime, *, resting: Collection[str] = (), count_new: bool = True
    ) -> dict[str, Counts]:
        """Count each registered pack's items; those of ``resting`` are neither due nor new.

        New items are 0 without ``count_new``: a count of very many takes its time.
        """
        return queue.count_items(self._db, to_ms(now), resting=resting, count_new=count_new)

    def within(self, packs: Sequence[str] = (), concept: str | None = None) -> queue.QueueSlice:
        """Return what waits in ``packs`` (all when empty), about ``concept`` if one is named."""
        return queue.QueueSlice(self._db, packs, concept)

    def seen_since(self, instant: datetime) -> list[queue.PastReview]:
        """Return the standing reviews at ``instant`` or later."""
        return queue.seen_since(self._db, to_ms(instant))

    def unlearned_concepts(self, pack: str, concepts: Iterable[str]) -> set[str]:
        """Return those of ``concepts`` that have items which are new or in their first steps."""
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
        """Return items due: those in learning steps first, then reviews, each by due time.

        ``packs`` empty means all. ``ahead`` adds what of the steps falls due so soon after, but no
        item at rest.
        """
        within, ms = self.within(packs, concept), to_ms(now)
        found = within.in_steps(ms, limit, ahead_ms=ahead // timedelta(milliseconds=1))
        left = None if limit is None else limit - len(found)
        found += within.reviews(ms, left, order="due")
        return [waiting.item for waiting in found]

    def new(
        self,
        now: datetime,
        *,
        packs: Sequence[str] = (),
        concept: str | None = None,
        limit: int | None = None,
    ) -> list[str]:
        """Return items that are new: pack by pack as named (all: by name), in position order."""
        return [waiting.item for waiting in self.within(packs, concept).new(to_ms(now), limit)]

    def next_due(
        self, *, after: datetime, packs: Sequence[str] = (), concept: str | None = None
    ) -> datetime | None:
        """Return the first instant after ``after`` at which an item falls due."""
        ms = self.within(packs, concept).next_due_ms(to_ms(after))
        return None if ms is None else from_ms(ms)

    def forecast(
        self, now: datetime, *, days: int, offset_minutes: int = 0, day_start_hour: int = 0
    ) -> list[int]:
        """Count what falls due on each of ``days`` study days, today (with all overdue) first."""
        day = StudyDay(offset_minutes, day_start_hour)
        return queue.forecast(self._db, to_ms(now), days=days, day=day)

    def state(self, item: str) -> Memory:
        """Return an item's memory; a new one where it was never reviewed, or reset."""
        return self._cache.memory(item)

    def memories(self) -> Iterator[tuple[Any, ...]]:
        """Return every listed item that was reviewed and is not suspended, as a row of numbers.

        Its name; the columns of :class:`studytool.srs.memories.Memories`; by how many ms vacations
        put its due date off; the instant in ms before which it is not asked.
        """
        return history.reviewed_items(self._db)

    def preview(self, item: str, now: datetime) -> dict[Rating, datetime]:
        """Return the instant at which an item would fall due under each rating given ``now``.

        That is ``now`` itself where the item would stay new: its reset is of a later instant.
        """
        outlook = self._cache.outlook(item, ms=to_ms(now))
        return {rating: memory.due or now for rating, memory in outlook.items()}

    def statuses(
        self, packs: Collection[str] = (), *, items: Collection[str] | None = None
    ) -> Iterator[ItemStatus]:
        """Return how items stand, pack by pack: all that ``packs`` list (any, when empty).

        Or those of ``items`` that are known, though no installed pack lists them any more.
        """
        return item_statuses(self._db, packs, items)

    def suspended(self) -> list[str]:
        """Return the suspended items, by name."""
        return queue.list_suspended(self._db)

    def flagged(self) -> list[str]:
        """Return the flagged items, by name."""
        return queue.list_flagged(self._db)

    # --- what was done ------------------------------------------------------------------------

    def last_reviews(self, *, item: str | None = None, limit: int = 10) -> list[Review]:
        """Return standing reviews, latest first; of one item or of all."""
        return history.last_reviews(self._db, item=item, limit=limit)

    def new_since(self, instant: datetime) -> int:
        """Count the items whose first standing review since a reset was at ``instant`` or later."""
        return self._db.number("SELECT count(*) FROM items WHERE first_ms >= ?", (to_ms(instant),))

    def reviews_since(self, instant: datetime) -> Activity:
        """Count standing reviews at ``instant`` or later by outcome and rating."""
        return activity.activity_since(self._db, to_ms(instant))

    def review_days(self, *, day_start_hour: int = 0) -> Iterator[date]:
        """Return study days with reviews, latest first, looked up one at a time as they are taken.

        A review counts for the day that it was by the learner's clock of that moment.
        """
        return activity.review_days(self._db, start_hour=day_start_hour)

    def streak_days(
        self, now: datetime, *, offset_minutes: int = 0, day_start_hour: int = 0
    ) -> int:
        """Count study days in a row with reviews, up to today, or to yesterday if none yet today."""
        today = StudyDay(offset_minutes, day_start_hour).date_of(now)
        return activity.streak_days(self._db, today, start_hour=day_start_hour)

    def matured_since(self, instant: datetime) -> int:
        """Count reviews at ``instant`` or later of items that were in the review stage."""
        return activity.matured_since(self._db, to_ms(instant))

    def retention(self, since: datetime) -> float | None:
        """Return the share recalled of reviews of mature items since an instant.

        Mature: in the review stage before the review. None where there were none.
        """
        return activity.retention(self._db, to_ms(since))

    def answered(self) -> Iterator[tuple[Review, float | None]]:
        """Return each standing review by time, with the chance of recall predicted just before.

        None where the item was not mature: not in the review stage.
        """
        return history.answered(self._db)

    def answers(self) -> Iterator[tuple[Any, ...]]:
        """Return each standing review by time, as the numbers that figures are made of.

        That is (item, time in ms, offset in minutes, whether it was marked right, rating as FSRS
        numbers it, misconception or 0, confidence, duration in ms, chance of recall predicted just
        before), None as in :meth:`answered`; item and misconception as codes of :meth:`words`.
        """
        return history.answers(self._db)

    def words(self, codes: Iterable[int]) -> dict[int, str]:
        """Return the words that the codes of :meth:`answers` stand for."""
        return find_names(self._db, codes)

    def events(self, among: Iterable[str] | None = None) -> Iterator[Event]:
        """Return every event of the log, or those of the ids ``among``, in order of arrival."""
        if among is None:
            return history.all_events(self._db)
        return history.events_among(self._db, among)

    def ids(self) -> set[str]:
        """Return the ids of all that :meth:`events` gives."""
        return history.all_ids(self._db)

    def unknown_kinds(self) -> dict[str, int]:
        """Count the events of kinds that only a newer version knows; they are kept, and no more."""
        return history.unknown_kinds(self._db)

    def resets(self) -> Iterator[Reset]:
        """Return the resets that stand, by time."""
        return history.standing_resets(self._db)

    def item_of(self, act: Act) -> str | None:
        """Return the item of an act; None of a new rating whose review is not here."""
        return history.item_about(self._db, act)
