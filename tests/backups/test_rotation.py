"""Which backups stay: by a table, and by laws."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.backups.taking import DAILY, HOURLY, MONTHLY, RULES, WEEKLY, RotationRule, kept

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MOST = sum(rule.periods for rule in RULES)


def test_the_rules_are_those_of_the_readme() -> None:
    assert [rule.periods for rule in (HOURLY, DAILY, WEEKLY, MONTHLY)] == [24, 14, 8, 24]


@pytest.mark.parametrize(
    ("rules", "ago", "kept_ago"),
    [
        (RULES, [], []),
        (RULES, [0 * DAY], [0 * DAY]),
        ([HOURLY], [MINUTE, 2 * MINUTE], [MINUTE]),  # two of one hour: the latest
        ([HOURLY], [0 * HOUR, MINUTE], [0 * HOUR, MINUTE]),  # 12:00 and 11:59 are two hours
        ([HOURLY], [k * HOUR for k in range(30)], [k * HOUR for k in range(24)]),
        ([HOURLY], [k * 99 * DAY for k in range(3)], [k * 99 * DAY for k in range(3)]),  # a pause
        ([DAILY], [0 * HOUR, 11 * HOUR, 13 * HOUR], [0 * HOUR, 13 * HOUR]),  # midnight, UTC
        ([DAILY], [k * DAY for k in range(20)], [k * DAY for k in range(14)]),
        ([WEEKLY], [0 * DAY, 2 * DAY, 3 * DAY], [0 * DAY, 3 * DAY]),  # Wednesday, Monday, Sunday
        ([MONTHLY], [0 * DAY, 24 * DAY, 25 * DAY], [0 * DAY, 25 * DAY]),  # the 25th, 1st; October
        ([DAILY, MONTHLY], [0 * DAY, HOUR, 40 * DAY], [0 * DAY, 40 * DAY]),
    ],
)
def test_kept(rules: list[RotationRule], ago: list[timedelta], kept_ago: list[timedelta]) -> None:
    assert kept([NOON - one for one in ago], rules) == {NOON - one for one in kept_ago}


def test_an_hour_is_one_of_utc() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    two = [datetime(2026, 1, 1, 12, minute, tzinfo=india) for minute in (10, 50)]
    assert len(kept(two, [HOURLY])) == 2  # 06:40 and 07:20


instants = st.sets(st.timedeltas(0 * DAY, 1000 * DAY).map(lambda ago: NOON - ago), max_size=200)


@given(instants)
def test_the_newest_stays_and_no_more_than_the_sum(given_instants: set[datetime]) -> None:
    keep = kept(given_instants)
    assert keep <= given_instants
    assert len(keep) <= MOST
    if given_instants:
        assert max(given_instants) in keep
    assert kept(keep) == keep  # rotating again deletes nothing


@pytest.mark.slow
@given(st.lists(st.timedeltas(MINUTE, 3 * DAY), min_size=100, max_size=300))
def test_rotating_after_each_backup_keeps_one_of_each_age(gaps: list[timedelta]) -> None:
    keep: set[datetime] = set()
    taken: list[datetime] = []
    now = NOON
    for gap in gaps:
        now += gap
        taken.append(now)
        keep = kept(keep | {now})
        assert now in keep
        assert len(keep) <= MOST
    assert {one.date() for one in keep} >= set(sorted({one.date() for one in taken})[-14:])
    last_months = sorted({(one.year, one.month) for one in taken})[-24:]
    assert {(one.year, one.month) for one in keep} >= set(last_months)
