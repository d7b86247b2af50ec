"""Putting a file in the place of the log, and what was there into the folder of backups.

A sound log is written over by SQLite itself, in one transaction: programs that have it open see
the other content, and none of them can write between the copy of the old and the new. A damaged
one cannot be: its file and its journal are copied aside as they are, and the file is changed.
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
    settle,
    writing_to,
)
from studytool.backups.verifying import has_journal, open_for_reading, passing_over_damage
from studytool.backups.watching import Step, Watch, copy_bytes, copy_pages, unwatched
from studytool.errors import StateError
from studytool.review_log.faults import LOCKED, mendable

_SHARED_FIRST, _SHARED_BYTES = 0x4000_0002, 510
"""What each program that has a WAL database open holds a lock on. Source: SQLite's os_unix.c."""


def replace_log(
    log: Path, new: Path, folder: Path, now: datetime, *, watch: Watch = unwatched
) -> Backup | None:
    """Make ``log`` what the sound file ``new`` is; give what it was, None if there was no file.

    Whole or not at all, however it ends. Runs while the caller is alone in ``folder``.

    Raises:
        StateError: another program writes to the log, or the disk refuses; the log is as it was.
    """
    if log.exists():
        with passing_over_damage():
            return _write_over(log, new, new_backup(folder, REPLACED, now), watch)
    return _change_file(log, new, new_backup(folder, REPLACED, now), watch)


def _write_over(log: Path, new: Path, keep_as: Backup, watch: Watch) -> Backup:
    with (
        closing(open_log(log)) as live,
        closing(open_for_reading(new)) as source,
        mendable(log),
        live.backup("main", source, "main") as writing,
    ):
        writing.step(0)  # takes the write lock: nobody else writes from here on
        keep_copy(log, keep_as, watch=watch)
        with _given_up(keep_as.path):
            copy_pages(writing, watch, Step.REPLACING)
    return keep_as


def _change_file(log: Path, new: Path, keep_as: Backup, watch: Watch) -> Backup | None:
    partial = partial_of(log)
    journal = log.with_name(log.name + "-wal")
    with writing_to(log.parent), _held(log) as old:
        try:
            with new.open("rb") as source:
                _copy(source, partial, watch)
            _set_aside(log, old, keep_as, watch)
            journal.unlink(missing_ok=True)  # it belongs to the file that it was written for
            log.with_name(log.name + "-shm").unlink(missing_ok=True)
            settle(partial, becomes=log)
        finally:
            partial.unlink(missing_ok=True)
    return None if old is None else keep_as


def _set_aside(log: Path, old: BinaryIO | None, keep_as: Backup, watch: Watch) -> None:
    journal_kept = keep_as.path.with_name(keep_as.path.name + "-wal")
    with _given_up(keep_as.path, journal_kept):
        if has_journal(log):
            with log.with_name(log.name + "-wal").open("rb") as frames:
                _copy_aside(frames, journal_kept, watch)
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
    with to.open("wb") as copy:
        copy_bytes(source, copy, watch, Step.REPLACING)


@contextmanager
def _held(log: Path) -> Iterator[BinaryIO | None]:
    """Give the file, None where there is none; refuse while a program has it open.

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
                raise StateError(LOCKED, path=log) from error
        yield file
