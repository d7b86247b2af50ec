"""The step machine and the due dates against the ``fsrs`` package, card by card."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs
import numpy as np
import pytest
from fsrs.scheduler import FUZZ_RANGES

from studytool.numerics.streams import stream
from studytool.srs.fold import review_one
from studytool.srs.fsrs import retrievability
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, NEW_MEMORY, Memory, Stage, from_ms, to_ms
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler, fuzzed_days
from tests.cases import first_quick, first_row_quick
from tests.rows import all_rows

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RATINGS = list(Rating)


def _day(now: datetime) -> int:
    return to_ms(now) // DAY_MS


def _review(scheduler: Scheduler, memory: Memory, rating: Rating, now: datetime) -> Memory:
    [after] = review_one(
        memory, [rating], now=now, day=_day(now), item="pack/item", scheduler=scheduler
    )
    return after


def _learning(step: int) -> Memory:
    return Memory(
        Stage.LEARNING, step, 2.0, 5.0, due=START, last_review=START, last_day=_day(START), reps=1
    )


def _seen(stability: float, *, day: int = 0, reps: int = 1, lapses: int = 0) -> Memory:
    """An item in review, last reviewed at noon of a day."""
    at = from_ms(day * DAY_MS + DAY_MS // 2)
    return Memory(
        Stage.REVIEW,
        stability=stability,
        difficulty=5.0,
        due_day=day,
        last_review=at,
        last_day=day,
        reps=reps,
        lapses=lapses,
    )


def test_intervals_at_due_against_py_fsrs_vector() -> None:
    vectors = json.loads(
        (Path(__file__).parents[1] / "data" / "fsrs_test_vectors.json").read_text()
    )
    [wanted] = [v for v in vectors["vectors"] if v["id"] == "ivl_history"]
    scheduler = Scheduler(Policy(fuzz=False))
    memory, now, intervals = NEW_MEMORY, START, []
    for number in wanted["ratings"]:
        memory = _review(scheduler, memory, RATINGS[number - 1], now)
        days = 0 if memory.due_day is None else memory.due_day - _day(now)
        intervals.append(days)
        now = memory.due or now + timedelta(days=days)
    assert intervals == wanted["expected_interval_days"]


@pytest.mark.parametrize(
    ("learning", "relearning"),
    first_row_quick(
        [
            ((1, 10), (10,)),  # the defaults
            ((), ()),  # none: every review graduates
            ((5,), (3,)),  # one: hard waits half as long again
            ((1, 10, 60), (10, 30)),  # hard on a later step repeats it
            ((1, 10), ()),  # a lapse stays in review
            ((), (10, 20, 30)),
        ]
    ),
)
@pytest.mark.parametrize("maximum", first_quick([36500, 5]))
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
    waits = (MINUTE, 12 * MINUTE, timedelta(hours=2), timedelta(days=1), timedelta(days=3, hours=1))
    for card_id in range(30):
        begin = from_ms(to_ms(START) // DAY_MS * DAY_MS)  # so that both count the same days
        card, memory, now = fsrs.Card(card_id=card_id, due=begin), NEW_MEMORY, begin
        for _ in range(8):
            number = int(draws.integers(1, 5))
            card, _ = theirs.review_card(card, fsrs.Rating(number), now)
            memory = _review(ours, memory, RATINGS[number - 1], now)
            assert (memory.stage, memory.step) == (Stage(card.state), card.step or 0)
            assert memory.last_review == card.last_review
            waits_days = (card.due - now).days
            assert memory.due == (None if memory.stage is Stage.REVIEW else card.due)
            assert memory.due_day == (
                _day(now) + waits_days if memory.stage is Stage.REVIEW else None
            )
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


@all_rows(
    ("days", "first", "last"),
    [
        (1, 1, 1),  # too short for fuzz
        (2, 2, 2),
        (3, 2, 4),  # the first that has it; never below 2 days
        (5, 4, 6),
        (6, 4, 8),
        (7, 5, 9),  # the share changes
        (8, 6, 10),
        (15, 13, 17),
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


@all_rows("days", range(3, 400))
def test_fuzz_reaches_as_far_as_the_table_of_py_fsrs(days: int) -> None:
    reach = 1 + sum(
        one["factor"] * max(min(days, one["end"]) - one["start"], 0) for one in FUZZ_RANGES
    )
    n = 400
    moved = fuzzed_days(np.full(n, float(days)), np.arange(n) / n, 36500)
    assert (moved.min(), moved.max()) == (max(round(days - reach), 2), round(days + reach))


def test_fuzz_is_a_function_of_item_and_review_count_only() -> None:
    scheduler = Scheduler(Policy())
    one, other = "pack/one", "pack/other"
    settled = _review(scheduler, NEW_MEMORY, Rating.EASY, START)
    later = START + timedelta(days=100)

    def due(item: str, memory: Memory) -> int | None:
        [after] = review_one(
            memory, [Rating.GOOD], now=later, day=_day(later), item=item, scheduler=scheduler
        )
        return after.due_day

    assert due(one, settled) == due(one, settled)
    assert due(one, settled) != due(other, settled)


def test_fuzz_of_an_item_is_the_same_for_ever() -> None:
    """Drawn when the mixer was fixed: another number moves every learner's dates."""
    scheduler = Scheduler(Policy())
    items = Items.named([f"pack/{k}" for k in range(6)], scheduler.policy)
    drawn = {}
    for reps in (1, 2, 300):
        days = np.full(6, 100)
        after = scheduler.review(
            Memories.of([_seen(100.0, reps=reps)] * 6),
            np.full(6, 3),
            times_ms=days * DAY_MS,
            days=days,
            items=items,
        )
        drawn[reps] = (after.due_day - days).tolist()
    assert drawn == {
        1: [238, 237, 255, 250, 238, 255],
        2: [261, 246, 241, 260, 249, 263],
        300: [251, 251, 241, 249, 242, 254],
    }


