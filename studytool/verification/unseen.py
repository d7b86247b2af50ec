"""What draws rarer than a sample shows would add to its mean, and how many show enough of them."""

from dataclasses import dataclass
from math import inf, log, sqrt

import numpy as np

from studytool.errors import FormulaError
from studytool.formula.scanning import Scan, Scanned, scan_rare_draws
from studytool.numerics.arrays import Array
from studytool.numerics.intervals import GUARD, SIDE_ERROR
from studytool.numerics.tails import MOST_MISSING
from studytool.packs.statistic import Statistic
from studytool.verification.drawing import FEWEST_REPLICATES

_UNSEEN = -log(SIDE_ERROR)
"""So many are expected of what is missed with the chance of an interval's error: 8.4."""
_MOST_DOUBLINGS = 60


@dataclass(frozen=True, slots=True)
class UnseenDraws:
    """What values of a small chance would add to a statistic.

    Attributes:
        chances: of a replicate to have them, from the least, shape (n,).
        added: by them and all that are rarer, shape (n,).
        deviation: the standard deviation of what is averaged.
    """

    chances: Array
    added: Array
    deviation: float

    def missing(self, count: float) -> float:
        """Return what the values add that so many replicates need not show."""
        rarer = int(np.searchsorted(self.chances, _UNSEEN / count))
        return abs(float(self.added[rarer - 1])) if rarer else 0.0

    def settled(self, count: float) -> float:
        """Return the least number of replicates from ``count`` on that shows enough of them."""
        for doubled in range(_MOST_DOUBLINGS):
            draws = count * 2.0**doubled
            if self.missing(draws) <= MOST_MISSING * GUARD * self.deviation / sqrt(draws):
                return draws
        return inf


def find_unseen(statistic: Statistic, scanned: Scanned) -> UnseenDraws | None:
    """Scan a statistic's draws for rare ones; None where nothing of them can be said."""
    try:
        scan = scan_rare_draws(scanned, most=_UNSEEN / FEWEST_REPLICATES)
    except FormulaError:  # told when it is drawn
        return None
    return None if scan is None else _unseen(statistic, scan)


def _unseen(statistic: Statistic, scan: Scan) -> UnseenDraws:
    usual, changed = _averaged(statistic, scan)
    order = np.argsort(scan.chances)
    with np.errstate(over="ignore", invalid="ignore"):
        added = np.cumsum((scan.weights * (changed - usual))[order])
        deviation = float(usual.std())
    return UnseenDraws(scan.chances[order], added, deviation)


def _averaged(statistic: Statistic, scan: Scan) -> tuple[Array, Array]:
    """Return the values whose mean a statistic is, or is in the first order."""
    one, other = scan.usual[:, 0], scan.changed[:, 0]
    if statistic is Statistic.RATIO:
        below = scan.usual[:, 1]
        ratio = one.mean() / below.mean() if below.mean() else 0.0
        return one - ratio * below, other - ratio * scan.changed[:, 1]
    if statistic in (Statistic.VARIANCE, Statistic.STD):
        with np.errstate(over="ignore"):
            return (one - np.median(one)) ** 2, (other - np.median(one)) ** 2
    return one, other
