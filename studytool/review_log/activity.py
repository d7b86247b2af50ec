"""Reviews counted over stretches of time: by outcome, by study day, and the share recalled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from studytool.quiz.variant import Outcome
from studytool.review_log.database import DatabaseReader
from studytool.review_log.schema import RATING_CODES
from studytool.review_log.standing import RATING, STANDING
from studytool.review_log.study_days import StudyDay, as_date
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating

_ACTIVITY = f"""
SELECT (SELECT name FROM names WHERE code = outcome), {RATING}, count(*), sum(duration_ms)
FROM events e WHERE {STANDING} AND time_ms >= ? GROUP BY 1, 2
"""
_LATEST_BEFORE = f"""
SELECT time_ms, offset_minutes FROM events e WHERE {STANDING} AND time_ms < ?
ORDER BY time_ms DESC LIMIT 1
"""
_EARLIEST_SINCE = f"""
SELECT time_ms, offset_minutes FROM events e WHERE {STANDING} AND time_ms >= ?
ORDER BY time_ms LIMIT 1
"""

_NEW_BY_PACK = """
SELECT name, count(*) FROM items JOIN names ON code = pack
WHERE first_ms >= ? AND first_ms < ? GROUP BY pack
"""
_MATURED_BY_PACK = """
SELECT name, count(*) FROM mature_reviews m CROSS JOIN events e USING (seq)
JOIN items i ON i.item = e.item JOIN names ON code = pack
WHERE m.time_ms >= ? AND m.time_ms < ? GROUP BY pack
"""

_EASTMOST_MINUTES = 1439
"""No clock is further ahead of UTC."""


@dataclass(frozen=True, slots=True)
class Activity:
    """The reviews of a period counted; every outcome and rating is a key."""

    reviews: int
    outcomes: Mapping[Outcome, int]
    ratings: Mapping[Rating, int]
    spent: timedelta


class ActivityReader(DatabaseReader):
    """Counts of reviews since an instant, and the days that have any."""

    def reviews_since(self, instant: datetime) -> Activity:
        """Count standing reviews at ``instant`` or later by outcome and rating."""
        rows = self._db.rows(_ACTIVITY, (to_ms(instant),))
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

    def new_since(self, instant: datetime) -> int:
        """Count the items whose first standing review since a reset was at ``instant`` or later."""
        return self._db.number("SELECT count(*) FROM items WHERE first_ms >= ?", (to_ms(instant),))

    def matured_since(self, instant: datetime) -> int:
        """Count reviews at ``instant`` or later of items that were in the review stage."""
        sql = "SELECT count(*) FROM mature_reviews WHERE time_ms >= ?"
        return self._db.number(sql, (to_ms(instant),))

    def new_by_pack(self, since: datetime, until: datetime) -> dict[str, int]:
        """Count the items of each pack whose first standing review was in a stretch of time."""
        return dict(self._db.rows(_NEW_BY_PACK, (to_ms(since), to_ms(until))))

    def matured_by_pack(self, since: datetime, until: datetime) -> dict[str, int]:
        """Count the reviews of each pack's items in the review stage in a stretch of time."""
        return dict(self._db.rows(_MATURED_BY_PACK, (to_ms(since), to_ms(until))))

    def retention(self, since: datetime) -> float | None:
        """Return the share recalled of reviews of mature items since an instant.

        Mature: in the review stage before the review. None where there were none. A second
        review within a day, of which the model says 1, does not count: nothing was kept for long.
        """
        sql = "SELECT sum(recalled), count(*) FROM mature_reviews WHERE time_ms >= ? AND predicted < 1"
        [(recalled, n)] = self._db.rows(sql, (to_ms(since),))
        return recalled / n if n else None

    def review_days(self, *, day_start_hour: int = 0) -> Iterator[date]:
        """Return the study days with reviews, latest first; two index look-ups for each day taken.

        A review counts for the day that it was by the learner's clock of that moment. After a
        journey west an earlier review may be of a later day: so a day waits until no review can be
        of a later one.
        """
        waiting: set[int] = set()
        before_ms = 1 << 62
        while (found := self._db.row(_LATEST_BEFORE, (before_ms,))) is not None:
            time_ms, offset_minutes = found
            latest = StudyDay(_EASTMOST_MINUTES, day_start_hour).number(time_ms)
            for number in sorted((one for one in waiting if one > latest), reverse=True):
                waiting.remove(number)
                yield as_date(number)
            day = StudyDay(offset_minutes, day_start_hour)
            waiting.add(day.number(time_ms))
            start_ms = day.start_ms(day.number(time_ms))
            first_offset = self._db.rows(_EARLIEST_SINCE, (start_ms,))[0][1]
            before_ms = start_ms if first_offset == offset_minutes else time_ms
        yield from (as_date(number) for number in sorted(waiting, reverse=True))

    def streak_days(
        self, now: datetime, *, offset_minutes: int = 0, day_start_hour: int = 0
    ) -> int:
        """Count study days in a row with reviews, up to today, or to yesterday if none yet today."""
        today = StudyDay(offset_minutes, day_start_hour).date_of(now)
        streak, wanted = 0, today
        for day in self.review_days(day_start_hour=day_start_hour):
            if day > today:  # written under a clock that ran ahead
                continue
            if streak == 0 and day == today - timedelta(days=1):
                wanted = day
            if day != wanted:
                break
            streak, wanted = streak + 1, wanted - timedelta(days=1)
        return streak
