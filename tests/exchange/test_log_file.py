"""JSON lines: every kind and field there and back, and each bad line said with its place."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings

from studytool.errors import ExchangeError
from studytool.review_log.events import Event, SettingChange
from studytool.review_log.lines import HEADER, write_event
from studytool.review_log.log import ReviewLog
from tests.exchange.samples import EVENTS, REVIEW
from tests.log_lines import read_log, write_log
from tests.review_log.test_laws import event_lists
from tests.rows import all_rows

GONE = "no value"


def _object(**changes: object) -> bytes:
    return _altered(REVIEW, changes)


def _altered(event: Event, changes: Mapping[str, object]) -> bytes:
    found = {**json.loads(write_event(event)), **changes}
    return json.dumps({key: value for key, value in found.items() if value != GONE}).encode()


def _refusal(*lines: bytes, header: bytes = HEADER) -> str:
    with pytest.raises(ExchangeError) as refused:
        list(read_log([header, *lines], "a.jsonl"))
    assert "a.jsonl:" in refused.value.text("ko")
    return str(refused.value)


def test_every_kind_and_every_field_there_and_back() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event))
    lines = b"".join(write_log(EVENTS)).splitlines(keepends=True)
    assert len(lines) == 1 + len(EVENTS)  # an answer's line ends do not end a line
    assert tuple(read_log(lines, "a.jsonl")) == EVENTS


def test_the_line_of_a_review() -> None:
    assert json.loads(HEADER) == {"format": "studytool-log", "version": 2}
    found = json.loads(write_event(REVIEW))
    assert found["time"] == "2026-01-01T00:00:00.123Z"
    assert list(found) == [
        "kind", "id", "learner", "device", "time", "offset_minutes", "study_day", "item", "revision", "seed",
        "parameters", "answer", "outcome", "misconception", "confidence", "rating", "duration_ms",
    ]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(event_lists())
def test_any_events_there_and_back(events: list[Event]) -> None:
    assert list(read_log(write_log(events), "a.jsonl")) == events


@pytest.mark.parametrize(
    "lines",
    [
        [b"\xef\xbb\xbf" + HEADER, _object()],  # saved by an editor
        [HEADER.replace(b"\n", b"\r\n"), _object() + b"\r\n", b"\r\n"],
        [HEADER, _object(), HEADER, _object()],  # two files put together
        [b"\xef\xbb\xbf" + HEADER, _object(), b"\xef\xbb\xbf" + HEADER, _object()],  # such two
        [HEADER, _object(parameters={"fan_in": 512.0, "n": 3, "tiny": 5e-324})],
        [HEADER, _object(time="2026-01-01T09:00:00.123+09:00")],
        [HEADER, _object(time="2026-01-01T00:00:00.123999Z")],
    ],
)
def test_files_of_other_hands(lines: list[bytes]) -> None:
    assert set(map(repr, read_log(lines, "a.jsonl"))) == {repr(REVIEW)}


def test_what_may_be_left_out() -> None:
    line = _object(parameters=GONE, misconception=GONE, confidence=GONE)
    [read] = read_log([HEADER, line], "a.jsonl")
    assert _altered(read, {}) == _object(parameters={}, misconception=None, confidence=None)


@pytest.mark.parametrize("value", [{}, [True], ["1"], [[1]]])
def test_a_value_that_no_setting_has(value: object) -> None:
    changed = next(event for event in EVENTS if isinstance(event, SettingChange))
    said = _refusal(_altered(changed, {"value": value}))
    assert "it must be text, true or false, a finite number, a list of numbers, or null." in said


IS = "a.jsonl:2: "


@all_rows(
    ("changes", "said"),
    [
        (
            {"kind": "reviw"},
            "unknown kind 'reviw' (did you mean 'review'?); known are review, undo, redo, suspend, "
            "unsuspend, bury, flag, unflag, reset, move, rename, set-due, re-rate, setting, import, "
            "retraction, vacation, more-new. If a newer studytool wrote it, update "
            "this one.",
        ),
        ({"kind": GONE}, "unknown kind null; "),
        ({"kind": ["review"]}, "unknown kind ['review']; "),
        (
            {"id": "017f22e2-79b0"},
            "id = '017f22e2-79b0': it must be a UUID in lower case such as "
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398f.",
        ),
        ({"id": REVIEW.id.replace("7", "G")}, "it must be a UUID"),
        (
            {"time": "2026-01-01T00:00:00.123"},
            "time = '2026-01-01T00:00:00.123': the time has no offset; if it is in UTC, add a Z "
            "at the end.",
        ),
        ({"time": "2026-13-01T00:00:00Z"}, "it must be a time since 1970"),
        ({"time": "1969-12-31T23:59:59Z"}, "it must be a time since 1970"),
        ({"time": "9999-12-31T23:59:59-23:00"}, "it must be a time since 1970"),
        ({"time": 1767225600123}, "time = 1767225600123: it must be a time since 1970"),
        ({"rating": 3}, "rating = 3: it must be one of again, hard, good, easy."),
        ({"outcome": "RIGHT"}, "it must be one of right, partial, wrong, near, shown."),
        ({"seed": True}, "seed = True: it must be a whole number"),
        ({"seed": 2**63}, "it must be a whole number from 0 to 9223372036854775807."),
        ({"seed": 1.0}, "seed = 1.0: it must be a whole number"),
        ({"duration_ms": -1}, "duration_ms = -1: it must be"),
        ({"offset_minutes": 1440}, "it must be a whole number from -1439 to 1439."),
        ({"confidence": 1.5}, "confidence = 1.5: it must be a number from 0 to 1, or null."),
        ({"confidence": "0.5"}, "confidence = '0.5'"),
        ({"confidence": float("nan")}, "NaN is not a JSON number; write a finite one."),
        ({"parameters": {"a": float("-inf")}}, "-Infinity is not a JSON number"),
        (
            {"parameters": {"a": "1"}},
            "parameters = {'a': '1'}: it must be an object of finite numbers, such as {}.",
        ),
        ({"parameters": [1]}, "parameters = [1]"),
        ({"answer": None}, "answer = null"),
        ({"answer": "\ud800"}, "answer = '\\ud800': it must be text without half surrogates."),
        (
            {"item": ""},
            "item = '': it must be text that is not empty and without control characters.",
        ),
        ({"mood": 1}, "review has no field 'mood'; delete it, or update studytool."),
        ({"rating": GONE, "item": GONE}, "review lacks item, rating; add it, or delete the line."),
    ],
)
def test_a_bad_value_is_said_with_its_remedy(changes: Mapping[str, object], said: str) -> None:
    refusal = _refusal(_object(**changes))
    assert refusal.startswith(IS)
    assert said in refusal


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([b"{"], "a.jsonl:2: this is not a JSON object ("),
        ([b"\xff\xfe"], "a.jsonl:2: this is not a JSON object ("),
        ([b"[" * 100_000], "a.jsonl:2: this is not a JSON object ("),
        ([b"7"], "a.jsonl:2: this is not a JSON object (7); delete the line, or export the file"),
        ([_object(), b"\n", b'{"a": 1e999}'], "a.jsonl:4: unknown kind null"),
        ([_object().replace(b": 0.1,", b": 1e999,")], "confidence = inf"),
        ([b'{"format": "studytool-log", "version": 4}'], "a.jsonl:2: a newer studytool wrote"),
    ],
)
def test_a_bad_line_is_said_with_its_place(lines: list[bytes], said: str) -> None:
    assert said in _refusal(*lines)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b'{"format": "studytool-log", "version": 4}', "(format 4; this one knows up to 3)"),
        (b'{"format": "studytool-log", "version": "1"}', "this is not a studytool-log file"),
        (b'{"format": "studytool-log"}', "this is not a studytool-log file"),
        (b'{"format": "anki", "version": 1}', 'must be {"format": "studytool-log", "version": 2}.'),
        (_object(), "this is not a studytool-log file"),
    ],
)
def test_a_bad_header(header: bytes, said: str) -> None:
    refusal = _refusal(header=header)
    assert refusal.startswith("a.jsonl:1: ")
    assert said in refusal


def test_an_empty_file_is_no_log() -> None:
    with pytest.raises(ExchangeError, match=r"^a\.jsonl:1: this is not a studytool-log file"):
        list(read_log([], "a.jsonl"))


def test_a_bad_line_leaves_the_log_as_it_was(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "r.db") as log:
        lines = [*write_log(EVENTS), b"{}"]
        with pytest.raises(ExchangeError):
            log.absorb(read_log(lines, "a.jsonl"))
        assert list(log.events()) == []
        assert log.absorb(read_log(lines[:-1], "a.jsonl")) == len(EVENTS)
        assert log.absorb(read_log([HEADER, *reversed(lines[1:-1])], "a.jsonl")) == 0
        assert tuple(log.events()) == EVENTS
        assert log.ids() == {event.id for event in EVENTS}
        assert tuple(log.events([EVENTS[3].id, EVENTS[1].id])) == (EVENTS[1], EVENTS[3])
