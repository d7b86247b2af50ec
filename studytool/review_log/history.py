"""The events as they were written, and those that stand: read back from their rows."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from studytool.quiz.variant import Outcome
from studytool.review_log.database import Database
from studytool.review_log.events import (
    Act,
    Bury,
    Event,
    EventKind,
    Flag,
    ItemAct,
    Redo,
    ReRate,
    Reset,
    Review,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
    id_bytes,
    id_text,
)
from studytool.review_log.item_acts import read_days, read_leech, read_until, write_leech
from studytool.review_log.names import find_name
from studytool.review_log.schema import OUTCOME_CODES, UNDO_CODE
from studytool.review_log.standing import IS_ACT, RATING, STANDING, codes, stands
from studytool.review_log.variant_parameters import NAMES_CODE, read_parameters
from studytool.sqlite.connection import Row
from studytool.srs.memory import from_ms
from studytool.srs.rating import Rating

_EVENTS = """
SELECT e.id, kind.name, learner.name, device.name, e.time_ms, offset_minutes, item.name,
    revision.name, seed, parameters, answer, outcome.name, misconception.name, confidence,
    rating.name, duration_ms, target, detail, drawn.name{more}
FROM events e
JOIN names kind ON kind.code = e.kind
JOIN names learner ON learner.code = e.learner
JOIN names device ON device.code = e.device
LEFT JOIN names item ON item.code = e.item
LEFT JOIN names revision ON revision.code = e.revision
LEFT JOIN names outcome ON outcome.code = e.outcome
LEFT JOIN names misconception ON misconception.code = e.misconception
LEFT JOIN names rating ON rating.code = {rating}
LEFT JOIN names drawn ON drawn.code = {drawn}
"""
_AS_WRITTEN = _EVENTS.format(rating="e.rating", drawn=NAMES_CODE, more="")
_AS_RATED = _EVENTS.format(rating=RATING, drawn=NAMES_CODE, more="")
_PREDICTED = _EVENTS.format(rating=RATING, drawn=NAMES_CODE, more=", m.predicted")
_OWN = (
    "{0}.learner = (SELECT code FROM names WHERE name = ?) "
    "AND {0}.device = (SELECT code FROM names WHERE name = ?)"
)

_ANSWERS = f"""
SELECT item, e.time_ms, offset_minutes, outcome = {OUTCOME_CODES[Outcome.RIGHT]}, {RATING},
    coalesce(misconception, 0), confidence, duration_ms, m.predicted
FROM events e INDEXED BY events_by_time
LEFT JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
WHERE {STANDING} ORDER BY e.time_ms, e.id
"""
"""In the order of the index, so that the first row comes at once."""

_REVIEWED = """
SELECT i.name, stage, step, stability, difficulty, due_ms, last_ms, reps, lapses, shift_ms,
    rests_until_ms
