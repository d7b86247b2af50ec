"""The log's laws: any order of arrival, any merge, any undo give the same state to the last bit."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.review_log.events import Event, Review, Undo, id_text, new_id
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import Memory, from_ms
from studytool.srs.rating import Rating
from tests.review_log.drafts import NOON, draft, foreign

ITEMS = ("pack/one", "pack/two", "pack/three")
START_MS = 1_767_225_600_000
State = tuple[list[Memory], float | None, int, object]


def _random(*content: object) -> bytes:
    """Ten bytes for an id: equal ids mean equal events, as they do in the world."""
    return hashlib.sha256(repr(content).encode()).digest()[:10]


def _review(item: str, rating: Rating, hours: int, copy: int) -> Review:
    ms = START_MS + hours * 3_600_000
    return foreign(item, rating, ms, random=_random(item, rating, hours, copy))


REVIEWS = st.builds(
    _review,
    st.sampled_from(ITEMS),
    st.sampled_from(Rating),
    st.sampled_from([0, 1, 7, 23, 24, 49, 240, 500]),  # ties of an instant are common
    st.integers(0, 1),
)


def _undo(target: Review, copy: int) -> Undo:
    return Undo(
        id=id_text(new_id(START_MS, _random("undo", target.id, copy))),
        learner=target.learner,
        device=target.device,
        time=from_ms(START_MS),
        offset_minutes=0,
        target=target.id,
    )


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event]:
    reviews = draw(st.lists(REVIEWS, max_size=12, unique_by=lambda review: review.id))
    targets = draw(st.lists(st.sampled_from(reviews), max_size=3)) if reviews else []
    undos = [_undo(target, copy) for copy, target in enumerate(targets)]
    return [*reviews, *undos]


@contextmanager
def _log() -> Iterator[ReviewLog]:
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log._db._connection.execute("PRAGMA synchronous = OFF")  # hundreds of logs, none to keep
        log.register("pack", [(item, "a", n) for n, item in enumerate(ITEMS)])
        yield log


def _state(log: ReviewLog) -> State:
    """All that is read from the fold; ``==`` on floats that are never NaN is equality of bits."""
    memories = [log.state(item) for item in ITEMS]
    return memories, log.retention(from_ms(0)), log.new_since(from_ms(0)), log.counts(NOON)


def _after(*batches: Sequence[Event]) -> State:
    with _log() as log:
        for batch in batches:
            log.absorb(batch)
        return _state(log)


@settings(max_examples=25, deadline=None)
@given(event_lists(), st.data())
def test_any_order_of_arrival_gives_the_same_state(
    events: list[Event], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    assert _after(events) == _after(shuffled) == _after(*[[event] for event in shuffled])


@settings(max_examples=25, deadline=None)
@given(event_lists(), event_lists(), event_lists())
def test_merge_is_set_union(a: list[Event], b: list[Event], c: list[Event]) -> None:
    union = list({event.id: event for event in a + b + c}.values())
    wanted = _after(union)
    assert _after(a, b, c) == wanted
    assert _after(c, b, a) == wanted  # commutative
    assert _after(a, [*b, *c]) == wanted  # associative
    assert _after(a, b, c, b, a) == wanted  # idempotent


@settings(max_examples=25, deadline=None)
@given(event_lists(), REVIEWS)
def test_undo_is_the_inverse_of_append(events: list[Event], review: Review) -> None:
    with _log() as log:
        log.absorb(events)
        before = _state(log)
        log.append_review(draft(review.item, review.rating, review.time))
        undone = log.undo(NOON)
        assert undone is not None
        assert (undone.item, undone.rating) == (review.item, review.rating)
        assert _state(log) == before


@settings(max_examples=25, deadline=None)
@given(st.lists(REVIEWS, max_size=15))
def test_appending_one_by_one_gives_what_folding_again_gives(reviews: list[Review]) -> None:
    with _log() as log:
        for number, review in enumerate(reviews):
            log.append_review(draft(review.item, review.rating, review.time))
            if number % 5 == 4:
                log.undo(NOON)
        before = _state(log)
        connection = apsw.Connection(str(log._db.path))
        connection.execute("DELETE FROM meta WHERE key = 'folded_seq'")
        connection.close()
        with ReviewLog.open(log._db.path) as again:
            assert _state(again) == before
        assert _after(list(log.events())) == before
