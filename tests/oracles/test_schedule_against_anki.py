"""Memories beside those of the Anki package, whose FSRS-6 is fsrs-rs: real histories, next answers.

Both count days from one 4 a.m. to the next. The histories are moved, as they are, by as many days
that the last is a day before Anki's today. Anki computes in float32; the tolerances are those of
its roundings.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array, Ints
from studytool.srs.fold import Reviews
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler
from tests.data.real_log import RealReview
from tests.oracles.histories import (
    ROUNDING,
    ROUNDINGS,
    as_reviews,
    expected_of,
    histories_of_cards,
    roundings_of,
    rounds_of,
)

pytestmark = pytest.mark.anki

SEEN = 1e-3
"""A relative difference that no rounding explains in most histories, and a wrong day passes."""

OTHERS = tuple(
    float(np.clip(1.1 * w, low, high))
    for w, (low, high) in zip(FSRS_6.defaults, FSRS_6.bounds, strict=True)
)
HOUR_MS = 3_600_000
REVLOG_KIND = {Stage.NEW: 0, Stage.LEARNING: 0, Stage.REVIEW: 1, Stage.RELEARNING: 2}


class Collection:
    """An Anki collection with FSRS on, its cards answered as a table says."""

    def __init__(self, anki: ModuleType, path: Path) -> None:
        self.anki: Any = anki.Collection(str(path))
        self.anki.set_config("fsrs", True)
        self._request = anki.AddNoteRequest
        self.first_deck = self.anki.decks.all_names_and_ids()[0].id

    @property
    def today_ms(self) -> int:
        """Return the instant at which Anki's day began."""
        return int(self.anki.sched.day_cutoff) * 1000 - DAY_MS

    def use(self, parameters: tuple[float, ...]) -> None:
        options = self.anki.decks.config_dict_for_deck_id(self.first_deck)
        options["fsrsParams6"] = list(parameters)
        self.anki.decks.update_config(options)

    def add_cards(self, count: int) -> list[int]:
        notes = [self.anki.new_note(self.anki.models.by_name("Basic")) for _ in range(count)]
        for number, note in enumerate(notes):
            note["Front"] = str(number)
        self.anki.add_notes([self._request(note, self.first_deck) for note in notes])
        in_review = "UPDATE cards SET type = 2, queue = 2, ivl = 30, due = ?, reps = 1"
        self.anki.db.execute(in_review, self.anki.sched.today + 10)
        return [card for note in notes for card in note.card_ids()]

    def answer(self, cards: list[int], reviews: Reviews, stages: Ints) -> None:
        """Write reviews into the table of answers; its key is the instant, so each has its own."""
        self.anki.db.execute("DELETE FROM revlog")
        order = np.argsort(reviews.time_ms, kind="stable")
        last_ms, rows = 0, []
        for row in order.tolist():
            last_ms = max(last_ms + 1, int(reviews.time_ms[row]))
            kind = REVLOG_KIND[Stage(int(stages[row]))]
            card = cards[reviews.item[row]]
            rows.append((last_ms, card, -1, int(reviews.rating[row]), 1, 1, 0, 0, kind))
        self.anki.db.executemany("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def memories(self, cards: list[int]) -> tuple[Array, Array]:
        states = [self.anki.compute_memory_state(card) for card in cards]
        stability, difficulty = zip(*((s.stability, s.difficulty) for s in states), strict=True)
        return np.array(stability), np.array(difficulty)


@pytest.fixture(scope="module")
def anki() -> ModuleType:
    module: ModuleType = pytest.importorskip("anki.collection", reason="anki is not installed")
    return module


@pytest.fixture
def collection(anki: ModuleType, tmp_path: Path) -> Iterator[Collection]:
    opened = Collection(anki, tmp_path / "collection.anki2")
    yield opened
    opened.anki.close()


def _on_their_days(histories: list[list[RealReview]], today_ms: int) -> Reviews:
    """Lay each review on its study day, at its time of that day, the last of all yesterday."""
    last_day = max(review.study_day for history in histories for review in history)
    moved = [
        today_ms - (last_day + 1) * DAY_MS + review.time_ms - 4 * HOUR_MS
        for history in histories
        for review in history
    ]
    days = [review.study_day for history in histories for review in history]
    return as_reviews(histories, moved, days)


def _stages(reviews: Reviews, scheduler: Scheduler) -> Ints:
    stages = np.zeros_like(reviews.item)
    for done in rounds_of(reviews, scheduler):
        stages[done.rows] = done.before.stage
    return stages


@pytest.mark.parametrize("parameters", [FSRS_6.defaults, OTHERS], ids=["defaults", "others"])
def test_memories_of_real_histories_against_anki(
    collection: Collection, parameters: tuple[float, ...]
) -> None:
    histories, scheduler = histories_of_cards(), Scheduler(Policy(parameters))
    reviews = _on_their_days(histories, collection.today_ms)
    cards = collection.add_cards(len(histories))
    collection.use(parameters)
    collection.answer(cards, reviews, _stages(reviews, scheduler))
    stability, difficulty = collection.memories(cards)
    expected = expected_of(reviews, scheduler)
    allowed = ROUNDINGS * ROUNDING * expected.roundings
    assert np.median(allowed) < SEEN  # the comparison can see
    assert np.all(np.abs(stability / expected.stability - 1) <= allowed)
    assert np.all(
        np.abs(difficulty / expected.difficulty - 1) <= ROUNDINGS * ROUNDING * expected.reviews
    )


def test_days_of_24_hours_are_another_model(collection: Collection) -> None:
    """Control: counted in whole 24 hours, a real log parts most of the stabilities from Anki's."""
    histories, scheduler = histories_of_cards(), Scheduler(Policy())
    theirs = _on_their_days(histories, collection.today_ms)
    reviews = replace(theirs, day=_hours_floored(theirs))
    cards = collection.add_cards(len(histories))
    collection.answer(cards, theirs, _stages(reviews, scheduler))
    stability, _ = collection.memories(cards)
    apart = np.abs(stability / expected_of(reviews, scheduler).stability - 1) > SEEN
    assert np.mean(apart) > 0.5


def _hours_floored(reviews: Reviews) -> Ints:
    """Return days whose differences are whole 24 hours between an item's reviews, rounded down."""
    days = np.zeros_like(reviews.day)
    for row in range(1, len(days)):
        if reviews.item[row] == reviews.item[row - 1]:
            waited = reviews.time_ms[row] - reviews.time_ms[row - 1]
            days[row] = days[row - 1] + max(waited, 0) // DAY_MS
    return days


GRID = np.array(list(product((0.05, 1.0, 12.5, 400.0), (1.0, 5.5, 10.0), (0, 1, 9, 200))))
"""Stability, difficulty, days since the last review: the same day to long overdue; shape (n, 3)."""


def _remember(
    collection: Collection, card: int, *, stability: float, difficulty: float, days: int
) -> None:
    """Set a card's memory, last reviewed ``days`` of Anki's days ago."""
    kept = collection.anki.get_card(card)
    state = import_module("anki.cards").FSRSMemoryState
    kept.memory_state = state(stability=stability, difficulty=difficulty)
    kept.desired_retention, kept.decay = 0.9, FSRS_6.defaults[20]
    kept.last_review_time = (collection.today_ms - days * DAY_MS) // 1000 + 1
    collection.anki.update_card(kept)


def _next_memories(collection: Collection, card: int) -> list[tuple[float, float]]:
    """Return (stability, difficulty) after each of the four answers."""
    states = collection.anki._backend.get_scheduling_states(card)
    four = [states.again.normal.relearning.review.memory_state]
    four += [each.normal.review.memory_state for each in (states.hard, states.good, states.easy)]
    return [(memory.stability, memory.difficulty) for memory in four]


def test_every_next_answer_against_anki(collection: Collection) -> None:
    cards = collection.add_cards(len(GRID))
    peer = []
    for card, (stability, difficulty, days) in zip(cards, GRID.tolist(), strict=True):
        _remember(collection, card, stability=stability, difficulty=difficulty, days=int(days))
        peer += _next_memories(collection, card)
    stability, difficulty, days = np.repeat(GRID, 4, axis=0).astype(np.float64).T
    before = Memories.new(len(days))
    before = replace(
        before,
        stage=np.full_like(before.stage, Stage.REVIEW),
        stability=stability,
        difficulty=difficulty,
        last_day=-days.astype(np.int64),
    )
    scheduler = Scheduler(Policy())
    after = scheduler.review(
        before,
        np.tile([1, 2, 3, 4], len(GRID)),
        times_ms=np.zeros(len(days), np.int64),
        days=np.zeros(len(days), np.int64),
        items=Items.named(["item"] * len(days), scheduler.policy),
    )
    allowed = ROUNDINGS * ROUNDING * roundings_of(scheduler, before, after)
    their_stability, their_difficulty = np.array(peer).T
    assert np.all(np.abs(their_stability / after.stability - 1) <= allowed)
    assert np.all(np.abs(their_difficulty / after.difficulty - 1) <= ROUNDINGS * ROUNDING)
