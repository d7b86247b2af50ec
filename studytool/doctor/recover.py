"""Recover a damaged log: the rows that can still be read, and those of the newest sound backup.

Since events are only ever appended, every whole row found anywhere in the file is true; a union
by id is the log. A row whose seal is wrong is no event; its true one may be in any backup. Of an event
that both have, in other words, a damaged log's is set aside: the backup is known to be whole. Where both
are, the one is kept that every device keeps.
"""

from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytool.backups.copying import Contents, opened_backup, verify
from studytool.backups.folder import Backup, alone_in, writing_to
from studytool.backups.restoring import replace_log, sound_backups
from studytool.doctor.page_events import EventReading, append_rows, indexed_ids, read_names
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.half_written import partial_of
from studytool.review_log.absorbing import find_twofold, set_aside_theirs, settle_twofold
from studytool.review_log.damage import DamagedEvent, damaged_names
from studytool.review_log.database import Database
from studytool.review_log.fold_cache import FoldCache
from studytool.review_log.rows import with_words
from studytool.review_log.schema import PARTS
from studytool.review_log.set_aside import check_events, keep_damaged, read_set_aside, twofold_ids
from studytool.sqlite.connection import Row
from studytool.sqlite.pages import Pages, opened_pages
from studytool.sqlite.watching import Step, copy_bytes, watched
from studytool.srs.policy import Policy

_INDEXES = [name for name, sql in PARTS.items() if " ON events(" in sql and "INDEX" in sql]


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """The result of a recovery.

    Attributes:
        events: in the new log.
        from_backup: of them, how many the newest sound backup gave.
        unreadable: rows that were found and could not be understood.
        replaced: the damaged file, kept.
    """

    events: int
    from_backup: int
    unreadable: int
    replaced: Backup | None


def recover(
    log: Path,
    folder: Path,
    now: datetime,
    *,
    backup: Path | None = None,
    is_sound: bool = False,
    day_start_hour: int = 0,
) -> RecoveryReport:
    """Put a log of all readable events in the place of a damaged one, which is kept in ``folder``.

    Args:
        log: damaged, or sound and without some events of ``backup``.
        folder: of the backups.
        now: names the copy of what was there.
        backup: whose events are added; the newest sound one where none is given.
        is_sound: whether the log is: then it is believed no less than the backup.
        day_start_hour: of the learner's days, for events of a version that stored none.

    Raises:
        StateError: nothing at all could be read, another program has the log open, or the disk
            refuses; then the log is as it was.
    """
    with alone_in(folder):
        new = folder / partial_of(log).name
        backups = _bases(folder, first=backup)
        for first, _ in backups[:1]:
            with writing_to(folder), first.open("rb") as source, new.open("wb") as copy:
                copy_bytes(source, copy, Step.COPYING)
        database = Database(new, day_start_hour=day_start_hour)
        with closing(database) as db, opened_pages(log) as pages:
            db.rows("PRAGMA journal_mode = DELETE")
            db.rows("PRAGMA synchronous = OFF")  # it is not the log yet
            check_events(db)  # of the backup
            with watched(db.connection, Step.READING_EVENTS), db.writing():
                others = [path for path, _ in backups[1:]]
                damaged, otherwise = _append_rows(db, pages, others, day_start_hour)
                keep_damaged(db, [*damaged, *_set_aside_before(log)])
                _settle(db, otherwise, is_sound=is_sound)
            with watched(db.connection, Step.FOLDING):
                FoldCache(db, Policy()).rebuild()
        events, base = verify(new).events, sum(found.events for _, found in backups[:1])
        if not events:
            raise StateError(Fault.NOTHING_READABLE, path=log)
        replaced = replace_log(log, new, folder, now)
        return RecoveryReport(events, base, len(damaged), replaced)


def _bases(folder: Path, *, first: Path | None) -> list[tuple[Path, Contents]]:
    """Return the sound backups whose names are true: ``first``, then those with events, latest first.

    Raises:
        StateError: the first one is not sound.
    """
    if first is not None:
        others = [one for one in _bases(folder, first=None) if one[0] != first]
        return [(first, verify(first)), *others]
    found: list[tuple[Path, Contents]] = []
    for backup, held in sound_backups(folder):
        with suppress(StateError), opened_backup(backup.path) as connection:
            if not damaged_names(connection):
                found.append((backup.path, held))
    return sorted(found, key=lambda one: not one[1].events)


def _set_aside_before(log: Path) -> list[DamagedEvent]:
    """Return what a log had set aside, as far as it can be read."""
    with suppress(StateError), opened_backup(log) as connection:
        return read_set_aside(connection)
    return []


def _append_rows(
    db: Database, pages: Pages, others: Iterable[Path], day_start_hour: int
) -> tuple[list[DamagedEvent], list[Row]]:
    """Append the rows of a damaged log; return what no other backup put right, and what the new one has otherwise."""
    with db.writing(), db.without(_INDEXES):  # quicker made anew than kept in step
        how = EventReading(*read_names(db, pages), day_start_hour)
        damaged, otherwise = append_rows(db, pages, how)
        places = {one.place for one in damaged}
        damaged += [
            DamagedEvent(place, id_, "{}")
            for id_, place in indexed_ids(pages).items()
            if place not in places
        ]
        for other in others:
            if damaged := _missing(db, damaged):
                with opened_pages(other) as older:
                    how = EventReading(*read_names(db, older), day_start_hour)
                    append_rows(db, older, how, wanted=damaged)
        return _missing(db, damaged), otherwise


def _settle(db: Database, otherwise: list[Row], *, is_sound: bool) -> None:
    """Keep of each event what every device keeps; of a damaged log's, only where that was settled before."""
    found = find_twofold(db, [*with_words(db, iter(otherwise))])
    settled = {*twofold_ids(db.connection)}
    settle_twofold(db, [one for one in found if is_sound or one.ours.id in settled])
    set_aside_theirs(db, [] if is_sound else [one for one in found if one.ours.id not in settled])


def _missing(db: Database, damaged: Iterable[DamagedEvent]) -> list[DamagedEvent]:
    """Return those events that the new log has neither by their id nor at their place."""
    sql = "SELECT 1 FROM events WHERE id = ? OR seq = ?"
    return [one for one in damaged if db.row(sql, (one.id, one.place)) is None]
