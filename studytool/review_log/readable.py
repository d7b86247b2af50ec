"""Find events that lack what their kind needs, which SQLite's own checks do not see."""

from collections.abc import Mapping

from studytool.review_log.database import Database
from studytool.review_log.kinds import KINDS
from studytool.sqlite.connection import Connection

LATEST_MS = 1 << 47
"""In the year 6429: a later instant is noise."""

_BY_KIND = " ".join(f"WHEN '{name}' THEN {kind.needs}" for name, kind in KINDS.items())
_READABLE = f"""
e.time_ms BETWEEN 0 AND {LATEST_MS}
AND CASE (SELECT name FROM names WHERE code = e.kind) {_BY_KIND} ELSE 1 END
"""
_COUNT = f"SELECT count(*) FROM events e WHERE NOT ({_READABLE})"
_COLUMNS = ("time_ms", "kind", "item", "outcome", "rating", "parameters", "target", "detail")
_IS_READABLE = f"WITH e({', '.join(_COLUMNS)}) AS (VALUES ({', '.join('?' * len(_COLUMNS))})) "
_IS_READABLE += f"SELECT {_READABLE}, EXISTS (SELECT 1 FROM events WHERE seq = ?) FROM e"


def count_unreadable(connection: Connection) -> int:
    """Count the events of known kinds that lack what their kind needs."""
    return int(connection.execute(_COUNT).get)


def examine_row(db: Database, row: Mapping[str, object]) -> tuple[bool, bool]:
    """Tell whether a new row has what its kind needs, and whether its ``seq`` is taken."""
    values = [row[column] for column in (*_COLUMNS, "seq")]
    readable, taken = db.rows(_IS_READABLE, values)[0]
    return bool(readable), bool(taken)
