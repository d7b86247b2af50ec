"""A measurement watched while it runs: its estimates each time the replicates have doubled."""

from collections.abc import Callable, Mapping

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.tally import Tally

FIRST = 16
"""Replicates of the first look."""
KEPT = 1024
"""Replicates that are told one by one: the first ones."""
NO_REPLICATES: Array = np.empty(0)
EstimateWatch = Callable[[Mapping[str, Estimate], Mapping[str, Array]], None]
"""Told of every estimate, and of its first replicates, by quantity, where the measurement runs: it must
be quick. A replicate is its own value of the statistic; of a variance, which one has none, there are none."""


class Watching:
    """Tallies beside those of the result, which stay as they would be unwatched.

    Args:
        tallies: empty, by quantity.
        watch: told the estimates of 16 replicates, 32, 64 and so on.
    """

    def __init__(self, tallies: Mapping[str, Tally], watch: EstimateWatch) -> None:
        self._tallies = tallies
        self._watch = watch
        self._drawn = dict.fromkeys(tallies, NO_REPLICATES)
        self._count, self._next = 0, FIRST

    def add(self, samples: Mapping[str, Array], size: int) -> None:
        """Add a batch of ``size`` replicates: name → array of shape (size,) or (size, 2)."""
        done = 0
        while done < size:
            end = min(size, done + self._next - self._count)
            for name, tally in self._tallies.items():
                tally.add(samples[name][done:end])
                self._keep(name, tally.estimator, samples[name][done:end])
            self._count += end - done
            done = end
            if self._count == self._next:
                self._next *= 2
                found = {name: tally.estimate() for name, tally in self._tallies.items()}
                self._watch(found, dict(self._drawn))

    def _keep(self, name: str, estimator: Estimator, batch: Array) -> None:
        kept = self._drawn[name]
        if kept.size < KEPT:
            values = _own_values(estimator, batch[: KEPT - kept.size])
            self._drawn[name] = np.concatenate([kept, values])


def _own_values(estimator: Estimator, batch: Array) -> Array:
    """Return what each replicate alone would give for the statistic, shape (n,) or (0,)."""
    match estimator:
        case Estimator.MEAN | Estimator.MEDIAN:
            return batch
        case Estimator.RATIO:
            with np.errstate(all="ignore"):
                quotients: Array = batch[:, 0] / batch[:, 1]
            return quotients
        case _:
            return NO_REPLICATES
