"""The walk over the queue of a scope that makes its agenda.

Items in steps take their claims first, then reviews in order, then new items, of packs in turn; an
item whose claim is taken is left for another day. The days' limits cut the lists at their ends.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import (
    LEARN_AHEAD,
    Agenda,
    AgendaMark,
    LeftOver,
    learns_within_a_sitting,
)
from studytool.session.day_plan import closed_concepts, plan_day
from studytool.session.policy import new_limit_of, rule_of
from studytool.srs.asking_rules import choose_new, choose_reviews, in_turn
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.queue_slice import QueueSlice
    from studytool.session.desk import Desk
    from studytool.session.scope import Scope

Claims = set[tuple[str, str]]
"""Claims of packs, each as (pack, claim)."""

_SPARE = 60
"""How many rows more than the day admits are read at first: some of them are siblings."""


def read_agenda(
    desk: "Desk",
    now: datetime,
    scope: "Scope",
    *,
    passed_over: frozenset[str] = frozenset(),
    held: frozenset[str] = frozenset(),
) -> Agenda:
    """Return what will be asked today in a scope, whatever its limit; walked once, then kept.

    Args:
        desk: whose log, library and settings say it.
        now: its study day is meant.
        scope: the packs and the concept.
        passed_over: items that cannot be asked; nothing waits for them.
        held: items in steps that do not come back in this sitting.
    """
    mark = AgendaMark(
        place=desk.log.last_place(),
        packs=tuple(desk.log.registrations().items()),
        settings=desk.settings,
        ends=desk.log.days.start(desk.log.day_of(now) + 1),
    )

    def make() -> tuple[Agenda, datetime | None]:
        agenda = _Walker(desk, now, scope, passed_over=passed_over, held=held).agenda()
        return agenda, desk.log.within(scope.packs, scope.concept).next_due(now)

    key = (scope.packs, scope.concept, passed_over, held)
    return desk.agendas.find(mark, key, now, make)


class _Walker:
    """One walk: the claims that are taken today, and what may still be chosen."""

    def __init__(
        self,
        desk: "Desk",
        now: datetime,
        scope: "Scope",
        *,
        passed_over: frozenset[str],
        held: frozenset[str],
    ) -> None:
        self._desk, self._ms, self._scope = desk, to_ms(now), scope
        self._now, self._passed_over = now, passed_over
        self._today = plan_day(desk, now, passed_over=passed_over)
        self._packs = scope.packs or tuple(sorted(desk.log.registrations()))
        self._conflicting: set[str] = set()  # new items
        self._closed: frozenset[str] = frozenset()
        everything = desk.log.within()
        ends_ms = to_ms(self._today.ends) - self._ms
        in_steps = everything.in_steps(self._ms, None, ahead_ms=ends_ms, without=passed_over)
        self._taken: Claims = set()
        self._take([*(one.item for one in self._today.seen), *(one.item for one in in_steps)])
        ahead_ms = LEARN_AHEAD // timedelta(milliseconds=1)
        self._begun = {
            one.item for one in everything.in_steps(self._ms, None, ahead_ms=ahead_ms)
        } - held

    def agenda(self) -> Agenda:
        """Walk: reviews, then new items, then what is left."""
        reviews, siblings = self._choose_reviews()
        new = self._choose_new()
        over = self._count_reviews() - len(reviews) - siblings
        left = LeftOver(siblings=siblings, over_limit=max(0, over), **self._left_of_new(len(new)))
        return Agenda({one.item: one for one in reviews}, {one.item: one for one in new}, left)

    # --- reviews ------------------------------------------------------------------------------

    def _choose_reviews(self) -> tuple[list[DueItem], int]:
        """Return the reviews of today in order, and how many siblings were left before the last."""
        left = {pack: self._reviews_left(pack) for pack in self._packs}
        most = min(self._today.reviews_left, sum(left.values()))
        rows = (
            (one, one.item.partition("/")[0], claims) for one, claims in self._rows(self._due, most)
        )
        return choose_reviews(rows, most=most, left=left, taken=self._taken)

    def _count_reviews(self) -> int:
        """Count the reviews that are due."""
        if self._scope.concept is not None:
            return len(self._due(None))
        counts = self._desk.log.counts(self._now, resting=self._passed_over, count_new=False)
        return sum(counts[pack].due for pack in self._packs if pack in counts)

    def _due(self, limit: int | None) -> list[DueItem]:
        """Return the first reviews that are due; packs of other orders than each other's by turns."""
        orders = {pack: rule_of(self._desk.settings, pack, "order") for pack in self._packs}
        if len(set(orders.values())) <= 1:
            order = next(iter(orders.values()), self._desk.settings.order)
            within = self._within(self._scope.packs)
            return within.reviews(self._ms, limit, order=order, without=self._passed_over)
        parts = [
            self._within([pack]).reviews(self._ms, None, order=order, without=self._passed_over)
            for pack, order in orders.items()
        ]
        return _spread(parts)[:limit]

    def _reviews_left(self, pack: str) -> int:
        limit: int = rule_of(self._desk.settings, pack, "reviews_per_day")
        return max(0, limit - self._today.matured[pack])

    # --- new items ----------------------------------------------------------------------------

    def _choose_new(self) -> list[DueItem]:
        """Return the new items of today, of the packs in turn."""
        chosen = {pack: self._new_of(pack) for pack in self._packs}
        return in_turn(chosen, self._today.begun)[: self._today.new_left]

    def _left_of_new(self, chosen: int) -> dict[str, int]:
        """Return how many new items are left, by reason; none over a limit that is 0."""
        settings, siblings = self._desk.settings, len(self._conflicting)
        admitting = (
            [pack for pack in self._packs if rule_of(settings, pack, "new_per_day") > 0]
            if settings.new_per_day
            else []
        )
        opened = self._count_new(admitting, self._closed)
        everything = self._count_new(admitting, frozenset()) if self._closed else opened
        return {
            "gated": everything - opened,
            "new_siblings": siblings,
            "new_over_limit": max(0, opened - chosen - siblings),
        }

    def _count_new(self, packs: Sequence[str], closed: frozenset[str]) -> int:
        return self._within(packs).count_new(self._ms, closed=closed) if packs else 0

    def _new_of(self, pack: str) -> list[DueItem]:
        """Return a pack's new items as far as today admits them, its concepts opened one by one."""
        limit = new_limit_of(self._desk.settings, pack, self._today.raised)
        wanted = limit - self._today.begun[pack]
        wanted = min(self._today.new_left, max(0, wanted))
        closed: frozenset[str] = frozenset()

        def open_rows(
            chosen: Sequence[DueItem],
        ) -> tuple[Iterator[tuple[DueItem, Claims]], bool]:
            nonlocal closed
            names = {one.item for one in chosen}
            closed = self._closed_of(pack, names)
            unasked = self._passed_over.union(names, self._conflicting)
            return self._open_new(pack, closed, unasked, wanted - len(names)), bool(closed)

        chosen = choose_new(
            open_rows,
            wanted=wanted,
            taken=self._taken,
            put_off=lambda one: self._conflicting.add(one.item),
        )
        self._closed |= closed
        return chosen

    def _closed_of(self, pack: str, chosen: Collection[str]) -> frozenset[str]:
        """Return the concepts that stay closed though the items chosen are begun today."""
        settings = self._desk.settings
        if not settings.gate_new or self._scope.concept is not None:
            return frozenset()
        known = self._begun.union(chosen) if learns_within_a_sitting(settings) else frozenset[str]()
        return closed_concepts(self._desk, [pack], without=self._passed_over.union(known))

    def _open_new(
        self, pack: str, closed: frozenset[str], unasked: frozenset[str], wanted: int
    ) -> Iterator[tuple[DueItem, Claims]]:
        """Read new items of open concepts, in the author's order."""
        within = self._within([pack])

        def first(limit: int | None) -> list[DueItem]:
            return within.new(self._ms, limit, without=unasked, closed=closed)

        return self._rows(first, wanted)

    # --- the parts ----------------------------------------------------------------------------

    def _within(self, packs: Sequence[str]) -> "QueueSlice":
        return self._desk.log.within(packs, self._scope.concept)

    def _rows(
        self, first: Callable[[int], list[DueItem]], wanted: int
    ) -> Iterator[tuple[DueItem, Claims]]:
        """Read rows, at first about as many as are wanted, with the claims of each that count."""
        limit, seen = wanted + _SPARE if wanted else 0, 0
        while limit:
            rows = first(limit)
            fresh = rows[seen:]
            claims = self._claims([one.item for one in fresh])
            yield from ((one, claims.get(one.item, set())) for one in fresh)
            if len(rows) < limit:
                return
            seen, limit = len(rows), limit * 4

    def _take(self, items: Collection[str]) -> None:
        self._taken.update(chain.from_iterable(self._claims(items).values()))

    def _claims(self, items: Collection[str]) -> dict[str, Claims]:
        settings, library = self._desk.settings, self._desk.library
        return library.claims_of(items) if settings.bury_siblings else {}


def _spread(parts: Sequence[Sequence[DueItem]]) -> list[DueItem]:
    """Merge lists evenly, each in its order."""
    placed = [
        ((place + 0.5) / len(part), number, one)
        for number, part in enumerate(parts)
        for place, one in enumerate(part)
    ]
    return [one for _, _, one in sorted(placed, key=lambda place: place[:2])]
