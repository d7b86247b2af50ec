"""The agenda: what will be asked today in a scope, and what it leaves, by reason.

Home, ``due``, the top line of a sitting, its summary and the next question all read it. Counts fall
by one with each of its items that is answered, whatever the order of the answers: of siblings the
first in order is on the agenda, so what is asked of it takes nothing else from it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Set
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from studytool.review_log.queue import Counts
from studytool.review_log.queue_slice import DueItem
from studytool.session.exam import ExamDay
from studytool.session.policy import rule_of
from studytool.settings import Settings

if TYPE_CHECKING:
    from studytool.session.day_plan import DayPlan

LEARN_AHEAD = timedelta(minutes=20)
"""How early an item in learning may come back when nothing else is left (Anki's default)."""

EVER = timedelta(days=36_500)
"""Longer than any step."""


def learns_within_a_sitting(settings: Settings, pack: str) -> bool:
    """Tell whether all of a pack's learning steps may be asked early, so that a sitting leaves none."""
    steps = rule_of(settings, pack, "learning_steps_minutes")
    return all(timedelta(minutes=step) <= LEARN_AHEAD for step in steps)


class LeftOver(NamedTuple):
    """How much is due or new and is not asked today, by reason.

    Attributes:
        siblings: reviews due, on a claim of something else that is asked today.
        over_limit: reviews due beyond the day's limit.
        new_siblings: new items on a claim of something else that is asked today.
        new_over_limit: new items beyond the day's limit; none where that is 0.
        gated: new items that wait for their prerequisites.
        for_exam: reviews due that an exam lets wait for a later day before it.
        in_break: new items that wait for the end of a break.
    """

    siblings: int = 0
    over_limit: int = 0
    new_siblings: int = 0
    new_over_limit: int = 0
    gated: int = 0
    for_exam: int = 0
    in_break: int = 0


NOTHING_LEFT = LeftOver()


class Agenda(NamedTuple):
    """What will be asked today in one scope, besides the steps of items begun.

    Attributes:
        reviews: by name, in order.
        new: by name, in order; those too whose prerequisites are begun before them.
        left: what it leaves.
        put_off: new items on a claim of something else that is asked today.
        alone: by pack, how many reviews and new items a sitting over it alone would ask; without
            the packs whose own agenda has to tell.
    """

    reviews: Mapping[str, DueItem]
    new: Mapping[str, DueItem]
    left: LeftOver
    put_off: frozenset[str] = frozenset()
    alone: Mapping[str, tuple[int, int]] = MappingProxyType({})

    def without(self, item: str) -> "Agenda":
        """Return the agenda when one of its items was asked."""
        reviews = {name: one for name, one in self.reviews.items() if name != item}
        new = {name: one for name, one in self.new.items() if name != item}
        return Agenda(reviews, new, self.left, self.put_off)

    def reviews_by_pack(self) -> Counter[str]:
        """Count the reviews of each pack."""
        return Counter(item.partition("/")[0] for item in self.reviews)

    def new_by_pack(self) -> Counter[str]:
        """Count the new items of each pack."""
        return Counter(item.partition("/")[0] for item in self.new)


class AgendaMark(NamedTuple):
    """What agendas were made of; where nothing of it changed, they stand.

    Attributes:
        place: of the last event in the log.
        packs: those registered, with their digests.
        settings: of the learner.
        ends: when the study day ends.
    """

    place: int
    packs: tuple[tuple[str, str], ...]
    settings: Settings
    ends: datetime


AgendaKey = tuple[
    tuple[str, ...], str | None, frozenset[str] | None, frozenset[str], frozenset[str]
]
"""Packs, concept, items, items passed over, items held."""


WholeKey = tuple[int, frozenset[str]]
"""The instant in milliseconds, and the items passed over."""


class WholeDay(NamedTuple):
    """What of a study day is the same whatever the scope.

    Attributes:
        taken: the claims that items seen today, or in steps that end today, take.
        soon: by pack, the names in steps that are asked soon.
        counts: of each pack, without what exams decide about and what is passed over.
    """

    taken: frozenset[tuple[str, str]]
    soon: Mapping[str, frozenset[str]]
    counts: Mapping[str, Counts]


Needs = Mapping[str, Set[str]]
"""Of each concept of a pack that requires others: all that it needs, near and far."""


class AgendaShelf:
    """The agendas made so far, as long as they stand; an answer takes its item off each."""

    def __init__(self) -> None:
        self._mark: AgendaMark | None = None
        self._made: dict[AgendaKey, tuple[Agenda, datetime | None]] = {}
        self._exams: tuple[AgendaMark, tuple[ExamDay, ...]] | None = None
        self._whole: tuple[tuple[AgendaMark, WholeKey], WholeDay] | None = None
        self._plans: tuple[AgendaMark, dict[frozenset[str], DayPlan]] | None = None
        self._needs: dict[str, tuple[str | None, Needs]] = {}

    def find_needs(self, pack: str, digest: str | None, make: Callable[[], Needs]) -> Needs:
        """Return what the concepts of a pack need, read now if what was read last is of another digest."""
        if pack not in self._needs or self._needs[pack][0] != digest:
            self._needs[pack] = digest, make()
        return self._needs[pack][1]

    def find_plan(
        self, mark: AgendaMark, passed_over: frozenset[str], make: "Callable[[], DayPlan]"
    ) -> "DayPlan":
        """Return the day's plan without the items passed over, made now if there is none that stands."""
        if self._plans is None or self._plans[0] != mark:
            self._plans = mark, {}
        plans = self._plans[1]
        if passed_over not in plans:
            plans[passed_over] = make()
        return plans[passed_over]

    def find_exams(
        self, mark: AgendaMark, make: Callable[[], tuple[ExamDay, ...]]
    ) -> tuple[ExamDay, ...]:
        """Return what the exams ahead make of today, planned now if what was planned does not stand."""
        if self._exams is None or self._exams[0] != mark:
            self._exams = mark, make()
        return self._exams[1]

    def find_whole(self, mark: AgendaMark, key: WholeKey, make: Callable[[], WholeDay]) -> WholeDay:
        """Return what of the day is the same whatever the scope, read now if it is of another instant."""
        if self._whole is None or self._whole[0] != (mark, key):
            self._whole = (mark, key), make()
        return self._whole[1]

    def find(
        self,
        mark: AgendaMark,
        key: AgendaKey,
        now: datetime,
        make: Callable[[], tuple[Agenda, datetime | None]],
    ) -> Agenda:
        """Return the agenda of ``key``, made now if there is none that stands.

        Args:
            mark: what it would be made of now.
            key: its scope, and what is left out.
            now: the instant.
            make: makes it, with the instant from which it does not stand: something falls due.
        """
        if mark != self._mark:
            self._mark, self._made = mark, {}
        agenda, ends = self._made.get(key, (None, None))
        if agenda is None or (ends is not None and ends <= now):
            agenda, ends = self._made[key] = make()
        return agenda

    def follow(self, item: str, *, before: int, after: int, in_steps: bool) -> None:
        """Follow the review of an item.

        Args:
            item: that was reviewed.
            before: the place of the last event before it.
            after: the same behind it; any other event between them makes all agendas anew.
            in_steps: whether it was in steps.
        """
        if self._mark is None or (self._mark.place, after) != (before, before + 1):
            self._mark = None
            return
        self._mark = self._mark._replace(place=after)
        self._made = {
            key: (agenda.without(item), ends)
            for key, (agenda, ends) in self._made.items()
            if in_steps or item in agenda.reviews or item in agenda.new
        }
