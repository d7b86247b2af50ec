"""Find the act that undo or redo concerns, and the last event that a new one overrides."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studytool.review_log.database import Database
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.event_kinds import SETTING
from studytool.review_log.kinds import ITEM, KINDS, LEECH, TARGET, kinds_where
from studytool.review_log.moves import ONE_ITEM
from studytool.review_log.rows import select_events, write_detail
from studytool.review_log.schema import UNDO_CODE
from studytool.review_log.set_aside import read_sound
from studytool.review_log.shared_settings import LAST_SETTING_MS
from studytool.review_log.standing import IS_ACT, RATING, STANDING, codes, not_undone, stands

if TYPE_CHECKING:
    from studytool.review_log.events import Act, Event, Review

_AS_RATED = select_events(rating=RATING, stored=True)
_OWN = (
    "{0}.learner = (SELECT code FROM names WHERE name = ?) "
    "AND {0}.device = (SELECT code FROM names WHERE name = ?)"
)
_LAST_ACT = f"""
SELECT seq FROM events e WHERE {IS_ACT} AND {stands("e")} AND {_OWN.format("e")}
ORDER BY seq DESC LIMIT 1
"""
_LAST_UNDONE = f"""
SELECT e.seq FROM events u JOIN events e ON e.id = u.target
WHERE u.kind = {UNDO_CODE} AND {_OWN.format("u")} AND {IS_ACT} AND NOT ({not_undone("e")})
    AND u.seq > coalesce((SELECT seq FROM events e WHERE {IS_ACT} AND {_OWN.format("e")}
        ORDER BY seq DESC LIMIT 1), 0)
ORDER BY u.seq DESC LIMIT 1
"""
_LEECH_ACTS = f"""
{select_events(stored=True)} WHERE e.item IN ({ONE_ITEM})
    AND e.kind IN {codes(kinds_where(lambda kind: LEECH in kind.fields))}
    AND e.detail = ?2 AND {stands("e")}
"""
_LAST_OF_TARGET = "SELECT max(time_ms) FROM events WHERE target = ?"
_LAST_OF_ITEM = f"""
SELECT max(time_ms) FROM events WHERE item IN ({ONE_ITEM})
    AND kind NOT IN {codes(kinds_where(lambda kind: not kind.has_last_word))}
"""


def standing_review(db: Database, review_id: str) -> "Review | None":
    """Return the standing review of an id; None where there is none, or it is no id."""
    from studytool.review_log.events import Review  # late: home reads no event

    try:
        values = (id_bytes(review_id),)
    except ValueError:
        return None
    found = read_sound(db, db.rows(f"{_AS_RATED} WHERE e.id = ? AND {STANDING}", values))
    return next((review for review in found if isinstance(review, Review)), None)


def leech_acts(db: Database, review: "Review") -> "list[Event]":
    """Return what was done with an item because ``review`` made it a leech, and stands."""
    return read_sound(db, db.rows(_LEECH_ACTS, (review.item, write_detail(leech=review.id))))


def last_act(db: Database, *, learner: str, device: str) -> "Act | None":
    """Return the standing act that this device wrote last.

    Last by arrival, not by time: a clock that was set back changes nothing in what undo means.
    """
    return _find_act(db, _LAST_ACT, (learner, device))


def last_undone(db: Database, *, learner: str, device: str) -> "Act | None":
    """Return the act that this device took back last; None once it has done something since."""
    return _find_act(db, _LAST_UNDONE, (learner, device, learner, device))


def item_of(db: Database, act: "Act") -> str | None:
    """Return the item of an act; None of a vacation, or a new rating whose review is not here."""
    if TARGET not in KINDS[act.kind].fields:
        item: str | None = getattr(act, ITEM.name, None)
        return item
    sql = "SELECT name FROM events JOIN names ON code = item WHERE id = ?"
    found = db.row(sql, (id_bytes(getattr(act, TARGET.name)),))
    return None if found is None else str(found[0])


def last_word_ms(db: Database, kind: str, about: Mapping[str, Any]) -> int:
    """Return the time of the latest event that one of ``kind`` overrides, 0 where there is none."""
    if TARGET.name in about:
        return db.number(_LAST_OF_TARGET, (id_bytes(about[TARGET.name]),))
    if ITEM.name in about and KINDS[kind].has_last_word:
        return db.number(_LAST_OF_ITEM, (about[ITEM.name],))
    if kind == SETTING:
        return db.number(LAST_SETTING_MS)
    return 0


def _find_act(db: Database, seq: str, values: tuple[str, ...]) -> "Act | None":
    found: list[Any] = read_sound(db, db.rows(f"{_AS_RATED} WHERE e.seq = ({seq})", values))
    return found[0] if found else None
