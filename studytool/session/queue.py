"""The order of asking: steps that are due, the agenda's reviews and new items, then early steps."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studytool.review_log.queue import PastReview
from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import EVER, LEARN_AHEAD, Agenda
from studytool.session.plan_day import closed_concepts
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog
    from studytool.session.day_plan import DayPlan
    from studytool.session.desk import Desk
    from studytool.session.scope import Scope

WINDOW = 20
"""Among so many of the first in order, interleaving may choose."""


class AskingOrder:
    """What comes next in a scope, at one instant.

    Args:
        desk: whose log, library and settings say it.
        scope: of the sitting.
        now: the instant.
        today: the account of its study day.
        agenda: what is to be asked in it.
    """

    def __init__(
        self,
        desk: "Desk",
        scope: "Scope",
        *,
        now: datetime,
        today: "DayPlan",
        agenda: Agenda,
    ) -> None:
        self._within, self._ms = scope.within(desk.log), to_ms(now)
        self._scope, self._today, self._agenda = scope, today, agenda
        self._settings = desk.settings
        without = today.passed_over | agenda.put_off
        self._closed = closed_concepts(desk, agenda.new_by_pack(), without=without)

    def next_item(
        self, *, last: str | None = None, held: frozenset[str] = frozenset()
    ) -> str | None:
        """Return the next item's id, None when nothing is left to ask.

        In a scope of one concept or some items, prerequisites are not looked at: the learner asked for it.

        Args:
            last: the item asked last, which is not asked again before another.
            held: items in steps that do not come back in this sitting.
        """
        comes_back: str | None = None
        for waiting in self._waiting(held):
            others = [one for one in waiting if one.item != last]
            if others:
                return self._first(others)
            if waiting:
                comes_back = last
        return comes_back

    def _first(self, waiting: Sequence[DueItem]) -> str:
        if not self._settings.interleave:
            return waiting[0].item
        is_new = waiting[0].item in self._agenda.new
        choose = _in_course if is_new else _interleaved
        return choose(waiting[:WINDOW], _asked_ms(self._today.seen))

    def _waiting(self, held: frozenset[str]) -> Iterator[Sequence[DueItem]]:
        """Return the first items of each class, the more urgent classes first."""
        unasked = self._today.passed_over | held
        yield self._within.in_steps(self._ms, WINDOW, without=unasked)
        reviews = list(self._agenda.reviews.values())
        new = [one for one in self._agenda.new.values() if self._is_open(one)]
        yield from (new, reviews) if self._new_first(len(reviews)) else (reviews, new)
        ahead_ms = LEARN_AHEAD // timedelta(milliseconds=1)
        yield self._within.in_steps(self._ms, WINDOW, ahead_ms=ahead_ms, without=unasked)

    def _is_open(self, new: DueItem) -> bool:
        """Tell whether an item's prerequisites are learned by now."""
        concept = f"{new.item.partition('/')[0]}/{new.concept}"
        return self._scope.is_narrow or concept not in self._closed

    def _new_first(self, reviews: int) -> bool:
        """Tell whether a new item comes before the reviews; mixed, as far as they are behind these."""
        if self._settings.new_mix != "mixed":
            return self._settings.new_mix == "before"
        begun, matured = self._today.begun.total(), self._today.matured.total()
        return begun * (matured + reviews) < matured * (begun + len(self._agenda.new))


def due_items(log: "ReviewLog", scope: "Scope", *, now: datetime, agenda: Agenda) -> list[str]:
    """Return the items due: steps, then reviews in order; interleaving may ask them in another."""
    steps = scope.within(log).in_steps(to_ms(now), scope.limit)
    return [*(one.item for one in steps), *agenda.reviews][: scope.limit]


def count_learning(log: "ReviewLog", scope: "Scope", now: datetime) -> int:
    """Return how many items of a scope are in steps, due or not."""
    ahead_ms = EVER // timedelta(milliseconds=1)
    return len(scope.within(log).in_steps(to_ms(now), None, ahead_ms=ahead_ms))


def _asked_ms(seen: Sequence[PastReview]) -> Mapping[str | None, int]:
    """Return when each concept was last asked about today."""
    asked: dict[str | None, int] = {}
    for one in seen:
        asked[one.concept] = max(one.time_ms, asked.get(one.concept, 0))
    return asked


def _interleaved(waiting: Sequence[DueItem], asked_ms: Mapping[str | None, int]) -> str:
    """Return the first of the concept that was asked about longest ago today, or not at all."""
    return min(waiting, key=lambda one: asked_ms.get(one.concept, 0)).item


def _in_course(new: Sequence[DueItem], asked_ms: Mapping[str | None, int]) -> str:
    """Return the first of the concept asked about last today, so that a lesson's items follow it."""
    return max(new, key=lambda one: asked_ms.get(one.concept, 0)).item
