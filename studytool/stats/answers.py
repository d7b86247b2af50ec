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
Words = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Answers:
    """Standing reviews by time, each column of shape (review,).

    Attributes:
        item, concept: names; a concept is empty where no installed pack lists the item.
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
    reviews: Iterable[Review],
    *,
    predicted: Mapping[str, float],
    concepts: Mapping[str, str],
    day_start_hour: int = 0,
) -> Answers:
    """Put standing reviews into columns, by time.

    Args:
        reviews: in any order.
        predicted: the chance of recall before each review of a mature item, by the review's id.
        concepts: the concept of each item that a pack lists.
        day_start_hour: the local hour at which a study day begins.
    """
    ordered = sorted(reviews, key=lambda review: (review.time, review.id))
    return Answers(
        item=np.array([review.item for review in ordered], np.str_),
        concept=np.array([concepts.get(review.item, "") for review in ordered], np.str_),
        time_ms=np.array([to_ms(review.time) for review in ordered], np.int64),
        day=np.array([_day(review, day_start_hour) for review in ordered], np.int64),
        recalled=np.array([review.rating is not Rating.AGAIN for review in ordered], np.bool_),
        right=np.array([review.outcome is Outcome.RIGHT for review in ordered], np.bool_),
        misconception=np.array([review.misconception or "" for review in ordered], np.str_),
        confidence=np.array([_or_nan(review.confidence) for review in ordered], np.float64),
        seconds=np.array([review.duration_ms / 1000 for review in ordered], np.float64),
        predicted=np.array([predicted.get(review.id, np.nan) for review in ordered], np.float64),
    )


def _day(review: Review, day_start_hour: int) -> int:
    return StudyDay(review.offset_minutes, day_start_hour).number(to_ms(review.time))


def _or_nan(confidence: float | None) -> float:
    return np.nan if confidence is None else confidence
