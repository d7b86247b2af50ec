"""The memory models there are, and the one interface that the scheduler knows.

Another model is one file with a class of these four methods, a row in ``MODELS`` here and its
parameters in :mod:`studytool.srs.parameters`.
"""

from collections.abc import Callable
from typing import Protocol

from studytool.numerics.arrays import Array, Ints
from studytool.srs.fsrs import Fsrs6
from studytool.srs.leitner import Leitner


class MemoryModel(Protocol):
    """A model of memory; arrays have shape (item,), ``rating`` is 1 again to 4 easy.

    Every method is elementwise: an array of length 1 gives the same bits as the same number inside
    a longer one. Stability and difficulty are whatever the model makes of them; both are kept.
    """

    def first(self, rating: Ints) -> tuple[Array, Array]:
        """Return stability [days] and difficulty after the first review."""
        ...

    def next(
        self, stability: Array, difficulty: Array, *, elapsed_days: Ints, rating: Ints
    ) -> tuple[Array, Array]:
        """Return stability and difficulty after a review ``elapsed_days`` ≥ 0 after the last."""
        ...

    def retrievability(self, stability: Array, elapsed_days: Ints | Array) -> Array:
        """Return the chance of recall, 0–1, ``elapsed_days`` after a review."""
        ...

    def interval_days(
        self, stability: Array, *, desired_retention: float | Array, maximum_days: int
    ) -> Array:
        """Return whole days, 1 to ``maximum_days``, until the next review."""
        ...


MODELS: dict[str, Callable[[tuple[float, ...]], MemoryModel]] = {
    "fsrs-6": Fsrs6,
    "leitner": Leitner,
}
