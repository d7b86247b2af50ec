"""A backup made the log, and the old log kept; no start on an empty log while a backup has events.

A sound log is written over by SQLite itself, in one transaction: programs that have it open see
the other content, and none of them can write between the copy of the old and the new. A damaged
one cannot be: its file and its journals are copied aside as they are, and the file is changed
under a lock. A program that opens it meanwhile waits for the lock, sees that its file is no longer
the log, and opens it again. Where there is none, the file appears whole, or is refused because
another program has just made one.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from studytool.backups.copying import (
    Contents,
    contents_of,
    keep_copy,
    open_for_reading,
    open_log,
    verify,
)
from studytool.backups.folder import (
    FOLDER_NAME,
    REPLACED,
    TAKEN,
    Backup,
    alone_in,
    list_backups,
    new_backup,
    writing_to,
)
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.files import durable_file, has_file, leads_nowhere, settle, take_free_name
from studytool.half_written import partial_of
from studytool.settings.own_home import refuse_gone_reviews
from studytool.sqlite.faults import sqlite_faults
from studytool.sqlite.watching import Step, copy_bytes, locked_copy

_JOURNALS = ("-wal", "-journal")
_SHARED_FIRST, _SHARED_BYTES = 0x4000_0002, 510
"""What each program that has a WAL database open holds a lock on. Source: SQLite's os_unix.c."""


def replace_log(log: Path, new: Path, folder: Path, now: datetime) -> Backup | None:
    """Make ``log`` what the sound file ``new`` is; return what it was, None if there was no file.

    Whole or not at all, however it ends. Runs while the caller is alone in ``folder``.

    Raises:
        StateError: another program writes to the log, or the disk refuses; the log is as it was.
    """
    keep_as = new_backup(folder, REPLACED, now)
    was_filled = has_file(log)
    if was_filled:
        try:
            return _write_over(log, new, keep_as)
        except StateError as error:
            if error.fault not in {Fault.DAMAGED, Fault.BACKUP_UNSOUND}:
                raise
    with writing_to(log.parent):
        _change_file(log, new, keep_as, was_filled=was_filled)
    return keep_as if was_filled else None


def _write_over(log: Path, new: Path, keep_as: Backup) -> Backup:
    with (
        closing(open_log(log)) as live,
        closing(open_for_reading(new)) as source,
        sqlite_faults(log),
        _given_up(keep_as.path),
        locked_copy(source, live, Step.REPLACING),
    ):
        keep_copy(log, keep_as)
    return keep_as


def _change_file(log: Path, new: Path, keep_as: Backup, *, was_filled: bool) -> None:
    """Put a file in the place of a damaged log, or where there is none; one just made stays."""
    partial = partial_of(log)
    if leads_nowhere(log):
        log.unlink()
    with _held(log) as old:
        try:
            with _opened(new) as source:
                _copy(source, partial)
            _set_aside(log, old if was_filled else None, keep_as)
            if log.exists() if old is None else old.seek(0, 2) and not was_filled:
                raise FileExistsError(log)
            for end in (*_JOURNALS, "-shm"):  # they belong to the file that they were written for
                _beside(log, end).unlink(missing_ok=True)
            if old is None:
                take_free_name(partial, becomes=log)
                return
            if sys.platform == "win32":
                old.close()  # no open file is replaced there
            settle(partial, becomes=log)
        except FileExistsError as error:
            raise StateError(Fault.LOG_APPEARED, path=log) from error
        finally:
            partial.unlink(missing_ok=True)


def _opened(new: Path) -> BinaryIO:
    try:
        return new.open("rb")
    except FileNotFoundError as error:
        raise StateError(Fault.NO_BACKUP_FILE, path=new) from error


def _set_aside(log: Path, old: BinaryIO | None, keep_as: Backup) -> None:
    journals = [end for end in _JOURNALS if has_file(_beside(log, end))]
    with _given_up(keep_as.path, *(_beside(keep_as.path, end) for end in journals)):
        for end in journals:
            with _beside(log, end).open("rb") as frames:
                _copy_aside(frames, _beside(keep_as.path, end))
        if old is not None:
            _copy_aside(old, keep_as.path)


