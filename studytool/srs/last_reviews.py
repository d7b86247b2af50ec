"""The last reviews before an exam: who is asked when, so that most is recalled on the day.

Each item gets at most one more review, and each day so many. A greedy choice: the review that
gains most recall on the exam's day, then the next, as far as its day has room. A review takes the
same time whatever it asks, so gain a review is gain a minute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.srs.fsrs import AGAIN, GOOD
from studytool.srs.memories import Memories
from studytool.srs.models import MemoryModel

NOT_PLACED = -1
SMALLEST_GAIN = 0.005
"""A review that gains less recall on the exam's day is not worth its time: one item in 200."""


@dataclass(frozen=True, slots=True)
class LastReviews:
    """Where the last reviews fall; arrays of shape (item,).

    Attributes:
        day: the study day of each item's last review, :data:`NOT_PLACED` where it has none.
        gain: what that review adds to the chance of recall on the exam's day, 0 where there is none.
        recall: that chance, the review counted.
    """

    day: Ints
    gain: Array
    recall: Array


def place_last_reviews(
    memories: Memories,
    model: MemoryModel,
    *,
    exam_day: int,
    room: Mapping[int, int],
    held: npt.NDArray[np.bool_],
) -> LastReviews:
    """Choose the day of each item's last review before an exam.

    Args:
        memories: of items that were reviewed; a review is placed after the ``last_day`` only.
        model: predicts recall.
        exam_day: a study day.
        room: how many reviews each study day has room for; all are before the exam's.
        held: shape (item,), whether an item gets no review.
    """
    days = sorted(room)
    gains, untouched = review_gains(memories, model, exam_day=exam_day, days=days, held=held)
    placed, gained = choose_last_days(gains[None], np.array([[room[day] for day in days]]))
    day_of_column = np.array([*days, NOT_PLACED], np.int64)  # NOT_PLACED is its last one, -1
    return LastReviews(day_of_column[placed[0]], gained[0], untouched + gained[0])


def review_gains(
    memories: Memories,
    model: MemoryModel,
    *,
    exam_day: int,
    days: Sequence[int],
    held: npt.NDArray[np.bool_],
) -> tuple[Array, Array]:
    """Return what a review on each day adds to the recall on the exam's day, and recall without one.

    Shapes (item, day) and (item,); arguments as of :func:`place_last_reviews`.
    """
    first, which = _distinct(memories)
    each = Memories.reviewed(
        memories.stability[first], memories.difficulty[first], last_day=memories.last_day[first]
    )
    untouched = recall_on(exam_day, each, model)
    gains = np.zeros((len(each), len(days)))
    for column, day in enumerate(days):
        gain = recall_if_reviewed(day, exam_day, each, model) - untouched
        gains[:, column] = np.where(each.last_day >= day, 0.0, gain)
    gains, untouched = gains[which], untouched[which]
    gains[held] = 0.0
    return gains, untouched


def _distinct(memories: Memories) -> tuple[Ints, Ints]:
    """Return where each memory stands first, and which of these each item has.

    Of a simulation's draws most have most items as they were.
    """
    columns = np.stack(
        [memories.stability.view(np.int64), memories.difficulty.view(np.int64), memories.last_day]
    )
    order = np.lexsort(columns)
    ranked = columns[:, order]
    begins = np.ones(len(order), np.bool_)
    begins[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    which = np.empty(len(order), np.int64)
    which[order] = np.cumsum(begins) - 1
    return order[begins], which


def recall_on(day: int, memories: Memories, model: MemoryModel) -> Array:
    """Return the chance of recall on a day, shape (item,), if nothing is reviewed until then."""
    return model.retrievability(memories.stability, np.maximum(day - memories.last_day, 0))


def recall_if_reviewed(day: int, exam_day: int, memories: Memories, model: MemoryModel) -> Array:
    """Return the chance of recall on the exam's day, shape (item,), if each is reviewed on a day.

    Averaged over whether that review is recalled, which is then good, or forgotten.
    """
    known = recall_on(day, memories, model)
    elapsed_days = np.maximum(day - memories.last_day, 0)
    recall = np.zeros(len(memories))
    for rating, chance in ((GOOD, known), (AGAIN, 1 - known)):
        after, _ = model.next(
            memories.stability,
            memories.difficulty,
            elapsed_days=elapsed_days,
            rating=np.full(len(memories), rating, np.int64),
        )
        recall += chance * model.retrievability(after, np.full(len(memories), exam_day - day))
    return recall


def choose_last_days(gains: Array, room: Ints) -> tuple[Ints, Array]:
    """Return the column chosen for each item and its gain, the greatest gains of each draw first.

    In all draws at once: each item asks for its best day, a day refuses those beyond its room that
    gain least, and who was refused asks for the next best. Both sides rank by the same gains, so it
    comes out as if pairs were taken one by one, the greatest gain first.
    Source: Gale & Shapley 1962, The American Mathematical Monthly 69, 9.

    Args:
        gains: shape (draw, item, day).
        room: how many items each day has room for, shape (draw, day).
    """
    draws, items, days = gains.shape
    of_day = np.ascontiguousarray(np.moveaxis(gains, 2, 0))
    wishes = np.full((draws, items, days + 1), NOT_PLACED)  # the last is of who asks no more
    wishes[:, :, :days] = np.argsort(-gains, axis=2, kind="stable")
    worth = np.count_nonzero(gains >= SMALLEST_GAIN, axis=2)
    asks = np.zeros((draws, items), np.int64)
    placed = np.where(worth > 0, wishes[:, :, 0], NOT_PLACED)
    asked = np.bincount(placed[placed != NOT_PLACED], minlength=days)
    while asked.any():  # the day first that most items ask
        day = int(asked.argmax())
        asked[day] = 0
        draw, item = _beyond(np.where(placed == day, of_day[day], -1.0), room[:, day]).nonzero()
        turn = asks[draw, item] = asks[draw, item] + 1
        turn = np.where(turn < worth[draw, item], turn, days)
        wish = placed[draw, item] = wishes[draw, item, turn]
        asked += np.bincount(wish[wish != NOT_PLACED], minlength=days)
    draw, item = (placed != NOT_PLACED).nonzero()
    gained = np.zeros((draws, items))
    gained[draw, item] = of_day[placed[draw, item], draw, item]
    return placed, gained


def _beyond(gains: Array, room: Ints) -> npt.NDArray[np.bool_]:
    """Tell which items a day refuses: of equals the last.

    Args:
        gains: shape (draw, item), below 0 of those that do not ask.
        room: shape (draw,).

    >>> _beyond(np.array([[0.2, -1.0, 0.1, 0.2, 0.0]]), np.array([1]))
    array([[False, False,  True,  True,  True]])
    """
    ranked = np.sort(gains, axis=1)
    last = np.clip(gains.shape[1] - room, 0, gains.shape[1] - 1)
    least = np.maximum(ranked[np.arange(len(gains)), last], 0.0)  # that there is room for
    least = np.where(room > 0, least, np.inf)[:, None]
    refused = (gains >= 0) & (gains < least)
    surplus = np.count_nonzero(gains >= least, axis=1) - room
    for draw in (surplus > 0).nonzero()[0]:
        refused[draw, (gains[draw] == least[draw]).nonzero()[0][-surplus[draw] :]] = True
    return refused
