"""A learner of some weeks with two devices, and an observer who knows what both did.

Her memory is her own: FSRS-6 over the time that really passed, to which neither the log nor its
days have anything to say. The observer is a third device that receives all events at once and never
studies; by it is told when a review was to come.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from studytool.clock import Clock
from studytool.numerics.streams import Rng, stream
from studytool.packs.reader import load_pack
from studytool.review_log.events import Review
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings, load_settings, save_settings
from studytool.srs.fsrs import Fsrs6
from studytool.srs.memory import Stage, to_ms
from studytool.srs.parameters import FSRS_6
from studytool.srs.rating import Rating
from studytool.sync.with_folder import sync_with_folder
from tests.review_log.deeds import set_suspended
from tests.session.plain_queue import IN_STEPS, asked

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
DAY_BEGINS = 4
MODEL = Fsrs6(FSRS_6.defaults)
CARDS = 12
"""Cards of an installed pack that she studies: her days stay as they are when a pack grows."""
RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class PlainCard:
    """A card of a pack that is written for the learner; ``was`` names its older id."""

    slug: str
    concept: str
    claim: str
    text: str = "front"
    numbers: tuple[int, ...] = ()
    was: str = ""

    def as_item(self) -> dict[str, object]:
        """Return the card as a pack has it."""
        item = {
            "id": self.slug,
            "kind": "card",
            "concept": self.concept,
            "front": self.text + (" {n}" if self.numbers else ""),
            "back": "back",
            "claims": [self.claim],
        }
        drawn = {"params": {"n": {"choice": list(self.numbers)}}} if self.numbers else {}
        return {**item, **drawn, **({"was": [self.was]} if self.was else {})}


def write_cards(
    folder: Path, cards: Sequence[PlainCard], requires: Mapping[str, Sequence[str]]
) -> Path:
    """Write a pack of cards, named as its folder."""
    concepts = dict.fromkeys(card.concept for card in cards)
    claims = {card.claim: card.concept for card in cards}
    manifest = {
        "schema": 1,
        "formulas": 1,
        "id": folder.name,
        "version": "1.0.0",
        "title": folder.name,
        "languages": ["en"],
        "licence": "MIT",
        "authors": ["someone"],
        "notes": "notes.en.md",
        "concepts": [
            {"id": concept, "title": concept, "requires": list(requires.get(concept, ()))}
            for concept in concepts
        ],
        "sources": [{"id": "paper", "citation": "A. Author, 2020"}],
    }
    about = [
        {
            "id": claim,
            "concept": concept,
            "statement": "It adds",
            "standing": "not-computable",
            "why": "A definition",
            "notes": {"lines": [1], "quote": "It adds"},
            "source": {"ref": "paper", "at": "eq. 1"},
        }
        for claim, concept in claims.items()
    ]
    texts = {
        "pack.yaml": json.dumps(manifest),
        "items/all.yaml": json.dumps([card.as_item() for card in cards]),
        "claims/all.yaml": json.dumps(about),
        "notes.en.md": "It adds\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


class Device:
    """One of her devices, with a home and a clock; opened anew where a command would be run."""

    def __init__(self, home: Path, world: "World") -> None:
        self.home, self.world = home, world
        self.clock = Clock(lambda: world.now, world.offset_minutes)
        save_settings(home, Settings(language="en"))
        self.desk = Desk.open(home, self.clock)

    def reopen(self) -> None:
        self.desk.close()
        self.desk = Desk.open(self.home, self.clock)

    def install(self, folder: Path) -> None:
        self.desk.library.install(load_pack(folder), folder)
        self.reopen()

    def change(self, **settings: object) -> None:
        changed: Callable[..., Settings] = replace
        save_settings(self.home, changed(load_settings(self.home), **settings))
        self.reopen()

    def sync(self, folder: Path) -> None:
        sync_with_folder(self.desk.log, folder)
        self.reopen()

    def take_from(self, other: "Device") -> None:
        known = set(self.desk.log.ids())
        if lacking := set(other.desk.log.ids()) - known:
            self.desk.log.absorb(other.desk.log.events(lacking))

    def put_away_what_is_no_card(self) -> None:
        """Suspend the items that she would have to type an answer to, and cards beyond a dozen."""
        for pack in self.desk.library.packs():
            listed = sorted(self.desk.library.listed(pack.id), key=lambda one: one.position)
            cards = [one.item for one in listed if one.kind == "card"][:CARDS]
            for one in listed:
                if one.item not in cards:
                    set_suspended(self.desk.log, one.item, True, self.world.now)


class World:
    """The time and the zone that all devices show."""

    def __init__(self, start: date, zone: str) -> None:
        self.start, self.zone = start, ZoneInfo(zone)
        self.now = self.at(0, 0)

    def at(self, day: int, hour: float) -> datetime:
        """Return the instant so many hours into a study day, by the clock of where she is."""
        midnight = datetime.combine(self.start + day * DAY, time(), tzinfo=self.zone)
        wall = midnight + (DAY_BEGINS + hour) * HOUR
        return wall.astimezone(UTC)

    def offset_minutes(self, instant: datetime) -> int:
        """Return the offset that her machine gives for any instant: of where she is now."""
        offset = instant.astimezone(self.zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds() // 60)


@dataclass(slots=True)
class TrueMemory:
    """Her memory of one thing, by the time that passed."""

    stability: float
    difficulty: float
    last: datetime

    def recall(self, now: datetime) -> float:
        elapsed = np.array([max((now - self.last) / DAY, 0.0)])
        return float(MODEL.retrievability(np.array([self.stability]), elapsed)[0])

    def after(self, rating: Rating, now: datetime) -> "TrueMemory":
        stability, difficulty = MODEL.next(
            np.array([self.stability]),
            np.array([self.difficulty]),
            elapsed_days=np.array([max(round((now - self.last) / DAY), 0)]),
            rating=np.array([1 + list(Rating).index(rating)]),
        )
        return TrueMemory(float(stability[0]), float(difficulty[0]), now)

    @classmethod
    def first(cls, rating: Rating, now: datetime) -> "TrueMemory":
        stability, difficulty = MODEL.first(np.array([1 + list(Rating).index(rating)]))
        return cls(float(stability[0]), float(difficulty[0]), now)


@dataclass(slots=True)
class Figures:
    """What came of it.

    Attributes:
        given: the reviews that were acknowledged: item and instant.
        recalled: of each question in the review stage.
        chances: her true chance of recall at each of these.
        unlike: the sittings that asked other things than were promised, with both.
        reviews: questions that were to come on a day, and came then or later.
        late: those that came on a later day though she sat on one before, by the reasons; one that
            no device in use knew of, for want of a sync, is ``unsynced``.
        begun_anew: items asked as new on a device that could know that they were not.
    """

    sittings: int = 0
    given: list[tuple[str, int]] = field(default_factory=list)
    recalled: list[bool] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    unlike: list[tuple[datetime, set[str], set[str]]] = field(default_factory=list)
    reviews: int = 0
    late: Counter[str] = field(default_factory=Counter)
    begun_anew: list[str] = field(default_factory=list)

    @property
    def unexplained(self) -> float:
        """Return the share of reviews that were late for another reason than a limit or sibling."""
        return (self.late["other"] + self.late["unsynced"]) / self.reviews

    def __str__(self) -> str:
        late = ", ".join(f"{reason} {n}" for reason, n in sorted(self.late.items()))
        return (
            f"sittings {self.sittings}, ratings {len(self.given)}, "
            f"promised otherwise {len(self.unlike)}, "
            f"recalled {np.mean(self.recalled):.3f} of {len(self.recalled)}, "
            f"true chance {np.mean(self.chances):.3f}, "
            f"late of {self.reviews}: {late or 'none'}"
        )


class TwoDeviceLearner:
    """Sits at two devices, and keeps an own account."""

    def __init__(self, folder: Path, world: World, *, seed: int = 0) -> None:
        self.world, self.shared, self.seed = world, folder / "shared", seed
        self.shared.mkdir(parents=True)
        self.devices = {name: Device(folder / name, world) for name in ("a", "b")}
        self.observer = Device(folder / "observer", world)
        self.figures = Figures()
        self._memories: dict[str, TrueMemory] = {}
        self._known: defaultdict[str, set[str]] = defaultdict(set)  # by the device's name
        self._renames: dict[str, str] = {}
        self._reasons: defaultdict[str, set[str]] = defaultdict(set)
        self._rng: Rng = stream("learner of some weeks", seed)

    def close(self) -> None:
        for device in (*self.devices.values(), self.observer):
            device.desk.close()

    def rename(self, old: str, new: str) -> None:
        """Know that two ids name one thing, whatever the program makes of them."""
        self._renames[new] = old

    def observe(self) -> None:
        for device in self.devices.values():
            self.observer.take_from(device)
        self.observer.reopen()

    def sync(self) -> None:
        for _ in range(2):
            for device in self.devices.values():
                device.sync(self.shared)
        for name in self.devices:
            self._known[name] |= self._memories.keys()

    def study_day(self, sittings: Sequence[tuple[str, datetime]]) -> None:
        """Sit, each time at a device until nothing is left; then see what should have come."""
        self.world.now = sittings[0][1]
        self.observe()
        wanted = self._wanted()
        for name, at in sittings:
            self.world.now = max(self.world.now, at)
            self._sit(name)
        self.observe()
        self._account(wanted, [self.devices[name] for name, _ in sittings])

    def _sit(self, name: str) -> None:
        device = self.devices[name]
        device.reopen()
        desk, world, figures = device.desk, self.world, self.figures
        agenda, overview = read_agenda(desk, world.now, Scope()), read_overview(desk, world.now)
        promised, met = {*agenda.reviews, *agenda.new}, set[str]()
        assert (overview.due, overview.new) == (len(agenda.reviews), len(agenda.new))
        sitting = Sitting(desk, Scope())
        figures.sittings += 1
        while (question := sitting.start_next(world.now)) is not None:
            item = question.id
            before = desk.log.state(item)
            if before.stage not in IN_STEPS:
                met.add(item)
            if before.stage is Stage.NEW and self._name(item) in self._known[name]:
                figures.begun_anew.append(item)
            world.now += float(self._rng.uniform(3, 30)) * SECOND
            sitting.reveal()
            given = self._rate(sitting, item, before.stage)
            if self._rng.uniform() < 0.02:  # a slip of the finger
                assert sitting.undo(world.now)
                world.now += SECOND
                sitting.reveal()
                sitting.rate(given, world.now)
                self._note(item)
            self._remember(item, given)
            self._known[name].add(self._name(item))
        if met != promised:
            figures.unlike.append((world.now, promised - met, met - promised))

    def _rate(self, sitting: Sitting, item: str, stage: Stage) -> Rating:
        """Rate by her own memory; what the program thinks of it only says what is counted."""
        now, figures = self.world.now, self.figures
        memory = self._memories.get(self._name(item))
        chance = 0.6 if memory is None else memory.recall(now)
        recalled = bool(self._rng.uniform() < chance)
        if memory is not None and stage is Stage.REVIEW:
            figures.recalled.append(recalled)
            figures.chances.append(chance)
        better = (Rating.HARD, *[Rating.GOOD] * 8, Rating.EASY)
        rating = better[self._rng.integers(10)] if recalled else Rating.AGAIN
        sitting.rate(rating, now)
        self._note(item)
        return rating

    def _note(self, item: str) -> None:
        self.figures.given.append((item, to_ms(self.world.now)))

    def _remember(self, item: str, rating: Rating) -> None:
        name, now = self._name(item), self.world.now
        memory = self._memories.get(name)
        self._memories[name] = (
            TrueMemory.first(rating, now) if memory is None else memory.after(rating, now)
        )

    def _name(self, item: str) -> str:
        return self._renames.get(item, item)

    # --- what should have come ----------------------------------------------------------------

    def _wanted(self) -> set[str]:
        """Return the reviews that are to come today by all that is known anywhere."""
        log, now = self.observer.desk.log, self.world.now
        return {
            one.item
            for one in log.statuses()
            if one.memory.stage is Stage.REVIEW and not one.suspended and asked(one) <= now
        }

    def _account(self, wanted: set[str], used: Sequence[Device]) -> None:
        desk, now, figures = self.observer.desk, self.world.now, self.figures
        done = {one.item for one in desk.log.seen_on(desk.log.day_of(now))}
        figures.reviews += len(wanted & done)
        for item in wanted & done:
            for reason in self._reasons.pop(item, ()):
                figures.late[reason] += 1
        statuses = list(desk.log.statuses())
        busy = done | {one.item for one in statuses if one.memory.stage in IN_STEPS}
        taken = set().union(*desk.library.claims_of(busy).values())
        claims = desk.library.claims_of(wanted - done)
        over_limit = any(read_agenda(device.desk, now, Scope()).left.over_limit for device in used)
        for item in wanted - done:
            if claims.get(item, set()) & taken:
                reason = "sibling"
            elif not any(_is_due(device, item, now) for device in used):
                reason = "unsynced"
            else:
                reason = "limit" if over_limit else "other"
            self._reasons[item].add(reason)


def _is_due(device: Device, item: str, now: datetime) -> bool:
    """Tell whether a device knows that a review is due."""
    return any(
        one.memory.stage is Stage.REVIEW and asked(one) <= now
        for one in device.desk.log.statuses(items=[item])
    )


def events_of(device: Device) -> list[str]:
    """Return all events of a device as text, in one order."""
    return sorted(repr(event) for event in device.desk.log.events())


def reviews_of(device: Device) -> Counter[tuple[str, int]]:
    """Return the reviews in a device's log, of each its item and instant."""
    return Counter(
        (event.item, to_ms(event.time))
        for event in device.desk.log.events()
        if isinstance(event, Review)
    )
