"""The histories of the real log, and what they come to here, for programs that compute in float32."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from studytool.numerics.arrays import Array, Ints
from studytool.srs.fold import Reviews, Round, replay
from studytool.srs.memories import Memories
from studytool.srs.memory import Stage
from studytool.srs.schedule import Items, Scheduler
from tests.data.real_log import RealReview, real_log

ROUNDING = 2.0**-24
"""The relative error of one operation in float32."""

ROUNDINGS = 8
"""Rounded operations in one formula of FSRS-6 that its result depends on in full."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a history comes to, arrays of shape (item,).

    Attributes:
        reviews: how many.
        roundings: the stability's, each of an earlier review carried over in full.
    """

    stability: Array
    difficulty: Array
    reviews: Ints
    roundings: Array


def histories_of_cards() -> list[list[RealReview]]:
    by_card = sorted(real_log(), key=lambda review: (review.card, review.time_ms))
    return [list(of_one) for _, of_one in groupby(by_card, key=lambda review: review.card)]


def as_reviews(histories: list[list[RealReview]], times_ms: list[int], days: list[int]) -> Reviews:
    item = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    rating = np.array([review.rating for history in histories for review in history])
    ids = np.arange(len(item), dtype=np.uint64)
    return Reviews(item, np.array(times_ms), np.array(days), np.zeros_like(ids), ids, rating)


def rounds_of(reviews: Reviews, scheduler: Scheduler) -> Iterator[Round]:
    count = int(reviews.item.max()) + 1
    return replay(reviews, scheduler, items=Items.named(["item"] * count, scheduler.policy))


def expected_of(reviews: Reviews, scheduler: Scheduler) -> Expected:
    counts = np.bincount(reviews.item)
    stability, difficulty, roundings = (np.zeros(len(counts)) for _ in range(3))
    for done in rounds_of(reviews, scheduler):
        stability[done.items] = done.after.stability
        difficulty[done.items] = done.after.difficulty
        roundings[done.items] += roundings_of(scheduler, done.before, done.after)
    return Expected(stability, difficulty, counts, roundings)


def roundings_of(scheduler: Scheduler, before: Memories, after: Memories) -> Array:
    """Return how much one review's roundings come to in its stability, at least 1.

    Two differences of nearly equal numbers magnify them: (S + 1)^w13 − 1 after a lapse, by
    1/(w13·S), and 1 − R after a success, by 1/(1 − R) in the part of S′ that it makes.
    """
    forgotten = 1 - scheduler.retrievability(before, after.last_day)
    part = np.maximum(1 - before.stability / after.stability, 0)
    recalled = np.divide(part, forgotten, out=np.zeros_like(part), where=forgotten > 0)
    lapsed = 1 / (scheduler.policy.parameters[13] * before.stability)
    magnified = np.where(after.stability < before.stability, lapsed, recalled)
    return 1 + np.where(before.stage == Stage.NEW, 0.0, magnified)
