"""Habits read from reviews, against days counted by hand."""

from math import inf

import numpy as np
import pytest

from studytool.forecast.habits import (
    DEFAULT_ANSWERS,
    FEWEST_DAYS,
    LEVEL_SPREAD,
    PastDays,
    default_habits,
)
from studytool.forecast.history import PAUSE_DAYS, ForecastHistory, read_habits
from studytool.forecast.luck import draw_luck
from studytool.forecast.plan import SEASON_DAYS, SEASON_LASTS_DAYS, draw_plan
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream
from studytool.review_log.study_days import StudyDay
from studytool.srs.fold import Reviews
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

SCHEDULER = Scheduler(Policy(learning_steps=(), relearning_steps=(), fuzz=False))
DAY = StudyDay()
FIRST_DAY = 20_000
HOUR_MS = 3_600_000

Answer = tuple[int, float, int]
"""An item, the day and hour of its review as a number of days, the rating."""


def _history(answers: list[Answer], *, seconds: float = 10.0, items: int = 10) -> ForecastHistory:
    item, when, rating = zip(*answers, strict=True) if answers else ((), (), ())
    time_ms = np.array([(FIRST_DAY + day) * DAY_MS for day in when], np.int64)
    ids = np.arange(len(item), dtype=np.uint64)
    return ForecastHistory(
        reviews=Reviews(
            np.array(item, np.int64),
            time_ms,
            time_ms // DAY_MS,
            ids * 0,
            ids,
            np.array(rating, np.int64),
        ),
        items=Items(np.arange(items), np.full(items, 0.9)),
        asked=np.ones(items, np.bool_),
        seconds=np.full(len(item), seconds),
    )


def _days(answers: list[Answer], *, today: int) -> PastDays:
    now_ms = (FIRST_DAY + today) * DAY_MS
    return read_habits(_history(answers), SCHEDULER, study_day=DAY, now_ms=now_ms).days


EASY, GOOD, AGAIN = 4, 3, 1
"""A first good comes back after 2 days, a first again after 1."""


@pytest.mark.parametrize(
    ("answers", "done", "new"),
    [  # a day that was cleared counts as cleared where most study days were
        ([(0, 0.5, GOOD), (1, 0.5, GOOD)], [inf, inf], [2, inf]),  # nothing on day 1
        ([(0, 0.5, GOOD), (0, 2.5, GOOD)], [inf, inf, inf], [1, inf, inf]),  # done on day 2
        ([(0, 0.5, AGAIN), (1, 0.5, AGAIN), (0, 1.6, GOOD)], [0, 1, 0], [2, 0, 0]),  # 1 is left
        ([(0, 0.5, GOOD), (1, 0.5, GOOD), (2, 2.6, GOOD)], [0, 0, 0], [2, 0, 1]),  # two are left
    ],
)
def test_what_a_day_held(answers: list[Answer], done: list[float], new: list[float]) -> None:
    days = _days(answers, today=len(done))
    assert len(days) == FEWEST_DAYS
    assert days.done[-len(done) :].tolist() == done
    assert days.new[-len(new) :].tolist() == new


def test_a_past_too_short_begins_with_days_that_follow_the_plan() -> None:
    days = _days([(0, 0.5, GOOD)], today=1)
    assert days.done[:-1].tolist() == [inf] * (FEWEST_DAYS - 1)
    assert days.new[:-1].tolist() == [inf] * (FEWEST_DAYS - 1)


def test_an_empty_past_is_the_default() -> None:
    assert len(_days([], today=0)) == FEWEST_DAYS


@pytest.mark.parametrize(
    ("idle", "counted"),
    [
        (PAUSE_DAYS - 1, True),  # days off are a habit
        (PAUSE_DAYS, False),  # a pause is none
    ],
)
def test_a_pause_is_no_habit(idle: int, *, counted: bool) -> None:
    answers = [(0, day + 0.5, AGAIN) for day in range(20)]
    answers += [(0, day + idle + 0.5, AGAIN) for day in range(20, 30)]
    days = _days(answers, today=30 + idle)
    assert len(days) == 30 + (idle if counted else 0)


