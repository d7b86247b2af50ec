"""Fuzz spreads the load: items learned in the same days part, as evenly as py-fsrs parts them."""

import random  # noqa: TID251 - py-fsrs draws its fuzz from it, so it is seeded here
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import hypot, sqrt
from statistics import fmean, stdev

import fsrs
import numpy as np
import pytest

from studytool.numerics.arrays import Array, Ints
from studytool.numerics.streams import stream
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.policy import Policy
from studytool.srs.schedule import Items, Scheduler

ITEMS, LEARNING_DAYS, DAYS = 2000, 10, 180
SETTLED = 30
"""Days after which the learning itself no longer shows."""

FIRST_RECALL = 0.9
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOMES, PEERS = 20, 6
FAR = 5.0
"""Standard errors; with six homes of the peer, chance passes this once in 200 times or less."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean over homes and its standard error."""

    mean: float
    error: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Measured":
        """Give the mean of ``values``."""
        return cls(fmean(values), stdev(values) / sqrt(len(values)))

    def above(self, other: "Measured") -> float:
        """Give by how many standard errors this is above ``other``."""
        return (self.mean - other.mean) / hypot(self.error, other.error)


def _ratings(uniform: Array, recall: Array | float) -> Ints:
    """Rate again where ``uniform`` (item,) passes the chance of recall; else hard, good or easy."""
    share = uniform / recall  # uniform again, where recalled
    return np.where(share >= 1, 1, np.where(share < 0.1, 2, np.where(share < 0.9, 3, 4)))


def _loads(home: int, *, fuzz: bool) -> Ints:
    """Give the reviews of each day, shape (day,), of a learner who never skips one."""
    policy = Policy(learning_steps=(), relearning_steps=(), fuzz=fuzz)
    scheduler, rng = Scheduler(policy), stream("load", home)
    items = Items.named([f"home-{home}/{number}" for number in range(ITEMS)], policy)
    memories, loads = Memories.new(ITEMS), np.zeros(DAYS, np.int64)
    memories.due_day[:] = np.repeat(np.arange(LEARNING_DAYS), ITEMS // LEARNING_DAYS)
    for day in range(DAYS):
        rows = np.flatnonzero(memories.due_day == day)
        before, loads[day] = memories.take(rows), len(rows)
        recall = scheduler.retrievability(before, day)
        ratings = _ratings(
            rng.uniform(size=len(rows)), np.where(before.stage == Stage.NEW, FIRST_RECALL, recall)
        )
        days = np.full(len(rows), day)
        after = scheduler.review(
            before, ratings, times_ms=days * DAY_MS, days=days, items=items.take(rows)
        )
        memories.put(rows, after)
    return loads


def _loads_by_py_fsrs(home: int) -> Ints:
    random.seed(home)
    scheduler = fsrs.Scheduler(learning_steps=[], relearning_steps=[])
    loads, rng = np.zeros(DAYS, np.int64), stream("load of py-fsrs", home)
    for number in range(ITEMS):
        card, recall, day = fsrs.Card(card_id=number), FIRST_RECALL, number * LEARNING_DAYS // ITEMS
        while day < DAYS:
            now = START + timedelta(days=day)
            loads[day] += 1
            [rating] = _ratings(rng.uniform(size=1), recall).tolist()
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
            day = (card.due - START).days
            recall = scheduler.get_card_retrievability(card, card.due)
    return loads


def _peak(loads: Ints) -> float:
    return float(loads[SETTLED:].max())


def _variation(loads: Ints) -> float:
    """Give the standard deviation of the days' loads over their mean."""
    return float(loads[SETTLED:].std() / loads[SETTLED:].mean())


@pytest.fixture(scope="module")
def loads() -> dict[str, list[Ints]]:
    """Each home's loads; those of one number with and without fuzz have the same luck."""
    return {
        "off": [_loads(home, fuzz=False) for home in range(HOMES)],
        "ours": [_loads(home, fuzz=True) for home in range(HOMES)],
        "py-fsrs": [_loads_by_py_fsrs(home) for home in range(PEERS)],
    }


@pytest.mark.slow
@pytest.mark.parametrize("figure", [_peak, _variation])
def test_fuzz_evens_the_load_as_py_fsrs_does(
    figure: Callable[[Ints], float], loads: dict[str, list[Ints]]
) -> None:
    found = {which: Measured.of([figure(one) for one in many]) for which, many in loads.items()}
    assert found["off"].above(found["ours"]) > FAR
    assert found["off"].above(found["py-fsrs"]) > FAR  # control: the figure sees bunched loads
    assert abs(found["ours"].above(found["py-fsrs"])) < FAR
