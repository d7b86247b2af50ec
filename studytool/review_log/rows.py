"""Events as rows of the table ``events``, written and read by the table of kinds."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_bytes, id_text
from studytool.review_log.kinds import KINDS, class_of
from studytool.review_log.names import NO_NAME, Coder, find_names
from studytool.review_log.schema import CODED_COLUMNS, COLUMNS
from studytool.review_log.seals import event_seal, event_seals
from studytool.review_log.study_days import EARLIER_DAYS, LATER_DAYS, StudyDay
from studytool.review_log.variant_parameters import (
    NAMES_CODE,
    code_parameters,
    names_code,
    with_names,
)
from studytool.sqlite.connection import Connection, Row
from studytool.sqlite.faults import ConstraintError
from studytool.srs.memory import DAY_MS

if TYPE_CHECKING:
    from studytool.review_log.events import Event

_PLACES = {column: place for place, column in enumerate(COLUMNS)}
_ID, _KIND, _DETAIL = _PLACES["id"], _PLACES["kind"], _PLACES["detail"]
_TIME, _OFFSET, _STUDY_DAY = (_PLACES[one] for one in ("time_ms", "offset_minutes", "study_day"))
_CONFIDENCE, _PARAMETERS = _PLACES["confidence"], _PLACES["parameters"]
_WORDS = [_PLACES[column] for column in COLUMNS if column in CODED_COLUMNS]
_INSERT = f"""
INSERT INTO events({", ".join(COLUMNS)}, seal) VALUES ({", ".join("?" * (len(COLUMNS) + 1))})
"""
_IN_COLUMNS = {
    name: [field for field in kind.fields if field.key is None] for name, kind in KINDS.items()
}
_IN_DETAIL = {
    name: [field for field in kind.fields if field.key is not None] for name, kind in KINDS.items()
}
_WRITE = {
    name: [(_PLACES[field.column], field.write) for field in fields]
    for name, fields in _IN_COLUMNS.items()
}
_VALUES = {
    name: attrgetter(*[field.name for field in fields]) for name, fields in _IN_COLUMNS.items()
}
_READ = {
    name: [(field.name, _PLACES[field.column], field.read) for field in fields]
    for name, fields in _IN_COLUMNS.items()
}
"""The table of kinds as plain tuples, for the speed of a million rows."""

_BATCH = 2000
_LATEST_MS = 1 << 47
"""In the year 6429: a later instant is noise."""

_HAS_DAY = (
    f"coalesce(e.study_day - e.time_ms / {DAY_MS} BETWEEN {-EARLIER_DAYS} AND {LATER_DAYS}, 0)"
)
"""The SQL condition on ``events e``: its study day is one that its instant can have."""

_BY_KIND = " ".join(f"WHEN '{name}' THEN {kind.needs}" for name, kind in KINDS.items())
_READABLE = f"""
e.time_ms BETWEEN 0 AND {_LATEST_MS} AND {_HAS_DAY}
AND CASE (SELECT name FROM names WHERE code = e.kind) {_BY_KIND} ELSE 1 END
"""
_FREE_PLACE = "CASE WHEN NOT EXISTS (SELECT 1 FROM events o WHERE o.seq = e.seq) THEN seq END"
_COUNT = f"SELECT count(*) FROM events e WHERE NOT ({_READABLE})"
_COUNT_WITHOUT_DAYS = _COUNT.replace(_HAS_DAY, "1")

_encode = json.JSONEncoder(separators=(",", ":")).encode


class WordRow(tuple[Any, ...]):
    """A row of :func:`select_events`: by column, with its words in the place of their codes."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """Return the event's id as text."""
        return id_text(self[_ID])

    def with_day(self, start_hour: int) -> "WordRow":
        """Return the row with a study day: its own, or that of its instant by its offset."""
        if self[_STUDY_DAY] is not None:
            return self
        day = StudyDay(self[_OFFSET], start_hour).number(self[_TIME])
        return WordRow((*self[:_STUDY_DAY], day, *self[_STUDY_DAY + 1 :]))


def raw_id(event: "Event | WordRow") -> bytes:
    """Return an event's id as its 16 bytes."""
    return bytes(event[_ID]) if isinstance(event, WordRow) else id_bytes(event.id)


def insert_event(db: Database, event: "Event", coder: Coder) -> int:
    """Append one event and return its place in this file. Inside the coder's transaction."""
    return int(db.rows(f"{_INSERT} RETURNING seq", _row(event, coder))[0][0])


def insert_events(db: Database, events: "Sequence[Event | WordRow]", coder: Coder) -> None:
    """Append events that the log does not have. Inside the coder's transaction."""
    written = [event for event in events if isinstance(event, WordRow)]
    rows = _coded(written, coder)
    if len(written) < len(events):
        rows = iter(
            [next(rows) if isinstance(one, WordRow) else _row(one, coder) for one in events]
        )
    db.many(_INSERT, rows)


def write_detail(**values: object) -> str | None:
    """Write the column ``detail``; None where each value is None."""
    given = {key: value for key, value in values.items() if value is not None}
    return _encode(given) if given else None


