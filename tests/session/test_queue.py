"""What is asked next: order, interleaving, siblings, prerequisites, the day's limits."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.session.agenda_walk import read_agenda
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.queue import due_items
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.deeds import set_suspended
from tests.review_log.drafts import draft
from tests.session.packs import desk_with

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
PLAIN = Settings(bury_siblings=False, gate_new=False, interleave=False)

Make = Callable[..., Desk]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[Desk] = []

    def made(items: list[tuple[str, str, str]], settings: Settings, **rules: object) -> Desk:
        desk = desk_with(tmp_path, items, **rules)  # type: ignore[arg-type] # its own rules
        desk.settings = settings
        opened.append(desk)
        return desk

    yield made
    for desk in opened:
        desk.close()


def _asked(desk: Desk, now: datetime = NOW, rating: Rating = Rating.EASY) -> list[str]:
    """Sit until nothing is left, and name what was asked, a second apart."""
    sitting = Sitting(desk, Scope(("small",)))
    asked: list[str] = []
    while (question := sitting.start_next(now + timedelta(seconds=len(asked)))) is not None:
        asked.append(question.id.removeprefix("small/"))
        sitting.reveal()
        sitting.rate(rating, now + timedelta(seconds=len(asked)))
    return asked


def _review(desk: Desk, slug: str, *days_ago: float, rating: Rating = Rating.EASY) -> None:
    for days in days_ago:
        desk.log.append_review(draft(f"small/{slug}", rating, NOW - days * DAY))


# --- new items ------------------------------------------------------------------------------------


def test_new_items_come_in_the_authors_order_up_to_the_days_limit(make: Make) -> None:
    items = [(slug, "x", "") for slug in "dbca"]
    desk = make(items, replace(PLAIN, new_per_day=3))
    assert _asked(desk) == ["d", "b", "c"]
    assert _asked(desk) == []
    assert _asked(desk, NOW + DAY) == ["a"]


def test_new_items_of_a_concept_come_together_behind_its_lesson(make: Make) -> None:
    items = [(f"{concept}{n}", concept, "") for n in range(3) for concept in "xyz"]
    asked = _asked(make(items, replace(PLAIN, interleave=True)))
    assert asked == ["x0", "x1", "x2", "y0", "y1", "y2", "z0", "z1", "z2"]


def test_without_interleaving_new_items_come_as_the_author_put_them(make: Make) -> None:
    items = [(f"{concept}{n}", concept, "") for n in range(2) for concept in "xy"]
    assert _asked(make(items, PLAIN)) == ["x0", "y0", "x1", "y1"]


def test_a_concept_opens_when_its_prerequisites_left_their_first_steps(make: Make) -> None:
    items = [("c", "third", ""), ("b", "second", ""), ("a", "first", ""), ("a2", "first", "")]
    requires = {"second": ["first"], "third": ["second"]}
    desk = make(items, replace(PLAIN, gate_new=True), requires=requires)
    (small,) = [pack for pack in read_overview(desk, NOW).packs if pack.id == "small"]
    assert small.new == 4  # what today opens is asked today
    assert _asked(desk) == ["a", "a2", "b", "c"]


def test_an_item_still_in_its_first_steps_keeps_the_next_concept_closed(make: Make) -> None:
    items = [("a", "first", ""), ("b", "second", "")]
    desk = make(items, replace(PLAIN, gate_new=True), requires={"second": ["first"]})
    sitting = Sitting(desk, Scope(("small",)))
    assert sitting.start_next(NOW) is not None
    sitting.reveal()
    sitting.rate(Rating.AGAIN, NOW)
    question = sitting.start_next(NOW)
    assert question is not None
    assert question.id == "small/a"  # a step ahead of its time, not b


@pytest.mark.parametrize(
    "way", first_quick(["turned off", "concept named", "prerequisite suspended"])
)
def test_a_closed_concept_is_asked_all_the_same_where(make: Make, way: str) -> None:
    items = [("a", "first", ""), ("b", "second", "")]
    settings = replace(PLAIN, gate_new=way != "turned off")
    desk = make(items, settings, requires={"second": ["first"]})
    if way != "concept named":
        set_suspended(desk.log, "small/a", True, NOW)
    sitting = Sitting(desk, Scope(("small",), concept="second" if way == "concept named" else None))
    question = sitting.start_next(NOW)
    assert question is not None
    assert question.id == "small/b"


# --- siblings -------------------------------------------------------------------------------------


def test_of_items_on_one_claim_one_is_asked_a_day(make: Make) -> None:
    items = [("a", "x", "k"), ("b", "x", "k"), ("c", "x", ""), ("d", "x", "k")]
    desk = make(items, replace(PLAIN, bury_siblings=True))
    assert _asked(desk) == ["a", "c"]
    (small,) = [pack for pack in read_overview(desk, NOW).packs if pack.id == "small"]
    assert (small.due, small.new) == (0, 0)
    assert _asked(desk, NOW + DAY) == ["b"]
    assert _asked(desk, NOW + 2 * DAY) == ["d"]


def test_no_concept_waits_for_an_item_whose_claim_is_asked_that_day(make: Make) -> None:
    items = [("c", "third", ""), ("b", "second", "k"), ("a2", "first", "k"), ("a", "first", "k")]
    requires = {"second": ["first"], "third": ["second"]}
    desk = make(items, replace(PLAIN, gate_new=True, bury_siblings=True), requires=requires)
    agenda = read_agenda(desk, NOW, Scope(("small",)))
    assert agenda.put_off == {"small/a", "small/b"}
    assert agenda.left.gated == 0
    assert _asked(desk) == ["a2", "c"]  # b and a would ask today's claim again
    assert _asked(desk, NOW + DAY) == ["a"]  # before b: it belongs to what b needs
    assert _asked(desk, NOW + 2 * DAY) == ["b"]


def test_siblings_that_are_due_wait_for_tomorrow_and_are_not_counted(make: Make) -> None:
    items = [("a", "x", "k"), ("b", "x", "k")]
    desk = make(items, replace(PLAIN, bury_siblings=True))
    for slug in "ab":
        _review(desk, slug, 60)
    (before,) = [pack for pack in read_overview(desk, NOW).packs if pack.id == "small"]
    assert before.due == 1
    assert _asked(desk) == ["a"]
    (after,) = [pack for pack in read_overview(desk, NOW).packs if pack.id == "small"]
    assert after.due == 0
    assert _asked(desk, NOW + DAY) == ["b"]


def test_a_sibling_in_steps_is_not_held_back(make: Make) -> None:
    desk = make([("a", "x", "k"), ("b", "x", "k")], replace(PLAIN, bury_siblings=True))
    _review(desk, "b", 0.01, rating=Rating.AGAIN)  # in its steps, 14 minutes ago
    _review(desk, "a", 60)
    assert _asked(desk)[0] == "b"


# --- reviews --------------------------------------------------------------------------------------


def test_reviews_a_day_do_not_count_new_items_or_steps(make: Make) -> None:
    items = [(slug, "x", "") for slug in "abcde"]
    desk = make(items, replace(PLAIN, reviews_per_day=2))
    for slug in "abc":
        _review(desk, slug, 60)
    (small,) = [pack for pack in read_overview(desk, NOW).packs if pack.id == "small"]
    assert small.due == 2
    assert _asked(desk) == ["a", "b", "d", "e"]
    assert _asked(desk, NOW + DAY) == ["c"]


def test_the_order_of_due_reviews(make: Make) -> None:
    """Three histories for which the three orders differ."""
    items = [(slug, "x", "") for slug in ("long", "short", "stale")]
    desk = make(items, PLAIN)
    _review(desk, "long", 400, 392)  # overdue longest in days, by a long interval
    _review(desk, "short", 40.01, 40, rating=Rating.GOOD)  # overdue most for its interval
    _review(desk, "stale", 30)
    scope = Scope(("small",))
    memories = {slug: desk.log.state(f"small/{slug}") for slug, _, _ in items}

    def in_order(order: str) -> list[str]:
        desk.settings = replace(PLAIN, order=order)  # type: ignore[arg-type] # one of the three
        found = due_items(desk.log, scope, now=NOW, agenda=read_agenda(desk, NOW, scope))
        return [item.removeprefix("small/") for item in found]

    def days(day: int | None) -> int:
        assert day is not None
        return desk.log.day_of(NOW) - day

    by_due = sorted(memories, key=lambda slug: -days(memories[slug].due_day))
    relative = {
        slug: days(memory.due_day) / (days(memory.last_day) - days(memory.due_day))
        for slug, memory in memories.items()
    }
    weakness = {
        slug: days(memory.last_day) / (memory.stability or 1) for slug, memory in memories.items()
    }
    assert in_order("due") == by_due
    assert in_order("relative-overdue") == sorted(relative, key=lambda slug: -relative[slug])
    assert in_order("retrievability") == sorted(weakness, key=lambda slug: weakness[slug])
    orders = ("due", "relative-overdue", "retrievability")
    assert len({tuple(in_order(order)) for order in orders}) == 3


def test_interleaving_never_asks_one_concept_twice_while_another_is_due(make: Make) -> None:
    items = [(f"{concept}{n}", concept, "") for concept in "xy" for n in range(4)]
    desk = make(items, replace(PLAIN, interleave=True))
    for number, (slug, _, _) in enumerate(items):
        _review(desk, slug, 60 - number / 10)
    concepts = [slug[0] for slug in _asked(desk)]
    assert len(concepts) == 8
    assert all(one != other for one, other in pairwise(concepts))


def test_a_pack_of_its_own_retention_falls_due_earlier(tmp_path: Path) -> None:
    from studytool.session.desk import open_log
    from studytool.settings import save_settings

    homes = {}
    for name, own in {"all": {}, "own": {"small": {"desired_retention": 0.97}}}.items():
        home = tmp_path / name
        home.mkdir()
        save_settings(home, Settings(packs=own, spread_load=False))
        _, log = open_log(home, MACHINE_CLOCK)
        with log:
            for item in ("small/a", "other/a"):
                log.append_review(draft(item, Rating.EASY, NOW))
            today = log.day_of(NOW)
            homes[name] = {
                item: (log.state(item).due_day or 0) - today for item in ("small/a", "other/a")
            }
    assert homes["all"]["small/a"] == homes["all"]["other/a"] == homes["own"]["other/a"]
    early, late = homes["own"]["small/a"], homes["own"]["other/a"]
    assert 0 < early < late / 2


def test_all_packs_together_are_counted_up_to_the_days_limits(make: Make) -> None:
    items = [(slug, "x", "") for slug in "abcde"]
    desk = make(items, replace(PLAIN, new_per_day=4, reviews_per_day=2))
    for slug in "abc":
        _review(desk, slug, 60)
    overview = read_overview(desk, NOW)
    assert [(pack.due, pack.new) for pack in overview.packs] == [(0, 4), (2, 2), (0, 4)]
    assert (overview.due, overview.learning, overview.new) == (2, 0, 4)
