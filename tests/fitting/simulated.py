"""A learner with known parameters, scheduled by the defaults; and its log."""

from pathlib import Path

import numpy as np

from studytool.numerics.arrays import Ints
from studytool.numerics.streams import stream
from studytool.review_log.log import ReviewLog
from studytool.settings import Settings, save_settings
from studytool.srs.memories import Memories
from studytool.srs.memory import DAY_MS, Stage
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Items, Scheduler
from tests.review_log.drafts import foreign

TRUE = (
    0.05, 0.2, 0.4, 1.2, *FSRS_6.defaults[4:8], 1.1, 0.3, *FSRS_6.defaults[10:20], 0.5,
)  # fmt: skip
"""Forgets far faster than the defaults say, and along a steeper curve."""
BEGAN_MS = 1_700_000_000_000
RATINGS = list(Rating)


def simulate(name: str, *, items: int, days: int) -> list[tuple[int, int, int]]:
    """Draw (item, time in ms, rating 1–4) of items begun one by one over the first half."""
    rng = stream("tests.fitting", name)
    policy = Policy(fuzz=False)
    true, plan = Scheduler(Policy(TRUE, fuzz=False)), Scheduler(policy)
    named = Items.named((f"pack/{k}" for k in range(items)), policy)
    known, planned = Memories.new(items), Memories.new(items)
    when: Ints = BEGAN_MS + (rng.random(items) * days / 2 * DAY_MS).astype(np.int64)
    rows: list[tuple[int, int, int]] = []
    while (here := np.flatnonzero(when < BEGAN_MS + days * DAY_MS)).size:
        before = known.take(here)
        days_here = when[here] // DAY_MS
        chance = np.where(before.stage == 0, 0.7, true.retrievability(before, days_here))
        recalled = rng.random(here.size) < chance
        ratings = np.where(recalled, rng.choice([2, 3, 3, 3, 4], here.size), 1)
        rows += zip(here.tolist(), when[here].tolist(), ratings.tolist(), strict=True)
        for state, scheduler in ((known, true), (planned, plan)):
            after = scheduler.review(
                state.take(here),
                ratings,
                times_ms=when[here],
                days=days_here,
                items=named.take(here),
            )
            state.put(here, after)
        due_ms = np.where(
            planned.stage[here] == Stage.REVIEW,
            planned.due_day[here] * DAY_MS + when[here] % DAY_MS,
            planned.due_ms[here],
        )
        when[here] = due_ms + rng.integers(0, 3_600_000, here.size)
    return rows


def make_home(home: Path, rows: list[tuple[int, int, int]]) -> None:
    """Give a home a log of these reviews."""
    save_settings(home, Settings(language="en"))
    with ReviewLog.open(home / "reviews.db") as log:
        log.absorb(
            foreign(f"pack/{item}", RATINGS[rating - 1], ms, random=number.to_bytes(10, "big"))
            for number, (item, ms, rating) in enumerate(rows)
        )
