"""A batch of draws of the simulation.

A row is an item of a draw: row = draw · items + item.
"""

from dataclasses import dataclass

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.habits import FIRST, MATURE, kinds_of
from studytool.forecast.luck import Luck, chances
from studytool.forecast.start import Sessions, Start
from studytool.numerics.arrays import Array, Ints
from studytool.srs.fsrs import AGAIN, HARD
from studytool.srs.memories import Memories
from studytool.srs.memory import Stage
from studytool.srs.schedule import DAY_MS

MOST_ROUNDS = 50
"""An item forgotten so often in a row waits for the next day."""


@dataclass(frozen=True, slots=True)
class Course:
    """The totals of the simulated days; leading axis draw.

    Attributes:
        answers, seconds: shape (draw, day).
        known: shape (draw,), the items ever reviewed, each counted by its retrievability at the
            end.
        left: shape (draw,), items due by the last session and not answered.
    """

    answers: Ints
    seconds: Array
    known: Array
    left: Ints

    @classmethod
    def joined(cls, courses: "list[Course]") -> "Course":
        """Put the draws of several batches together."""
        return cls(*(np.concatenate([getattr(one, name) for one in courses]) for name in _COLUMNS))


_COLUMNS = ("answers", "seconds", "known", "left")


class Batch:
    """Draws under way.

    Args:
        start: of the forecast.
        moving: those of its items that can be asked within the days.
        luck: of these draws, its plan within the limits.
    """

    def __init__(self, start: Start, moving: Backlog, luck: Luck) -> None:
        self._scheduler = start.scheduler
        self._order = start.limits.order
        self._mean_seconds = start.habits.seconds
        self._backlog = backlog = moving
        self._luck = luck
        self._draws = len(luck.salts)
        self._memories = self._begin()
        self._new = backlog.is_new.nonzero()[0]
        self._begun = np.zeros(self._draws, np.int64)
        self._answers = np.zeros(luck.plan.done.shape, np.int64)
        self._seconds = np.zeros(luck.plan.done.shape)

    def study(self, day: int, sessions: Sessions) -> None:
        """Simulate one day's session: due items, new ones, and their steps."""
        at_ms, end_ms = int(sessions.at_ms[day]), int(sessions.ends_ms[day])
        rows = np.concatenate([self._due(day, at_ms), self._fresh(day)])
        for _ in range(MOST_ROUNDS):
            if not len(rows):
                break
            after = self._answer(rows, day, at_ms)
            in_steps = after.stage != Stage.REVIEW
            rows = rows[in_steps & (after.due_ms < end_ms)]

    def course(self, sessions: Sessions) -> Course:
        """Return what the days came to."""
        recall = self._scheduler.retrievability(self._memories, int(sessions.ends_ms[-1]))
        left = self._memories.due_ms <= sessions.at_ms[-1]
        by_draw = (self._draws, len(self._backlog))
        return Course(
            answers=self._answers,
            seconds=self._seconds,
            known=recall.reshape(by_draw).sum(axis=1),
            left=left.reshape(by_draw).sum(axis=1),
        )

    def _begin(self) -> Memories:
        """Repeat the memories for each draw; an item at rest, or new, is not due."""
        backlog = self._backlog
        columns = (getattr(backlog.memories, name) for name in Memories.__slots__)
        memories = Memories(*(np.tile(column, self._draws) for column in columns))
        memories.due_ms[:] = np.tile(backlog.asked_ms, self._draws)
        return memories

    def _due(self, day: int, at_ms: int) -> Ints:
        """Return the rows that are due, of each draw as many as its plan has, the first in order."""
        rows = (self._memories.due_ms <= at_ms).nonzero()[0]
        draw = rows // len(self._backlog)
        counts = np.bincount(draw, minlength=self._draws)
        most = self._luck.plan.done[:, day]
        if np.all(counts <= most):
            return rows
        turn = np.lexsort((self._urgency(rows, at_ms), draw))
        place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows[turn[place < most[draw]]]

    def _urgency(self, rows: Ints, at_ms: int) -> Array | Ints:
        """Return a number that is smallest for the item asked first: items in steps, then the chosen order."""
        held = self._memories.take(rows)
        if self._order == "due":
            urgency: Array = held.due_ms.astype(np.float64)
        elif self._order == "relative-overdue":
            urgency = (held.due_ms - at_ms) / np.maximum(held.due_ms - held.last_ms, 1)
        else:
            urgency = (at_ms - held.last_ms) // DAY_MS / held.stability
        return np.where(held.stage == Stage.REVIEW, urgency, -np.inf)

    def _fresh(self, day: int) -> Ints:
        """Return the rows of the new items that are begun."""
        wanted = self._begun + self._luck.plan.new[:, day].astype(np.int64)
        ends = np.minimum(wanted, len(self._new))
        turn = np.arange(len(self._new))
        draw, new = ((turn >= self._begun[:, None]) & (turn < ends[:, None])).nonzero()
        self._begun = ends
        return draw * len(self._backlog) + self._new[new]

    def _answer(self, rows: Ints, day: int, at_ms: int) -> Memories:
        draw, item = np.divmod(rows, len(self._backlog))
        before = self._memories.take(rows)
        kind = kinds_of(before)
        ratings = self._rate(before, kind, rows=rows, day=day, at_ms=at_ms)
        after = self._scheduler.review(
            before,
            ratings,
            times_ms=np.full(len(rows), at_ms),
            items=self._backlog.items.take(item),
        )
        self._memories.put(rows, after)
        cost = np.where(kind == FIRST, 0, np.where(ratings == AGAIN, 2, 1))
        spent = self._mean_seconds[cost] * self._luck.plan.pace[draw, day]
        self._answers[:, day] += np.bincount(draw, minlength=self._draws)
        self._seconds[:, day] += np.bincount(draw, spent, minlength=self._draws)
        return after

    def _rate(self, before: Memories, kind: Ints, *, rows: Ints, day: int, at_ms: int) -> Ints:
        """Draw ratings: again by retrievability or habit and the day's ease, others by habit."""
        draw, item = np.divmod(rows, len(self._backlog))
        shares = self._luck.shares[draw, kind]  # (answer, rating)
        recall = np.where(
            kind == MATURE, self._scheduler.retrievability(before, at_ms), 1 - shares[:, 0]
        )
        forgotten = 1 - shifted(recall, self._luck.plan.ease[draw, day])
        chance = chances(self._luck.salts[draw], self._backlog.numbers[item], before.reps)
        among = (chance - forgotten) / np.maximum(1 - forgotten, 1e-12)
        habit = shares[:, 0] + among * (1 - shares[:, 0])
        rating = HARD + np.count_nonzero(habit[:, None] >= shares[:, 1:3], axis=1)
        return np.where(chance < forgotten, AGAIN, rating)


def shifted(chance: Array, log_odds: Array) -> Array:
    """Return the chances whose odds are those of ``chance`` times e^log_odds."""
    factor = np.exp(log_odds)
    return chance * factor / (1 - chance + chance * factor)
