"""Seal what a test wrote by SQL, as the program would have sealed it."""

from contextlib import closing
from pathlib import Path

import apsw

from studytool.review_log.schema import COLUMNS, PARTS
from studytool.review_log.seals import event_seal, name_seal


def seal_rows(path: Path) -> None:
    """Seal the rows that have no seal."""
    with closing(apsw.Connection(str(path))) as connection:
        seal_open(connection)


def seal_open(connection: apsw.Connection) -> None:
    """Seal the rows of an open file that have no seal."""
    connection.create_scalar_function("event_seal", lambda *values: event_seal(values))
    connection.create_scalar_function("name_seal", lambda *row: name_seal(*row[:2]))
    stored = ", ".join(COLUMNS)
    for table, seal in (
        ("events", f"event_seal({stored})"),
        ("names", "name_seal(code, CAST(name AS BLOB))"),
    ):
        connection.execute(f"DROP TRIGGER {table}_are_never_changed")
        connection.execute(f"UPDATE {table} AS e SET seal = {seal} WHERE seal IS NULL")
        connection.execute(PARTS[f"{table}_are_never_changed"])
