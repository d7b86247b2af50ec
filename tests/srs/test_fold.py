"""The fold: the ``fsrs`` package on a real log, and equal bits for every order and every cut."""

from collections import Counter
from functools import cache

import fsrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.numerics.streams import stream
from studytool.srs.fold import Reviews, fold, replay, review_one
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, NEW_MEMORY, Memory, from_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler
from tests.data.real_log import real_log

Row = tuple[int, int, bytes, int, int]
MINUTE_MS = 60_000
RATINGS = list(Rating)
SCHEDULER = Scheduler(Policy())


@cache
def _real_rows() -> tuple[Row, ...]:
    return tuple(
        (review.card, review.time_ms, number.to_bytes(16, "big"), review.rating, review.study_day)
        for number, review in enumerate(real_log())
    )


def _items(rows: tuple[Row, ...] | list[Row]) -> Items:
    n = max((row[0] for row in rows), default=-1) + 1
    return Items.named((f"pack/{k}" for k in range(n)), SCHEDULER.policy)


def _same(one: Memories, other: Memories) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one.__slots__)


def test_each_of_12580_real_reviews_against_fsrs_package() -> None:
    """At whole days: each review a minute later in its study day than the card's last."""
    rows = _real_rows()
    scheduler = Scheduler(Policy(fuzz=False))
    ours: dict[int, Memory] = {}
    for done in replay(Reviews.of(rows), scheduler, items=_items(rows)):
        ours |= zip(done.rows.tolist(), done.after, strict=True)
    assert len(ours) == len(rows) == 12_580

    theirs = fsrs.Scheduler(enable_fuzzing=False)
    cards: dict[int, fsrs.Card] = {}
    reviewed = Counter[int]()
    for number in sorted(range(len(rows)), key=lambda n: rows[n][1:3]):
        card_id, ms, _, rating, day = rows[number]
        moved = from_ms(day * DAY_MS + reviewed[card_id] * MINUTE_MS)
        reviewed[card_id] += 1
        card = cards.get(card_id) or fsrs.Card(card_id=card_id, due=moved)
        cards[card_id], _ = theirs.review_card(card, fsrs.Rating(rating), moved)
        card, memory = cards[card_id], ours[number]
        assert memory.stability == pytest.approx(card.stability, rel=1e-9), number
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9), number
        assert int(memory.stage) == int(card.state), number
        waits = card.due - moved
        if memory.due_day is not None:
            assert memory.due_day - day == waits.days, number
        else:
            assert memory.due == from_ms(ms) + waits, number


def test_the_real_log_in_any_order_gives_the_same_bits() -> None:
    rows = _real_rows()
    items = _items(rows)
    wanted = fold(Reviews.of(rows), SCHEDULER, items=items)
    for draw in range(3):
        order = stream("order of arrival", draw).permutation(len(rows))
        got = fold(Reviews.of(rows[k] for k in order), SCHEDULER, items=items)
        assert _same(got.memories, wanted.memories)
        assert np.array_equal(got.first_day, wanted.first_day)
        assert np.array_equal(got.mature, wanted.mature[order])


@pytest.mark.slow
def test_the_real_log_one_review_at_a_time_gives_the_same_bits() -> None:
    rows = sorted(row for row in _real_rows() if row[0] < 150)
    items = _items(rows)
    wanted = list(fold(Reviews.of(rows), SCHEDULER, items=items).memories)
    single = [NEW_MEMORY] * len(items)
    for item, ms, _, rating, day in rows:
        [single[item]] = review_one(
            single[item],
            [RATINGS[rating - 1]],
            now=from_ms(ms),
            day=day,
            item=f"pack/{item}",
            scheduler=SCHEDULER,
        )
    assert single == wanted  # floats compare by value, NaN never occurs: equal bits


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 6).map(lambda k: 1_700_000_000_000 + k * 40_000_000),  # ties are common
        st.binary(min_size=16, max_size=16),
        st.integers(1, 4),
        st.integers(19675, 19682),  # in no order at all, as on journeys and under wrong clocks
    ),
    max_size=30,
    unique_by=lambda row: row[2],
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_memories(rows: list[Row], shuffler: object) -> None:
    shuffled = list(rows)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis's own Random
    items = _items(rows)
    one = fold(Reviews.of(rows), SCHEDULER, items=items).memories
    assert _same(one, fold(Reviews.of(shuffled), SCHEDULER, items=items).memories)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_an_items_memory_does_not_depend_on_other_items(rows: list[Row]) -> None:
    items = _items(rows)
    together = list(fold(Reviews.of(rows), SCHEDULER, items=items).memories)
    for item in range(len(items)):
        own = [(0, *row[1:]) for row in rows if row[0] == item]
        alone = fold(Reviews.of(own), SCHEDULER, items=items.take(np.array([item]))).memories
        assert next(iter(alone)) == together[item]


