"""What another program may put into a log: each field within a limit, each key once, no line without an end."""

import json
from pathlib import Path
from typing import Any

import pytest

from studytool.review_log.json_values import MOST_NAME, MOST_NUMBERS, MOST_TEXT
from studytool.review_log.line_limit import MOST_LINE_BYTES
from studytool.review_log.lines import HEADER, write_event
from studytool.review_log.log import ReviewLog
from tests.in_process import run_program
from tests.review_log.drafts import draft


@pytest.fixture
def line(log: ReviewLog) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_event(log.append_review(draft())))
    return found | {"id": "019b796d-d600-7cd2-8123-18a8429ab2c0"}


def imported(tmp_path: Path, line: bytes) -> tuple[int, str]:
    home, file = tmp_path / "home", tmp_path / "log.jsonl"
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text('language = "en"\n', "utf-8")
    file.write_bytes(HEADER + line)
    done = run_program("log", "import", str(file), home=home)
    return done.returncode, done.stderr


@pytest.mark.parametrize(("field", "most"), [
    ("answer", MOST_TEXT),
    ("misconception", MOST_NAME),
    ("item", MOST_NAME),
    ("learner", MOST_NAME),
    ("revision", MOST_TEXT),
])  # fmt: skip
@pytest.mark.parametrize("letter", ["a", "가"])
def test_a_field_has_a_limit(
    tmp_path: Path, line: dict[str, Any], field: str, most: int, letter: str
) -> None:
    long = json.dumps({**line, field: letter * (most + 1)}).encode() + b"\n"
    status, told = imported(tmp_path, long)
    assert (status, "log.jsonl:2" in told, f"at most {most:,} characters" in told) == (
        2,
        True,
        True,
    )
    assert len(told) < 1000
    short = json.dumps({**line, field: letter * most}).encode() + b"\n"
    assert imported(tmp_path, short) == (0, "")


def test_a_variant_has_few_numbers(tmp_path: Path, line: dict[str, Any]) -> None:
    many = {f"x{k}": k for k in range(MOST_NUMBERS + 1)}
    status, told = imported(tmp_path, json.dumps({**line, "parameters": many}).encode() + b"\n")
    assert (status, f"at most {MOST_NUMBERS:,} numbers" in told) == (2, True)


@pytest.mark.parametrize("twice", ['"answer": "a"', '"parameters": {"n": 1, "n": 2}'])
def test_a_key_stands_once_in_an_object(tmp_path: Path, line: dict[str, Any], twice: str) -> None:
    text = json.dumps(line).encode().removesuffix(b"}") + f", {twice}}}\n".encode()
    status, told = imported(tmp_path, text)
    assert (status, "twice" in told) == (2, True)


@pytest.mark.slow
def test_a_line_without_an_end_is_not_held(tmp_path: Path) -> None:
    status, told = imported(tmp_path, b"x" * (3 * MOST_LINE_BYTES))
    assert (status, "log.jsonl:2" in told, "Delete the line" in told) == (2, True, True)
