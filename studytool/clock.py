"""The machine's clock and time zone, which only the command line and the screens read.

Everything below them is given a ``Clock``, or the instant that it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from studytool.errors import StateError
from studytool.faults import Fault

_FIRST = datetime(1970, 1, 2, tzinfo=UTC)
_LAST = datetime(2262, 1, 1, tzinfo=UTC)
"""Python's own clock ends in that year; a review is dated 1970 or later."""


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
    """Return the present instant, aware, in UTC.

    Raises:
        StateError: the machine's clock is so wrong that no review could be dated.
    """
    try:
        now = datetime.now(UTC)  # noqa: TID251 - the one place that may
    except (OverflowError, ValueError, OSError) as error:  # no date can be that
        raise StateError(Fault.CLOCK_WRONG, date="?") from error
    if not _FIRST <= now < _LAST:
        raise StateError(Fault.CLOCK_WRONG, date=f"{now:%Y-%m-%d}")
    return now


def local_offset_minutes(instant: datetime) -> int:
    """Return the machine's offset from UTC at ``instant``, in minutes east.

    A zone that is a day or more from UTC is none: it is taken for UTC.
    """
    try:
        offset = instant.astimezone().utcoffset()
    except (ValueError, OverflowError):
        return 0
    return 0 if offset is None else int(offset.total_seconds() // 60)


def has_zone(instant: datetime) -> bool:
    """Tell whether the machine's zone is less than a day from UTC."""
    try:
        instant.astimezone()
    except (ValueError, OverflowError):
        return False
    return True


def instant_of(wall: datetime) -> datetime:
    """Return the instant at which the machine's clock shows a naive date and time."""
    try:
        return wall.astimezone()
    except (ValueError, OverflowError):  # a zone that is none, the first or the last year
        return wall.replace(tzinfo=UTC)


MACHINE_CLOCK = Clock(utc_now, local_offset_minutes)
