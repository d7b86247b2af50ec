"""The study days that have reviews: a table of the fold, with the stretch of time of each day.

The stretch finds the reviews of a day by the index of their times; on a journey west two days'
stretches overlap, so the day of each review is looked at as well.
"""

from typing import TYPE_CHECKING

from studytool.review_log.schema import REVIEW_CODE
from studytool.review_log.standing import STANDING
from studytool.review_log.study_days import EARLIER_DAYS, LATER_DAYS
from studytool.srs.memory import DAY_MS

if TYPE_CHECKING:
    from studytool.review_log.database import Database

OF_DAY = f"""
FROM studied_days d CROSS JOIN events e INDEXED BY events_by_time
    ON e.time_ms BETWEEN d.first_ms AND d.last_ms AND e.study_day = d.study_day AND {STANDING}
"""
"""SQL: the standing reviews ``e`` of days ``d``, each day's by an index."""

_COUNTED = "study_day, count(*), min(time_ms), max(time_ms)"
_ADD = """
INSERT INTO studied_days VALUES (?1, 1, ?2, ?2) ON CONFLICT(study_day) DO UPDATE
SET (reviews, first_ms, last_ms) = (reviews + 1, min(first_ms, ?2), max(last_ms, ?2))
"""
_RECOUNT = f"""
INSERT INTO studied_days SELECT {_COUNTED} FROM events e INDEXED BY events_by_time
WHERE {STANDING} AND study_day = ?1 AND time_ms >= (?1 - {LATER_DAYS}) * {DAY_MS}
    AND time_ms < (?1 + {EARLIER_DAYS} + 1) * {DAY_MS}
GROUP BY study_day
"""
_RECOUNT_ALL = (
    f"INSERT INTO studied_days SELECT {_COUNTED} FROM events e WHERE {STANDING} GROUP BY 1"
)
_CONCERNED = f"""
WITH RECURSIVE about(id) AS (
    SELECT id FROM events WHERE seq > ?1 AND target IS NOT NULL
    UNION SELECT target FROM about JOIN events USING (id) WHERE target IS NOT NULL)
SELECT study_day FROM events WHERE seq > ?1 AND kind = {REVIEW_CODE}
UNION SELECT study_day FROM about JOIN events USING (id) WHERE kind = {REVIEW_CODE}
"""
_MANY = 100
"""Counting the whole log is quicker than so many days by themselves."""


def count_one(db: "Database", day: int, *, ms: int) -> None:
    """Count one more review of a day."""
    db.rows(_ADD, (day, ms))


def recount(db: "Database", *, after: int) -> None:
    """Count again the days of the reviews that the events behind the place ``after`` concern."""
    days = [day for (day,) in db.rows(_CONCERNED, (after,))]
    if len(days) > _MANY:
        recount_all(db)
        return
    for day in days:
        db.rows("DELETE FROM studied_days WHERE study_day = ?", (day,))
        db.rows(_RECOUNT, (day,))


def recount_all(db: "Database") -> None:
    """Count the reviews of every day."""
    db.rows("DELETE FROM studied_days")
    db.rows(_RECOUNT_ALL)
