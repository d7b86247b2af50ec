"""The review log: the only writer of events, and the source of what is due."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from studytool.review_log import acts
from studytool.review_log.activity import ActivityReader
from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_text
from studytool.review_log.exam_items import ExamItemReader
from studytool.review_log.history import HistoryReader, LogSoFar
from studytool.review_log.items import ItemReader, register_pack
from studytool.review_log.log_writer import LogWriter
from studytool.review_log.machine import LogPlace
from studytool.review_log.moves import pending_renames
from studytool.review_log.queue import QueueReader
from studytool.review_log.retracting import RETRACTABLE, count_held, find_brought
from studytool.review_log.rows import WordRow, raw_id
from studytool.review_log.set_aside import check_names
from studytool.review_log.shared_settings import SharedSettingsReader
from studytool.review_log.study_days import UTC_DAYS, StudyDays
from studytool.srs.memory import Memory, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.review_log.events import Act, Event

_EVER = 1 << 62
_LAST_LEARNER = "SELECT name FROM events JOIN names ON code = learner ORDER BY seq DESC LIMIT 1"


class ReviewLog(
    LogWriter,
    QueueReader,
    ItemReader,
    ExamItemReader,
    HistoryReader,
    ActivityReader,
    SharedSettingsReader,
):
    """One learner's reviews on one device, in one SQLite file; for one thread at a time.

    What a method wrote is durable when it returns; ``held`` is how many events of the last import
    are here and count no more, by a retraction.
    Several programs may have the file open: each sees what the others wrote. Every method raises
    :class:`studytool.errors.StateError` where the file is locked, damaged, read-only or the disk
    full; then nothing of that call was written, and everything before it was.
    """

    held: int = 0

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        policy: Policy | None = None,
        days: StudyDays = UTC_DAYS,
        busy_seconds: float = 5.0,
    ) -> Self:
        """Open the log at ``path``, or make it; its folder must exist.

        The cached fold is made again where it is missing, stale or of another policy: about 4 s
        for a million reviews.

        Args:
            path: of ``reviews.db``.
            policy: put in force for every program that has the log open.
            days: the learner's study days, which say what is due and of which day an event is. The
                events of a log that has no days yet get theirs by the hour at which these start.
            busy_seconds: how long to wait while another program writes.

        Raises:
            StateError: locked, damaged, read-only, newer, or a folder; says what to do.
        """
        db = Database(path, busy_seconds=busy_seconds, day_start_hour=days.start_hour)
        log = cls(db, policy or Policy(), days)
        try:
            check_names(db)
            log._cache.adopt_policy()
            log._become_a_device()
            log.learner, log.device = log._own("learner"), log._own("device")
        except BaseException:
            log.close()
            raise
        return log

    def adopt_policy(self, policy: Policy) -> None:
        """Put another policy in force, for every program that has the log open."""
        self._cache.adopt_policy(policy)

    def compare(self) -> bool:
        """Fold all again where a bit has changed what was made of the events; tell whether none has.

        It takes half a second for a million reviews; where one has, packs are to be registered again.
        """
        as_made = self._db.compare()
        self._cache.look()
        return as_made

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def import_events(
        self,
        events: "Iterable[Event | WordRow]",
        now: datetime,
        *,
        offset_minutes: int = 0,
        before_first: Callable[[], object] = lambda: None,
        compared: bool = True,
    ) -> int:
        """Absorb ``events`` as an act that undo takes back; return how many were new or count again."""
        from studytool.review_log.events import Import  # late: home reads no event

        read = bytearray()  # 16 bytes each: a million are no burden

        def noted() -> "Iterator[Event | WordRow]":
            for event in events:
                read.extend(raw_id(event))
                yield event

        with self.at_once():
            last = self._last_seq()
            self.absorb(noted(), before_first=before_first, compared=compared)
            brought = find_brought(self._db, read, after=last, known=self.twofold)
            if brought:
                self.append(Import, now, offset_minutes=offset_minutes, ids=brought)
            self.held = count_held(self._db, read)
        return len(brought)

    def retract(
        self,
        now: datetime,
        *,
        offset_minutes: int = 0,
        device: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> int:
        """Let the events of a device, or of any, from an instant on until another count no more; return how many."""
        from studytool.review_log.events import Retraction  # late: home reads no event

        edges = (0 if since is None else to_ms(since), _EVER if until is None else to_ms(until))
        with self.at_once():
            ids = tuple(id_text(id_) for (id_,) in self._db.rows(RETRACTABLE, (*edges, device)))
            if ids:
                self.append(Retraction, now, offset_minutes=offset_minutes, ids=ids)
        return len(ids)

    def register(
        self, pack: str, listed: Iterable[tuple[str, str, int]], *, digest: str = ""
    ) -> None:
        """Register the items of ``pack``, each as (item, concept, position).

        Items no longer listed are not asked; their reviews stay. An empty list removes the pack.
        """
        with self.at_once():
            register_pack(self._db, pack, listed, digest=digest)
            self._cache.relist()

    def follow_renames(
        self, renames: Mapping[str, str], now: datetime, *, offset_minutes: int = 0
    ) -> None:
        """Write that history follows ``renames``, old id to new, where there is any and no event says so."""
        if not pending_renames(self._db, renames):
            return
        from studytool.review_log.events import Rename  # late: home reads no event

        with self.at_once():
            for old, new in pending_renames(self._db, renames):
                self.append(Rename, now, offset_minutes=offset_minutes, item=old, to=new)

    def last_place(self) -> int:
        """Return the place of the last event in the log, which any new event is behind.

        What is read then has it folded in, even where the program that wrote it was ended.
        """
        return self._cache.look()

    def so_far(self) -> LogSoFar:
        """Return what the log has now, to ask while more is appended."""
        return LogSoFar(self._db)

    def state(self, item: str) -> Memory:
        """Return an item's memory; a new one where it was never reviewed, or reset."""
        return self._cache.memory(item)

    def preview(self, item: str, now: datetime) -> dict[Rating, timedelta]:
        """Return how long after ``now`` an item would fall due under each rating given then.

        Whole days where it is due from the start of a later study day: one day is tomorrow. Nothing
        where the item would stay new: its reset is of a later instant.
        """
        today = self.days.of(now)
        outlook = self._cache.outlook(item, ms=to_ms(now), day=today)
        return {rating: self._interval(after, now, today) for rating, after in outlook.items()}

    def item_of(self, act: "Act") -> str | None:
        """Return the item of an act; None of a vacation or where its review is not here."""
        return acts.item_of(self._db, act)

    def _interval(self, after: Memory, now: datetime, today: int) -> timedelta:
        if after.due_day is not None:
            return timedelta(days=after.due_day - today)
        if after.due is None:
            return timedelta()
        return self.days.until(after.due, now)

    def _become_a_device(self) -> None:
        """Take another device id where the log is a copy of another one."""
        here = LogPlace.of(self._db.path)
        row = self._db.row("SELECT value FROM meta WHERE key = 'place'")
        if row == (here.written(),):
            return
        before = None if row is None else LogPlace.read(row[0])
        device = self._db.row("SELECT value FROM meta WHERE key = 'device'")
        copied = before is not None and device is not None and here.is_copy_of(before, device[0])
        with self._db.writing():
            if self._db.row("SELECT value FROM meta WHERE key = 'place'") != row:
                return  # another program was quicker
            self._db.rows("INSERT OR REPLACE INTO meta VALUES ('place', ?)", (here.written(),))
            if copied:
                self._db.rows("DELETE FROM meta WHERE key = 'device'")

    def _own(self, key: str) -> str:
        """Return the name that the file has for ``key``, made at its first use."""
        sql = "SELECT value FROM meta WHERE key = ?"
        if (found := self._db.row(sql, (key,))) is None:
            with self._db.writing():
                # A file whose learner a damaged bit has taken is of who wrote its last event.
                last = self._db.row(_LAST_LEARNER) if key == "learner" else None
                made = str(last[0]) if last else os.urandom(8).hex()
                self._db.rows("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO NOTHING", (key, made))
            [found] = self._db.rows(sql, (key,))
        return str(found[0])