FROM items JOIN names i ON i.code = item
WHERE listed = 1 AND stage > 0 AND rests_until_ms IS NOT NULL ORDER BY item
"""
_OF_TARGETS = {kind.kind: kind for kind in (Undo, Redo)}
_OF_ITEMS: dict[EventKind, Callable[..., ItemAct]] = {
    kind.kind: kind for kind in (Suspend, Unsuspend, Flag, Unflag, Reset)
}


def all_events(db: Database) -> Iterator[Event]:
    """Return the events of the kinds known here, in the order of their arrival in this file."""
    return map(
        _event, db.stream(f"{_AS_WRITTEN} WHERE e.kind IN {codes(EventKind)} ORDER BY e.seq")
    )


def events_among(db: Database, ids: Iterable[str]) -> Iterator[Event]:
    """Return the events of these ids, of the kinds known here, in the order of their arrival."""
    digits = json.dumps([id_.replace("-", "") for id_ in ids])
    chosen = "e.id IN (SELECT unhex(value) FROM json_each(?))"
    sql = f"{_AS_WRITTEN} WHERE {chosen} AND e.kind IN {codes(EventKind)} ORDER BY e.seq"
    return map(_event, db.stream(sql, (digits,)))


def all_ids(db: Database) -> set[str]:
    """Return the ids of the events of the kinds known here."""
    sql = f"SELECT id FROM events WHERE kind IN {codes(EventKind)}"
    return {id_text(id_) for (id_,) in db.stream(sql)}


def unknown_kinds(db: Database) -> dict[str, int]:
    """Count the events of each kind that this version does not know."""
    sql = f"SELECT kind, count(*) FROM events WHERE kind NOT IN {codes(EventKind)} GROUP BY kind"
    return {find_name(db, kind): n for kind, n in db.rows(sql)}


def standing_resets(db: Database) -> Iterator[Reset]:
    """Return the resets that are not taken back, by time."""
    sql = f"{_AS_WRITTEN} WHERE e.kind IN {codes([EventKind.RESET])} AND {stands('e')}"
    for event in map(_event, db.stream(f"{sql} ORDER BY e.time_ms, e.id")):
        if isinstance(event, Reset):
            yield event


def last_reviews(db: Database, *, item: str | None, limit: int) -> list[Review]:
    """Return standing reviews, latest first; of one item or of all."""
    scope = "" if item is None else "AND e.item = (SELECT code FROM names WHERE name = ?)"
    index = "events_by_time" if item is None else "events_by_item"  # else it would sort them all
    latest = (
        f"SELECT seq FROM events e INDEXED BY {index} WHERE {STANDING} {scope} "
        "ORDER BY e.time_ms DESC, e.id DESC LIMIT ?"
    )
    sql = f"{_AS_RATED} WHERE e.seq IN ({latest}) ORDER BY e.time_ms DESC, e.id DESC"
    values = (limit,) if item is None else (item, limit)
    return [_review(row) for row in db.rows(sql, values)]


def standing_review(db: Database, review_id: str) -> Review | None:
    """Return the standing review of an id; None where there is none, or it is no id."""
    try:
        values = (id_bytes(review_id),)
    except ValueError:
        return None
    row = db.row(f"{_AS_RATED} WHERE e.id = ? AND {STANDING}", values)
    return None if row is None else _review(row)


def leech_acts(db: Database, review: Review) -> Iterator[Event]:
    """Return what was done with an item because ``review`` made it a leech, and stands."""
    sql = (
        f"{_AS_WRITTEN} WHERE e.item = (SELECT code FROM names WHERE name = ?) "
        f"AND e.kind IN {codes([EventKind.SUSPEND, EventKind.FLAG])} AND e.detail = ? AND {stands('e')}"
    )
    return map(_event, db.rows(sql, (review.item, write_leech(review.id))))


def answered(db: Database) -> Iterator[tuple[Review, float | None]]:
    """Return standing reviews as rated now, by time, each with its predicted recall if mature."""
    rows = db.stream(
        f"{_PREDICTED} LEFT JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq) "
        f"WHERE {STANDING} ORDER BY e.time_ms, e.id"
    )
    return ((_review(row[:-1]), row[-1]) for row in rows)


def answers(db: Database) -> Iterator[Row]:
    """Return standing reviews by time as what figures are made of; see ``ReviewLog.answers``."""
    return db.stream(_ANSWERS)


def reviewed_items(db: Database) -> Iterator[Row]:
    """Return the listed items with a memory that are not suspended, as numbers of the fold."""
    return db.stream(_REVIEWED)


def last_act(db: Database, *, learner: str, device: str) -> Act | None:
    """Return the standing act that this device wrote last.

    Last by arrival, not by time: a clock that was set back changes nothing in what undo means.
    """
    return _found_act(
        db,
        f"SELECT seq FROM events e WHERE {IS_ACT} AND {stands('e')} AND {_OWN.format('e')} "
        "ORDER BY seq DESC LIMIT 1",
        (learner, device),
    )


def last_undone(db: Database, *, learner: str, device: str) -> Act | None:
    """Return the act that this device took back last; None once it has done something since."""
    own = (learner, device)
    return _found_act(
        db,
        f"SELECT e.seq FROM events u JOIN events e ON e.id = u.target WHERE u.kind = {UNDO_CODE} "
        f"AND {_OWN.format('u')} AND {IS_ACT} AND NOT ({stands('e')}) AND u.seq > coalesce("
        f"(SELECT seq FROM events e WHERE {IS_ACT} AND {_OWN.format('e')} "
        "ORDER BY seq DESC LIMIT 1), 0) ORDER BY u.seq DESC LIMIT 1",
        (*own, *own),
    )


def item_about(db: Database, event: Act) -> str | None:
    """Return the item of an act; None of a vacation, or a new rating whose review is not here."""
    if isinstance(event, Vacation):
        return None
    if not isinstance(event, ReRate):
        return event.item
    sql = "SELECT name FROM events JOIN names ON code = item WHERE id = ?"
    found = db.row(sql, (id_bytes(event.target),))
    return None if found is None else str(found[0])


def last_word_ms(db: Database, kind: EventKind, about: Mapping[str, Any]) -> int:
    """Return the time of the latest event that one of ``kind`` overrides, 0 where there is none.

    A reset or a vacation overrides none: set at a later instant than ``now``, it would concern
    reviews to come.
    """
    if "target" in about:
        sql = "SELECT max(time_ms) FROM events WHERE target = ?"
        return db.number(sql, (id_bytes(about["target"]),))
    if kind in (EventKind.RESET, EventKind.VACATION):
        return 0
    sql = (
        "SELECT max(time_ms) FROM events WHERE item = (SELECT code FROM names WHERE name = ?) "
        f"AND kind NOT IN {codes([EventKind.REVIEW, EventKind.RESET])}"
    )
    return db.number(sql, (about["item"],))


def _found_act(db: Database, seq: str, values: tuple[str, ...]) -> Act | None:
    row = db.row(f"{_AS_RATED} WHERE e.seq = ({seq})", values)
    if row is None:
        return None
    event = _event(row)
    if isinstance(event, Undo | Redo):
        raise TypeError(f"{event.id} is no act")
    return event


def _event(row: Row) -> Event:
    match kind := EventKind(row[1]):
        case EventKind.REVIEW:
            return _review(row)
        case EventKind.UNDO | EventKind.REDO:
            return _OF_TARGETS[kind](**_stamp(row), target=id_text(row[16]))
        case EventKind.RE_RATE:
            return ReRate(**_stamp(row), target=id_text(row[16]), rating=Rating(row[14]))
        case EventKind.VACATION:
            return Vacation(**_stamp(row), days=read_days(row[17]))
        case EventKind.BURY:
            return Bury(**_stamp(row), item=row[6], until=from_ms(read_until(row[17])))
        case (
            EventKind.SUSPEND
            | EventKind.UNSUSPEND
            | EventKind.FLAG
            | EventKind.UNFLAG
            | EventKind.RESET
        ):
            leech = (
                {"leech": read_leech(row[17])}
                if kind in (EventKind.SUSPEND, EventKind.FLAG)
                else {}
            )
            return _OF_ITEMS[kind](**_stamp(row), item=row[6], **leech)


def _stamp(row: Row) -> dict[str, Any]:
    id_, _, learner, device, time_ms, offset_minutes, *_ = row
    return {
        "id": id_text(id_),
        "learner": learner,
        "device": device,
        "time": from_ms(time_ms),
        "offset_minutes": offset_minutes,
    }


def _review(row: Row) -> Review:
    item, revision, seed, parameters, answer, outcome, misconception, confidence = row[6:14]
    return Review(
        **_stamp(row),
        item=item,
        revision=revision,
        seed=seed,
        parameters=read_parameters(parameters, row[18]),
        answer=answer,
        outcome=Outcome(outcome),
        misconception=misconception,
        confidence=confidence,
        rating=Rating(row[14]),
        duration_ms=row[15],
    )
