"""Take a backup, when asked or when one is due, and delete what the rotation no longer keeps."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from studytool.backups.copying import contents_of, keep_copy
from studytool.backups.folder import (
    FOLDER_NAME,
    TAKEN,
    Backup,
    alone_in,
    list_backups,
    new_backup,
    writing_to,
)
from studytool.backups.rotation import kept, lacks
from studytool.backups.verifying import Contents, glance
from studytool.errors import StateError

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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
    """Back up the log of ``home`` where the last backup is older than ``after``, or of the future.

    None where it is not, where nothing was reviewed since, or where there is no log.

    Raises:
        StateError: the backup could not be made.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    newest = _newest(folder)
    if newest is not None and timedelta(0) <= now - newest.taken <= after:
        return None
    found = contents_of(log)
    return take(log, folder, now) if found.events and not _is_of(newest, found) else None


def back_up_as_it_is(home: Path, now: datetime) -> Backup | None:
    """Return a backup of all that the log of ``home`` holds: the last one, where it is that.

    None where the log is empty.

    Raises:
        StateError: the backup could not be made.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    newest, found = _newest(folder), contents_of(log)
    if not found.events or _is_of(newest, found):
        return newest if found.events else None
    return take(log, folder, now).backup


def _newest(folder: Path) -> Backup | None:
    return next(iter(list_backups(folder, kinds=(TAKEN,))), None)


def _is_of(backup: Backup | None, found: Contents) -> bool:
    """Tell whether a backup is of a log with these contents; not where it cannot be read."""
    with suppress(StateError):
        return backup is not None and glance(backup.path) == found
    return False
