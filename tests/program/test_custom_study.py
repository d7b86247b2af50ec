"""``studytool study`` with the options of custom study, line by line."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.in_process import run_program
from tests.review_log.drafts import draft

PACK = "deep-learning-notes"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One item due in a week, and one forgotten today by a misconception, whose step is not over."""
    home = tmp_path_factory.mktemp("home")
    steps = {"learning_steps_minutes": (600,), "relearning_steps_minutes": (600,)}
    save_settings(home, Settings(language="en", new_per_day=1, spread_load=False, **steps))  # type: ignore[arg-type] # its fields
    desk = Desk.open(home, MACHINE_CLOCK)
    now = datetime.now(UTC)  # noqa: TID251 - the command reads the clock too
    here = MACHINE_CLOCK.offset_minutes(now)  # today is meant by the zone that the command runs in
    learned = draft(f"{PACK}/he-sd", Rating.EASY, now - DAY)
    desk.log.append_review(replace(learned, offset_minutes=here))
    missed = replace(draft(f"{PACK}/xavier-variance", Rating.AGAIN, now), offset_minutes=here)
    missed = replace(missed, outcome=Outcome.WRONG, misconception="no-mean")
    desk.log.append_review(missed)
    desk.close()
    return home


@pytest.mark.parametrize(
    ("options", "first"),
    [
        (["--ahead", "9"], "custom study · answered 0 · left 2 · learning 0"),
        (["--ahead", "1"], "custom study · answered 0 · left 1 · learning 0"),
        (["--forgotten"], "custom study · answered 0 · left 1 · learning 0"),
        (["--forgotten", PACK], "custom study · answered 0 · left 1 · learning 0"),
        (["--forgotten", "3", PACK], "custom study · answered 0 · left 1 · learning 0"),
        ([PACK, "--misconception"], "custom study · answered 0 · left 1 · learning 0"),
        (["--misconception", "no-mean"], "custom study · answered 0 · left 1 · learning 0"),
        (["--search", "item:he-sd", "--ahead", "9"], "custom study · answered 0 · left 1 "),
        (["--search", "item:he-sd"], "Nothing is due now."),
        (["--search", "item:he-sd", "--cram"], "cram · left 1 · answered 0 · not recorded"),
        (["--forgotten", "--search", "item:he-sd"], "No item fits what you asked for."),
    ],
)
def test_each_option_asks_what_it_says(home: Path, options: list[str], first: str) -> None:
    run = run_program("study", "--plain", *options, home=home, typed=":q\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert first in run.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--ahead", "1", "--forgotten"], "--forgotten asks items whether they are due or not;"),
        (["--new", "1", "--cram"], "--cram asks new items too and records nothing; leave --new"),
        (["--misconception", PACK], "Write packs before the option"),
        (["--search", "is:nothing"], "search, column 4"),
        (["--concept", "nothing", "--new", "1"], "no concept named 'nothing'"),
    ],
)
def test_what_makes_no_sense_is_refused(home: Path, options: list[str], said: str) -> None:
    run = run_program("study", "--plain", *options, home=home)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr


def test_more_new_items_are_promised_by_due_too_and_taken_back_by_undo(home: Path) -> None:
    def new() -> int:
        due = json.loads(run_program("due", "--json", home=home).stdout)
        return int(due["total"]["new"])

    before = new()
    run = run_program("study", "--plain", "--new", "3", home=home)
    counted = next(line for line in run.stdout.splitlines() if line.startswith("answered 0"))
    assert counted.endswith(f"new {before + 3}")
    assert f"New items left for today: {before + 3}." in run.stdout
    assert new() == before + 3
    assert "taken back: more new items today" in run_program("undo", home=home).stdout
    assert new() == before
