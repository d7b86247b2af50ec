"""The start of a forecast: items, habits, limits and the study days ahead."""

from dataclasses import dataclass, replace

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.exams import SimulatedExam
from studytool.forecast.habits import Habits
from studytool.forecast.rules import AskingRules
from studytool.numerics.arrays import Ints
from studytool.review_log.study_days import StudyDay
from studytool.settings import ReviewOrder
from studytool.srs.memory import DAY_MS
from studytool.srs.schedule import Scheduler


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a day, and the order of due reviews, as the settings say.

    Attributes:
        begun_today, matured_today: new items and reviews that today had already, of all packs.
        paced: how many new items each day admits, from today on, where an exam is paced; later
            days admit as many as the settings do.
    """

    new_per_day: int = 20
    reviews_per_day: int = 9999
    order: ReviewOrder = "due"
    begun_today: int = 0
    matured_today: int = 0
    paced: tuple[int, ...] = ()

    def reviews_on(self, day: int) -> int:
        """Return how many more reviews a day admits; 0 is today."""
        return max(0, self.reviews_per_day - (0 if day else self.matured_today))

    def new_on(self, days: int) -> Ints:
        """Return how many more new items each day admits, shape (day,)."""
        most = np.full(days, self.new_per_day)
        most[: len(self.paced)] = self.paced[:days]
        most[0] = max(0, most[0] - self.begun_today)
        return most


@dataclass(frozen=True, slots=True)
class Sessions:
    """The study days ahead, each one session at one instant; arrays of shape (day,).

    Attributes:
        days: their numbers.
        study_day: how instants fall into days.
    """

    at_ms: Ints
    ends_ms: Ints
    days: Ints
    study_day: StudyDay

    @classmethod
    def ahead(cls, days: int, *, now_ms: int, study_day: StudyDay, session_ms: int) -> "Sessions":
        """Return today's session, now or later, and those of the days after.

        Args:
            days: how many, today included.
            now_ms: the instant of the forecast.
            study_day: how instants fall into days.
            session_ms: from the start of a day to its session.
        """
        today = study_day.number(now_ms)
        numbers = today + np.arange(days + 1)
        starts_ms = study_day.start_ms(0) + DAY_MS * numbers
        at_ms = np.maximum(starts_ms[:-1] + session_ms, now_ms)
        return cls(at_ms, starts_ms[1:], numbers[:-1], study_day)

    def __len__(self) -> int:
        return len(self.at_ms)


@dataclass(frozen=True, slots=True)
class Start:
    """The inputs of a forecast.

    Attributes:
        backlog: the items; their desired retention is the one that is simulated.
        habits: of the learner.
        scheduler: of the policy in force.
        sessions: the days ahead.
        limits: of each day.
        rules: which items wait for others.
        retention: the desired retention of every item; None where packs have their own.
        exams: ahead, the first one first.
    """

    backlog: Backlog
    habits: Habits
    scheduler: Scheduler
    sessions: Sessions
    limits: Limits
    rules: AskingRules
    retention: float | None
    exams: tuple[SimulatedExam, ...] = ()

    def at_retention(self, retention: float | None) -> "Start":
        """Return the start as it would be at another desired retention of all packs."""
        if retention is None or retention == self.retention:
            return self
        moved = self.backlog.at_retention(retention, self.scheduler)
        return replace(self, backlog=moved, retention=retention)
