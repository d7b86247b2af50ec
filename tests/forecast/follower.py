"""Learners who answer all that is due on the days on which they study, answer by answer.

Nothing of the forecast is used but the scheduler; the clock runs on during a session.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array, Ints
from studytool.numerics.streams import Rng
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.schedule import Items, Scheduler

Flags = npt.NDArray[np.bool_]

BEGAN_MS = 20_000 * DAY_MS
OPENS_MS, CLOSES_MS = 12 * 3_600_000, 13 * 3_600_000
SHARES = ((0.3, 0.1, 0.5, 0.1), (0.25, 0.05, 0.65, 0.05), (0.0, 0.1, 0.8, 0.1))
"""Of the ratings: at a first answer, in steps, of a mature item that was recalled."""


@dataclass(frozen=True)
class Lived:
    """All answers, shape (answer,), of learners who each have ``items`` items."""

    item: Ints
    time_ms: Ints
    rating: Ints
    day: Ints
    items: int

    def of(self, learner: int) -> "Lived":
        mine = self.item // self.items == learner
        item = self.item[mine] % self.items
        return Lived(item, self.time_ms[mine], self.rating[mine], self.day[mine], self.items)


def live(
    scheduler: Scheduler, items: Items, studies: Flags, *, new_per_day: int, rng: Rng
) -> Lived:
    """Let each learner begin ``new_per_day`` of the same items a day and answer all that is due.

    ``studies`` has shape (day, learner): on the other days nothing is done.
    """
    learners, n = studies.shape[1], len(items)
    whose = np.arange(learners * n) // n
    state = Memories.new(learners * n)
    begun = np.zeros(learners, np.int64)
    kept: list[tuple[Ints, Ints, Ints, Ints]] = []
    for day, present in enumerate(studies):
        opens_ms = BEGAN_MS + day * DAY_MS + OPENS_MS
        begun += new_per_day * present
        turn = (np.arange(learners * n) % n < begun[whose]) & (state.stage == Stage.NEW)
        state.due_ms[turn & present[whose]] = opens_ms
        today = BEGAN_MS // DAY_MS + day
        closes_ms = BEGAN_MS + day * DAY_MS + CLOSES_MS
        while len(rows := np.flatnonzero(_due(state, closes_ms) & present[whose])):
            before = state.take(rows)
            times_ms = np.maximum(_from_ms(before), opens_ms)
            ratings = _rate(scheduler, before, today, rng)
            days = np.full(len(rows), today)
            after = scheduler.review(
                before, ratings, times_ms=times_ms, days=days, items=items.take(rows % n)
            )
            state.put(rows, after)
            kept.append((rows, times_ms, ratings, np.full(len(rows), day)))
    item, time_ms, rating, answered = (np.concatenate(column) for column in zip(*kept, strict=True))
    return Lived(item, time_ms, rating, answered, n)


def _due(state: Memories, closes_ms: int) -> Flags:
    from_ms = _from_ms(state)
    return (from_ms > 0) & (from_ms <= closes_ms)


def _from_ms(state: Memories) -> Ints:
    """Return the instants from which items are due: a day's start, or the end of a step."""
    return np.where(state.stage == Stage.REVIEW, state.due_day * DAY_MS, state.due_ms)


def _rate(scheduler: Scheduler, before: Memories, day: int, rng: Rng) -> Ints:
    kind = np.select([before.stage == Stage.NEW, before.stage == Stage.REVIEW], [0, 2], 1)
    drawn = 1 + (rng.random((len(before), 1)) >= np.cumsum(SHARES, axis=1)[kind, :3]).sum(axis=1)
    recall: Array = scheduler.retrievability(before, day)
    return np.where((kind == 2) & (rng.random(len(before)) >= recall), 1, drawn)
