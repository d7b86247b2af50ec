"""The last reviews before exams, in each draw of a simulated day, as the plan of the day has them.

In the last days before an exam its plan decides which of its items are reviewed: some before they
are due, while others that are due wait. Each day it is made anew, of the memories of that morning,
by :mod:`studytool.srs.last_reviews`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.numerics.arrays import Flags, Ints
from studytool.srs.exam_plan import MOST_LAST_DAYS, ExamDays
from studytool.srs.fsrs import GOOD
from studytool.srs.last_reviews import choose_last_days, review_gains
from studytool.srs.memories import Memories
from studytool.srs.memory import Stage
from studytool.srs.schedule import Scheduler

_NEVER_BEGUN = -1


@dataclass(frozen=True, slots=True)
class SimulatedExam:
    """One exam ahead.

    Attributes:
        days: until it, from the first day of the forecast on.
        items: shape (item,), whether an item, by its number, is in it.
        wanted: shape (item,), whether it is in it, or a prerequisite of what is.
        asked_today: how many of its items had their review today.
    """

    days: ExamDays
    items: Flags
    wanted: Flags
    asked_today: int = 0

    @classmethod
    def over(cls, days: ExamDays, items: Sequence[tuple[bool, bool, bool]]) -> "SimulatedExam":
        """Return an exam over items of which is told: whether in it, whether wanted, asked today."""
        own, wanted, asked = np.array(items, np.bool_).reshape(-1, 3).T
        return cls(days, own, wanted, int(np.count_nonzero(own & asked)))

    def decides_before(self, day: int) -> bool:
        """Tell whether it may decide what is reviewed on a day before ``day``."""
        return self.days.exam - MOST_LAST_DAYS < day


@dataclass(frozen=True, slots=True)
class Morning:
    """The state of all draws before a day's session; a row is a place of a draw.

    Attributes:
        day: the study day.
        is_today: whether the forecast begins on it.
        memories: of the rows; a new one stands for nothing yet.
        item: shape (row,), of the pool.
        is_due: shape (row,).
        rests: shape (row,).
        waits: shape (draw, item of the pool), whether it is new.
    """

    day: int
    is_today: bool
    memories: Memories
    item: Ints
    is_due: Flags
    rests: Flags
    waits: Flags


class ExamReviews:
    """The exams ahead over a pool of items.

    Args:
        exams: the first one first.
        pool: of items.
        scheduler: whose model predicts recall.
    """

    def __init__(self, exams: Sequence[SimulatedExam], pool: Backlog, scheduler: Scheduler) -> None:
        self._exams = [_PoolExam(one, pool) for one in exams]
        self._scheduler = scheduler

    def decide_on(self, day: int) -> bool:
        """Tell whether an exam may decide on a study day what is reviewed."""
        return any(exam.decides_on(day) for exam in self._exams)

    def choose(self, morning: Morning) -> tuple[Ints, Ints]:
        """Return the rows that are reviewed for an exam, in order, and those that wait for another day."""
        picked, waiting = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        planned = np.zeros(len(morning.item), np.bool_)
        for exam in self._exams:
            if exam.decides_on(morning.day):
                asks = exam.reviews(morning, planned, self._scheduler)
                if asks is None:
                    continue
                waits = exam.due(morning) & ~planned
                waits[asks] = False
                planned |= waits
                planned[asks] = True
                picked.append(asks)
                waiting.append(waits.nonzero()[0])
        return np.concatenate(picked), np.concatenate(waiting)


class _PoolExam:
    """One exam over a pool: which of its items are in it, and the last days."""

    def __init__(self, exam: SimulatedExam, pool: Backlog) -> None:
        self._exam = exam
        self._own = exam.items[pool.numbers].nonzero()[0]
        self._wanted = exam.wanted[pool.numbers].nonzero()[0]
        self._place = np.full(len(pool), -1)
        self._place[self._own] = np.arange(len(self._own))

    def decides_on(self, day: int) -> bool:
        """Tell whether it may decide on a study day what is reviewed."""
        return day in self._days(day).last_days(len(self._own))

    def due(self, morning: Morning) -> Flags:
        """Tell which rows are its items and would be reviewed today without it."""
        found: Flags = (self._place[morning.item] >= 0) & morning.is_due & ~_is_held(morning)
        return found

    def reviews(self, morning: Morning, planned: Flags, scheduler: Scheduler) -> Ints | None:
        """Return the rows that it reviews today, those of each draw that gain most first.

        None where it does not decide yet: some of its items are never begun.
        """
        draws, n = len(morning.waits), len(self._own)
        width = len(morning.item) // draws
        rows = (self._place[morning.item] >= 0) & (morning.memories.stage != Stage.NEW)
        rows = rows.nonzero()[0]
        at = (rows // width) * n + self._place[morning.item[rows]]
        row_of = np.zeros(draws * n, np.int64)
        row_of[at] = rows
        begins = self._begins(morning)
        begins[at] = morning.memories.last_day[rows]
        memories = _begun_on(begins, scheduler)
        memories.stability[at] = morning.memories.stability[rows]
        memories.difficulty[at] = morning.memories.difficulty[rows]
        held = begins == _NEVER_BEGUN
        held[at] = (_is_held(morning) | planned)[rows]
        never = np.count_nonzero(begins.reshape(draws, n) == _NEVER_BEGUN, axis=1).min()
        last = self._days(morning.day).last_days(n - int(never))
        if morning.day not in last:
            return None
        gains, _ = review_gains(
            memories, scheduler.model, exam_day=self._exam.days.exam, days=last, held=held
        )
        room = np.array([self._exam.days.room(day) for day in last])
        room[0] = max(0, room[0] - self._exam.asked_today * morning.is_today)
        placed, gained = choose_last_days(gains.reshape(draws, n, -1), np.tile(room, (draws, 1)))
        draw, own = (placed == 0).nonzero()
        best_first = np.lexsort((-gained[draw, own], draw))
        found: Ints = row_of[(draw * n + own)[best_first]]
        return found

    def _begins(self, morning: Morning) -> Ints:
        """Return the days on which its new items are begun, in order, shape (draw · own item,).

        Of those begun before it says nothing.
        """
        waits = morning.waits[:, self._wanted]
        begins = np.full(morning.waits.shape, _NEVER_BEGUN)
        counts, of_count = np.unique(waits.sum(axis=1), return_inverse=True)
        for place, count in enumerate(counts.tolist()):
            paces = self._days(morning.day).paces(count)
            days = np.repeat(morning.day + np.arange(len(paces)), paces)
            days = np.append(days, np.full(count - len(days) + 1, _NEVER_BEGUN))
            draws = (of_count == place).nonzero()[0]
            turn = np.cumsum(waits[draws], axis=1) - 1
            begins[np.ix_(draws, self._wanted)] = days[turn]
        found: Ints = begins[:, self._own].ravel()
        return found

    def _days(self, today: int) -> ExamDays:
        return replace(self._exam.days, today=today)


def _begun_on(days: Ints, scheduler: Scheduler) -> Memories:
    """Return memories of new items that are begun on some days, and go well."""
    stability, difficulty = scheduler.model.first(np.full(len(days), GOOD, np.int64))
    return Memories.reviewed(stability, difficulty, last_day=days)


def _is_held(morning: Morning) -> Flags:
    """Tell which rows get no review by a plan: asked today, in steps, or at rest."""
    memories = morning.memories
    held: Flags = (
        (memories.stage != Stage.REVIEW) | (memories.last_day == morning.day) | morning.rests
    )
    return held
