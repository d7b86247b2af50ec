"""The records of a whole log: a small one by hand, and the real one against its rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.errors import Cancelled, NotFoundError
from studytool.exchange.fsrs_csv import COLUMNS, read_csv
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.records import read_records
from studytool.srs.rating import Rating
from tests.data.real_log import real_log
from tests.review_log.deeds import take_vacation
from tests.review_log.drafts import draft
from tests.stats.sample_log import CARD, GONE, NUMERIC, install_sample, write_answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path, MACHINE_CLOCK)
    install_sample(opened, tmp_path / "sample")
    yield opened
    opened.close()


def test_totals_of_a_small_log_by_hand(desk: Desk) -> None:
    write_answers(desk, NOW)
    records = read_records(desk, NOW)
    assert (records.reviews, records.minutes) == (16, 1530 / 60)
    assert (records.streak_days, records.longest_streak_days) == (2, 3)
    assert records.time.study_days == 13
    assert records.time.today_minutes == pytest.approx(79 / 60)
    assert records.time.minutes_a_recent_day == pytest.approx(1380 / 60 / 30)
    assert [day.reviews for day in records.last_days].count(0) == 20
    assert [one.name for one in records.hardest] == [
        NUMERIC,
        GONE,
        CARD,
    ]  # 4 of 8 is surer than 0 of 1
    assert [(one.item, one.misconception, one.times) for one in records.misconceptions] == [
        (NUMERIC, "single", 2),
        (NUMERIC, "slip:percent", 1),
        (GONE, "odd", 1),
    ]


def test_records_of_a_pack_leave_others_out_but_streaks_are_of_all(desk: Desk) -> None:
    write_answers(desk, NOW)
    everything, of_pack = read_records(desk, NOW), read_records(desk, NOW, packs=("sample",))
    assert (everything.reviews, of_pack.reviews) == (16, 15)
    assert {one.name for one in of_pack.items} == {CARD, NUMERIC}
    assert of_pack.longest_streak_days == everything.longest_streak_days == 3
    assert read_records(desk, NOW, packs=("deep-learning-notes",)).reviews == 0
    with pytest.raises(NotFoundError, match="Did you mean 'sample'"):
        read_records(desk, NOW, packs=("sampel",))


def test_the_target_is_the_packs_own_where_it_has_one(desk: Desk) -> None:
    desk.settings = replace(
        desk.settings, desired_retention=0.85, packs={"sample": {"desired_retention": 0.95}}
    )  # fmt: skip
    assert read_records(desk, NOW).target == 0.85
    assert read_records(desk, NOW, packs=("sample",)).target == 0.95
    assert read_records(desk, NOW, packs=("sample", "deep-learning-notes")).target == 0.85


def test_the_present_streak_is_the_logs_and_never_longer_than_the_longest(desk: Desk) -> None:
    write_answers(desk, NOW)
    for later in range(4):
        now = NOW + timedelta(days=later)
        records = read_records(desk, now)
        assert records.streak_days == desk.log.streak_days(now)
        assert records.streak_days == (2 if later < 2 else 0)
        assert records.longest_streak_days == 3


@pytest.mark.parametrize(
    ("vacations", "streak", "longest"),
    [
        ([], 1, 3),                  # five days without an answer
        ([(-5, 5)], 4, 4),           # all of them off
        ([(-5, 3), (-2, 2)], 4, 4),  # in two vacations
        ([(-5, 9)], 4, 4),           # and those to come
        ([(-5, 4)], 1, 3),           # one was not
        ([(-7, 9)], 4, 4),           # a day off with reviews counts as ever
    ],
)  # fmt: skip
def test_a_vacation_breaks_no_streak(
    desk: Desk, vacations: list[tuple[int, int]], streak: int, longest: int
) -> None:
    for days in (-8, -7, -6, 0):
        desk.log.append_review(draft(CARD, Rating.GOOD, NOW + timedelta(days=days)))
    for first, days in vacations:
        take_vacation(desk.log, days, NOW + timedelta(days=first))
    records = read_records(desk, NOW)
    assert records.streak_days == desk.log.streak_days(NOW) == streak
    assert records.longest_streak_days == longest
    assert desk.log.streak_days(NOW + timedelta(days=1)) == streak  # none yet today
    for _ in vacations:
        desk.log.undo(NOW)
    assert desk.log.streak_days(NOW) == 1


def test_a_break_set_ahead_breaks_no_streak(desk: Desk) -> None:
    for days in (-8, -7, -6, 0):
        desk.log.append_review(draft(CARD, Rating.GOOD, NOW + timedelta(days=days)))
    set_break(desk, desk.log.day_of(NOW) - 5, 5, NOW - timedelta(days=9))
    records = read_records(desk, NOW)
    assert (records.streak_days, records.longest_streak_days) == (4, 4)
    assert desk.log.streak_days(NOW) == 4
    desk.log.undo(NOW)
    assert desk.log.streak_days(NOW) == 1


def test_a_count_that_nobody_waits_for_stops(desk: Desk) -> None:
    write_answers(desk, NOW)
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        read_records(desk, NOW, cancelled=lambda: next(asked))  # a fourth would be StopIteration
    assert read_records(desk, NOW).reviews == 16  # the log can be read again


@pytest.mark.slow
def test_totals_of_the_real_log_against_its_rows(desk: Desk) -> None:
    rows = real_log()
    table = [",".join(COLUMNS).encode() + b"\n"] + [
        f"{row.card},{row.time_ms},{row.rating},2,{row.duration_ms}\n".encode() for row in rows
    ]
    desk.log.absorb(read_csv(table, "real.csv"))
    last = datetime.fromtimestamp(rows[-1].time_ms / 1000, UTC)
    records = read_records(desk, last)
    days = {row.study_day for row in rows}
    assert records.reviews == len(rows) == 12_580
    assert records.minutes == pytest.approx(sum(row.duration_ms for row in rows) / 60_000)
    assert [day.day for day in records.days] == sorted(days)
    assert records.time.study_days == len(days)
    assert len(records.items) == len({row.card for row in rows})
    lapses = sum(row.rating == 1 for row in rows)
    assert sum(round((1 - one.recalled.share) * one.reviews) for one in records.items) == lapses
    ends = [day for day in days if day + 1 not in days]
    assert records.longest_streak_days == max(_run_up_to(day, days) for day in ends)


def _run_up_to(day: int, days: set[int]) -> int:
    return next(n for n in range(1, len(days) + 2) if day - n not in days)
