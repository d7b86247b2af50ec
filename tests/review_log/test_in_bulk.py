"""Reviews read and written in bulk: the same as one by one, also where a line is not as it should be.

The oracle is the exact reader and writer of single lines, which :mod:`tests.review_log.test_lines`
holds to the table of fields.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.errors import ExchangeError
from studytool.review_log.event_ids import id_bytes, id_text, new_id
from studytool.review_log.events import Event, Review
from studytool.review_log.json_values import LAST_TIME
from studytool.review_log.lines import HEADER, write_event
from studytool.review_log.log import ReviewLog
from studytool.review_log.read_in_bulk import _BATCH, _batches, read_rows
from studytool.review_log.rows import WordRow, read_event_row
from studytool.review_log.schema import COLUMNS
from studytool.review_log.write_in_bulk import write_events
from studytool.srs.memory import DAY_MS, from_ms, to_ms
from tests.exchange.samples import EVENTS, REVIEW
from tests.log_lines import read_log, write_log
from tests.review_log.test_laws import event_lists
from tests.rows import all_rows

USUAL = replace(REVIEW, answer="0.0125", parameters={"fan_in": 512.0, "n": 3}, learner="me")
LINE = write_event(USUAL)


def _in_bulk(lines: Iterable[bytes]) -> list[str] | str:
    try:
        read = list(read_rows(lines, "a.jsonl"))
    except ExchangeError as refused:
        return refused.text("en")
    return [repr(read_event_row(one) if isinstance(one, WordRow) else one) for one in read]


def _one_by_one(lines: Iterable[bytes]) -> list[str] | str:
    try:
        return list(map(repr, read_log(lines, "a.jsonl")))
    except ExchangeError as refused:
        return refused.text("en")


def test_the_usual_review_is_read_as_a_row_and_others_as_themselves() -> None:
    lines = list(write_log([USUAL, *EVENTS]))
    read = list(read_rows(lines, "a.jsonl"))
    assert [type(one) for one in read] == [
        WordRow if isinstance(event, Review) else type(event) for event in (USUAL, *EVENTS)
    ]
    assert [one.id for one in read] == [event.id for event in (USUAL, *EVENTS)]
    assert _in_bulk(lines) == _one_by_one(lines) == list(map(repr, (USUAL, *EVENTS)))


def test_usual_reviews_are_written_without_the_writer_of_single_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the bulk could not write one, all would be right, and take twice as long."""
    reviews = [
        replace(
            USUAL,
            answer=answer,
            parameters={"n": float(place)} if place % 2 else {},
            seed=place,
            confidence=0.25 * place if place % 2 else None,
            duration_ms=1000 * place,
            time=USUAL.time + timedelta(minutes=place, milliseconds=place),
        )
        for place, answer in enumerate(["0.0125", "", 'a "quote", 빈칸', "∑"])
    ]
    lines = list(map(write_event, reviews))
    rows = list(read_rows([HEADER, *lines], "a.jsonl"))
    assert {*map(type, rows)} == {WordRow}
    monkeypatch.setattr("studytool.review_log.write_in_bulk._write_one", pytest.fail)
    assert list(write_events(rows)) == lines


