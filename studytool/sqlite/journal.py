"""Frames of SQLite's write-ahead log, and the refusal of a log whose journal hides acknowledged acts.

SQLite ends a journal at the first frame whose checksum is wrong, since that is what a write that was
cut off leaves. What was acknowledged lies behind it only where the disk has damaged the journal; the
next write, or closing the file, would then destroy it.

Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

import struct
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import apsw

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.sqlite.connection import connect, keep_journal, opened_bytes

HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24
USUAL_PAGE_BYTES = 4096
_MAGIC = 0x377F_0682


class Frame(NamedTuple):
    """A frame of a write-ahead log.

    Attributes:
        number: of the page that it has, counted from 1.
        commits: of the last frame of a transaction, how many pages the file has then; else 0.
        salts: of the round that it belongs to.
        checksum: that it was written with.
        page: empty where the header alone was read.
    """

    number: int
    commits: int
    salts: bytes
    checksum: bytes
    page: bytes


@dataclass(frozen=True, slots=True)
class Wal:
    """A write-ahead log and how to read it; frames are numbered from 0.

    Attributes:
        file: the log.
        page_bytes: of the page in each frame.
        order: of the bytes that make a checksum, as :mod:`struct` writes it.
        salts: of the frames of the present round; those of earlier rounds have others.
        checksum: of the header; the first frame's goes on from it.
        is_sound: whether the header is; if not, the first frame's salts stand for its own.
    """

    file: BinaryIO
    page_bytes: int
    order: str
    salts: bytes
    checksum: bytes
    is_sound: bool

    @classmethod
    def read(cls, file: BinaryIO, *, page_bytes: int | None = None) -> "Wal | None":
        """Read the header; None where there is no frame. Another page size than that of the database is damage."""
        file.seek(0)
        head = file.read(HEADER_BYTES + FRAME_HEADER_BYTES)
        if len(head) < HEADER_BYTES + FRAME_HEADER_BYTES:
            return None
        magic, _, size = struct.unpack_from(">3I", head)
        order = ">" if magic & 1 else "<"
        is_sound = (
            magic & ~1 == _MAGIC
            and page_bytes in {None, size}
            and _checksum(head[:24], order, bytes(8)) == head[24:32]
        )
        if is_sound:
            return cls(file, size, order, head[16:24], head[24:32], is_sound=True)
        order = "<" if sys.byteorder == "little" else ">"
        size, salts = page_bytes or USUAL_PAGE_BYTES, head[HEADER_BYTES + 8 : HEADER_BYTES + 16]
        return cls(file, size, order, salts, head[24:32], is_sound=False)

    def __len__(self) -> int:
        """Count the whole frames, those of earlier rounds included."""
        return max(self.file.seek(0, 2) - HEADER_BYTES, 0) // self._frame_bytes

    def head(self, at: int) -> Frame:
        """Return the header of a frame."""
        return self._read(at, FRAME_HEADER_BYTES)

    def frame(self, at: int) -> Frame:
        """Return a whole frame."""
        return self._read(at, self._frame_bytes)

    def follows(self, frame: Frame, before: bytes) -> bool:
        """Tell whether a whole frame's checksum is right, which goes on from that ``before`` it."""
        data = struct.pack(">2I", frame.number, frame.commits) + frame.page
        return _checksum(data, self.order, before) == frame.checksum

    def _read(self, at: int, size: int) -> Frame:
        self.file.seek(HEADER_BYTES + at * self._frame_bytes)
        data = self.file.read(size).ljust(FRAME_HEADER_BYTES, b"\0")  # cut off just now
        number, commits, salts, checksum = struct.unpack_from(">2I8s8s", data)
        return Frame(number, commits, salts, checksum, data[FRAME_HEADER_BYTES:])

    @property
    def _frame_bytes(self) -> int:
        return FRAME_HEADER_BYTES + self.page_bytes


def _checksum(data: bytes, order: str, before: bytes) -> bytes:
    a, b = struct.unpack(">2I", before)
    for x, y in struct.iter_unpack(f"{order}2I", data):
        a = (a + x + b) & 0xFFFF_FFFF
        b = (b + y + a) & 0xFFFF_FFFF
    return struct.pack(">2I", a, b)


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
        _, frames, _ = connection.execute(_FRAMES_READ).get
        read = max(frames, 0)
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
    with opened_bytes(path) as file:
        return all(_page(file, page, wal) == wal.frame(at).page for page, at in latest.items())


def _behind(wal: Wal, read: int) -> Iterator[tuple[int, Frame]]:
    """Return the places and headers of this round's frames behind those that SQLite has read."""
    heads = ((at, wal.head(at)) for at in range(read, len(wal)))
    return ((at, head) for at, head in heads if head.salts == wal.salts)


def _page(file: apsw.VFSFile, number: int, wal: Wal) -> bytes:
    is_in_file = 0 < number * wal.page_bytes <= file.xFileSize()
    return file.xRead(wal.page_bytes, (number - 1) * wal.page_bytes) if is_in_file else b""
