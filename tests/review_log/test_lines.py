"""Events as lines of JSON: each value at the edges of its range, and each way a line is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from studytool.errors import ExchangeError
from studytool.quiz.outcome import Outcome
from studytool.review_log import json_values as values
from studytool.review_log.events import Event, Flag, Review, Suspend, Vacation
from studytool.review_log.lines import HEADER, check_header, read_event, read_object, write_event
from studytool.srs.rating import Rating
from tests.log_lines import read_log, write_log
from tests.rows import all_rows

ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
TIME = datetime(2026, 1, 31, 9, 30, 0, 250_000, tzinfo=UTC)
STAMP: dict[str, Any] = {
    "id": ID,
    "learner": "me",
    "device": "here",
    "offset_minutes": -90,
    "study_day": 20_484,
}
LINE = {**STAMP, "time": "2026-01-31T09:30:00.250Z"}
REVIEW: dict[str, Any] = {
    "kind": "review", **LINE, "item": "p/i", "revision": "", "seed": 0, "answer": "½",
    "outcome": "right", "rating": "good", "duration_ms": 0,
}  # fmt: skip
EVENTS: list[tuple[Event, dict[str, Any]]] = [
    (
        Review(
            **STAMP, time=TIME, item="p/i", revision="", seed=0, answer="½", outcome=Outcome.RIGHT,
            rating=Rating.GOOD, duration_ms=0,
        ),
        {**REVIEW, "parameters": {}, "misconception": None, "confidence": None},
    ),
    (Suspend(**STAMP, time=TIME, item="p/i"), {"kind": "suspend", **LINE, "item": "p/i",
                                               "leech": None}),
    (Flag(**STAMP, time=TIME, item="p/i", leech=ID), {"kind": "flag", **LINE, "item": "p/i",
                                                      "leech": ID}),
    (
        Vacation(**STAMP, time=TIME, days=3650),
        {"kind": "vacation", **LINE, "days": 3650, "first": None},
    ),
    (
        Vacation(**STAMP, time=TIME, days=9, first=20600),
        {"kind": "vacation", **LINE, "days": 9, "first": 20600},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("event", "line"), EVENTS)
def test_an_event_and_its_line(event: Event, line: dict[str, Any]) -> None:
    assert read_event(line) == event
    written = write_event(event)
    assert written.startswith(f'{{"kind": "{event.kind}", "id": "{ID}"'.encode())
    assert written.endswith(b"}\n")
    assert read_object(written) == line
    if isinstance(event, Review):
        assert "½".encode() in written  # as typed, not as an escape


@pytest.mark.parametrize(
    "zone", [UTC, timezone(timedelta(0)), ZoneInfo("UTC"), ZoneInfo("America/St_Johns")]
)
def test_an_instant_is_written_in_utc(zone: tzinfo) -> None:
    assert values.write_instant(TIME.astimezone(zone)) == "2026-01-31T09:30:00.250Z"


@pytest.mark.parametrize(
    "line",
    [b'{"a": 1}', b'{"a": 1}\n', b'{"a": 1}\r\n', b' {"a": 1} ', b'\xef\xbb\xbf\t{"a": 1}\n'],
)
def test_space_around_an_object(line: bytes) -> None:
    assert read_object(line) == {"a": 1}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b'{"a": 1} {}\n', "Extra data: line 1 column 10"),
        (b'{"a": 1', "Expecting ',' delimiter: line 1 column 8"),
        (b'{"a": NaN} {}', "NaN is not a JSON number"),
        (b"[1]\n", "[1]"),
        (b"\n", "Expecting value: line 2 column 1"),
    ],
)
def test_what_is_no_object(line: bytes, words: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_object(line)
    assert words in caught.value.text("en")


def test_what_a_line_may_lack() -> None:
    event, _ = EVENTS[0]
    assert read_event(REVIEW) == event
    suspended = {"kind": "suspend", **LINE, "item": "p/i"}
    assert read_event(suspended) == EVENTS[1][0]
    older = {key: value for key, value in suspended.items() if key != "study_day"}
    assert read_event(older).study_day is read_event({**older, "study_day": None}).study_day is None


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (20_482, True),  # 00:30 a day before, where days start at 23 and the clock is far behind
        (20_484, True),  # the day of time in UTC
        (20_485, True),  # east of it
        (20_481, False),
        (20_486, False),
        (-3, False),
        (True, False),
        ("20484", False),
        (20_484.0, False),
    ],
)
def test_a_study_day_is_one_that_its_instant_can_have(day: object, *, is_one: bool) -> None:
    line = {**REVIEW, "study_day": day}
    if is_one:
        assert read_event(line).study_day == day
    else:
        with pytest.raises(ExchangeError, match="study_day = "):
            read_event(line)


@all_rows("name", [name for name in REVIEW if name not in {"kind", "study_day"}])
def test_what_a_line_must_have(name: str) -> None:
    line = {key: value for key, value in REVIEW.items() if key != name}
    with pytest.raises(ExchangeError, match=f"review lacks {name}; add it"):
        read_event(line)


def test_all_missing_and_unknown_fields_are_named() -> None:
    with pytest.raises(ExchangeError, match="vacation lacks days, device, id, learner, offset"):
        read_event({"kind": "vacation", "time": "2026-01-31T09:30:00Z"})
    with pytest.raises(ExchangeError, match="vacation has no field 'a', 'b'; delete it"):
        read_event({"kind": "vacation", **LINE, "days": 1, "b": 1, "a": 2})


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reviews", "unknown kind 'reviews' (did you mean 'review'?); known are review, undo"),
        ("xyz", "unknown kind 'xyz'; known are review"),
        (None, "unknown kind null; known"),
        (1, "unknown kind 1; known"),
        ([], "unknown kind []; known"),
    ],
)
def test_an_unknown_kind(kind: object, words: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_event({"kind": kind})
    assert words in str(refused.value)


WHOLE = values.whole(-3, 5)


@all_rows(
    ("read", "value", "found"),
    [
        (WHOLE, -3, -3),
        (WHOLE, 5, 5),
        (values.read_share, None, None),
        (values.read_share, 0, 0.0),
        (values.read_share, 1, 1.0),
        (values.read_share, 0.5, 0.5),
        (values.read_share, -0.0, 0.0),  # never −0, of which the bytes are others
        (values.read_text, "", ""),
        (values.read_text, "한", "한"),
        (values.read_name, "한", "한"),
        (values.read_name, "a\u00a0b\u200d", "a\u00a0b\u200d"),
        (values.or_null(values.read_name), None, None),
        (values.or_null(values.read_name), "x", "x"),
        (values.read_id, ID, ID),
        (values.read_numbers, {}, {}),
        (values.read_numbers, {"한": 1, "b": 0.5}, {"한": 1, "b": 0.5}),
        (values.choice(Rating), "easy", Rating.EASY),
        (values.read_instant, "2026-01-31T09:30:00.250Z", TIME),
        (values.read_instant, "2026-01-31T09:30:00.250999Z", TIME),
        (values.read_instant, "2026-01-31T09:30:00.250999+00:00", TIME),
        (values.read_instant, "2026-01-31T18:30:00.250999+09:00", TIME),
        (values.read_instant, "2026-01-31T04:00:00.25-05:30", TIME),
        (values.read_instant, "1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
        (
            values.read_time,
            "2261-12-31T23:59:59.999Z",
            datetime(2261, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC),
        ),
        (
            values.read_instant,
            "8999-12-31T23:59:59.999Z",
            datetime(8999, 12, 31, 23, 59, 59, 999_000, tzinfo=UTC),
        ),
    ],
)
def test_a_value_that_is_taken(
    read: Callable[[str, object], object], value: object, found: object
) -> None:
    taken = read("name", value)
    assert repr(taken) == repr(found)  # in UTC, and of the same sign and type


OF_TEXT, OF_NAME = "text without half surrogates", "text that is not empty"
OF_SHARE, OF_NUMBERS = "a number from 0 to 1, or null", "an object of finite numbers"
OF_WHOLE, OF_ID, OF_TIME = "a whole number from -3 to 5", "a UUID in lower case", "a time since"


@all_rows(
    ("read", "value", "shown", "wanted"),
    [
        (WHOLE, -4, "-4", OF_WHOLE),
        (WHOLE, 6, "6", OF_WHOLE),
        (WHOLE, True, "True", OF_WHOLE),
        (WHOLE, 1.0, "1.0", OF_WHOLE),
        (WHOLE, None, "null", OF_WHOLE),
        (values.read_share, -0.001, "-0.001", OF_SHARE),
        (values.read_share, 1.001, "1.001", OF_SHARE),
        (values.read_share, "1", "'1'", OF_SHARE),
        (values.read_share, True, "True", OF_SHARE),
        (values.read_share, float("nan"), "nan", OF_SHARE),
        (values.read_text, 1, "1", OF_TEXT),
        (values.read_text, None, "null", OF_TEXT),
        (values.read_text, "\ud800", r"'\ud800'", OF_TEXT),
        (values.read_name, "", "''", OF_NAME),
        (values.read_name, None, "null", OF_NAME),
        (values.read_name, "\x1b[2J", r"'\x1b[2J'", OF_NAME),
        (values.read_name, "a\nb", r"'a\nb'", OF_NAME),
        (values.read_name, "a\tb", r"'a\tb'", OF_NAME),
        (values.read_name, "\x9b", r"'\x9b'", OF_NAME),
        (values.read_name, "a\u202eb", r"'a\u202eb'", OF_NAME),
        (values.read_name, 7, "7", OF_TEXT),
        (values.or_null(values.read_name), "", "''", OF_NAME),
        (values.read_id, ID.upper(), repr(ID.upper()), OF_ID),
        (values.read_id, f"{ID}0", repr(f"{ID}0"), OF_ID),
        (values.read_id, 1, "1", OF_ID),
        (values.read_numbers, [], "[]", OF_NUMBERS),
        (values.read_numbers, {"a": "1"}, "{'a': '1'}", OF_NUMBERS),
        (values.read_numbers, {"a": True}, "{'a': True}", OF_NUMBERS),
        (values.read_numbers, {"a": float("inf")}, "{'a': inf}", OF_NUMBERS),
        (values.read_numbers, {"\ud800": 1}, r"'\ud800'", OF_TEXT),
        (values.choice(Rating), "best", "'best'", "one of again, hard, good, easy"),
        (values.choice(Rating), 3, "3", "one of again, hard, good, easy"),
        (values.choice(Rating), [], "[]", "one of again, hard, good, easy"),
        (values.read_instant, 5, "5", OF_TIME),
        (values.read_instant, "2026-01-31", "'2026-01-31'", OF_TIME),
        (values.read_instant, "2026-13-31T09:30:00Z", "'2026-13-31T09:30:00Z'", OF_TIME),
        (values.read_instant, "1969-12-31T23:59:59Z", "'1969-12-31T23:59:59Z'", OF_TIME),
        (values.read_instant, "9000-01-01T00:00:00Z", "'9000-01-01T00:00:00Z'", OF_TIME),
        (values.read_instant, "0001-01-01T00:00:00+01:00", "'0001-01-01T00", OF_TIME),
    ],
)
def test_a_value_that_is_refused(
    read: Callable[[str, object], object], value: object, shown: str, wanted: str
) -> None:
    with pytest.raises(ExchangeError) as refused:
        read("field", value)
    said = str(refused.value)
    assert said.startswith(f"field = {shown}")
    assert f": it must be {wanted}" in said


def test_a_time_without_an_offset_is_refused_for_that() -> None:
    value = "2026-01-31T09:30:00"
    with pytest.raises(ExchangeError) as refused:
        values.read_instant("time", value)
    assert str(refused.value) == (
        f"time = '{value}': the time has no offset; if it is in UTC, add a Z at the end."
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [("x" * 61, f"'{'x' * 61}'"), ("x" * 62, f"'{'x' * 59}..."), ("한", r"'\ud55c'")],
)
def test_a_value_is_shown_short(value: object, text: str) -> None:
    assert values.shown(value) == text


NO_HEADER, NEWER = "not a studytool-log file", "newer studytool wrote this"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"format": "studytool-log", "version": 1}, ""),  # without study days
        ({"format": "studytool-log", "version": 2}, ""),
        ({"format": "studytool-log", "version": 3}, ""),  # with blocks
        ({"format": "studytool-log", "version": 4}, "(format 4; this one knows up to 3)"),
        ({"format": "studytool-log", "version": 0}, NO_HEADER),
        ({"format": "studytool-log", "version": True}, NO_HEADER),
        ({"format": "studytool-log", "version": "1"}, NO_HEADER),
        ({"format": "studytool-log"}, NO_HEADER),
        ({"format": "other", "version": 1}, NO_HEADER),
        ({}, NO_HEADER),
    ],
)
def test_the_header(header: dict[str, Any], words: str) -> None:
    if not words:
        check_header(header)
    else:
        with pytest.raises(ExchangeError) as refused:
            check_header(header)
        assert words in str(refused.value)


FLAG = write_event(EVENTS[2][0])


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([HEADER], 0),
        ([HEADER, FLAG], 1),
        ([b"\xef\xbb\xbf" + HEADER, FLAG], 1),  # a byte order mark
        ([HEADER, b"\n", b"  \r\n", FLAG], 1),
        ([HEADER, FLAG, b'{"count": 1, "sha256": "x"}\n', HEADER, FLAG], 2),  # two files of sync
    ],
)
def test_files_that_are_read(lines: list[bytes], count: int) -> None:
    assert list(read_log(lines, "a.jsonl")) == [EVENTS[2][0]] * count


@pytest.mark.parametrize(
    ("lines", "place", "words"),
    [
        ([], 1, NO_HEADER),
        ([FLAG], 1, NO_HEADER),
        ([b"\n", HEADER], 1, "not a JSON object"),
        ([HEADER, b"[]\n"], 2, "this is not a JSON object ([])"),
        ([HEADER, b"null\n"], 2, "this is not a JSON object (null)"),
        ([HEADER, b"{\n"], 2, "not a JSON object"),
        ([HEADER, b'{"a": NaN}\n'], 2, "NaN is not a JSON number"),
        ([HEADER, b'{"a": "\xff"}\n'], 2, "not a JSON object"),
        ([HEADER, FLAG, b"{}\n"], 3, "unknown kind null"),
        ([HEADER, FLAG, b'{"count": 1}\n'], 3, "unknown kind null"),
        ([HEADER, FLAG, b'{"format": "x"}\n'], 3, NO_HEADER),
    ],
)
def test_files_that_are_refused_at_a_line(lines: list[bytes], place: int, words: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        list(read_log(lines, "a.jsonl"))
    said = str(refused.value)
    assert said.startswith(f"a.jsonl:{place}: ")
    assert words in said


def test_a_log_is_a_header_and_its_events() -> None:
    written = list(write_log(event for event, _ in EVENTS))
    assert written[0] == b'{"format": "studytool-log", "version": 2}\n'
    assert written[1:] == [write_event(event) for event, _ in EVENTS]
    assert list(read_log(written, "x")) == [event for event, _ in EVENTS]
