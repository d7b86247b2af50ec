"""Whether SQLite's write-ahead log holds acts that SQLite itself would pass over.

SQLite ends a journal at the first frame whose checksum is wrong, since that is what a write that was
cut off leaves. What was acknowledged lies behind it only where the disk has damaged the journal; the
next write, or closing the file, would then destroy it.
Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

import struct
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import apsw

from studytool.errors import StateError
from studytool.review_log.faults import DAMAGED

_HEADER, _FRAME = 32, 24
_MAGIC = 0x377F_0682
_USUAL_PAGE_BYTES = 4096
_FRAMES_READ = "PRAGMA wal_checkpoint(NOOP)"
"""Gives (busy, frames that SQLite has read, frames already in the file), and moves none."""

_ACTS = 2
"""A write that was cut off is one act; so many in an unbroken run behind the damage are none."""


def refuse_damaged_journal(connection: apsw.Connection, path: Path) -> None:
    """Refuse a log with acknowledged acts behind damage in its journal, and keep the journal.

    Raises:
        StateError: it has some; nothing was changed.
    """
    journal = path.with_name(path.name + "-wal")
    if not journal.exists() or journal.stat().st_size <= _HEADER:
        return
    rows: list[tuple[Any, ...]] = connection.execute(_FRAMES_READ).fetchall()
    with journal.open("rb") as file:
        hides_acts = _hides_acts(file, read=max(rows[0][1], 0))
    if hides_acts:
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        raise StateError(DAMAGED, path=path, why=f"{journal.name}: wrong checksum")


def _hides_acts(journal: BinaryIO, *, read: int) -> bool:
    """Tell whether there are acts behind the ``read`` frames that SQLite has read."""
    header = journal.read(_HEADER)
    magic, _, page_bytes, *rest = struct.unpack(">8I", header)
    sound = magic & ~1 == _MAGIC and _checksum(header[:24], magic, (0, 0)) == tuple(rest[3:])
    if not sound:
        page_bytes, magic = _USUAL_PAGE_BYTES, _MAGIC | (sys.byteorder == "big")
    size = _FRAME + page_bytes
    last = header[24:32]
    if read:
        journal.seek(_HEADER + (read - 1) * size)
        last = journal.read(size)[16:_FRAME]
    behind = journal.read()
    frames = [behind[at : at + size] for at in range(0, len(behind) - size + 1, size)]
    if sound:
        salts = header[16:24]
        frames = [frame for frame in frames if frame[8:16] == salts]
        if frames and _follows(frames[0], last, magic):  # another program has just written it
            return False
    if sum(map(_commits, frames)) < _ACTS:  # so it is nearly always
        return False
    run = 0
    for before, frame in pairwise(frames):
        linked = frame[8:16] == before[8:16] and _follows(frame, before[16:24], magic)
        run = run + _commits(frame) if linked else 0
        if run >= _ACTS:
            return True
    return False


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
