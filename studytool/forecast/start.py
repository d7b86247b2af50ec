"""The start of a forecast: items, habits, limits and the study days ahead."""

from dataclasses import dataclass, replace

import numpy as np

from studytool.forecast.backlog import Backlog
from studytool.forecast.habits import Habits
from studytool.numerics.arrays import Ints
from studytool.review_log.study_days import StudyDay
from studytool.settings import ReviewOrder
from studytool.srs.memory import DAY_MS
from studytool.srs.schedule import Scheduler


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a day, and the order of due reviews, as the settings say."""

    new_per_day: int = 20
    reviews_per_day: int = 9999
    order: ReviewOrder = "due"


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
        retention: the desired retention of every item; None where packs have their own.
    """

    backlog: Backlog
    habits: Habits
    scheduler: Scheduler
    sessions: Sessions
    limits: Limits
    retention: float | None

    def at_retention(self, retention: float | None) -> "Start":
        """Return the start as it would be at another desired retention of all packs."""
        if retention is None or retention == self.retention:
            return self
        moved = self.backlog.at_retention(retention, self.scheduler)
        return replace(self, backlog=moved, retention=retention)