def test_a_log_without_reviews_folds_to_nothing() -> None:
    assert Reviews.of([]).in_order().tolist() == []
    nothing = fold(Reviews.of([]), SCHEDULER, items=Items.named([], SCHEDULER.policy))
    assert (len(nothing.memories), len(nothing.mature)) == (0, 0)


def test_a_log_without_reviews_has_no_round() -> None:
    assert list(replay(Reviews.of([]), SCHEDULER, items=_items([(2, 0, bytes(16), 1, 0)]))) == []


def test_what_a_fold_keeps_of_each_review() -> None:
    """Item 1 graduates at its first review and lapses; item 0 is never in the review stage."""
    rows = [
        (1, 0, bytes(16), 4, 0),
        (0, 5 * DAY_MS, bytes(16), 1, 5),
        (1, 10 * DAY_MS, bytes(16), 1, 10),  # mature
        (1, 11 * DAY_MS, bytes(16), 4, 11),  # relearning
        (1, 30 * DAY_MS, bytes(16), 3, 30),  # mature
    ]
    items = Items.named(["p/a", "p/b", "p/never"], SCHEDULER.policy)
    found = fold(Reviews.of(rows), SCHEDULER, items=items)
    assert found.first_day.tolist() == [5, 0, 0]
    assert found.mature.tolist() == [False, False, True, False, True]
    wanted = []
    for upto, last_day, day in ((1, 0, 10), (4, 11, 30)):
        before = fold(Reviews.of(rows[:upto]), SCHEDULER, items=items).memories
        assert int(before.last_day[1]) == last_day
        assert int(before.last_ms[1]) == last_day * DAY_MS
        wanted.append(float(SCHEDULER.retrievability(before, day)[1]))
    assert found.predicted[[2, 4]].tolist() == wanted
    assert np.isnan(found.predicted[[0, 1, 3]]).all()
    assert list(found.memories)[2] == NEW_MEMORY


def test_reviews_that_come_by_time_keep_their_order_at_one_instant() -> None:
    item, time_ms = np.array([1, 0, 1, 0, 1]), np.array([3, 3, 3, 3, 4])
    ratings, day = np.array([1, 2, 3, 4, 1]), np.zeros(5, np.int64)
    reviews = Reviews.by_time(item, time_ms, day=day, rating=ratings)
    assert reviews.in_order().tolist() == [1, 3, 0, 2, 4]
    columns = (reviews.id_high, reviews.id_low, reviews.rating, reviews.day)
    assert [column.dtype for column in columns] == [np.uint64, np.uint64, np.int64, np.int64]


@pytest.mark.parametrize(
    "most_ms",
    [3, 10**12, (1 << 63) // 6, 1 << 62],  # many at one instant; all but, and no one number holds
)
def test_the_order_of_reviews_against_that_of_tuples(most_ms: int) -> None:
    rng = stream("order of reviews")
    item, ids = rng.integers(7, size=200), rng.integers(3, size=(2, 200)).astype(np.uint64)
    time_ms = rng.integers(-2, most_ms, size=200)
    reviews = Reviews(item, time_ms, time_ms // DAY_MS, ids[0], ids[1], np.ones(200, np.int64))
    keys = list(zip(item.tolist(), time_ms.tolist(), *ids.tolist(), strict=True))
    assert [keys[row] for row in reviews.in_order()] == sorted(keys)


def test_times_before_1970_come_first() -> None:
    rows = [(1, -5, bytes(16), 3, -1), (0, 5, bytes(16), 3, 0), (0, -5, bytes(16), 3, -1)]
    assert Reviews.of(rows).in_order().tolist() == [2, 1, 0]


def test_memories_survive_being_put_into_arrays() -> None:
    rows = _real_rows()[:400]
    memories = list(fold(Reviews.of(rows), SCHEDULER, items=_items(rows)).memories)
    memories.append(NEW_MEMORY)
    assert list(Memories.of(memories)) == memories
