"""The memory model: folds of whole logs against the fsrs package and fsrs-rs, and their memory.

fsrs-rs is called through fsrs-rs-python, from the same columns of reviews; it gives strengths
alone, where the fold gives due days, spread, lapses and each chance of recall as well.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

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
from tests.benchmarks.row import Row, Skipped, Timed, fastest_tenths

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REVIEWS_PER_ITEM = 10
MOST_MB = 500.0
FSRS_RS = "fsrs_rs_python"

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
    work = _fold_of(_reviews(count))
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _fold_of(reviews: Reviews) -> Callable[[], object]:
    scheduler = Scheduler(Policy())
    n = len(reviews.item) // REVIEWS_PER_ITEM
    items = Items(np.arange(n), np.full(n, scheduler.policy.desired_retention))
    return lambda: fold(reviews, scheduler, items=items)


class FsrsRs:
    """fsrs-rs over reviews that come item by item, each by time."""

    def __init__(self, reviews: Reviews) -> None:
        self._package: Any = import_module(FSRS_RS)
        self._model = self._package.FSRS(parameters=list(Policy().parameters))
        self._reviews = reviews
        self._histories: list[Any] = []

    def read(self) -> None:
        """Make its histories of the columns."""
        shape = (-1, REVIEWS_PER_ITEM)
        days = np.diff(self._reviews.day.reshape(shape), axis=1, prepend=self._reviews.day[0])
        make, review = self._package.FSRSItem, self._package.FSRSReview
        rows = zip(self._reviews.rating.reshape(shape).tolist(), days.tolist(), strict=True)
        self._histories = [make([*map(review, *row)]) for row in rows]

    def remember(self) -> None:
        """Compute the memory state of each."""
        for history in self._histories:
            self._model.memory_state(history)

    def fold(self) -> None:
        """Do both."""
        self.read()
        self.remember()


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time the fold of a log, in a process of its own, and read that process's peak."""
    count = 10_000 if smoke else 1_000_000
    work, held = f"fold of {count:,} reviews", f"fold of {count:,} reviews, memory"
    done = run(_FOLD, str(count))
    peer = peer_seconds(count, smoke=smoke)
    yield Row(work, float(done.printed), "fsrs package", peer, goal=1 / 21)
    yield from _beside_fsrs_rs(work, count, runs=1 if smoke else 5)
    if HAS_PEAK:
        yield Row(held, done.peak_mb, "the limit", MOST_MB, goal=1.0, unit="MB")
    else:
        yield Skipped(held, "the limit", NO_PEAK)


def _beside_fsrs_rs(work: str, count: int, *, runs: int) -> Iterator[Row | Skipped]:
    if find_spec(FSRS_RS) is None:
        yield Skipped(work, "fsrs-rs", "fsrs-rs-python is not installed")
        return
    reviews = _reviews(count)
    peer = FsrsRs(reviews)
    ours, theirs, alone = "ours", "fsrs-rs, from the same columns", "fsrs-rs, once it has read them"
    found = fastest_tenths(
        {
            ours: Timed(_fold_of(reviews)),
            theirs: Timed(peer.fold),
            alone: Timed(peer.remember),
        },
        runs=runs,
    )
    yield Row(work, found[ours], theirs, found[theirs], goal=1.0)
    yield Row(work, found[ours], alone, found[alone], goal=None)
