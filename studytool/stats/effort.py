"""The learner's effort: days in a row, minutes a day, the last days without gaps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from studytool.numerics.arrays import Ints
from studytool.stats.figures import Day, Share

NOT_ASKED = Share(np.nan, np.nan, np.nan, 0)


@dataclass(frozen=True, slots=True)
class Time:
    """The time spent on studying.

    Attributes:
        study_days: with at least one review.
        today_minutes: on the present study day.
        minutes_a_study_day: the mean over days with reviews; 0 without any.
        minutes_a_recent_day: the mean over the last days, those without reviews among them.
    """

    study_days: int
    today_minutes: float
    minutes_a_study_day: float
    minutes_a_recent_day: float


def longest_streak(days: Ints, *, off: Collection[int] = ()) -> int:
    """Count the days of the longest run of days in a row; ``days`` in any order, repeats allowed.

    Those of ``off`` break no run, and count where they are among ``days``.

    >>> longest_streak(np.array([7, 3, 4, 4, 5, 8]))
    3
    >>> longest_streak(np.array([7, 3, 4, 4, 5, 8]), off=[6])
    5
    """
    known = np.union1d(days, np.array(sorted(off), np.int64))
    runs = np.split(known, np.flatnonzero(np.diff(known) > 1) + 1)
    return max(int(np.isin(run, days).sum()) for run in runs)


def last_days(days: Sequence[Day], today: int, n: int) -> tuple[Day, ...]:
    """Return the last ``n`` days up to ``today``, earliest first; without reviews where there are none."""
    by_number = {day.day: day for day in days}
    numbers = range(today - n + 1, today + 1)
    return tuple(by_number.get(number, Day(number, 0, 0.0, NOT_ASKED)) for number in numbers)


def time_spent(days: Sequence[Day], recent: Sequence[Day]) -> Time:
    """Return the minutes of the days with reviews, and of ``recent``: all of the last days, today last."""
    return Time(
        study_days=len(days),
        today_minutes=recent[-1].minutes,
        minutes_a_study_day=sum(day.minutes for day in days) / max(1, len(days)),
        minutes_a_recent_day=sum(day.minutes for day in recent) / len(recent),
    )
