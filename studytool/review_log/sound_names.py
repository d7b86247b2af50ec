"""How far the names of a log are known to be sound, so that a start need not try each seal anew.

Where all seals of many names were right, one checksum over these names and their seals is kept. As
long as it comes out the same, no bit of any has changed; else each answers for itself again.
"""

import json
from contextlib import suppress
from zlib import crc32

from studytool.errors import StateError
from studytool.review_log.database import Database
from studytool.sqlite.connection import Connection, Row

NONE = -(1 << 63)
"""Before the first code that there can be."""
_MANY = 5_000
"""Names that are tried one by one in a few milliseconds; a checksum is kept of more."""
_BLOCK = 20_000
"""Names that are read at once."""

_READ = "SELECT value FROM meta WHERE key = 'sound_names'"
_NOTE = "INSERT OR REPLACE INTO meta VALUES ('sound_names', ?)"
_END = "SELECT code FROM names WHERE code > ? AND code <= ? ORDER BY code LIMIT 1 OFFSET ?"
_READ_BLOCK = """
SELECT total(code * 65537 + ifnull(seal, 4294967296)), CAST(group_concat(name, char(10)) AS BLOB)
FROM names WHERE code > ? AND code <= ?
"""
"""A sum of codes and seals costs half of writing them out; one bit changes it by a power of two."""
_LAST, _COUNT = "SELECT max(code) FROM names", "SELECT count(*) FROM names WHERE code > ?"


def sound_until(connection: Connection) -> int:
    """Return the last code up to which all names are known to be sound; ``NONE`` where none is."""
    try:
        last, checksum = json.loads(connection.execute(_READ).get)
        return int(last) if _checksum(connection, last) == checksum else NONE
    except (TypeError, ValueError, OverflowError):  # nobody noted it, or a bit of it has changed
        return NONE


def note_sound(db: Database, known: int) -> None:
    """Note that all names are sound, where many more are than those up to ``known``.

    A log that cannot be written now is noted another time.
    """
    connection = db.connection
    if connection.execute(_COUNT, (known,)).get <= _MANY:
        return
    with suppress(StateError), db.writing():
        last = connection.execute(_LAST).get
        db.rows(_NOTE, (json.dumps([last, _checksum(connection, last)]),))


def _checksum(connection: Connection, last: int) -> int:
    """Return the CRC-32 of the names up to a code, with their codes and seals."""
    found, after = 0, NONE
    while after < last:
        end = connection.execute(_END, (after, last, _BLOCK - 1)).get
        end = last if end is None else end
        block: Row = connection.execute(_READ_BLOCK, (after, end)).fetchall()[0]
        total, names = block
        found, after = crc32(names or b"", crc32(f"{total}".encode(), found)), end
    return found
