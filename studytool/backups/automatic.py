"""Backups that nobody asks for: when the last one is old and the log has grown since."""

from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from studytool.backups.copying import open_log
from studytool.backups.folder import FOLDER_NAME, TAKEN, Backup, list_backups
from studytool.backups.taking import Taken, take
from studytool.backups.verifying import Contents, contents, glance
from studytool.errors import StateError
from studytool.sqlite.faults import sqlite_faults
from studytool.sqlite.watching import Watch, unwatched

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def back_up_when_due(home: Path, now: datetime, *, after: timedelta = HOUR) -> Taken | None:
    """Back up the log of ``home`` where the last backup is older than ``after``.

    None where it is not, where nothing was reviewed since, or where there is no log.

    Raises:
        StateError: the backup could not be made.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if not log.exists() or not _is_old(folder, now, after) or not _has_grown(log, folder):
        return None
    return take(log, folder, now)


def back_up_as_it_is(home: Path, now: datetime, *, watch: Watch = unwatched) -> Backup | None:
    """Return a backup of all that the log of ``home`` holds: the last one, where it is that.

    None where the log is empty.

    Raises:
        StateError: the backup could not be made.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if _has_grown(log, folder):
        return take(log, folder, now, watch=watch).backup
    with closing(open_log(log)) as live, sqlite_faults(log):
        is_empty = contents(live).events == 0
    return None if is_empty else list_backups(folder, kinds=(TAKEN,))[0]


def _is_old(folder: Path, now: datetime, after: timedelta) -> bool:
    """Tell whether a backup is due; one from the future says that a clock is wrong."""
    newest = next(iter(list_backups(folder, kinds=(TAKEN,))), None)
    return newest is None or not timedelta(0) <= now - newest.taken <= after


def _has_grown(log: Path, folder: Path) -> bool:
    kept: Contents | None = None
    for newest in list_backups(folder, kinds=(TAKEN,))[:1]:
        with suppress(StateError):
            kept = glance(newest.path)
    with closing(open_log(log)) as live, sqlite_faults(log):
        found = contents(live)
    return found.events > 0 and found != kept
