"""Blocks of reviews: the rows that were put in come out, and nothing that a line could not give."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.errors import ExchangeError
from studytool.review_log import blocks, write_in_bulk
from studytool.review_log import json_values as values
from studytool.review_log.blocks import BLOCK_START, read_block, write_block
from studytool.review_log.event_ids import id_text
from studytool.review_log.events import Event, Review
from studytool.review_log.lines import BLOCKS_HEADER, HEADER, write_event
from studytool.review_log.read_in_bulk import read_rows
from studytool.review_log.rows import WordRow, read_event_row
from studytool.review_log.schema import COLUMNS
from studytool.review_log.write_in_bulk import write_blocks
from studytool.srs.memory import DAY_MS, to_ms
from tests.exchange.samples import REVIEW
from tests.log_lines import read_log
from tests.review_log.test_laws import event_lists
from tests.rows import all_rows

N = 60


def _reviews(n: int) -> list[Review]:
    return [
        replace(
            REVIEW,
            id=id_text(bytes([k]) * 16),
            item=f"pack/{k % 7}",
            answer="½ \u2028" if k == 1 else str(k),
            parameters={"n": k, "rate": k / 8} if k % 5 else {},
            confidence=None if k % 3 else 0.5,
            time=REVIEW.time + k * timedelta(milliseconds=1),
        )
        for k in range(n)
    ]


def _rows(events: Sequence[Event]) -> list[Any]:
    return list(read_rows([HEADER, *map(write_event, events)], "a.jsonl"))


@cache
def _block() -> bytes:
    line = write_block(_rows(_reviews(N)))
    assert line is not None
    return line


def _changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    block = json.loads(_block())
    change(block)
    return json.dumps(block).encode() + b"\n"


def test_reviews_come_out_of_a_block_as_they_were() -> None:
    assert list(map(read_event_row, read_block(_block()))) == _reviews(N)
    assert _block().count(b"\n") == 1


def test_one_review_is_a_block_too() -> None:
    line = write_block(_rows(_reviews(1)))
    assert line is not None
    assert list(map(read_event_row, read_block(line))) == _reviews(1)


def test_a_part_has_blocks_where_many_reviews_stand_together() -> None:
    few = list(write_blocks(_rows(_reviews(49))))
    assert [n for n, _ in few] == [1] * 49  # older versions read these
    assert b"".join(line for _, line in few) == b"".join(map(write_event, _reviews(49)))
    many = list(write_blocks([*_rows(_reviews(N)), *_rows([REVIEW])], most=50))
    assert [n for n, _ in many] == [50] + [1] * 11
    assert [line.startswith(BLOCK_START) for _, line in many] == [True] + [False] * 11


@all_rows(
    ("change", "said"),
    [
        (lambda b: b.update(reviews=N - 1), "do not fit (id)"),
        (lambda b: b.update(reviews=True), "do not fit (reviews)"),
        (lambda b: b.update(reviews=10**9), "do not fit (reviews)"),
        (lambda b: b.update(reviews=0), "do not fit (reviews)"),
        (lambda b: b.pop("seed"), "do not fit (reviews)"),
        (lambda b: b.update(more=1), "do not fit (reviews)"),
        (lambda b: b.update(id=b["id"][:-2]), "do not fit (id)"),
        (lambda b: b.update(id=" " * 32 + b["id"][32:]), "do not fit (id)"),
        (lambda b: b.update(id="g" + b["id"][1:]), "do not fit (id)"),
        (lambda b: b.update(id="٣" + b["id"][1:]), "do not fit (id)"),
        (lambda b: b.update(answer=b["answer"][1:]), "do not fit (answer)"),
        (lambda b: b.update(answer="x" * N), "do not fit (answer)"),
        (lambda b: b["answer"].__setitem__(3, 5), "answer = 5: it must be text"),
        (lambda b: b["answer"].__setitem__(3, "x" * 100_001), "at most 100,000 characters"),
        (lambda b: b.update(answer=["x" * 100_001] * N), "at most 100,000 characters"),
        (lambda b: b["answer"].__setitem__(3, "\ud800"), "without half surrogates"),
        (lambda b: b.update(seed="f" * 16 * N), "do not fit (seed)"),  # less than nothing
        (lambda b: b.update(seed=[1] * N), "do not fit (seed)"),
        (lambda b: b.update(time_ms="f" * 14 + "7f" + b["time_ms"][16:]), "do not fit (time_ms)"),
        (lambda b: b.update(time_ms="0" * 16 + b["time_ms"][16:]), "study_day = 20454"),
        (lambda b: b.update(item=["pack/one", ""]), "do not fit (item)"),
        (lambda b: b["item"].__setitem__(1, "ffff" * N), "do not fit (item)"),
        (lambda b: b["item"].__setitem__(1, "0700" * N), "do not fit (item)"),  # of seven
        (lambda b: b["item"].__setitem__(1, ""), "do not fit (item)"),
        (lambda b: b.update(learner=[["me"], "ffff" * N]), "do not fit (learner)"),
        (lambda b: b["item"].append("x"), "do not fit (item)"),
        (lambda b: b.update(item=5), "do not fit (item)"),
        (lambda b: b["item"][0].__setitem__(0, "a\nb"), "without control characters"),
        (lambda b: b["item"][0].__setitem__(0, ["x"]), "item = ["),
        (lambda b: b["rating"][0].__setitem__(0, "Hard"), "one of again, hard, good, easy"),
        (lambda b: b["offset_minutes"][0].__setitem__(0, 1440), "from -1439 to 1439"),
        (lambda b: b["study_day"][0].__setitem__(0, 20451), "study_day = 20451"),
        (lambda b: b["confidence"][0].__setitem__(0, 2), "a number from 0 to 1"),
        (lambda b: b["parameters"][0].__setitem__(0, {"n": "3"}), "an object of finite numbers"),
    ],
)  # fmt: skip
def test_a_block_with_a_wrong_value_is_refused_at_its_line(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    lines = [BLOCKS_HEADER, write_event(REVIEW), _changed(change)]
    with pytest.raises(ExchangeError) as refused:
        list(read_rows(lines, "a.jsonl"))
    assert str(refused.value).startswith("a.jsonl:3: ")
    assert said in str(refused.value)
    assert refused.value.text("ko") != refused.value.text("en")


def test_a_block_of_as_many_reviews_as_may_be_and_of_one_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocks, "MOST_REVIEWS", N)
    assert len(read_block(_block())) == N
    monkeypatch.setattr(blocks, "MOST_REVIEWS", N - 1)
    with pytest.raises(ExchangeError):
        read_block(_block())


def test_a_block_of_another_version_has_at_most_a_thousand_reviews() -> None:
    rows = _rows(_reviews(1)) * 1001
    most, more = write_block(rows[:1000]), write_block(rows)
    assert most is not None
    assert more is not None
    assert len(read_block(most)) == 1000
    with pytest.raises(ExchangeError):
        read_block(more)


def test_a_block_has_every_instant_that_a_line_may_have() -> None:
    [row] = _rows(_reviews(1))
    end = to_ms(values.LAST_TIME)
    at = {
        ms: WordRow(
            {
                **dict(zip(COLUMNS, row, strict=True)),
                "time_ms": ms,
                "study_day": ms // DAY_MS,
            }.values()
        )
        for ms in (0, end - 1, end)
    }
    for ms in (0, end - 1):
        line = write_block([at[ms]])
        assert line is not None
        assert read_block(line) == [at[ms]]
    late = write_block([at[end]])
    assert late is not None
    with pytest.raises(ExchangeError, match="time_ms"):
        read_block(late)


def test_text_stands_in_a_block_as_it_is() -> None:
    assert "½".encode() in _block()


@pytest.mark.parametrize(("numbers", "fits"), [
    (["x" * 30 * 7], True),
    (["x" * 30 * 7 + "x"], False),
    (["x" * 30 * 7, None], True),
    (["x" * 30 * 7, "x"], False),
])  # fmt: skip
def test_numbers_take_up_at_most_thirty_times_the_line(
    numbers: list[str | None], *, fits: bool
) -> None:
    assert blocks._grows_little(numbers, 7) == fits


def test_a_few_bytes_do_not_become_a_great_many() -> None:
    """Of one long list of numbers, which each of a thousand reviews names."""
    long = {f"p{k}": 1 for k in range(1000)}
    alike = _rows([replace(one, parameters=long) for one in _reviews(N)])
    assert write_block(alike) is None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "MOST_GROWTH", 10**6)
        forged = write_block(alike)
    assert forged is not None
    with pytest.raises(ExchangeError, match="parameters"):
        read_block(forged)


def test_an_odd_row_is_left_to_the_writer_of_lines() -> None:
    [row] = _rows([REVIEW])
    assert write_block([WordRow((*row[:-1], "no day"))]) is None


def test_what_would_be_too_long_is_written_as_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "MOST_BYTES", len(_block()))
    assert write_block(_rows(_reviews(N))) is not None
    monkeypatch.setattr(blocks, "MOST_BYTES", len(_block()) - 1)
    assert write_block(_rows(_reviews(N))) is None


def test_a_block_has_at_most_four_megabytes() -> None:
    long = [replace(one, answer="x" * 73_000) for one in _reviews(N)]
    assert write_block(_rows(long)) is None
    assert write_block(_rows(long[: N * 9 // 10])) is not None


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(events=event_lists())
def test_any_events_by_blocks_and_back(events: list[Event]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write_in_bulk, "_FEWEST", 1)
        lines = [line for _, line in write_blocks(_rows(events))]
    assert _rows(events) == list(read_rows([BLOCKS_HEADER, *lines], "a.jsonl"))


_SPLICES = st.tuples(st.integers(0, 10**6), st.integers(0, 12), st.binary(max_size=6) | st.sampled_from(
    [b'"', b"\\", b"[", b"]", b", ", b"0000", b"ffff", b"9", b"null", b"-1", b"{}", b'": "']
))  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.lists(_SPLICES, min_size=1, max_size=3))
def test_a_spoiled_block_gives_what_lines_may_hold_or_nothing(
    splices: list[tuple[int, int, bytes]],
) -> None:
    odd = _block()[:-1]
    for place, cut, put in splices:
        at = place % len(odd)
        odd = odd[:at] + put.replace(b"\n", b"") + odd[at + cut :]
    try:
        read = list(read_rows([BLOCKS_HEADER, odd + b"\n"], "a.jsonl"))
    except ExchangeError:
        return
    events = [read_event_row(one) if isinstance(one, WordRow) else one for one in read]
    assert list(read_log([HEADER, *map(write_event, events)], "b.jsonl")) == events
