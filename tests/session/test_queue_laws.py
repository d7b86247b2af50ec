"""Laws of what is asked next, over any settings and any history of a small pack and part of another.

The rules are said again in :mod:`tests.session.plain_queue`.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from studytool.clock import MACHINE_CLOCK, local_offset_minutes
from studytool.library.library import Library
from studytool.numerics.streams import stream
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.session.agenda_walk import read_agenda
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.overview import read_overview
from studytool.session.policy import policy_of, rule_of
from studytool.session.queue import due_items
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.summary import SittingProgress
from studytool.settings import Settings
from studytool.srs.memory import Stage
from studytool.srs.rating import Rating
from tests.review_log.answer_rows import answered
from tests.review_log.days import day_start
from tests.review_log.deeds import bury_item, set_suspended, take_vacation
from tests.review_log.drafts import draft
from tests.session.packs import desk_with
from tests.session.plain_queue import IN_STEPS, ROUNDING, Done, PlainQueue

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
OTHER = "deep-learning-notes"
SMALL = [
    *[(f"a{n}", "first", "k1" if n < 3 else "") for n in range(5)],
    *[(f"b{n}", "second", "k2" if n % 2 else "") for n in range(5)],
    *[(f"c{n}", "third", "") for n in range(5)],
    *[(f"d{n}", "aside", "k3") for n in range(3)],
]
REQUIRES = {"second": ["first"], "third": ["second"]}
MOST_ASKED = 40

OWN_STEPS = {
    "small": {"learning_steps_minutes": (30,), "relearning_steps_minutes": ()},
    OTHER: {"learning_steps_minutes": (1, 10)},
}
settings_of_a_learner = st.builds(
    Settings,
    new_per_day=st.integers(0, 6),
    reviews_per_day=st.sampled_from([0, 1, 4, 9999]),
    learning_steps_minutes=st.sampled_from([(), (1, 10), (30,), (1, 1440)]),
    relearning_steps_minutes=st.sampled_from([(), (10,), (300, 1440)]),
    order=st.sampled_from(["due", "relative-overdue", "retrievability"]),
    interleave=st.booleans(),
    bury_siblings=st.booleans(),
    gate_new=st.booleans(),
    spread_load=st.booleans(),
    day_start_hour=st.integers(0, 23),
    packs=st.sampled_from([{}, {"small": {"desired_retention": 0.97}}, OWN_STEPS]),
)
_PACK_OF: dict[str | None, str] = {"second": "small", "schedules": OTHER}
scopes = st.builds(
    Scope,
    st.sampled_from([(), ("small",), (OTHER,), ("small", OTHER), (OTHER, "small")]),
    st.sampled_from([None, None, None, "second", "schedules"]),
).filter(
    lambda scope: not scope.packs or _PACK_OF.get(scope.concept, scope.packs[0]) in scope.packs
)
"""Scopes that exist: a concept of a pack that is left out is refused."""
ratings = st.sampled_from(list(Rating))


What = Literal["review", "suspend", "unsuspend", "bury", "undo", "vacation"]
OTHERS: list[What] = ["suspend", "unsuspend", "bury", "undo", "vacation"]


@dataclass(frozen=True, slots=True)
class Did:
    """Something done with the n-th item, so long after what was done before it."""

    what: What
    number: int
    rating: Rating
    gap: timedelta


GAPS = [timedelta(), MINUTE, 9 * MINUTE, 300 * MINUTE, DAY, 3 * DAY, 11 * DAY, 45 * DAY]
histories = st.lists(
    st.builds(
        Did,
        st.just("review") | st.just("review") | st.sampled_from(OTHERS),
        st.integers(0, 23),
        ratings,
        st.sampled_from(GAPS),
    ),
    max_size=40,
)


WHOLE_DAYS = [
    Did("review", 0, Rating.EASY, 15.94 * DAY),
    Did("review", 1, Rating.GOOD, 6.01 * DAY),
]
"""By the hour the second is remembered better, by the model's whole days the first."""


