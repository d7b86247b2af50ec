"""Read the frames of SQLite's write-ahead log.

Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

import struct
import sys
from dataclasses import dataclass
from typing import BinaryIO

HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24
USUAL_PAGE_BYTES = 4096
_MAGIC = 0x377F_0682


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
        """Read the header; None where there is no frame.

        Args:
            file: the log.
            page_bytes: of the database, where that is known: another size is damage.
        """
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

    def head(self, number: int) -> bytes:
        """Return the header of a frame."""
        self.file.seek(HEADER_BYTES + number * self._frame_bytes)
        return self.file.read(FRAME_HEADER_BYTES)

    def frame(self, number: int) -> bytes:
        """Return a whole frame: its header, then the page."""
        self.file.seek(HEADER_BYTES + number * self._frame_bytes)
        return self.file.read(self._frame_bytes)

    def page(self, number: int) -> bytes:
        """Return the page in a frame."""
        return self.frame(number)[FRAME_HEADER_BYTES:]

    def checksum_of(self, frame: bytes, before: bytes) -> bytes:
        """Compute a frame's checksum, which goes on from that ``before`` it."""
        return _checksum(frame[:8] + frame[FRAME_HEADER_BYTES:], self.order, before)

    @property
    def _frame_bytes(self) -> int:
        return FRAME_HEADER_BYTES + self.page_bytes


def page_number(frame: bytes) -> int:
    """Return which page of the database a frame has, counted from 1."""
    return int.from_bytes(frame[:4], "big")


def commits(frame: bytes) -> bool:
    """Tell whether a frame is the last of a transaction."""
    return frame[4:8] != bytes(4)


def salts_of(frame: bytes) -> bytes:
    """Return the salts of the round that a frame belongs to."""
    return frame[8:16]


def stored_checksum(frame: bytes) -> bytes:
    """Return the checksum that a frame was written with."""
    return frame[16:24]


def _checksum(data: bytes, order: str, before: bytes) -> bytes:
    a, b = struct.unpack(">2I", before)
    for x, y in struct.iter_unpack(f"{order}2I", data):
        a = (a + x + b) & 0xFFFF_FFFF
        b = (b + y + a) & 0xFFFF_FFFF
    return struct.pack(">2I", a, b)
