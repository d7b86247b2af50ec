"""``studytool review -``: each line is answered by one, and what was answered is in the log."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.cli.input_file import opened_input
from studytool.clock import MACHINE_CLOCK
from studytool.quiz.outcome import Outcome
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.cases import first_row_quick

RATE = "deep-learning-notes/cosine-rate"
PAST = "2026-01-31T09:30:00.000Z"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language="en"))
    return tmp_path


def _review(*lines: object, status: int = 0) -> list[dict[str, Any]]:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    done = CliRunner().invoke(program, ["review", "-"], input=text.encode())
    assert done.exit_code == status, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_says_what_was_written(home: Path) -> None:
    given = {
        "item": "cosine-rate",
        "rating": "hard",
        "time": PAST,
        "offset_minutes": 540,
        "duration_ms": 1500,
        "answer": "1/2",
        "outcome": "partial",
        "confidence": 0.5,
        "misconception": "slip",
        "seed": 7,
        "parameters": {"n": 3},
        "revision": "r",
    }
    [said] = _review(given)
    assert (said["error"], said["item"], said["rating"]) == (None, RATE, "hard")
    assert (said["line"], said["added"], said["leech"]) == (1, True, None)
    with ReviewLog.open(home / "reviews.db") as log:
        [review] = log.last_reviews()
        due = log.state(RATE).due
    assert (review.id, review.item, review.rating) == (said["review"], RATE, Rating.HARD)
    assert (review.offset_minutes, review.duration_ms, review.answer) == (540, 1500, "1/2")
    assert (review.outcome, review.confidence, review.seed) == (Outcome.PARTIAL, 0.5, 7)
    assert due is not None
    assert said["due"] == due.isoformat(timespec="seconds")


def test_what_is_left_out_is_as_a_plain_answer_of_now(home: Path) -> None:
    _review({"item": RATE, "rating": "again"}, "", {"item": RATE, "rating": "good"})
    desk = Desk.open(home, MACHINE_CLOCK)
    good, again = desk.log.last_reviews()
    [listed] = [one for one in desk.library.listed("deep-learning-notes") if one.item == RATE]
    desk.close()
    assert (again.outcome, good.outcome) == (Outcome.WRONG, Outcome.RIGHT)
    assert good.revision == listed.revision
    assert good.time >= again.time


@pytest.mark.parametrize(
    ("line", "said"),
    first_row_quick(
        [
            ("{", "-:2: this is not a JSON object"),
            ("[1]", "-:2: this is not a JSON object"),
            ({"item": RATE}, "-:2: there is no rating; a line has at least"),
            ({"item": RATE, "rating": "god"}, "-:2: rating = 'god': it must be one of again, hard"),
            (
                {"item": RATE, "rating": "good", "tme": 1},
                "unknown field 'tme' (did you mean time?)",
            ),
            ({"item": RATE, "rating": "good", "time": "2026-01-31"}, "-:2: time = '2026-01-31'"),
            ({"item": RATE, "rating": "good", "time": "2199-01-31T00:00:00Z"}, "no later than now"),
            ({"item": RATE, "rating": "good", "duration_ms": -1}, "-:2: duration_ms = -1"),
            ({"item": RATE, "rating": "good", "confidence": 2}, "-:2: confidence = 2"),
            (
                {"item": "cosine-rat", "rating": "good"},
                "-:2: no item named 'cosine-rat'. Did you mean",
            ),
            ({"item": "a/b", "rating": "good"}, "-:2: no item named 'a/b'."),
            ('{"item": "' + "x" * 1_000_001, "-:2: the line has more than 1,000,000 bytes"),
            ("\udc80", "-:2: this is not a JSON object"),
        ]
    ),
)
def test_a_bad_line_is_answered_and_the_others_are_kept(
    home: Path, line: object, said: str
) -> None:
    good = {"item": RATE, "rating": "good"}
    text = line if isinstance(line, str) else json.dumps(line)
    lines = b"\n".join((json.dumps(good).encode(), text.encode(errors="surrogateescape")))
    done = CliRunner().invoke(
        program, ["review", "-"], input=lines + b"\n" + json.dumps(good).encode()
    )
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, second["line"], second["review"]) == (2, 2, None)
    assert said in second["error"]
    assert first["error"] is third["error"] is None
    assert "1 of 3 lines were not kept" in done.stderr
    with ReviewLog.open(home / "reviews.db") as log:
        assert len(log.last_reviews()) == 2


@pytest.mark.usefixtures("home")
def test_a_misconception_is_one_of_its_item() -> None:
    """Or a common slip in a number; what another revision had, this one cannot know."""
    card = "deep-learning-notes/cosine-parameters"
    said = _review(
        {"item": RATE, "rating": "again", "misconception": "linear"},
        {"item": RATE, "rating": "again", "misconception": "slip:sign"},
        {"item": RATE, "rating": "again", "misconception": "of-old", "revision": "r"},
        {"item": RATE, "rating": "again", "misconception": None},
        {"item": RATE, "rating": "again", "misconception": "linaer"},
        {"item": card, "rating": "again", "misconception": "linear"},
        status=2,
    )
    kept, refused = said[:4], [one["error"] for one in said[4:]]
    assert all(one["added"] and one["error"] is None for one in kept)
    assert "no misconception named 'linaer'. Did you mean 'linear'?" in refused[0]
    assert "This item has none; leave the field out." in refused[1]


def test_what_a_line_lacks_is_said_in_korean(home: Path) -> None:
    save_settings(home, Settings(language="ko"))
    [said] = _review({"item": RATE}, status=2)
    assert "빠진 필드: rating. 한 줄은 적어도 이렇습니다:" in said["error"]


def test_lines_within_a_millisecond_are_each_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = MACHINE_CLOCK.now()
    monkeypatch.setattr(type(MACHINE_CLOCK), "now", lambda _: now)
    said = _review(*[{"item": RATE, "rating": "good"}] * 3)
    assert [one["added"] for one in said] == [True] * 3
    with ReviewLog.open(home / "reviews.db") as log:
        assert len(log.last_reviews()) == 3


def test_lines_given_again_add_nothing(home: Path) -> None:
    """A script that was killed begins again at its first line."""
    line = {"item": RATE, "rating": "good", "time": PAST}
    [first], [again] = _review(line), _review(line)
    assert (first["added"], again["added"]) == (True, False)
    assert (again["review"], again["due"]) == (first["review"], first["due"])
    with ReviewLog.open(home / "reviews.db") as log:
        log.undo(MACHINE_CLOCK.now())
    [undone] = _review(line)
    assert (undone["added"], undone["review"], undone["due"]) == (False, None, None)


def test_a_leech_is_put_away_as_in_a_sitting(home: Path) -> None:
    save_settings(home, Settings(language="en", leech_lapses=1))
    lines = [
        {"item": RATE, "rating": rating, "time": f"2026-0{month}-01T00:00:00Z"}
        for month, rating in enumerate(("easy", "good", "again"), start=1)
    ]
    assert [said["leech"] for said in _review(*lines)] == [None, None, "suspend"]


@pytest.mark.slow
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("is_terminal", "said"), [(True, "reading lines"), (False, "")])
def test_a_terminal_is_told_that_lines_are_read_and_how_they_end(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    is_terminal: bool,
    said: str,
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"{}"))
    monkeypatch.setattr(typed, "isatty", lambda: is_terminal)
    monkeypatch.setattr(sys, "stdin", typed)
    with opened_input(Path("-")) as opened:
        told = capsys.readouterr()
        assert opened.read() == b"{}"
    assert (told.out, told.err[:13], "Ctrl-" in told.err) == ("", said, is_terminal)


def test_each_answer_is_durable_before_the_next_line_is_read(home: Path) -> None:
    """The reader of an answer may pull the plug: what it was told is in the log."""
    command = [sys.executable, "-m", "studytool", "review", "-"]
    environment = {**os.environ, "STUDYTOOL_HOME": str(home)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        said: dict[str, Any] = {}
        for _ in range(3):
            run.stdin.write(json.dumps({"item": RATE, "rating": "good"}).encode() + b"\n")
            run.stdin.flush()
            said = json.loads(run.stdout.readline())
        run.kill()
    with ReviewLog.open(home / "reviews.db") as log:
        reviews = log.last_reviews()
    assert (len(reviews), reviews[0].id) == (3, said["review"])
