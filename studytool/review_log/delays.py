"""Delays of items in the review stage: vacations, and days on which the learner lets them fall due."""

from studytool.review_log.database import Database
from studytool.review_log.events import Vacation
from studytool.review_log.schema import IN_REVIEW
from studytool.review_log.standing import codes, stands
from studytool.srs.memory import Stage

DELAY = (
    "(SELECT coalesce(sum(days), 0) FROM vacations "
    f"WHERE {{stage}} = {Stage.REVIEW:d} AND time_ms > {{last_ms}})"
)
"""The delay of an item in the review stage: the vacations since its last review."""

_FIND_VACATIONS = f"""
INSERT INTO vacations SELECT seq, time_ms, detail ->> 'days' FROM events e
WHERE EXISTS {codes([Vacation.kind])} AND e.kind IN {codes([Vacation.kind])} AND {stands("e")}
"""
_DELAY_ALL = f"""
UPDATE items SET shift_days = {DELAY.format(stage="stage", last_ms="items.last_ms")} WHERE {IN_REVIEW}
"""
DELAY_SET = f"""
UPDATE items SET shift_days = set_day - due_day
    + (SELECT coalesce(sum(days), 0) FROM vacations WHERE time_ms > set_ms)
WHERE {IN_REVIEW} AND set_ms > last_ms
"""
"""The delay of an item since whose last review the learner has let it fall due on a day."""


def find_vacations(db: Database) -> bool:
    """Find the vacations that stand, and tell whether they are others than before."""
    before = db.rows("SELECT * FROM vacations")
    db.rows("DELETE FROM vacations")
    db.rows(_FIND_VACATIONS)
    return db.rows("SELECT * FROM vacations") != before


def delay_all(db: Database) -> None:
    """Delay every item in the review stage by what stands since its last review."""
    db.rows(_DELAY_ALL)
    db.rows(DELAY_SET)
