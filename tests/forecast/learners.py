"""Learners unlike the model: other memories, items of unequal strength, days of unequal effort.

Each is drawn at random. The program's scheduler with its default parameters says what is due; the
learner recalls by parameters of her own, which it does not know. Nothing of the forecast is used.
"""

from dataclasses import dataclass

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.numerics.streams import Rng, stream
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from studytool.srs.schedule import Scheduler
from tests.forecast.cut import SCHEDULER, items_of
from tests.forecast.follower import BEGAN_MS, OPENS_MS, Lived

_FIRST_DAY = BEGAN_MS // DAY_MS


@dataclass(frozen=True)
class Traits:
    """What a learner is like.

    Attributes:
        memory: the scheduler that her memory follows.
        first, steps: chances of again, hard, good, easy at a first answer, and in steps.
        recalled: the same where a mature item was recalled; none of again.
        strength: shape (item,), by which each item's stability is unlike the parameters'.
        new_per_day: the most that she begins.
        capacity: shape (day,), the most answers to items not new; 0 on a day off.
    """

    memory: Scheduler
    first: Array
    steps: Array
    recalled: Array
    strength: Array
    new_per_day: int
    capacity: Array


def draw_traits(rng: Rng, *, days: int) -> Traits:
    """Draw a learner: each parameter by a fifth or so off its default, days as life has them."""
    new_per_day = int(rng.integers(4, 21))
    return Traits(
        memory=Scheduler(Policy(_parameters(rng))),
        first=rng.dirichlet([6, 3, 12, 3]),
        steps=rng.dirichlet([5, 2, 14, 1]),
        recalled=np.append(0.0, rng.dirichlet([3, 12, 3])),
        strength=np.exp(rng.normal(0.0, rng.uniform(0.1, 0.5), days * new_per_day)),
        new_per_day=new_per_day,
        capacity=_capacity(rng, days, new_per_day),
    )


def _parameters(rng: Rng) -> tuple[float, ...]:
    drawn = np.array(FSRS_6.defaults) * np.exp(rng.normal(0.0, 0.2, len(FSRS_6.defaults)))
    low, high = np.array(FSRS_6.bounds).T
    return tuple(np.clip(drawn, low, high).tolist())


def _capacity(rng: Rng, days: int, new_per_day: int) -> Array:
    """Draw the days: some clear all, others do what they have time for; with days off and moods."""
    weekday = np.exp(rng.normal(0.0, 0.25, 7))[np.arange(days) % 7]
    mood, persistence, spread = np.zeros(days), rng.uniform(0.0, 0.8), rng.uniform(0.1, 0.5)
    for day in range(1, days):
        mood[day] = persistence * mood[day - 1] + rng.normal(0.0, spread)
    most = np.inf if rng.random() < 0.5 else new_per_day * rng.uniform(4.0, 8.0)
    comes = rng.random(days) >= rng.uniform(0.0, 0.25)
    return np.where(comes, np.maximum(1.0, most * weekday * np.exp(mood)), 0.0)


def live_as(traits: Traits, rng: Rng) -> Lived:
    """Live the days of ``traits``: due items, the longest due first, then new ones, with steps."""
    n = len(traits.strength)
    items = items_of(n)
    known, true = Memories.new(n), Memories.new(n)
    begun = 0
    kept: list[tuple[Ints, Ints, Ints, Ints]] = []
    for day, capacity in enumerate(traits.capacity):
        today = _FIRST_DAY + day
        at_ms = today * DAY_MS + OPENS_MS
        due = _due(known, today)
        due = due[: int(min(capacity, len(due)))]
        fresh = np.arange(begun, begun + traits.new_per_day) if capacity else np.arange(0)
        begun += len(fresh)
        rows = np.concatenate([due, fresh])
        while len(rows):
            ratings = _rate(traits, true.take(rows), today, rng, strength=traits.strength[rows])
            when = {"times_ms": np.full(len(rows), at_ms), "days": np.full(len(rows), today)}
            kept.append((rows, when["times_ms"], ratings, np.full(len(rows), day)))
            own = items.take(rows)
            true.put(rows, traits.memory.review(true.take(rows), ratings, **when, items=own))
            known.put(rows, SCHEDULER.review(known.take(rows), ratings, **when, items=own))
            rows = rows[known.stage[rows] != Stage.REVIEW]
            at_ms += 600_000  # the longest step
    item, time_ms, rating, answered = (np.concatenate(column) for column in zip(*kept, strict=True))
    return Lived(item, time_ms, rating, answered, n)


def _due(known: Memories, today: int) -> Ints:
    due = ((known.stage == Stage.REVIEW) & (known.due_day <= today)).nonzero()[0]
    in_turn: Ints = due[np.argsort(known.due_day[due], kind="stable")]
    return in_turn


def _rate(traits: Traits, true: Memories, today: int, rng: Rng, *, strength: Array) -> Ints:
    """Draw ratings; a mature item is recalled by her own memory and by what the item is like."""
    mature = true.stage == Stage.REVIEW
    elapsed = np.maximum(today - true.last_day, 0) / strength
    recall = traits.memory.model.retrievability(true.stability, elapsed)
    shares = np.array([traits.first, traits.steps, traits.recalled])
    kind = np.select([true.stage == Stage.NEW, mature], [0, 2], 1)
    drawn = 1 + (rng.random((len(mature), 1)) >= np.cumsum(shares, axis=1)[kind, :3]).sum(axis=1)
    forgot: Flags = mature & (rng.random(len(mature)) >= recall)
    return np.where(forgot, 1, drawn)


def learner(name: str, number: int, *, days: int) -> tuple[Traits, Lived]:
    """Return the learner of a number, always the same."""
    rng = stream(name, number)
    traits = draw_traits(rng, days=days)
    return traits, live_as(traits, rng)
