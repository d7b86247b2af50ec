"""The walk over the queue of a scope that makes its agenda.

Items in steps take their claims first, then reviews in order, then new items, of packs in turn; an
item whose claim is taken is left for another day. The days' limits cut the lists at their ends.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import (
    LEARN_AHEAD,
    Agenda,
    AgendaMark,
    LeftOver,
    WholeDay,
)
from studytool.session.agenda_new import NewItems
from studytool.session.day_plan import DayPlan
from studytool.session.exam import ExamDay
from studytool.session.exams import read_exams
from studytool.session.plan_day import plan_day
from studytool.session.policy import rule_of
from studytool.session.taken_claims import TakenClaims
from studytool.srs.asking_rules import choose_reviews
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.queue_slice import QueueSlice
    from studytool.session.desk import Desk
    from studytool.session.scope import Scope


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
        scope: the packs, the concept, the items.
        passed_over: items that cannot be asked; nothing waits for them.
        held: items in steps that do not come back in this sitting.
    """
    mark = _mark(desk, now)

    def make() -> tuple[Agenda, datetime | None]:
        agenda = _Walker(desk, now, scope, passed_over=passed_over, held=held).agenda()
        return agenda, scope.within(desk.log).next_due(now)

    key = (scope.packs, scope.concept, scope.items, passed_over, held)
    return desk.agendas.find(mark, key, now, make)


def exams_ahead(desk: "Desk", now: datetime) -> tuple[ExamDay, ...]:
    """Return what the exams ahead make of today, planned once, then kept."""
    return desk.agendas.find_exams(_mark(desk, now), lambda: _read_exams(desk, now))


def _read_exams(desk: "Desk", now: datetime) -> tuple[ExamDay, ...]:
    exams = read_exams(desk.log, since=desk.log.day_of(now))
    if not exams:
        return ()
    from studytool.session.exam_day import read_exam_days  # late: many learners set no exam

    return read_exam_days(desk, now, exams)


def todays_plan(
    desk: "Desk", now: datetime, *, passed_over: frozenset[str] = frozenset()
) -> DayPlan:
    """Return the plan of today's study day, made once, then kept."""
    return desk.agendas.find_plan(
        _mark(desk, now), passed_over, lambda: plan_day(desk, now, passed_over=passed_over)
    )


def read_whole(
    desk: "Desk", now: datetime, *, passed_over: frozenset[str] = frozenset()
) -> WholeDay:
    """Return what of the day is the same whatever the scope, read once for an instant, then kept."""
    key = (to_ms(now), passed_over)
    return desk.agendas.find_whole(
        _mark(desk, now), key, lambda: _read_whole(desk, now, passed_over)
    )


def _read_whole(desk: "Desk", now: datetime, passed_over: frozenset[str]) -> WholeDay:
    ms, claims, exams = to_ms(now), TakenClaims(desk), exams_ahead(desk, now)
    soon_ms = LEARN_AHEAD // timedelta(milliseconds=1)
    steps = desk.log.within().steps_of_day(ms, soon_ms=soon_ms)
    seen = {one.item for one in todays_plan(desk, now, passed_over=passed_over).seen}
    claims.take(seen.union(set().union(*steps.values()) - passed_over))
    decided = {one.item for exam in exams for one in exam.reviews}
    resting = passed_over.union(decided, *(exam.waiting for exam in exams))
    return WholeDay(
        taken=frozenset(claims.taken),
        soon={
            pack: frozenset(name for name, soon in names.items() if soon)
            for pack, names in steps.items()
        },
        counts=desk.log.counts(now, resting=resting, count_new=False),
    )


