"""The log's indexes and triggers as they should be: those that are not, and made again."""

from contextlib import closing

import apsw

from studytool.review_log.database import Database
from studytool.review_log.schema import MADE, MADE_TABLES, TRUTH
from studytool.sqlite.connection import Row

_PARTS = (
    "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql <> ''"
)
_TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"


def has_tables_of_fold(connection: apsw.Connection) -> bool:
    """Tell whether the tables of the fold are as this version makes them."""
    rows: list[Row] = connection.execute(_TABLES).fetchall()
    tables: dict[str, str] = dict(rows)
    return MADE_TABLES.items() <= tables.items()


def missing_parts(connection: apsw.Connection) -> list[str]:
    """Name the indexes and triggers that a log lacks, or has otherwise than this version makes them.

    Those of the fold's tables count only where these are as they should be: else the next start
    makes the tables anew, with their indexes.
    """
    wanted = _parts_of(TRUTH + MADE if has_tables_of_fold(connection) else TRUTH)
    found = _parts(connection)
    return sorted(name for name, part in wanted.items() if found.get(name) != part)


def drop_indexes(db: Database) -> None:
    """Drop the indexes of the events that only queries need. Inside a transaction."""
    for name, (kind, sql) in _parts_of(TRUTH).items():
        if kind == "index" and " ON events(" in sql:
            db.rows(f"DROP INDEX IF EXISTS {name}")


def make_parts(db: Database) -> None:
    """Make those indexes and triggers again that are not as they should be. Inside a transaction."""
    found: dict[str, tuple[str, str]] = {name: (kind, sql) for name, kind, sql in db.rows(_PARTS)}
    for name, (kind, sql) in _parts_of(TRUTH + MADE).items():
        if found.get(name) != (kind, sql):
            db.rows(f"DROP {kind} IF EXISTS {name}")
            db.rows(sql)


def _parts_of(schema: str) -> dict[str, tuple[str, str]]:
    with closing(apsw.Connection(":memory:")) as connection:
        connection.execute(schema)
        return _parts(connection)


def _parts(connection: apsw.Connection) -> dict[str, tuple[str, str]]:
    rows: list[Row] = connection.execute(_PARTS).fetchall()
    return {name: (kind, sql) for name, kind, sql in rows}
