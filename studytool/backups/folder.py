"""The folder of backups: the names of its files, their list, and its lock."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER
from studytool.half_written import clear_partials
from studytool.reasons import reason
from studytool.sqlite.connection import connect
from studytool.sqlite.faults import BusyError, SqliteError, sqlite_reason

FOLDER_NAME = "backups"
TAKEN, REPLACED = "reviews", "replaced"
"""The kinds: taken of the log as it stood, and what a restore or a repair put something else for."""

_NAME = re.compile(rf"({TAKEN}|{REPLACED})-(\d{{8}}T\d{{9}})Z\.db")
_INSTANT = "%Y%m%dT%H%M%S%f"
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """One file of the folder; ``taken`` is the instant in its name, to the millisecond."""

    path: Path
    kind: str
    taken: datetime


def list_backups(folder: Path, *, kinds: tuple[str, ...] = (TAKEN, REPLACED)) -> list[Backup]:
    """Return the backups of these kinds, latest first; none where there is no folder.

    Raises:
        StateError: the folder cannot be read.
    """
    found = []
    try:
        with suppress(FileNotFoundError, NotADirectoryError):
            for path in folder.iterdir():
                backup = read_name(path)
                if backup is not None and backup.kind in kinds:
                    found.append(backup)
    except OSError as error:
        raise StateError(Fault.BACKUPS_UNREADABLE, path=folder, why=reason(error)) from error
    return sorted(found, key=lambda backup: (backup.taken, backup.kind), reverse=True)


def read_name(path: Path) -> Backup | None:
    """Read what a file's name says; None where it is no backup's.

    >>> read_name(Path("reviews-20261125T114203123Z.db")).taken.isoformat()
    '2026-11-25T11:42:03.123000+00:00'
    """
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        taken = datetime.strptime(match[2], _INSTANT).replace(tzinfo=UTC)
    except ValueError:  # a 13th month
        return None
    return Backup(path, match[1], taken)


def new_backup(folder: Path, kind: str, now: datetime) -> Backup:
    """Name a backup of ``now``, or of the first millisecond after it that is free."""
    taken = now.astimezone(UTC)
    taken -= timedelta(microseconds=taken.microsecond % 1000)
    while (path := folder / f"{kind}-{taken.strftime(_INSTANT)[:-3]}Z.db").exists():
        taken += _MILLISECOND
    return Backup(path, kind, taken)


@contextmanager
def alone_in(folder: Path, *, busy_seconds: float = 10.0) -> Iterator[None]:
    """Make the folder if need be, and keep other programs out of it while the block runs.

    The lock is SQLite's on a file of its own: the system lets go of it when a program is killed.

    Raises:
        StateError: the folder cannot be made or written, or another program does not finish.
    """
    with writing_to(folder):
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        lock = connect(folder / ".lock")
    with closing(lock):
        with writing_to(folder):
            lock.set_busy_timeout(round(busy_seconds * 1000))
            lock.execute("BEGIN EXCLUSIVE")
            clear_partials(folder)
        try:
            yield
        finally:
            with suppress(OSError):  # what failed says more than what could not be tidied up
                clear_partials(folder)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn every failure of the block into the fault that ``path`` cannot be written."""
    try:
        yield
    except BusyError as error:
        raise StateError(Fault.BACKUPS_BUSY, path=path) from error
    except OSError as error:
        raise StateError(Fault.BACKUP_UNWRITABLE, path=path, why=reason(error)) from error
    except SqliteError as error:
        raise StateError(Fault.BACKUP_UNWRITABLE, path=path, why=sqlite_reason(error)) from error
