"""The map of concepts: levels, recall as the memory model gives it, misconceptions, days."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import fmean

import pytest

from studytool.clock import Clock
from studytool.quiz.outcome import Outcome
from studytool.session.acts import Acts
from studytool.session.concept_map import forgetting, read_home_map, read_slip_words
from studytool.session.desk import Desk
from studytool.session.items import read_rows
from studytool.settings import Settings
from studytool.srs.rating import Rating
from tests.review_log.drafts import draft

PACK = "deep-learning-notes"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clock = Clock(lambda: NOW, lambda _: 0)
    desk = Desk.open(tmp_path_factory.mktemp("map") / "home", clock)
    items = [item for item, _ in desk.library.item_concepts()][:40]
    for place, item in enumerate(items):
        for days in (40 - place % 7, 20 - place % 5, place % 9 + 1):
            rating = Rating.AGAIN if (place + days) % 6 == 0 else Rating.GOOD
            desk.log.append_review(draft(item, rating, NOW - timedelta(days=days)))
    Acts(desk.log, NOW).suspend(items[3])
    known = desk.library.item(f"{PACK}/he-sd").misconceptions[0].id  # type: ignore[union-attr] # a numeric item
    for name, slip in (("he-sd", known), ("xavier-variance", known), ("he-sd", "sign")):
        wrong = draft(f"{PACK}/{name}", Rating.AGAIN, NOW, outcome=Outcome.WRONG)
        desk.log.append_review(replace(wrong, misconception=slip))
    yield desk
    desk.close()


@pytest.mark.parametrize("model", ["fsrs-6", "leitner"])
def test_recall_of_a_concept_against_the_mean_of_its_items(desk: Desk, model: str) -> None:
    desk.settings = replace(desk.settings, memory_model=model)
    rows = [row for row in read_rows(desk, NOW) if not row.suspended]
    wanted = defaultdict(list)
    for row in rows:
        wanted[row.item.partition("/")[0], str(row.concept)].append(row.retrievability)
    found = {(one.pack, one.concept): one for one in read_home_map(desk, NOW).concepts}
    assert found.keys() == wanted.keys()
    for name, chances in wanted.items():
        met = [one for one in chances if one is not None]
        assert (found[name].items, found[name].met) == (len(chances), len(met))
        assert found[name].recall == (pytest.approx(fmean(met), rel=1e-9) if met else None)
    desk.settings = replace(desk.settings, memory_model="fsrs-6")


def test_parameters_of_ones_own_change_it() -> None:
    own = Settings(parameters=(*(1.0,) * 20, 0.5))
    assert forgetting(own) == pytest.approx((1.0, 0.9**-2 - 1, 0.5))


def test_a_concept_stands_above_none_that_it_requires(desk: Desk) -> None:
    found = read_home_map(desk, NOW).concepts
    levels = {(one.pack, one.concept): one.level for one in found}
    assert min(levels.values()) == 0
    for pack in desk.library.packs():
        for concept, needs in desk.library.prerequisites(pack.id).items():
            assert levels[pack.id, concept] == 1 + max(levels[pack.id, one] for one in needs)
    assert list(levels) == sorted(levels, key=lambda name: (name[0], levels[name]))


def test_the_weakest_comes_first_and_what_was_not_met_nowhere(desk: Desk) -> None:
    found = read_home_map(desk, NOW)
    recalls = [one.recall or 0.0 for one in found.weakest]
    assert len(recalls) == sum(one.recall is not None for one in found.concepts) > 2
    assert recalls == sorted(recalls)


def test_days_are_those_of_the_log(desk: Desk) -> None:
    found = read_home_map(desk, NOW)
    assert sum(found.reviews.values()) == 123
    assert found.reviews[found.today] == 3


def test_misconceptions_by_frequency_and_in_the_packs_words(desk: Desk) -> None:
    known = desk.library.item(f"{PACK}/he-sd").misconceptions[0].id  # type: ignore[union-attr] # a numeric item
    slips = read_home_map(desk, NOW).slips
    assert [(one.misconception, len(one.items)) for one in slips] == [(known, 2), ("sign", 1)]
    said = read_slip_words(desk.library.path, slips, "en")
    assert set(said) == {known}
    assert len(said[known]) > 10
    assert said[known] != read_slip_words(desk.library.path, slips, "ko")[known]
