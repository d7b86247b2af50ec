"""What a forecast begins with, read from a real log in a real home."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from studytool.bundled_pack import bundled_folders
from studytool.clock import MACHINE_CLOCK, local_offset_minutes
from studytool.exchange.fsrs_csv import COLUMNS, read_csv
from studytool.forecast.forecast import make_forecast
from studytool.forecast.habits import DEFAULT_ANSWERS, DEFAULT_RATINGS
from studytool.forecast.history import WINDOW_DAYS
from studytool.packs.reader import load_pack
from studytool.review_log.study_days import StudyDay
from studytool.session.agenda_walk import exams_ahead
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.exams import set_exam
from studytool.session.forecast_input import read_forecast_input
from studytool.srs.exam_plan import SETTLING_DAYS
from studytool.srs.memories import Memories
from studytool.srs.memory import to_ms
from studytool.wording.forecast import forecast_lines
from tests.cases import first_row_quick
from tests.data.real_log import real_log
from tests.review_log.deeds import bury_item, reset_item, set_suspended, take_vacation

NOW = datetime(2024, 10, 8, 12, tzinfo=UTC)
"""The day after the last review of the real log."""
PACK = "imported"
BUNDLED = {name: len(load_pack(folder).items) for name, folder in bundled_folders().items()}
ALL_BUNDLED = sum(BUNDLED.values())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a home in which the first 200 cards of the real log are installed, and 10 new ones."""
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    assert desk.log.absorb(read_csv(_table(), "table")) > 2000
    desk.log.register(PACK, [(f"{PACK}/{k}", "c", k) for k in (*range(200), *range(2000, 2010))])
    yield desk
    desk.close()


def _table() -> Iterator[bytes]:
    yield ",".join(COLUMNS).encode()
    for card, rating, time_ms, duration_ms in real_log():
        if card < 200:
            yield f"{card},{time_ms},{rating},0,{duration_ms}".encode()


def _memories(desk: Desk, names: list[str]) -> Memories:
    return Memories.of(desk.log.state(name) for name in names)


@pytest.mark.slow
def test_the_backlog_is_the_state_of_the_log(desk: Desk) -> None:
    outlook = read_forecast_input(desk, NOW, days=30)
    wanted = _memories(desk, [f"{PACK}/{k}" for k in range(200)])
    backlog = outlook.start.backlog.take(~outlook.start.backlog.is_new)
    mine, theirs = np.argsort(backlog.memories.last_ms), np.argsort(wanted.last_ms)
    for column in Memories.__slots__:
        found = np.sort(getattr(backlog.memories.take(mine), column))
        assert np.array_equal(found, np.sort(getattr(wanted.take(theirs), column))), column
    assert (outlook.reviewed, outlook.new) == (200, 10 + ALL_BUNDLED)


def test_habits_are_read_from_the_same_reviews(desk: Desk) -> None:
    habits = read_forecast_input(desk, NOW, days=1).start.habits
    hour = desk.settings.day_start_hour
    today = StudyDay(local_offset_minutes(NOW), hour).number(to_ms(NOW))
    days = [one.study_day for one in desk.log.answers()]
    counted = sum(day >= today - WINDOW_DAYS for day in days)
    assert 0 < counted < len(days)
    assert habits.ratings.sum() == pytest.approx(
        counted + DEFAULT_ANSWERS * np.sum(DEFAULT_RATINGS)
    )
    assert habits.days.done.max() < np.inf  # a backlog that is never cleared


@pytest.mark.slow
@pytest.mark.parametrize(
    ("packs", "reviewed", "new"),
    first_row_quick(
        [
            ((), 198, 11 + ALL_BUNDLED),  # one suspended, one new again
            (("deep-learning-notes",), 0, BUNDLED["deep-learning-notes"]),
        ]
    ),
)
def test_what_is_not_asked_is_left_out(
    desk: Desk, packs: tuple[str, ...], reviewed: int, new: int
) -> None:
    set_suspended(desk.log, f"{PACK}/0", True, NOW)
    reset_item(desk.log, f"{PACK}/1", NOW)
    outlook = read_forecast_input(desk, NOW, packs=packs, days=30)
    assert (outlook.reviewed, outlook.new) == (reviewed, new)


@pytest.mark.slow
def test_rest_and_vacation_put_items_off(desk: Desk) -> None:
    before = read_forecast_input(desk, NOW, days=1).start.backlog
    take_vacation(desk.log, 9, NOW)
    bury_item(desk.log, f"{PACK}/0", NOW + timedelta(days=400), NOW)
    after = read_forecast_input(desk, NOW, days=1).start.backlog
    day = StudyDay(start_hour=desk.settings.day_start_hour)
    moved = after.asked_ms(day) - before.asked_ms(day)
    assert after.asked_ms(day).max() >= to_ms(NOW + timedelta(days=400))
    assert np.count_nonzero(moved >= 9 * 86_400_000) >= np.count_nonzero(before.memories.stage == 2)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"), first_row_quick([("ko", "꾸러미별 (지금 설정)"), ("en", "by pack")])
)
def test_packs_of_unequal_retention_stand_in_a_row_of_their_own(
    tmp_path: Path, desk: Desk, language: str, said: str
) -> None:
    assert desk.home == tmp_path
    desk.close()
    (tmp_path / "settings.toml").write_text(f"[packs.{PACK}]\ndesired_retention = 0.8\n", "utf-8")
    again = Desk.open(tmp_path, MACHINE_CLOCK)
    outlook = read_forecast_input(again, NOW, days=2)
    again.close()
    forecast = make_forecast(outlook.start, [0.9], draws=5, seed=0)
    assert (forecast.as_set.retention, len(forecast.retentions)) == (None, 1)
    lines = forecast_lines(forecast, outlook, "ko" if language == "ko" else "en")
    assert [line for line in lines if line.startswith(said)] != []


def test_a_vacation_that_runs_is_time_away(desk: Desk) -> None:
    take_vacation(desk.log, 3, NOW - timedelta(days=1))
    start = read_forecast_input(desk, NOW, days=4).start
    assert start.rules.away.tolist() == [True, True, False, False]
    daily = make_forecast(start, [], draws=3, seed=0).daily
    assert [one.reviews.high for one in daily[:2]] == [0, 0]
    assert daily[2].reviews.high > 0


def test_a_break_set_ahead_is_time_away(desk: Desk) -> None:
    set_break(desk, desk.log.day_of(NOW) + 1, 2, NOW)
    start = read_forecast_input(desk, NOW, days=4).start
    assert start.rules.away.tolist() == [False, True, True, False]
    daily = make_forecast(start, [], draws=3, seed=0).daily
    assert [one.reviews.high for one in daily[1:3]] == [0, 0]


def test_an_exam_paces_new_items_until_its_day(desk: Desk) -> None:
    desk.settings = replace(desk.settings, new_per_day=2)
    assert read_forecast_input(desk, NOW, days=9).start.limits.new_on(9).tolist() == [2] * 9
    set_exam(desk, desk.log.day_of(NOW) + 12, ["deep-learning-notes"], NOW)
    [exam] = exams_ahead(desk, NOW)
    wanted = read_forecast_input(desk, NOW, days=20).start.limits.new_on(20).tolist()
    assert exam.new_today > 2
    paced = wanted[: 12 - SETTLING_DAYS]
    assert sum(paced) == exam.unbegun
    assert max(paced) - min(paced) <= 1
    assert wanted[len(paced) :] == [2] * (20 - len(paced))