@pytest.fixture(scope="module")
def library_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both packs, installed once."""
    folder = tmp_path_factory.mktemp("library")
    desk_with(folder, SMALL, requires=REQUIRES).close()
    return folder / "home" / "library.db"


@contextmanager
def _home(library_file: Path, settings: Settings, history: Sequence[Did]) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copy(library_file, home)
        with _opened(home, settings) as desk:
            for pack, most in (("small", len(SMALL)), (OTHER, 6)):
                listed = [(i.item, i.concept, i.position) for i in desk.library.listed(pack)]
                desk.log.register(pack, listed[:most])
            _relive(desk, history)
        yield home


@contextmanager
def _opened(home: Path, settings: Settings) -> Iterator[Desk]:
    days = StudyDays(local_offset_minutes, settings.day_start_hour)
    log = ReviewLog.open(home / "reviews.db", policy=policy_of(settings), days=days)
    library = Library.open(home / "library.db")
    desk = Desk(home, settings, MACHINE_CLOCK, log=log, library=library)
    try:
        yield desk
    finally:
        desk.close()


def _relive(desk: Desk, history: Sequence[Did]) -> None:
    log, items = desk.log, [one.item for one in desk.log.statuses()]
    now = NOW - sum((did.gap for did in history), timedelta())
    for did in history:
        offset = local_offset_minutes(now)
        item = items[did.number % len(items)]
        match did.what:
            case "review":
                log.append_review(draft(item, did.rating, now, offset_minutes=offset))
            case "suspend" | "unsuspend":
                set_suspended(log, item, did.what == "suspend", now, offset_minutes=offset)
            case "bury":
                bury_item(log, item, _next_day(desk, now), now, offset_minutes=offset)
            case "vacation":
                take_vacation(log, 1 + did.number, now, offset_minutes=offset)
            case "undo":
                log.undo(now, offset_minutes=offset)
        now += did.gap


def _next_day(desk: Desk, now: datetime) -> datetime:
    hour = desk.settings.day_start_hour
    return day_start(now, start_hour=hour, offset_at=local_offset_minutes, days=1)


def _plain(desk: Desk, scope: Scope) -> PlainQueue:
    """Give the plain queue with the account of the log so far."""
    plain, met = PlainQueue(desk, scope), set[str]()
    for review, chance in answered(desk.log):
        stage = Stage.LEARNING if review.item in met else Stage.NEW
        plain.done.append(Done(review.item, review.time, stage if chance is None else Stage.REVIEW))
        met.add(review.item)
    return plain


laws = effort(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.slow
@laws
@given(settings_of_a_learner, histories, scopes, st.data())
def test_each_question_and_all_counts_are_by_the_rules(
    library_file: Path, settings: Settings, history: list[Did], scope: Scope, data: st.DataObject
) -> None:
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        plain, now, last = _plain(desk, scope), NOW, None
        sitting = Sitting(desk, scope)
        for _ in range(MOST_ASKED):
            urgencies = plain.urgencies(now)
            question = sitting.start_next(now)
            item = None if question is None else question.id
            assert plain.objection(item, urgencies, now, last=last) is None
            last = item
            progress = sitting.progress(now)
            assert (progress.due, progress.learning, progress.new) == plain.counts(now)
            if item is None:
                break
            memory = desk.log.state(item)
            sitting.reveal()
            now += data.draw(st.sampled_from(GAPS[:4]))
            rating = data.draw(ratings)
            sitting.rate(rating, now)
            plain.failed[item] += rating is Rating.AGAIN
            plain.done.append(Done(item, now, memory.stage))


@laws
@given(settings_of_a_learner, histories, scopes)
def test_due_is_what_a_sitting_asks_before_new_items(
    library_file: Path, settings: Settings, history: list[Did], scope: Scope
) -> None:
    settings = replace(settings, bury_siblings=False, new_per_day=0)
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        listed, places = _due(desk, scope), _places(desk, scope)
        steps = {one.item for one in desk.log.statuses() if one.memory.stage in IN_STEPS}
        asked = _asked(desk, scope)
        assert len(set(asked)) == len(asked)
        assert set(listed) <= set(asked) <= set(listed) | steps
        if not settings.interleave:
            assert _in_order(places, [one for one in asked if one in listed])


@laws
@given(
    settings_of_a_learner,
    histories,
    st.sampled_from([None, {"reviews_per_day": 2}, {"new_per_day": 1}]),
)
def test_home_counts_each_pack_as_a_sitting_over_it_alone_asks(
    library_file: Path, settings: Settings, history: list[Did], limits: dict[str, int] | None
) -> None:
    settings = replace(settings, packs={"small": limits}) if limits else settings
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        counted = {pack.id: (pack.due, pack.new) for pack in read_overview(desk, NOW).packs}
        alone = {pack: read_agenda(desk, NOW, Scope((pack,))) for pack in ("small", OTHER)}
        assert counted == {
            pack: (len(agenda.reviews), len(agenda.new)) for pack, agenda in alone.items()
        }


@laws
@given(settings_of_a_learner, histories, scopes, st.integers(0, 8))
def test_a_limit_takes_the_first(
    library_file: Path, settings: Settings, history: list[Did], scope: Scope, limit: int
) -> None:
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        whole, limited = _due(desk, scope), _due(desk, replace(scope, limit=limit))
        assert len(limited) == min(limit, len(whole))
        rest = [one for one in whole if one not in limited]
        assert sorted(limited + rest) == sorted(whole)
        assert _in_order(_places(desk, scope), limited + rest)
        assert len(_asked(desk, replace(scope, limit=limit))) <= limit


@laws
@given(settings_of_a_learner, histories, scopes, st.integers(0, 999))
def test_what_is_promised_is_asked(
    library_file: Path, settings: Settings, history: list[Did], scope: Scope, seed: int
) -> None:
    """Whatever the ratings and the undone: home, due and each top line say what the rest asks."""
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        rng, rated = stream("promised", seed), list(Rating)
        stages = {one.item: one.memory.stage for one in desk.log.statuses()}
        sitting, now = Sitting(desk, scope), NOW
        promised, met = sitting.progress(now), set[str]()
        if scope.concept is None:
            total = list_due(desk, now, scope).total
            assert (total.due, total.learning, total.new) == _figures(promised)
        if scope == Scope():
            overview = read_overview(desk, now)
            assert (overview.due, overview.learning, overview.new) == _figures(promised)
            assert overview.forecast[0] == overview.due + overview.learning
        steps = [rule_of(settings, pack, "learning_steps_minutes") for pack in ("small", OTHER)]
        is_short = all(step <= 20 for own in steps for step in own)
        is_exact = is_short or not settings.gate_new or scope.concept is not None
        while (question := sitting.start_next(now)) is not None:
            sitting.reveal()
            sitting.rate(rated[rng.integers(4)], now)
            if rng.random() < 0.2:
                sitting.undo(now)
                sitting.reveal()
                sitting.rate(rated[rng.integers(4)], now)
            met.add(question.id)
            now += SECOND
            asked = Counter(stages[item] for item in met)
            left = sitting.progress(now)
            assert asked[Stage.REVIEW] + left.due == promised.due
            if is_exact:
                assert asked[Stage.NEW] + left.new == promised.new
        summary = sitting.summary(now)
        assert sitting.progress(now).due == 0
        if is_exact and not summary.held:
            assert sitting.progress(now).new == 0
        assert set(_figures(Sitting(desk, scope).progress(now))[::2]) == {0} or summary.held


def _figures(counts: SittingProgress) -> tuple[int, int, int]:
    return counts.due, counts.learning, counts.new


@laws
@given(settings_of_a_learner, histories)
@example(Settings(learning_steps_minutes=()), WHOLE_DAYS)
def test_retrievability_asks_the_best_remembered_first_by_the_models_own_word(
    library_file: Path, settings: Settings, history: list[Did]
) -> None:
    settings = replace(settings, order="retrievability", reviews_per_day=9999)
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        everything = {one.item: one for one in desk.log.statuses()}
        listed = [everything[item] for item in _due(desk, Scope())]
        reviews = [one for one in listed if one.memory.stage is Stage.REVIEW]
        chances = PlainQueue(desk).recall(reviews, NOW)
        assert all(one >= other - ROUNDING for one, other in pairwise(chances))


@laws
@given(settings_of_a_learner, histories, st.lists(st.tuples(st.booleans(), ratings), max_size=25))
def test_two_sittings_over_one_home_share_the_queue(
    library_file: Path, settings: Settings, history: list[Did], turns: list[tuple[bool, Rating]]
) -> None:
    with (
        _home(library_file, settings, history) as home,
        _opened(home, settings) as one,
        _opened(home, settings) as other,
    ):
        plain, now = _plain(one, Scope()), NOW
        sittings = {True: Sitting(one, Scope()), False: Sitting(other, Scope())}
        last: dict[bool, str] = {}
        for whose, rating in turns:
            question = sittings[whose].start_next(now)
            item = None if question is None else question.id
            assert plain.objection(item, plain.urgencies(now), now, last=last.get(whose)) is None
            if item is None:
                break
            last[whose] = item
            stage = one.log.state(item).stage
            sittings[whose].reveal()
            sittings[whose].rate(rating, now)
            plain.done.append(Done(item, now, stage))
            views = (sitting.start_next(now) for sitting in sittings.values())
            in_view = {view.id for view in views if view is not None}
            assert item not in in_view or one.log.state(item).stage in IN_STEPS
            now += MINUTE


@laws
@given(settings_of_a_learner, histories, scopes)
def test_a_cram_asks_the_weakest_first_of_all_packs_together_and_new_items_last(
    library_file: Path, settings: Settings, history: list[Did], scope: Scope
) -> None:
    with _home(library_file, settings, history) as home, _opened(home, settings) as desk:
        asked = _crammed(desk, scope)
        everything = {one.item: one for one in desk.log.statuses() if not one.suspended}
        met = [everything[one] for one in asked if everything[one].memory.stage is not Stage.NEW]
        assert asked[: len(met)] == [one.item for one in met]
        chances = PlainQueue(desk).recall(met, NOW)
        assert all(one <= other + ROUNDING for one, other in pairwise(chances))
        assert set(asked) == PlainQueue(desk, scope).inside & set(everything)


def test_prerequisites_reach_through_a_concept_that_is_never_asked(tmp_path: Path) -> None:
    items = [("a", "first", ""), ("b", "second", ""), ("c", "third", "")]
    desk = desk_with(tmp_path, items, requires=REQUIRES)
    set_suspended(desk.log, "small/b", True, NOW)
    assert [pack.new for pack in read_overview(desk, NOW).packs if pack.id == "small"] == [2]
    assert _asked(desk, Scope(("small",))) == ["small/a", "small/c"]
    desk.close()


def test_a_review_dated_tomorrow_leaves_todays_of_the_item_in_force(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, [("a", "first", "k"), ("b", "first", "k")])
    for time in (NOW, NOW + 2 * DAY):  # the second under a clock that ran ahead
        desk.log.append_review(draft("small/a", Rating.EASY, time))
    assert Sitting(desk, Scope(("small",))).start_next(NOW + MINUTE) is None  # b is a sibling
    desk.close()


def _crammed(desk: Desk, scope: Scope) -> list[str]:
    cram = Cram(desk, scope, NOW)
    asked: list[str] = []
    while (question := cram.start_next(NOW)) is not None:
        asked.append(question.id)
        cram.reveal()
        cram.rate(Rating.EASY, NOW)
    return asked


def _due(desk: Desk, scope: Scope) -> list[str]:
    return due_items(desk.log, scope, now=NOW, agenda=read_agenda(desk, NOW, scope))


def _asked(desk: Desk, scope: Scope) -> list[str]:
    """Sit at one instant, everything easy, and name what was asked."""
    sitting = Sitting(desk, scope)
    asked: list[str] = []
    while (question := sitting.start_next(NOW)) is not None:
        asked.append(question.id)
        sitting.reveal()
        sitting.rate(Rating.EASY, NOW)
    return asked


def _places(desk: Desk, scope: Scope) -> dict[str, tuple[int, float]]:
    """Give each item's urgency and its rank in that."""
    places: dict[str, tuple[int, float]] = {}
    for number, urgency in enumerate(_plain(desk, scope).urgencies(NOW)):
        for item, rank in urgency.ranks.items():
            places.setdefault(item, (number, rank))
    return places


def _in_order(places: dict[str, tuple[int, float]], items: Sequence[str]) -> bool:
    """Tell whether items come by urgency, then rank; ranks that differ by rounding are one."""
    pairs = pairwise(places[item] for item in items)
    return all((a, rank - ROUNDING) <= (b, after) for (a, rank), (b, after) in pairs)
