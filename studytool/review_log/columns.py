"""Standing reviews as NumPy columns, for statistics, forecasts and fits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.review_log.history import AnswerRow
from studytool.review_log.kinds import Instant, count_ended

Objects = npt.NDArray[np.object_]

_BATCH = 2000
_NONE_ENDED = (0,) * _BATCH
_TYPES = (
    np.int32, np.int32, np.int64, np.int32, np.bool_, np.bool_, np.int8, np.int32, np.float64, np.int64,
    np.float64,
)  # fmt: skip
"""Of an item's code, its ended lives, and the columns of :class:`AnswerRow` from its time on."""


@dataclass(frozen=True, slots=True)
class ReviewColumns:
    """Standing reviews by time, each column of shape (review,) unless said otherwise.

    Attributes:
        items: shape (item,), the names, in the order of their first reviews.
        item: which of ``items``.
        life: which life; a reset ends one life of an item and begins another.
        life_items: shape (life,), which of ``items`` each life is of.
        is_current: shape (life,), whether no reset has ended it.
        day: the study day, as the review keeps it.
        rating: 1–4, as it stands now.
        right: whether the answer was marked right.
        shown: whether the key was shown without an answer: that is neither right nor wrong.
        misconception: names; empty where the answer showed none.
        confidence: NaN where it was not asked.
        predicted: the chance of recall just before; NaN where the item was not mature.
    """

    items: Objects
    item: Ints
    life: Ints
    life_items: Ints
    is_current: Flags
    time_ms: Ints
    day: Ints
    right: Flags
    shown: Flags
    rating: Ints
    misconception: Objects
    confidence: Array
    duration_ms: Ints
    predicted: Array

    def __len__(self) -> int:
        return len(self.time_ms)


def gather_columns(
    answers: Iterable[AnswerRow],
    *,
    words: Callable[[Iterable[int]], Mapping[int, str]],
    resets: Mapping[int, tuple[Instant, ...]],
) -> ReviewColumns:
    """Put standing reviews into columns, a batch at a time.

    ``answers`` and ``resets`` are as :class:`HistoryReader` gives them; ``words`` gives what codes stand for.
    """
    code, ended, time_ms, day, right, shown, rating, wrong, *reals = _read(answers, resets)
    first, item = _numbered(code)
    codes = code[first]
    ends = np.array([len(resets.get(one, ())) for one in codes.tolist()], np.int64)
    begun, life = _numbered((np.cumsum(ends + 1) - ends - 1)[item] + ended)
    life_items = item[begun]
    confidence, duration_ms, predicted = reals
    first_wrong, which = _numbered(wrong)
    return ReviewColumns(
        items=_named(codes, words),
        item=item,
        life=life,
        life_items=life_items,
        is_current=ended[begun] == ends[life_items],
        time_ms=time_ms,
        day=day,
        right=right,
        shown=shown,
        rating=rating,
        misconception=_named(wrong[first_wrong], words)[which],
        confidence=confidence,
        duration_ms=duration_ms,
        predicted=predicted,
    )


def _read(
    answers: Iterable[AnswerRow], resets: Mapping[int, tuple[Instant, ...]]
) -> list[npt.NDArray[Any]]:
    """Return the columns of ``_TYPES``."""
    rows = iter(answers)
    batches = [[np.empty(0, kind) for kind in _TYPES]]
    while batch := list(islice(rows, _BATCH)):
        item, time_ms, id_, *others = zip(*batch, strict=True)
        ended: Sequence[int] = _NONE_ENDED[: len(batch)]
        if resets:
            instants = zip(time_ms, id_, strict=True)
            ended = [
                count_ended(resets.get(i, ()), at) for i, at in zip(item, instants, strict=True)
            ]
        columns = zip((item, ended, time_ms, *others), _TYPES, strict=True)
        batches.append([np.array(column, kind) for column, kind in columns])
    return [np.concatenate(parts) for parts in zip(*batches, strict=True)]


def _numbered(column: Ints) -> tuple[Ints, Ints]:
    """Return the first row of each value, in order, and which of these each row's value has.

    In one pass: the values are small, so that a table of all takes less than sorting does.

    >>> _numbered(np.array([7, 3, 7, 5]))
    (array([0, 1, 3]), array([0, 1, 0, 2]))
    """
    n = len(column)
    first = np.full(int(column.max(initial=-1)) + 1, n)
    first[column[::-1]] = np.arange(n)[::-1]  # of a value's rows the last one written stays
    firsts = np.sort(first[first < n])
    first[column[firsts]] = np.arange(len(firsts))
    return firsts, first[column]


def _named(codes: Ints, words: Callable[[Iterable[int]], Mapping[int, str]]) -> Objects:
    """Return the words that codes stand for; empty for none."""
    known = words(codes.tolist())
    return np.array([known.get(code, "") for code in codes.tolist()], np.object_)