def test_today_is_counted_apart() -> None:
    answers = [(0, 0.5, AGAIN), (0, 1.5, AGAIN), (1, 1.5, AGAIN), (2, 1.6, AGAIN)]
    now_ms = FIRST_DAY * DAY_MS + DAY_MS + 20 * HOUR_MS
    habits = read_habits(_history(answers), SCHEDULER, study_day=DAY, now_ms=now_ms)
    assert (habits.done_today, habits.new_today) == (1, 2)
    assert habits.days.new[-1] == 1
    assert len(habits.days) == FEWEST_DAYS


def test_ratings_and_seconds_are_counted_beside_the_defaults() -> None:
    answers = [(k % 5, 0.5 + k // 5, GOOD) for k in range(50)]
    now_ms = (FIRST_DAY + 10) * DAY_MS
    habits = read_habits(_history(answers, seconds=30.0), SCHEDULER, study_day=DAY, now_ms=now_ms)
    first, *_, mature = habits.ratings.tolist()
    assert (sum(first), sum(mature)) == pytest.approx((DEFAULT_ANSWERS + 5, DEFAULT_ANSWERS + 45))
    assert habits.seconds[1] == pytest.approx((45 * 30 + 20 * 13.0) / 65)
    assert habits.session_ms == DAY_MS // 2


def test_an_item_no_longer_asked_is_not_left() -> None:
    history = _history([(0, 0.5, AGAIN)] + [(1, day + 0.5, AGAIN) for day in range(20)])
    history.asked[0] = False
    now_ms = (FIRST_DAY + 20) * DAY_MS
    habits = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms)
    assert habits.days.done.tolist() == [inf] * 20


def test_a_learner_like_the_model_has_no_ease() -> None:
    """One whose chance is the model's: days differ by luck alone, and no spread is seen or little."""
    rng = stream("ease")
    answers: list[Answer] = []
    for item in range(300):
        answers.append((item, 0.5, GOOD))
        answers += [(item, 3.5 + item % 20, GOOD if rng.random() < _recall(item) else AGAIN)]
    now_ms = (FIRST_DAY + 30) * DAY_MS
    history = _history(answers, items=300)
    days = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms).days
    known = 15 * 0.15  # variance of a day's recalls: 15 answers at about 0.82
    assert np.abs(days.ease).max() <= 2 / np.sqrt(known)


def _recall(item: int, stability: float = 2.3065) -> float:
    w20 = 0.1542
    factor = 0.9 ** (-1 / w20) - 1
    return float((1 + factor * (3 + item % 20) / stability) ** -w20)


def test_a_season_stays_together_and_recent_ones_are_likelier() -> None:
    whole, numbered = np.full(60, np.inf), np.arange(60.0)
    past = PastDays(whole, whole, numbered, np.zeros(60), np.zeros(60))
    plan = draw_plan(past, draws=2000, days=2 * SEASON_LASTS_DAYS, rng=stream("plan"))
    first, second = np.split(plan.pace, 2, axis=1)
    for season in (first, second):
        assert (season.max(axis=1) - season.min(axis=1)).max() < SEASON_DAYS
        means = season.mean(axis=1)
        assert np.mean(means > 45) > np.mean(means < 15)
    assert (plan.pace.max(axis=1) - plan.pace.min(axis=1)).max() > 2 * SEASON_DAYS
    steps = np.diff(plan.pace, axis=1)
    assert np.mean(steps == 1) > 0.5  # within blocks of three days two steps of three go on


