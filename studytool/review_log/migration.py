"""The migration of older files: version 1 had no study days, version 2 no seals."""

from typing import Any

from studytool.review_log.schema import COLUMNS, TEXT_COLUMNS, VERSION
from studytool.review_log.seals import event_seal, is_text, name_seal
from studytool.sqlite.connection import Connection
from studytool.srs.memory import DAY_MS

_ARE_TEXTS = [column in TEXT_COLUMNS for column in COLUMNS]
_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_AHEAD = 10
"""Days added and taken off again, as SQLite cuts a division towards zero: 1970 may have begun late."""

_GIVE_DAYS = f"""
UPDATE events SET study_day = (
    time_ms + offset_minutes * {_MINUTE_MS} - ? * {_HOUR_MS} + {_AHEAD * DAY_MS}
) / {DAY_MS} - {_AHEAD}
"""


_SEAL_NAMES = "UPDATE names SET seal = name_seal(code, CAST(name AS BLOB))"
_SEAL_EVENTS = f"UPDATE events SET seal = event_seal({', '.join(COLUMNS)})"
_SEAL_EVENTS_OF_BYTES = "UPDATE events SET seal = event_seal_of_bytes({})".format(
    ", ".join(f"CAST({column} AS BLOB)" if column in TEXT_COLUMNS else column for column in COLUMNS)
)


def migrate(connection: Connection, *, start_hour: int) -> None:
    """Give a file of an older version what this one has: study days by an hour of start, and seals of what is there.

    Inside a transaction, which makes the indexes, the triggers and the tables of the fold anew. No
    program of the version before writes to the file afterwards: it refuses a newer one.
    """
    for table in ("events", "names"):
        connection.execute(f"DROP TRIGGER IF EXISTS {table}_are_never_changed")
    if connection.execute("PRAGMA user_version").get == 1:
        connection.execute("ALTER TABLE events ADD COLUMN study_day INTEGER")
        connection.execute(_GIVE_DAYS, (start_hour,))
        connection.execute("DELETE FROM meta WHERE key IN ('policy', 'folded_seq')")
    _seal(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _seal(connection: Connection) -> None:
    """Seal every name and every event as it is; what is no text has no seal, and so is damaged."""
    for table in ("events", "names"):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")
    connection.create_scalar_function("name_seal", _name_seal, deterministic=True)
    connection.create_scalar_function(
        "event_seal", lambda *values: event_seal(values), deterministic=True
    )
    connection.create_scalar_function("event_seal_of_bytes", _seal_of_bytes, deterministic=True)
    connection.execute(_SEAL_NAMES)
    try:
        connection.execute(_SEAL_EVENTS)  # in a fourth of the time
    except UnicodeDecodeError:  # some of the text is none
        connection.execute(_SEAL_EVENTS_OF_BYTES)


def _name_seal(*values: Any) -> int | None:
    code, name = values
    return name_seal(code, name) if is_text(name) else None


def _seal_of_bytes(*values: Any) -> int | None:
    texts = [value for value, is_one in zip(values, _ARE_TEXTS, strict=True) if is_one]
    if not all(map(is_text, texts)):
        return None
    return event_seal(
        tuple(
            value.decode() if isinstance(value, bytes) and is_one else value
            for value, is_one in zip(values, _ARE_TEXTS, strict=True)
        )
    )
