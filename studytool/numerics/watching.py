"""A measurement watched while it runs: its estimates each time the replicates have doubled."""

from collections.abc import Callable, Mapping

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate
from studytool.numerics.tally import Tally

FIRST = 16
"""Replicates of the first look."""
EstimateWatch = Callable[[Mapping[str, Estimate]], None]
"""Told of every estimate, by quantity, where the measurement runs: it must be quick."""


class Watching:
    """Tallies beside those of the result, which stay as they would be unwatched.

    Args:
        tallies: empty, by quantity.
        watch: told the estimates of 16 replicates, 32, 64 and so on.
    """

    def __init__(self, tallies: Mapping[str, Tally], watch: EstimateWatch) -> None:
        self._tallies = tallies
        self._watch = watch
        self._count, self._next = 0, FIRST

    def add(self, samples: Mapping[str, Array], size: int) -> None:
        """Add a batch of ``size`` replicates: name → array of shape (size,) or (size, 2)."""
        done = 0
        while done < size:
            end = min(size, done + self._next - self._count)
            for name, tally in self._tallies.items():
                tally.add(samples[name][done:end])
            self._count += end - done
            done = end
            if self._count == self._next:
                self._next *= 2
                self._watch({name: tally.estimate() for name, tally in self._tallies.items()})
