"""The one place that reads the clock; everything below takes ``now`` as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def local_offset_minutes(instant: datetime) -> int:
    """Return the machine's offset from UTC at ``instant``, in minutes east."""
    offset = instant.astimezone().utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)
