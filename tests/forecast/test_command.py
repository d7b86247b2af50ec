"""``studytool forecast``: its keys, its words, its refusals, and Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_folders
from studytool.cli.forecast import command
from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.session.agenda_walk import exams_ahead
from studytool.session.desk import Desk
from studytool.session.exams import set_exam
from studytool.srs.rating import Rating
from studytool.wording.exam import exam_line
from tests.cases import first_row_quick
from tests.review_log.deeds import set_suspended

PACK = "deep-learning-notes"
ITEMS = (f"{PACK}/xavier-variance", f"{PACK}/he-sd")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    began = datetime.now(UTC) - timedelta(days=60)  # noqa: TID251 - the command reads the clock too
    for item in ITEMS:
        desk.log.append_review(
            ReviewDraft(
                item=item,
                revision="r",
                seed=0,
                answer="1",
                outcome=Outcome.RIGHT,
                rating=Rating.EASY,
                time=began,
                offset_minutes=0,
                duration_ms=60_000,
            )
        )
    desk.close()
    return tmp_path


def _json(*arguments: str) -> dict[str, Any]:
    run = CliRunner().invoke(command, [*arguments, "--json"])
    assert run.exit_code == 0, run.output
    read: dict[str, Any] = json.loads(run.output)
    return read


BAND = ["mean", "low", "median", "high"]


@pytest.mark.usefixtures("home")
def test_keys() -> None:
    found = _json("--days", "3", "--draws", "10", "--retention", "0.8,0.9")
    assert list(found) == [
        "days", "draws", "seed", "items", "new", "daily", "as_set", "retentions",
        "exams",
    ]  # fmt: skip
    assert (found["days"], found["draws"], found["items"]) == (3, 10, 2)
    assert [list(one) for one in found["daily"]] == [["day", "reviews", "minutes"]] * 3
    assert list(found["daily"][0]["reviews"]) == BAND
    outcome = ["retention", "reviews_a_day", "minutes_a_day", "known", "left"]
    assert [list(one) for one in found["retentions"]] == [outcome] * 2
    assert [one["retention"] for one in found["retentions"]] == [0.8, 0.9]
    assert found["as_set"] == found["retentions"][1]  # 0.9 is the default


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_exam_ahead_is_in_it_as_home_has_it(home: Path, language: Language) -> None:
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        now = datetime.now(UTC)  # noqa: TID251 - as above
        set_exam(desk, desk.log.day_of(now) + 9, [PACK], now)
        [exam] = exams_ahead(desk, now)
    few = ["--days", "3", "--draws", "4", "--retention", "0.9"]
    run = CliRunner().invoke(command, [*few, "--lang", language])
    assert exam_line(exam, language) in run.output.splitlines()
    [told] = _json(*few)["exams"]
    assert (told["days"], told["targets"]) == (9, [PACK])


@pytest.mark.usefixtures("home")
def test_a_suspended_item_is_no_part_of_it(home: Path) -> None:
    desk = Desk.open(home, MACHINE_CLOCK)
    set_suspended(desk.log, ITEMS[0], True, datetime.now(UTC))  # noqa: TID251 - as above
    desk.close()
    assert _json("--days", "1")["items"] == 1


@pytest.mark.usefixtures("home")
def test_no_new_items_where_the_settings_allow_none(home: Path) -> None:
    (home / "settings.toml").write_text("new_per_day = 0\n", "utf-8")
    found = _json("--days", "30")
    assert found["new"] == 0
    assert found["daily"][0]["reviews"]["low"] >= 2  # both items are long overdue


@pytest.mark.usefixtures("home")
def test_packs_with_their_own_retention_have_no_single_one(home: Path) -> None:
    own = f"[packs.{PACK}]\ndesired_retention = 0.85\n"
    (home / "settings.toml").write_text(own, "utf-8")
    assert _json("--days", "1")["as_set"]["retention"] is None
    own = "".join(f"[packs.{one}]\ndesired_retention = 0.85\n" for one in bundled_folders())
    (home / "settings.toml").write_text(own, "utf-8")
    assert _json("--days", "1")["as_set"]["retention"] == 0.85  # all items are of these packs


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words"),
    first_row_quick(
        [
            (
                "ko",
                [
                    "앞으로 20일",
                    "공부한 문항 2개",
                    "하루 복습",
                    "90% (지금 설정)",
                    "마지막 날 기억하는",
                ],
            ),
            (
                "en",
                ["the next 20 days", "2 items studied", "reviews a day", "90% (current)", "known"],
            ),
        ]
    ),
)
@pytest.mark.usefixtures("home")
def test_text(language: str, words: list[str]) -> None:
    run = CliRunner().invoke(command, ["--days", "20", "--lang", language])
    assert [word for word in words if word not in run.output] == []


def test_without_items_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text("new_per_day = 0\n", "utf-8")
    run = CliRunner().invoke(command, ["--lang", "en"])
    assert run.exit_code == 0
    assert run.output.startswith("there are no items to forecast")
    assert _json("--days", "2")["as_set"]["known"]["high"] == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    first_row_quick(
        [
            (["--retention", "0.5"], "0.7–0.97"),
            (["--retention", "0.9,high"], "0.9,high"),
            (["--days", "366"], "1<=x<=365"),
            (["--draws", "1"], "2<=x<=10000"),
        ]
    ),
)
@pytest.mark.usefixtures("home")
def test_refusals(arguments: list[str], why: str) -> None:
    run = CliRunner().invoke(command, arguments)
    assert run.exit_code == 2
    assert why in run.output


@pytest.mark.slow
@pytest.mark.usefixtures("home")
def test_an_unknown_pack_is_named() -> None:
    program = [sys.executable, "-m", "studytool", "forecast", "deep-learning-note"]
    run = subprocess.run(program, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"'{PACK}'" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.usefixtures("home")
def test_ctrl_c_ends_a_long_run_in_order() -> None:
    program = [sys.executable, "-m", "studytool", "forecast", "--days", "365", "--draws"]
    began = monotonic()
    subprocess.run([*program, "100"], capture_output=True, check=True)
    seconds = 2 + 2 * (monotonic() - began)  # by then it draws, on a busy machine too
    program.append("10000")
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                run.communicate(timeout=seconds)
            os.kill(run.pid, signal.SIGINT)
            said, problem = run.communicate(timeout=120)
        finally:
            run.kill()
    assert run.returncode == 130
    assert said == b""
    assert b"Traceback" not in problem
