"""The memory model applied to rows of the log; nothing else in this room computes a memory.

Rows of reviews are (item, time in ms, id, rating, study day, seq), item and rating as the log's codes; a
rating's code is FSRS's number. Importing this module imports NumPy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice, repeat

from studytool.numerics.arrays import Ints
from studytool.review_log.kinds import Instant, count_ended
from studytool.sqlite.connection import Row
from studytool.srs.fold import Fold, ReviewBatch, Reviews, fold, review_one
from studytool.srs.fsrs import AGAIN
from studytool.srs.memories import Memories
from studytool.srs.memory import Memory, from_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler

_BATCH = 2000

Life = int | tuple[int, int]
"""An item's code; or that and the number of one of its past lives, which a reset ended."""


@dataclass(frozen=True, slots=True)
class FoldedRows:
    """A fold by the log's codes: ``lives[i]`` and ``seqs[j]`` name its rows."""

    lives: tuple[Life, ...]
    seqs: Ints
    reviews: Reviews
    fold: Fold

    def memories(self) -> Iterator[Row]:
        """Return the columns of each item's memory, the day of its first review and its code.

        Of every item reviewed since its last reset.
        """
        memories = self.fold.memories
        columns = [getattr(memories, name).tolist() for name in memories.__slots__]
        rows = zip(*columns, self.fold.first_day.tolist(), self.lives, strict=True)
        return (row for row in rows if isinstance(row[-1], int))

    def mature(self) -> Iterator[tuple[int, int, int, float]]:
        """Return (ms, seq, 1 if recalled, predicted recall) of every review of a mature item."""
        rows = self.fold.mature.nonzero()[0]
        rows = rows[self.reviews.time_ms[rows].argsort(kind="stable")]  # as they are kept
        return zip(
            self.reviews.time_ms[rows].tolist(),
            self.seqs[rows].tolist(),
            (self.reviews.rating[rows] > AGAIN).astype(int).tolist(),
            self.fold.predicted[rows].tolist(),
            strict=True,
        )


class Folding:
    """The model under one policy, for rows of one log.

    Args:
        policy: in force.
        find_names: gives the items that codes stand for; their fuzz depends on the names alone.
    """

    def __init__(
        self, policy: Policy, find_names: Callable[[Iterable[int]], Mapping[int, str]]
    ) -> None:
        self._scheduler = Scheduler(policy)
        self._find_names = find_names
        self._last: Outlook | None = None

    def fold(self, rows: Iterable[Row], resets: Mapping[int, tuple[Instant, ...]]) -> FoldedRows:
        """Fold reviews of any number of items, in any order; each life of an item by itself.

        ``resets`` are of those items that have any, each in order of time.
        """
        numbers: dict[Life, int] = {}
        reviews, seqs = Reviews.of_batches(_batches(iter(rows), resets, numbers))
        codes = [life if isinstance(life, int) else life[0] for life in numbers]
        names = self._find_names(codes)
        items = Items.named((names[code] for code in codes), self._scheduler.policy)
        folded = fold(reviews, self._scheduler, items=items)
        return FoldedRows(tuple(numbers), seqs, reviews, folded)

    def outlook(self, memory: Memory, item: str, *, ms: int, day: int) -> "Outlook":
        """Return what a review of an item at ``ms``, on a study day and after all others, leads to.

        The last one is kept: it is shown with the question and then chosen of.
        """
        key = (memory, item, day)
        if self._last is None or self._last.key != key:
            ratings = list(Rating)
            afters = review_one(
                memory, ratings, now=from_ms(ms), day=day, item=item, scheduler=self._scheduler
            )
            [chance] = self._scheduler.retrievability(Memories.of([memory]), day).tolist()
            self._last = Outlook(key, ms, dict(zip(ratings, afters, strict=True)), chance)
        return self._last


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a review may lead to.

    Attributes:
        key: the memory, item and study day that it is of.
        ms: the instant that ``afters`` are of.
        afters: the memory behind it by rating.
        recall: the chance of recall on that day of an item in the review stage.
    """

    key: tuple[Memory, str, int]
    ms: int
    afters: dict[Rating, Memory]
    recall: float

    def after(self, rating: Rating, *, ms: int) -> Memory:
        """Return the memory behind a rating at ``ms`` on the same study day: as strong, if later."""
        after = self.afters[rating]
        if ms == self.ms:
            return after
        by = timedelta(milliseconds=ms - self.ms)
        due = None if after.due is None else after.due + by
        return after._replace(due=due, last_review=from_ms(ms))


def _batches(
    rows: Iterator[Row], resets: Mapping[int, tuple[Instant, ...]], numbers: dict[Life, int]
) -> Iterator[ReviewBatch]:
    """Return the columns of rows, a batch at a time; ``numbers`` learns each life's number."""
    while batch := list(islice(rows, _BATCH)):
        item, ms, id_, rating, day, seq = zip(*batch, strict=True)
        lives: list[Life] = [*item]
        if resets:
            lives = [*map(_life, item, zip(ms, id_, strict=True), repeat(resets))]
        for life in dict.fromkeys(lives):
            numbers.setdefault(life, len(numbers))
        yield [*map(numbers.__getitem__, lives)], ms, id_, rating, day, seq


def _life(item: int, reviewed: Instant, resets: Mapping[int, tuple[Instant, ...]]) -> Life:
    ends = resets.get(item, ())
    number = count_ended(ends, reviewed)
    return item if number == len(ends) else (item, number)
