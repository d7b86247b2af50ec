"""A batch of draws of the simulation.

A row is an item of a draw: row = draw · items + item.
"""

from dataclasses import dataclass

import numpy as np

from studytool.forecast.backlog import Backlog, due_from_ms
from studytool.forecast.habits import FIRST, MATURE, kinds_of
from studytool.forecast.luck import Luck, chances
from studytool.forecast.start import Start
from studytool.numerics.arrays import Array, Ints
from studytool.srs.fsrs import AGAIN, HARD
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage

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
        self._sessions = sessions = start.sessions
        columns = (getattr(backlog.memories, name) for name in Memories.__slots__)
        self._memories = Memories(*(np.tile(column, self._draws) for column in columns))
        self._asked_ms: Ints = np.tile(backlog.asked_ms(sessions.study_day), self._draws)
        self._new = backlog.is_new.nonzero()[0]
        self._begun = np.zeros(self._draws, np.int64)
        self._answers = np.zeros(luck.plan.done.shape, np.int64)
        self._seconds = np.zeros(luck.plan.done.shape)

    def study(self, day: int) -> None:
        """Simulate one day's session: due items, new ones, and their steps."""
        end_ms = int(self._sessions.ends_ms[day])
        rows = np.concatenate([self._due(day), self._fresh(day)])
        for _ in range(MOST_ROUNDS):
            if not len(rows):
                break
            after = self._answer(rows, day)
            in_steps = after.stage != Stage.REVIEW
            rows = rows[in_steps & (after.due_ms < end_ms)]

    def course(self) -> Course:
        """Return what the days came to."""
        sessions = self._sessions
        recall = self._scheduler.retrievability(self._memories, int(sessions.days[-1]) + 1)
        left = self._asked_ms <= sessions.at_ms[-1]
        by_draw = (self._draws, len(self._backlog))
        return Course(
            answers=self._answers,
            seconds=self._seconds,
            known=recall.reshape(by_draw).sum(axis=1),
            left=left.reshape(by_draw).sum(axis=1),
        )

    def _due(self, day: int) -> Ints:
        """Return the rows that are due, of each draw as many as its plan has, the first in order."""
        rows: Ints = (self._asked_ms <= self._sessions.at_ms[day]).nonzero()[0]
        draw = rows // len(self._backlog)
        counts = np.bincount(draw, minlength=self._draws)
        most = self._luck.plan.done[:, day]
        if np.all(counts <= most):
            return rows
        turn = np.lexsort((self._urgency(rows, day), draw))
        place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return rows[turn[place < most[draw]]]

    def _urgency(self, rows: Ints, day: int) -> Array | Ints:
        """Return a number that is smallest for the item asked first: items in steps, then the chosen order."""
        held, today = self._memories.take(rows), self._sessions.days[day]
        first_ms = self._sessions.study_day.start_ms(0)
        asked_day = (self._asked_ms[rows] - first_ms) // DAY_MS
        if self._order == "due":
            urgency: Array = asked_day.astype(np.float64)
        elif self._order == "relative-overdue":
            urgency = (asked_day - today) / np.maximum(asked_day - held.last_day, 1)
        else:
            urgency = (today - held.last_day) / held.stability
        return np.where(held.stage == Stage.REVIEW, urgency, -np.inf)

    def _fresh(self, day: int) -> Ints:
        """Return the rows of the new items that are begun."""
        wanted = self._begun + self._luck.plan.new[:, day].astype(np.int64)
        ends = np.minimum(wanted, len(self._new))
        turn = np.arange(len(self._new))
        draw, new = ((turn >= self._begun[:, None]) & (turn < ends[:, None])).nonzero()
        self._begun = ends
        return draw * len(self._backlog) + self._new[new]

    def _answer(self, rows: Ints, day: int) -> Memories:
        sessions = self._sessions
        draw, item = np.divmod(rows, len(self._backlog))
        before = self._memories.take(rows)
        kind = kinds_of(before)
        ratings = self._rate(before, kind, rows=rows, day=day)
        after = self._scheduler.review(
            before,
            ratings,
            times_ms=np.full(len(rows), sessions.at_ms[day]),
            days=np.full(len(rows), sessions.days[day]),
            items=self._backlog.items.take(item),
        )
        self._memories.put(rows, after)
        self._asked_ms[rows] = due_from_ms(after, sessions.study_day)
        cost = np.where(kind == FIRST, 0, np.where(ratings == AGAIN, 2, 1))
        spent = self._mean_seconds[cost] * self._luck.plan.pace[draw, day]
        self._answers[:, day] += np.bincount(draw, minlength=self._draws)
        self._seconds[:, day] += np.bincount(draw, spent, minlength=self._draws)
        return after

    def _rate(self, before: Memories, kind: Ints, *, rows: Ints, day: int) -> Ints:
        """Draw ratings: again by retrievability or habit and the day's ease, others by habit."""
        draw, item = np.divmod(rows, len(self._backlog))
        shares = self._luck.shares[draw, kind]  # (answer, rating)
        remembered = self._scheduler.retrievability(before, int(self._sessions.days[day]))
        recall = np.where(kind == MATURE, remembered, 1 - shares[:, 0])
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
