"""Common random numbers: one set of draws for every retention.

The chance of an answer depends on draw, item and review count alone, so that the k-th answer to
an item meets the same luck in whatever order and batch it is simulated.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studytool.forecast.habits import MATURE, Habits
from studytool.forecast.plan import Plan, draw_plan
from studytool.numerics.arrays import Array, Ints
from studytool.numerics.streams import Rng, stream
from studytool.srs.fsrs import AGAIN

RandomBits = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Luck:
    """The draws; leading axis draw.

    Attributes:
        salts: shape (draw,).
        level: shape (draw, 2), of recall, read as the mean of
            :class:`studytool.forecast.habits.RecallLevel`.
        plan: the days.
        shares: cumulative, shape (draw, kind, rating); of mature items among those recalled.
    """

    salts: RandomBits
    level: Array
    plan: Plan
    shares: Array

    def take(self, draws: slice) -> "Luck":
        """Return some of the draws."""
        return Luck(self.salts[draws], self.level[draws], self.plan.take(draws), self.shares[draws])


def draw_luck(habits: Habits, *, draws: int, days: int, seed: int) -> Luck:
    """Draw days, and recall and shares of ratings within what the reviews so far leave open."""
    level = stream("forecast", "level", seed).standard_normal((draws, 2))
    return Luck(
        salts=stream("forecast", "salts", seed).integers(2**64, size=draws, dtype=np.uint64),
        level=habits.level.mean + level @ habits.level.spread.T,
        plan=draw_plan(habits.days, draws=draws, days=days, rng=stream("forecast", "days", seed)),
        shares=_draw_shares(habits.ratings, draws, stream("forecast", "shares", seed)),
    )


def _draw_shares(counts: Array, draws: int, rng: Rng) -> Array:
    """Draw each kind's shares from the Dirichlet distribution of its counts."""
    weights = rng.standard_gamma(np.broadcast_to(counts, (draws, *counts.shape)))
    weights[:, MATURE, AGAIN - 1] = 0.0  # the model says how often
    cumulative = np.cumsum(weights, axis=-1)
    shares: Array = cumulative / cumulative[..., -1:]
    return shares


def chances(salts: RandomBits, items: Ints, counts: Ints) -> Array:
    """Return numbers in [0, 1), shape (answer,).

    Source of the mixer: Steele, Lea & Flood 2014, OOPSLA (splitmix64).

    Args:
        salts: of the answers' draws, shape (answer,).
        items: numbers of the items, shape (answer,).
        counts: reviews before the answers, shape (answer,).
    """
    place = (items.astype(np.uint64) << np.uint64(24)) + counts.astype(np.uint64)
    mixed = _mix(_mix(place * np.uint64(0x9E3779B97F4A7C15)) ^ salts)
    return (mixed >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mix(bits: RandomBits) -> RandomBits:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
