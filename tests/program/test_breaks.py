"""Breaks set ahead: nothing falls due in one, undo takes it back, and it is listed everywhere."""

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.cli import program
from studytool.clock import MACHINE_CLOCK
from studytool.faults import Fault
from studytool.review_log.delays import BreakSpan
from studytool.review_log.events import Vacation
from studytool.review_log.log import ReviewLog
from studytool.session.breaks import read_breaks, set_break
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.srs.rating import Rating
from studytool.wording.breaks import break_line
from tests.review_log.drafts import draft
from tests.review_log.refusals import refused
from tests.session.packs import desk_with

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SLUGS = [f"s{n}" for n in range(9)]
LISTED = [(f"small/{slug}", f"c{slug}", n) for n, slug in enumerate(SLUGS)]


def _reviewed(folder: Path) -> Desk:
    """Items that fall due on many days: each seen twice, the further apart the later."""
    desk = desk_with(folder, [(slug, f"c{slug}", "") for slug in SLUGS])
    _review_all(desk.log)
    return desk


def _review_all(log: ReviewLog) -> None:
    for n, slug in enumerate(SLUGS):
        log.append_review(draft(f"small/{slug}", Rating.EASY, NOW - (2 * n + 2) * DAY))
        log.append_review(draft(f"small/{slug}", Rating.GOOD, NOW - DAY))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = _reviewed(tmp_path)
    yield desk
    desk.close()


def _due_days(log: ReviewLog) -> dict[str, int]:
    return {one.item: one.due_day for one in log.statuses() if one.due_day is not None}


def test_what_falls_due_in_a_break_does_so_as_many_days_later(desk: Desk) -> None:
    before, today = _due_days(desk.log), desk.log.day_of(NOW)
    first = sorted(before.values())[len(before) // 3]
    off = range(first, first + 10)
    report = set_break(desk, first, 10, NOW)
    wanted = {item: day + 10 if day in off else day for item, day in before.items()}
    assert _due_days(desk.log) == wanted
    assert report.moved == sum(day in off for day in before.values()) > 0
    assert set(before.values()) - set(off)  # others stay
    assert desk.log.forecast(NOW, days=60)[first - today :][:10] == [0] * 10
    desk.log.undo(NOW)
    assert _due_days(desk.log) == before
    desk.log.redo(NOW)
    assert _due_days(desk.log) == wanted


def test_a_review_that_leads_into_a_break_leads_behind_it(desk: Desk) -> None:
    today = desk.log.day_of(NOW)
    set_break(desk, today + 1, 3000, NOW)
    desk.log.append_review(draft("small/s0", Rating.GOOD, NOW))
    [status] = desk.log.statuses(items=["small/s0"])
    assert status.memory.due_day is not None
    assert today < status.memory.due_day
    assert status.due_day == status.memory.due_day + 3000


BREAKS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([1, 4, 15])), max_size=4)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(breaks=BREAKS)
def test_no_due_day_lies_in_a_break_whatever_the_order_they_were_set_in(
    breaks: list[tuple[int, int]],
) -> None:
    found = []
    for order in (breaks, breaks[::-1]):
        with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "a.db") as log:
            log.register("small", LISTED)
            _review_all(log)
            today = log.day_of(NOW)
            for first, days in order:
                log.append(Vacation, NOW, days=days, first=today + first)
            off = {today + first + n for first, days in breaks for n in range(days)}
            due_days = _due_days(log)
            assert not off & set(due_days.values())
            assert log.days_off() == off
            found.append((due_days, [(one.first, one.end) for one in log.breaks_ahead(0)]))
    assert found[0] == found[1]


def test_another_device_has_the_same_and_order_stays(desk: Desk, tmp_path: Path) -> None:
    before = sorted(_due_days(desk.log).items(), key=lambda one: (one[1], one[0]))
    first = before[0][1]
    set_break(desk, first, 100, NOW)
    after = sorted(_due_days(desk.log).items(), key=lambda one: (one[1], one[0]))
    assert [item for item, _ in after] == [item for item, _ in before]
    with ReviewLog.open(tmp_path / "other.db") as other:
        other.register("small", LISTED)
        other.absorb(reversed(list(desk.log.events())))
        assert _due_days(other) == _due_days(desk.log)
        assert other.breaks_ahead(0) == desk.log.breaks_ahead(0)


