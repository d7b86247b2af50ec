"""The fold of a log: reviews in any order in, memories out, the same to the last bit.

Reviews are put in order (item, time, id); then the k-th review of every item is computed at once,
k = 0, 1, … The same :meth:`Scheduler.review` serves the review of one item.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.srs.memories import Memories
from studytool.srs.memory import Memory, Stage, to_ms
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler

NUMBER = {rating: number for number, rating in enumerate(Rating, start=1)}
"""FSRS's number of each rating."""

_BATCH = 50_000
_LARGEST = 1 << 63

ReviewBatch = tuple[
    Sequence[int], Sequence[int], Sequence[bytes], Sequence[int], Sequence[int], Sequence[int]
]
"""Columns of some reviews: item, time in ms, id of 16 bytes, rating 1–4, study day, place in the log."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews of many items, each column of shape (review,), in any order.

    Attributes:
        item: which item, numbered from 0.
        day: the study day.
        id_high, id_low: the first and last 8 bytes of the review's id, big-endian; they decide
            between two reviews of an item at one instant.
        rating: 1–4.
    """

    item: Ints
    time_ms: Ints
    day: Ints
    id_high: npt.NDArray[np.uint64]
    id_low: npt.NDArray[np.uint64]
    rating: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, bytes, int, int]]) -> "Reviews":
        """Read rows of (item, time in ms, id of 16 bytes, rating 1–4, study day), a batch at a time."""
        reviews, _ = cls.of_batches(_batches(iter(rows)))
        return reviews

    @classmethod
    def of_batches(cls, batches: Iterable[ReviewBatch]) -> "tuple[Reviews, Ints]":
        """Join batches, each with columns as :meth:`of` has them and one of places, kept beside."""
        integers, ids = [np.empty((5, 0), np.int64)], [np.empty((2, 0), np.uint64)]
        for item, time_ms, id_, rating, day, place in batches:
            integers.append(np.array([item, time_ms, rating, day, place], np.int64))
            halves = np.frombuffer(b"".join(id_), ">u8").astype(np.uint64)
            ids.append(halves.reshape(-1, 2).T)
        item_, time_ms_, rating_, day_, places = np.concatenate(integers, axis=1)
        id_high, id_low = np.concatenate(ids, axis=1)
        return cls(item_, time_ms_, day_, id_high, id_low, rating_), places

    @classmethod
    def by_time(cls, item: Ints, time_ms: Ints, *, day: Ints, rating: Ints) -> "Reviews":
        """Take columns of reviews that come by time; equal times stay in their order."""
        order = np.arange(len(item), dtype=np.uint64)
        return cls(
            item,
            time_ms,
            day.astype(np.int64),
            np.zeros_like(order),
            order,
            rating.astype(np.int64),
        )

    def in_order(self) -> Ints:
        """Return the row numbers by item, then time, then id."""
        if not len(self.item):
            return np.zeros(0, np.int64)
        first, last = int(self.time_ms.min()), int(self.time_ms.max())
        span = last - first + 1
        if (int(self.item.max()) + 1) * span < _LARGEST:  # one sort by one number is quicker
            key = self.item * span + (self.time_ms - first)
            order = np.argsort(key, kind="stable")
            if np.all(np.diff(key[order])):
                return order
        return np.lexsort((self.id_low, self.id_high, self.time_ms, self.item))


def _batches(rows: Iterator[tuple[int, int, bytes, int, int]]) -> Iterator[ReviewBatch]:
    while batch := list(islice(rows, _BATCH)):
        item, time_ms, id_, rating, day = zip(*batch, strict=True)
        yield item, time_ms, id_, rating, day, range(len(batch))


@dataclass(frozen=True, slots=True)
class Round:
    """The k-th review of every item that has one.

    Attributes:
        rows: the reviews, as row numbers of :class:`Reviews`.
        items: their items.
        before, after: the memories around them.
    """

    rows: Ints
    items: Ints
    before: Memories
    after: Memories


def replay(reviews: Reviews, scheduler: Scheduler, *, items: Items) -> Iterator[Round]:
    """Compute every review, round by round.

    Args:
        reviews: of the items 0 … len(items) − 1.
        scheduler: of the policy in force.
        items: all that the reviews are of.
    """
    ordered = reviews.in_order()
    counts = np.bincount(reviews.item)
    starts = np.cumsum(counts) - counts
    busiest = np.argsort(-counts, kind="stable")  # so that each round is a prefix of the last
    places, items = starts[busiest], items.take(busiest)
    state = Memories.new(len(items))  # in the order of ``busiest``
    for k in range(int(counts.max(initial=0))):
        n = int(np.count_nonzero(counts > k))
        first = slice(0, n)
        rows = ordered[places[first] + k]
        before = state.take(first)
        after = scheduler.review(
            before,
            reviews.rating[rows],
            times_ms=reviews.time_ms[rows],
            days=reviews.day[rows],
            items=items.take(first),
        )
        state = after
        yield Round(rows, busiest[first], before, after)


@dataclass(frozen=True, slots=True)
class Fold:
    """The result of a fold.

    Attributes:
        memories: of every item, after all its reviews.
        first_day: shape (item,), the study day of its first review; meaningless where there is none.
        mature: shape (review,), whether the item was in the review stage before the review.
        predicted: shape (review,), its chance of recall just before; NaN where it was not mature.
    """

    memories: Memories
    first_day: Ints
    mature: npt.NDArray[np.bool_]
    predicted: Array


def fold(reviews: Reviews, scheduler: Scheduler, *, items: Items) -> Fold:
    """Compute every review and keep the results; arguments as of :func:`replay`."""
    memories = Memories.new(len(items))
    first_day = np.zeros(len(items), np.int64)
    mature = np.zeros(len(reviews.item), np.bool_)
    predicted = np.full(len(reviews.item), np.nan)
    last: Round | None = None
    for k, done in enumerate(replay(reviews, scheduler, items=items)):
        if last is not None:  # a round is a prefix of the last: the others had their last review
            memories.put(
                last.items[len(done.items) :], last.after.take(slice(len(done.items), None))
            )
        last = done
        here = done.before.stage == Stage.REVIEW
        recall = scheduler.retrievability(done.before, done.after.last_day)
        mature[done.rows] = here
        predicted[done.rows] = np.where(here, recall, np.nan)
        if k == 0:
            first_day[done.items] = reviews.day[done.rows]
    if last is not None:
        memories.put(last.items, last.after)
    return Fold(memories, first_day, mature, predicted)


def review_one(
    memory: Memory,
    ratings: Sequence[Rating],
    *,
    now: datetime,
    day: int,
    item: str,
    scheduler: Scheduler,
) -> list[Memory]:
    """Return what one item's memory becomes at ``now``, on a study day, under each of ``ratings``."""
    n = len(ratings)
    after = scheduler.review(
        Memories.of([memory] * n),
        np.array([NUMBER[rating] for rating in ratings], np.int64),
        times_ms=np.full(n, to_ms(now), np.int64),
        days=np.full(n, day, np.int64),
        items=Items.named([item] * n, scheduler.policy),
    )
    return list(after)
