"""Simulated learners: how many of them the 80 % band covers."""

from functools import cache
from math import sqrt

import numpy as np
import pytest

from studytool.forecast.batch import Course
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream
from tests.forecast.cut import SCHEDULER, forecast_lived, items_of
from tests.forecast.follower import Lived, live

pytestmark = pytest.mark.slow

LEARNERS, PAST, AHEAD, NEW_PER_DAY = 60, 40, 10, 8
DRAWS = 100
BAND = 0.8
ITEMS = items_of((PAST + AHEAD) * NEW_PER_DAY)


@cache
def _lived(skipped: float) -> Lived:
    rng = stream("followers", skipped)
    studies = rng.random((PAST + AHEAD, LEARNERS)) >= skipped
    return live(SCHEDULER, ITEMS, studies, new_per_day=NEW_PER_DAY, rng=rng)


@cache
def _forecasts(skipped: float) -> tuple[Course, ...]:
    lived = _lived(skipped)
    return tuple(_forecast(lived.of(learner), learner) for learner in range(LEARNERS))


def _forecast(lived: Lived, learner: int) -> Course:
    return forecast_lived(
        lived, first_day=PAST, days=AHEAD, new_per_day=NEW_PER_DAY, draws=DRAWS, seed=learner
    )


def _happened(learner: int, skipped: float) -> Array:
    lived = _lived(skipped).of(learner)
    return np.bincount(lived.day, minlength=PAST + AHEAD)[PAST:].astype(np.float64)


def _coverage(skipped: float) -> float:
    covered = []
    for learner, course in enumerate(_forecasts(skipped)):
        low, high = np.quantile(course.answers.sum(axis=1), (0.1, 0.9))
        covered.append(low <= _happened(learner, skipped).sum() <= high)
    return float(np.mean(covered))


@pytest.mark.parametrize(
    "skipped",
    [
        0.0,  # the schedule is followed exactly
        0.25,  # one day in four is skipped
    ],
)
def test_the_band_covers_within_binomial_error(skipped: float) -> None:
    assert abs(_coverage(skipped) - BAND) <= 2 * sqrt(BAND * (1 - BAND) / LEARNERS)


def test_the_mean_of_the_draws_is_unbiased() -> None:
    errors = np.array(
        [
            course.answers.sum(axis=1).mean() - _happened(learner, 0.0).sum()
            for learner, course in enumerate(_forecasts(0.0))
        ]
    )
    assert abs(errors.mean()) <= 3 * errors.std(ddof=1) / sqrt(LEARNERS)


def test_nothing_is_left_by_who_leaves_nothing() -> None:
    assert max(course.left.max() for course in _forecasts(0.0)) == 0
