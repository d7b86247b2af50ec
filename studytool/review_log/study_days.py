"""Study days, which begin at the hour and by the clock of the learner.

A day is a whole number: days since 1970 of the local time, less the hour at which a day starts.
Each event keeps the day that it was when it was written; only the days to come are asked here.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from studytool.srs.memory import DAY_MS, from_ms, to_ms

EARLIER_DAYS, LATER_DAYS = 2, 1
"""The study day of an event is never further from its day in UTC."""

_HALF_A_DAY = timedelta(hours=12)


class StudyDay(NamedTuple):
    """The rule by which instants fall into study days.

    Attributes:
        offset_minutes: the learner's offset from UTC, minutes east.
        start_hour: the local hour at which a day begins, 0–23.
    """

    offset_minutes: int = 0
    start_hour: int = 0

    def number(self, ms: int) -> int:
        """Return the day on which an instant falls."""
        return (ms + self._shift_ms) // DAY_MS

    def start_ms(self, number: int) -> int:
        """Return the instant at which a day begins."""
        return number * DAY_MS - self._shift_ms

    @property
    def _shift_ms(self) -> int:
        return self.offset_minutes * 60_000 - self.start_hour * 3_600_000


class StudyDays(NamedTuple):
    """The learner's study days: by the zone and the setting as they are now.

    Attributes:
        offset_at: gives the learner's offset from UTC at an instant, in minutes east.
        start_hour: the local hour at which a day begins, 0–23.
    """

    offset_at: Callable[[datetime], int] = lambda _: 0
    start_hour: int = 0

    def of(self, instant: datetime) -> int:
        """Return the day on which an instant falls."""
        return StudyDay(self.offset_at(instant), self.start_hour).number(to_ms(instant))

    def start(self, number: int) -> datetime:
        """Return the instant at which a day begins, by the clock of then.

        >>> StudyDays(lambda instant: 9 * 60, 4).start(1).isoformat()
        '1970-01-01T19:00:00+00:00'
        """

        def day_at(instant: datetime) -> StudyDay:
            return StudyDay(self.offset_at(instant), self.start_hour)

        noon = from_ms(number * DAY_MS + _HALF_A_DAY // timedelta(milliseconds=1))
        about = from_ms(day_at(noon).start_ms(number))
        clocks = {day_at(about + hours) for hours in (-_HALF_A_DAY, _HALF_A_DAY)}
        starts = sorted(from_ms(day.start_ms(number)) for day in clocks)  # two, if clocks are set
        return next((at for at in starts if self.of(at) == number), starts[-1])

    def opening(self, due: datetime, *, after: int) -> datetime:
        """Return when a step is due: at its instant, or from the start of a day later than ``after``."""
        day = self.of(due)
        return self.start(day) if day > after else due

    def until(self, instant: datetime, now: datetime) -> timedelta:
        """Return how long a learner waits at ``now`` for an instant: whole days if it is of a later day.

        So what is due tomorrow is a day away, at whatever hour that is asked.

        >>> evening = datetime(2026, 3, 2, 21, tzinfo=UTC)
        >>> UTC_DAYS.until(UTC_DAYS.start(UTC_DAYS.of(evening) + 7), evening).days
        7
        """
        days = self.of(instant) - self.of(now)
        return timedelta(days=days) if days > 0 else instant - now


UTC_DAYS = StudyDays()
"""Days from midnight to midnight in UTC."""


def is_day_of(study_day: int, time_ms: int) -> bool:
    """Tell whether an instant can be of a study day, in some zone and with some start of days."""
    return -EARLIER_DAYS <= study_day - time_ms // DAY_MS <= LATER_DAYS


def as_date(number: int) -> date:
    """Return a day as a date."""
    return datetime(1970, 1, 1, tzinfo=UTC).date() + timedelta(days=number)