@contextmanager
def _given_up(*copies: Path) -> Iterator[None]:
    """Delete the copies of what is still in its place, where the block does not end well."""
    try:
        yield
    except BaseException:
        for copy in copies:
            copy.unlink(missing_ok=True)
        raise


def _copy_aside(old: BinaryIO, to: Path) -> None:
    partial = partial_of(to)
    _copy(old, partial)
    settle(partial, becomes=to)


def _copy(source: BinaryIO, to: Path) -> None:
    to.unlink(missing_ok=True)  # a killed program's
    with durable_file(to, private=True) as copy:
        copy_bytes(source, copy, Step.REPLACING)


@contextmanager
def _held(log: Path) -> Iterator[BinaryIO | None]:
    """Return the file, None where there is none; refuse while a program has it open.

    What that program would write then would be lost. Windows refuses by itself to change a file
    that is open. Elsewhere the lock ends when any handle of the file is closed, so that the file
    is read through this one only.
    """
    if not log.exists():
        yield None
        return
    with log.open("r+b") as file:
        if sys.platform != "win32":
            import fcntl  # POSIX only

            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
            except OSError as error:
                raise StateError(Fault.LOCKED, path=log) from error
        yield file


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def find_backup(folder: Path, name: str) -> Path:
    """Find a backup by its name in ``folder``, with or without its ending, or by its path, or raise NotFoundError."""
    names = {backup.path.name: backup.path for backup in list_backups(folder)}
    for known in (name, f"{name}.db"):
        if known in names:
            return names[known]
    if Path(name).is_file():
        return Path(name)
    raise NotFoundError("backup", name, list(names))


def sound_backups(
    folder: Path, kinds: tuple[str, ...] = (TAKEN, REPLACED)
) -> Iterator[tuple[Backup, Contents]]:
    """Return the backups that read back whole and what each holds: kind by kind, latest first."""
    for kind in kinds:
        for backup in list_backups(folder, kinds=(kind,)):
            with suppress(StateError):
                yield backup, verify(backup.path)


def newest_sound(folder: Path) -> tuple[Path, Contents]:
    """Return the newest backup that reads back whole, and what it holds, or raise StateError.

    One of the rotation rather than what a restore replaced, and one with events rather than an
    empty one.
    """
    empty: tuple[Path, Contents] | None = None
    for backup, found in sound_backups(folder):
        if found.events:
            return backup.path, found
        empty = empty or (backup.path, found)
    if empty is None:
        raise StateError(Fault.NO_SOUND_BACKUP, folder=folder)
    return empty


def restore(
    log: Path, backup: Path, folder: Path, now: datetime, *, found: Contents | None = None
) -> Backup | None:
    """Make ``log`` what ``backup`` is; return as what ``folder`` keeps the old one, if there was one.

    A backup that was read through just now, and ``found`` to hold something, is not read again.

    Raises:
        StateError: the backup is not sound, another program writes, or the disk refuses; then
            the log is as it was.
    """
    if found is None:
        verify(backup)
    with alone_in(folder):
        return replace_log(log, backup, folder, now)


def refuse_lost_log(home: Path) -> None:
    """Raise StateError where the log of ``home`` has no event and a sound backup has some, or once it had.

    It says how to get them back, and how to begin anew.
    """
    log, folder = home / "reviews.db", home / FOLDER_NAME
    if leads_nowhere(log):
        raise StateError(Fault.LOG_LINK, path=log, name=log.readlink())
    if contents_of(log).events:
        return
    for backup, found in sound_backups(folder):
        if found.events:
            fields = {"name": backup.path.name, "events": found.events, "folder": folder}
            raise StateError(Fault.LOG_LOST, path=log, **fields)
    refuse_gone_reviews(home)
