"""The numbers of a variant: what was drawn is what is read, however the row has them."""

import json
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from tests.review_log.answer_rows import answered
from tests.review_log.drafts import DAY, NOON, draft
from tests.review_log.sealing import seal_open

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers()
NAMES = st.text() | st.sampled_from(['["n"]', "[1", "{", "", "good", "\x00", "\ud800", '"', "층"])


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(apsw.Connection(str(path))) as connection:
        return connection.execute(sql).fetchall()


def _read(log: ReviewLog) -> list[Mapping[str, float]]:
    return [event.parameters for event in log.events() if isinstance(event, Review)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(NAMES, NUMBERS, max_size=4), min_size=1, max_size=6))
def test_any_parameters_there_and_back(given_: list[dict[str, float]]) -> None:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log._db.connection.execute("PRAGMA synchronous = OFF")
        for k, parameters in enumerate(given_):
            log.append_review(replace(draft(time=NOON + k * DAY), parameters=parameters))
        found = _read(log)
        by_time = [dict(review.parameters) for review, _ in answered(log)]
        last = log.last_reviews(limit=1)[0].parameters
    exactly = [repr(each) for each in given_]  # whole or not, and the order of the names
    assert [repr(each) for each in found] == [repr(each) for each in by_time] == exactly
    assert repr(last) == exactly[-1]


def test_reviews_share_the_names(log: ReviewLog, path: Path) -> None:
    for k in range(3):
        log.append_review(replace(draft(time=NOON + k * DAY), parameters={"fan_in": k, "n": 0.5}))
    rows = [json.loads(str(text)) for (text,) in _rows(path, "SELECT parameters FROM events")]
    assert [numbers for _, *numbers in rows] == [[k, 0.5] for k in range(3)]
    [code] = {code for code, *_ in rows}
    assert _rows(path, f"SELECT name FROM names WHERE code = {code}") == [('["fan_in","n"]',)]


def test_numbers_are_written_as_json_writes_them(log: ReviewLog, path: Path) -> None:
    numbers = [
        0,
        -7,
        10**18,
        0.1,
        -0.0,
        1e22,
        5e-324,
        1.7976931348623157e308,
        True,
        np.float64(0.25),
    ]
    for value in numbers:
        log.append_review(replace(draft(), parameters={"n": value}))
    rows = _rows(path, "SELECT parameters FROM events")
    assert [str(text).partition(",")[2] for (text,) in rows] == [
        f"{json.dumps(n)}]" for n in numbers
    ]
    for value in (
        float("nan"),
        float("inf"),
        -float("inf"),
        np.float64("nan"),
    ):  # none that JSON has
        with pytest.raises(ValueError, match="not JSON compliant"):
            log.append_review(replace(draft(), parameters={"n": value}))
    assert _rows(path, "SELECT count(*) FROM events") == [(len(numbers),)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"fan_in":512.0,"n":3}', {"fan_in": 512.0, "n": 3}),  # as the first versions wrote them
        ('{"1":2}', {"1": 2}),  # a name that could be a code
        (None, {}),
    ],
)
def test_rows_of_the_first_versions(
    log: ReviewLog, path: Path, written: str | None, read: dict[str, float]
) -> None:
    log.append_review(draft())
    with closing(apsw.Connection(str(path))) as connection:
        columns = "kind, learner, device, time_ms, offset_minutes, item, revision, seed, outcome"
        more = f"{columns}, answer, rating, duration_ms, study_day"
        connection.execute(
            f"INSERT INTO events(id, parameters, {more}) SELECT randomblob(16), ?, {more} "
            "FROM events",
            (written,),
        )
        seal_open(connection)
    assert _read(log) == [{"fan_in": 512.0, "n": 128.0}, read]
    assert repr(_read(log)[1]) == repr(read)