def select_events(*, rating: str = "e.rating", stored: bool = False) -> str:
    """Return the SELECT whose rows :func:`read_event_row` reads.

    Args:
        rating: an SQL value.
        stored: whether each row has behind it what :func:`is_sound` takes, then its place.
    """
    columns = [f"{one}.name" if one in CODED_COLUMNS else f"e.{one}" for one in COLUMNS]
    columns[_PLACES["parameters"]] = "coalesce(drawn.name || char(10) || parameters, parameters)"
    codes = {column: f"e.{column}" for column in COLUMNS if column in CODED_COLUMNS}
    codes |= {"rating": rating, "drawn": NAMES_CODE}
    joins = "".join(
        f"LEFT JOIN names {name} ON {name}.code = {code}\n" for name, code in codes.items()
    )
    if stored:
        columns += [*(f"e.{one}" for one in COLUMNS), "e.seal", "e.seq"]
    return f"SELECT {', '.join(columns)} FROM events e\n{joins}"


def is_sound(row: Row) -> bool:
    """Tell whether the seal of a row that was selected with what is ``stored`` is right."""
    return bool(event_seal(row[len(COLUMNS) : -2]) == row[-2])


def with_words(db: Database, rows: Iterator[Row]) -> Iterator[WordRow]:
    """Put words in the place of the codes of rows with all ``COLUMNS``, many at a time.

    Raises:
        StateError: a code has no word, as where two pages were swapped.
    """
    words: dict[Any, Any] = {None: None}
    while batch := list(islice(rows, _BATCH)):
        columns: list[Sequence[Any]] = list(zip(*batch, strict=True))
        drawn = {value: names_code(value) for value in dict.fromkeys(columns[_PARAMETERS])}
        codes: set[Any] = {*drawn.values()}.union(*(columns[place] for place in _WORDS))
        words.update(find_names(db, codes - words.keys()))
        if not codes <= words.keys():
            raise StateError(Fault.DAMAGED, path=db.path, why=NO_NAME)
        for place in _WORDS:
            columns[place] = [*map(words.get, columns[place])]
        texts = {value: with_names(value, words.get(code)) for value, code in drawn.items()}
        columns[_PARAMETERS] = [*map(texts.__getitem__, columns[_PARAMETERS])]
        yield from map(WordRow, zip(*columns, strict=True))


def read_event_row(row: Row) -> "Event":
    """Read the event that a row of :func:`select_events` holds; its kind must be known here."""
    kind = row[_KIND]
    if kind not in _READ:  # two swapped pages give its code another word
        raise StateError(Fault.DAMAGED, path="reviews.db", why=NO_NAME)
    values = {
        name: row[place] if read is None else read(row[place]) for name, place, read in _READ[kind]
    }
    if keyed := _IN_DETAIL[kind]:
        detail = json.loads(row[_DETAIL] or "{}")
        for field in keyed:
            value = detail.get(field.key)
            values[field.name] = value if field.read is None else field.read(value)
    return class_of(kind)(**values)


def count_unreadable(connection: Connection) -> int:
    """Count the events of known kinds that lack what their kind needs."""
    has_days = connection.execute("PRAGMA user_version").get > 1  # else a backup, not opened since
    return int(connection.execute(_COUNT if has_days else _COUNT_WITHOUT_DAYS).get)


def insert_readable(db: Database, row: Mapping[str, object]) -> bool:
    """Append a row, coded for this file, in its old place where that is free; tell whether it has what its kind needs."""
    row = {**row, "seal": event_seal(tuple(row[column] for column in COLUMNS))}
    columns = ", ".join(row)
    values = ", ".join(_FREE_PLACE if column == "seq" else column for column in row)
    sql = (
        f"WITH e({columns}) AS (VALUES ({', '.join('?' * len(row))})) "
        f"INSERT INTO events({columns}) SELECT {values} FROM e WHERE {_READABLE} RETURNING seq"
    )
    try:
        return bool(db.rows(sql, list(row.values())))
    except ConstraintError:
        return False


def _coded(rows: Sequence[WordRow], coder: Coder) -> Iterator[Row]:
    """Put codes in the place of the words of ``rows``, a column at a time."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    if not columns:
        return iter(())
    for place in _WORDS:
        columns[place] = coder.codes(columns[place])
    codes = {value: code_parameters(coder, value) for value in dict.fromkeys(columns[_PARAMETERS])}
    columns[_PARAMETERS] = [*map(codes.__getitem__, columns[_PARAMETERS])]
    return zip(*columns, event_seals(zip(*columns, strict=True)), strict=True)


def _row(event: "Event", coder: Coder) -> Row:
    kind = event.kind
    row: list[Any] = [None] * len(COLUMNS)
    row[_KIND] = coder.code(kind)
    for (place, write), value in zip(_WRITE[kind], _VALUES[kind](event), strict=True):
        row[place] = value if write is None else write(coder, value)
    if keyed := _IN_DETAIL[kind]:
        detail = {}
        for field in keyed:
            value = getattr(event, field.name)
            detail[str(field.key)] = value if field.write is None else field.write(coder, value)
        row[_DETAIL] = write_detail(**detail)
    if row[_CONFIDENCE] is not None:
        row[_CONFIDENCE] = float(row[_CONFIDENCE]) + 0.0  # SQLite knows no whole reals and no -0.0
    return (*row, event_seal(tuple(row)))
