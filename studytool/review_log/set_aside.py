"""Check the rows of a log as they are read: mend what can be, and set aside what cannot.

What is set aside stands in the table ``set_aside`` and in no other, so that everything else goes on
without it. A true event that comes from elsewhere is new to the log then, and takes its place.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.review_log.damage import (
    DamagedEvent,
    damaged_names,
    damaged_places,
    mended_event,
    mended_name,
    read_damaged,
)
from studytool.review_log.database import Database
from studytool.review_log.rows import is_sound, read_event_row
from studytool.review_log.schema import COLUMNS, FIXED_NAMES, SET_ASIDE
from studytool.review_log.seals import event_seal, name_seal
from studytool.review_log.sound_names import note_sound, sound_until
from studytool.sqlite.connection import Connection, Row
from studytool.sqlite.faults import ConstraintError, sqlite_faults

if TYPE_CHECKING:
    from studytool.review_log.events import Event

_NAMES = Phrase(ko="이름 {n}개의 검사합이 틀림", en="the checksums of {n} of its names are wrong")
_ASTRAY = Phrase(ko="이벤트의 자리가 틀림", en="an event is not at its place")
_TWICE = Phrase(ko="같은 이벤트가 두 번 있음", en="an event is there twice")
_STORED = f"SELECT e.seal, {', '.join(COLUMNS)} FROM events e WHERE e.seq = ?"
_FORGET = "DELETE FROM events WHERE seq IN (SELECT value FROM json_each(?))"
_COUNT_AT = "SELECT count(*) FROM events WHERE seq IN (SELECT value FROM json_each(?))"
_KEEP = """
INSERT INTO set_aside(place, id, content) SELECT ?1, ?2, ?3
WHERE NOT EXISTS (SELECT 1 FROM set_aside WHERE (place, id, content) IS (?1, ?2, ?3))
"""
_PUT = f"""
INSERT INTO events(seq, {", ".join(COLUMNS)}, seal)
VALUES ({", ".join("?" * (len(COLUMNS) + 2))})
"""
_INDEXED_WORDS = "SELECT CAST(name AS BLOB) FROM names INDEXED BY sqlite_autoindex_names_1"
_IS_LOST = "(id IS NULL OR NOT EXISTS (SELECT 1 FROM events e WHERE e.id = set_aside.id))"
_HAS_TABLE = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'set_aside')"
EVENT_GUARDS = ("events_are_never_deleted", "events_are_never_replaced")
_NAME_GUARDS = ("names_are_never_deleted", "names_are_never_replaced")


def lost_events(connection: Connection) -> list[DamagedEvent]:
    """Return what was set aside and is not in the log again, by place."""
    return _read_aside(connection, f"{_IS_LOST} ORDER BY place")


def read_set_aside(connection: Connection) -> list[DamagedEvent]:
    """Return what was set aside and is not in the log again, and what another file had otherwise."""
    return _read_aside(connection, f"place = 0 OR {_IS_LOST} ORDER BY number")


def twofold_ids(connection: Connection) -> list[str]:
    """Return the ids of events that another file had otherwise."""
    found = _read_aside(connection, "place = 0 ORDER BY number")
    return list(dict.fromkeys(map(str, found)))


def _read_aside(connection: Connection, where: str) -> list[DamagedEvent]:
    if not connection.execute(_HAS_TABLE).get:
        return []
    rows: Iterable[Row] = connection.execute(
        f"SELECT place, id, content FROM set_aside WHERE {where}"
    )
    return [DamagedEvent(*row) for row in rows]


def check_names(db: Database) -> None:
    """Mend the names whose seals are wrong; they are few, and everything else is told by them.

    Raises:
        StateError: one of them cannot be mended by itself.
    """
    with sqlite_faults(db.path):
        known = sound_until(db.connection)
        bad = damaged_names(db.connection, after=known)
        if not bad:
            note_sound(db, known)
    if not bad:
        return
    fixed = {code: name.encode() for name, code in FIXED_NAMES.items()}
    words = [word for (word,) in db.rows(_INDEXED_WORDS)]
    mended = [
        mended_name(one, [*([fixed[one.code]] if one.code in fixed else []), *words]) for one in bad
    ]
    if None in mended:
        raise StateError(Fault.DAMAGED, path=db.path, why=_NAMES.of(n=mended.count(None)))
    try:
        with db.writing(), db.without(_NAME_GUARDS):
            db.rows("REINDEX names")
            for one in bad:
                db.rows("DELETE FROM names WHERE code = ?", (one.code,))
            for code, name in filter(None, mended):
                values = (code, name.decode(), name_seal(code, name))
                db.rows("INSERT INTO names(code, name, seal) VALUES (?, ?, ?)", values)
    except ConstraintError as error:  # another row has it already
        raise StateError(Fault.DAMAGED, path=db.path, why=_NAMES.of(n=len(bad))) from error


def check_events(
    db: Database,
    *,
    among: Collection[bytes] | None = None,
    after: int = 0,
    written_after: int | None = None,
) -> bool:
    """Mend the events whose seals are wrong, or set them aside; tell whether there were any.

    Of those that no call has seen: all, those of the ids ``among``, or those behind the place ``after``.
    What lies behind ``written_after`` was written in this transaction, with its seals.

    Raises:
        StateError: the log cannot be written.
    """
    last = db.number("SELECT max(seq) FROM events")
    until = last if written_after is None else written_after
    begin, places = max(after, db.checked), []
    if begin < until:
        with sqlite_faults(db.path):
            places = damaged_places(db.connection, after=begin, until=until, among=among)
        if places:
            put_right(db, places)
    if among is None and begin == db.checked:
        db.checked = last
    return bool(places)


def read_sound(db: Database, rows: Sequence[Row]) -> "list[Event]":
    """Read events out of rows that were selected with what is ``stored``.

    Raises:
        StateError: one of them is damaged; ``db.damaged`` has the places of those, which are to be
            put right when nothing is being written.
    """
    bad = [row[-1] for row in rows if not is_sound(row)]
    if bad:
        db.damaged = bad
        raise StateError(Fault.EVENT_DAMAGED, path=db.path, n=len(bad))
    return [read_event_row(row) for row in rows]


def put_right(db: Database, places: Sequence[int]) -> None:
    """Mend the events at these places by their seals, or set them aside.

    Raises:
        StateError: the log cannot be written, or a row is not found at its place: its page is damaged.
    """
    db.damaged = []
    with db.writing():
        if db.number(_COUNT_AT, (json.dumps([*places]),)) < len(places):
            raise StateError(Fault.DAMAGED, path=db.path, why=_ASTRAY.of())
        with sqlite_faults(db.path):
            damaged = [read_damaged(db.connection, place) for place in places]
        mended = [(one, _mended(db, one.place)) for one in damaged]
        try:
            db.rows("REINDEX events")  # whose entries are of what was written
            with db.without(EVENT_GUARDS):
                db.rows(_FORGET, (json.dumps([*places]),))
                for one, values in mended:
                    if values is None:
                        keep_damaged(db, [one])
                    else:
                        db.rows(_PUT, (one.place, *values, event_seal(values)))
        except ConstraintError as error:
            raise StateError(Fault.DAMAGED, path=db.path, why=_TWICE.of()) from error
        db.rows("DELETE FROM meta WHERE key = 'folded_seq'")


def keep_damaged(db: Database, damaged: Iterable[DamagedEvent]) -> None:
    """Keep in the log what is left of damaged events. Inside a transaction."""
    db.rows(SET_ASIDE)
    for one in damaged:
        db.rows(_KEEP, (one.place, one.id, one.content))


def _mended(db: Database, place: int) -> Row | None:
    try:
        row = db.row(_STORED, (place,))
    except StateError:  # some of its text is none any more
        return None
    return None if row is None else mended_event(tuple(row[1:]), row[0])
