"""The migration of a file of version 1, whose events had no study days."""

from studytool.review_log.schema import VERSION
from studytool.sqlite.connection import Connection
from studytool.srs.memory import DAY_MS

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_AHEAD = 10
"""Days added and taken off again, as SQLite cuts a division towards zero: 1970 may have begun late."""

_GIVE_DAYS = f"""
UPDATE events SET study_day = (
    time_ms + offset_minutes * {_MINUTE_MS} - ? * {_HOUR_MS} + {_AHEAD * DAY_MS}
) / {DAY_MS} - {_AHEAD}
"""


def give_days(connection: Connection, *, start_hour: int) -> None:
    """Store with every event its study day, by its own offset and one hour for all.

    Inside a transaction, which makes the indexes, the triggers and the tables of the fold anew. No
    program of the version before writes to the file afterwards: without a policy in force it
    refuses to.

    Args:
        connection: of a file of version 1.
        start_hour: the local hour at which the learner's days begin.
    """
    connection.execute("DROP TRIGGER IF EXISTS events_are_never_changed")
    connection.execute("ALTER TABLE events ADD COLUMN study_day INTEGER")
    connection.execute(_GIVE_DAYS, (start_hour,))
    connection.execute("DELETE FROM meta WHERE key IN ('policy', 'folded_seq')")
    connection.execute(f"PRAGMA user_version = {VERSION}")
