"""The real log cut at the start of a day, and forecasts from there.

The log names neither a time zone nor an order of due reviews. Its learner is never awake between
6 and 15 h UTC; of the three orders, the best remembered first comes nearest to what the learner
did with a backlog in the first half of the log.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.batch import Course
from studytool.forecast.habits import Habits, default_habits
from studytool.forecast.history import ForecastHistory, read_habits
from studytool.forecast.luck import draw_luck
from studytool.forecast.rules import free_rules
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Limits, Sessions, Start
from studytool.numerics.arrays import Array, Ints
from studytool.review_log.study_days import StudyDay
from studytool.srs.fold import Reviews, fold
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.data.real_log import real_log

DAY = StudyDay(-6 * 60, 4)
SCHEDULER = Scheduler(Policy())
LIMITS = Limits(new_per_day=9999, order="retrievability")


@dataclass(frozen=True)
class Columns:
    card: Ints
    time_ms: Ints
    rating: Ints
    seconds: Array
    day: Ints


@cache
def columns() -> Columns:
    """Give the reviews by time; days are counted from the first."""
    rows = np.array(sorted(real_log(), key=lambda review: review.time_ms), np.int64)
    card, rating, time_ms, duration_ms = rows.T
    day = (time_ms - DAY.start_ms(DAY.number(int(time_ms[0])))) // DAY_MS
    return Columns(card, time_ms, rating, duration_ms / 1000, day)


def reviews_a_day() -> Ints:
    return np.bincount(columns().day)


def forecasts_from(
    start_day: int, *, days: int, draws: int, lucks: int, habits: Habits | None = None
) -> list[Course]:
    """Forecast ``days`` from what was known before ``start_day``, by the habits read from it."""
    start = start_of(start_day, days, habits)
    return [
        simulate(
            start, draw_luck(start.habits, draws=draws, days=days, seed=1000 * luck + start_day)
        )
        for luck in range(lucks)
    ]


def start_of(start_day: int, days: int, habits: Habits | None = None) -> Start:
    log = columns()
    first_day = DAY.number(int(log.time_ms[0]))
    now_ms = DAY.start_ms(first_day + start_day)
    past = log.day < start_day
    known, number = np.unique(log.card[past], return_inverse=True)
    ids = np.arange(len(number), dtype=np.uint64)
    day = first_day + log.day[past]
    reviews = Reviews(number, log.time_ms[past], day, ids * 0, ids, log.rating[past])
    cards = np.concatenate([known, np.setdiff1d(log.card, known)])
    items = Items.named((f"imported/{card}" for card in cards), SCHEDULER.policy)
    history = ForecastHistory(
        reviews=reviews,
        items=items,
        asked=np.ones(len(cards), np.bool_),
        seconds=log.seconds[past],
    )
    if habits is None:
        habits = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms)
    nothing = np.zeros(len(cards), np.int64)
    return Start(
        backlog=Backlog(cards, _folded(reviews, items), items, nothing, nothing),
        habits=habits,
        scheduler=SCHEDULER,
        sessions=Sessions.ahead(days, now_ms=now_ms, study_day=DAY, session_ms=habits.session_ms),
        limits=LIMITS,
        rules=free_rules(len(cards)),
        retention=SCHEDULER.policy.desired_retention,
    )


def _folded(reviews: Reviews, items: Items) -> Memories:
    return fold(reviews, SCHEDULER, items=items).memories


def following_the_plan() -> Habits:
    return default_habits(DAY_MS // 2)
