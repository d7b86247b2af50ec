"""Every mark of the bundled packs teaches: why the right answer is right, and why a wrong one fails."""

import re
from collections.abc import Iterator

import pytest

from studytool.bundled_pack import bundled_folders
from studytool.language import LANGUAGES, Language
from studytool.packs.choices import Choice
from studytool.packs.item_fields import LET_DIGITS
from studytool.packs.items import Item, Numeric
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.packs.rounding import rounded
from studytool.packs.scope import scope_of
from studytool.packs.templates import placeholders
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey, options_of
from studytool.quiz.number_key import tolerance_of
from studytool.quiz.running import run_of
from studytool.wording.measure_names import measure_names
from tests.rows import all_rows

ITEMS = [item for folder in bundled_folders().values() for item in load_pack(folder).items]
WITH_OPTIONS = [
    item
    for item in ITEMS
    if isinstance(item, Choice) or (isinstance(item, Prediction) and item.outcomes)
]
DRAWN = [item for item in ITEMS if item.params]


@all_rows("language", LANGUAGES)
@all_rows("item", ITEMS, ids=[item.id for item in ITEMS])
def test_an_item_has_a_solution_or_a_reason_for_each_option(item: Item, language: Language) -> None:
    for seed in (1, 2):
        asked = make_variant(item, pack_id="p", seed=seed, language=language)
        reasons = [option.feedback for option in options_of(asked.key)]
        assert asked.solution or (reasons and all(reasons))


def _without_reason(item: Choice | Prediction, language: Language) -> list[str]:
    """Return the options or outcomes that say nothing to whoever takes them."""
    options = item.options if isinstance(item, Choice) else item.outcomes or []
    return [one.id for one in options if one.say is None or not one.say.root.get(language)]


@all_rows("language", LANGUAGES)
@all_rows("item", WITH_OPTIONS, ids=lambda item: item.id)
def test_each_option_and_outcome_has_its_reason(
    item: Choice | Prediction, language: Language
) -> None:
    """Which one is wrong may depend on the draw, so each has one: both are shown after a mistake."""
    assert _without_reason(item, language) == []


def _numbers_of_the_draw(item: Item, language: Language) -> set[str]:
    """Return the names of drawn numbers, and of those that follow from them, in what is explained.

    That is the solution; of a choice without one, each of its reasons.
    """
    known = item.known_names | {"answer"}
    if item.solution is None and isinstance(item, Choice):
        texts = [one.say for one in item.options if one.say is not None]
    else:
        texts = [item.solution] if item.solution is not None else []
    return {found.name for text in texts for found in placeholders(text.text(language), known)}


@all_rows("language", LANGUAGES)
@all_rows("item", DRAWN, ids=lambda item: item.id)
def test_a_solution_shows_the_numbers_of_its_variant(item: Item, language: Language) -> None:
    assert _numbers_of_the_draw(item, language)


@all_rows("language", LANGUAGES)
def test_a_missing_reason_and_a_solution_without_numbers_are_found(language: Language) -> None:
    [bare] = (item for item in WITH_OPTIONS if item.id == "ridge-zeros")
    assert isinstance(bare, Prediction)
    assert bare.outcomes
    other = "en" if language == "ko" else "ko"
    said = bare.outcomes[0].say
    assert said is not None
    half = bare.outcomes[0].model_copy(
        update={"say": said.model_copy(update={"root": {other: "once"}})}
    )
    silent = bare.outcomes[1].model_copy(update={"say": None})
    spoilt = bare.model_copy(
        update={
            "outcomes": [half, silent, *bare.outcomes[2:]],
            "solution": said.model_copy(
                update={"root": dict.fromkeys(LANGUAGES, "Ridge shrinks.")}
            ),
        }
    )
    assert _without_reason(spoilt, language) == [half.id, silent.id]
    assert _numbers_of_the_draw(spoilt, language) == set()


_BEHIND_EQUALS = re.compile(r"= ?\$?$")


def _shown_as_equal(item: Item, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what a solution shows right behind a "=": its name, and the digits it is rounded to."""
    words = "" if item.solution is None else item.solution.text(language)
    for place in placeholders(words, {*item.let, "answer"}):
        how = place.number_format
        if how is None or not _BEHIND_EQUALS.search(words[: place.start]):
            continue
        if place.name != "answer":
            yield place.name, how.digits or LET_DIGITS
        elif isinstance(item, Numeric):
            yield place.name, tolerance_of(item.answer).shown


def _rounded_but_called_equal(item: Item, language: Language) -> set[str]:
    """Return the names that a solution equals with a rounded number, at one of a dozen draws."""
    shown = dict(_shown_as_equal(item, language))
    found = set()
    for seed in range(12 if shown else 0):
        asked = make_variant(item, pack_id="p", seed=seed, language=language)
        numbers = dict(scope_of(item, asked.parameters))
        if isinstance(asked.key, NumberKey):
            numbers["answer"] = asked.key.value
        for name, digits in shown.items():
            if abs(rounded(numbers[name], digits) - numbers[name]) > 1e-9 * abs(numbers[name]):
                found.add(name)
    return found


@all_rows("language", LANGUAGES)
@all_rows("item", DRAWN, ids=lambda item: item.id)
def test_a_rounded_number_is_not_called_equal(item: Item, language: Language) -> None:
    assert _rounded_but_called_equal(item, language) == set()


def test_a_rounded_number_called_equal_is_found() -> None:
    [item] = (item for item in DRAWN if item.id == "penalty-share")
    assert item.solution is not None
    once = {key: words.replace("≈", "=") for key, words in item.solution.root.items()}
    spoilt = item.model_copy(update={"solution": item.solution.model_copy(update={"root": once})})
    assert _rounded_but_called_equal(spoilt, "en") == {"penalty"}  # as it was once


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_of_a_simulation_is_called_by_its_id(language: Language) -> None:
    """An id is the author's; who answers in Korean reads ``of_mean`` as English."""
    called = {}
    for item in ITEMS:
        run = run_of(item, make_variant(item, pack_id="p", seed=1, language=language))
        if run is not None and not run.names and any(one.name for one in run.values):
            by_id = {f"#{name}": setting for name, setting in run.settings.items()}
            called[item.id] = [*measure_names(by_id, language).values()]
    assert len(called) > 50
    assert {item: names for item, names in called.items() if "#" in "".join(names)} == {}
