"""What Anki keeps of a card's reviews and of its memory, made of an item's history.

Source: github.com/ankitects/anki, rslib/src/card/mod.rs, rslib/src/storage/card/data.rs and
rslib/src/revlog/mod.rs: a review card is due on a day counted from the collection's making, one in
steps at an instant; ``data`` holds FSRS's memory, and a review's factor its difficulty.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, repeat
from typing import Any

from studytool.exchange.item_history import ItemHistory, StagedReview
from studytool.srs.fsrs import Weights, difficulties
from studytool.srs.memory import Stage, to_ms
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy

_TYPES = {Stage.NEW: 0, Stage.LEARNING: 1, Stage.REVIEW: 2, Stage.RELEARNING: 3}
_QUEUES = {Stage.NEW: 0, Stage.LEARNING: 1, Stage.REVIEW: 2, Stage.RELEARNING: 1}
_REVIEW_KINDS = {Stage.NEW: 0, Stage.LEARNING: 0, Stage.REVIEW: 1, Stage.RELEARNING: 2}
_SUSPENDED, _BY_HAND = -1, 4
_ONE_STEP = 1001
"""One step left of today's, and one of all."""
_EASE = 2500
"""What the older scheduler starts with; FSRS does not use it."""


@dataclass(frozen=True, slots=True)
class CardState:
    """The columns of a card that say when it is asked.

    Attributes:
        due: its place among the new ones, an instant in seconds, or a day from the collection's.
        data: JSON.
    """

    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    data: str


def new_card(place: int) -> CardState:
    """Return the state of a card that was never asked."""
    return CardState(0, 0, place, 0, 0, 0, 0, 0, "")


def card_state(history: ItemHistory, place: int, *, today: int, policy: Policy) -> CardState:
    """Return the state of a card with a history.

    Args:
        history: of its item.
        place: its place among the new ones, where it was reset.
        today: the study day on which the collection is made.
        policy: the learner's.
    """
    memory = history.memory
    stage = memory.stage
    if stage is Stage.NEW:
        return new_card(place)
    queue = _SUSPENDED if history.suspended else _QUEUES[stage]
    due, interval, left = 0, 0, _ONE_STEP
    if history.due_day is not None and memory.last_day is not None:
        due, interval, left = history.due_day - today, history.due_day - memory.last_day, 0
    elif memory.due is not None:
        due = to_ms(memory.due) // 1000
    factor = _EASE if stage in (Stage.REVIEW, Stage.RELEARNING) else 0
    return CardState(
        *(_TYPES[stage], queue, due, max(interval, 0), factor, memory.reps, memory.lapses, left),
        data=_data(history, policy),
    )


def review_rows(history: ItemHistory, card: int, policy: Policy) -> Iterator[tuple[int, ...]]:
    """Return the rows of ``revlog``: the reviews, and a change by hand for each reset.

    What the log does not hold is told as it came to be: an interval is the time that passed until
    the next review, or until the day that the item is due.
    """
    intervals = [*_intervals(history)]
    hard = _difficulties(history.reviews, _weights(policy))
    before = 0
    for review, interval, difficulty in zip(history.reviews, intervals, hard, strict=True):
        kind = _REVIEW_KINDS[review.stage]
        factor = 0 if difficulty is None else round((difficulty - 1) / 9 * 1000) + 100
        time_ms, duration_ms = review.time_ms, review.duration_ms
        yield time_ms, card, -1, review.rating, interval, before, factor, duration_ms, kind
        before = interval
    for ms in history.resets:
        yield ms, card, -1, 0, 0, 0, 0, 0, _BY_HAND


def _data(history: ItemHistory, policy: Policy) -> str:
    memory = history.memory
    if _weights(policy) is None or memory.stability is None or memory.difficulty is None:
        return ""
    pack = history.item.partition("/")[0]
    kept: dict[str, Any] = {
        "s": round(memory.stability, 4),
        "d": round(memory.difficulty, 3),
        "dr": dict(policy.pack_retention).get(pack, policy.desired_retention),
        "decay": (policy.parameters or FSRS_6.defaults)[20],
    }
    if memory.last_review is not None:
        kept["lrt"] = to_ms(memory.last_review) // 1000
    return json.dumps(kept, separators=(",", ":"))


def _weights(policy: Policy) -> Weights | None:
    """Return FSRS's parameters; None where another model is used."""
    return (policy.parameters or FSRS_6.defaults) if policy.model == "fsrs-6" else None


def _intervals(history: ItemHistory) -> Iterator[int]:
    """Return after each review the days to the next one, or its seconds below zero."""
    reviews, memory = history.reviews, history.memory
    for one, after in pairwise(reviews):
        days = after.study_day - one.study_day
        yield days or -max(1, (after.time_ms - one.time_ms) // 1000)
    last = reviews[-1]
    if memory.due is not None:
        yield -max(1, (to_ms(memory.due) - last.time_ms) // 1000)
    else:
        yield max(1, (history.due_day or last.study_day) - last.study_day)


def _difficulties(
    reviews: Sequence[StagedReview], weights: Weights | None
) -> Iterator[float | None]:
    """Return the difficulty after each review, anew after each reset."""
    for _, life in groupby(reviews, key=lambda one: one.life):
        ratings = [one.rating for one in life]
        yield from repeat(None, len(ratings)) if weights is None else difficulties(weights, ratings)
