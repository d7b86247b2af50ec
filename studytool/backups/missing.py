"""A log that is gone or empty while backups of it have events: nothing may begin in its place."""

from contextlib import closing
from pathlib import Path

from studytool.backups.copying import open_log
from studytool.backups.folder import FOLDER_NAME
from studytool.backups.restoring import newest_sound
from studytool.backups.verifying import contents
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.sqlite.faults import sqlite_faults


def is_empty(log: Path) -> bool:
    """Tell whether there is no log, or one without a single event.

    Raises:
        StateError: it cannot be read.
    """
    if not has_file(log):
        return True
    with closing(open_log(log)) as connection, sqlite_faults(log):
        return contents(connection).events == 0


def has_file(log: Path) -> bool:
    """Tell whether there is anything at ``log``; a file without a byte is as good as none."""
    return log.exists() and not (log.is_file() and log.stat().st_size == 0)


def refuse_lost_log(home: Path) -> None:
    """Refuse to go on where the log of ``home`` has no event and a sound backup has some.

    Raises:
        StateError: so it is; says how many, how to get them back, and how to begin anew.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if not folder.is_dir() or not is_empty(log):
        return
    try:
        backup, found = newest_sound(folder)
    except StateError:  # nothing that could be got back
        return
    if found.events:
        fields = {"name": backup.name, "events": found.events, "folder": folder}
        raise StateError(Fault.LOG_LOST, path=log, **fields)
