"""A sitting line by line through pipes: ``studytool study --plain``."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool.language import Language
from studytool.quiz.outcome import Outcome
from studytool.review_log.log import ReviewLog
from studytool.typeset.cells import cell_width
from studytool.wording.study import MARKS
from tests.bundled_library import install_bundled_pack
from tests.cases import first_row_quick
from tests.in_process import run_program
from tests.packs.samples import write_pack
from tests.review_log.deeds import set_flag
from tests.tui.tried_pack import desk_with

PROGRAM = [sys.executable, "-m", "studytool"]

SUSPENDED = "Suspended: the item is asked no more. :u brings it back."
BURIED = "Buried: the item waits for the next study day. :u brings it back."
UNDONE = "What was done last was taken back; :r does it again."
REDONE = "What was taken back was done again."


def _reviews(home: Path) -> int:
    with ReviewLog.open(home / "reviews.db") as log:
        return len(log.last_reviews(limit=1000))


def _plain(home: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    install_bundled_pack(home)
    return run_program("study", "--plain", *arguments, home=home, typed=typed)


def _piped(home: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    install_bundled_pack(home)
    return subprocess.run(
        [*PROGRAM, "study", "--plain", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "STUDYTOOL_HOME": str(home), "PYTHONUTF8": "1"},
    )


def test_plain_studies_through_a_pipe(tmp_path: Path) -> None:
    result = _piped(
        tmp_path, "\n\nx\n9\n1\n\n:s\n2\n", "--lang", "en", "--limit", "3", "--concept", "schedules"
    )
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in result.stdout
    assert "3 answered" in result.stdout
    lines = [line for line in result.stdout.splitlines() if line.startswith("answered ")]
    assert lines[0] == "answered 0 · due 0 · learning 0 · new 3"  # one above each question
    assert [line.split(" · ")[0] for line in lines[:3]] == [f"answered {n}" for n in range(3)]
    assert _reviews(tmp_path) == 3


@pytest.mark.parametrize("language", ["ko", "en"])
def test_plain_names_no_key_of_a_screen(tmp_path: Path, language: Language) -> None:
    typed = "\n".join([":?", ":h", ":n", ":v", ":s", ":?", ":n", ":v", ":e", "3", ":u", ":r", ":q"])
    said = _plain(tmp_path, typed + "\n", "--lang", language, "--concept", "schedules").stdout
    assert "studytool config lessons false" in said
    assert (
        re.findall(r"\bF\d+\b|\bCtrl\+|\bEsc\b|\b[a-z] ?\([^)\W]+\)|(?<![:\w])[a-z]: ", said) == []
    )


def test_plain_undoes_and_asks_again(tmp_path: Path) -> None:
    result = _plain(tmp_path, "\n\n:u\n\n3\n:q\n", "--lang", "en", "--concept", "l2")
    assert UNDONE in result.stdout
    assert _reviews(tmp_path) == 1


@pytest.mark.parametrize(
    ("typed", "said", "reviews"),
    first_row_quick([
        (":suspend", [SUSPENDED], 0),  # before the answer
        (":s :suspend", [SUSPENDED], 0),  # after it, instead of a rating
        (":bury", [BURIED], 0),
        (":bury :u", [BURIED, UNDONE], 0),
        (":suspend :u :redo", [SUSPENDED, UNDONE, REDONE], 0),
        (":flag :flag", ["Flagged.", "The flag was taken off."], 0),  # the question stays
        (":s :flag 3", ["Flagged."], 1),
        (":s 3 :u :redo", [UNDONE, REDONE], 1),
        (":redo", ["There is nothing to redo."], 0),
        (":s :u", ["There is nothing to undo."], 0),
    ]),
)  # fmt: skip
def test_plain_acts_on_the_question_in_view(
    tmp_path: Path, typed: str, said: list[str], reviews: int
) -> None:
    lines = "\n".join([*typed.split(), ":q", ""])
    result = _plain(tmp_path, lines, "--lang", "en", "--concept", "l2")
    assert (result.returncode, result.stderr) == (0, "")
    told = [line.rpartition("> ")[2] for line in result.stdout.splitlines()]
    assert [line for line in told if line in {SUSPENDED, BURIED, UNDONE, REDONE, *said}] == said
    assert _reviews(tmp_path) == reviews


def test_plain_asks_how_sure_before_it_marks(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("ask_confidence = true\n")
    lines = "7\n9\n4\n3\n:q\n"
    result = _plain(tmp_path, lines, "--lang", "en", "--concept", "xavier")
    asked, _, rest = result.stdout.partition("How sure are you?")
    assert "Not right" not in asked
    assert (
        "Type 1, 2, 3 or 4 (commands: :?)." in rest.partition("Not right")[0]
    )  # 9 is no answer to it
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        assert [review.confidence for review in log.last_reviews()] == [0.95]


def test_plain_cram_writes_nothing_and_refuses_what_would_write(tmp_path: Path) -> None:
    lines = ":suspend\n:s\n1\n:s\n3\n:u\n:q\n"
    result = _plain(tmp_path, lines, "--lang", "en", "--cram", "--concept", "l2", "--limit", "2")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Not available in a cram" in result.stdout
    assert "Back to the question before." in result.stdout
    assert "A cram is not recorded" in result.stdout
    assert _reviews(tmp_path) == 0


def test_plain_shows_a_flag_after_a_restart(tmp_path: Path) -> None:
    _plain(tmp_path, ":flag\n:q\n", "--lang", "en", "--concept", "l2")
    result = _plain(tmp_path, ":q\n", "--lang", "en", "--concept", "l2")
    assert "⚑ flagged" in result.stdout


def test_plain_undoes_past_an_item_that_is_no_more(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        set_flag(log, "gone/item", True, datetime(2026, 11, 24, tzinfo=UTC))
    result = _plain(tmp_path, ":u\n:s\n3\n:q\n", "--lang", "en", "--concept", "l2")
    assert "gone/item" in result.stderr
    assert result.returncode == 0
    assert _reviews(tmp_path) == 1


@pytest.mark.slow
def test_plain_ends_with_its_input(tmp_path: Path) -> None:
    result = _piped(tmp_path, "")
    assert result.returncode == 0
    assert "답한 문항이 없습니다.\n\n오늘 배울 새 문항이 20개 남아 있습니다." in result.stdout
    assert "복습할 것이 없습니다" not in result.stdout


_LETTERS = """\
- id: letters
  kind: cloze
  concept: scale
  text: {ko: "글자 [[a]]", en: "The letter [[a]]"}
  blanks: {a: {accept: ["WANTED"]}}
