"""Read the frames of SQLite's write-ahead log.

Source: https://www.sqlite.org/fileformat2.html, section 4.
"""

import struct
import sys
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

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
