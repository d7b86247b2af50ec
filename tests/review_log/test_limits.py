"""What another program may put into a log: each field within a limit, each key once, no line without an end."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from studytool.errors import ExchangeError
from studytool.review_log.event_kinds import MOST_LINE_BYTES
from studytool.review_log.json_values import (
    LAST_DAY,
    LAST_TIME,
    MOST_NAME,
    MOST_NUMBERS,
    MOST_TEXT,
)
from studytool.review_log.kinds import KINDS
from studytool.review_log.lines import HEADER, read_object, write_event
from studytool.review_log.log import ReviewLog
from studytool.review_log.read_in_bulk import read_rows
from tests.in_process import run_program
from tests.review_log.drafts import draft
from tests.rows import all_rows


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


def test_lines_are_not_read_on_while_a_long_one_is_held() -> None:
    """A file may have any number of lines as long as may be: together they are no limit at all."""
    drawn: list[bytes] = []

    def lines() -> Iterator[bytes]:
        yield HEADER
        for _ in range(1000):
            drawn.append(b"x" * 2**18 + b"\n")
            yield drawn[-1]

    with pytest.raises(ExchangeError):
        list(read_rows(lines(), "log.jsonl"))
    assert sum(map(len, drawn)) < 2**21


def test_a_line_of_the_most_bytes_is_read_and_one_byte_more_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("studytool.review_log.lines.MOST_LINE_BYTES", 20)
    assert read_object(b'{"a": 1}'.ljust(20)) == {"a": 1}
    with pytest.raises(ExchangeError):
        read_object(b'{"a": 1}'.ljust(21))


@all_rows(
    ("kind", "name", "least", "most"),
    [
        ("review", "offset_minutes", -1439, 1439),  # less than a day to each side
        ("review", "study_day", -2, LAST_DAY),  # of the first instant, as early as it can be
        ("review", "seed", 0, 2**63 - 1),
        ("review", "duration_ms", 0, 2**63 - 1),
        ("set-due", "day", 0, LAST_DAY),
        ("vacation", "days", 1, 3650),
        ("vacation", "first", 0, LAST_DAY - 3 * 3650),  # so that its end can be put off, too
        ("more-new", "more", 1, 9999),
    ],
)
def test_a_number_has_its_limits(kind: str, name: str, least: int, most: int) -> None:
    [field] = [one for one in KINDS[kind].fields if one.name == name]
    assert [field.read_json(name, value) for value in (least, most)] == [least, most]
    for beyond in (least - 1, most + 1):
        with pytest.raises(ExchangeError):
            field.read_json(name, beyond)


def test_the_last_year_ends_before_a_clock_of_64_bits_of_nanoseconds_does() -> None:
    ends = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=2**63 // 1000)
    assert datetime(ends.year, 1, 1, tzinfo=UTC) == LAST_TIME
