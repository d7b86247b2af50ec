"""Questions about stretches of time: what was done, on which days, how much was recalled."""

from collections.abc import Iterator
from datetime import date, timedelta

from studytool.review_log.database import Database
from studytool.review_log.events import Activity
from studytool.review_log.schema import OUTCOME_CODES, RATING_CODES
from studytool.review_log.standing import RATING, STANDING
from studytool.review_log.study_days import StudyDay, as_date

_LATEST_BEFORE = f"""
SELECT time_ms, offset_minutes FROM events e WHERE {STANDING} AND time_ms < ?
ORDER BY time_ms DESC LIMIT 1
"""
_EARLIEST_SINCE = f"""
SELECT time_ms, offset_minutes FROM events e WHERE {STANDING} AND time_ms >= ?
ORDER BY time_ms LIMIT 1
"""

_EASTMOST_MINUTES = 1439
"""No clock is further ahead of UTC."""


def activity_since(db: Database, since_ms: int) -> Activity:
    """Count standing reviews since an instant by outcome and by rating."""
    rows = db.rows(
        f"SELECT outcome, {RATING}, count(*), sum(duration_ms) FROM events e "
        f"WHERE {STANDING} AND time_ms >= ? GROUP BY 1, 2",
        (since_ms,),
    )
    return Activity(
        reviews=sum(n for _, _, n, _ in rows),
        outcomes={
            outcome: sum(n for known, _, n, _ in rows if known == code)
            for outcome, code in OUTCOME_CODES.items()
        },
        ratings={
            rating: sum(n for _, known, n, _ in rows if known == code)
            for rating, code in RATING_CODES.items()
        },
        spent=timedelta(milliseconds=sum(ms for *_, ms in rows)),
    )


def review_days(db: Database, *, start_hour: int) -> Iterator[date]:
    """Return the study days with reviews, latest first; two index look-ups for each day taken.

    A review counts for the day that it was by the learner's clock of that moment. After a journey
    west an earlier review may be of a later day: so a day waits until no review can be of a later
    one.
    """
    waiting: set[int] = set()
    before_ms = 1 << 62
    while (found := db.row(_LATEST_BEFORE, (before_ms,))) is not None:
        time_ms, offset_minutes = found
        latest = StudyDay(_EASTMOST_MINUTES, start_hour).number(time_ms)
        for number in sorted((one for one in waiting if one > latest), reverse=True):
            waiting.remove(number)
            yield as_date(number)
        day = StudyDay(offset_minutes, start_hour)
        waiting.add(day.number(time_ms))
        start_ms = day.start_ms(day.number(time_ms))
        first_offset = db.rows(_EARLIEST_SINCE, (start_ms,))[0][1]
        before_ms = start_ms if first_offset == offset_minutes else time_ms
    yield from (as_date(number) for number in sorted(waiting, reverse=True))


def streak_days(db: Database, today: date, *, start_hour: int) -> int:
    """Count days in a row with reviews up to ``today``, or up to yesterday if none yet today."""
    streak, wanted = 0, today
    for day in review_days(db, start_hour=start_hour):
        if day > today:  # written under a clock that ran ahead
            continue
        if streak == 0 and day == today - timedelta(days=1):
            wanted = day
        if day != wanted:
            break
        streak, wanted = streak + 1, wanted - timedelta(days=1)
    return streak


def matured_since(db: Database, ms: int) -> int:
    """Count standing reviews at ``ms`` or later of items that were in the review stage."""
    return db.number("SELECT count(*) FROM mature_reviews WHERE time_ms >= ?", (ms,))


def retention(db: Database, since_ms: int) -> float | None:
    """Return the share recalled of reviews in the review stage, None where there are none."""
    [(recalled, n)] = db.rows(
        "SELECT sum(recalled), count(*) FROM mature_reviews WHERE time_ms >= ?", (since_ms,)
    )
    return recalled / n if n else None
