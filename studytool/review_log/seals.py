"""Seals: a checksum beside every event and every name, over the values as the file gives them.

A seal is the CRC-32 of the values' serial form, less 2³¹ so that SQLite keeps it in four bytes. Names
are sealed with their codes, and events with the codes of their words: each row answers for itself.
"""

import marshal
from collections.abc import Iterable
from itertools import repeat
from zlib import crc32

from studytool.sqlite.connection import Row

_FORMAT = 2
"""Of :mod:`marshal`: every value with its kind and length, and no reference to another value."""

_HALF = 1 << 31


def name_seal(code: int, name: bytes) -> int:
    """Return the seal of a name's bytes behind those of its code.

    As bytes of the text that is sealed: a bit of the code must not look like one of the name's.

    >>> name_seal(1, b"again")
    -120165398
    """
    return crc32(name, crc32((code & 0xFFFF_FFFF).to_bytes(4))) - _HALF


def event_seal(values: Row) -> int:
    """Return the seal of the values of :data:`COLUMNS`, of the types that SQLite gives them back in.

    >>> event_seal((b"id", 21, None, "0.25", 0.5))
    239649928
    """
    return crc32(marshal.dumps(values, _FORMAT)) - _HALF


def event_seals(rows: Iterable[Row]) -> list[int]:
    """Return the seals of many events, each as :func:`event_seal` does."""
    return [crc32(values) - _HALF for values in map(marshal.dumps, rows, repeat(_FORMAT))]


def is_text(value: object) -> bool:
    """Tell whether bytes are UTF-8; None is no text to be wrong."""
    if isinstance(value, bytes):
        try:
            value.decode()
        except UnicodeDecodeError:
            return False
    return True
