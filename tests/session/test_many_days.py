"""A learner over many study days, the clock running: what each question may be, and that all come.

The rules are said again in :mod:`tests.session.plain_queue`; every question is compared with them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Literal

import pytest

from studytool.bundled_pack import bundled_folders
from studytool.numerics.streams import Rng, stream
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings, save_settings
from studytool.srs.memory import Stage
from studytool.srs.rating import Rating
from tests.review_log.deeds import set_suspended, take_vacation
from tests.session.packs import desk_with
from tests.session.plain_queue import IN_STEPS, Done, PlainQueue, Urgency, asked, is_awake

START = date(2026, 3, 2)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DAYS, VACATION_FROM, VACATION_DAYS = 75, 40, 14
DAY_BEGINS = 4
OF_EACH_CONCEPT = 4
"""Items of the bundled packs that she studies of each; of the chain she studies all."""
WAIT_FOR_EACH = 2
"""Study days for each sibling: one for its review, one for its steps."""

CHAIN = [
    *[(f"a{n}", "first", "k1" if n < 3 else "") for n in range(8)],
    *[(f"b{n}", "second", "k2" if n % 2 else "k1b") for n in range(8)],
    *[(f"c{n}", "third", "") for n in range(8)],
    *[(f"d{n}", "aside", "k3" if n < 4 else "") for n in range(8)],
]
REQUIRES = {"second": ["first"], "third": ["second"]}

Act = Literal["review", "leech", "suspend", "bury"]


class Learner:
    """Studies by what the model says of recall, and keeps an own account of it all."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk, self.settings = desk, desk.settings
        self.queue = PlainQueue(desk)
        packs = [pack.id for pack in desk.library.packs()]
        self.alone = {pack: PlainQueue(desk, Scope((pack,))) for pack in packs}
        self.clock = _hour(0, 0)
        self.never = self._put_away()
        self.longest_wait: Counter[str] = Counter()
        self._wait: Counter[str] = Counter()
        self._suspended: set[str] = set()
        self._buried: dict[str, datetime] = {}
        self._acts: list[tuple[Act, str]] = []
        self._last: str | None = None
        self._rng: Rng = stream("many days", name)

    def study(self, now: datetime) -> None:
        """Sit from ``now`` until nothing is left."""
        assert now > self.clock
        sitting = Sitting(self.desk, Scope())
        self._acts, self._last = [], None
        while True:
            urgencies = self.queue.urgencies(now)
            question = sitting.start_next(now)
            item = None if question is None else question.id
            if item is None or self._rng.uniform() < 0.1:
                self._check_counts(urgencies, now)
            assert self.queue.objection(item, urgencies, now, last=self._last) is None
            if item is None:
                self.clock = now
                return
            self._check_laws(item, now)
            now += float(self._rng.uniform(2, 40)) * SECOND
            self._deal_with(sitting, item, now)

    def take_vacation(self, now: datetime) -> None:
        """Put all reviews off, and check that no more than these are."""
        before = {one.item: one for one in self.desk.log.statuses()}
        take_vacation(self.desk.log, VACATION_DAYS, now)
        for one in self.desk.log.statuses():
            put_off = VACATION_DAYS * DAY if one.memory.stage is Stage.REVIEW else timedelta()
            was = before[one.item].due
            assert one.due == (None if was is None else was + put_off)

    def end_day(self) -> None:
        """Check that what was due was asked, but for siblings and limits; then unsuspend some."""
        now, queue = self.clock, self.queue
        seen = {done.item for done in queue.today(now)}
        for one in self.desk.log.statuses():
            due = one.memory.stage is Stage.REVIEW and asked(one) <= now and is_awake(one, now)
            assert (
                not due
                or queue.left(now, Stage.REVIEW) == 0
                or (self.settings.bury_siblings and queue.siblings[one.item] & seen)
            )
            self._wait[one.item] = self._wait[one.item] + 1 if due else 0
            self.longest_wait[one.item] = max(self.longest_wait[one.item], self._wait[one.item])
        self._unsuspend_some(now)

    def _put_away(self) -> set[str]:
        """Put away predictions, which run a simulation each, and what is more than a few a concept.

        A pack that grows is not to make the days longer; its gates and siblings stay as they are.
        """
        found: set[str] = set()
        for pack in self.desk.library.packs():
            of_concept: Counter[str] = Counter()
            most = OF_EACH_CONCEPT if pack.id in bundled_folders() else len(CHAIN)
            for one in sorted(self.desk.library.listed(pack.id), key=lambda one: one.position):
                if one.kind != "prediction" and of_concept[one.concept] < most:
                    of_concept[one.concept] += 1
                else:
                    found.add(one.item)
        for item in sorted(found):
            set_suspended(self.desk.log, item, True, self.clock)
        return found

    def _deal_with(self, sitting: Sitting, item: str, now: datetime) -> None:
        chance = self._rng.uniform()
        if chance < 0.01:
            sitting.suspend(now)
            self._suspended.add(item)
            self._acts.append(("suspend", item))
        elif chance < 0.03:
            sitting.bury(now)
            self._buried[item] = now
            self._acts.append(("bury", item))
        else:
            self._rate(sitting, item, now)
        if self._acts and self._rng.uniform() < 0.04:
            self._undo(sitting, now)

    def _rate(self, sitting: Sitting, item: str, now: datetime) -> None:
        memory = self.desk.log.state(item)
        sitting.reveal()
        sitting.rate(self._rating(item, now), now)
        self.queue.done.append(Done(item, now, memory.stage))
        self._acts.append(("review", item))
        self._last = item
        if sitting.leech is not None:
            self._suspended.add(item)
            self._acts.append(("leech", item))

    def _undo(self, sitting: Sitting, now: datetime) -> None:
        act, item = self._acts.pop()
        assert sitting.undo(now)
        self._last = None
        assert sitting.question is not None
        assert sitting.question.id == item
        match act:
            case "leech":
                self._suspended.remove(item)
                assert self._acts.pop() == ("review", item)
                self.queue.done.pop()
            case "review":
                self.queue.done.pop()
            case "suspend":
                self._suspended.remove(item)
            case "bury":
                del self._buried[item]
        if self._rng.uniform() < 0.5:
            self._rate(sitting, item, now)

    def _rating(self, item: str, now: datetime) -> Rating:
        [status] = self.desk.log.statuses(items=[item])
        [recall] = self.queue.recall([status], now)
        known = recall if status.memory.stage is Stage.REVIEW else 0.8
        if self._rng.uniform() >= known:
            return Rating.AGAIN
        return [Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY][self._rng.integers(4)]

    def _unsuspend_some(self, now: datetime) -> None:
        for item in sorted(self._suspended):
            if self._rng.uniform() < 0.2:
                set_suspended(self.desk.log, item, False, now)
                self._suspended.remove(item)

    def _check_laws(self, item: str, now: datetime) -> None:
        """Check what a learner was promised of the question, each law by itself."""
        [status] = self.desk.log.statuses(items=[item])
        stage, queue = status.memory.stage, self.queue
        assert item not in self._suspended
        assert item not in self._buried or queue.day(self._buried[item]) != queue.day(now)
        seen = {done.item for done in queue.today(now)}
        if stage in IN_STEPS:
            assert asked(status) <= now + 20 * MINUTE
            return
        assert not queue.siblings[item] & seen or not self.settings.bury_siblings
        assert queue.on_day(now, stage) < (
            self.settings.new_per_day if stage is Stage.NEW else self.settings.reviews_per_day
        )
        if stage is Stage.REVIEW:
            assert asked(status) <= now
        elif self.settings.gate_new:
            statuses = self.desk.log.statuses()
            reviews, new = queue.agenda(now)
            steps = {one.item for one in statuses if one.memory.stage in IN_STEPS}
            asked_today = seen.union(steps, reviews, new)
            unlearned = queue.unlearned(
                one for one in statuses if not queue.is_put_off(one, asked_today)
            )
            assert not queue.needs(queue.concepts[item]) & unlearned

    def _check_counts(self, urgencies: Sequence[Urgency], now: datetime) -> None:
        """Check the home screen's numbers against what may be asked now."""
        waiting = {one.name: one.ranks for one in urgencies}
        overview, (reviews, new) = read_overview(self.desk, now), self.queue.agenda(now)
        assert (overview.due, overview.new) == (len(reviews), len(new))
        for pack in overview.packs:
            alone = self.alone[pack.id]
            alone.done = self.queue.done
            assert (pack.due, pack.new) == tuple(map(len, alone.agenda(now)))
        assert overview.learning >= len(waiting["ahead"])


