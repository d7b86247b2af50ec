"""A batch of draws of the simulation.

A row is a place of a draw: row = draw · places + place.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from studytool.forecast.backlog import NEVER_MS, Backlog, due_from_ms
from studytool.forecast.day_choice import DayChoice
from studytool.forecast.exams import ExamReviews, Morning
from studytool.forecast.habits import FIRST, MATURE, kinds_of, level_terms, shifted
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
_KEPT = ("stage", "step", "stability", "difficulty", "last_day", "reps")
"""The columns of memories that the next answer depends on; the others are not kept."""


_BEFORE_ALL = 1e9


class Batch:
    """Draws under way.

    A draw has a row for each item that can fall due, then as many as it can begin of the new ones;
    which of these a row is of is said when it is begun.

    Args:
        start: of the forecast.
        pool: those of its items that can be asked within the days, the new ones last.
        luck: of these draws, its plan within the limits.
    """

    def __init__(self, start: Start, pool: Backlog, luck: Luck) -> None:
        self._scheduler = start.scheduler
        self._limits = start.limits
        self._mean_seconds = start.habits.seconds
        self._pool = pool
        self._luck = luck
        self._draws = len(luck.salts)
        self._sessions = sessions = start.sessions
        self._choice = DayChoice(start.rules, pool, self._draws)
        self._exams = ExamReviews(start.exams, pool, start.scheduler)
        self._put_off = start.rules.put_off
        new = int(np.count_nonzero(pool.is_new))
        self._known = known = len(pool) - new
        most_new = luck.plan.new.sum(axis=1).max(initial=0)
        self._width = known + int(min(new, most_new))
        waiting = Memories.new(self._width - known)
        columns = {
            name: np.concatenate([getattr(pool.memories, name)[:known], getattr(waiting, name)])
            for name in _KEPT
        }
        self._columns = {name: np.tile(column, self._draws) for name, column in columns.items()}
        self._shares = luck.shares[..., :3].reshape(-1, 3).T.copy()  # (rating, draw · kind)
        self._kinds = luck.shares.shape[1]
        places = np.arange(self._width)
        self._item: Ints = np.tile(np.minimum(places, len(pool) - 1), self._draws)
        asked_ms = np.full(self._width, NEVER_MS)
        asked_ms[:known] = pool.asked_ms(sessions.study_day)[:known]
        self._asked_ms: Ints = np.tile(asked_ms, self._draws)
        self._begun = np.zeros(self._draws, np.int64)
        self._answers = np.zeros(luck.plan.done.shape, np.int64)
        self._seconds = np.zeros(luck.plan.done.shape)

    def study(self, day: int) -> None:
        """Simulate one day's session: due items, new ones, and their steps."""
        end_ms = int(self._sessions.ends_ms[day])
        due = self._due(day)
        rows = np.concatenate([due, self._fresh(day)])
        for _ in range(MOST_ROUNDS):
            if not len(rows):
                break
            after = self._answer(rows, day)
            in_steps = after.stage != Stage.REVIEW
            rows = rows[in_steps & (after.due_ms < end_ms)]

    def course(self) -> Course:
        """Return what the days came to."""
        sessions = self._sessions
        recall = self._scheduler.retrievability(self._take(slice(None)), int(sessions.days[-1]) + 1)
        left = self._asked_ms <= sessions.at_ms[-1]
        by_draw = (self._draws, self._width)
        return Course(
            answers=self._answers,
            seconds=self._seconds,
            known=recall.reshape(by_draw).sum(axis=1),
            left=left.reshape(by_draw).sum(axis=1),
        )

    def _due(self, day: int) -> Ints:
        """Return the rows that are answered of those due: steps, then the day's reviews in order."""
        at_ms, end_ms = int(self._sessions.at_ms[day]), int(self._sessions.ends_ms[day])
        coming: Ints = (self._asked_ms < end_ms).nonzero()[0]
        in_review = self._columns["stage"][coming] == Stage.REVIEW
        steps, reviews = coming[~in_review], coming[in_review]
        self._choice.begin(day, steps // self._width, self._item[steps])
        does = self._luck.plan.done[:, day]
        steps = _first_of_each(steps[self._asked_ms[steps] <= at_ms], self._width, does)
        reviews = reviews[self._asked_ms[reviews] <= at_ms]
        reviews, urgency = self._with_exams(reviews, day)
        chosen = self._choice.reviews(
            reviews // self._width,
            self._item[reviews],
            urgency,
            admits=self._limits.reviews_on(day),
            does=does - np.bincount(steps // self._width, minlength=self._draws),
        )
        return np.concatenate([steps, reviews[chosen]])

    def _with_exams(self, reviews: Ints, day: int) -> tuple[Ints, Callable[[Ints], Array]]:
        """Return the reviews when exams have their say, and what tells how urgent some of them are."""
        today, at_ms = int(self._sessions.days[day]), int(self._sessions.at_ms[day])
        if not self._exams.decide_on(today):
            return reviews, lambda some: self._urgency(reviews[some], day)
        is_due = np.zeros(len(self._item), np.bool_)
        is_due[reviews] = True
        picked, waiting = self._exams.choose(
            Morning(
                day=today,
                is_today=day == 0,
                memories=self._take(slice(None)),
                item=self._item,
                is_due=is_due,
                rests=self._pool.rests_until_ms[self._item] > at_ms,
                waits=self._choice.waits,
            )
        )
        is_due[waiting] = False
        is_due[picked] = True
        rows = is_due.nonzero()[0]
        turn = np.full(len(self._item), np.inf)  # of those picked, before all others
        turn[picked] = np.arange(len(picked)) - _BEFORE_ALL

        def urgency(some: Ints) -> Array:
            own = turn[rows[some]]
            return np.where(np.isfinite(own), own, self._urgency(rows[some], day))

        return rows, urgency

    def _urgency(self, rows: Ints, day: int) -> Array:
        """Return a number that is smallest for the review asked first."""
        today, order = self._sessions.days[day], self._limits.order
        last_day = self._columns["last_day"][rows]
        if order == "retrievability":
            elapsed: Array = np.maximum(today - last_day, 0) / self._columns["stability"][rows]
            return elapsed
        asked_day = self._asked_day(rows)
        if order == "relative-overdue":
            overdue: Array = (asked_day - today) / np.maximum(asked_day - last_day, 1)
            return overdue
        return asked_day.astype(np.float64)

    def _asked_day(self, rows: Ints) -> Ints:
        days: Ints = (self._asked_ms[rows] - self._sessions.study_day.start_ms(0)) // DAY_MS
        return days

    def _fresh(self, day: int) -> Ints:
        """Return the rows of the new items that are begun."""
        room = self._width - self._known - self._begun
        wants = np.minimum(self._luck.plan.new[:, day], room).astype(np.int64)
        if not wants.any():
            return np.zeros(0, np.int64)
        at_ms = int(self._sessions.at_ms[day])
        draw, item = self._choice.new(at_ms, self._begun_steps(at_ms), wants)
        n = np.bincount(draw, minlength=self._draws)
        place = np.arange(len(draw)) - np.repeat(np.cumsum(n) - n, n)
        rows = draw * self._width + self._known + self._begun[draw] + place
        self._item[rows] = item
        self._begun += n
        return rows

    def _begun_steps(self, at_ms: int) -> tuple[Ints, Ints]:
        """Return the draws and items in first steps that a sitting asks by their end."""
        if not (self._choice.has_gates and self._choice.opens_ahead_ms >= 0):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        ahead_ms = at_ms + self._choice.opens_ahead_ms
        in_steps = (self._columns["stage"] == Stage.LEARNING) & (self._asked_ms <= ahead_ms)
        rows = in_steps.nonzero()[0]
        return rows // self._width, self._item[rows]

    def _take(self, rows: Ints | slice) -> Memories:
        """Return memories of rows, 0 in the columns that are not kept."""
        kept = {name: column[rows] for name, column in self._columns.items()}
        nothing = np.zeros(len(kept["stage"]), np.int64)
        return Memories(**dict.fromkeys(Memories.__slots__, nothing) | kept)

    def _answer(self, rows: Ints, day: int) -> Memories:
        sessions = self._sessions
        draw, item = rows // self._width, self._item[rows]
        before = self._take(rows)
        kind = kinds_of(before)
        ratings = self._rate(before, kind, rows=rows, day=day)
        after = self._scheduler.review(
            before,
            ratings,
            times_ms=np.full(len(rows), sessions.at_ms[day]),
            days=np.full(len(rows), sessions.days[day]),
            items=self._pool.items.take(item),
        )
        for name, column in self._columns.items():
            column[rows] = getattr(after, name)
        if self._choice.has_gates:
            learned = (before.stage < Stage.REVIEW) & (after.stage == Stage.REVIEW)
            self._choice.learn(draw[learned], item[learned])
        self._asked_ms[rows] = due_from_ms(self._behind_breaks(after), sessions.study_day)
        cost = np.where(kind == FIRST, 0, np.where(ratings == AGAIN, 2, 1))
        spent = self._mean_seconds[cost] * self._luck.plan.pace[draw, day]
        self._answers[:, day] += np.bincount(draw, minlength=self._draws)
        self._seconds[:, day] += np.bincount(draw, spent, minlength=self._draws)
        return after

    def _behind_breaks(self, after: Memories) -> Memories:
        """Return memories with the days to which breaks set ahead put off their due days."""
        if not self._put_off.any():
            return after
        day = after.due_day - self._sessions.days[0]
        within = (day >= 0) & (day < len(self._put_off)) & (after.stage == Stage.REVIEW)
        put_off = np.where(within, self._put_off[np.where(within, day, 0)], 0)
        return replace(after, due_day=after.due_day + put_off)

    def _rate(self, before: Memories, kind: Ints, *, rows: Ints, day: int) -> Ints:
        """Draw ratings: again by retrievability or habit and the day's ease, others by habit."""
        draw, item = rows // self._width, self._item[rows]
        again, up_to_hard, up_to_good = self._shares[:, draw * self._kinds + kind]
        is_mature = kind == MATURE
        remembered = self._scheduler.retrievability(before, int(self._sessions.days[day]))
        recall = np.where(is_mature, remembered, 1 - again)
        level, by_tenfold = self._luck.level[draw].T * level_terms(before.stability)
        better = self._luck.plan.ease[draw, day] + is_mature * (level + by_tenfold)
        forgotten = 1 - shifted(recall, better)
        chance = chances(self._luck.salts[draw], self._pool.numbers[item], before.reps)
        among = (chance - forgotten) / np.maximum(1 - forgotten, 1e-12)
        habit = again + among * (1 - again)
        rating = HARD + (habit >= up_to_hard) + (habit >= up_to_good)
        return np.where(chance < forgotten, AGAIN, rating)


def _first_of_each(rows: Ints, width: int, most: Array) -> Ints:
    """Return rows in order, the first of each draw, as many as ``most`` says of it."""
    draw = rows // width
    n = np.bincount(draw, minlength=len(most))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)
    return rows[place < most[draw]]
