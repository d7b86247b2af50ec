"""Estimate a learner's habits from the standing reviews."""

from dataclasses import dataclass

import numpy as np

from studytool.forecast.backlog import due_from_ms
from studytool.forecast.habits import (
    DEFAULT_ANSWERS,
    DEFAULT_SECONDS,
    FIRST,
    LEVEL_SPREAD,
    MATURE,
    Habits,
    PastDays,
    RecallLevel,
    default_habits,
    kinds_of,
    level_terms,
    shifted,
)
from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.columns import ReviewColumns
from studytool.review_log.study_days import StudyDay
from studytool.srs.fold import Reviews, replay
from studytool.srs.fsrs import AGAIN
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

WINDOW_DAYS = 120
"""Habits are those of so many study days before today."""
CLEARED = 0.05
"""A day was cleared where at most this share of what had fallen due was left after it."""
PAUSE_DAYS = 5
"""The fewest days in a row without reviews that make a pause, which no forecast repeats."""
LONGEST_SECONDS = 300.0
"""The most seconds that an answer counts."""
_NEVER_MS = 1 << 62
_NEWTON_STEPS = 8


@dataclass(frozen=True, slots=True)
class ForecastHistory:
    """Standing reviews, and columns of shape (review,) beside them.

    Attributes:
        reviews: their items numbered from 0; each life of an item that was reset is one by itself.
        items: of the numbers.
        asked: shape (item,), whether it is still asked.
        seconds: spent on it.
    """

    reviews: Reviews
    items: Items
    asked: Flags
    seconds: Array

    @property
    def day(self) -> Ints:
        """Return the study day of each review."""
        return self.reviews.day

    @classmethod
    def of(cls, reviews: ReviewColumns, *, policy: Policy, asked: set[str]) -> "ForecastHistory":
        """Return the history of a log's columns; of the items ``asked``, only the present life is asked."""
        names = reviews.items[reviews.life_items]
        return cls(
            reviews=Reviews.by_time(
                reviews.life, reviews.time_ms, day=reviews.day, rating=reviews.rating
            ),
            items=Items.named(names, policy),
            asked=np.array([name in asked for name in names], np.bool_) & reviews.is_current,
            seconds=reviews.duration_ms / 1000,
        )


def read_habits(
    history: ForecastHistory, scheduler: Scheduler, *, study_day: StudyDay, now_ms: int
) -> Habits:
    """Read the habits out of the reviews; those of an empty history are the defaults."""
    today = study_day.number(now_ms)
    if not np.any(history.day <= today):
        return default_habits(now_ms - study_day.start_ms(today))
    answers = _Answers.of(history, scheduler, study_day)
    first_day = max(int(history.day.min()), today - WINDOW_DAYS)
    days = np.arange(first_day, today + 1)
    starts_ms = study_day.start_ms(first_day) + DAY_MS * (days - first_day)
    session_ms = _session_ms(history, days, starts_ms)
    seconds = answers.mean_seconds(since_day=first_day)
    ratings = answers.ratings(since_day=first_day)
    done, new = answers.counts(days)
    left = answers.left_at(_last_ms(history, days, otherwise=starts_ms + session_ms))
    level = answers.level(since_day=first_day)
    ease, ease_error = answers.ease(days, ratings, level)
    studied = done + new > 0
    held = _unlimited_where_cleared(done, left, studied)
    past = PastDays(
        done=held,
        new=np.where(np.isinf(held) & (new == 0), np.inf, new),  # there was none to begin
        pace=answers.pace(days, seconds),
        ease=ease,
        ease_error=ease_error,
    )
    before_today = ~_in_pauses(studied) & (days < today)
    return Habits(
        ratings=ratings,
        seconds=seconds,
        days=past.take(before_today).filled_up(),
        session_ms=session_ms,
        level=level,
        done_today=int(done[-1]),
        new_today=int(new[-1]),
    )


