"""Watch long work: its step, how far that is, and whether it shall go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import BinaryIO

from studytool.sqlite.connection import Connection

_STEPS_OF_SQLITE = 100_000
"""About a millisecond of SQLite's work."""

_PAGES, _BYTES = 1024, 1 << 22
"""How much is done between two looks at the watch."""


class Step(StrEnum):
    """What long work is about at the moment."""

    CHECKING = "checking"
    CHECKING_BACKUP = "checking backup"
    COPYING = "copying"
    FOLDING = "folding"
    MIGRATING = "migrating"
    READING_JOURNAL = "reading journal"
    READING_WORDS = "reading words"
    READING_EVENTS = "reading events"
    REPLACING = "replacing"


Watch = Callable[[Step, float | None], None]
"""Told of the step and the share of it that is done, None where that is not known.

It raises :class:`studytool.errors.Cancelled` to end the work.
"""

_WATCH: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watched_by(watch: Watch) -> Iterator[None]:
    """Tell ``watch`` of the long work that the block does in its thread."""
    before = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(before)


def look(step: Step, share: float | None = None) -> None:
    """Tell the watch of the work, where there is one, and end the work if the watch says so."""
    if (watch := _WATCH.get(None)) is not None:
        watch(step, share)


@contextmanager
def watched(connection: Connection, step: Step) -> Iterator[None]:
    """Look at the watch now and then while SQLite is at work."""

    def ends() -> bool:
        look(step)
        return False

    connection.set_progress_handler(ends, _STEPS_OF_SQLITE)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


@contextmanager
def locked_copy(source: Connection, to: Connection, step: Step) -> Iterator[None]:
    """Keep others from writing to ``to`` during the block, then write ``source`` over it.

    The last look at the watch is before the last pages.
    """
    with to.backup("main", source, "main") as copying:
        copying.step(0)  # takes the write lock: nobody else writes from here on
        yield
        while not copying.done:
            copying.step(_PAGES)
            if not copying.done:
                look(step, 1 - copying.remaining / max(copying.page_count, 1))


def copy_bytes(source: BinaryIO, to: BinaryIO, step: Step) -> None:
    """Copy a whole file."""
    size = max(source.seek(0, 2), 1)
    source.seek(0)
    while part := source.read(_BYTES):
        to.write(part)
        look(step, source.tell() / size)
