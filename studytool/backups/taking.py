"""Backups taken when asked or when due, listed, and rotated: the latest of each hour, day, week and month stays.

A backup with events that no later one has is kept too: events are only appended, so somewhere the
log lost them.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studytool.backups.copying import Contents, contents_of, glance, keep_copy, open_for_reading
from studytool.backups.folder import (
    FOLDER_NAME,
    TAKEN,
    Backup,
    alone_in,
    list_backups,
    new_backup,
    writing_to,
)
from studytool.errors import StateError
from studytool.sqlite.faults import SqliteError

_LACKS = """
SELECT EXISTS (SELECT 1 FROM (SELECT id FROM earlier.events ORDER BY seq DESC LIMIT ?) e
    WHERE NOT EXISTS (SELECT 1 FROM main.events n WHERE n.id = e.id))
"""
_ALL = -1
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RotationRule:
    """Keep the latest of each of the last ``periods`` periods that have any."""

    periods: int
    period_of: Callable[[datetime], Hashable]


HOURLY = RotationRule(24, lambda instant: (instant.date(), instant.hour))
DAILY = RotationRule(14, lambda instant: instant.date())
WEEKLY = RotationRule(8, lambda instant: instant.isocalendar()[:2])
MONTHLY = RotationRule(24, lambda instant: (instant.year, instant.month))
RULES = (HOURLY, DAILY, WEEKLY, MONTHLY)


def kept(instants: Iterable[datetime], rules: Sequence[RotationRule] = RULES) -> set[datetime]:
    """Return the instants to keep, by periods of UTC: at most the sum of the rules' periods.

    Periods without a backup do not count, so that a long pause deletes nothing.
    """
    latest_first = sorted(instants, reverse=True)
    keep: set[datetime] = set()
    for rule in rules:
        latest: dict[Hashable, datetime] = {}
        for instant in latest_first:
            latest.setdefault(rule.period_of(instant.astimezone(UTC)), instant)
        keep.update(list(latest.values())[: rule.periods])
    return keep


def holding_more(backups: Sequence[Backup]) -> list[Backup]:
    """Return those of ``backups``, latest first, whose last event no later one has."""
    return [
        old
        for k, old in enumerate(backups)
        if k and all(lacks(later.path, old.path, last=1) for later in backups[:k])
    ]


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup as it is listed.

    Attributes:
        events: how many it has, None where it cannot be read.
        holds_more: whether it has events that no later backup has, so that it is not deleted.
    """

    backup: Backup
    events: int | None
    size_bytes: int
    holds_more: bool


def describe_backups(folder: Path) -> list[ListedBackup]:
    """List the backups in ``folder``, latest first; not what another program takes away meanwhile."""
    more, listed = holding_more(list_backups(folder, kinds=(TAKEN,))), []
    for backup in list_backups(folder):
        with suppress(FileNotFoundError):
            size, events = backup.path.stat().st_size, None
            with suppress(StateError):  # nobody knows what is in it
                events = glance(backup.path).events
            holds_more = events is not None and backup in more
            listed.append(ListedBackup(backup, events, size, holds_more))
    return listed


def lacks(later: Path, earlier: Path, *, last: int = _ALL) -> bool:
    """Tell whether a log lacks any of the ``last`` events of another, or that cannot be known."""
    try:
        with closing(open_for_reading(later)) as connection:
            connection.execute("ATTACH ? AS earlier", (earlier.absolute().as_uri(),))
            return bool(connection.execute(_LACKS, (last,)).get)
    except (SqliteError, StateError):
        return True


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was made, what it holds, and what became of the older ones.

    Attributes:
        deleted: by the rotation.
        spared: the rotation's too, but with events that are in no later one.
    """

    backup: Backup
    contents: Contents
    deleted: tuple[Backup, ...]
    spared: tuple[Backup, ...] = ()


def take(log: Path, folder: Path, now: datetime, *, busy_seconds: float = 10.0) -> BackupReport:
    """Back ``log`` up into ``folder``, durably and read back, then rotate.

    Raises:
        StateError: the log cannot be read or the folder not be written; earlier backups stay.
    """
    with alone_in(folder, busy_seconds=busy_seconds):
        backup = new_backup(folder, TAKEN, now)
        found = keep_copy(log, backup)
        deleted, spared = _rotate(folder, spare=backup)
        return BackupReport(backup, found, tuple(deleted), tuple(spared))


def _rotate(folder: Path, *, spare: Backup) -> tuple[list[Backup], list[Backup]]:
    """Delete what the rules do not keep; return that, and what has to stay all the same.

    Never ``spare``, which a clock set back would let look old; what a restore replaced is not
    counted and not deleted. What has events that no other backup has, each looked up, stays:
    events are only appended, so somewhere the log lost them. So does what cannot be read.
    """
    backups = list_backups(folder, kinds=(TAKEN,))
    keep = kept(backup.taken for backup in backups)
    surplus = [old for old in backups if old.taken not in keep and old != spare]
    stays = [spare, *(old for old in backups if old not in surplus and old != spare)]
    deleted: list[Backup] = []
    for old in surplus:
        is_unique = all(lacks(other.path, old.path) for other in stays)
        (stays if is_unique else deleted).append(old)
    with writing_to(folder):
        for old in deleted:
            old.path.unlink(missing_ok=True)
    return deleted, [old for old in surplus if old in stays]


def back_up_when_due(home: Path, now: datetime, *, after: timedelta = HOUR) -> BackupReport | None:
    """Back up the log of ``home`` where the last backup is older than ``after``, or of the future, or raise StateError.

    None where it is not, where nothing was reviewed since, or where there is no log.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    newest = _newest(folder)
    if newest is not None and timedelta(0) <= now - newest.taken <= after:
        return None
    found = contents_of(log)
    return take(log, folder, now) if found.events and not _is_of(newest, found) else None


def back_up_as_it_is(home: Path, now: datetime) -> Backup | None:
    """Return a backup of all that the log of ``home`` holds, the last one where it is that, or raise StateError.

    None where the log is empty.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    newest, found = _newest(folder), contents_of(log)
    if not found.events:
        return None
    return newest if _is_of(newest, found) else take(log, folder, now).backup


def _newest(folder: Path) -> Backup | None:
    return next(iter(list_backups(folder, kinds=(TAKEN,))), None)


def _is_of(backup: Backup | None, found: Contents) -> bool:
    """Tell whether a backup is of a log with these contents; not where it cannot be read."""
    with suppress(StateError):
        return backup is not None and glance(backup.path) == found
    return False
