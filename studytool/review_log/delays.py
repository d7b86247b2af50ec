"""Delays of items in the review stage: vacations, breaks, and days on which the learner lets them fall due."""

from studytool.review_log.break_days import find_break_days
from studytool.review_log.database import Database
from studytool.review_log.event_kinds import VACATION
from studytool.review_log.schema import IN_REVIEW
from studytool.review_log.standing import codes, stands
from studytool.srs.memory import Stage

DELAY = (
    "(SELECT away + coalesce((SELECT leads_to - study_day FROM break_days "
    "WHERE study_day = {due_day} + away), 0) "
    "FROM (SELECT coalesce(sum(days), 0) AS away FROM vacations "
    f"WHERE {{stage}} = {Stage.REVIEW:d} AND time_ms > {{last_ms}}))"
)
"""The delay of an item in the review stage: the vacations since its last review, then a break set ahead."""

_FIND_VACATIONS = f"""
INSERT INTO vacations SELECT seq, time_ms, detail ->> 'days' FROM events e
WHERE EXISTS {codes([VACATION])} AND e.kind IN {codes([VACATION])}
    AND detail ->> 'first' IS NULL AND {stands("e")}
"""
_DELAY_ALL = f"""
UPDATE items SET shift_days = {DELAY.format(stage="stage", last_ms="items.last_ms", due_day="due_day")}
WHERE {IN_REVIEW}
"""
DELAY_SET = f"""
UPDATE items SET shift_days = set_day - due_day + (
    SELECT away + coalesce((SELECT leads_to - study_day FROM break_days
        WHERE study_day = set_day + away AND (away > 0 OR time_ms > set_ms)), 0)
    FROM (SELECT coalesce(sum(days), 0) AS away FROM vacations WHERE time_ms > set_ms))
WHERE {IN_REVIEW} AND set_ms > last_ms
"""
"""The delay of an item since whose last review the learner has let it fall due on a day.

That day may lie in a break that was set before: the later word holds.
"""


def find_vacations(db: Database) -> bool:
    """Find the vacations and breaks that stand, and tell whether they are others than before."""
    before = db.rows("SELECT * FROM vacations")
    db.rows("DELETE FROM vacations")
    db.rows(_FIND_VACATIONS)
    are_others = db.rows("SELECT * FROM vacations") != before
    return find_break_days(db) or are_others


def delay_all(db: Database) -> None:
    """Delay every item in the review stage by what stands since its last review."""
    db.rows(_DELAY_ALL)
    db.rows(DELAY_SET)
