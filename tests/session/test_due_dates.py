"""Days that a learner sets for items: by hand, against vacations, undo, resets and merging."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.clock import Clock
from studytool.errors import NotFoundError, StudytoolError
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import as_date
from studytool.session.breaks import set_break
from studytool.session.desk import Desk
from studytool.session.due_dates import Target, earlier, later, on_day, set_due
from studytool.session.items import read_rows
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.deeds import reset_item, take_vacation
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ONE, TWO, NEW, STEPS = (f"small/{slug}" for slug in ("one", "two", "new", "steps"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """ONE is due in the future, TWO overdue, NEW new and STEPS in learning steps."""
    slugs = ("one", "two", "new", "steps")
    desk = desk_with(tmp_path, [(slug, "things", "") for slug in slugs])
    desk.log.append_review(draft(ONE, Rating.EASY, NOW - DAY))
    desk.log.append_review(draft(TWO, Rating.EASY, NOW - 60 * DAY))
    desk.log.append_review(draft(STEPS, Rating.GOOD, NOW - DAY / 1440))
    yield desk
    desk.close()


def _set(desk: Desk, target: Target, *items: str) -> list[tuple[date | None, date | None]]:
    return [(one.before, one.due) for one in set_due(desk, items, target, NOW)]


def _due(desk: Desk, item: str) -> date:
    [status] = desk.log.statuses(items=[item])
    assert status.due_day is not None
    return as_date(status.due_day)


def _today(desk: Desk) -> date:
    return as_date(desk.log.day_of(NOW))


def test_a_day_is_set_and_read_back_everywhere(desk: Desk) -> None:
    today = _today(desk)
    before = _due(desk, ONE)
    assert _set(desk, on_day(desk, NOW, 3, relative=True), ONE) == [(before, today + 3 * DAY)]
    assert _due(desk, ONE) == today + 3 * DAY
    memory = desk.log.state(ONE)
    assert memory.last_review == NOW - DAY  # the memory itself is as it was
    assert _set(desk, on_day(desk, NOW, 0, relative=True), ONE)[0][1] == today
    [row] = read_rows(desk, NOW, items=[ONE])
    assert row.due_now


def test_later_and_earlier_count_from_today_what_is_overdue(desk: Desk) -> None:
    today = _today(desk)
    one, two = _due(desk, ONE), _due(desk, TWO)
    assert two < today < one
    assert _set(desk, later(5), ONE, TWO) == [(one, one + 5 * DAY), (two, today + 5 * DAY)]
    assert _set(desk, earlier(2), ONE) == [(one + 5 * DAY, one + 3 * DAY)]
    assert _set(desk, earlier(3650), ONE, TWO) == [
        (one + 3 * DAY, today),
        (today + 5 * DAY, today),
    ]
    assert _set(desk, earlier(1), ONE) == [(today, today)]


def test_what_has_no_day_is_left_alone(desk: Desk) -> None:
    n = len(list(desk.log.events()))
    assert _set(desk, later(5), NEW, STEPS) == [(None, None), (None, None)]
    assert len(list(desk.log.events())) == n


def test_undo_takes_a_day_back_and_redo_sets_it_again(desk: Desk) -> None:
    before = _due(desk, ONE)
    _set(desk, later(5), ONE)
    desk.log.undo(NOW)
    assert _due(desk, ONE) == before
    desk.log.redo(NOW)
    assert _due(desk, ONE) == before + 5 * DAY


def test_a_review_ends_it(desk: Desk) -> None:
    _set(desk, later(5), TWO)
    desk.log.append_review(draft(TWO, Rating.GOOD, NOW + DAY / 24))
    [status] = desk.log.statuses(items=[TWO])
    assert status.due_day == status.memory.due_day
    desk.log.undo(NOW + DAY / 12)  # the review: the day that was set is in force again
    assert _due(desk, TWO) == _today(desk) + 5 * DAY


def test_a_reset_ends_it(desk: Desk) -> None:
    _set(desk, later(5), ONE)
    reset_item(desk.log, ONE, NOW + DAY / 24)
    desk.log.append_review(draft(ONE, Rating.EASY, NOW + DAY / 12))
    [status] = desk.log.statuses(items=[ONE])
    assert status.due_day == status.memory.due_day


def test_a_later_vacation_puts_it_off_and_an_earlier_one_does_not(desk: Desk) -> None:
    today = _today(desk)
    take_vacation(desk.log, 7, NOW)
    _set(desk, on_day(desk, NOW + DAY / 24, 3, relative=True), ONE)
    assert _due(desk, ONE) == today + 3 * DAY
    take_vacation(desk.log, 10, NOW + DAY / 12)
    assert _due(desk, ONE) == today + 13 * DAY
    desk.log.undo(NOW + DAY / 12)
    assert _due(desk, ONE) == today + 3 * DAY


def test_a_later_break_puts_it_off_and_an_earlier_one_does_not(desk: Desk) -> None:
    today, number = _today(desk), desk.log.day_of(NOW)
    set_break(desk, number + 2, 4, NOW)
    _set(desk, on_day(desk, NOW + DAY / 24, 3, relative=True), ONE)
    assert _due(desk, ONE) == today + 3 * DAY
    set_break(desk, number + 3, 2, NOW + DAY / 12)  # in the other
    assert _due(desk, ONE) == today + 7 * DAY
    desk.log.undo(NOW + DAY / 12)
    assert _due(desk, ONE) == today + 3 * DAY


def test_the_latest_of_two_devices_wins_on_both(desk: Desk, tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.absorb(desk.log.events())
        _set(desk, later(5), ONE)
        _set(desk, later(9), ONE)
        other.absorb(desk.log.events())
        desk.log.absorb(other.events())
        here, there = (next(log.statuses(items=[ONE])) for log in (desk.log, other))
        assert here.due_day == there.due_day


def test_a_day_outlives_a_new_fold(desk: Desk, tmp_path: Path) -> None:
    _set(desk, later(5), ONE)
    before = _due(desk, ONE)
    with ReviewLog.open(tmp_path / "anew.db") as anew:
        anew.absorb(desk.log.events())
        [status] = anew.statuses(items=[ONE])
        [own] = desk.log.statuses(items=[ONE])
        assert status.due_day == own.due_day
    assert _due(desk, ONE) == before


@pytest.mark.parametrize("days", first_quick([-1, 3651]))
def test_a_day_out_of_reach_is_refused(desk: Desk, days: int) -> None:
    with pytest.raises(StudytoolError, match="it must be a day from 2026-"):
        on_day(desk, NOW, days, relative=True)


def test_an_unknown_item_keeps_all_as_it_was(desk: Desk) -> None:
    before = _due(desk, ONE)
    with pytest.raises(NotFoundError, match="small/one"):
        _set(desk, later(5), ONE, "small/onee")
    assert _due(desk, ONE) == before


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["item", *arguments], env={"STUDYTOOL_HOME": str(home)})


def test_the_commands(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(language="en"))
    now = datetime.now(UTC)  # noqa: TID251 - the commands read the clock too
    desk = Desk.open(tmp_path, Clock(lambda: now, lambda _: 0))
    he, rate = (f"deep-learning-notes/{slug}" for slug in ("he-sd", "cosine-rate"))
    desk.log.append_review(draft(he, Rating.EASY, now - DAY))
    desk.close()

    def moved(*arguments: str) -> list[dict[str, Any]]:
        run = _run(tmp_path, *arguments, "--json")
        assert run.exit_code == 0, run.output
        rows: list[dict[str, Any]] = json.loads(run.output)["items"]
        return rows

    [set_] = moved("set-due", "+9d", "he-sd")
    [postponed] = moved("postpone", "2", "--search", "stability>1")
    [advanced] = moved("advance", "1", "he-sd")
    days = [date.fromisoformat(one["due"]) for one in (set_, postponed, advanced)]
    assert [days[1] - days[0], days[2] - days[1]] == [2 * DAY, -DAY]
    assert moved("postpone", "2", "--search", "is:new") == []
    said = _run(tmp_path, "postpone", "1", "he-sd", "cosine-rate").output
    assert f"{he}: due on {days[2] + DAY} (it was {days[2]})." in said
    assert f"{rate}: it is new" in said
    for arguments, wanted in (
        (("postpone", "1"), "name the items: write ITEMs, or --search Q."),
        (("set-due", "9d", "he-sd"), "'9d' may lie ahead or behind; write +9d or -9d."),
        (("set-due", "yesterday", "he-sd"), "it must be a day from"),
        (("set-due", "2026-02-30", "he-sd"), "'2026-02-30' is no day"),
        (("advance", "0", "he-sd"), "0 is not in the range"),
        (("postpone", "1", "--search", "is:nwe"), "Did you mean 'new'?"),
    ):
        refused = _run(tmp_path, *arguments)
        assert (refused.exit_code, wanted in refused.stderr) == (2, True), refused.stderr
