"""Instants as people read them; JSON has them as ISO 8601 in UTC."""

from datetime import datetime

from studytool.clock import Clock


def local_time(instant: datetime, clock: Clock) -> str:
    """Write an instant in the learner's zone, to the minute."""
    return f"{clock.local(instant):%Y-%m-%d %H:%M}"
