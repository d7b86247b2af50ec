"""Easy days: weekdays get their share of the reviews, within the range that fuzz has anyway."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import ParameterError
from studytool.review_log.log import ReviewLog
from studytool.session.policy import policy_of
from studytool.settings import Settings
from studytool.srs.easy_days import shares_of_week
from studytool.srs.memories import Memories
from studytool.srs.memory import NEW_MEMORY
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler, fuzzed_days
from tests.review_log.drafts import draft

N = 20_000
CHANCES = np.arange(N) / N
TODAY = (date(2026, 3, 2) - date(1970, 1, 1)).days  # a Monday


def _chosen(length: float, easy_days: list[float], today: int = TODAY) -> list[int]:
    moved = fuzzed_days(
        np.full(N, length),
        CHANCES,
        36500,
        days=np.full(N, today),
        shares=shares_of_week(easy_days),
    )
    return [int(one) for one in moved]


def _plain(length: float) -> list[int]:
    return [int(one) for one in fuzzed_days(np.full(N, length), CHANCES, 36500)]


def _weekday(interval: int, today: int = TODAY) -> int:
    return (date(1970, 1, 1) + timedelta(days=today + interval)).weekday()


SHARES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=7, max_size=7)


def _shares_hold(length: float, easy: list[float], today: int) -> None:
    """Hold each day's part of the draws against its weekday's share of the range that fuzz has."""
    found, plain = _chosen(length, easy, today), _plain(length)
    usual = sorted(set(plain))
    assert set(found) <= set(usual)
    weights = {day: easy[_weekday(day, today)] for day in usual}
    total = sum(weights.values())
    if len(usual) == 1 or not total:
        assert found == plain
        return
    for day in usual:
        assert found.count(day) / N == pytest.approx(weights[day] / total, abs=2 / N)


@pytest.mark.slow
@given(length=st.integers(1, 400), easy=SHARES, today=st.integers(19_000, 19_030))
def test_days_have_their_shares_within_the_range_of_fuzz(
    length: int, easy: list[float], today: int
) -> None:
    _shares_hold(float(length), easy, today)


WORKDAYS = [1.0, 0.5, 1.0, 0.25, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("length", "easy", "days"),
    [
        (2.0, WORKDAYS, 1),     # no fuzz
        (4.0, WORKDAYS, 3),
        (4.0, [1, 1, 1, 0, 0, 0, 1], 3),  # from Monday on no day has a share: each is as likely
        (15.0, WORKDAYS, 5),
        (20.0, WORKDAYS, 7),    # a week
        (50.0, WORKDAYS, 9),    # a week and a rest
        (300.0, WORKDAYS, 35),  # five weeks
        (300.0, [0, 0, 0, 0, 0, 0, 0.25], 35),  # one day of each
    ],
)  # fmt: skip
def test_days_have_their_shares(length: float, easy: list[float], days: int) -> None:
    assert len(set(_plain(length))) == days  # the row is what it is here for
    for today in (TODAY, TODAY + 3):
        _shares_hold(length, easy, today)


def test_a_day_of_no_share_gets_none_where_another_can_be_had() -> None:
    found = _chosen(10.0, [1, 1, 1, 1, 1, 0, 0])
    assert {_weekday(day) for day in found} & {5, 6} == set()
    assert {_weekday(day) for day in _plain(10.0)} & {5, 6} != set()


@pytest.mark.parametrize("easy", [[], [1.0] * 7, [0.0] * 7, [0.5] * 7, [1.0]])
def test_equal_shares_change_nothing(easy: list[float]) -> None:
    assert shares_of_week(easy) is None
    assert _chosen(30.0, easy) == _plain(30.0)


def test_shares_are_thousandths_of_full_days() -> None:
    found = shares_of_week([0.25, 0.0005, 0.0016])
    assert found is not None
    assert found.tolist() == [250, 0, 2, 1000, 1000, 1000, 1000]


def test_days_that_are_not_given_are_full() -> None:
    assert _chosen(30.0, [0.5]) == _chosen(30.0, [0.5, 1, 1, 1, 1, 1, 1])


def test_a_schedule_follows_the_setting() -> None:
    weekend = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
    policy = policy_of(Settings(easy_days=weekend))
    assert Policy.from_json(policy.to_json()) == policy
    for one, some in ((policy, False), (Policy(), True)):
        items = Items.named([f"p/{n}" for n in range(300)], one)
        new = Memories.of([NEW_MEMORY] * 300)
        days = np.full(300, TODAY)
        after = Scheduler(one).review(
            new, np.full(300, 4), times_ms=days * 86_400_000, days=days, items=items
        )
        weekdays = {_weekday(int(due) - TODAY) for due in after.due_day}
        assert bool(weekdays & {5, 6}) is some


def test_act_by_act_and_in_any_order_of_arrival_the_days_are_the_same(tmp_path: Path) -> None:
    policy, start = Policy(easy_days=(1, 0, 1, 0.5, 1, 0, 0)), datetime(2026, 3, 2, tzinfo=UTC)
    items = [(f"p/{n}", "c", n) for n in range(20)]
    with (
        ReviewLog.open(tmp_path / "a.db", policy=policy) as one,
        ReviewLog.open(tmp_path / "b.db", policy=policy) as other,
    ):
        one.register("p", items)
        other.register("p", items)
        for day in (0, 16, 40):
            for item, _, n in items:
                one.append_review(draft(item, Rating.EASY, start + timedelta(days=day, hours=n)))
        other.absorb(reversed(list(one.events())))
        due = {status.item: status.due_day for status in one.statuses()}
        assert {status.item: status.due_day for status in other.statuses()} == due
        one.adopt_policy(Policy())
        one.adopt_policy(policy)  # from the events again
        assert {status.item: status.due_day for status in one.statuses()} == due
    weekdays = {_weekday(day - TODAY) for day in due.values() if day is not None}
    assert weekdays
    assert not weekdays & {1, 5, 6}


@pytest.mark.parametrize("easy", [(1.5,), (-0.1,), (1.0,) * 8])
def test_shares_out_of_range_are_refused(easy: tuple[float, ...]) -> None:
    with pytest.raises(ParameterError, match=r"easy_days = .*: up to 7 numbers in \[0, 1\]"):
        Policy(easy_days=easy)


def test_the_policy_of_an_older_log_has_no_easy_days() -> None:
    text = Policy().to_json()
    older = text.replace('"easy_days":[],', "")
    assert older != text
    assert Policy.from_json(older) == Policy()


def test_the_only_day_that_has_a_share_is_taken_however_small() -> None:
    wednesday = [0.0, 0.0, 0.001, 0.0, 0.0, 0.0, 0.0]
    assert {_weekday(interval) for interval in _chosen(10.0, wednesday)} == {2}
