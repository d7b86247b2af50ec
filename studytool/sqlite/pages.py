"""Read the rows in the pages of a damaged SQLite file, without SQLite.

Only rows are read, page by page, so that a lost header, a lost inner page or a lost end takes no
other row with it. Source: https://www.sqlite.org/fileformat2.html, sections 1.3, 1.6 and 2.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from studytool.sqlite.journal import USUAL_PAGE_BYTES, Wal
from studytool.sqlite.watching import Step, look

SqliteValue = int | float | str | bytes | None
PageRecord = list[SqliteValue]

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_A_LOOK = 64
"""After so many pages or frames the watch is looked at."""
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_EMPTY: dict[int, SqliteValue] = {0: None, 8: 0, 9: 1}
_NOISE = (IndexError, ValueError, struct.error)
"""The errors of reading noise as a cell; the next cell may be sound."""


class Pages:
    """The pages of a file, the committed ones of its journal over them."""

    def __init__(
        self, file: BinaryIO, wal: Wal | None, *, size: int, newer: dict[int, int]
    ) -> None:
        self._file = file
        self._wal = wal
        self._newer = newer
        self.size = size
        self.count = max(-(-file.seek(0, 2) // size), *newer, 0)

    def numbers(self, step: Step) -> Iterator[int]:
        """Return the number of each page; look at the watch now and then."""
        for number in range(1, self.count + 1):
            if number % _A_LOOK == 0:
                look(step, number / self.count)
            yield number

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1; shorter than ``size`` at the end of a cut file."""
        if self._wal is not None and number in self._newer:
            return self._wal.frame(self._newer[number]).page
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)

    def rows(self, number: int, *, header_bytes: range) -> Iterator[tuple[int, PageRecord]]:
        """Return (rowid, columns) of each row of a page of any table, so far as it can be read.

        Its header may have so many bytes: one, and one or more for each column.
        """
        page = self.page(number)
        for start in _cells(page, 100 if number == 1 else 0, _TABLE_LEAF):
            try:
                length, at = _varint(page, start)
                rowid, at = _varint(page, at)
                if page[at] in header_bytes:
                    yield rowid, _record(self._payload(page, at, length))
            except _NOISE:
                continue

    def keyed_rows(self, number: int) -> Iterator[PageRecord]:
        """Return the rows of a page whose key begins with text or bytes, so far as they fit the page.

        Of a table without rowids, or of an index.
        """
        page = self.page(number)
        for kind, child_bytes in ((_INDEX_LEAF, 0), (_INDEX_INTERIOR, 4)):
            header = 8 + child_bytes
            for start in _cells(page, 100 if number == 1 else 0, kind, header=header):
                try:
                    length, at = _varint(page, start + child_bytes)
                    first, _ = _varint(page, at + 1)
                    if first >= 12:
                        yield _record(page[at : at + length])
                except _NOISE:
                    continue

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """Return a row's bytes, those of its overflow pages included."""
        if length <= self.size - 35:
            return page[at : at + length]
        if length > self.count * self.size:
            raise ValueError("the row is longer than the file")
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


@contextmanager
def opened_pages(log: Path) -> Iterator[Pages]:
    """Open a file and its journal; of the usual page size where the header is lost."""
    journal = log.with_name(log.name + "-wal")
    with log.open("rb") as file, journal.open("rb") if journal.exists() else BytesIO() as frames:
        header = file.read(18)
        [size] = struct.unpack(">H", header[16:18]) if len(header) == 18 else (0,)
        if not header.startswith(b"SQLite format 3\x00") or size < 512 or size & (size - 1):
            size = USUAL_PAGE_BYTES
        wal = Wal.read(frames, page_bytes=size)
        yield Pages(file, wal, size=size, newer=_committed(wal))


def _committed(wal: Wal | None) -> dict[int, int]:
    """Return which frame of a write-ahead log has the latest committed version of each page.

    A frame whose checksum is wrong is passed over: what was committed behind it is true as well.
    """
    done: dict[int, int] = {}
    pending: dict[int, int] = {}
    if wal is None:
        return done
    before, count = wal.checksum, len(wal)
    for at in range(count):
        if at % _A_LOOK == 0:
            look(Step.READING_JOURNAL, at / count)
        frame = wal.frame(at)
        if frame.salts != wal.salts:
            break  # of an earlier round of the journal
        if wal.follows(frame, before):
            pending[frame.number] = at
        before = frame.checksum
        if frame.commits:
            done.update(pending)
            pending.clear()
    return done


def _cells(page: bytes, start: int, kind: int, *, header: int = 8) -> Iterator[int]:
    """Return where each cell of a page of this kind begins."""
    if len(page) < start + header or page[start] != kind:
        return
    [n] = struct.unpack_from(">H", page, start + 3)
    n = min(n, (len(page) - start - header) // 2)
    yield from struct.unpack_from(f">{n}H", page, start + header)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of 1 to 9 bytes; return it and where the next begins."""
    if (number := data[at]) < 0x80:
        return number, at + 1
    number = 0
    for k in range(8):
        byte = data[at + k]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + k + 1
    number = number << 8 | data[at + 8]
    return number - (number >> 63 << 64), at + 9


def _record(data: bytes) -> PageRecord:
    end, at = _varint(data, 0)
    values: PageRecord = []
    for kind in _kinds(data[at:end]):
        if kind in _EMPTY:
            values.append(_EMPTY[kind])
            continue
        start, end = end, end + _width(kind)
        if end > len(data):
            raise ValueError("the row is cut off")
        values.append(_value(kind, data[start:end]))
    return values


def _kinds(header: bytes) -> Iterable[int]:
    """Return the kind of each column's value."""
    if header.isascii():  # each a byte, and nearly always so
        return header
    kinds, at = [], 0
    while at < len(header):
        kind, at = _varint(header, at)
        kinds.append(kind)
    return kinds


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _INTEGER_BYTES.get(kind, 0)


def _text(data: bytes) -> SqliteValue:
    """Return text; the bytes themselves where they are none any more."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data


def _value(kind: int, data: bytes) -> SqliteValue:
    if kind in _INTEGER_BYTES:
        return int.from_bytes(data, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind >= 12:
        return _text(data) if kind & 1 else data
    raise ValueError("no such kind of value")
