"""Which life of its item a review belongs to, against what the log's own fold counts."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

from studytool.review_log.events import Event, Reset, Review
from studytool.review_log.item_states import Lives
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.review_log.drafts import NOON, foreign
from tests.review_log.test_laws import ITEMS, event_lists


@settings(max_examples=60, deadline=None)
@given(event_lists())
def test_reviews_of_the_current_life_are_those_that_a_memory_counts(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log.absorb(events)
        lives = Lives(log.resets())
        current = [
            review.item for review, _ in log.answered() if lives.is_current(lives.of(review))
        ]
        counted = {item: log.state(item).reps for item in ITEMS}
        assert {item: current.count(item) for item in ITEMS} == counted


def test_lives_are_numbered_from_the_first() -> None:
    resets = [_reset(2), _reset(5)]
    lives = Lives(resets)
    assert [lives.of(_review(day)) for day in (1, 3, 4, 6)] == [
        ("pack/one", 0), ("pack/one", 1), ("pack/one", 1), ("pack/one", 2),
    ]  # fmt: skip
    assert [lives.is_current(("pack/one", number)) for number in range(3)] == [False, False, True]
    assert lives.is_current(("pack/two", 0))


def _review(day: int) -> Review:
    ms = to_ms(NOON) + 86_400_000 * day
    return foreign("pack/one", Rating.GOOD, ms, random=bytes(10))


def _reset(day: int) -> Reset:
    like = _review(day)
    return Reset(
        id=like.id, learner="someone", device="other", time=like.time, offset_minutes=0,
        item="pack/one",
    )  # fmt: skip
