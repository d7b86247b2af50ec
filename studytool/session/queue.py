"""The order of asking: learning steps that are due, reviews, new items, then early steps."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool.review_log.queue import DueItem, PastReview
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog
    from studytool.session.day_plan import DayPlan
    from studytool.session.scope import Scope
    from studytool.settings import ReviewOrder, Settings

LEARN_AHEAD = timedelta(minutes=20)
"""How early an item in learning may come back when nothing else is left (Anki's default)."""

EVER = timedelta(days=36_500)
"""Longer than any step."""

WINDOW = 20
"""Among so many of the first in order, interleaving may choose."""


def next_item(
    log: "ReviewLog", scope: "Scope", *, now: datetime, today: "DayPlan", settings: "Settings"
) -> str | None:
    """Return the next item's id, None when nothing is left to ask.

    In a scope of one concept, its prerequisites are not looked at: the learner asked for it.
    """
    for waiting in _waiting(log, scope, now=now, today=today, order=settings.order):
        if waiting:
            return _interleaved(waiting, today.seen) if settings.interleave else waiting[0].item
    return None


def due_items(
    log: "ReviewLog", scope: "Scope", *, now: datetime, today: "DayPlan", settings: "Settings"
) -> list[str]:
    """Return the items due: steps, then reviews in order; interleaving may ask them in another."""
    within, ms = log.within(scope.packs, scope.concept), to_ms(now)
    waiting = within.in_steps(ms, scope.limit)
    left = (
        today.reviews_left
        if scope.limit is None
        else min(today.reviews_left, scope.limit - len(waiting))
    )
    waiting += within.reviews(ms, left, order=settings.order, without=today.resting)
    return [one.item for one in waiting]


def count_in_concept(
    log: "ReviewLog", scope: "Scope", *, now: datetime, today: "DayPlan"
) -> tuple[int, int, int]:
    """Return how many items of the scope's concept are due, in steps (due or not), and new."""
    within, ms = log.within(scope.packs, scope.concept), to_ms(now)
    due = within.reviews(ms, today.reviews_left, order="due", without=today.resting)
    learning = within.in_steps(ms, None, ahead_ms=EVER // timedelta(milliseconds=1))
    new = within.new(ms, today.new_left, without=today.resting)
    return len(due), len(learning), len(new)


def _waiting(
    log: "ReviewLog", scope: "Scope", *, now: datetime, today: "DayPlan", order: "ReviewOrder"
) -> Iterator[Sequence[DueItem]]:
    """Return the first items of each class, the more urgent classes first."""
    within, ms = log.within(scope.packs, scope.concept), to_ms(now)
    yield within.in_steps(ms, WINDOW, without=today.passed_over)
    admitted = min(WINDOW, today.reviews_left)  # interleaving brings in nothing beyond the limit
    yield within.reviews(ms, admitted, order=order, without=today.resting)
    if today.new_left:
        closed = today.closed if scope.concept is None else ()
        yield within.new(ms, WINDOW, without=today.resting, closed=closed)
    ahead_ms = LEARN_AHEAD // timedelta(milliseconds=1)
    yield within.in_steps(ms, WINDOW, ahead_ms=ahead_ms, without=today.passed_over)


def _interleaved(waiting: Sequence[DueItem], seen: Sequence[PastReview]) -> str:
    """Return the first of the concept that was asked about longest ago today, or not at all."""
    asked_ms: dict[str | None, int] = {}
    for one in seen:
        asked_ms[one.concept] = max(one.time_ms, asked_ms.get(one.concept, 0))
    return min(waiting, key=lambda one: asked_ms.get(one.concept, 0)).item
