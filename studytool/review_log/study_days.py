"""Study days, which begin at the hour and by the clock of the learner.

A day is a whole number: days since 1970 of the local time, less the hour at which a day starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from studytool.srs.memory import from_ms, to_ms

DAY_MS = 86_400_000
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class StudyDay:
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

    def date_of(self, now: datetime) -> date:
        """Return the day of ``now`` as a date."""
        return as_date(self.number(to_ms(now)))

    @property
    def _shift_ms(self) -> int:
        return self.offset_minutes * 60_000 - self.start_hour * 3_600_000


def day_start(
    now: datetime, *, start_hour: int, offset_at: Callable[[datetime], int], days: int = 0
) -> datetime:
    """Return the instant at which a study day begins, by the clock of then.

    Args:
        now: aware.
        start_hour: the local hour at which a day begins.
        offset_at: gives the learner's offset from UTC at an instant, in minutes east.
        days: how many days after that of ``now`` the day is.

    >>> in_seoul = lambda instant: 9 * 60
    >>> now = datetime(2026, 1, 2, 18, tzinfo=UTC)
    >>> day_start(now, start_hour=4, offset_at=in_seoul).isoformat()
    '2026-01-01T19:00:00+00:00'
    """

    def day_at(instant: datetime) -> StudyDay:
        return StudyDay(offset_at(instant), start_hour)

    number = day_at(now).number(to_ms(now)) + days
    about = from_ms(day_at(now).start_ms(number))
    clocks = {day_at(about + hours) for hours in (-_HALF_A_DAY, _HALF_A_DAY)}
    starts = sorted(from_ms(day.start_ms(number)) for day in clocks)  # two, if clocks are set then
    return next((at for at in starts if day_at(at).number(to_ms(at)) == number), starts[-1])


def as_date(number: int) -> date:
    """Return a day as a date."""
    return datetime(1970, 1, 1, tzinfo=UTC).date() + timedelta(days=number)
