"""Replace the log with another file, and keep the old log in the folder of backups.

A sound log is written over by SQLite itself, in one transaction: programs that have it open see
the other content, and none of them can write between the copy of the old and the new. A damaged
one cannot be: its file and its journals are copied aside as they are, and the file is changed
under a lock. A program that opens it meanwhile waits for the lock, sees that its file is no longer
the log, and opens it again. Where there is none, the file appears whole, or is refused because
another program has just made one.
"""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from studytool.backups.copying import keep_copy, open_log
from studytool.backups.folder import (
    REPLACED,
    Backup,
    new_backup,
    partial_of,
    writing_to,
)
from studytool.backups.verifying import open_for_reading, passing_over_damage
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import durable_file, settle, take_free_name
from studytool.sqlite.faults import sqlite_faults
from studytool.sqlite.watching import Step, Watch, copy_bytes, locked_copy, unwatched

_JOURNALS = ("-wal", "-journal")
_SHARED_FIRST, _SHARED_BYTES = 0x4000_0002, 510
"""What each program that has a WAL database open holds a lock on. Source: SQLite's os_unix.c."""


def replace_log(
    log: Path, new: Path, folder: Path, now: datetime, *, watch: Watch = unwatched
) -> Backup | None:
    """Make ``log`` what the sound file ``new`` is; return what it was, None if there was no file.

    Whole or not at all, however it ends. Runs while the caller is alone in ``folder``.

    Raises:
        StateError: another program writes to the log, or the disk refuses; the log is as it was.
    """
    keep_as = new_backup(folder, REPLACED, now)
    if not _is_filled(log):
        with writing_to(log.parent):
            _put_where_none_is(log, new, keep_as, watch)
        return None
    with passing_over_damage():
        return _write_over(log, new, keep_as, watch)
    with writing_to(log.parent), _held(log) as old:
        _change_file(log, old, new, keep_as=keep_as, watch=watch)
    return keep_as


def _write_over(log: Path, new: Path, keep_as: Backup, watch: Watch) -> Backup:
    with (
        closing(open_log(log)) as live,
        closing(open_for_reading(new)) as source,
        sqlite_faults(log),
        _given_up(keep_as.path),
        locked_copy(source, live, watch, Step.REPLACING),
    ):
        keep_copy(log, keep_as, watch=watch)
    return keep_as


def _put_where_none_is(log: Path, new: Path, keep_as: Backup, watch: Watch) -> None:
    """Put a file where there is no log, or an empty file; a log that others made stays."""
    partial = partial_of(log)
    try:
        with new.open("rb") as source:
            _copy(source, partial, watch)
        _set_aside(log, None, keep_as, watch)
        if log.exists():
            with _held(log) as empty:
                if empty.seek(0, 2):
                    raise StateError(Fault.LOG_APPEARED, path=log)
                log.unlink()
        _forget_journals(log)
        try:
            take_free_name(partial, becomes=log)
        except FileExistsError as error:
            raise StateError(Fault.LOG_APPEARED, path=log) from error
    finally:
        partial.unlink(missing_ok=True)


def _forget_journals(log: Path) -> None:
    """Delete journals: they belong to the file that they were written for."""
    for end in (*_JOURNALS, "-shm"):
        _beside(log, end).unlink(missing_ok=True)


def _change_file(log: Path, held: BinaryIO, new: Path, *, keep_as: Backup, watch: Watch) -> None:
    partial = partial_of(log)
    try:
        with new.open("rb") as source:
            _copy(source, partial, watch)
        _set_aside(log, held, keep_as, watch)
        _forget_journals(log)
        if sys.platform == "win32":
            held.close()  # no open file is replaced there
        settle(partial, becomes=log)
    finally:
        partial.unlink(missing_ok=True)


def _set_aside(log: Path, old: BinaryIO | None, keep_as: Backup, watch: Watch) -> None:
    journals = [end for end in _JOURNALS if _is_filled(_beside(log, end))]
    with _given_up(keep_as.path, *(_beside(keep_as.path, end) for end in journals)):
        for end in journals:
            with _beside(log, end).open("rb") as frames:
                _copy_aside(frames, _beside(keep_as.path, end), watch)
        if old is not None:
            _copy_aside(old, keep_as.path, watch)


@contextmanager
def _given_up(*copies: Path) -> Iterator[None]:
    """Delete the copies of what is still in its place, where the block does not end well."""
    try:
        yield
    except BaseException:
        for copy in copies:
            copy.unlink(missing_ok=True)
        raise


def _copy_aside(old: BinaryIO, to: Path, watch: Watch) -> None:
    partial = partial_of(to)
    _copy(old, partial, watch)
    settle(partial, becomes=to)


def _copy(source: BinaryIO, to: Path, watch: Watch) -> None:
    to.unlink(missing_ok=True)  # a killed program's
    with durable_file(to) as copy:
        copy_bytes(source, copy, watch, Step.REPLACING)


@contextmanager
def _held(log: Path) -> Iterator[BinaryIO]:
    """Return the file; refuse while a program has it open.

    What that program would write then would be lost. Windows refuses by itself to change a file
    that is open. Elsewhere the lock ends when any handle of the file is closed, so that the file
    is read through this one only.
    """
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


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
