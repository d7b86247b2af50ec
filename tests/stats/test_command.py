"""``studytool stats``: its words and its stable keys."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli.stats import command
from studytool.quiz.variant import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.session.desk import Desk
from studytool.srs.rating import Rating

ITEM = "deep-learning-notes/xavier-variance"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    return tmp_path


def _study(home: Path) -> None:
    desk = Desk.open(home)
    now = datetime.now(UTC) - timedelta(days=40)  # noqa: TID251 - the command reads the clock too
    for day, rating in ((0, Rating.EASY), (12, Rating.GOOD), (39, Rating.AGAIN)):
        wrong = rating is Rating.AGAIN
        desk.log.append_review(
            ReviewDraft(
                item=ITEM,
                revision="r",
                seed=0,
                answer="1",
                outcome=Outcome.WRONG if wrong else Outcome.RIGHT,
                misconception="forward-only" if wrong else None,
                rating=rating,
                time=now + timedelta(days=day),
                offset_minutes=0,
                duration_ms=60_000,
            )
        )
    desk.close()


def test_figures_as_json(home: Path) -> None:
    _study(home)
    run = CliRunner().invoke(command, ["--json"])
    found = json.loads(run.output)
    assert (found["reviews"], found["minutes"]) == (3, 3.0)
    assert (found["retention"]["share"], found["retention"]["n"]) == (0.5, 2)
    assert (found["recent"]["share"], found["recent"]["n"]) == (0.5, 2)
    assert found["recall"]["n"] == 2
    assert found["confidence"] == {"bins": [], "brier": None, "log_loss": None, "n": 0}
    assert [one["name"] for one in found["items"]] == [ITEM]
    assert [one["name"] for one in found["concepts"]] == ["xavier"]
    assert [one["misconception"] for one in found["misconceptions"]] == ["forward-only"]
    assert len(found["days"]) == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["복습 3회", "기억 유지율", "예측한 기억 확률", "아직 남은 오개념", "forward-only"]),
        ("en", ["reviews: 3", "retention", "predicted and true", "still alive", "forward-only"]),
    ],
)
def test_text(home: Path, language: str, words: list[str]) -> None:
    _study(home)
    text = CliRunner().invoke(command, ["--lang", language]).output
    assert [word for word in words if word not in text] == []


def test_without_reviews_it_says_what_to_do(home: Path) -> None:
    assert home.exists()
    run = CliRunner().invoke(command, ["--lang", "en"])
    assert run.output == "there are no reviews yet; begin with: studytool\n"
