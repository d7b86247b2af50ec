"""The step machine and the due dates against the ``fsrs`` package, card by card."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs
import numpy as np
import pytest

from studytool.numerics.streams import stream
from studytool.srs.fold import review_one
from studytool.srs.memories import Memories
from studytool.srs.memory import NEW_MEMORY, Memory, Stage
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler, fuzzed_days

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RATINGS = list(Rating)


def _review(scheduler: Scheduler, memory: Memory, rating: Rating, now: datetime) -> Memory:
    [after] = review_one(memory, [rating], now=now, item="pack/item", scheduler=scheduler)
    return after


def test_intervals_at_due_against_py_fsrs_vector() -> None:
    vectors = json.loads(
        (Path(__file__).parents[1] / "data" / "fsrs_test_vectors.json").read_text()
    )
    [wanted] = [v for v in vectors["vectors"] if v["id"] == "ivl_history"]
    scheduler = Scheduler(Policy(fuzz=False))
    memory, now, intervals = NEW_MEMORY, START, []
    for number in wanted["ratings"]:
        memory = _review(scheduler, memory, RATINGS[number - 1], now)
        assert memory.due is not None
        intervals.append((memory.due - now).days)
        now = memory.due
    assert intervals == wanted["expected_interval_days"]


@pytest.mark.parametrize(
    ("learning", "relearning"),
    [
        ((1, 10), (10,)),  # the defaults
        ((), ()),  # none: every review graduates
        ((5,), (3,)),  # one: hard waits half as long again
        ((1, 10, 60), (10, 30)),  # hard on a later step repeats it
        ((1, 10), ()),  # a lapse stays in review
        ((), (10, 20, 30)),
    ],
)
@pytest.mark.parametrize("maximum", [36500, 5])
def test_step_machine_against_fsrs_package(
    learning: tuple[int, ...], relearning: tuple[int, ...], maximum: int
) -> None:
    steps = tuple(n * MINUTE for n in learning), tuple(n * MINUTE for n in relearning)
    theirs = fsrs.Scheduler(
        learning_steps=steps[0],
        relearning_steps=steps[1],
        maximum_interval=maximum,
        desired_retention=0.85,
        enable_fuzzing=False,
    )
    ours = Scheduler(Policy(
        desired_retention=0.85,
        learning_steps=steps[0],
        relearning_steps=steps[1],
        maximum_interval_days=maximum,
        fuzz=False,
    ))  # fmt: skip
    draws = stream("step machine", learning, relearning)
    waits = (MINUTE, 12 * MINUTE, timedelta(hours=23, minutes=59), timedelta(days=3, hours=5))
    for card_id in range(30):
        card, memory, now = fsrs.Card(card_id=card_id, due=START), NEW_MEMORY, START
        for _ in range(15):
            number = int(draws.integers(1, 5))
            card, _ = theirs.review_card(card, fsrs.Rating(number), now)
            memory = _review(ours, memory, RATINGS[number - 1], now)
            assert (memory.stage, memory.step) == (Stage(card.state), card.step or 0)
            assert (memory.due, memory.last_review) == (card.due, card.last_review)
            assert memory.stability == pytest.approx(card.stability, rel=1e-9)
            assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)
            now += waits[draws.integers(len(waits))]


def test_reviews_and_lapses_are_counted() -> None:
    scheduler, memory, now = Scheduler(Policy()), NEW_MEMORY, START
    for rating in (Rating.AGAIN, Rating.EASY, Rating.AGAIN, Rating.AGAIN, Rating.GOOD):
        memory = _review(scheduler, memory, rating, now)
        now += timedelta(days=1)
    # only the third was in the review stage when it was not recalled
    assert (memory.reps, memory.lapses, memory.stage) == (5, 1, Stage.REVIEW)


def test_a_review_before_the_last_counts_as_the_same_day() -> None:
    scheduler = Scheduler(Policy(fuzz=False))
    first = _review(scheduler, NEW_MEMORY, Rating.EASY, START)
    same = _review(scheduler, first, Rating.GOOD, START)
    earlier = _review(scheduler, first, Rating.GOOD, START - timedelta(days=3))
    assert earlier.stability == same.stability


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (1, 1, 1),  # too short for fuzz
        (2, 2, 2),
        (3, 2, 4),  # the first that has it; never below 2 days
        (6, 4, 8),
        (7, 5, 9),  # the share changes
        (8, 6, 10),
        (19, 16, 22),
        (20, 17, 23),  # and again
        (21, 18, 24),
        (50, 46, 54),
        (365, 345, 385),
        (36499, 34672, 36500),  # held to the maximum
        (36500, 34673, 36500),
    ],
)
def test_fuzz_range_against_py_fsrs(days: int, first: int, last: int) -> None:
    """Ends from py-fsrs 6.3's ``_get_fuzz_range``."""
    n = 10_000
    moved = fuzzed_days(np.full(n, float(days)), np.arange(n) / n, 36500)
    assert (moved.min(), moved.max()) == (first, last)
    assert np.array_equal(moved, np.rint(moved))


def test_fuzz_is_a_function_of_item_and_review_count_only() -> None:
    scheduler = Scheduler(Policy())
    one, other = "pack/one", "pack/other"
    settled = _review(scheduler, NEW_MEMORY, Rating.EASY, START)
    later = START + timedelta(days=100)

    def due(item: str, memory: Memory) -> datetime | None:
        [after] = review_one(memory, [Rating.GOOD], now=later, item=item, scheduler=scheduler)
        return after.due

    assert due(one, settled) == due(one, settled)
    assert due(one, settled) != due(other, settled)


def test_fuzz_spreads_one_days_items_evenly() -> None:
    """χ² of 20,000 items over the days of one range, against its quantile at 1 − 1e-9."""
    n = 20_000
    scheduler, plain = Scheduler(Policy()), Scheduler(Policy(fuzz=False))
    items = Items.named((f"pack/item-{k}" for k in range(n)), scheduler.policy)
    memory = _review(plain, NEW_MEMORY, Rating.EASY, START)
    after = scheduler.review(
        Memories.of([memory] * n),
        np.full(n, 3),
        times_ms=np.full(n, 1_800_000_000_000),
        items=items,
    )
    days = (after.due_ms - 1_800_000_000_000) // 86_400_000
    _, counts = np.unique(days, return_counts=True)
    expected = n / len(counts)
    chi_squared = float(np.sum((counts - expected) ** 2) / expected)
    freedom = len(counts) - 1
    z = 6.0  # P(Z > 6) ≈ 1e-9; Wilson–Hilferty's quantile of χ²
    quantile = freedom * (1 - 2 / (9 * freedom) + z * np.sqrt(2 / (9 * freedom))) ** 3
    assert chi_squared < quantile
