"""Nothing but knowledge leads to the right answer: neither length, place nor the stem's own words."""

import re
from collections.abc import Iterator
from functools import cache
from statistics import fmean

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.choices import Choice
from studytool.packs.clozes import Cloze
from studytool.packs.items import Card, Item
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.packs.scope import scope_of
from studytool.quiz.ask import make_variant
from studytool.quiz.compute import compute
from studytool.quiz.key import ShownOption, options_of
from studytool.quiz.simulation import measure_all
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
CHOICES = [item for item in PACK.items if isinstance(item, Choice)]
OUTCOMES = [item for item in PACK.items if isinstance(item, Prediction) and item.outcomes]
ASKED: list[Choice | Prediction] = [*CHOICES, *OUTCOMES]
SEEDS = 4
SHUFFLES = 40


def _shown(item: Choice | Prediction, seed: int, language: Language) -> tuple[ShownOption, ...]:
    asked = make_variant(item, pack_id=PACK.id, seed=seed, language=language)
    return options_of(asked.key)


@cache
def _right(item_id: str, seed: int) -> frozenset[str]:
    """Return the ids of the options that are right at a seed, by the author's word or measured."""
    [item] = (one for one in ASKED if one.id == item_id)
    options = item.options if isinstance(item, Choice) else item.outcomes or []
    named = frozenset(one.id for one in options if getattr(one, "correct", False))
    if named:
        return named
    asked = make_variant(item, pack_id=PACK.id, seed=seed, language="en")
    scope = scope_of(item, asked.parameters)
    measured = measure_all(
        item.measure, item_id=f"{PACK.id}/{item.id}", scope=scope, seed=0, replicates=128
    )
    numbers = {**scope, **{name: one.value for name, one in measured.items()}}
    return frozenset(one.id for one in options if one.when and compute(one.when, numbers))


def _seeds(item: Choice | Prediction) -> range:
    return range(SEEDS if item.params else 1)


def _with_one_right(items: list[Choice | Prediction]) -> Iterator[tuple[Choice | Prediction, int]]:
    for item in items:
        for seed in _seeds(item):
            if len(_right(item.id, seed)) == 1:
                yield item, seed


def _share_longest(items: list[Choice | Prediction], language: Language) -> float:
    """Return how often the right option is the longest; of several as long each has its part."""
    shares: dict[str, list[float]] = {}
    for item, seed in _with_one_right(items):
        shown = _shown(item, seed, language)
        longest = max(len(one.text) for one in shown)
        ids = [one.id for one in shown if len(one.text) == longest]
        part = len(_right(item.id, seed) & set(ids)) / len(ids)
        shares.setdefault(item.id, []).append(part)
    return fmean(map(fmean, shares.values()))


def _chance(item: Choice | Prediction) -> float:
    """Return how likely a blind guess is right, where several are wanted for all of them.

    Of several it is any set but none and all; that one at least is wanted is all that is known.
    """
    shown = len(_shown(item, 0, "en"))
    if isinstance(item, Prediction):
        return 1 / shown
    wanted = sum(option.is_marked_right for option in item.options)
    several = wanted > 1 or (wanted == 0 and item.show is not None)
    return 1 / (2**shown - 2) if several else 1 / shown


ALL = pytest.mark.parametrize(
    "items",
    [
        pytest.param(
            [one for one in CHOICES if any(option.is_marked_right for option in one.options)],
            id="named",
        ),
        pytest.param(ASKED, id="all", marks=pytest.mark.slow),  # simulates
    ],
)


@ALL
@all_rows("language", LANGUAGES)
def test_the_right_option_is_longest_no_more_than_chance(
    items: list[Choice | Prediction], language: Language
) -> None:
    """Nor so seldom that the longest could be crossed out."""
    assert 0.15 <= _share_longest(items, language) <= 0.26


def test_a_guess_is_right_in_27_percent_at_most() -> None:
    chances = [_chance(item) for item in ASKED]
    assert len(chances) >= 60
    assert fmean(chances) <= 0.27
    assert [item.id for item in OUTCOMES if len(item.outcomes or []) < 4] == []


def test_every_option_of_a_shuffled_item_comes_first_at_times() -> None:
    """So that the right one is first no more often than chance, whichever it is."""
    for item in ASKED:
        free = item.order == "shuffled" and not (isinstance(item, Choice) and item.show)
        if free:
            first = [_shown(item, seed, "en")[0].id for seed in range(SHUFFLES)]
            options = item.options if isinstance(item, Choice) else item.outcomes or []
            pinned = {one.id for one in options if one.pin}
            shares = {one.id: first.count(one.id) / SHUFFLES for one in options}
            assert all(share <= 0.55 for share in shares.values()), (item.id, shares)
            assert all(shares[one.id] for one in options if one.id not in pinned), (item.id, shares)


@pytest.mark.slow  # simulates
def test_the_right_outcome_of_a_fixed_order_is_first_no_more_than_chance() -> None:
    fixed: list[Choice | Prediction] = [one for one in OUTCOMES if one.order == "fixed"]
    places: list[float] = []
    for item in fixed:
        of_item = [_shown(item, seed, "en")[0].id in _right(item.id, seed) for seed in _seeds(item)]
        places.append(fmean(of_item))
    assert len(fixed) >= 10
    assert fmean(places) <= 0.25


_DENIES = {
    "ko": r"(?:^|[ '(])(?:늘|항상|언제나|정말|무조건|반드시|절대)(?= )",
    "en": r"\b(?:always|never|really|necessarily|exact mean)\b",
}


def _stem(item: Item, language: Language) -> str:
    match item:
        case Card():
            return item.front.text(language)
        case Cloze():
            return ""
        case _:
            return item.prompt.text(language)


@all_rows("item", PACK.items, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_no_stem_denies_itself(item: Item, language: Language) -> None:
    """A stem that asks whether something is so always is answered by its own word."""
    if not isinstance(item, Card | Choice):
        return
    assert re.search(_DENIES[language], _stem(item, language)) is None


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("ko", "드롭아웃을 쓰면 신경망의 가중치 크기는 늘 줄어드나요?"),  # once the pack's own
        ("en", "Does dropout always make a network's weights smaller?"),
    ],
)
def test_a_stem_that_denies_itself_is_found(language: str, stem: str) -> None:
    assert re.search(_DENIES[language], stem)
