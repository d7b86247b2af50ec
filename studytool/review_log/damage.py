"""Rows of a log whose seals are wrong: found, over bytes, and mended where a single bit has flipped.

What is no text any more raises nothing. CRC-32 tells any two texts of less than 300 bytes apart that differ
in four bits or fewer, so that what fits a seal one bit further on is what was sealed. Source: Koopman 2002,
32-bit cyclic redundancy codes for Internet applications, table 1.
"""

import json
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from studytool.review_log.event_ids import id_text
from studytool.review_log.schema import COLUMNS
from studytool.review_log.seals import event_seal, is_text, name_seal
from studytool.review_log.sound_names import NONE
from studytool.sqlite.connection import Connection, Row

_SCAN = f"SELECT e.seq, e.seal, {', '.join(COLUMNS)} FROM events e"
_BEHIND = f"{_SCAN} NOT INDEXED WHERE e.seq > ?2 AND e.seq <= ?1 ORDER BY e.seq"
_AMONG = (
    f"{_SCAN} WHERE e.id IN (SELECT unhex(value) FROM json_each(?1)) AND e.seq > ?2 ORDER BY e.seq"
)
_NEXT = "SELECT min(seq) FROM events WHERE seq > ?2 AND seq <= ?1"
_LAST_PLACE = (1 << 63) - 1
_NEXT_AMONG = """
SELECT min(seq) FROM events WHERE id IN (SELECT unhex(value) FROM json_each(?1)) AND seq > ?2
"""
_BYTES = ", ".join(
    f"CASE typeof({one}) WHEN 'text' THEN CAST({one} AS BLOB) ELSE {one} END" for one in COLUMNS
)
_CONTENT = f"SELECT {_BYTES} FROM events WHERE seq = ?"
_NAMES = "SELECT code, CAST(name AS BLOB), seal FROM names WHERE code > ?"
_SEALED = 3
"""The version of a file from which on its rows have seals."""


class DamagedEvent(NamedTuple):
    """A row of an event that is not as it was written.

    Attributes:
        place: its ``seq``.
        id: as it is now; None where that is no id.
        content: the values of its columns, as far as they can be written, as JSON.
    """

    place: int
    id: bytes | None
    content: str

    def __str__(self) -> str:
        """Name it by its id, else by its place."""
        return str(self.place) if self.id is None else id_text(self.id)


class DamagedName(NamedTuple):
    """A name that is not as it was written: its code, its bytes and its seal as they are now."""

    code: int
    name: bytes
    seal: int | None


def is_sealed(connection: Connection) -> bool:
    """Tell whether a file is of a version that seals its rows."""
    return bool(connection.execute("PRAGMA user_version").get >= _SEALED)


def damaged_names(connection: Connection, *, after: int = NONE) -> list[DamagedName]:
    """Return the names behind a code whose seal is wrong; none of a file that has no seals."""
    if not is_sealed(connection):
        return []
    rows: Iterable[Row] = connection.execute(_NAMES, (after,))
    # A flip may leave no name at all.
    found = ((code, name or b"", seal) for code, name, seal in rows)
    return [
        DamagedName(code, name, seal if isinstance(seal, int) else None)
        for code, name, seal in found
        if name_seal(code, name) != seal
    ]


def damaged_places(
    connection: Connection,
    *,
    after: int = 0,
    until: int = _LAST_PLACE,
    among: Collection[bytes] | None = None,
) -> list[int]:
    """Return the places of the events whose seal is wrong; none of a file that has no seals.

    Behind the place ``after``, as far as ``until``, or of the ids ``among`` alone.
    """
    if not is_sealed(connection):
        return []
    chosen = until if among is None else json.dumps([id_.hex() for id_ in among])
    scan, behind = (_BEHIND, _NEXT) if among is None else (_AMONG, _NEXT_AMONG)
    found: list[int] = []
    last: int | None = after
    while last is not None:
        unsound, last = _unsound(connection, scan, (chosen, last))
        found += unsound
        if last is not None:
            last = connection.execute(behind, (chosen, last)).get
            found += [] if last is None else [last]
    return found


