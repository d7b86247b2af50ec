"""The simulation: against theory where there is one, and laws where there is none."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.forecast import simulation
from studytool.forecast.forecast import make_forecast
from studytool.forecast.habits import default_habits
from studytool.forecast.luck import chances, draw_luck
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Limits, Sessions
from studytool.numerics.streams import stream
from studytool.review_log.study_days import StudyDay
from studytool.settings import ReviewOrder
from studytool.srs.fold import Reviews, fold
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.data.real_log import real_log
from tests.forecast.starts import NOON_MS, NOW_MS, luck_of, many, mature, start_of

NO_STEPS = Policy(learning_steps=(), relearning_steps=())
ERRORS = 4
"""Standard errors allowed: a false alarm in 16,000."""


def test_forgotten_share_is_one_less_retrievability() -> None:
    memories = mature([20] * 5, [10.0, 20.0, 40.0, 80.0, 5.0], [0] * 5)
    start = start_of(memories, days=1, policy=NO_STEPS)
    start = replace(start, habits=replace(start.habits, seconds=np.array([0.0, 0.0, 1.0])))
    draws = 4000
    course = simulate(start, luck_of(start, draws=draws))
    recall = start.scheduler.retrievability(memories, int(start.sessions.days[0]))
    error = sqrt(np.sum(recall * (1 - recall)) / draws)
    assert course.answers[:, 0].tolist() == [5] * draws
    assert abs(course.seconds.mean() - np.sum(1 - recall)) <= ERRORS * error


def test_answers_to_a_new_item_against_its_markov_chain() -> None:
    start = start_of(Memories.new(1), days=1, policy=Policy(fuzz=False))
    (a0, h0, g0, _), (a1, h1, g1, _), (a2, h2, *_), *_ = (
        start.habits.ratings / start.habits.ratings.sum(axis=1, keepdims=True)
    )
    # Answers still to come from step 0 and from step 1: again returns to 0, hard stays, good goes on.
    steps = np.linalg.solve([[1 - a1 - h1, -g1], [-a2, 1 - h2]], [1.0, 1.0])
    expected = 1 + (a0 + h0) * steps[0] + g0 * steps[1]
    answers = simulate(start, luck_of(start, draws=20_000)).answers[:, 0]
    assert abs(answers.mean() - expected) <= ERRORS * answers.std() / sqrt(len(answers))


def test_an_item_is_asked_on_the_day_it_falls_due() -> None:
    start = start_of(mature([4, 4], [8.0, 8.0], [3, 30]), days=5)
    course = simulate(start, luck_of(start, draws=50))
    assert course.answers[:, :3].sum() == 0
    assert course.answers[:, 3].min() >= 1


@pytest.mark.parametrize(
    ("shift_days", "rest_days"),
    [
        (2000, 0),  # a vacation
        (0, 2000 + 20_000),  # buried
    ],
)
def test_an_item_put_off_beyond_the_days_is_not_asked(shift_days: int, rest_days: int) -> None:
    start = start_of(mature([9], [8.0], [-1]), days=5)
    backlog = replace(
        start.backlog,
        shift_days=np.array([shift_days]),
        rests_until_ms=np.array([rest_days * DAY_MS]),
    )
    start = replace(start, backlog=backlog)
    course = simulate(start, luck_of(start, draws=5))
    assert course.answers.sum() == 0
    assert (course.known > 0).all()  # still remembered


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("due", 0),  # 12 days overdue
        ("relative-overdue", 1),  # four times its interval of 2 days
        ("retrievability", 2),  # 9 days after a review, stability 90
    ],
)
def test_a_day_of_one_review_takes_the_first_in_order(order: ReviewOrder, first: int) -> None:
    memories = mature([52, 10, 9], [40.0, 2.0, 90.0], [-12, -8, -1])
    start = start_of(memories, days=1, limits=Limits(order=order))
    alone = simulate(start, luck_of(start, draws=400, done=1))
    recall = start.scheduler.retrievability(memories, int(start.sessions.days[0]))
    forgotten = np.mean(alone.answers.sum(axis=1) > 1)
    error = sqrt(recall[first] * (1 - recall[first]) / 400)
    assert alone.left.tolist() == [2] * 400
    assert abs(forgotten - (1 - recall[first])) <= ERRORS * error


def test_recall_falls_by_whole_days_in_the_order_as_in_the_queue() -> None:
    memories = mature([0, 30], [0.5, 30.0], [-1, -1])
    start = start_of(memories, days=1, limits=Limits(order="retrievability"))
    memories.last_ms[0] = start.sessions.at_ms[0] - DAY_MS * 4 // 10  # 0.8 stabilities, 0 days
    alone = simulate(start, luck_of(start, draws=400, done=1))
    assert alone.left.tolist() == [1] * 400
    assert alone.answers.sum() == 400  # on its day an item is not forgotten; the other: 1 in 10


def test_reviews_a_day_and_new_a_day_hold() -> None:
    habits = replace(default_habits(NOON_MS), ratings=np.tile([0.0, 0, 1, 0], (5, 1)))
    limits = Limits(new_per_day=3, reviews_per_day=2)
    memories = Memories.new(40)
    memories.put(slice(30), mature([1] * 30, [1e6] * 30, [0] * 30))
    start = start_of(memories, days=2, policy=NO_STEPS, habits=habits, limits=limits)
    course = simulate(start, luck_of(start, draws=3))
    assert course.answers.tolist() == [[5, 5]] * 3  # two reviews, three new ones
    assert course.left.tolist() == [26] * 3


def test_what_was_done_today_is_taken_off_today() -> None:
    habits = replace(default_habits(NOON_MS), done_today=1, new_today=2)
    habits = replace(habits, ratings=np.tile([0.0, 0, 1, 0], (5, 1)))
    limits = Limits(new_per_day=3, reviews_per_day=2, begun_today=2, matured_today=1)
    memories = Memories.new(40)
    memories.put(slice(30), mature([1] * 30, [1e6] * 30, [0] * 30))
    start = start_of(memories, days=2, policy=NO_STEPS, habits=habits, limits=limits)
    assert simulate(start, luck_of(start, draws=1)).answers.tolist() == [[2, 5]]


def test_one_item_more_than_a_day_holds_is_left() -> None:
    start = start_of(mature([1] * 4, [1e6] * 4, [0] * 4), days=1, policy=NO_STEPS)
    course = simulate(start, luck_of(start, draws=2, done=3))
    assert (course.answers.tolist(), course.left.tolist()) == ([[3], [3]], [1, 1])


def test_todays_session_is_now_where_its_hour_has_passed() -> None:
    evening_ms = NOW_MS + 20 * 3_600_000
    sessions = Sessions.ahead(2, now_ms=evening_ms, study_day=StudyDay(), session_ms=NOON_MS)
    assert sessions.at_ms.tolist() == [evening_ms, NOW_MS + DAY_MS + NOON_MS]
    assert sessions.ends_ms.tolist() == [NOW_MS + DAY_MS, NOW_MS + 2 * DAY_MS]


def test_nothing_comes_of_nothing() -> None:
    start = start_of(Memories.new(0))
    course = simulate(start, luck_of(start, draws=2))
    assert (course.answers.sum(), course.known.sum(), course.left.sum()) == (0, 0, 0)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000), rows=st.integers(1, 2000))
def test_draws_do_not_depend_on_the_batch(seed: int, rows: int) -> None:
    start = start_of(many(100, seed=seed, new=20), days=6)
    luck = draw_luck(start.habits, draws=9, days=6, seed=seed)
    at_once = simulation.ROWS_AT_ONCE
    whole = simulate(start, luck)
    try:
        simulation.ROWS_AT_ONCE = rows
        parts = simulate(start, luck)
    finally:
        simulation.ROWS_AT_ONCE = at_once
    assert np.array_equal(whole.answers, parts.answers)
    assert np.array_equal(whole.left, parts.left)
    np.testing.assert_allclose(whole.known, parts.known, rtol=1e-12)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_who_follows_the_plan_pays_for_retention_in_minutes_and_knows_more(seed: int) -> None:
    start = start_of(many(300, seed=seed, new=60), days=20, limits=Limits(new_per_day=3))
    found = make_forecast(start, [0.75, 0.85, 0.95], draws=20, seed=seed).retentions
    minutes = [one.minutes_a_day.mean for one in found]
    known = [one.known.mean for one in found]
    assert minutes == sorted(minutes)
    assert known == sorted(known)


def test_equal_seeds_give_equal_forecasts() -> None:
    start = start_of(many(50, seed=1, new=10), days=5)
    first, again, other = (make_forecast(start, [0.8], draws=10, seed=seed) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_progress_rises_to_the_end() -> None:
    start = start_of(many(50, seed=1), days=5)
    shares: list[float] = []
    make_forecast(start, [0.8, 0.9], draws=10, seed=0, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("retention", [0.75, 0.85, 0.95])
def test_due_dates_at_another_retention_against_a_fold_of_the_real_log(retention: float) -> None:
    reviews = Reviews.of(
        (one.card, one.time_ms, number.to_bytes(16, "big"), one.rating, one.study_day)
        for number, one in enumerate(real_log())
    )
    folded = {}
    for wanted in (0.9, retention):
        scheduler = Scheduler(Policy(desired_retention=wanted, fuzz=False))
        n = int(reviews.item.max()) + 1
        items = Items(np.arange(n), np.full(n, wanted))
        folded[wanted] = fold(reviews, scheduler, items=items).memories
    start = start_of(folded[0.9], policy=Policy(fuzz=False)).at_retention(retention)
    assert np.array_equal(start.backlog.memories.due_day, folded[retention].due_day)


def test_chances_are_uniform_and_apart() -> None:
    n = 20_000
    salts = np.repeat(stream("salts").integers(2**64, size=2, dtype=np.uint64), n)
    item = np.tile(np.arange(n), 2)
    drawn = chances(salts, item, np.full(2 * n, 7))
    ranks = np.sort(drawn)
    distance = np.max(np.abs(ranks - (np.arange(2 * n) + 0.5) / (2 * n)))
    assert distance <= 2.23 / sqrt(2 * n)  # Kolmogorov: a false alarm in 10,000
    correlation = np.corrcoef(drawn[:n], drawn[n:])[0, 1]
    assert abs(correlation) <= ERRORS / sqrt(n)
