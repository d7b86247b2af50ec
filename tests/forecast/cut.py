"""The log of a simulated learner cut at the start of a day, and the forecast from there."""

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.batch import Course
from studytool.forecast.history import ForecastHistory, read_habits
from studytool.forecast.luck import draw_luck
from studytool.forecast.rules import free_rules
from studytool.forecast.simulation import simulate
from studytool.forecast.start import Limits, Sessions, Start
from studytool.review_log.study_days import StudyDay
from studytool.srs.fold import Reviews, fold
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.forecast.follower import BEGAN_MS, Lived

SCHEDULER = Scheduler(Policy())
DAY = StudyDay()


def items_of(n: int) -> Items:
    return Items.named((f"pack/{k}" for k in range(n)), SCHEDULER.policy)


def forecast_lived(
    lived: Lived, *, first_day: int, days: int, new_per_day: int, draws: int, seed: int
) -> Course:
    """Forecast ``days`` from what was known before ``first_day``; the limit is as she set it."""
    past, items = lived.day < first_day, items_of(lived.items)
    ids = np.arange(np.count_nonzero(past), dtype=np.uint64)
    time_ms, nothing = lived.time_ms[past], np.zeros(len(items), np.int64)
    day = time_ms // DAY_MS
    reviews = Reviews(lived.item[past], time_ms, day, ids * 0, ids, lived.rating[past])
    history = ForecastHistory(
        reviews=reviews,
        items=items,
        asked=np.ones(len(items), np.bool_),
        seconds=np.full(len(ids), 10.0),
    )
    now_ms = BEGAN_MS + first_day * DAY_MS
    habits = read_habits(history, SCHEDULER, study_day=DAY, now_ms=now_ms)
    memories = fold(reviews, SCHEDULER, items=items).memories
    start = Start(
        backlog=Backlog(np.arange(len(items)), memories, items, nothing, nothing),
        habits=habits,
        scheduler=SCHEDULER,
        sessions=Sessions.ahead(days, now_ms=now_ms, study_day=DAY, session_ms=habits.session_ms),
        limits=Limits(new_per_day=new_per_day),
        rules=free_rules(len(items)),
        retention=0.9,
    )
    return simulate(start, draw_luck(habits, draws=draws, days=days, seed=seed))
