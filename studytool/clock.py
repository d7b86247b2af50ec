"""The machine's clock and time zone, which only the command line and the screens read.

Everything below them is given a ``Clock``, or the instant that it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is for a learner, and how far their zone is from UTC.

    Attributes:
        now: Return the present instant, aware, in UTC.
        offset_minutes: Return the zone's offset at an instant, in minutes east.
    """

    now: Callable[[], datetime]
    offset_minutes: Callable[[datetime], int]

    def local(self, instant: datetime) -> datetime:
        """Return the same instant as the learner's zone names it."""
        offset = timedelta(minutes=self.offset_minutes(instant))
        return instant.astimezone(timezone(offset))


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def local_offset_minutes(instant: datetime) -> int:
    """Return the machine's offset from UTC at ``instant``, in minutes east."""
    offset = instant.astimezone().utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def instant_of(wall: datetime) -> datetime:
    """Return the instant at which the machine's clock shows a naive date and time."""
    return wall.astimezone()


MACHINE_CLOCK = Clock(utc_now, local_offset_minutes)
