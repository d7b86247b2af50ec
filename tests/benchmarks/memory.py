"""The memory model and the log: folds against the fsrs package, an answer against a bare commit."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import numpy as np
from fsrs import Card
from fsrs import Rating as PeerRating
from fsrs import Scheduler as PeerScheduler

from studytool.numerics.streams import stream
from studytool.quiz.variant import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.review_log.log import ReviewLog
from studytool.srs.fold import Reviews, fold
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler
from tests.benchmarks.row import Row, paired_medians

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
REVIEWS_PER_ITEM = 10
PEER_REVIEWS = 5_000
"""The peer folds this many; it is linear, so its time a review is what is compared."""


def _peer_seconds_a_review(count: int) -> float:
    scheduler = PeerScheduler(enable_fuzzing=False)
    start = time.perf_counter()
    for item in range(count // REVIEWS_PER_ITEM):
        card = Card(card_id=item)
        for review in range(REVIEWS_PER_ITEM):
            when = BEGAN + timedelta(days=3 * review)
            card, _ = scheduler.review_card(card, PeerRating.Good, when)
    return (time.perf_counter() - start) / count


def _reviews(count: int) -> Reviews:
    """Make ``count`` reviews of items reviewed every third day, with mixed ratings."""
    rng = stream("benchmark", "fold")
    item = np.repeat(np.arange(count // REVIEWS_PER_ITEM), REVIEWS_PER_ITEM)
    day = np.tile(3 * np.arange(REVIEWS_PER_ITEM), count // REVIEWS_PER_ITEM)
    began_ms = int(BEGAN.timestamp() * 1000)
    ids = np.arange(count, dtype=np.uint64)
    rating = rng.choice([1, 2, 3, 4], size=count, p=[0.1, 0.1, 0.7, 0.1])
    return Reviews(item, began_ms + day * 86_400_000, np.zeros_like(ids), ids, rating)


def _fold_seconds(count: int) -> float:
    reviews = _reviews(count)
    scheduler = Scheduler(Policy())
    n = count // REVIEWS_PER_ITEM
    items = Items(np.arange(n), np.full(n, scheduler.policy.desired_retention))
    start = time.perf_counter()
    fold(reviews, scheduler, items=items)
    return time.perf_counter() - start


def _draft(number: int) -> ReviewDraft:
    return ReviewDraft(
        item=f"pack/item-{number % 1000}",
        revision="0123456789ab",
        seed=number,
        answer="0.0125",
        outcome=Outcome.RIGHT,
        rating=Rating.GOOD,
        time=BEGAN + timedelta(minutes=number),
        offset_minutes=540,
        duration_ms=8000,
        parameters={"fan_in": 64.0, "fan_out": 32.0},
    )


def _answer_beside_bare_commit(folder: Path, runs: int) -> tuple[float, float]:
    log = ReviewLog.open(folder / "reviews.db")
    bare = apsw.Connection(str(folder / "bare.db"))
    bare.pragma("journal_mode", "WAL")
    bare.pragma("synchronous", "FULL")
    bare.execute("CREATE TABLE t(a, b)")
    drafts = map(_draft, range(runs))
    medians = paired_medians(
        lambda: log.append_review(next(drafts)),
        lambda: bare.execute("INSERT INTO t VALUES (?, ?)", ("0.0125", 8000)),
        runs=runs,
    )
    log.close()
    bare.close()
    return medians


def rows(*, smoke: bool) -> Iterator[Row]:
    """Time the fold of a log and one durable answer."""
    count = 10_000 if smoke else 1_000_000
    peer = _peer_seconds_a_review(500 if smoke else PEER_REVIEWS) * count
    yield Row(f"fold of {count:,} reviews", _fold_seconds(count), "fsrs package", peer, goal=1 / 21)
    with tempfile.TemporaryDirectory() as folder:
        ours, peer = _answer_beside_bare_commit(Path(folder), runs=20 if smoke else 300)
        allowed = (1.5 * peer + 0.010) / peer  # 1.5 × the commit, and 10 ms for the next variant
        yield Row("answer to durable", ours, "bare SQLite commit", peer, goal=allowed)
