"""A sitting over items that the learner picked: each is asked once, due or not, whatever the limits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import EVER, NOTHING_LEFT, Agenda
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.summary import SittingProgress, Summary
from studytool.srs.memory import Stage, to_ms

_EVER_MS = EVER // timedelta(milliseconds=1)


class PickedSitting(Sitting):
    """A sitting that asks what was picked at its start; an early review is a review as any other.

    Neither the day's limits nor siblings nor prerequisites keep an item from it. One that was
    answered comes back only with its learning steps. Its summary says what is left of the picked
    items, and what is left of the day.

    Args:
        desk: the learner's state.
        scope: of which packs and concept, and how many questions.
        picked: the items, in order.
    """

    def __init__(self, desk: Desk, scope: Scope, picked: Sequence[DueItem]) -> None:
        self._picked = {one.item: one for one in picked}
        super().__init__(desk, replace(scope, items=frozenset(self._picked)))
        self._of_the_day = replace(scope, items=None)
        self._reviews = {
            status.item: status.memory.reps for status in desk.log.statuses(items=self._picked)
        }
        self._left = Agenda(self._picked, {}, NOTHING_LEFT)
        self._place = desk.log.last_place()

    def _follow(self, item: str, stage: Stage, place: int, now: datetime) -> None:
        super()._follow(item, stage, place, now)
        if (self._place, self._desk.log.last_place()) == (place, place + 1):
            self._left, self._place = self._left.without(item), place + 1

    def progress(self, now: datetime) -> SittingProgress:
        """Return how many items are answered, left of the picked ones, and in learning steps."""
        return replace(super().progress(now), is_picked=True)

    def summary(self, now: datetime) -> Summary:
        """Return the sitting's result, what is left of the picked items, and of the day."""
        agenda, steps = self._agenda(now), self._steps(now)
        scope = self._of_the_day
        of_the_day = read_agenda(
            self._desk, now, scope, passed_over=self._unasked, held=self._held()
        )
        return replace(
            self._sum_up(now, scope, of_the_day),
            picked_left=len(agenda.reviews) + len(steps - agenda.reviews.keys()),
            nothing_fits=not self._picked,
        )

    def _count_learning(self, now: datetime) -> int:
        return len(self._steps(now, ahead_ms=_EVER_MS) - self._agenda(now).reviews.keys())

    def _steps(self, now: datetime, *, ahead_ms: int = 0) -> set[str]:
        """Return the picked items in steps that are due, or will be."""
        within = self._scope.within(self._desk.log)
        steps = within.in_steps(to_ms(now), None, ahead_ms=ahead_ms, without=self._unasked)
        return {one.item for one in steps}

    def _agenda(self, now: datetime) -> Agenda:
        """Return the picked items that were not reviewed since, and that may be asked."""
        if self._place != (place := self._desk.log.last_place()):
            may_be_asked = self._open_items(now)
            left = {name: one for name, one in self._picked.items() if name in may_be_asked}
            self._left, self._place = Agenda(left, {}, NOTHING_LEFT), place
        for item in self._unasked & self._left.reviews.keys():
            self._left = self._left.without(item)
        return self._left

    def _open_items(self, now: datetime) -> set[str]:
        return {
            status.item
            for status in self._desk.log.statuses(items=self._picked)
            if not status.suspended
            and (status.buried_until is None or status.buried_until <= now)
            and status.memory.reps <= self._reviews.get(status.item, 0)
        }
