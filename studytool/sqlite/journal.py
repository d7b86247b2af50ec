"""Whether SQLite's write-ahead log holds acts that SQLite itself would pass over.

SQLite ends a journal at the first frame whose checksum is wrong, since that is what a write that was
cut off leaves. What was acknowledged lies behind it only where the disk has damaged the journal; the
next write, or closing the file, would then destroy it.
Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

import struct
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import apsw

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F_0682
_USUAL_PAGE_BYTES = 4096
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
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    with _nobody_writing(connection, path):  # another may have begun the journal anew just then
        hides_acts = _hides_acts(connection, path)
    if hides_acts:
        raise StateError(Fault.DAMAGED, path=path, why=_WRONG.of(journal=f"{path.name}-wal"))
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)


@contextmanager
def _nobody_writing(connection: apsw.Connection, path: Path) -> Iterator[None]:
    """Keep others from writing; by a second connection, since SQLite answers none that writes."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)) as guard:
        guard.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        guard.execute(f"PRAGMA busy_timeout = {connection.execute('PRAGMA busy_timeout').get}")
        guard.execute("BEGIN IMMEDIATE")
        yield


def _hides_acts(connection: apsw.Connection, path: Path) -> bool:
    """Tell whether there are acts behind the frames that SQLite has read."""
    journal = path.with_name(path.name + "-wal")
    try:
        if journal.stat().st_size <= _HEADER:
            return False
        connection.execute(_SEE).fetchall()
        rows: list[tuple[Any, ...]] = connection.execute(_FRAMES_READ).fetchall()
        with journal.open("rb", buffering=0) as file:
            frames = _Frames.of(file, read=max(rows[0][1], 0))
            return frames is not None and frames.hide_acts() and not frames.are_all_in(path)
    except (FileNotFoundError, struct.error):  # none, or emptied just now
        return False


@dataclass(frozen=True, slots=True)
class _Frames:
    """The frames of a journal's present round; those of earlier rounds have other salts.

    Attributes:
        journal: the file.
        size: of a frame, in bytes.
        magic: says how checksums are made.
        salts: of this round.
        sound: whether the journal's header is.
        read: so many SQLite has read.
        last: the checksum of the last of these.
    """

    journal: BinaryIO
    size: int
    magic: int
    salts: bytes
    sound: bool
    read: int
    last: bytes

    @classmethod
    def of(cls, journal: BinaryIO, *, read: int) -> "_Frames | None":
        """Take the header's word for what they are like; the last frame's where it is damaged."""
        header = journal.read(_HEADER)
        magic, _, page_bytes, *rest = struct.unpack(">8I", header)
        sound = magic & ~1 == _MAGIC and _checksum(header[:24], magic, (0, 0)) == tuple(rest[3:])
        if not sound:
            page_bytes, magic = _USUAL_PAGE_BYTES, _MAGIC | (sys.byteorder == "big")
        size = _FRAME + page_bytes
        journal.seek(_HEADER + max(read - 1, 0) * size)
        frame = journal.read(_FRAME)
        if read and len(frame) < _FRAME:
            return None
        salts = header[16:24] if sound else frame[8:16]
        last = frame[16:24] if read else header[24:32]
        return cls(journal, size, magic, salts, sound, read, last)

    def hide_acts(self) -> bool:
        """Tell whether an unbroken run of acts lies behind what SQLite has read."""
        if self._commits_behind() < _ACTS:  # so it is nearly always
            return False
        before, run = b"", 0
        for place, _ in self._behind():
            frame = self._at(place, self.size)
            if not before and self.sound and _follows(frame, self.last, self.magic):
                return False  # another program has just written it
            linked = before and _follows(frame, before, self.magic)
            run = run + _commits(frame) if linked else 0
            if run >= _ACTS:
                return True
            before = frame[16:24]
        return False

    def are_all_in(self, path: Path) -> bool:
        """Tell whether what was committed is in the file too, so that without it nothing is lost.

        Asked only where SQLite reads none of them: those that it does read would hide the file's.
        """
        if self.sound or self.read:
            return False
        latest: dict[int, int] = {}
        pending: dict[int, int] = {}
        for place, head in self._behind():
            pending[int.from_bytes(head[:4], "big")] = place
            if _commits(head):
                latest.update(pending)
                pending.clear()
        page_bytes = self.size - _FRAME
        with _opened_beside_sqlite(path) as file:
            return all(
                _page(file, number, page_bytes) == self._at(place + _FRAME, page_bytes)
                for number, place in latest.items()
            )

    def _commits_behind(self) -> int:
        """Count the acts, up to so many as are asked for."""
        found = 0
        for _, head in self._behind():
            found += _commits(head)
            if found == _ACTS:
                break
        return found

    def _behind(self) -> Iterator[tuple[int, bytes]]:
        """Return the place and the header of each frame behind those that SQLite has read."""
        count = (self.journal.seek(0, 2) - _HEADER) // self.size
        for number in range(self.read, count):
            place = _HEADER + number * self.size
            head = self._at(place, _FRAME)
            if head[8:16] == self.salts:
                yield place, head

    def _at(self, place: int, size: int) -> bytes:
        self.journal.seek(place)
        return self.journal.read(size)


@contextmanager
def _opened_beside_sqlite(path: Path) -> Iterator[apsw.VFSFile]:
    """Open the file by SQLite's own means: closed by others, all its locks would be let go of."""
    flags = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY
    file = apsw.VFSFile("", str(path.resolve()), [flags, 0])
    try:
        yield file
    finally:
        file.xClose()


def _page(file: apsw.VFSFile, number: int, page_bytes: int) -> bytes:
    is_in_file = 0 < number * page_bytes <= file.xFileSize()
    return file.xRead(page_bytes, (number - 1) * page_bytes) if is_in_file else b""


def _commits(frame: bytes) -> bool:
    return frame[4:8] != b"\0\0\0\0"


def _follows(frame: bytes, before: bytes, magic: int) -> bool:
    """Tell whether a frame's checksum goes on from that ``before``."""
    total: tuple[int, int] = struct.unpack(">2I", before)
    return _checksum(frame[:8] + frame[_FRAME:], magic, total) == struct.unpack(">2I", frame[16:24])


def _checksum(data: bytes, magic: int, total: tuple[int, int]) -> tuple[int, int]:
    a, b = total
    for x, y in struct.iter_unpack(f"{'>' if magic & 1 else '<'}2I", data):
        a = (a + x + b) & 0xFFFF_FFFF
        b = (b + y + a) & 0xFFFF_FFFF
    return a, b
