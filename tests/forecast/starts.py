"""Made-up starts of a forecast."""

from dataclasses import replace

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.habits import Habits, default_habits
from studytool.forecast.luck import Luck
from studytool.forecast.plan import Plan
from studytool.forecast.rules import AskingRules, free_rules
from studytool.forecast.start import Limits, Sessions, Start
from studytool.numerics.streams import stream
from studytool.review_log.study_days import StudyDay
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

NOON_MS = DAY_MS // 2
NOW_MS = 20_000 * DAY_MS
SURE = np.array([[0, 0, 1, 0], *[[0, 0, 1, 0]] * 3, [0, 0, 1, 0]]) * 1e9
"""Ratings of a learner who says good, always; of mature items, where they are recalled."""


def mature(days_since: list[int], stability: list[float], due_in: list[int]) -> Memories:
    """Make items in the review stage; due in so many days from now."""
    n = len(days_since)
    last_ms = NOW_MS + NOON_MS - DAY_MS * np.array(days_since, np.int64)
    return replace(
        Memories.new(n),
        stage=np.full(n, Stage.REVIEW, np.int64),
        stability=np.array(stability, np.float64),
        difficulty=np.full(n, 5.0),
        due_day=NOW_MS // DAY_MS + np.array(due_in, np.int64),
        last_ms=last_ms,
        last_day=last_ms // DAY_MS,
        reps=np.full(n, 3, np.int64),
    )


def start_of(
    memories: Memories,
    *,
    days: int = 7,
    policy: Policy | None = None,
    habits: Habits | None = None,
    limits: Limits | None = None,
    rules: AskingRules | None = None,
) -> Start:
    scheduler = Scheduler(policy or Policy())
    n, retention = len(memories), scheduler.policy.desired_retention
    nothing = np.zeros(n, np.int64)
    items = Items(np.arange(n), np.full(n, retention))
    return Start(
        backlog=Backlog(np.arange(n), memories, items, nothing, nothing),
        habits=habits or default_habits(NOON_MS),
        scheduler=scheduler,
        sessions=Sessions.ahead(days, now_ms=NOW_MS, study_day=StudyDay(), session_ms=NOON_MS),
        limits=limits or Limits(new_per_day=9999),
        rules=rules or free_rules(n),
        retention=retention,
    )


def luck_of(
    start: Start, *, draws: int, done: float = np.inf, new: float = np.inf, seed: int = 0
) -> Luck:
    """Give the luck of a learner whose days are all alike, and who rates as the habits say."""
    shape = (draws, len(start.sessions))
    shares = start.habits.ratings.copy()
    shares[-1, 0] = 0.0
    cumulative = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    return Luck(
        salts=stream("luck", seed).integers(2**64, size=draws, dtype=np.uint64),
        level=np.zeros((draws, 2)),
        plan=Plan(np.full(shape, done), np.full(shape, new), np.ones(shape), np.zeros(shape)),
        shares=np.broadcast_to(cumulative, (draws, *cumulative.shape)),
    )


def many(n: int, *, seed: int, new: int = 0) -> Memories:
    """Make ``n`` items of any strength, due around now, and ``new`` that wait."""
    rng = stream("memories", seed)
    stability = np.exp(rng.normal(2.0, 1.5, n))
    since = rng.integers(1, 40, n)
    due_in = np.maximum(1, np.rint(stability)).astype(np.int64) - since
    known = mature(since.tolist(), stability.tolist(), due_in.tolist())
    every = Memories.new(n + new)
    every.put(slice(n), known)
    return every
