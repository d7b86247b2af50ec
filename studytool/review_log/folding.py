"""From rows of the log to memories and back to rows: the only place that calls on the model.

Rows of reviews are (item, time in ms, id, rating, seq), item and rating as the log's codes; a
rating's code is FSRS's number. Importing this module imports NumPy.
"""

from array import array
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from studytool.review_log.database import Row
from studytool.review_log.item_acts import Instant
from studytool.srs.fold import Fold, Reviews, fold, review_one
from studytool.srs.memories import Memories
from studytool.srs.memory import Memory, from_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler

Life = int | tuple[int, int]
"""An item's code; or that and the number of one of its past lives, which a reset ended."""


@dataclass(frozen=True, slots=True)
class FoldedRows:
    """A fold by the log's codes: ``lives[i]`` and ``seqs[j]`` name its rows."""

    lives: tuple[Life, ...]
    seqs: "array[int]"
    reviews: Reviews
    fold: Fold

    def memories(self) -> Iterator[tuple[int, Memory, int]]:
        """Give (item, memory, first review in ms) of every item reviewed since its last reset."""
        rows = zip(self.lives, self.fold.memories, self.fold.first_ms.tolist(), strict=True)
        return ((life, memory, ms) for life, memory, ms in rows if isinstance(life, int))

    def mature(self) -> Iterator[tuple[int, int, int, float]]:
        """Give (ms, seq, 1 if recalled, predicted recall) of every review of a mature item."""
        rows = self.fold.mature.nonzero()[0]
        recalled = (self.reviews.rating[rows] > 1).astype(int)
        columns = (rows, self.reviews.time_ms[rows], recalled, self.fold.predicted[rows])
        for row, ms, known, chance in zip(*(part.tolist() for part in columns), strict=True):
            yield ms, self.seqs[row], known, chance


class Folding:
    """The model under one policy, for rows of one log.

    Args:
        policy: in force.
        name_of: gives the item that a code stands for; its fuzz depends on the name alone.
    """

    def __init__(self, policy: Policy, name_of: Callable[[int], str]) -> None:
        self._scheduler = Scheduler(policy)
        self._name_of = name_of

    def fold(self, rows: Iterable[Row], resets: Mapping[int, tuple[Instant, ...]]) -> FoldedRows:
        """Fold reviews of any number of items, in any order; each life of an item by itself.

        Args:
            rows: of reviews.
            resets: of those items that have any, each in order of time.
        """
        numbers: dict[Life, int] = {}
        seqs = array("q")

        def numbered() -> Iterator[tuple[int, int, bytes, int]]:
            for item, ms, id_, rating, seq in rows:
                seqs.append(seq)
                life = item if item not in resets else _life(item, (ms, id_), resets[item])
                yield numbers.setdefault(life, len(numbers)), ms, id_, rating

        reviews = Reviews.of(numbered())
        items = Items.named(map(self._name, numbers), self._scheduler.policy)
        folded = fold(reviews, self._scheduler, items=items)
        return FoldedRows(tuple(numbers), seqs, reviews, folded)

    def review(self, memory: Memory, item: str, *, ms: int) -> dict[Rating, Memory]:
        """Give what each rating at ``ms``, after all other reviews, makes of a memory."""
        ratings = list(Rating)
        afters = review_one(memory, ratings, now=from_ms(ms), item=item, scheduler=self._scheduler)
        return dict(zip(ratings, afters, strict=True))

    def recall(self, memory: Memory, *, ms: int) -> float:
        """Give the chance that an item in the review stage is recalled at ``ms``."""
        [chance] = self._scheduler.retrievability(Memories.of([memory]), ms).tolist()
        return float(chance)

    def _name(self, life: Life) -> str:
        return self._name_of(life if isinstance(life, int) else life[0])


def _life(item: int, reviewed: Instant, resets: tuple[Instant, ...]) -> Life:
    number = bisect(resets, reviewed)
    return item if number == len(resets) else (item, number)