SCENARIOS = {
    "defaults": Settings(new_per_day=7),
    "limits": Settings(new_per_day=4, reviews_per_day=9, order="retrievability", leech_lapses=2),
    "long steps": Settings(
        new_per_day=8,
        order="relative-overdue",
        interleave=False,
        learning_steps_minutes=(1, 30, 600),
        relearning_steps_minutes=(15, 1440),
    ),
}


@pytest.fixture(params=SCENARIOS)
def learner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Learner]:
    settings = SCENARIOS[request.param]
    home = tmp_path / "home"
    save_settings(home, settings)
    desk = desk_with(tmp_path, CHAIN, requires=REQUIRES)
    yield Learner(desk, request.param)
    desk.close()


@pytest.mark.slow
def test_a_learner_of_many_days_is_asked_by_the_rules_and_misses_nothing(learner: Learner) -> None:
    for number in range(DAYS):
        sittings = _sittings(number)
        for now in sittings:
            learner.study(now)
        if number == VACATION_FROM:
            learner.take_vacation(_hour(number, 1))
        if sittings:
            learner.end_day()
    met = {done.item for done in learner.queue.done}
    assert met == {one.item for one in learner.desk.log.statuses()} - learner.never
    if learner.settings.order == "due":  # the others may put one sibling first again and again
        for item, days in learner.longest_wait.items():
            assert days <= WAIT_FOR_EACH * len(learner.queue.siblings[item] - {item}), item


def _sittings(day: int) -> list[datetime]:
    """Give when the learner sits on a study day: never to thrice, at times across 4 h at night."""
    if VACATION_FROM <= day < VACATION_FROM + VACATION_DAYS:
        return []
    rng = stream("many days", "when", day)
    hours = rng.choice([1, 3, 11, 16.5, 20, 23.9], size=rng.integers(0, 4), replace=False)
    return [_hour(day, hour) for hour in sorted(hours.tolist())]


def _hour(day: int, hour: float) -> datetime:
    """Give the instant so many hours into a study day."""
    midnight = datetime.combine(START + day * DAY, time()).astimezone()
    return (midnight + (DAY_BEGINS + hour) * HOUR).astimezone(UTC)
