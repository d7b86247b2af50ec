"""Every mark of the bundled pack ends with why the right answer is right."""

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Item
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.quiz.key import options_of
from tests.rows import all_rows

ITEMS = load_pack(bundled_pack_folder()).items


@all_rows("language", LANGUAGES)
@all_rows("item", ITEMS, ids=[item.id for item in ITEMS])
def test_an_item_has_a_solution_or_a_reason_for_each_option(item: Item, language: Language) -> None:
    for seed in (1, 2):
        asked = make_variant(item, pack_id="p", seed=seed, language=language)
        reasons = [option.feedback for option in options_of(asked.key)]
        assert asked.solution or (reasons and all(reasons))
