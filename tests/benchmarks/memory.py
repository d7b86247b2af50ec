"""The memory model: folds of whole logs against the fsrs package, and the memory that they take."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from fsrs import Card
from fsrs import Rating as PeerRating
from fsrs import Scheduler as PeerScheduler

from studytool.numerics.streams import stream
from studytool.srs.fold import Reviews, fold
from studytool.srs.memory import DAY_MS
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.benchmarks.child import HAS_PEAK, NO_PEAK, run
from tests.benchmarks.row import Row, Skipped

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REVIEWS_PER_ITEM = 10
MOST_MB = 500.0

_FOLD = """
import sys
from tests.benchmarks.memory import fold_seconds
print(fold_seconds(int(sys.argv[1])))
"""


def peer_seconds(count: int, *, smoke: bool) -> float:
    """Give the time in which the fsrs package replays ``count`` reviews.

    It is linear: a part of them is timed.
    """
    timed = min(count, 500 if smoke else 5_000)
    scheduler = PeerScheduler(enable_fuzzing=False)
    start = time.perf_counter()
    for item in range(timed // REVIEWS_PER_ITEM):
        card = Card(card_id=item)
        for review in range(REVIEWS_PER_ITEM):
            when = BEGAN + timedelta(days=3 * review)
            card, _ = scheduler.review_card(card, PeerRating.Good, when)
    return (time.perf_counter() - start) / timed * count


def _reviews(count: int) -> Reviews:
    """Make ``count`` reviews of items reviewed every third day, with mixed ratings."""
    rng = stream("benchmark", "fold")
    item = np.repeat(np.arange(count // REVIEWS_PER_ITEM), REVIEWS_PER_ITEM)
    day = np.tile(3 * np.arange(REVIEWS_PER_ITEM), count // REVIEWS_PER_ITEM)
    began_ms = int(BEGAN.timestamp() * 1000)
    ids = np.arange(count, dtype=np.uint64)
    rating = rng.choice([1, 2, 3, 4], size=count, p=[0.1, 0.1, 0.7, 0.1])
    time_ms = began_ms + day * DAY_MS
    return Reviews(item, time_ms, time_ms // DAY_MS, np.zeros_like(ids), ids, rating)


def fold_seconds(count: int) -> float:
    """Time one fold of ``count`` reviews."""
    reviews = _reviews(count)
    scheduler = Scheduler(Policy())
    n = count // REVIEWS_PER_ITEM
    items = Items(np.arange(n), np.full(n, scheduler.policy.desired_retention))
    start = time.perf_counter()
    fold(reviews, scheduler, items=items)
    return time.perf_counter() - start


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time the fold of a log, in a process of its own, and read that process's peak."""
    count = 10_000 if smoke else 1_000_000
    work, held = f"fold of {count:,} reviews", f"fold of {count:,} reviews, memory"
    done = run(_FOLD, str(count))
    peer = peer_seconds(count, smoke=smoke)
    yield Row(work, float(done.printed), "fsrs package", peer, goal=1 / 21)
    if HAS_PEAK:
        yield Row(held, done.peak_mb, "the limit", MOST_MB, goal=1.0, unit="MB")
    else:
        yield Skipped(held, "the limit", NO_PEAK)
