"""The axis on which an estimate is placed, and how near to the measured value it must be."""

from dataclasses import dataclass
from math import inf, isfinite, log

ULPS = 1e-12
"""Slack of an edge, for the rounding of its own computation."""
SETTLED = 0.25
"""The part of the leeway that the measured interval may take up on either side."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A line from ``low`` to ``high``, even in the value or in its logarithm."""

    low: float
    high: float
    is_log: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the low end, 1 at the high end; beyond them, the end.

        >>> Axis(1e-4, 1.0, is_log=True).share(0.01)
        0.5
        """
        if value <= self.low:
            return 0.0
        if value >= self.high:
            return 1.0
        if self.is_log:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def covers(self, value: float) -> bool:
        """Tell whether a value lies on the axis, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Leeway:
    """How near an estimate must be: within a factor of the value, or within a distance of it."""

    factor: float | None = None
    distance: float | None = None

    def parts(self, value: float, other: float) -> float:
        """Return how far apart two values are, as a part of the leeway: right is 1 at the most.

        >>> Leeway(factor=2.0).parts(1.0, 2.0), Leeway(distance=0.5).parts(1.0, 1.25)
        (1.0, 0.5)
        """
        if self.distance is not None:
            return abs(value - other) / self.distance
        if self.factor is None or value * other <= 0:
            return 0.0 if value == other else inf
        return abs(log(value / other)) / log(self.factor)

    def holds(self, answer: float, shown: "ShownValue", *, times: float = 1.0) -> bool:
        """Tell whether an answer is near enough to a value that the measurement leaves possible.

        With ``times``, as many times the leeway is near enough.
        """
        nearest = min(max(answer, shown.low), shown.high)
        return self.parts(answer, nearest) <= times * (1 + ULPS)

    def off(self, value: float, times: float) -> float:
        """Return the value so many times the leeway above ``value``; below it where negative.

        >>> Leeway(factor=10.0).off(0.01, 2), Leeway(distance=0.5).off(1.0, -1)
        (1.0, 0.5)
        """
        if self.distance is not None:
            return value + times * self.distance
        return value if self.factor is None else float(value * self.factor**times)

    def settles(self, shown: "ShownValue") -> bool:
        """Tell whether a measured interval is narrow enough to mark by."""
        ends = (shown.low, shown.value, shown.high)
        if not all(map(isfinite, ends)):
            return False
        return max(self.parts(end, shown.value) for end in ends) <= SETTLED


@dataclass(frozen=True, slots=True)
class ShownValue:
    """What the simulation shows for an estimate, and the ends of its interval."""

    value: float
    low: float
    high: float