def test_home_and_due_name_it_until_it_is_over(desk: Desk) -> None:
    today = desk.log.day_of(NOW)
    set_break(desk, today + 2, 3, NOW)
    [span] = read_overview(desk, NOW).breaks
    assert (span.first, span.end) == (today + 2, today + 5)
    assert read_breaks(desk, NOW + 4 * DAY) == (span,)
    assert read_breaks(desk, NOW + 5 * DAY) == ()


def test_a_vacation_that_runs_is_listed_too(desk: Desk) -> None:
    desk.log.append(Vacation, NOW, days=2)
    [span] = read_breaks(desk, NOW)
    assert (span.days, span.first) == (2, desk.log.day_of(NOW))


def test_its_lines_in_both_languages() -> None:
    first = (date(2026, 12, 12) - date(1970, 1, 1)).days
    long, short = BreakSpan(first, first + 9), BreakSpan(first, first + 1)
    assert break_line(long, "en") == "break from 2026-12-12 to 2026-12-20 (9 days)"
    assert break_line(long, "ko") == "휴가: 2026-12-12부터 2026-12-20까지(9일)"
    assert break_line(short, "en") == "break on 2026-12-12"
    assert break_line(short, "ko") == "휴가: 2026-12-12 하루"


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('language = "en"\n')
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ("vacation", *arguments))


def test_the_command_sets_and_lists_and_undo_takes_back(home: Path) -> None:
    assert _run().output.startswith("no break is set; to set one:")
    said = _run("--from", "+5d", "--to", "+9d").output.splitlines()
    assert said[0] == "the break is set (reviews put off: 0); studytool undo takes it back."
    assert said[1].startswith("break from ")
    assert said[1].endswith(" (5 days)")
    [listed] = json.loads(_run("--json").output)["breaks"]
    desk = Desk.open(home, MACHINE_CLOCK)
    today = desk.log.day_of(desk.clock.now())
    desk.close()
    assert (date.fromisoformat(listed["first"]) - date(1970, 1, 1)).days == today + 5
    assert listed["days"] == 5
    due = CliRunner().invoke(program, ("due",)).output
    assert said[1] in due.splitlines()
    assert CliRunner().invoke(program, ("exam", "+12d", "--minutes", "7")).exit_code == 0
    ahead = json.loads(CliRunner().invoke(program, ("due", "--json")).output)
    assert ahead["breaks"] == [listed]
    exams = json.loads(CliRunner().invoke(program, ("exam", "--json")).output)["exams"]
    assert ahead["exams"] == exams
    assert [one["minutes"] for one in exams] == [7]
    assert CliRunner().invoke(program, ("exam", "--remove")).exit_code == 0
    again = json.loads(_run("--from", listed["last"], "2", "--json").output)["breaks"]
    assert [one["days"] for one in again] == [6]  # they overlap
    for left in (5, None):
        assert CliRunner().invoke(program, ("undo",)).exit_code == 0
        days = [one["days"] for one in json.loads(_run("--json").output)["breaks"]]
        assert days == ([] if left is None else [left])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "+3d"), "--to needs --from"),
        (("--from", "+3d"), "--from takes either --to or DAYS"),
        (("--from", "+3d", "--to", "+4d", "2"), "--from takes either --to or DAYS"),
        (("--from", "today", "2"), "--from: it must be a day from"),
        (("--from", "2020-01-01", "2"), "a vacation that begins now is studytool vacation DAYS"),
        (("--from", "+3651d", "2"), "--from: it must be a day from"),
        (("--from", "+3d", "--to", "+2d"), "--to: the last day of the break must be from"),
        (("--from", "+3d", "--to", "+3653d"), "--to: the last day of the break must be from"),
    ],
)
def test_what_is_no_break_is_refused(home: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = _run(*arguments)
    assert said in str(refused.exception) + refused.output
    assert refused.exit_code != 0
    desk = Desk.open(home, MACHINE_CLOCK)
    assert read_breaks(desk, desk.clock.now()) == ()
    desk.close()


def test_no_other_program_comes_between_what_a_break_compares(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore just then would put another log in place, with other items than were seen before."""
    append = desk.log.append

    def meanwhile(*given: Any, **named: Any) -> object:
        with refused(Fault.LOCKED), ReviewLog.open(desk.home / "reviews.db", busy_seconds=0) as log:
            log.register("small", [])
        return append(*given, **named)

    monkeypatch.setattr(desk.log, "append", meanwhile)
    assert set_break(desk, desk.log.day_of(NOW) + 1, 30, NOW).moved > 0