def test_days_to_come_are_as_unlike_as_those_of_a_season() -> None:
    done = np.array([20.0, 40.0, 80.0, np.inf, 0.0] * 4)
    constant = np.full(20, 7.0)
    past = PastDays(done, constant, np.ones(20), np.zeros(20), np.zeros(20))
    plan = draw_plan(past, draws=4000, days=7, rng=stream("smooth"))
    assert set(plan.new.ravel().tolist()) == {7.0}  # who always begins seven
    assert {0.0, np.inf} < set(plan.done.ravel().tolist())
    seen = np.log([20.0, 40.0, 80.0])
    drawn = np.log(plan.done[(plan.done > 0) & (plan.done < np.inf)])
    # Each season of 7 days has 4 or 5 of these in turn; the spread within seasons, by hand:
    turns = np.log(done, out=np.full(20, np.nan), where=(done > 0) & (done < np.inf))
    own = [turns[day : day + 7][~np.isnan(turns[day : day + 7])] for day in range(14)]
    within = sum(((one - one.mean()) ** 2).sum() for one in own) / sum(len(one) - 1 for one in own)
    wanted = seen.var() + within / 7
    error = drawn.var() * np.sqrt(2 / 4000)  # draws of one plan share their days: no more than 4000
    assert abs(drawn.var() - wanted) <= 4 * error


@pytest.mark.slow
@pytest.mark.parametrize(
    ("level", "by_tenfold"),
    [
        (-1.0, 0.0),
        (0.0, 0.0),  # the model is right
        (0.7, -0.8),  # young items are recalled better than old ones
    ],
)
def test_a_level_of_recall_against_its_posterior_on_a_grid(level: float, by_tenfold: float) -> None:
    rng = stream("level", level, by_tenfold)
    answers: list[Answer] = []
    chance, recalled, tenfolds = np.zeros((3, 400, 1, 1))
    for item in range(400):
        first, stability = ((GOOD, 2.3065), (EASY, 8.2956))[item % 2]
        chance[item], tenfolds[item] = _recall(item, stability), np.log10(stability / 10)
        odds = chance[item] / (1 - chance[item]) * np.exp(level + by_tenfold * tenfolds[item])
        recalled[item] = rng.random() * (1 + odds) < odds
        answers.append((item, 0.5, first))
        answers.append((item, 3.5 + item % 20, GOOD if recalled[item] else AGAIN))
    now_ms = (FIRST_DAY + 30) * DAY_MS
    history = _history(answers, items=400)
    found = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms).level
    at_ten, change = np.meshgrid(np.linspace(-3, 3, 241), np.linspace(-3, 3, 241), indexing="ij")

    def log_density(at_ten: Array, change: Array) -> Array:
        better = at_ten + change * tenfolds  # (item, level, change)
        likely = np.where(recalled > 0, np.exp(better), 1) / (1 - chance + chance * np.exp(better))
        prior = (at_ten**2 + change**2) / (2 * LEVEL_SPREAD**2)
        density: Array = np.log(likely).sum(axis=0) - prior
        return density

    density = log_density(at_ten, change)
    assert log_density(*found.mean[:, None, None]) >= density.max()  # no point is likelier
    weights = np.exp(density - density.max()) / np.exp(density - density.max()).sum()
    grid = np.array([at_ten.ravel(), change.ravel()])
    off = grid - (grid * weights.ravel()).sum(axis=1, keepdims=True)
    covariance = (off * weights.ravel()) @ off.T
    spread = found.spread @ found.spread.T
    assert np.sqrt(np.diag(spread)) == pytest.approx(np.sqrt(np.diag(covariance)), rel=0.05)
    assert spread[0, 1] == pytest.approx(
        covariance[0, 1], rel=0.15
    )  # normal, but for a little skew
    wrong = np.array([level, by_tenfold]) - found.mean
    assert wrong @ np.linalg.solve(covariance, wrong) <= 20  # χ² of 2: a false alarm in 20,000


def test_of_an_unknown_learner_the_level_is_anything_likely() -> None:
    levels = draw_luck(default_habits(0), draws=20_000, days=1, seed=1).level
    assert levels.shape == (20_000, 2)
    assert levels.std(axis=0) == pytest.approx(LEVEL_SPREAD, rel=4 / np.sqrt(2 * 20_000))
    assert abs(np.mean(levels[:, 0] * levels[:, 1])) <= 4 * LEVEL_SPREAD**2 / np.sqrt(20_000)
