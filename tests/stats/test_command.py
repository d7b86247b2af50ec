"""``studytool stats``: its words and its stable keys."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli.stats import command
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk
from tests.cases import first_row_quick
from tests.stats.sample_log import CARD, GONE, NUMERIC, install_sample, write_answers_until_now


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def studied(home: Path, tmp_path: Path) -> Path:
    desk = Desk.open(home, MACHINE_CLOCK)
    install_sample(desk, tmp_path / "sample")
    write_answers_until_now(desk)
    desk.close()
    return home


@pytest.mark.usefixtures("studied")
def test_figures_as_json() -> None:
    found = json.loads(CliRunner().invoke(command, ["--json", "--lang", "en"]).output)
    assert (found["reviews"], found["minutes"]) == (16, 25.5)
    assert (found["streak_days"], found["longest_streak_days"]) == (2, 3)
    assert set(found["time"]) == {
        "study_days", "today_minutes", "minutes_a_study_day", "minutes_a_recent_day",
    }  # fmt: skip
    assert found["confidence"]["n"] == 14
    assert [(one["name"], one["title"]) for one in found["concepts"]] == [("scale", "Scale")]
    assert [(one["name"], one["title"]) for one in found["hardest"]] == [
        (NUMERIC, "… of …"), (GONE, None), (CARD, "Front"),
    ]  # fmt: skip
    assert [(one["misconception"], one["feedback"]) for one in found["misconceptions"]] == [
        ("single", "One"), ("slip:percent", None), ("odd", None),
    ]  # fmt: skip
    assert len(found["days"]) == 13
    assert len(found["last_days"]) == 30
    assert found["last_days"][-1]["day"] == found["days"][-1]["day"]
    assert found["last_days"][-3]["recalled"] == {"share": None, "low": None, "high": None, "n": 0}


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize(
    ("language", "words"),
    first_row_quick([
        ("ko", ["복습 16회", "가장 길었던 연속 3일", "기억률", "예측한 기억 확률", "확신과 실제 정답률",
                "규모", "가장 어려운 문항", "아직 남은 오개념", "하나 (2회)", "odd (1회)"]),
        ("en", ["reviews: 16 ·", "longest run: 3", "Retention", "Predicted and actual", "Stated",
                "Scale", "The hardest items", "Remaining misconceptions", "One (×2)", "odd (×1)"]),
    ]),
)  # fmt: skip
def test_text(language: str, words: list[str]) -> None:
    text = CliRunner().invoke(command, ["--lang", language]).output
    assert [word for word in words if word not in text] == []


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize(("columns", "room"), first_row_quick([(1, 50), (72, 72), (500, 100)]))
def test_text_is_as_wide_as_the_terminal_within_limits(
    columns: int, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = CliRunner().invoke(command, ["--lang", "en"]).output
    assert room - 12 < max(map(len, text.splitlines())) <= room


@pytest.mark.usefixtures("studied")
def test_text_of_one_pack() -> None:
    text = CliRunner().invoke(command, ["sample", "--lang", "en"]).output
    assert "reviews: 15 ·" in text
    assert GONE not in text


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("arguments", "said"),
    first_row_quick(
        [
            (["--lang", "en"], "there are no reviews yet; begin with: studytool\n"),
            (["--lang", "ko"], "아직 복습이 없습니다. studytool로 시작하세요.\n"),
        ]
    ),
)
def test_without_reviews_it_says_what_to_do(arguments: list[str], said: str) -> None:
    assert CliRunner().invoke(command, arguments).output == said


@pytest.mark.usefixtures("home")
def test_without_reviews_json_has_the_same_keys() -> None:
    found = json.loads(CliRunner().invoke(command, ["--json"]).output)
    assert found["retention"] == {"share": None, "low": None, "high": None, "n": 0}
    assert (found["reviews"], found["longest_streak_days"], found["hardest"]) == (0, 0, [])
    assert len(found["last_days"]) == 30