def _mark(desk: "Desk", now: datetime) -> AgendaMark:
    return AgendaMark(
        place=desk.log.last_place(),
        packs=tuple(desk.log.registrations().items()),
        settings=desk.settings,
        ends=desk.log.days.start(desk.log.day_of(now) + 1),
    )


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
        self._today = todays_plan(desk, now, passed_over=passed_over)
        self._packs = scope.packs or tuple(sorted(desk.log.registrations()))
        self._exams = exams_ahead(desk, now)
        self._picked = [one for exam in self._exams for one in exam.reviews if self._asks(one)]
        waiting = frozenset[str]().union(*(exam.waiting for exam in self._exams))
        self._apart = passed_over.union(waiting, (one.item for one in self._picked))
        self._whole = read_whole(desk, now, passed_over=passed_over)
        self._claims = TakenClaims(desk)
        self._claims.taken |= self._whole.taken
        self._begun = {pack: names - held for pack, names in self._whole.soon.items()}

    def agenda(self) -> Agenda:
        """Walk: reviews, then new items, then what is left."""
        reviews, siblings = self._choose_reviews()
        fresh = NewItems(
            self._desk,
            self._now,
            self._scope,
            today=self._today,
            claims=self._claims,
            begun=self._begun,
        )
        new = fresh.choose(self._exams)
        over = self._count_reviews() - len(reviews) - siblings
        left = LeftOver(
            siblings=siblings,
            over_limit=max(0, over),
            for_exam=self._count_waiting(),
            **fresh.left(len(new)),
        )
        return Agenda(
            {one.item: one for one in reviews},
            {one.item: one for one in new},
            left,
            put_off=fresh.put_off(),
            alone=self._count_alone(reviews, fresh),
        )

    def _count_alone(
        self, reviews: Sequence[DueItem], fresh: NewItems
    ) -> dict[str, tuple[int, int]]:
        """Count what each pack alone would ask: the same, where packs do not take each other's place.

        They do where the day admits no more, and where an exam chooses among them.
        """
        if self._exams or self._scope.is_narrow or len(reviews) >= self._today.reviews_left:
            return {}
        of_pack = Counter(one.item.partition("/")[0] for one in reviews)
        return {pack: (of_pack[pack], fresh.admitted[pack]) for pack in self._packs}

    # --- reviews ------------------------------------------------------------------------------

    def _choose_reviews(self) -> tuple[list[DueItem], int]:
        """Return the reviews of today in order, and how many siblings were left before the last."""
        left = {pack: self._reviews_left(pack) for pack in self._packs}
        most = min(self._today.reviews_left, sum(left.values()))
        rows = (
            (one, one.item.partition("/")[0], claims)
            for one, claims in chain(
                self._claims.beside(self._picked), self._claims.read(self._due, most)
            )
        )
        return choose_reviews(rows, most=most, left=left, taken=self._claims.taken)

    def _count_reviews(self) -> int:
        """Count the reviews that are due, or that an exam wants today."""
        picked = len(self._picked)
        if self._scope.is_narrow:
            return picked + len(self._due(None))
        counts = self._whole.counts
        return picked + sum(counts[pack].due for pack in self._packs if pack in counts)

    def _count_waiting(self) -> int:
        """Count the reviews that are due, and wait for a day nearer an exam."""
        waiting = self._apart - self._passed_over - {one.item for one in self._picked}
        if not waiting:
            return 0
        return len(self._due(None, without=self._apart - waiting)) - len(self._due(None))

    def _asks(self, one: DueItem) -> bool:
        """Tell whether an item that an exam wants today is in the scope, and can be asked."""
        pack = one.item.partition("/")[0]
        within = pack in self._packs and self._scope.holds(one)
        return within and one.item not in self._passed_over

    def _due(self, limit: int | None, *, without: frozenset[str] | None = None) -> list[DueItem]:
        """Return the first reviews that are due; packs of other orders than each other's by turns.

        Those that an exam decides about are left out, or those of ``without``.
        """
        without = self._apart if without is None else without
        orders = {pack: rule_of(self._desk.settings, pack, "order") for pack in self._packs}
        if len(set(orders.values())) <= 1:
            order = next(iter(orders.values()), self._desk.settings.order)
            within = self._within(self._scope.packs)
            return within.reviews(self._ms, limit, order=order, without=without)
        parts = [
            self._within([pack]).reviews(self._ms, None, order=order, without=without)
            for pack, order in orders.items()
        ]
        return _spread(parts)[:limit]

    def _reviews_left(self, pack: str) -> int:
        limit: int = rule_of(self._desk.settings, pack, "reviews_per_day")
        return max(0, limit - self._today.matured[pack])

    def _within(self, packs: Sequence[str]) -> "QueueSlice":
        return self._scope.within(self._desk.log, packs)


def _spread(parts: Sequence[Sequence[DueItem]]) -> list[DueItem]:
    """Merge lists evenly, each in its order."""
    placed = [
        ((place + 0.5) / len(part), number, one)
        for number, part in enumerate(parts)
        for place, one in enumerate(part)
    ]
    return [one for _, _, one in sorted(placed, key=lambda place: place[:2])]
