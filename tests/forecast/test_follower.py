"""Simulated learners: how many of them the 80 % band covers."""

from functools import cache
from math import sqrt

import numpy as np
import pytest

from studytool.forecast.backlog import Backlog
from studytool.forecast.batch import Course
from studytool.forecast.history import ForecastHistory, read_habits
from studytool.forecast.luck import draw_luck
from studytool.forecast.rules import free_rules
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Limits, Sessions, Start
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream
from studytool.review_log.study_days import StudyDay
from studytool.srs.fold import Reviews, fold
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.forecast.follower import BEGAN_MS, Lived, live

pytestmark = pytest.mark.slow

LEARNERS, PAST, AHEAD, NEW_PER_DAY = 60, 40, 10, 8
DRAWS = 100
BAND = 0.8
SCHEDULER = Scheduler(Policy())
ITEMS = Items.named((f"pack/{k}" for k in range((PAST + AHEAD) * NEW_PER_DAY)), SCHEDULER.policy)
DAY = StudyDay()


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
    past = lived.day < PAST
    ids = np.arange(np.count_nonzero(past), dtype=np.uint64)
    time_ms = lived.time_ms[past]
    reviews = Reviews(
        lived.item[past], time_ms, time_ms // DAY_MS, ids * 0, ids, lived.rating[past]
    )
    history = ForecastHistory(
        reviews=reviews,
        items=ITEMS,
        asked=np.ones(len(ITEMS), np.bool_),
        seconds=np.full(len(ids), 10.0),
    )
    now_ms = BEGAN_MS + PAST * DAY_MS
    habits = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms)
    memories = fold(reviews, SCHEDULER, items=ITEMS).memories
    nothing = np.zeros(len(ITEMS), np.int64)
    start = Start(
        backlog=Backlog(np.arange(len(ITEMS)), memories, ITEMS, nothing, nothing),
        habits=habits,
        scheduler=SCHEDULER,
        sessions=Sessions.ahead(AHEAD, now_ms=now_ms, study_day=DAY, session_ms=habits.session_ms),
        limits=Limits(new_per_day=NEW_PER_DAY),
        rules=free_rules(len(ITEMS)),
        retention=0.9,
    )
    return simulate(start, draw_luck(habits, draws=DRAWS, days=AHEAD, seed=learner))


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
