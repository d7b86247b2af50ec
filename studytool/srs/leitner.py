"""The plain model: boxes whose intervals double, and the average recall rate as the prediction.

It forgets nothing with time, so it is the yardstick: a model that predicts recall no better than
the average has learned nothing about memory. Source of the boxes: Leitner 1972, So lernt man
lernen; of the average as a yardstick: open-spaced-repetition/srs-benchmark ("AVG").
"""

import numpy as np

from studytool.numerics.arrays import Array, Ints

_FIRST_DAYS = np.array([1.0, 1.0, 1.0, 2.0])
_GROWTH = np.array([0.0, 1.0, 2.0, 4.0])
"""By rating: an item not recalled begins again, at one day."""


class Leitner:
    """Boxes; ``stability`` is the interval of an item's box in days, and difficulty always 5.

    Args:
        parameters: the recall rate, alone.
    """

    def __init__(self, parameters: tuple[float, ...]) -> None:
        [self._rate] = parameters

    def first(self, rating: Ints) -> tuple[Array, Array]:
        """Return the first box: one day, two after easy."""
        return _FIRST_DAYS[rating - 1], np.full(len(rating), 5.0)

    def next(
        self, stability: Array, difficulty: Array, *, elapsed_days: Ints, rating: Ints
    ) -> tuple[Array, Array]:
        """Return the next box; a recall on the same day moves nothing."""
        grown = np.maximum(stability * _GROWTH[rating - 1], 1.0)
        held = (elapsed_days < 1) & (rating > 1)
        return np.where(held, stability, grown), difficulty

    def retrievability(self, stability: Array, elapsed_days: Ints | Array) -> Array:
        """Return the recall rate, whatever has been and however long ago."""
        return np.full(np.broadcast(stability, elapsed_days).shape, self._rate)

    def interval_days(
        self, stability: Array, *, desired_retention: float | Array, maximum_days: int
    ) -> Array:
        """Return the interval of the box; ``desired_retention`` has no part in it."""
        del desired_retention
        days: Array = np.clip(np.rint(stability), 1, maximum_days)
        return days
