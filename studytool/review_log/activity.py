"""Reviews counted over stretches of time: by outcome, by study day, and the share recalled."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from studytool.quiz.outcome import Outcome
from studytool.review_log.delays import BreakReader
from studytool.review_log.schema import RATING_CODES
from studytool.review_log.standing import RATING, STANDING
from studytool.review_log.study_days import EARLIER_DAYS, LATER_DAYS, as_date
from studytool.sqlite.connection import Row
from studytool.srs.memory import DAY_MS, to_ms
from studytool.srs.rating import Rating

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
_MANY = 100
"""Counting the whole log is quicker than so many days by themselves."""


def count_one(db: "Database", day: int, *, ms: int) -> None:
    """Count one more review of a day."""
    db.rows(_ADD, (day, ms))


def recount(db: "Database", days: Collection[int]) -> None:
    """Count the reviews of these days again."""
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


_ON_DAY = f"""
SELECT (SELECT name FROM names WHERE code = outcome), {RATING}, count(*), sum(duration_ms)
{OF_DAY} WHERE d.study_day = ? GROUP BY 1, 2
"""
_MATURED = f"""
SELECT count(*) {OF_DAY} JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
WHERE d.study_day = ?
"""
_NEW_BY_PACK = """
SELECT name, count(*) FROM items JOIN names ON code = pack WHERE first_day = ? GROUP BY pack
"""
_MATURED_BY_PACK = f"""
SELECT name, count(*) {OF_DAY} JOIN mature_reviews m ON (m.time_ms, m.seq) = (e.time_ms, e.seq)
JOIN items i ON i.item = e.item JOIN names ON code = i.pack WHERE d.study_day = ? GROUP BY i.pack
"""
_DAYS = "SELECT study_day FROM studied_days ORDER BY study_day DESC"


class Activity(NamedTuple):
    """The reviews of a period counted; every outcome and rating is a key."""

    reviews: int
    outcomes: Mapping[Outcome, int]
    ratings: Mapping[Rating, int]
    spent: timedelta


class ActivityReader(BreakReader):
    """Counts of reviews since an instant, and the days that have any."""

    def reviews_on(self, day: int) -> Activity:
        """Count the standing reviews of a study day by outcome and rating."""
        return _activity(self._folded.rows(_ON_DAY, (day,)))

    def new_on(self, day: int) -> int:
        """Count the items whose first standing review since a reset was on a study day."""
        return self._folded.number("SELECT count(*) FROM items WHERE first_day = ?", (day,))

    def matured_on(self, day: int) -> int:
        """Count the reviews of a study day of items that were in the review stage."""
        return self._folded.number(_MATURED, (day,))

    def new_by_pack(self, day: int) -> dict[str, int]:
        """Count the items of each pack whose first standing review was on a study day."""
        return dict(self._folded.rows(_NEW_BY_PACK, (day,)))

    def matured_by_pack(self, day: int) -> dict[str, int]:
        """Count the reviews of each pack's items in the review stage on a study day."""
        return dict(self._folded.rows(_MATURED_BY_PACK, (day,)))

    def retention(self, since: datetime) -> float | None:
        """Return the share recalled of reviews of mature items since an instant.

        Mature: in the review stage before the review. None where there were none. A second
        review within a day, of which the model says 1, does not count: nothing was kept for long.
        """
        sql = "SELECT sum(recalled), count(*) FROM mature_reviews WHERE time_ms >= ? AND predicted < 1"
        [(recalled, n)] = self._folded.rows(sql, (to_ms(since),))
        return recalled / n if n else None

    def review_days(self) -> Iterator[date]:
        """Return the study days with reviews, latest first."""
        return map(as_date, self._day_numbers())

    def reviews_by_day(self, since: int) -> dict[int, int]:
        """Return the reviews of each study day from ``since`` on that has any."""
        sql = "SELECT study_day, reviews FROM studied_days WHERE study_day >= ?"
        return dict(self._folded.rows(sql, (since,)))

    def streak_days(self, now: datetime) -> int:
        """Count study days in a row with reviews, up to today, or to yesterday if none yet today.

        A day of a vacation without reviews does not count, and breaks nothing.
        """
        days = self._day_numbers()
        today, off = self.days.of(now), self.days_off()
        streak, expected = 0, today
        for day in days:
            if day > today:  # written under a clock that ran ahead
                continue
            if any(
                missing not in off for missing in range(day + 1, expected + 1) if missing < today
            ):
                break
            streak, expected = streak + 1, day - 1
        return streak

    def _day_numbers(self) -> Iterator[int]:
        return (day for (day,) in self._folded.stream(_DAYS))


def _activity(rows: Sequence[Row]) -> Activity:
    return Activity(
        reviews=sum(n for _, _, n, _ in rows),
        outcomes={
            outcome: sum(n for word, _, n, _ in rows if word == outcome) for outcome in Outcome
        },
        ratings={
            rating: sum(n for _, known, n, _ in rows if known == code)
            for rating, code in RATING_CODES.items()
        },
        spent=timedelta(milliseconds=sum(ms for *_, ms in rows)),
    )
