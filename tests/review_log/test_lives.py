"""Which life of its item a review belongs to, against what the log's own fold counts."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from studytool.review_log.columns import gather_columns
from studytool.review_log.event_ids import id_bytes
from studytool.review_log.events import Event, Review
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.answer_rows import answer_row, columns_of_log
from tests.review_log.drafts import NOON, foreign
from tests.review_log.test_laws import ITEMS, event_lists


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(event_lists())
def test_reviews_of_the_current_life_are_those_that_a_memory_counts(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log.absorb(events)
        columns = columns_of_log(log)
        assert (columns.life_items[columns.life] == columns.item).all()
        current = columns.items[columns.item][columns.is_current[columns.life]].tolist()
        living = {*log.ids_now(ITEMS)}
        counted = {item: log.state(item).reps for item in living}
        assert {item: current.count(item) for item in living} == counted


def test_lives_are_numbered_by_their_first_reviews() -> None:
    reviews = [_review(1), _review(1, "pack/two"), _review(3), _review(4), _review(6)]
    codes = {"pack/one": 101, "pack/two": 102}
    ends = tuple((to_ms(one.time), id_bytes(one.id)) for one in (_review(2), _review(5)))
    columns = gather_columns(
        [answer_row(one, codes=codes) for one in reviews],
        words=lambda _: {code: name for name, code in codes.items()},
        resets={101: ends},
    )
    assert columns.life.tolist() == [0, 1, 2, 2, 3]
    assert columns.items[columns.life_items].tolist() == [
        f"pack/{k}" for k in ("one", "two", "one", "one")
    ]
    assert columns.is_current.tolist() == [False, True, False, True]


def _review(day: int, item: str = "pack/one") -> Review:
    ms = to_ms(NOON) + 86_400_000 * day
    return foreign(item, Rating.GOOD, ms, random=bytes(10))