def test_a_number_that_json_has_not_is_never_written() -> None:
    """As a row might have it that another program wrote."""
    [row] = read_rows([HEADER, LINE], "a.jsonl")
    assert isinstance(row, WordRow)
    odd = WordRow(
        '["n"]\n[0,NaN]' if column == "parameters" else value
        for column, value in zip(COLUMNS, row, strict=True)
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        list(write_events([odd]))


@pytest.mark.parametrize("start_hour", [0, 4, 23])
def test_a_row_is_given_a_day_where_it_has_none(start_hour: int) -> None:
    """By its own offset, as a line of a version before days needs it; a day that is there stays."""
    bare = LINE.replace(b'"study_day": 20454, ', b"")
    assert bare != LINE
    row, without = (one for one in read_rows([HEADER, LINE, bare], "a.jsonl"))
    assert isinstance(row, WordRow)
    assert isinstance(without, WordRow)
    local = USUAL.time + (USUAL.offset_minutes - 60 * start_hour) * timedelta(minutes=1)
    day = (local.replace(tzinfo=None) - datetime(1970, 1, 1)).days  # noqa: DTZ001 - of no zone
    assert repr(read_event_row(without.with_day(start_hour))) == repr(replace(USUAL, study_day=day))
    assert len(without.with_day(start_hour)) == len(COLUMNS)
    assert row.with_day(start_hour) is row


@pytest.mark.parametrize("seconds", [0.001, 59.999, 60, 3_599.5, 3_600, 49_032.25, 86_399.999])
def test_any_time_of_a_day_is_read_as_it_was_written(seconds: float) -> None:
    event = replace(
        USUAL, time=from_ms(to_ms(USUAL.time) // DAY_MS * DAY_MS + round(1000 * seconds))
    )
    assert _in_bulk([HEADER, write_event(event)]) == [repr(event)]


@pytest.mark.parametrize("short", [0, 1])
def test_the_first_instant_that_no_event_has(short: int) -> None:
    end_ms = to_ms(LAST_TIME) - short
    event = replace(USUAL, time=from_ms(end_ms), study_day=end_ms // DAY_MS)
    lines = [HEADER, write_event(event)]
    assert _in_bulk(lines) == _one_by_one(lines)
    assert isinstance(_in_bulk(lines), list) == bool(short)


def test_a_batch_ends_with_its_last_line_or_with_the_one_that_goes_past_a_mebibyte() -> None:
    short, half = b"\n", b"x" * 2**19
    for lines, sizes in (
        ([short] * (2 * _BATCH + 1), [_BATCH, _BATCH, 1]),
        ([half, half, short] * 2 + [half], [3, 3, 1]),
        ([half * 3] * 2, [1, 1]),
    ):
        batches = list(_batches(iter(lines)))
        assert [len(batch) for batch in batches] == sizes
        assert [line for batch in batches for line in batch] == lines


@pytest.mark.parametrize("n", [1, 1999, 2000, 2001, 4500])
def test_the_edges_of_a_batch(n: int) -> None:
    lines = [HEADER, *[LINE] * n, LINE.rstrip()]  # the last line of a file may lack its end
    assert _in_bulk(lines) == [repr(USUAL)] * (n + 1)


@all_rows(
    ("old", "new"),
    [
        (b'"id": "0', b'"id": "A'),  # no hexadecimal digit of ours
        (b'"id": "0', b'"id": "\xd9\xa0'),  # an Arabic zero
        (b'"learner": "me"', b'"learner": ""'),
        (b'"learner": "me"', b'"learner": "m\\u0065"'),  # the same word
        (b'"learner": "me"', b'"learner": "m\\x65"'),
        (b'"learner": "me"', b'"learner": "m\x9be"'),  # no UTF-8
        (b'"learner": "me"', '"learner": "m\x9be"'.encode()),  # a terminal acts on it
        (b'"learner": "me"', '"learner": "m\u2028e"'.encode()),
        (b'"learner": "me"', b'"learner": "\\ud800"'),
        (b'"learner": "me"', b'"learner": "m\xed\xa0\x80"'),
        (b'"learner": "me"', b'"learner": "m\te"'),
        (b'"learner": "me"', b'"learner": null'),
        (b'"learner": "me"', b'"learner": "you", "learner": "me"'),
        (b"2026-01-01T00:00", b"2026-02-30T00:00"),
        (b"2026-01-01T00:00", b"2025-12-31T24:00"),
        (b"2026-01-01T00:00:00.123Z", b"2026-01-01T00:00:60.123Z"),
        (b"2026-01-01T00:00:00.123Z", b"2026-01-01T09:00:00.123+09:00"),
        (b"2026-01-01T00:00:00.123Z", b"2026-01-01T00:00:00.1239Z"),
        (b"2026-01-01T00:00:00.123Z", b"2026-01-01T00:00:00.123"),
        (b"2026-01-01", b"1969-12-31"),
        (b"2026-01-01", b"1970-01-01"),
        (b"2026-01-01", b"2261-12-31"),
        (b"2026-01-01", b"2262-01-01"),
        (b"2026-01-01", b"8999-12-31"),
        (b"2026-01-01", b"9000-01-01"),
        (b"2026-01-01", b"0000-01-01"),
        (b'"offset_minutes": 540', b'"offset_minutes": 1440'),
        (b'"offset_minutes": 540', b'"offset_minutes": -1439'),
        (b'"offset_minutes": 540', b'"offset_minutes": 540.0'),
        (b'"offset_minutes": 540', b'"offset_minutes": -0'),
        (b'"offset_minutes": 540', b'"offset_minutes": 0540'),
        (b'"offset_minutes": 540', b'"offset_minutes": true'),
        (b'"study_day": 20454', b'"study_day": 20451'),
        (b'"study_day": 20454', b'"study_day": 20452'),
        (b'"study_day": 20454', b'"study_day": 20456'),
        (b'"study_day": 20454', b'"study_day": null'),
        (b'"study_day": 20454, ', b""),  # of a version before
        (b'"item": "pack/one"', b'"item": "pack/\x7f"'),
        (b'"item": "pack/one"', '"item": "꾸러미/하나"'.encode()),
        (b'"item": "pack/one"', b'"item": ["pack/one"]'),
        (b'"revision": "3f2a9c81"', b'"revision": ""'),
        (b'"seed": 9223372036854775807', b'"seed": 9223372036854775808'),
        (b'"seed": 9223372036854775807', b'"seed": 0'),
        (b'"seed": 9223372036854775807', b'"seed": -1'),
        (b'"seed": 9223372036854775807', b'"seed": 00'),
        (b'"seed": 9223372036854775807', b'"seed": 1e3'),
        (b'{"fan_in": 512.0, "n": 3}', b"{}"),
        (b'{"fan_in": 512.0, "n": 3}', b"{ }"),
        (b'{"fan_in": 512.0, "n": 3}', b"null"),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": 5.120e2}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": 1e999}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": NaN}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": true}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": "3"}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"fan_in": 3, "fan_in": 4}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"\\ud800": 3}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"n": ' + b"9" * 5000 + b"}"),
        (b'{"fan_in": 512.0, "n": 3}', b'{"n": 3}, "n": {"n": 3}'),
        (b'{"fan_in": 512.0, "n": 3}', b'{"a": "}", "answer": "'),
        (b'"answer": "0.0125"', '"answer": "½ \u2028 \x85 \x7f"'.encode()),
        (b'"answer": "0.0125"', b'"answer": "\\n\\"\\\\ \\u00bd"'),
        (b'"answer": "0.0125"', b'"answer": "\\q"'),
        (b'"answer": "0.0125"', b'"answer": "\\ud83d\\ude00"'),
        (b'"answer": "0.0125"', b'"answer": "\\ud83d"'),
        (b'"answer": "0.0125"', b'"answer": "\\"'),
        (b'"answer": "0.0125"', b'"answer": "a\rb"'),
        (b'"answer": "0.0125"', b'"answer": "a\x00b"'),
        (b'"outcome": "partial"', b'"outcome": "parti"'),
        (b'"outcome": "partial"', b'"outcome": "good"'),
        (b'"misconception": "slip:sign"', b'"misconception": null'),
        (b'"misconception": "slip:sign"', b'"misconception": ""'),
        (b'"misconception": "slip:sign"', b'"misconception": "null"'),
        (b'"confidence": 0.1', b'"confidence": null'),
        (b'"confidence": 0.1', b'"confidence": 1'),
        (b'"confidence": 0.1', b'"confidence": -0.0'),
        (b'"confidence": 0.1', b'"confidence": 1.0000001'),
        (b'"confidence": 0.1', b'"confidence": 1e-400'),
        (b'"confidence": 0.1', b'"confidence": Infinity'),
        (b'"confidence": 0.1', b'"confidence": ".5"'),
        (b'"rating": "hard"', b'"rating": "Hard"'),
        (b'"rating": "hard"', b'"rating": 2'),
        (b'"duration_ms": 8123', b'"duration_ms": 9223372036854775807'),
        (b'"duration_ms": 8123', b'"duration_ms": 99999999999999999999'),
        (b'"duration_ms": 8123', b'"duration_ms": 8_123'),
        (b"}\n", b"} \n"),
        (b"}\n", b"}\r\n"),
        (b"}\n", b"}\n\n"),
        (b"}\n", b', "more": 1}\n'),
        (b"}\n", b"}" + LINE),  # two in one line
        (b"}\n", b"},\n"),
        (b"}\n", b"\n"),
        (b'{"kind"', b'\xef\xbb\xbf{"kind"'),
        (b'{"kind"', b'[{"kind"'),
        (b'{"kind": "review"', b'{"kind": "undo"'),
        (b'{"kind": "review", "id"', b'{"id"'),
        (b": ", b":"),  # as other programs write
    ],
)  # fmt: skip
def test_an_odd_line_is_read_or_refused_as_by_itself(old: bytes, new: bytes) -> None:
    assert old in LINE
    odd = LINE.replace(old, new)
    lines = [HEADER, LINE, LINE, odd, LINE]
    assert _in_bulk(lines) == _one_by_one(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [LINE],
        [LINE, HEADER],
        [b"\n", HEADER],
        [HEADER],
        [HEADER, b"\n", LINE, b'{"count": 1, "sha256": "x"}\n', HEADER, LINE],
        [HEADER, LINE + LINE],
        [HEADER, LINE[:40] + b"\n", LINE[40:]],  # one review cut in two: as many line ends as lines
        [HEADER, LINE[:40], LINE[40:]],
        [HEADER, LINE + LINE, b"", LINE],
        [HEADER, LINE[:-1], LINE],
        [HEADER, LINE[:-1], LINE, LINE],
    ],
)
def test_files_of_odd_lines(lines: Sequence[bytes]) -> None:
    assert _in_bulk(lines) == _one_by_one(lines)


