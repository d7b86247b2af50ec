"""Text of others on the terminal: no control sequence of another's making, whatever the command."""

import json
import os
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import StateError
from studytool.language import Language
from studytool.printable import is_one_line, printable, printable_json, printable_lines
from studytool.review_log.log import ReviewLog
from studytool.settings import load_settings
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.in_process import run_program
from tests.review_log.drafts import draft

HOSTILE = "\x1b]52;c;aGk=\x07\x9b2J\u202e\udcff"
"""Writes the clipboard, clears the screen, turns the direction of the text, and is no UTF-8."""

ACTED_ON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

LINES = [
    "show X", "study --plain X", "study --plain --concept X", "config X", "config order X",
    "config order due --pack X", "check X", "simulate X", "simulate xavier_variance X=1",
    "log import X", "log export X/none", "sync X", "verify X", "verify --item X", "undo --review X",
    "due X", "item show X", "item suspend X", "item move X Y", "item list --search X", "search X",
    "restore X", "formula X", "help X", "mark X --answer 1", "mark a/b --answer X",
    "mark deep-learning-notes/xavier-variance --answer X", "study --lang X", "X", "review X",
    "vacation X", "forecast --days X", "--X", "doctor X", "backup X", "stats --search X",
]  # fmt: skip


SURROGATE = re.compile(r"[\ud800-\udfff]")
KEPT = {"Zs", "Cf", "Cn", "Co"}
"""Kinds of characters that are no control though Python calls them unprintable."""

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _acted_on(text: str) -> list[str]:
    return ACTED_ON.findall(text)


@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
@pytest.mark.parametrize("line", LINES)
def test_no_argument_reaches_the_terminal_as_it_is(
    tmp_path: Path, line: str, language: str
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    arguments = [one.replace("X", HOSTILE) for one in line.split()]
    done = run_program(*arguments, home=tmp_path, within=tmp_path)
    assert done.returncode in {0, 1, 2}
    assert _acted_on(done.stdout + done.stderr) == []


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("line", LINES)
def test_nor_on_a_real_terminal(tmp_path: Path, line: str) -> None:
    arguments = [one.replace("X", HOSTILE[:-1]) for one in line.split()]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "studytool", *arguments],
        env={**os.environ, "STUDYTOOL_HOME": str(tmp_path)},
        timeout=120,
        echo=False,
    )
    child.sendeof()
    said = child.read().decode().replace("\r", "")
    child.wait()
    for own in ("\x1b[K", "\x1b[?25h", "\x1b[?25l"):  # the line of progress
        said = said.replace(own, "")
    assert _acted_on(said) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_a_log_holds_reaches_the_terminal_as_code_points(
    tmp_path: Path, language: str
) -> None:
    """An older version took such names in, and an answer may be any text."""
    hostile = HOSTILE[:-1]
    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    with ReviewLog.open(tmp_path / "reviews.db") as log:
        written = draft(f"mine/{hostile}", Rating.AGAIN, NOW)
        log.append_review(replace(written, answer=hostile, misconception=hostile))
    for line in (
        "item list",
        f"item show mine/{hostile}",
        "due",
        "stats",
        "stats --json",
        "undo",
        "doctor",
        "doctor --json",
        "item list --json",
        "log export -",
    ):
        done = run_program(*line.split(), home=tmp_path)
        assert done.returncode in {0, 1, 2}, done.stderr
        assert _acted_on(done.stdout + done.stderr) == [], line


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_name_of_a_file_is_one_line_of_what_sync_says(tmp_path: Path, language: str) -> None:
    home, shared = tmp_path / "home", tmp_path / "shared"
    home.mkdir()
    shared.mkdir()
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    (shared / "log\nstudytool: all is well\x1b[2J.jsonl").write_text("no log\n")
    done = run_program("sync", str(shared), home=home)
    assert _acted_on(done.stdout + done.stderr) == []
    assert "log<U+000A>studytool: all is well<U+001B>[2J.jsonl" in done.stdout + done.stderr


def test_a_pack_of_the_settings_has_a_name_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[packs."\\u001b[2J"]\ndesired_retention = 0.8\n')
    wanted: list[tuple[Language, str]] = [
        ("ko", "제어 문자가 있습니다"),
        ("en", "has control characters"),
    ]
    for language, words in wanted:
        with pytest.raises(StateError) as refused:
            load_settings(tmp_path)
        said = refused.value.text(language)
        assert words in said
        assert "[packs.<U+001B>[2J]" in said


@pytest.mark.slow
@given(st.text())
def test_no_control_is_left_and_nothing_else_is_changed(text: str) -> None:
    for shown, kept in ((printable(text), ""), (printable_lines(text), "\n\t")):
        assert _acted_on(shown) == []
        assert all(one.isprintable() or one in kept or category(one) in KEPT for one in shown)
    if not _acted_on(text) and not SURROGATE.search(text):
        assert printable_lines(text) == text
    assert is_one_line(text) == (printable_lines(text) == text and not re.search("[\n\t]", text))


@given(st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text()))
def test_json_means_the_same(value: object) -> None:
    written = printable_json(json.dumps(value, ensure_ascii=False))
    assert _acted_on(written) == []
    assert json.loads(written) == value
