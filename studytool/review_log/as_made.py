"""Whether what a log's file keeps of itself and makes of the events is as it was written; else it is made again.

No seal stands over the values of ``meta``: the fold's stamp, the file's own names, its place and what was
given to a sync folder are made again at their next use. What indexes have of items and days SQLite
compares with the tables; of all that an item has a sum is kept.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.schema import MADE_TABLES, SUM_OF_ITEMS
from studytool.review_log.seals import is_text
from studytool.sqlite.connection import Connection, Row
from studytool.sqlite.faults import MALFORMED

_MANY = 10_000
"""Items that are compared in a few milliseconds; more are made again at the end of a sitting."""
_HAS_MANY = f"SELECT 1 FROM items LIMIT 1 OFFSET {_MANY}"
_COMPARED = ("meta", *(table for table in MADE_TABLES if table != "mature_reviews"))
_OF_PAGES = ("Tree ", "Page ", "***", "Freelist")
"""The begins of what is wrong with the pages themselves: what they lead to may be another table's."""

_TEXTS = """
SELECT CAST(name AS BLOB) FROM settings UNION ALL SELECT CAST(value AS BLOB) FROM settings
UNION ALL SELECT CAST(digest AS BLOB) FROM packs
"""
_ADDS_UP = f"SELECT (SELECT value FROM meta WHERE key = 'items_sum') IS ({SUM_OF_ITEMS})"
"""One statement, so of one moment, whatever another program writes meanwhile."""


def is_as_made(connection: Connection) -> bool:
    """Tell whether the fold is as it was written, and the table ``meta`` in order.

    Raises:
        StateError: pages of the fold are damaged, so that it cannot be made again where it is.
    """
    if not all(is_text(one) for (one,) in connection.execute(_TEXTS)):
        return False
    if connection.execute(_HAS_MANY).get:
        return True
    said = [
        str(text)
        for table in _COMPARED
        for (text,) in connection.execute(f"PRAGMA integrity_check({table})")
        if text != "ok"
    ]
    if any(text.startswith(_OF_PAGES) for text in said):
        raise StateError(Fault.DAMAGED, path=Path(connection.filename), why=MALFORMED)
    return not said and bool(connection.execute(_ADDS_UP).get)


def renew_meta(connection: Connection) -> None:
    """Write the rows of ``meta``, which are text, anew in their order. Inside a transaction."""
    rows: list[Row] = connection.execute("SELECT key, value FROM meta").fetchall()
    connection.execute("DELETE FROM meta")
    connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", rows)


FORGET = "DELETE FROM meta WHERE CAST(key AS BLOB) = ?"
_OWN = """
SELECT CAST(key AS BLOB),
    CASE typeof(value) WHEN 'text' THEN CAST(value AS BLOB) WHEN 'blob' THEN -1 ELSE value END
FROM meta
"""


def damaged_keys(connection: Connection) -> Iterator[bytes]:
    """Return the keys of values in ``meta`` that no program wrote."""
    for key, value in connection.execute(_OWN):
        try:
            kind, is_sound = _SOUND.get(key.decode(), (object, lambda _: True))
            read = value.decode() if isinstance(value, bytes) else value
            sound = isinstance(read, kind) and is_sound(read)
        except ValueError:
            sound = False
        if not sound:
            yield key


def _is_object(text: str) -> bool:
    return isinstance(json.loads(text), dict)


_SOUND: dict[str, tuple[type, Callable[[Any], bool]]] = {
    "device": (str, str.isprintable),
    "folded_seq": (int, lambda place: place >= 0),
    "learner": (str, str.isprintable),
    "place": (str, _is_object),
    "settings_seen": (str, _is_object),
    "shared_seq": (str, str.isdecimal),
}
"""The type and the look of each value; of those not named here, text must only be text."""
