"""Whether what is made of the events is as it was made: else a damaged bit would show a wrong day.

What indexes have of items and days SQLite compares with the tables; of all that an item has a sum is kept.
"""

from pathlib import Path

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
