"""Every mark of the bundled packs teaches: why the right answer is right, and why a wrong one fails."""

from studytool.bundled_pack import bundled_folders
from studytool.language import LANGUAGES, Language
from studytool.packs.choices import Choice
from studytool.packs.items import Item
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.packs.templates import placeholders
from studytool.quiz.ask import make_variant
from studytool.quiz.key import options_of
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
