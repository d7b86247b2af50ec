"""The seconds that a program has run: those for which it stood still are left out."""

import time
from collections.abc import Callable

MOST_BETWEEN_SECONDS = 10.0
"""Between two looks more is time in which the program was stopped, as by Ctrl-Z, and did not look."""


class RunningTime:
    """A clock that is to be looked at often; it begins with its making.

    Args:
        monotonic: instead of the machine's clock.
    """

    def __init__(self, monotonic: Callable[[], float] | None = None) -> None:
        self._monotonic = monotonic or time.monotonic
        self._looked_at = self._monotonic()
        self._seconds = 0.0

    def seconds(self) -> float:
        """Return how long the program has run since the clock was made.

        >>> times = iter([0.0, 1.0, 3601.0, 3602.0])
        >>> clock = RunningTime(lambda: next(times))
        >>> clock.seconds(), clock.seconds(), clock.seconds()
        (1.0, 11.0, 12.0)
        """
        now = self._monotonic()
        self._seconds += min(now - self._looked_at, MOST_BETWEEN_SECONDS)
        self._looked_at = now
        return self._seconds
