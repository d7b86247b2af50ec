"""``studytool vacation``: every review later by the same, and undo takes it back."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.clock import local_offset_minutes
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.srs.rating import Rating
from tests.review_log.drafts import draft
from tests.review_log.queue import due_items, due_of

DAY = timedelta(days=1)


@pytest.fixture
def began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Two items in the review stage and one in its steps, reviewed ten days ago."""
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('language = "en"\n')
    began = datetime.now(UTC) - 10 * DAY  # noqa: TID251 - the command reads the clock too
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.register("pack", [(f"pack/{slug}", "a", n) for n, slug in enumerate("abc")])
        log.append_review(draft("pack/a", Rating.EASY, began))
        log.append_review(draft("pack/b", Rating.EASY, began + DAY))
        log.append_review(draft("pack/c", Rating.AGAIN, began))
    return began


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def _due(home: Path, when: datetime) -> list[str]:
    with ReviewLog.open(home / "reviews.db", days=StudyDays(local_offset_minutes, 4)) as log:
        return due_items(log, when)


def test_reviews_are_later_by_as_many_days_and_steps_are_not(
    tmp_path: Path, began: datetime
) -> None:
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.days = StudyDays(local_offset_minutes, 4)
        due = {item: due_of(log, item) for item in ("pack/a", "pack/b")}
    found = _run("vacation", "14", "--json")
    assert found.exit_code == 0
    for item, instant in due.items():
        assert item not in _due(tmp_path, instant + 14 * DAY - timedelta(seconds=1))
        assert item in _due(tmp_path, instant + 14 * DAY)
    assert _due(tmp_path, began + DAY) == ["pack/c"]
    first = min(due.values()) + 14 * DAY
    assert json.loads(found.output) == {
        "days": 14,
        "moved": 2,
        "due": 0,
        "next": first.isoformat(timespec="seconds"),
    }


def test_a_review_after_it_sets_its_date_as_ever(tmp_path: Path, began: datetime) -> None:
    now = began + 20 * DAY
    assert _run("vacation", "14").exit_code == 0
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.append_review(draft("pack/a", Rating.GOOD, now))
        due = due_of(log, "pack/a")
        assert "pack/a" in due_items(log, due)
        assert "pack/a" not in due_items(log, due - timedelta(seconds=1))


def test_undo_takes_it_back_and_two_add_up(tmp_path: Path, began: datetime) -> None:
    later = began + 12 * DAY
    before = _due(tmp_path, later)
    assert _run("vacation", "7").exit_code == 0
    assert _run("vacation", "7").exit_code == 0
    assert _due(tmp_path, later + 14 * DAY) == before
    assert _due(tmp_path, later) == ["pack/c"]
    assert json.loads(_run("undo", "--json").output)["undone"]["kind"] == "vacation"
    assert _due(tmp_path, later + 7 * DAY) == before
    assert _run("undo").exit_code == 0
    assert _due(tmp_path, later) == before
    assert json.loads(_run("undo", "--redo", "--json").output)["redone"]["kind"] == "vacation"
    assert _due(tmp_path, later + 7 * DAY) == before


def test_what_was_overdue_by_more_is_said_to_be_due_still(tmp_path: Path, began: datetime) -> None:
    now = began + 10 * DAY
    assert {"pack/a", "pack/b"} <= set(_due(tmp_path, now))  # overdue by less than 5 days
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        log.register("late", [("late/a", "a", 0), ("late/b", "a", 1)])
        log.append_review(draft("late/a", Rating.EASY, now - 100 * DAY))
        log.append_review(draft("late/b", Rating.EASY, now - 100 * DAY))
    found = json.loads(_run("vacation", "5", "--json").output)
    assert (found["moved"], found["due"]) == (4, 2)
    assert set(_due(tmp_path, now)) == {"late/a", "late/b", "pack/c"}
    english = _run("vacation", "1").output
    assert "(days: 1, reviews: 4)" in english
    assert "still due now, since they were overdue by more: 2\n" in english
    assert "in learning steps, which are not put off: 1\n" in english
    assert "of the items begun, next due: " in english  # due knows when new ones come again
    (tmp_path / "settings.toml").write_text('language = "ko"\n')
    korean = _run("vacation", "1").output
    assert "(복습 4개)" in korean
    assert "지금도 할 복습: 2개" in korean
    assert json.loads(_run("vacation", "365", "--json").output)["due"] == 0


@pytest.mark.parametrize("days", ["0", "-3", "3651", "x"])
def test_a_number_of_days_out_of_range_is_refused(began: datetime, days: str) -> None:
    assert began
    refused = _run("vacation", "--", days)
    assert refused.exit_code == 2
    assert "DAYS" in refused.output
