"""Whether an event says what its kind needs: SQLite watches over pages, not over what is in them."""

from collections.abc import Mapping

from studytool.review_log.database import Database
from studytool.review_log.events import ITEM_ACTS, EventKind
from studytool.review_log.schema import OUTCOME_CODES, RATING_CODES
from studytool.review_log.variant_parameters import NAMES_CODE
from studytool.sqlite.connection import Connection

LATEST_MS = 1 << 47
"""In the year 6429: a later instant is noise."""

_RATED = f"coalesce(e.rating, 0) IN ({', '.join(map(str, RATING_CODES.values()))})"
_MARKED = f"coalesce(e.outcome, 0) IN ({', '.join(map(str, OUTCOME_CODES.values()))})"
_TARGETED = "coalesce(length(e.target), 0) = 16"
_NUMBERED = f"""
CASE WHEN e.parameters IS NULL THEN 1 WHEN NOT json_valid(e.parameters) THEN 0
WHEN substr(e.parameters, 1, 1) = '{{' THEN 1
ELSE coalesce(json_array_length(e.parameters) - 1 = (SELECT
    CASE WHEN json_valid(name) THEN json_array_length(name) END
    FROM names WHERE code = {NAMES_CODE}), 0) END
"""
_UNTIL, _DAYS = (
    f"CASE WHEN json_valid(e.detail) THEN json_type(e.detail, '$.{name}') = 'integer' END IS 1"
    for name in ("until_ms", "days")
)
_NEEDS: dict[EventKind, str] = {
    **dict.fromkeys(ITEM_ACTS, "e.item IS NOT NULL"),
    EventKind.REVIEW: f"e.item IS NOT NULL AND {_MARKED} AND {_RATED} AND {_NUMBERED}",
    EventKind.BURY: f"e.item IS NOT NULL AND {_UNTIL}",
    EventKind.VACATION: _DAYS,
    EventKind.RE_RATE: f"{_TARGETED} AND {_RATED}",
    EventKind.UNDO: _TARGETED,
    EventKind.REDO: _TARGETED,
}
_BY_KIND = " ".join(f"WHEN '{kind}' THEN {needs}" for kind, needs in _NEEDS.items())
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
    """Tell whether a row to be added has what its kind needs, and whether its place is taken."""
    values = [row[column] for column in (*_COLUMNS, "seq")]
    readable, taken = db.rows(_IS_READABLE, values)[0]
    return bool(readable), bool(taken)
