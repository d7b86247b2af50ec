"""From rows of the log to memories and back to rows: the only place that calls on the model.

Rows of reviews are (item, time in ms, id, rating, seq), item and rating as the log's codes; a
rating's code is FSRS's number. Importing this module imports NumPy.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from studytool.review_log.database import Row
from studytool.srs.fold import Fold, Reviews, fold, review_one
from studytool.srs.memory import Memory, from_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Scheduler, fuzz_keys


@dataclass(frozen=True, slots=True)
class FoldedRows:
    """A fold by the log's codes: ``items[i]`` and ``seqs[j]`` name its rows."""

    items: tuple[int, ...]
    seqs: "array[int]"
    reviews: Reviews
    fold: Fold

    def memories(self) -> Iterator[tuple[int, Memory, int]]:
        """Give (item, memory, first review in ms) of every item."""
        return zip(self.items, self.fold.memories, self.fold.first_ms.tolist(), strict=True)

    def mature(self) -> Iterator[tuple[int, int, int]]:
        """Give (ms, seq, 1 if recalled) of every review of an item in the review stage."""
        rows = self.fold.mature.nonzero()[0]
        recalled = (self.reviews.rating[rows] > 1).astype(int)
        times = self.reviews.time_ms[rows]
        for row, ms, known in zip(rows.tolist(), times.tolist(), recalled.tolist(), strict=True):
            yield ms, self.seqs[row], known


class Folding:
    """The model under one policy, for rows of one log.

    Args:
        policy: in force.
        name_of: gives the item that a code stands for; its fuzz depends on the name alone.
    """

    def __init__(self, policy: Policy, name_of: Callable[[int], str]) -> None:
        self._scheduler = Scheduler(policy)
        self._name_of = name_of

    def fold(self, rows: Iterable[Row]) -> FoldedRows:
        """Fold reviews of any number of items, in any order."""
        numbers: dict[int, int] = {}
        seqs = array("q")

        def numbered() -> Iterator[tuple[int, int, bytes, int]]:
            for item, ms, id_, rating, seq in rows:
                seqs.append(seq)
                yield numbers.setdefault(item, len(numbers)), ms, id_, rating

        reviews = Reviews.of(numbered())
        keys = fuzz_keys(map(self._name_of, numbers))
        folded = fold(reviews, self._scheduler, fuzz_keys=keys)
        return FoldedRows(tuple(numbers), seqs, reviews, folded)

    def review(self, memory: Memory, item: str, *, ms: int) -> dict[Rating, Memory]:
        """Give what each rating at ``ms``, after all other reviews, makes of a memory."""
        [key] = fuzz_keys([item]).tolist()
        ratings = list(Rating)
        afters = review_one(
            memory, ratings, now=from_ms(ms), fuzz_key=key, scheduler=self._scheduler
        )
        return dict(zip(ratings, afters, strict=True))
