"""The pages of a damaged SQLite file, read without SQLite: what each leaf still says.

Only rows are read, page by page, so that a lost header, a lost inner page or a lost end takes no
other row with it. Source: https://www.sqlite.org/fileformat2.html, sections 1.3, 1.6, 2 and 4.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

Value = int | float | str | bytes | None
Record = list[Value]

DEFAULT_PAGE_BYTES = 4096
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = 0x377F_0682
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST_CELLS = 4096
_NOISE = (IndexError, ValueError, struct.error)
"""What reading a cell that is none runs into; the next cell may be one."""


class Pages:
    """The pages of a file, the committed ones of its journal over them."""

    def __init__(self, file: BinaryIO, *, size: int, newer: dict[int, bytes]) -> None:
        self._file = file
        self._newer = newer
        self.size = size
        self.count = max(-(-file.seek(0, 2) // size), *newer, 0)

    def page(self, number: int) -> bytes:
        """Give a page, counted from 1; shorter than ``size`` at the end of a cut file."""
        if number in self._newer:
            return self._newer[number]
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)

    def rows(self) -> Iterator[tuple[int, Record]]:
        """Give (rowid, columns) of each row of any table that can still be read."""
        for number in range(1, self.count + 1):
            yield from self._rows_of(number)

    def keyed_rows(self) -> Iterator[Record]:
        """Give the rows of tables without rowids and of indexes, so far as they fit their page."""
        for number in range(1, self.count + 1):
            page = self.page(number)
            for kind, child_bytes in ((_INDEX_LEAF, 0), (_INDEX_INTERIOR, 4)):
                header = 8 + child_bytes
                for start in _cells(page, 100 if number == 1 else 0, kind, header=header):
                    with suppress(*_NOISE):
                        length, at = _varint(page, start + child_bytes)
                        yield _record(page[at : at + length])

    def _rows_of(self, number: int) -> Iterator[tuple[int, Record]]:
        page = self.page(number)
        for start in _cells(page, 100 if number == 1 else 0, _TABLE_LEAF):
            with suppress(*_NOISE):
                length, at = _varint(page, start)
                rowid, at = _varint(page, at)
                yield rowid, _record(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """Give a row's bytes, those of its overflow pages included."""
        if length <= self.size - 35:
            return page[at : at + length]
        least = (self.size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self.size - 4)
        local = local if local <= self.size - 35 else least
        payload = page[at : at + local]
        [following] = struct.unpack_from(">I", page, at + local)
        while len(payload) < length:
            if not 1 <= following <= self.count:
                raise ValueError("an overflow page is missing")
            more = self.page(following)
            [following] = struct.unpack_from(">I", more)
            if len(more) <= 4:
                raise ValueError("an overflow page is cut off")
            payload += more[4:]
        return payload[:length]


def read_pages(file: BinaryIO, journal: Path) -> Pages:
    """Read the page size and the journal; the usual size where the header is lost."""
    header = file.read(18)
    [size] = struct.unpack(">H", header[16:18]) if len(header) == 18 else (0,)
    if not header.startswith(b"SQLite format 3\x00") or size < 512 or size & (size - 1):
        size = DEFAULT_PAGE_BYTES
    frames = journal.read_bytes() if journal.exists() else b""
    return Pages(file, size=size, newer=_committed(frames, size))


def _committed(journal: bytes, size: int) -> dict[int, bytes]:
    """Give the latest committed version of each page in a write-ahead log."""
    if len(journal) < _WAL_HEADER:
        return {}
    magic, _, page_size, _, salt_1, salt_2, *given = struct.unpack_from(">8I", journal)
    order = ">" if magic & 1 else "<"
    total = _checksum(journal[:24], order, (0, 0))
    if magic & ~1 != _WAL_MAGIC or page_size != size or list(total) != given:
        return {}
    done: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(journal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        number, pages_after, *rest = struct.unpack_from(">6I", journal, at)
        body = journal[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        total = _checksum(journal[at : at + 8] + body, order, total)
        if rest != [salt_1, salt_2, *total]:
            break  # of an earlier round of the journal, or torn
        pending[number] = body
        if pages_after:  # a commit
            done.update(pending)
            pending.clear()
    return done


def _checksum(data: bytes, order: str, total: tuple[int, int]) -> tuple[int, int]:
    a, b = total
    for x, y in struct.iter_unpack(f"{order}2I", data):
        a = (a + x + b) & 0xFFFF_FFFF
        b = (b + y + a) & 0xFFFF_FFFF
    return a, b


def _cells(page: bytes, start: int, kind: int, *, header: int = 8) -> Iterator[int]:
    """Give where each cell of a page of this kind begins."""
    if len(page) < start + header or page[start] != kind:
        return
    [n] = struct.unpack_from(">H", page, start + 3)
    for k in range(min(n, _MOST_CELLS)):
        at = start + header + 2 * k
        if at + 2 > len(page):
            return
        yield struct.unpack_from(">H", page, at)[0]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of 1 to 9 bytes; give it and where the next begins."""
    number = 0
    for k in range(8):
        byte = data[at + k]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + k + 1
    number = number << 8 | data[at + 8]
    return number - (number >> 63 << 64), at + 9


def _record(data: bytes) -> Record:
    header, at = _varint(data, 0)
    kinds = []
    while at < header:
        kind, at = _varint(data, at)
        kinds.append(kind)
    values: Record = []
    at = header
    for kind in kinds:
        width = _width(kind)
        if at + width > len(data):
            raise ValueError("the row is cut off")
        values.append(_value(kind, data[at : at + width]))
        at += width
    return values


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _INTEGER_BYTES.get(kind, 0)


def _value(kind: int, data: bytes) -> Value:
    if kind in _INTEGER_BYTES:
        return int.from_bytes(data, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return data.decode("utf-8") if kind & 1 else data  # UnicodeDecodeError is a ValueError
    if kind == 0:
        return None
    raise ValueError("no such kind of value")
