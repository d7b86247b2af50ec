"""Whether what a log's file keeps of itself and makes of the events is as it was written; else it is made again.

No seal stands over the values of ``meta``: the fold's stamp, the file's own names, its place and what was
given to a sync folder are made again at their next use. What indexes have of items and days SQLite
compares with the tables; of all others a sum is kept.
"""

import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.schema import MADE_TABLES, SUM_OF_FOLD
from studytool.sqlite.connection import Connection, Row
from studytool.sqlite.faults import MALFORMED

_LISTS = ("packs", "vacations", "break_days", "moved", "settings", "retracted", "doubles")
"""Tables that no answer changes: a sum of all their rows is noted where one is written."""
LARGE = ("items", "mature_reviews", "retracted", "doubles")
"""Tables that grow with the log: a million reviews take half a second."""
SMALL = ("meta", *(table for table in MADE_TABLES if table not in LARGE))
_OF_PAGES = ("Tree ", "Page ", "***", "Freelist")
"""The begins of what is wrong with the pages themselves: what they lead to may be another table's."""
_NOTE = "INSERT OR REPLACE INTO meta VALUES (?, ?)"
_NOTED = "SELECT value FROM meta WHERE key = ?"
_ADDS_UP = f"SELECT (SELECT value FROM meta WHERE key = 'fold_sum') IS ({SUM_OF_FOLD})"
"""One statement, so of one moment, whatever another program writes meanwhile."""


def note_lists(connection: Connection) -> None:
    """Note the sums of the tables that no answer changes, one of which was written. In its transaction."""
    connection.executemany(_NOTE, [(f"{one}_sum", _sum(connection, one)) for one in _LISTS])


def _sum(connection: Connection, table: str) -> int:
    return crc32(repr(connection.execute(f"SELECT * FROM {table}").fetchall()).encode())


def are_as_made(connection: Connection, tables: Collection[str]) -> bool:
    """Tell whether ``LARGE`` tables of the fold are as they were written, or ``SMALL`` ones and ``meta`` in order.

    Raises:
        StateError: pages of them are damaged, so that they cannot be made again where they are.
    """
    checks = (connection.execute(f"PRAGMA integrity_check({table})") for table in tables)
    said = [text for check in checks for (text,) in check if text != "ok"]
    if any(text.startswith(_OF_PAGES) for text in said):
        raise StateError(Fault.DAMAGED, path=Path(connection.filename), why=MALFORMED)
    lists = [table for table in _LISTS if table in tables]
    try:
        sums = [_sum(connection, table) for table in lists]
    except UnicodeDecodeError:  # text that is none any more
        return False
    noted = [connection.execute(_NOTED, (f"{table}_sum",)).get for table in lists]
    adds_up = tables is SMALL or bool(connection.execute(_ADDS_UP).get)
    return not said and sums == noted and adds_up


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