"""


def _typed_for(tmp_path: Path, wanted: str, typed: str, language: Language = "en") -> str:
    """Answer a blank that wants a text, rate it, and return all that was said."""
    home = tmp_path / "home"
    items = _LETTERS.replace("WANTED", wanted)
    desk_with(home, write_pack(tmp_path / "sample", items=items), language).close()
    done = run_program("study", "sample", "--plain", home=home, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("wanted", "typed"),
    first_row_quick([
        ("h", "h"), ("s", "s"), ("u", "u"), ("q", "q"), ("v", "v"), ("undo", "undo"),
        (":q", "::q"),  # an answer that begins with a colon
    ]),
)  # fmt: skip
def test_no_word_is_a_command_while_an_answer_is_awaited(
    tmp_path: Path, wanted: str, typed: str
) -> None:
    said = _typed_for(tmp_path, wanted, f"{typed}\n:q\n")
    assert "✓ Right" in said


def test_a_command_without_its_colon_is_told_how_commands_begin(tmp_path: Path) -> None:
    result = _plain(tmp_path, "h\n0.5 x y\n:q\n", "--lang", "en", "--concept", "xavier")
    assert result.stdout.count(":h hint, :s show answer") == 2  # at the beginning, and once more


def test_a_command_that_is_none_says_which_there_are(tmp_path: Path) -> None:
    said = _typed_for(tmp_path, "h", ":x\n:v\nh\n3\n")
    assert "There is no command ':x'. The commands are :h, :s, :v, :n, :e, :u, :r, :suspend" in said
    assert "That works once the answer is marked." in said
    assert "1 answered" in said


def test_help_lists_the_commands_while_asking_and_while_rating(tmp_path: Path) -> None:
    said = _typed_for(tmp_path, "h", ":?\nh\n:도움말\n?\nx\n3\n")
    assert said.count("bury until tomorrow") == 3
    assert said.count("Type 1, 2, 3 or 4 (commands: :?).") == 1


@pytest.mark.parametrize(
    ("language", "asked"),
    first_row_quick(
        [
            ("en", "vertex? Press Enter if so, else type it again; this did not count."),
            ("ko", "vertex? 맞으면 Enter를, 아니면 답을 다시 입력하세요."),
        ]
    ),
)
def test_a_misspelling_is_asked_about_once_and_enter_takes_what_was_meant(
    tmp_path: Path, language: Language, asked: str
) -> None:
    said = _typed_for(tmp_path, "vertex", "vertix\n\n:q\n", language)
    assert asked in said
    assert MARKS[Outcome.RIGHT].text(language) in said
    again = _typed_for(tmp_path / "again", "vertex", "vertix\nvertix\n:q\n", language)
    assert again.count(asked) == 1
    assert MARKS[Outcome.WRONG].text(language) in again


@pytest.mark.parametrize(("typed", "reading"), [("1,000\n\n", "1000"), ("1,000\n1\n", "1")])
def test_enter_takes_the_likelier_of_two_readings(tmp_path: Path, typed: str, reading: str) -> None:
    said = _plain(tmp_path, typed + ":q\n", "--lang", "en", "--concept", "xavier").stdout
    assert "Two readings: 1000, or 1. Enter takes the first" in said
    assert f"Yours: {reading}\n" in said


def test_the_end_of_the_input_ends_each_prompt_in_order(tmp_path: Path) -> None:
    for typed in ("", "h", "h\n", "h\n:u\n", ":s\n", "\n", ":?\n", "1,000\n"):
        result = _plain(tmp_path, typed, "--lang", "en", "--concept", "l2")
        assert (result.returncode, result.stderr) == (0, "")


def test_the_place_of_an_item_is_told_once_it_is_marked(tmp_path: Path) -> None:
    done = _plain(tmp_path, ":e\n:s\n:e\n:q\n", "--concept", "xavier", "--lang", "en")
    early, place = (
        line for line in done.stdout.splitlines() if "marked" in line or ".yaml:" in line
    )
    assert early.endswith("That works once the answer is marked.")
    file, line, column = place.rpartition("> ")[2].rsplit(":", 2)
    assert Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1][int(column) - 1 :]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal of POSIX")
def test_no_word_is_cut_at_the_edge_of_a_terminal(tmp_path: Path) -> None:
    from tests.forked_terminal import run_on_terminal

    install_bundled_pack(tmp_path)
    done = run_on_terminal(
        ["study", "--plain", "--concept", "xavier", "--lang", "en"],
        home=tmp_path,
        within=tmp_path,
        environment={"COLUMNS": "44"},
        size=(24, 44),
    )
    lines = done.written.splitlines()
    assert len(lines) > 20
    assert max(map(cell_width, lines)) <= 44
