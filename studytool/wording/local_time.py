"""Instants as people read them; what a script reads stays ISO 8601 in UTC."""

from datetime import datetime


def local_time(instant: datetime) -> str:
    """Write an instant by the machine's clock, to the minute."""
    return f"{instant.astimezone():%Y-%m-%d %H:%M}"
