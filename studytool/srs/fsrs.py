"""FSRS-6: how stability and difficulty change with a review. Formulas over arrays, no state.

Source of every formula: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
("FSRS-6"), in the form that py-fsrs 6.3 computes. ``w`` holds the 21 parameters, ``rating`` is
1 again, 2 hard, 3 good, 4 easy. Arrays have shape (item,) throughout; an array of length 1 gives
the same bits as the same number inside a longer one (a test holds that).

:class:`Fsrs6` is the whole face that the scheduler sees: a
:class:`studytool.srs.models.MemoryModel`.
"""

import math
from collections.abc import Sequence

import numpy as np

from studytool.numerics.arrays import Array, Ints

LOWEST_STABILITY = 0.001
LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY = 1.0, 10.0
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4

Weights = tuple[float, ...]


def initial_stability(w: Weights, rating: Ints) -> Array:
    """S₀(G) = w[G−1], days."""
    stability: Array = np.maximum(np.array(w[:4])[rating - 1], LOWEST_STABILITY)
    return stability


def initial_difficulty(w: Weights, rating: Ints) -> Array:
    """D₀(G) = w4 − e^(w5·(G−1)) + 1, not yet held to 1–10."""
    difficulty: Array = w[4] - np.exp(w[5] * (rating - 1)) + 1
    return difficulty


def forgetting_factor(w: Weights) -> float:
    """Return 0.9^(−1/w20) − 1, which makes R = 0.9 when t = S."""
    return float(0.9 ** (-1 / w[20]) - 1)


def retrievability(w: Weights, *, elapsed_days: Ints | Array, stability: Array) -> Array:
    """R(t, S) = (1 + factor·t/S)^(−w20), in (0, 1]."""
    recall: Array = np.power(1 + forgetting_factor(w) * elapsed_days / stability, -w[20])
    return recall


def next_difficulty(w: Weights, *, difficulty: Array, rating: Ints) -> Array:
    """D′ = w7·D₀(4) + (1−w7)·(D + ΔD·(10−D)/9), ΔD = −w6·(G−3), held to 1–10."""
    change = -w[6] * (rating - 3)
    damped = difficulty + (10 - difficulty) * change / 9
    easiest = w[4] - math.exp(w[5] * 3) + 1
    return np.clip(w[7] * easiest + (1 - w[7]) * damped, LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY)


def difficulties(w: Weights, ratings: Sequence[int]) -> list[float]:
    """Return the difficulty after each review of one item, by time: the ratings alone decide it."""
    found: list[float] = []
    difficulty = np.zeros(1)
    for rating in (np.array([one]) for one in ratings):
        if found:
            difficulty = next_difficulty(w, difficulty=difficulty, rating=rating)
        else:
            first = initial_difficulty(w, rating)
            difficulty = np.clip(first, LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY)
        found.append(float(difficulty[0]))
    return found


def recall_stability(
    w: Weights, *, difficulty: Array, stability: Array, recall: Array, rating: Ints
) -> Array:
    """S′ᵣ = S·(1 + e^w8·(11−D)·S^(−w9)·(e^(w10·(1−R))−1)·w15 if hard·w16 if easy)."""
    factor = np.array([1.0, w[15], 1.0, w[16]])[rating - 1]
    growth = math.exp(w[8]) * (11 - difficulty) * np.power(stability, -w[9])
    increase = growth * (np.exp(w[10] * (1 - recall)) - 1) * factor
    after: Array = stability * (1 + increase)
    return after


def forget_stability(w: Weights, *, difficulty: Array, stability: Array, recall: Array) -> Array:
    """S′f = min(w11·D^(−w12)·((S+1)^w13−1)·e^(w14·(1−R)), S/e^(w17·w18))."""
    growth = np.power(stability + 1, w[13]) - 1
    long_term = w[11] * np.power(difficulty, -w[12]) * growth * np.exp(w[14] * (1 - recall))
    after: Array = np.minimum(long_term, stability / math.exp(w[17] * w[18]))
    return after


def same_day_stability(w: Weights, *, stability: Array, rating: Ints) -> Array:
    """S′ = S·e^(w17·(G−3+w18))·S^(−w19), never less than S when it was recalled."""
    growth = np.exp(w[17] * (rating - 3 + w[18])) * np.power(stability, -w[19])
    after: Array = stability * np.where(rating == AGAIN, growth, np.maximum(growth, 1.0))
    return after


def interval_days(
    w: Weights, *, stability: Array, desired_retention: float | Array, maximum_days: int
) -> Array:
    """I(r, S) = S/factor·(r^(−1/w20) − 1), in whole days from 1 to ``maximum_days``."""
    exact = stability / forgetting_factor(w) * (desired_retention ** (-1 / w[20]) - 1)
    return np.clip(np.rint(exact), 1, maximum_days)


class Fsrs6:
    """FSRS-6 with its parameters bound."""

    def __init__(self, parameters: Weights) -> None:
        self._w = parameters

    def first(self, rating: Ints) -> tuple[Array, Array]:
        """Return stability and difficulty after the first review."""
        difficulty = initial_difficulty(self._w, rating)
        held = np.clip(difficulty, LOWEST_DIFFICULTY, HIGHEST_DIFFICULTY)
        return initial_stability(self._w, rating), held

    def retrievability(self, stability: Array, elapsed_days: Ints | Array) -> Array:
        """Return the chance of recall ``elapsed_days`` after a review."""
        return retrievability(self._w, elapsed_days=elapsed_days, stability=stability)

    def next(
        self, stability: Array, difficulty: Array, *, elapsed_days: Ints, rating: Ints
    ) -> tuple[Array, Array]:
        """Return stability and difficulty after a later review, ``elapsed_days`` ≥ 0 after the last.

        On one day, recall says little: the same-day formula is used.
        """
        w, now = self._w, {"difficulty": difficulty, "stability": stability}
        recall = self.retrievability(stability, elapsed_days)
        lapsed = rating == AGAIN
        if not lapsed.any():
            after = recall_stability(w, **now, recall=recall, rating=rating)
        else:
            after = forget_stability(w, **now, recall=recall)
            if not lapsed.all():
                recalled = recall_stability(w, **now, recall=recall, rating=rating)
                after = np.where(lapsed, after, recalled)
        same_day = elapsed_days < 1
        if same_day.any():  # most rounds of a fold have none
            on_one_day = same_day_stability(w, stability=stability, rating=rating)
            after = np.where(same_day, on_one_day, after)
        harder = next_difficulty(w, difficulty=difficulty, rating=rating)
        return np.maximum(after, LOWEST_STABILITY), harder

    def interval_days(
        self, stability: Array, *, desired_retention: float | Array, maximum_days: int
    ) -> Array:
        """Return the whole days after which recall falls to ``desired_retention``."""
        return interval_days(
            self._w,
            stability=stability,
            desired_retention=desired_retention,
            maximum_days=maximum_days,
        )
