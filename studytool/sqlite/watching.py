"""Watch long work: its step, how far that is, and whether it shall go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import BinaryIO, Protocol

import apsw

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
    INDEXING = "indexing"
    READING_JOURNAL = "reading journal"
    READING_WORDS = "reading words"
    READING_EVENTS = "reading events"
    REPLACING = "replacing"


class Watch(Protocol):
    """Told of the step and the share of it that is done; raises :class:`Cancelled` to end it."""

    def __call__(self, step: Step, share: float | None = None) -> None:
        """Take note; ``share`` is None where it is not known."""


def unwatched(step: Step, share: float | None = None) -> None:
    """Let the work run to its end."""


def begin_watching(connection: Connection, watch: Watch, step: Step) -> None:
    """Look at the watch now and then, for as long as the connection is open."""
    connection.set_progress_handler(_look(watch, step), _STEPS_OF_SQLITE)


@contextmanager
def watched(connection: Connection, watch: Watch, step: Step) -> Iterator[None]:
    """Look at the watch now and then while SQLite is at work."""
    begin_watching(connection, watch, step)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


def _look(watch: Watch, step: Step) -> Callable[[], bool]:
    def goes_on() -> bool:
        watch(step)
        return False

    return goes_on


@contextmanager
def locked_copy(source: Connection, to: Connection, watch: Watch, step: Step) -> Iterator[None]:
    """Keep others from writing to ``to`` during the block, then write ``source`` over it."""
    with to.backup("main", source, "main") as copying:
        copying.step(0)  # takes the write lock: nobody else writes from here on
        yield
        _copy_pages(copying, watch, step)


def copy_database(source: Connection, to: Connection, watch: Watch, step: Step) -> None:
    """Copy a whole database, as it is at one instant."""
    with to.backup("main", source, "main") as copying:
        _copy_pages(copying, watch, step)


def _copy_pages(copying: apsw.Backup, watch: Watch, step: Step) -> None:
    """Copy all pages; the last look at the watch is before the last of them."""
    while not copying.done:
        copying.step(_PAGES)
        if not copying.done:
            watch(step, 1 - copying.remaining / max(copying.page_count, 1))


def copy_bytes(source: BinaryIO, to: BinaryIO, watch: Watch, step: Step) -> None:
    """Copy a whole file."""
    size = max(source.seek(0, 2), 1)
    source.seek(0)
    while part := source.read(_BYTES):
        to.write(part)
        watch(step, source.tell() / size)
