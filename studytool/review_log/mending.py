"""Mend what a single flipped bit has changed: its seal tells which of all the bits it was.

CRC-32 tells any two texts of less than 300 bytes apart that differ in four bits or fewer, so that what
fits a seal one bit further on is what was sealed. Source: Koopman 2002, 32-bit cyclic redundancy codes
for Internet applications, table 1.
"""

import struct
from collections.abc import Iterable, Iterator

from studytool.review_log.damage import DamagedName
from studytool.review_log.seals import event_seal, is_text, name_seal
from studytool.sqlite.connection import Row

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
