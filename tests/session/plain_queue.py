"""The rules of what is asked next, said again in plain Python, for tests to compare with.

Memories, due dates and what is at rest come from the log; the rules and the day's account are
worked out here from lists, without the log's queue, its indexes or its idea of a day.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import takewhile
from operator import itemgetter

from studytool.library.library import Library
from studytool.review_log.items import ItemStatus
from studytool.session.agenda import LEARN_AHEAD as AHEAD
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.policy import policy_of
from studytool.session.queue import WINDOW
from studytool.session.scope import Scope
from studytool.session.sitting import MOST_FAILURES
from studytool.srs.memories import Memories
from studytool.srs.memory import Stage, to_ms
from studytool.srs.schedule import Scheduler

NEW = "new"
"""Urgency of what was never asked."""
IN_STEPS = (Stage.LEARNING, Stage.RELEARNING)
EVERYTHING = Scope()
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
ROUNDING = 1e-9
"""Ranks nearer than this are one: float64 errs by 1e-16, and one day over any stability by more."""


@dataclass(frozen=True, slots=True)
class Done:
    """One review as it was given; ``stage`` is the item's before it."""

    item: str
    time: datetime
    stage: Stage


@dataclass(frozen=True, slots=True)
class Urgency:
    """Items of one urgency that may be asked.

    Attributes:
        ranks: of each, the least first.
        window: among how many of the first interleaving may choose.
        is_new: whether they are new: of these the concept asked last goes on.
    """

    name: str
    ranks: Mapping[str, float]
    window: int

    @property
    def is_new(self) -> bool:
        """Tell it by the name."""
        return self.name == NEW

    @classmethod
    def by(
        cls,
        name: str,
        statuses: Sequence[ItemStatus],
        rank: Callable[[ItemStatus], float],
    ) -> "Urgency":
        """Rank them."""
        ranked = sorted(((one.item, rank(one)) for one in statuses), key=itemgetter(1))
        return cls(name, dict(ranked), WINDOW)

    def without(self, item: str | None) -> "Urgency":
        """Give the same without one item."""
        return Urgency(
            self.name, {one: rank for one, rank in self.ranks.items() if one != item}, self.window
        )

    def last_of(self, window: int) -> float:
        """Give the rank of the last of the first ``window``."""
        return list(self.ranks.values())[:window][-1]

    def surely_in(self, window: int) -> list[str]:
        """Give those of the first ``window`` that no tie may keep out."""
        last = math.inf if len(self.ranks) <= window else self.last_of(window)
        return [item for item, rank in self.ranks.items() if rank < last - ROUNDING]


@dataclass(frozen=True, slots=True)
class PlainPacks:
    """What the installed packs say of their items, read from each item by itself.

    Attributes:
        concepts: of each item, as ``pack/concept``.
        siblings: the items that rest on one of an item's claims; that itself if it has any.
        requires: what each concept requires, all as ``pack/concept``.
    """

    concepts: Mapping[str, str]
    siblings: Mapping[str, frozenset[str]]
    requires: Mapping[str, set[str]]

    @classmethod
    def of(cls, library: Library) -> "PlainPacks":
        """Read them, or remember what was read of the same files: it takes a tenth of a second."""
        installed = tuple((pack.id, pack.digest) for pack in library.packs())
        if installed not in _READ:
            _READ[installed] = cls._read(library, [pack for pack, _ in installed])
        return _READ[installed]

    @classmethod
    def _read(cls, library: Library, installed: Iterable[str]) -> "PlainPacks":
        claims: dict[str, set[str]] = {}
        concepts: dict[str, str] = {}
        requires: dict[str, set[str]] = {}
        for pack in installed:
            for concept, required in library.prerequisites(pack).items():
                requires[f"{pack}/{concept}"] = {f"{pack}/{one}" for one in required}
            for listed in library.listed(pack):
                own = library.item(listed.item).claims
                claims[listed.item] = {f"{pack}/{claim}" for claim in own}
                concepts[listed.item] = f"{pack}/{listed.concept}"
        siblings = {
            item: frozenset(other for other in claims if claims[other] & claims[item])
            for item in claims
        }
        return cls(concepts, siblings, requires)


_READ: dict[tuple[tuple[str, str], ...], PlainPacks] = {}