def read_damaged(connection: Connection, place: int) -> DamagedEvent:
    """Read what is left of a row."""
    rows: list[Row] = connection.execute(_CONTENT, (place,)).fetchall()
    values = rows[0] if rows else ()
    id_ = values[0] if values and isinstance(values[0], bytes) and len(values[0]) == 16 else None
    return DamagedEvent(place, id_, content_of(values))


def content_of(values: Sequence[object]) -> str:
    """Write the values of a row's columns as JSON; bytes that are no text as ``{"hex": ...}``."""
    named = zip(COLUMNS, values, strict=False)
    return json.dumps({name: _shown(value) for name, value in named if value is not None})


def _unsound(
    connection: Connection, scan: str, values: tuple[Any, ...]
) -> tuple[list[int], int | None]:
    """Return the places whose seals are wrong, and that behind which a row cannot be read at all.

    Where text that is none stands for a number, SQLite's driver reads no more.
    """
    found: list[int] = []
    last: int = values[-1]
    try:
        for row in connection.execute(scan, values):
            last = row[0]
            if event_seal(row[2:]) != row[1]:
                found.append(last)
    except UnicodeDecodeError:
        return found, last
    return found, None


def _shown(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"hex": value.hex()}


_MOST_BYTES = 300
_BITS = 64


def mended_name(damaged: DamagedName, known: Iterable[bytes] = ()) -> tuple[int, bytes] | None:
    """Return the code and the name that a damaged one was, of those ``known`` or one bit away; else None."""
    code, name, seal = damaged.code, damaged.name, damaged.seal
    if seal is None:
        return None
    near = _flipped_bytes(name) if len(name) < _MOST_BYTES else iter(())
    for one in (*known, *near):
        if name_seal(code, one) == seal and is_text(one):
            return code, one
    for bit in range(32):
        if name_seal(code ^ 1 << bit, name) == seal and is_text(name):
            return code ^ 1 << bit, name
    is_right = is_text(name) and _is_one_bit(name_seal(code, name) ^ seal)
    return (code, name) if is_right else None


def mended_event(values: Row, seal: int | None) -> Row | None:
    """Return the values that the columns of an event had, one bit away; None where the seal of now tells none."""
    if seal is None:
        return None
    if sum(len(value) for value in values if isinstance(value, bytes | str)) >= _MOST_BYTES:
        return None
    for place, value in enumerate(values):
        for one in _near(value):
            tried = (*values[:place], one, *values[place + 1 :])
            if event_seal(tried) == seal:
                return tried
    return values if _is_one_bit(event_seal(values) ^ seal) else None


def _near(value: object) -> Iterator[object]:
    """Return what a value may have been before one bit of it was flipped."""
    if isinstance(value, bytes):
        yield from _flipped_bytes(value)
    elif isinstance(value, str):
        yield from (one.decode() for one in _flipped_bytes(value.encode()) if is_text(one))
    elif isinstance(value, int):
        yield from (value ^ 1 << bit for bit in range(_BITS - 1))
        yield from (value - (1 << bit) if value >= 0 else value + (1 << bit) for bit in _SIGNS)
    elif isinstance(value, float):
        [bits] = struct.unpack("<Q", struct.pack("<d", value))
        yield from (
            struct.unpack("<d", struct.pack("<Q", bits ^ 1 << bit))[0] for bit in range(_BITS)
        )


_SIGNS = (7, 15, 23, 31, 47, 63)
"""The places of the signs of SQLite's whole numbers, which have 1, 2, 3, 4, 6 or 8 bytes."""


def _flipped_bytes(value: bytes) -> Iterator[bytes]:
    for place, byte in enumerate(value):
        for bit in range(8):
            yield value[:place] + bytes([byte ^ 1 << bit]) + value[place + 1 :]


def _is_one_bit(difference: int) -> bool:
    return difference != 0 and (difference & 0xFFFF_FFFF).bit_count() == 1
