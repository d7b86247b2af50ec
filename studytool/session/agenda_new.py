"""The new items of today: those that exams want, then of packs in turn, as far as limits admit."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda import learns_within_a_sitting
from studytool.session.plan_day import closed_concepts
from studytool.session.policy import new_limit_of, rule_of
from studytool.session.taken_claims import Claims, TakenClaims
from studytool.srs.asking_rules import choose_new, in_turn
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.review_log.queue_slice import QueueSlice
    from studytool.session.day_plan import DayPlan
    from studytool.session.desk import Desk
    from studytool.session.exam import ExamDay
    from studytool.session.scope import Scope


class NewItems:
    """One choice of new items.

    Args:
        desk: whose log, library and settings say it.
        now: the instant.
        scope: of the sitting.
        today: the account of the day.
        claims: those taken so far; those of the items chosen are added.
        begun: items in steps that can be learned in this sitting, by pack.

    Attributes:
        admitted: how many of each pack today would admit if it were alone; once they are chosen.
    """

    def __init__(
        self,
        desk: "Desk",
        now: datetime,
        scope: "Scope",
        *,
        today: "DayPlan",
        claims: TakenClaims,
        begun: Mapping[str, frozenset[str]],
    ) -> None:
        self._desk, self._ms, self._scope = desk, to_ms(now), scope
        self._today, self._claims, self._begun = today, claims, begun
        self._passed_over = today.passed_over
        self._packs = scope.packs or tuple(sorted(desk.log.registrations()))
        self.admitted: Counter[str] = Counter()
        self._put_off: set[str] = set()
        self._closed: frozenset[str] = frozenset()
        self._unlearned: dict[tuple[str, str], frozenset[str]] = {}

    def choose(self, exams: "Sequence[ExamDay]") -> list[DueItem]:
        """Return what exams want, then of packs in turn: first of that with the fewest today."""
        chosen = self._for_exams(exams)
        names = frozenset(one.item for one in chosen)
        begun = self._today.begun + Counter(one.item.partition("/")[0] for one in chosen)
        left = max(0, self._today.new_left - len(chosen))
        found = {
            pack: self._of_pack(pack, names, begun=begun[pack], left=left) for pack in self._packs
        }
        self.admitted.update({pack: len(of_pack) for pack, of_pack in found.items()})
        return [*chosen, *in_turn(found, begun)[:left]]

    def put_off(self) -> frozenset[str]:
        """Return the items on a claim of something else that is asked today: none waits for them."""
        return frozenset(self._put_off)

    def left(self, chosen: int) -> dict[str, int]:
        """Return how many new items are left, by reason; none over a limit that is 0."""
        settings, siblings = self._desk.settings, len(self._put_off)
        admitting = (
            [pack for pack in self._packs if rule_of(settings, pack, "new_per_day") > 0]
            if settings.new_per_day
            else []
        )
        opened = self._count(admitting, self._closed)
        everything = self._count(admitting, frozenset()) if self._closed else opened
        waiting = max(0, opened - chosen - siblings)
        return {
            "gated": everything - opened,
            "new_siblings": siblings,
            "in_break" if self._today.is_off else "new_over_limit": waiting,
        }

    def _count(self, packs: Sequence[str], closed: frozenset[str]) -> int:
        within = self._scope.within(self._desk.log, packs)
        return within.count_new(self._ms, closed=closed) if packs else 0

    def _for_exams(self, exams: "Sequence[ExamDay]") -> list[DueItem]:
        """Return the new items that exams want today, in the author's order."""
        chosen: list[DueItem] = []
        for exam in exams:
            wanted = len(chosen) + exam.new_today
            for pack, concept in exam.new:
                if pack in self._packs and self._scope.concept in {None, concept}:
                    names = frozenset(one.item for one in chosen)
                    within = self._desk.log.within([pack], concept, self._scope.items)
                    more, _ = self._choose(within, pack, names, wanted=wanted - len(chosen))
                    chosen += more
        return chosen

    def _of_pack(
        self, pack: str, others: frozenset[str], *, begun: int, left: int
    ) -> list[DueItem]:
        """Return a pack's new items as far as today admits them, but those of ``others``."""
        limit = new_limit_of(self._desk.settings, pack, self._today.raised)
        within = self._scope.within(self._desk.log, [pack])
        wanted = min(left, max(0, limit - begun))
        chosen, closed = self._choose(within, pack, others, wanted=wanted)
        self._closed |= closed
        return chosen

    def _choose(
        self, within: "QueueSlice", pack: str, others: frozenset[str], *, wanted: int
    ) -> tuple[list[DueItem], frozenset[str]]:
        """Choose new items of a part of a pack; return the concepts too that stay closed."""
        closed: frozenset[str] = frozenset()

        def open_rows(
            chosen: Sequence[DueItem], put_off: Sequence[DueItem]
        ) -> tuple[Iterator[tuple[DueItem, Claims]], Callable[[Sequence[DueItem]], bool] | None]:
            nonlocal closed
            self._put_off.update(one.item for one in put_off)
            names = others.union(one.item for one in chosen)
            closed = self._closed_of(pack, names)
            unasked = self._passed_over.union(names, self._put_off)

            def may_open(last: Sequence[DueItem]) -> bool:
                """Tell whether the last chosen or put off leave a concept nothing to begin."""
                concepts = {one.concept for one in last if one.concept is not None}
                chosen_by_now = others.union(one.item for one in chosen)
                settled = self._settled(pack, chosen_by_now).union(one.item for one in put_off)
                return any(self._unlearned_of(pack, one) <= settled for one in concepts)

            def first(limit: int | None) -> list[DueItem]:
                return within.new(self._ms, limit, without=unasked, closed=closed)

            rows = self._claims.read(first, max(0, wanted - len(chosen)))
            return rows, may_open if closed else None

        chosen, put_off = choose_new(open_rows, wanted=max(0, wanted), taken=self._claims.taken)
        self._put_off.update(one.item for one in put_off)
        return chosen, closed

    def _unlearned_of(self, pack: str, concept: str) -> frozenset[str]:
        """Return what is unlearned of a concept, read once: it is asked after each item chosen."""
        found = self._unlearned.get((pack, concept))
        if found is None:
            found = self._unlearned[pack, concept] = self._desk.log.unlearned_items(pack, concept)
        return found

    def _closed_of(self, pack: str, chosen: Collection[str]) -> frozenset[str]:
        """Return the concepts that stay closed though the items chosen are begun today."""
        if self._scope.is_narrow:
            return frozenset()
        return closed_concepts(self._desk, [pack], without=self._settled(pack, chosen))

    def _settled(self, pack: str, chosen: Collection[str]) -> frozenset[str]:
        """Return the items for which no concept of a pack waits when those chosen are begun."""
        learns = learns_within_a_sitting(self._desk.settings, pack)
        begun = self._begun.get(pack, frozenset()).union(chosen) if learns else frozenset[str]()
        return self._passed_over.union(begun, self._put_off)