_SPLICES = st.tuples(
    st.integers(0, len(LINE)), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from(
        [b'"', b"\\", b"{", b"}", b", ", b"\n", b"0", b"9", b"null", b"\\u", b'": "', b"\xe2\x80\xa8"]
    )
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(_SPLICES, min_size=1, max_size=3))
def test_a_spoiled_line_is_read_or_refused_as_by_itself(
    splices: list[tuple[int, int, bytes]],
) -> None:
    odd = LINE
    for at, cut, put in splices:
        odd = odd[:at] + put + odd[at + cut :]
    lines = [HEADER, LINE, odd, LINE]
    assert _in_bulk(lines) == _one_by_one(lines)


def test_a_log_is_written_as_its_events_are(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.absorb(EVENTS)
        assert list(write_events(log.word_rows())) == list(map(write_event, EVENTS))
        assert list(write_events(EVENTS)) == list(map(write_event, EVENTS))


def test_numbers_of_any_name_are_written_together(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though a name looks like the end of one object and the beginning of the next."""
    variants = [{"n": 1.0}, {"}\n{": 2.5, "}, {": -1e-9}, {}, {"층": 3.0, "n": 4.0}]
    reviews = [
        replace(USUAL, id=id_text(new_id(at, bytes(10))), parameters=numbers)
        for at, numbers in enumerate(variants)
    ]
    lines = list(map(write_event, reviews))
    with ReviewLog.open(path) as log:
        log.absorb(reviews)
        monkeypatch.setattr("studytool.review_log.write_in_bulk.write_json", pytest.fail)
        assert list(write_events(log.word_rows())) == lines


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(events=event_lists())
def test_any_events_by_rows_and_back(
    events: list[Event], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A log filled by rows is the log filled by events, and gives the same lines."""
    folder = tmp_path_factory.mktemp("logs")
    known = {event.id: event for event in reversed(events)}
    lines = list(write_log(events))
    with ReviewLog.open(folder / "a.db") as one, ReviewLog.open(folder / "b.db") as other:
        one.absorb(events)
        other.absorb(read_rows(lines, "a.jsonl"))
        assert list(one.events()) == list(other.events())
        assert {event.id: event for event in one.events()}.keys() == known.keys()
        expected = list(map(write_event, one.events()))
        assert list(write_events(one.word_rows())) == expected
        assert list(write_events(other.word_rows())) == expected
        ids = [event.id for event in events[::2]]
        assert list(write_events(one.word_rows(set(map(id_bytes, ids))))) == list(
            map(write_event, one.events(ids))
        )
