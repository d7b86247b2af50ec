"""Refuse a log whose journal holds acknowledged acts that SQLite itself would pass over.

SQLite ends a journal at the first frame whose checksum is wrong, since that is what a write that was
cut off leaves. What was acknowledged lies behind it only where the disk has damaged the journal; the
next write, or closing the file, would then destroy it.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.sqlite.connection import connect, keep_journal
from studytool.sqlite.wal import HEADER_BYTES, Frame, Wal

_SEE = "SELECT count(*) FROM sqlite_schema"
_FRAMES_READ = "PRAGMA wal_checkpoint(NOOP)"
"""Gives (busy, frames that SQLite has read, frames already in the file), and moves none."""

_WRONG = Phrase(ko="{journal}의 검사합이 틀림", en="{journal}: wrong checksum")
_ACTS = 2
"""A write that was cut off is one act; so many in an unbroken run behind the damage are none."""


def refuse_damaged_journal(connection: apsw.Connection, path: Path) -> None:
    """Refuse a log with acknowledged acts behind damage in its journal, and keep the journal.

    Raises:
        StateError: it has some; nothing was changed.
        apsw.BusyError: it seems so, and another program's writing keeps from making sure.
    """
    if not _hides_acts(connection, path):
        return
    keep_journal(connection)
    # Nobody may write meanwhile, since another may have begun the journal anew just then; by a
    # second connection, since SQLite answers none that writes.
    with closing(connect(path, create=False)) as guard:
        keep_journal(guard)
        guard.execute(f"PRAGMA busy_timeout = {connection.execute('PRAGMA busy_timeout').get}")
        guard.execute("BEGIN IMMEDIATE")
        hides_acts = _hides_acts(connection, path)
    if hides_acts:
        raise StateError(Fault.DAMAGED, path=path, why=_WRONG.of(journal=f"{path.name}-wal"))
    keep_journal(connection, keep=False)


def _hides_acts(connection: apsw.Connection, path: Path) -> bool:
    """Tell whether there are acts behind the frames that SQLite has read."""
    journal = path.with_name(path.name + "-wal")
    try:
        if journal.stat().st_size <= HEADER_BYTES:
            return False
        connection.execute(_SEE).fetchall()
        rows: list[tuple[Any, ...]] = connection.execute(_FRAMES_READ).fetchall()
        read = max(rows[0][1], 0)
        with journal.open("rb", buffering=0) as file:
            wal = Wal.read(file)
            if wal is None or not _acts_lie_behind(wal, read):
                return False
            # Frames that SQLite does read would hide the file's own pages.
            return wal.is_sound or bool(read) or not _are_all_in(path, wal)
    except FileNotFoundError:  # none, or emptied just now
        return False


def _acts_lie_behind(wal: Wal, read: int) -> bool:
    """Tell whether an unbroken run of acts lies behind the first ``read`` frames."""
    last = wal.head(read - 1).checksum if read else wal.checksum
    before, run = b"", 0
    for at, _ in _behind(wal, read):
        frame = wal.frame(at)
        if not before and wal.is_sound and wal.follows(frame, last):
            return False  # another program has just written it
        linked = before and wal.follows(frame, before)
        run = run + (frame.commits > 0) if linked else 0
        if run >= _ACTS:
            return True
        before = frame.checksum
    return False


def _are_all_in(path: Path, wal: Wal) -> bool:
    """Tell whether what was committed is in the file too, so that without it nothing is lost."""
    latest: dict[int, int] = {}
    pending: dict[int, int] = {}
    for at, head in _behind(wal, 0):
        pending[head.number] = at
        if head.commits:
            latest.update(pending)
            pending.clear()
    # Opened by SQLite's own means: closed by others, all its locks would be let go of.
    flags = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
    file = apsw.VFSFile("", str(path.resolve()), [flags, 0])
    try:
        return all(_page(file, page, wal) == wal.frame(at).page for page, at in latest.items())
    finally:
        file.xClose()


def _behind(wal: Wal, read: int) -> Iterator[tuple[int, Frame]]:
    """Return the places and headers of this round's frames behind those that SQLite has read."""
    heads = ((at, wal.head(at)) for at in range(read, len(wal)))
    return ((at, head) for at, head in heads if head.salts == wal.salts)


def _page(file: apsw.VFSFile, number: int, wal: Wal) -> bytes:
    is_in_file = 0 < number * wal.page_bytes <= file.xFileSize()
    return file.xRead(wal.page_bytes, (number - 1) * wal.page_bytes) if is_in_file else b""
