"""Study days: they begin at the learner's chosen hour, by the learner's clock.

A day is a whole number: days since 1970 of the local time, less the hour at which a day starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from studytool.srs.memory import from_ms, to_ms

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class StudyDay:
    """How instants fall into days.

    Attributes:
        offset_minutes: the learner's offset from UTC, minutes east.
        start_hour: the local hour at which a day begins, 0–23.
    """

    offset_minutes: int = 0
    start_hour: int = 0

    def number(self, ms: int) -> int:
        """Give the day on which an instant falls."""
        return (ms + self._shift_ms) // DAY_MS

    def start_ms(self, number: int) -> int:
        """Give the instant at which a day begins."""
        return number * DAY_MS - self._shift_ms

    def start_of(self, now: datetime) -> datetime:
        """Give the instant at which the day of ``now`` began, in UTC.

        >>> StudyDay(9 * 60, 4).start_of(datetime(2026, 1, 2, 18, tzinfo=UTC)).isoformat()
        '2026-01-01T19:00:00+00:00'
        """
        return from_ms(self.start_ms(self.number(to_ms(now))))

    def date_of(self, now: datetime) -> date:
        """Give the day of ``now`` as a date."""
        return as_date(self.number(to_ms(now)))

    @property
    def _shift_ms(self) -> int:
        return self.offset_minutes * 60_000 - self.start_hour * 3_600_000


def next_day_start(
    now: datetime, *, start_hour: int, offset_at: Callable[[datetime], int]
) -> datetime:
    """Give the instant at which the study day after that of ``now`` begins, by the clock of then.

    Args:
        now: aware.
        start_hour: the local hour at which a day begins.
        offset_at: gives the learner's offset from UTC at an instant, in minutes east.
    """

    def day_at(instant: datetime) -> StudyDay:
        return StudyDay(offset_at(instant), start_hour)

    number = day_at(now).number(to_ms(now)) + 1
    by_todays_clock = from_ms(day_at(now).start_ms(number))
    by_its_own = from_ms(day_at(by_todays_clock).start_ms(number))
    starts = sorted((by_todays_clock, by_its_own))  # they differ in a night when clocks are set
    return next((at for at in starts if day_at(at).number(to_ms(at)) == number), starts[-1])


def as_date(number: int) -> date:
    """Give a day as a date."""
    return datetime(1970, 1, 1, tzinfo=UTC).date() + timedelta(days=number)
