"""Whether what a log's file keeps of itself and makes of the events is as it was written; else it is made again.

No seal stands over the values of ``meta``: the fold's stamp, the file's own names, its place and what was
given to a sync folder are made again at their next use. What indexes have of items and days SQLite
compares with the tables; of all others a sum is kept.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.schema import MADE_TABLES, SUM_OF_FOLD, TRUTH_TABLES, VERSION
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
    note_roots(connection)


_ROOTS = "(SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0 ORDER BY name)"
_BYTES = (f"CAST({one} AS BLOB)" for one in ("type", "name", "tbl_name", "sql"))
_SCHEMA = f"SELECT {', '.join(_BYTES)} FROM sqlite_schema"
_NAME = r"""\s*("[^"]+"|\[[^]]+\]|`[^`]+`|'[^']+'|[^\s(]+)"""
_TEXT = re.compile(rf"CREATE (?:UNIQUE |VIRTUAL )?([A-Z]+){_NAME}(?:.*?\sON{_NAME})?", re.DOTALL)


def note_roots(connection: Connection) -> None:
    """Note where each table and index begins. Inside a transaction."""
    connection.execute(_NOTE, ("roots", _sum(connection, _ROOTS)))


def are_roots_noted(connection: Connection) -> bool:
    """Tell whether each table and index begins where it was noted to."""
    return bool(connection.execute(_NOTED, ("roots",)).get == _sum(connection, _ROOTS))


def misnamed(connection: Connection) -> list[str]:
    """Return the tables, indexes and triggers whose names or texts are not those that they were made with.

    SQLite finds nothing wrong with them, and drops none of them.
    """
    is_older = connection.execute("PRAGMA user_version").get < VERSION
    rows = [
        [(one or b"").decode(errors="replace") for one in row]
        for row in connection.execute(_SCHEMA)
    ]
    return [row[1] for row in rows if not _is_sound_row(*row, is_older=is_older)]


def _is_sound_row(kind: str, name: str, table: str, text: str, *, is_older: bool) -> bool:
    if not text:  # of a table's own rule
        return kind == "index" and name[:-1] == f"sqlite_autoindex_{table}_"
    said = _TEXT.match(text)
    if said is None:
        return False
    names = said.group(2, 2 if kind in ("table", "view") else 3)
    own, on = ((one or "").strip("\"[]`'") for one in names)
    if (kind, name, table) != (said[1].lower(), own, on):
        return False
    squeezed = re.sub(r"--.*|\s", "", text)  # a file that was carried over has other ones
    return is_older or TRUTH_TABLES.get(name, squeezed) == squeezed


def refuse_damaged_schema(connection: Connection) -> None:
    """Refuse, as a StateError, a file in which anything is misnamed or not where it was: events would be dropped with it."""
    sound = not misnamed(connection)
    if sound and not are_roots_noted(connection):
        said = connection.execute("PRAGMA quick_check")
        sound = not any(text.startswith(_OF_PAGES) for (text,) in said)
    if not sound:
        raise StateError(Fault.DAMAGED, path=Path(connection.filename), why=MALFORMED)


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
