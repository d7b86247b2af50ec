"""The 80 % band's coverage on the real log, on starts that the habits had not seen.

Settings (seasons, blocks, their lengths, pauses, ease, the order of due reviews) were chosen by
scores on forecasts of the days before day 164 of 192, which hold the first half of the reviews.
The later days are no virgin test all the same: two earlier designs were dropped after they had
covered too little there, so the figures here are what the last design gives, not a blind trial.

Forecasts start on every day and overlap: two that share days say the same thing twice. So a
stretch of n days counts as n trials of a day's band, and as n / h trials of a band over h days,
and the standard error is binomial. The sums have few trials, and their tests little power.
"""

from functools import cache
from math import sqrt

import numpy as np
import pytest

from studytool.forecast.batch import Course
from tests.forecast.real import following_the_plan, forecast_from, reviews_a_day

pytestmark = pytest.mark.slow

FIRST, END = 164, 192
HORIZON = 14
DRAWS = 100
BAND = 0.8


@cache
def _forecasts(*, by_habit: bool) -> dict[int, Course]:
    habits = None if by_habit else following_the_plan()
    return {
        start: forecast_from(start, days=min(HORIZON, END - start), draws=DRAWS, habits=habits)
        for start in range(FIRST, END, 1 if by_habit else 4)
    }


def _daily(forecasts: dict[int, Course]) -> list[bool]:
    happened = reviews_a_day()
    return [
        bool(low <= happened[start + day] <= high)
        for start, course in forecasts.items()
        for day, (low, high) in enumerate(np.quantile(course.answers, (0.1, 0.9), axis=0).T)
    ]


def _cumulative(forecasts: dict[int, Course], days: int) -> list[bool]:
    happened = reviews_a_day()
    covered = []
    for start, course in forecasts.items():
        if start + days <= END:
            low, high = np.quantile(course.answers[:, :days].sum(axis=1), (0.1, 0.9))
            covered.append(bool(low <= happened[start : start + days].sum() <= high))
    return covered


def _within_error(covered: list[bool], *, trials: float) -> bool:
    error = sqrt(BAND * (1 - BAND) / trials)
    return abs(float(np.mean(covered)) - BAND) <= 2 * error


def test_daily_band_covers_what_happened() -> None:
    assert _within_error(_daily(_forecasts(by_habit=True)), trials=END - FIRST)


@pytest.mark.parametrize("days", [7, 14])
def test_cumulative_band_covers_what_happened(days: int) -> None:
    covered = _cumulative(_forecasts(by_habit=True), days)
    assert _within_error(covered, trials=(END - FIRST) / days)


def test_a_band_without_habits_does_not_cover() -> None:
    covered = _daily(_forecasts(by_habit=False))
    assert not _within_error(covered, trials=END - FIRST)
