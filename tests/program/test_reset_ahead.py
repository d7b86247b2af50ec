"""``item reset`` and ``undo --review`` after a clock that ran ahead; study days as clocks are set."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.clock import MACHINE_CLOCK, local_offset_minutes
from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.review_log.study_days import StudyDays
from studytool.session.acts import Acts
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.cases import first_quick, first_row_quick
from tests.review_log.days import day_start
from tests.review_log.drafts import DAY, draft

HE, XAVIER = "deep-learning-notes/he-sd", "deep-learning-notes/xavier-variance"
NOW = datetime.now(UTC)  # noqa: TID251 - the commands read the clock too


@pytest.fixture
def ahead(tmp_path: Path) -> list[str]:
    """The ids of the reviews dated in the future; latest first, as they are listed."""
    save_settings(tmp_path, Settings(language="en"))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    for days in (-3, -2):
        desk.log.append_review(draft(HE, Rating.GOOD, NOW + days * DAY))
    made = [
        desk.log.append_review(draft(item, Rating.EASY, NOW + days * DAY))
        for item, days in ((HE, 400), (HE, 300), (XAVIER, 300))
    ]
    desk.close()
    return [review.id for review in made]


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(program, [*arguments], env={"STUDYTOOL_HOME": str(home)})


def _json(home: Path, *arguments: str) -> Any:
    run = _run(home, *arguments, "--json")
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout)


def test_a_reset_says_what_still_counts_and_its_way_out_works(
    tmp_path: Path, ahead: list[str]
) -> None:
    text = _run(tmp_path, "item", "reset", HE).output
    assert "new again" not in text
    assert "reviews that no longer count: 2" in text
    assert "dated in the future still count: 2" in text
    assert "studytool undo takes it back" in text
    commands = [line.split()[1:4] for line in text.splitlines() if line.startswith("  studytool")]
    assert commands == [["undo", "--review", id_] for id_ in ahead[:2]]
    for command in commands:
        assert _run(tmp_path, *command).exit_code == 0
    assert _json(tmp_path, "item", "show", HE)["stage"] == "new"
    assert "already new" in _run(tmp_path, "item", "reset", HE).output


def test_where_a_reset_would_change_nothing_none_is_written(
    tmp_path: Path, ahead: list[str]
) -> None:
    [both] = _json(tmp_path, "item", "reset", HE)["items"]
    assert both == {
        "item": HE, "changed": True, "reviews_forgotten": 2, "reviews_ahead": ahead[:2],
    }  # fmt: skip
    events = _json(tmp_path, "undo")["undone"]["kind"], _json(tmp_path, "undo", "--redo")
    assert events[0] == "reset"
    for item, ids in ((HE, ahead[:2]), (XAVIER, ahead[2:])):
        assert _json(tmp_path, "item", "reset", item)["items"] == [
            {"item": item, "changed": False, "reviews_forgotten": 0, "reviews_ahead": ids}
        ]
    assert _json(tmp_path, "undo")["undone"]["kind"] == "reset"
    assert _json(tmp_path, "undo")["undone"]["kind"] == "review"  # there was one reset


@pytest.mark.parametrize(
    ("language", "words"),
    first_row_quick(
        [
            (
                "ko",
                ["그래도 새 문항은 아닙니다", "날짜가 미래인 복습 1회", "studytool undo --review"],
            ),
            ("en", ["it is not new", "still count: 1", "studytool undo --review"]),
        ]
    ),
)
def test_it_is_said_in_the_learners_language(
    tmp_path: Path, ahead: list[str], language: Language, words: list[str]
) -> None:
    assert ahead
    save_settings(tmp_path, Settings(language=language))
    text = _run(tmp_path, "item", "reset", XAVIER).output
    assert [word for word in words if word not in text] == []


def test_undo_of_a_review_and_back(tmp_path: Path, ahead: list[str]) -> None:
    shown = _json(tmp_path, "item", "show", HE)["last_reviews"]
    assert [one["id"] for one in shown[:2]] == ahead[:2]
    oldest = shown[-1]["id"]
    undone = _json(tmp_path, "undo", "--review", oldest)["undone"]
    assert (undone["kind"], undone["id"], undone["item"]) == ("review", oldest, HE)
    assert len(_json(tmp_path, "item", "show", HE)["last_reviews"]) == 3
    assert _json(tmp_path, "undo", "--redo")["redone"] == undone
    assert _json(tmp_path, "item", "show", HE)["last_reviews"] == shown


def test_undo_refuses_what_is_no_review(tmp_path: Path, ahead: list[str]) -> None:
    taken = ("undo", "--review", ahead[0])
    assert _run(tmp_path, *taken).exit_code == 0
    for arguments, said in (
        (taken, f"no review named '{ahead[0]}'. The ids are in studytool item show ITEM"),
        (("undo", "--review", "x"), "no review named 'x'"),
        ((*taken, "--redo"), "cannot be combined"),
    ):
        run = _run(tmp_path, *arguments)
        assert (run.exit_code, run.stdout) == (2, "")
        assert said in run.stderr


# --- study days -----------------------------------------------------------------------------------


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("TZ and tzset are of POSIX")
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    "day",
    first_quick(
        [
            "2026-03-28",
            "2026-03-29",  # clocks go forward, at 02:00
            "2026-03-30",
            "2026-10-25",  # and back, at 03:00
            "2026-10-26",
        ]
    ),
)
def test_an_item_buried_until_a_date_comes_back_as_that_study_day_begins(
    tmp_path: Path, day: str
) -> None:
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    as_date = date.fromisoformat(day)
    for start_hour in (0, 2, 3, 4, 13, 23):
        desk.log.days = StudyDays(local_offset_minutes, start_hour)
        eve = datetime.fromisoformat(f"{day}T00:00Z") + timedelta(hours=start_hour - 12)
        begin = day_start(eve, start_hour=start_hour, offset_at=local_offset_minutes, days=1)
        assert _acts(desk, eve - 9 * DAY).study_day_start(as_date) == begin
        assert _acts(desk, eve).bury(HE).until == begin
        with pytest.raises(StudytoolError, match="must be a date from"):
            _acts(desk, begin).study_day_start(as_date)
    desk.close()


@pytest.mark.usefixtures("berlin")
def test_where_the_hour_is_left_out_the_day_begins_after_the_gap(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(day_start_hour=2))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    until = _acts(desk, datetime(2026, 3, 1, tzinfo=UTC)).study_day_start(date(2026, 3, 29))
    desk.close()
    assert until == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 03:00 in summer time


def _acts(desk: Desk, now: datetime) -> Acts:
    return Acts(desk.log, now)