@pytest.mark.parametrize(
    ("rating", "stage", "step", "minutes"),
    [
        (Rating.AGAIN, Stage.LEARNING, 0, 1),
        (Rating.HARD, Stage.LEARNING, 1, 10),  # on the last of the two steps
        (Rating.GOOD, Stage.REVIEW, 0, None),
    ],
)
def test_a_step_past_the_policys_last_is_its_last(
    rating: Rating, stage: Stage, step: int, minutes: int | None
) -> None:
    """Steps were taken away since the item's last review."""
    after = _review(Scheduler(Policy()), _learning(4), rating, START)
    assert (after.stage, after.step) == (stage, step)
    if minutes is not None:
        assert after.due == START + minutes * MINUTE


@pytest.mark.parametrize(
    ("day", "days"),
    [(4, 0), (5, 0), (6, 1), (15, 10)],  # under a clock set back it is the same day still
)
def test_recall_falls_by_study_days_and_is_none_of_a_new_item(day: int, days: int) -> None:
    scheduler = Scheduler(Policy())
    recall = scheduler.retrievability(Memories.of([_seen(3.0, day=5), NEW_MEMORY]), day)
    wanted = retrievability(
        FSRS_6.defaults, elapsed_days=np.array([days]), stability=np.array([3.0])
    )
    assert recall.tolist() == [wanted[0], 0.0]


@pytest.mark.parametrize(
    ("steps", "step", "minutes"),
    [
        ((5,), 0, 7.5),  # half as long again
        ((1, 10), 0, 5.5),  # the middle of both
        ((1, 10, 60), 0, 5.5),
        ((1, 10, 60), 1, 10.0),
        ((1, 10, 60), 2, 60.0),
    ],
)
def test_hard_waits_by_the_steps(steps: tuple[int, ...], step: int, minutes: float) -> None:
    policy = Policy(learning_steps=tuple(n * MINUTE for n in steps))
    after = _review(Scheduler(policy), _learning(step), Rating.HARD, START)
    assert (after.stage, after.step) == (Stage.LEARNING, step)
    assert after.due == START + minutes * MINUTE


@pytest.mark.parametrize(("step", "minutes"), [(0, 10), (1, 60), (2, 200)])
def test_good_waits_for_the_next_step(step: int, minutes: int) -> None:
    policy = Policy(learning_steps=tuple(n * MINUTE for n in (1, 10, 60, 200)))
    after = _review(Scheduler(policy), _learning(step), Rating.GOOD, START)
    assert (after.stage, after.step) == (Stage.LEARNING, step + 1)
    assert after.due == START + minutes * MINUTE