def _unlimited_where_cleared(done: Ints, left: Ints, studied: Flags) -> Array:
    """Return the items answered on each day, infinite where hardly one was left.

    A learner who clears most study days would have answered more, had more been due. For another
    learner a cleared day only shows how little was due, so its count stays. Today, the last day,
    is not over and stays as it is.
    """
    cleared = left <= CLEARED * (done + left)
    clears = np.mean(cleared[:-1][studied[:-1]]) > 0.5 if np.any(studied[:-1]) else False
    return np.where(cleared & clears, np.inf, done)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Reviews by item and time, as the model sees them; columns of shape (review,).

    Attributes:
        cost: 0 a first answer, 1 a later one that was recalled, 2 one that was not.
        opens: whether it is the item's first answer of its study day.
        waits_ms, until_ms: the stretch in which the item, after the review, was due and not yet
            answered again; empty where it was answered before it was due.
    """

    day: Ints
    kind: Ints
    rating: Ints
    recall: Array
    stability: Array
    cost: Ints
    seconds: Array
    opens: Flags
    waits_ms: Ints
    until_ms: Ints

    @classmethod
    def of(cls, history: ForecastHistory, scheduler: Scheduler, study_day: StudyDay) -> "_Answers":
        reviews = history.reviews
        kind, due_ms = np.zeros((2, len(history.day)), np.int64)
        recall, stability = np.zeros((2, len(history.day)))
        for done in replay(reviews, scheduler, items=history.items):
            kind[done.rows] = kinds_of(done.before)
            due_ms[done.rows] = due_from_ms(done.after, study_day)
            stability[done.rows] = done.before.stability
            recall[done.rows] = scheduler.retrievability(done.before, reviews.day[done.rows])
        order = reviews.in_order()
        item, time_ms, day = reviews.item[order], reviews.time_ms[order], history.day[order]
        same_item = np.concatenate([[False], item[1:] == item[:-1]])
        next_ms = np.where(np.append(same_item[1:], False), np.append(time_ms[1:], 0), _NEVER_MS)
        kind, rating = kind[order], reviews.rating[order]
        return cls(
            day=day,
            kind=kind,
            rating=rating,
            recall=recall[order],
            stability=stability[order],
            cost=np.where(kind == FIRST, 0, np.where(rating == AGAIN, 2, 1)),
            seconds=np.minimum(history.seconds[order], LONGEST_SECONDS),
            opens=~(same_item & np.concatenate([[False], day[1:] == day[:-1]])),
            waits_ms=np.where(history.asked[item], np.maximum(due_ms[order], time_ms), _NEVER_MS),
            until_ms=next_ms,
        )

    def ratings(self, *, since_day: int) -> Array:
        counts = default_habits(0).ratings
        recent = self.day >= since_day
        np.add.at(counts, (self.kind[recent], self.rating[recent] - 1), 1)
        return counts

    def mean_seconds(self, *, since_day: int) -> Array:
        recent = (self.day >= since_day) & (self.seconds > 0)  # a log from elsewhere may have none
        spent = np.bincount(self.cost[recent], self.seconds[recent], minlength=3)
        n = np.bincount(self.cost[recent], minlength=3)
        mean: Array = (spent + DEFAULT_ANSWERS * np.array(DEFAULT_SECONDS)) / (n + DEFAULT_ANSWERS)
        return mean

    def counts(self, days: Ints) -> tuple[Ints, Ints]:
        """Count items answered that were not new, and new ones, on each day."""
        new = self.kind == FIRST
        return _by_day(self.day[self.opens & ~new], days), _by_day(self.day[new], days)

    def left_at(self, instants_ms: Ints) -> Ints:
        """Count the items that were due and waiting at each instant."""
        waited = self.waits_ms < self.until_ms
        begun = np.searchsorted(np.sort(self.waits_ms[waited]), instants_ms, side="right")
        ended = np.searchsorted(np.sort(self.until_ms[waited]), instants_ms, side="right")
        return begun - ended

    def pace(self, days: Ints, mean_seconds: Array) -> Array:
        """Return the seconds of each day over their expectation; 1 where there were none."""
        timed = self.seconds > 0
        place = self.day[timed] - days[0]
        within = (place >= 0) & (place < len(days))
        place, cost = place[within], self.cost[timed][within]
        spent = np.bincount(place, self.seconds[timed][within], minlength=len(days))
        expected = np.bincount(place, mean_seconds[cost], minlength=len(days))
        return np.divide(spent, expected, out=np.ones(len(days)), where=expected > 0)

    def level(self, *, since_day: int) -> RecallLevel:
        """Return by how much mature items are recalled better than the model says.

        The mode and the curvature of the posterior, by Newton's steps. An answer on the day of
        the last says nothing: there the model says 1.
        """
        counts = (self.kind == MATURE) & (self.day >= since_day) & (self.recall < 1)
        recalled, chance = self.rating[counts] > AGAIN, self.recall[counts]
        terms = level_terms(self.stability[counts])
        mean = np.zeros(2)
        known = prior = np.eye(2) / LEVEL_SPREAD**2
        for _ in range(_NEWTON_STEPS):
            expected = shifted(chance, mean @ terms)
            known = prior + (terms * expected * (1 - expected)) @ terms.T
            mean = mean + np.linalg.solve(known, terms @ (recalled - expected) - prior @ mean)
        return RecallLevel(mean, np.linalg.cholesky(np.linalg.inv(known)))

    def ease(self, days: Ints, ratings: Array, level: RecallLevel) -> tuple[Array, Array]:
        """Return each day's ease and its standard error: a normal random effect, moments for τ².

        Over the ``level`` of recall. An answer on the day of the last says nothing here either.
        """
        habit = 1 - ratings[:, 0] / ratings.sum(axis=1)
        better = level.mean @ level_terms(self.stability)
        mature = np.where(self.recall < 1, shifted(self.recall, better), 1.0)
        expected = np.where(self.kind == MATURE, mature, habit[self.kind])
        within = (self.day >= days[0]) & (self.day <= days[-1]) & (expected < 1)
        place, expected = self.day[within] - days[0], expected[within]
        over = np.bincount(place, (self.rating[within] > AGAIN) - expected, minlength=len(days))
        known = np.bincount(place, expected * (1 - expected), minlength=len(days))
        spread = max(0.0, float(np.sum(over**2 - known) / max(np.sum(known**2), 1.0)))
        if not spread:
            return np.zeros(len(days)), np.zeros(len(days))
        return over / (known + 1 / spread), 1 / np.sqrt(known + 1 / spread)


def _by_day(day: Ints, days: Ints) -> Ints:
    within = (day >= days[0]) & (day <= days[-1])
    return np.bincount(day[within] - days[0], minlength=len(days))


def _last_ms(history: ForecastHistory, days: Ints, *, otherwise: Ints) -> Ints:
    """Return the instant of each day's last review, or another where there was none."""
    place = history.day - days[0]
    within = (place >= 0) & (place < len(days))
    last = np.full(len(days), -1, np.int64)
    np.maximum.at(last, place[within], history.reviews.time_ms[within])
    return np.where(last < 0, otherwise, last)


def _session_ms(history: ForecastHistory, days: Ints, starts_ms: Ints) -> int:
    """Return the median time of day of the last review, over days that have one."""
    since = _last_ms(history, days, otherwise=starts_ms - 1) - starts_ms
    return int(np.clip(np.median(since[since >= 0]), 0, DAY_MS - 1)) if np.any(since >= 0) else 0


def _in_pauses(studied: Flags) -> Flags:
    """Tell which days lie in a pause."""
    run = np.cumsum(np.concatenate([[True], studied[1:] != studied[:-1]])) - 1
    return ~studied & (np.bincount(run)[run] >= PAUSE_DAYS) if len(studied) else ~studied
