"""The plan of the coming study days: a bootstrap of blocks of past days within a season.

Each draw takes a stretch of the past as its season, a recent one likelier, since a learner works
for weeks on end more than before, or less; when it has lasted, another follows. The days are
blocks of the season, so that a skipped day is followed by what followed a skipped day.
Source of the blocks: Künsch 1989, Annals of Statistics 17, 1217.
"""

from dataclasses import dataclass

import numpy as np

from studytool.forecast.habits import PastDays
from studytool.numerics.arrays import Array, Ints
from studytool.numerics.streams import Rng

SEASON_DAYS = 7
"""Of the past, that make a season."""
SEASON_LASTS_DAYS = 7
BLOCK_DAYS = 3
HALF_LIFE_DAYS = 14.0
"""The age in days at which a season is half as likely."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Days to come, arrays of shape (draw, day); columns as of :class:`PastDays`."""

    done: Array
    new: Array
    pace: Array
    ease: Array

    def take(self, draws: slice) -> "Plan":
        """Return some of the draws."""
        return Plan(*(getattr(self, name)[draws] for name in self.__slots__))


def draw_plan(past: PastDays, *, draws: int, days: int, rng: Rng) -> Plan:
    """Draw ``days`` study days, ``draws`` times."""
    seasons = -(-days // SEASON_LASTS_DAYS)
    first_days = _draw_seasons(len(past), (draws, seasons), rng)
    first_days = np.repeat(first_days, SEASON_LASTS_DAYS, axis=1)[:, :days]  # (draw, day)
    rows = first_days + _draw_blocks(draws, days, rng)
    ease = past.ease[rows] + past.ease_error[rows] * rng.standard_normal(rows.shape)
    done, new = (
        np.rint(column[rows] * _unlike(column, rows.shape, rng)) for column in (past.done, past.new)
    )
    return Plan(done, new, past.pace[rows], ease)


def _unlike(amounts: Array, shape: tuple[int, ...], rng: Rng) -> Array:
    """Draw factors that make a day to come unlike every past one, as days are unlike each other.

    Days drawn of the n of a season are nearer to its mean than a further day is: their variance is
    (n − 1)/n of the days' own, σ². The rest, σ²/n, is drawn here, normal in the logarithm; σ² is
    that within seasons, of days that have any. A season's mean is uncertain by as much again, by
    which the seasons are unlike each other already.
    """
    has = np.isfinite(amounts) & (amounts > 0)
    logs = np.log(amounts, out=np.zeros(len(amounts)), where=has)
    seasons = np.lib.stride_tricks.sliding_window_view
    n, own = seasons(has, SEASON_DAYS).sum(axis=1), seasons(logs, SEASON_DAYS)
    means = own.sum(axis=1) / np.maximum(n, 1)
    off = np.where(seasons(has, SEASON_DAYS), own - means[:, None], 0.0)
    variance = np.sum(off**2) / max(1, np.sum(np.maximum(n - 1, 0)))
    factors: Array = np.exp(np.sqrt(variance / SEASON_DAYS) * rng.standard_normal(shape))
    return factors


def _draw_seasons(past_days: int, shape: tuple[int, int], rng: Rng) -> Ints:
    """Draw first days of seasons."""
    age = np.arange(past_days - SEASON_DAYS, -1, -1)
    weight = 2.0 ** (-age / HALF_LIFE_DAYS)
    return rng.choice(len(age), size=shape, p=weight / weight.sum())


def _draw_blocks(draws: int, days: int, rng: Rng) -> Ints:
    """Draw days of a season, shape (draw, day), in blocks; the first is cut anywhere."""
    blocks = -(-days // BLOCK_DAYS) + 1
    starts = rng.integers(SEASON_DAYS - BLOCK_DAYS + 1, size=(draws, blocks))
    rows = (starts[:, :, None] + np.arange(BLOCK_DAYS)).reshape(draws, -1)  # (draw, day)
    cut = rng.integers(BLOCK_DAYS, size=draws)
    return np.take_along_axis(rows, cut[:, None] + np.arange(days), axis=1)
