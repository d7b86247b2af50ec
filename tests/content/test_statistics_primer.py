"""The primer of statistics: every item taught, asked, hinted and marked in both languages.

It is of another subject than the first bundled pack, so that nothing of that one is taken for granted.
"""

import re
from collections import Counter, defaultdict

from studytool.bundled_pack import bundled_folders
from studytool.language import LANGUAGES, Language
from studytool.packs.evidence import Verdict, read_evidence
from studytool.packs.items import Item, Numeric
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from studytool.typeset.math_line import set_formulas, set_line
from tests.quiz.printed_keys import written_keys
from tests.rows import all_rows

FOLDER = bundled_folders()["statistics-primer"]
PACK = load_pack(FOLDER)
NUMERIC = [item for item in PACK.items if isinstance(item, Numeric)]
SEEDS = range(5)
_LETTERS = {"ko": re.compile(r"[가-힣]"), "en": re.compile(r"[A-Za-z]")}


def test_every_concept_is_asked_about_in_four_ways() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for item in PACK.items:
        kinds[item.concept].add(item.kind)
    assert set(kinds) == {concept.id for concept in PACK.manifest.concepts}
    for concept, asked in kinds.items():
        assert "numeric" in asked, concept
        assert asked & {"card", "cloze", "choice"}, concept
        assert asked & {"prediction", "order"}, concept
    counted = Counter(item.kind for item in PACK.items)
    assert set(counted) == {"card", "cloze", "choice", "order", "numeric", "prediction"}
    assert 25 <= counted.total() <= 30


def test_every_concept_has_a_lesson_with_a_formula_of_its_own() -> None:
    for concept in PACK.manifest.concepts:
        assert concept.lesson is not None
        found = [
            re.findall(r"^\$([^$\n]+)\$$", concept.lesson.text(language), re.MULTILINE)
            for language in LANGUAGES
        ]
        assert len(found[0]) == 1, concept.id
        assert found[0] == found[1], concept.id
        set_line(found[0][0])
        for language in LANGUAGES:
            text = concept.lesson.text(language)
            assert 80 <= len(text.split()) <= 200, (concept.id, language)
            assert "`studytool formula " in text


def test_all_of_it_was_found_to_hold_as_it_is_worded() -> None:
    kept = read_evidence(FOLDER)
    for entries, found in ((PACK.claims, kept.claims), (PACK.items, kept.keys)):
        for entry in entries:
            assert found[entry.id].verdict is Verdict.HOLDS, entry.id
            assert found[entry.id].revision == entry.revision, entry.id


def test_every_item_rests_on_a_claim_of_its_concept_with_a_source() -> None:
    concepts = {claim.id: claim.concept for claim in PACK.claims}
    for item in PACK.items:
        assert {concepts[name] for name in item.claims} == {item.concept}, item.id
    used = {name for item in PACK.items for name in item.claims}
    assert used == set(concepts)


@all_rows("item", PACK.items, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_an_item_is_whole_in_its_language(item: Item, language: Language) -> None:
    for seed in SEEDS:
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=language)
        texts = [variant.prompt, variant.solution, *variant.hints]
        assert variant.solution
        if item.kind != "order":
            assert (len(variant.hints) >= 2) is isinstance(item, Numeric | Prediction)
        for text in map(set_formulas, texts):
            assert _LETTERS[language].search(text), text
            assert language == "ko" or not _LETTERS["ko"].search(text), text
            assert re.search(r"[{}$\\]", text) is None, text


@all_rows("item", NUMERIC, ids=lambda item: item.id)
def test_the_key_is_right_as_printed_and_each_misconception_is_told_as_itself(
    item: Numeric,
) -> None:
    named: set[str | None] = set()
    for seed in SEEDS:
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=LANGUAGES[seed % 2])
        assert isinstance(variant.key, NumberKey)
        for text in written_keys(variant.key):
            read = read_answer(variant, text)
            assert isinstance(read, Number), text
            assert mark(item, variant, read).outcome is Outcome.RIGHT, text
        for wrong in variant.key.misconceptions:
            told = mark(item, variant, Number(wrong.value))
            assert told.outcome is Outcome.WRONG
            assert told.misconception == wrong.id
            named.add(told.misconception)
    assert named == {wrong.id for wrong in item.misconceptions}
    assert len(named) >= 4
