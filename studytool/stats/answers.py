"""Reviews as columns, each beside the chance of recall that was predicted before it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studytool.quiz.variant import Outcome
from studytool.review_log.events import Review
from studytool.review_log.study_days import StudyDay
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Answers:
    """Standing reviews by time, each column of shape (review,).

    Attributes:
        item, concept: names, as str; a concept is empty where no installed pack lists the item.
        time_ms: UTC.
        day: the study day, a whole number of days since 1970.
        recalled: whether it was rated anything but again.
        right: whether the answer was marked right (of a card: recalled).
        misconception: the one that the answer showed, or empty.
        confidence: stated before the reveal, 0–1; NaN where it was not asked.
        seconds: spent answering.
        predicted: chance of recall just before, by the memory model; NaN where the item was not in
            the review stage.
    """

    item: Words
    concept: Words
    time_ms: Ints
    day: Ints
    recalled: Flags
    right: Flags
    misconception: Words
    confidence: Floats
    seconds: Floats
    predicted: Floats

    def __len__(self) -> int:
        return len(self.time_ms)

    def where(self, chosen: Flags) -> "Answers":
        """Give the answers that a column of flags chooses."""
        return Answers(*(getattr(self, name)[chosen] for name in self.__slots__))


def gather_answers(
    answered: Iterable[tuple[Review, float | None]],
    *,
    concepts: Mapping[str, str],
    day_start_hour: int = 0,
) -> Answers:
    """Put standing reviews into columns.

    Args:
        answered: by time, each with its predicted recall, None where the item was not mature; as
            :meth:`studytool.review_log.log.ReviewLog.answered` gives them.
        concepts: the concept of each item that a pack lists.
        day_start_hour: the local hour at which a study day begins.
    """
    words: dict[str, str] = {"": ""}  # so that a column of names keeps each word once
    rows = [
        (
            words.setdefault(review.item, review.item),
            concepts.get(review.item, ""),
            to_ms(review.time),
            StudyDay(review.offset_minutes, day_start_hour).number(to_ms(review.time)),
            review.rating is not Rating.AGAIN,
            review.outcome is Outcome.RIGHT,
            words.setdefault(review.misconception or "", review.misconception or ""),
            np.nan if review.confidence is None else review.confidence,
            review.duration_ms / 1000,
            np.nan if predicted is None else predicted,
        )
        for review, predicted in answered
    ]
    columns = zip(*rows, strict=True) if rows else [()] * len(_TYPES)
    pairs = zip(columns, _TYPES, strict=True)
    return Answers(*(np.array(column, dtype) for column, dtype in pairs))


_TYPES = (
    np.object_, np.object_, np.int64, np.int64, np.bool_,
    np.bool_, np.object_, np.float64, np.float64, np.float64,
)  # fmt: skip
"""Of the columns of :class:`Answers`, in their order."""
