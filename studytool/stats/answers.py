"""The columns of reviews that the figures are computed from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.columns import Objects, ReviewColumns
from studytool.srs.fsrs import AGAIN


@dataclass(frozen=True, slots=True)
class Answers:
    """Standing reviews by time, each column of shape (review,).

    Attributes:
        item, concept: names, as str; a concept is empty where no installed pack lists the item.
        time_ms: UTC.
        day: the study day, as each review keeps it: a whole number of days since 1970.
        recalled: whether it was rated anything but again.
        right: whether the answer was marked right (of a card: recalled).
        shown: whether the key was shown without an answer, which is neither right nor wrong.
        misconception: the one that the answer showed, or empty.
        confidence: stated before the reveal, 0–1; NaN where it was not asked.
        seconds: spent answering.
        predicted: chance of recall just before, by the memory model; NaN where the item was not in
            the review stage.
    """

    item: Objects
    concept: Objects
    time_ms: Ints
    day: Ints
    recalled: Flags
    right: Flags
    shown: Flags
    misconception: Objects
    confidence: Array
    seconds: Array
    predicted: Array

    def __len__(self) -> int:
        return len(self.time_ms)

    @classmethod
    def of(cls, reviews: ReviewColumns, *, concepts: Mapping[str, str]) -> "Answers":
        """Return the answers of a log's columns.

        Args:
            reviews: the columns.
            concepts: the concept of each item that a pack lists.
        """
        concept = np.array([concepts.get(name, "") for name in reviews.items], np.object_)
        return cls(
            item=reviews.items[reviews.item],
            concept=concept[reviews.item],
            time_ms=reviews.time_ms,
            day=reviews.day,
            recalled=reviews.rating != AGAIN,
            right=reviews.right,
            shown=reviews.shown,
            misconception=reviews.misconception,
            confidence=reviews.confidence,
            seconds=reviews.duration_ms / 1000,
            predicted=reviews.predicted,
        )

    def where(self, chosen: Flags) -> "Answers":
        """Return the answers that a column of flags chooses."""
        return Answers(*(getattr(self, name)[chosen] for name in self.__slots__))

    def of_packs(self, packs: Collection[str]) -> "Answers":
        """Return the answers to items of some packs."""
        return self.where(np.array([item.partition("/")[0] in packs for item in self.item], bool))