class PlainQueue:
    """What may be asked, from every item one by one.

    Attributes:
        done: the reviews that stand, which the test keeps.
        failed: how often each item was failed in the sitting, which the test keeps.
        concepts: of each item, as ``pack/concept``.
        siblings: the items that rest on one of an item's claims; that itself if it has any.
    """

    def __init__(self, desk: Desk, scope: Scope = EVERYTHING) -> None:
        self.done: list[Done] = []
        self.failed: Counter[str] = Counter()
        self._desk, self._scope = desk, scope
        read = PlainPacks.of(desk.library)
        self.concepts, self.siblings, self._requires = read.concepts, read.siblings, read.requires
        packs = scope.packs or sorted(pack.id for pack in desk.library.packs())
        inside = [
            item
            for item, concept in self.concepts.items()
            if pack_of(item) in packs and scope.concept in (None, concept.partition("/")[2])
        ]
        inside.sort(key=lambda item: packs.index(pack_of(item)))  # then as the author has them
        self._position = {item: number for number, item in enumerate(inside)}

    @property
    def inside(self) -> set[str]:
        """Give the items of the scope."""
        return set(self._position)

    def needs(self, concept: str) -> set[str]:
        """Give what a concept requires, and what that requires; all as ``pack/concept``."""
        required = self._requires.get(concept, set())
        return required.union(*map(self.needs, required))

    def day(self, instant: datetime) -> date:
        """Give the study day by the learner's clock."""
        return _study_day(instant, self._desk.settings.day_start_hour)

    def today(self, now: datetime) -> list[Done]:
        """Give what was done on the study day of ``now``."""
        day = self.day(now)
        latest_first = takewhile(lambda done: self.day(done.time) == day, reversed(self.done))
        return list(latest_first)[::-1]

    def on_day(self, now: datetime, stage: Stage) -> int:
        """Count the reviews of items that were in ``stage``, on the study day of ``now``."""
        return sum(done.stage is stage for done in self.today(now))

    def unlearned(self, statuses: Iterable[ItemStatus]) -> set[str]:
        """Give the concepts that have items which are new or in their first steps."""
        return {
            self.concepts[one.item]
            for one in statuses
            if one.memory.stage in (Stage.NEW, Stage.LEARNING) and not one.suspended
        }

    def left(self, now: datetime, stage: Stage) -> int:
        """Give how many more items of ``stage`` the study day admits."""
        settings = self._desk.settings
        limit = settings.new_per_day if stage is Stage.NEW else settings.reviews_per_day
        if stage is Stage.NEW and self._desk.log.day_of(now) in self._desk.log.days_off():
            limit = 0  # in a break
        return max(0, limit - self.on_day(now, stage))

    def urgencies(self, now: datetime) -> list[Urgency]:
        """Give what may be asked, the most urgent first, empty ones too."""
        everything = list(self._desk.log.statuses())
        awake = [one for one in everything if is_awake(one, now) and one.item in self._position]
        held = self._held()
        steps = [one for one in awake if one.memory.stage in IN_STEPS and one.item not in held]
        reviews, new = self._agenda(now, everything)
        asked_today = {done.item for done in self.today(now)}.union(reviews, new)
        asked_today |= {one.item for one in awake if one.memory.stage in IN_STEPS}
        kept = [one for one in everything if not self.is_put_off(one, asked_today)]
        unlearned = self.unlearned(kept) if self._gated else set()
        by_name = {one.item: one for one in awake}
        place = {item: number for number, item in enumerate(new)}
        opened = [by_name[item] for item in new if self._is_open(item, unlearned)]
        found = [by_name[item] for item in reviews]
        return [
            Urgency.by("steps", [one for one in steps if asked(one) <= now], in_time),
            Urgency.by("reviews", found, self._order(found, now)),
            Urgency.by(NEW, opened, lambda one: place[one.item]),
            Urgency.by("ahead", [one for one in steps if self._is_ahead(one, now)], in_time),
        ]

    def _held(self) -> frozenset[str]:
        """Give the items that were failed too often to come back in the sitting."""
        return frozenset(item for item, times in self.failed.items() if times >= MOST_FAILURES)

    def _is_ahead(self, one: ItemStatus, now: datetime) -> bool:
        """Tell whether a step may be asked early: none of the next study day is."""
        return asked(one) <= now + AHEAD and self.day(asked(one)) <= self.day(now)

    def agenda(self, now: datetime) -> tuple[list[str], list[str]]:
        """Give the reviews and the new items of the log's own agenda, which the rules are held to.

        Among items of one rank any may come first, so there is more than one that they allow.
        """
        return self._agenda(now, list(self._desk.log.statuses()))

    def _agenda(
        self, now: datetime, everything: Sequence[ItemStatus]
    ) -> tuple[list[str], list[str]]:
        scope = Scope(self._scope.packs, self._scope.concept)
        agenda = read_agenda(self._desk, now, scope, held=self._held())
        awake = [one for one in everything if is_awake(one, now)]
        inside = [one for one in awake if one.item in self._position]
        due = [one for one in inside if one.memory.stage is Stage.REVIEW and asked(one) <= now]
        rank = self._order(due, now)
        ranks = {one.item: rank(one) for one in due}
        steps = {one.item for one in awake if one.memory.stage in IN_STEPS}
        taken = {done.item for done in self.today(now)} | steps
        self._check_reviews(list(agenda.reviews), ranks, taken, now)
        fresh = [one.item for one in inside if one.memory.stage is Stage.NEW]
        self._check_new(list(agenda.new), fresh, taken.union(agenda.reviews), everything, now)
        return list(agenda.reviews), list(agenda.new)

    def _check_reviews(
        self, chosen: Sequence[str], ranks: Mapping[str, float], taken: set[str], now: datetime
    ) -> None:
        """Check that of siblings the first are chosen, then the first of all up to the limit."""
        admitted = self.left(now, Stage.REVIEW)
        assert len(chosen) <= admitted
        assert all(not self._meets(one, taken.union(chosen) - {one}) for one in chosen)
        last = max((ranks[one] for one in chosen), default=-math.inf)
        for item in ranks.keys() - set(chosen):
            before = {one for one in chosen if ranks[one] <= ranks[item] + ROUNDING}
            is_over = len(chosen) == admitted and ranks[item] >= last - ROUNDING
            assert is_over or self._meets(item, taken | before), item

    def _check_new(
        self,
        chosen: Sequence[str],
        fresh: Sequence[str],
        taken: set[str],
        everything: Iterable[ItemStatus],
        now: datetime,
    ) -> None:
        """Check that nothing more is admitted, and that what is closed is opened by what is chosen."""
        admitted = self.left(now, Stage.NEW)
        ready = {
            one.item
            for one in everything
            if one.memory.stage is Stage.LEARNING and self._is_ahead(one, now)
            if is_awake(one, now)  # buried until the day's turn, it is not asked before
        } - self._held()
        begun = {item for item in ready.union(chosen) if self._learns_soon(pack_of(item))}
        unlearned = self.unlearned(
            one
            for one in everything
            if one.item not in begun and not self.is_put_off(one, taken.union(chosen))
        )
        assert len(chosen) <= admitted
        for item in chosen:
            assert item in fresh
            assert not self._meets(item, taken.union(chosen) - {item})
            assert self._is_open(item, unlearned)
        for item in set(fresh) - set(chosen) if len(chosen) < admitted else ():
            is_closed = not self._is_open(item, unlearned)
            assert is_closed or self._meets(item, taken.union(chosen)), item

    def is_put_off(self, one: ItemStatus, asked_today: set[str]) -> bool:
        """Tell whether a new item waits for another day alone, its claim being asked today."""
        others = asked_today - {one.item}
        return one.memory.stage is Stage.NEW and self._meets(one.item, others)

    def _learns_soon(self, pack: str) -> bool:
        """Tell whether a pack's steps can all be asked in one sitting."""
        settings = self._desk.settings
        own = settings.packs.get(pack, {})
        steps = own.get("learning_steps_minutes", settings.learning_steps_minutes)
        return all(step * timedelta(minutes=1) <= AHEAD for step in steps)

    @property
    def _gated(self) -> bool:
        return self._desk.settings.gate_new and self._scope.concept is None

    def _is_open(self, item: str, unlearned: set[str]) -> bool:
        return not (self._gated and self.needs(self.concepts[item]) & unlearned)

    def _meets(self, item: str, others: set[str]) -> bool:
        """Tell whether an item is a sibling of one of ``others``, where siblings rest."""
        return self._desk.settings.bury_siblings and bool(self.siblings[item] & others)

    def objection(
        self,
        item: str | None,
        urgencies: Sequence[Urgency],
        now: datetime,
        *,
        last: str | None = None,
    ) -> str | None:
        """Say what is wrong with asking ``item`` now, or with asking nothing.

        What was asked ``last`` in the sitting comes again only where there is nothing else.
        """
        others = [one.without(last) for one in urgencies]
        is_alone = not any(one.ranks for one in others)
        urgency = next((one for one in (urgencies if is_alone else others) if one.ranks), None)
        if urgency is None or item is None:
            return None if (urgency is None) == (item is None) else f"{item}, with {urgency}"
        if item not in urgency.ranks:
            return f"{item} is not among {urgency}"
        window = urgency.window if self._desk.settings.interleave else 1
        if urgency.ranks[item] > urgency.last_of(window) + ROUNDING:
            return f"{item} is not among the first {window} of {urgency}"
        return self._objection_to_concept(item, urgency, urgency.surely_in(window), now)

    def counts(self, now: datetime) -> tuple[int, int, int]:
        """Count what is due, in steps that end today and new, so far as the day's limits admit."""
        everything = list(self._desk.log.statuses())
        reviews, new = self._agenda(now, everything)
        learning = sum(
            is_awake(one, now)
            and one.memory.stage in IN_STEPS
            and one.item in self._position
            and self.day(asked(one)) <= self.day(now)
            for one in everything
        )
        return len(reviews), learning, len(new)

    def recall(self, statuses: Sequence[ItemStatus], now: datetime) -> list[float]:
        """Give the model's own chance of recall of each."""
        scheduler = Scheduler(policy_of(self._desk.settings))
        memories = Memories.of(one.memory for one in statuses)
        chances: list[float] = scheduler.retrievability(
            memories, self._desk.log.day_of(now)
        ).tolist()
        return chances

    def _objection_to_concept(
        self, item: str, urgency: Urgency, others: Iterable[str], now: datetime
    ) -> str | None:
        asked_at = {self.concepts[done.item]: done.time for done in self.today(now)}

        def since(one: str) -> datetime:
            return asked_at.get(self.concepts[one], LONG_AGO)

        for other in others:
            first = urgency.ranks[other] < urgency.ranks[item] - ROUNDING
            sooner = since(item) < since(other) if urgency.is_new else since(other) < since(item)
            if sooner or (since(other) == since(item) and first):
                return f"{other} comes before {item}, the concepts asked at {asked_at}"
        return None

    def _order(self, reviews: Sequence[ItemStatus], now: datetime) -> Callable[[ItemStatus], float]:
        match self._desk.settings.order:
            case "due":  # by its day; a rest only keeps it from being asked
                return lambda one: float(one.due_day or 0)
            case "relative-overdue":
                today = self._desk.log.day_of(now)
                return lambda one: -overdue(one, today)
            case "retrievability":
                names = [one.item for one in reviews]
                chances = dict(zip(names, self.recall(reviews, now), strict=True))
                return lambda one: -chances[one.item]


@cache
def _study_day(instant: datetime, start_hour: int) -> date:
    return (instant.astimezone() - timedelta(hours=start_hour)).date()


def pack_of(item: str) -> str:
    """Give the pack of ``pack/slug``."""
    return item.partition("/")[0]


def is_awake(status: ItemStatus, now: datetime) -> bool:
    """Tell whether an item is neither suspended nor buried."""
    return not status.suspended and (status.buried_until or LONG_AGO) <= now


def asked(status: ItemStatus) -> datetime:
    """Give the instant from which a reviewed item is asked."""
    return max(status.due or LONG_AGO, status.buried_until or LONG_AGO)


def in_time(status: ItemStatus) -> float:
    """Rank by the instant at which a step ends, though rest or a new day may have it asked else."""
    return to_ms(status.memory.due or LONG_AGO)


def overdue(status: ItemStatus, today: int) -> float:
    """Give the days for which an item is overdue as a share of its interval."""
    due, last = status.due_day or 0, status.memory.last_day or 0
    return (today - due) / max(due - last, 1)
