"""Streaks, minutes a day and the last days, against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.stats.effort import last_days, longest_streak, time_spent
from studytool.stats.figures import Day, Share

_ALL = Share(1.0, 0.2, 1.0, 1)


def _days(*numbers: int) -> list[Day]:
    return [Day(number, 2, 6.0, _ALL) for number in numbers]


@pytest.mark.parametrize(
    ("days", "longest"),
    [
        ([], 0),
        ([5], 1),
        ([5, 5, 5], 1),  # many reviews on one day
        ([1, 2, 3, 9, 10], 3),  # the last run is not the longest
        ([10, 3, 9, 2], 2),  # in any order
        ([-1, 0, 1], 3),  # days before 1970 are days
    ],
)  # fmt: skip
def test_longest_streak(days: list[int], longest: int) -> None:
    assert longest_streak(np.array(days, np.int64)) == longest


@pytest.mark.slow
@given(st.lists(st.integers(0, 60)))
def test_longest_streak_against_trying_every_run(days: list[int]) -> None:
    runs = [n for n in range(1, 62) for a in range(61) if set(range(a, a + n)) <= set(days)]
    assert longest_streak(np.array(days, np.int64)) == max(runs, default=0)


@given(st.sets(st.integers(0, 60)), st.integers(0, 60), st.integers(1, 40))
def test_the_last_days_leave_none_out(numbers: set[int], today: int, n: int) -> None:
    days = _days(*sorted(numbers))
    found = last_days(days, today, n)
    assert [day.day for day in found] == list(range(today - n + 1, today + 1))
    assert {day.day for day in found if day.reviews} == {
        day for day in numbers if today - n < day <= today
    }


def test_time_is_averaged_over_study_days_and_over_all_days() -> None:
    days = _days(3, 90, 99)
    found = time_spent(days, last_days(days, 99, 10))
    assert (found.study_days, found.today_minutes) == (3, 6.0)
    assert (found.minutes_a_study_day, found.minutes_a_recent_day) == (6.0, 1.2)


def test_without_reviews_no_time_was_spent() -> None:
    found = time_spent([], last_days([], 99, 10))
    assert (found.study_days, found.today_minutes, found.minutes_a_study_day) == (0, 0.0, 0.0)