def test_new_items_and_others_are_reviewed_together() -> None:
    scheduler, now_ms = Scheduler(Policy(fuzz=False)), 40 * DAY_MS
    seen = _seen(30.0, reps=4, lapses=1)
    memories, ratings = [NEW_MEMORY, seen, NEW_MEMORY], [Rating.EASY, Rating.GOOD, Rating.AGAIN]
    together = scheduler.review(
        Memories.of(memories),
        np.array([4, 3, 1]),
        times_ms=np.full(3, now_ms),
        days=np.full(3, 40),
        items=Items.named(["pack/item"] * 3, scheduler.policy),
    )
    alone = [
        _review(scheduler, memory, rating, from_ms(now_ms))
        for memory, rating in zip(memories, ratings, strict=True)
    ]
    assert list(together) == alone


def test_a_packs_own_retention_is_used() -> None:
    policy = Policy(pack_retention=(("a", 0.7),), desired_retention=0.9)
    items = Items.named(["a/x", "b/x", "ab/x"], policy)
    assert items.retention.tolist() == [0.7, 0.9, 0.9]
    assert (items.retention.dtype.name, items.fuzz_keys.dtype.name) == ("float64", "int64")
    assert len(items) == 3
    assert items.step_sets is None
    assert items.take(np.array([1])).retention.tolist() == [0.9]


@all_rows("rating", RATINGS)
@all_rows("memory", [NEW_MEMORY, _learning(0), _learning(1), _seen(3.0)])
def test_packs_of_own_steps_are_reviewed_together_as_each_is_alone(
    memory: Memory, rating: Rating
) -> None:
    """Of one log with four packs, each item moves on as under a policy with its pack's steps only."""
    usual, own = ((MINUTE, 10 * MINUTE), (10 * MINUTE,)), (3 * MINUTE, 7 * MINUTE, 30 * MINUTE)
    alone = {
        "both": Policy(learning_steps=own, relearning_steps=()),
        "first": Policy(learning_steps=(), relearning_steps=usual[1]),
        "none": Policy(learning_steps=usual[0], relearning_steps=usual[1]),
        "same": Policy(learning_steps=own, relearning_steps=()),
    }
    together = Scheduler(
        Policy(
            pack_learning_steps=(("both", own), ("first", ()), ("same", own)),
            pack_relearning_steps=(("both", ()), ("same", ())),
        )
    )
    names = [f"{pack}/x" for pack in alone]
    items = Items.named(names, together.policy)
    assert items.step_sets is not None
    assert items.step_sets.tolist() == [1, 2, 0, 1]
    after = together.review(
        Memories.of([memory] * len(names)),
        np.full(len(names), RATINGS.index(rating) + 1),
        times_ms=np.full(len(names), to_ms(START)),
        days=np.full(len(names), _day(START)),
        items=items.take(np.arange(len(names))),
    )
    for name, got in zip(names, after, strict=True):
        scheduler = Scheduler(alone[name.partition("/")[0]])
        [wanted] = review_one(
            memory, [rating], now=START, day=_day(START), item=name, scheduler=scheduler
        )
        assert got == wanted
    assert len(together.policy.step_sets) == 3


def test_fuzz_spreads_one_days_items_evenly() -> None:
    """χ² of 20,000 items over the days of one range, against its quantile at 1 − 1e-9."""
    n = 20_000
    scheduler, plain = Scheduler(Policy()), Scheduler(Policy(fuzz=False))
    items = Items.named((f"pack/item-{k}" for k in range(n)), scheduler.policy)
    memory = _review(plain, NEW_MEMORY, Rating.EASY, START)
    after = scheduler.review(
        Memories.of([memory] * n),
        np.full(n, 3),
        times_ms=np.full(n, 20_833 * DAY_MS),
        days=np.full(n, 20_833),
        items=items,
    )
    days = after.due_day - 20_833
    _, counts = np.unique(days, return_counts=True)
    expected = n / len(counts)
    chi_squared = float(np.sum((counts - expected) ** 2) / expected)
    freedom = len(counts) - 1
    z = 6.0  # P(Z > 6) ≈ 1e-9; Wilson–Hilferty's quantile of χ²
    quantile = freedom * (1 - 2 / (9 * freedom) + z * np.sqrt(2 / (9 * freedom))) ** 3
    assert chi_squared < quantile
