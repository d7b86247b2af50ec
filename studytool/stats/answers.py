"""Reviews as columns, each beside the chance of recall that was predicted before it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.history import AnswerRow
from studytool.review_log.study_days import DAY_MS
from studytool.srs.fsrs import AGAIN

Objects = npt.NDArray[np.object_]

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_BATCH = 2000


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

    item: Objects
    concept: Objects
    time_ms: Ints
    day: Ints
    recalled: Flags
    right: Flags
    misconception: Objects
    confidence: Array
    seconds: Array
    predicted: Array

    def __len__(self) -> int:
        return len(self.time_ms)

    def where(self, chosen: Flags) -> "Answers":
        """Return the answers that a column of flags chooses."""
        return Answers(*(getattr(self, name)[chosen] for name in self.__slots__))


def gather_answers(
    answered: Iterable[AnswerRow],
    *,
    words: Callable[[Iterable[int]], Mapping[int, str]],
    concepts: Mapping[str, str],
    day_start_hour: int = 0,
) -> Answers:
    """Put standing reviews into columns, a batch at a time.

    Args:
        answered: by time, as :meth:`studytool.review_log.log.ReviewLog.answers` gives them.
        words: gives the words that codes stand for.
        concepts: the concept of each item that a pack lists.
        day_start_hour: the local hour at which a study day begins.
    """
    item, time_ms, offset_minutes, right, rating, misconception, *reals = _columns(answered)
    confidence, duration_ms, predicted = reals
    names, place = _named(item, words)
    concept_of = np.array([concepts.get(name, "") for name in names], np.object_)
    shown, shown_place = _named(misconception, words)
    return Answers(
        item=names[place],
        concept=concept_of[place],
        time_ms=time_ms,
        day=(time_ms + offset_minutes * _MINUTE_MS - day_start_hour * _HOUR_MS) // DAY_MS,
        recalled=rating != AGAIN,
        right=right,
        misconception=shown[shown_place],
        confidence=confidence,
        seconds=duration_ms / 1000,
        predicted=predicted,
    )


_TYPES = (
    np.int32, np.int64, np.int32, np.bool_, np.int8, np.int32, np.float64, np.int64, np.float64,
)  # fmt: skip
"""Of the columns of a row."""


def _columns(answered: Iterable[AnswerRow]) -> list[npt.NDArray[Any]]:
    rows = iter(answered)
    batches = [[np.empty(0, kind) for kind in _TYPES]]
    while batch := list(islice(rows, _BATCH)):
        columns = zip(zip(*batch, strict=True), _TYPES, strict=True)
        batches.append([np.array(column, kind) for column, kind in columns])
    return [np.concatenate(parts) for parts in zip(*batches, strict=True)]


def _named(
    column: Ints, words: Callable[[Iterable[int]], Mapping[int, str]]
) -> tuple[Objects, Ints]:
    """Return the words of a column, each once, and the place of each row's word among them."""
    codes, place = np.unique(column, return_inverse=True)
    known = words(codes.tolist())
    return np.array([known.get(code, "") for code in codes.tolist()], np.object_), place
