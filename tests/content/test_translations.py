"""The notes are in Korean: every quote of them can be read in English, and is read in one way."""

import re

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.wording.notes import cited_sentence

PLACES = [
    claim.notes for claim in load_pack(bundled_pack_folder()).claims if claim.notes is not None
]
_KOREAN = re.compile("[ㄱ-ㆎ가-힣]")
ENGLISH: Language = "en"


def test_every_quote_is_translated_into_english() -> None:
    assert len(PLACES) >= 230
    assert [place.quote for place in PLACES if not (place.translated("en") or "").strip()] == []


def test_no_translation_is_partly_korean() -> None:
    told = [place.translated("en") or "" for place in PLACES]
    assert [words for words in told if _KOREAN.search(words)] == []


def test_a_quote_has_one_translation() -> None:
    told: dict[str, set[str | None]] = {}
    for place in PLACES:
        told.setdefault(place.quote, set()).add(place.translated("en"))
    assert {quote: words for quote, words in told.items() if len(words) > 1} == {}


def test_a_korean_reader_gets_the_quote_alone() -> None:
    assert {place.translated("ko") for place in PLACES} == {None}


def test_a_quote_that_is_a_formula_is_said_once() -> None:
    formula = next(place for place in PLACES if place.quote.startswith("var("))
    for translated, times in ((formula.translated("en"), 1), ("half the variance", 2)):
        said = cited_sentence(
            formula.lines, formula.quote, "corrected", ENGLISH, translated=translated
        )
        assert said.count("“") == times


def test_no_quote_shows_the_signs_of_bold_text() -> None:
    bold = [place for place in PLACES if "**" in place.quote]
    assert bold
    for place in bold:
        said = cited_sentence(
            place.lines, place.quote, "refuted", ENGLISH, translated=place.translated("en")
        )
        assert "*" not in said
