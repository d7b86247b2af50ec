"""Every concept is taught before it is asked: its lesson, in both languages."""

import re

from studytool.language import LANGUAGES
from studytool.numerics.registry import find_experiment
from studytool.typeset.math_line import set_line
from tests.content.test_bundled_pack import NOTES, PACK

_LESSONS = {
    (concept.id, language): concept.lesson.text(language)
    for concept in PACK.manifest.concepts
    if concept.lesson is not None
    for language in LANGUAGES
}


def test_every_concept_has_a_lesson_of_80_to_200_words_in_each_language() -> None:
    wanted = {(one.id, language) for one in PACK.manifest.concepts for language in LANGUAGES}
    assert set(_LESSONS) == wanted
    counts = {place: len(text.split()) for place, text in _LESSONS.items()}
    assert {place: count for place, count in counts.items() if not 80 <= count <= 200} == {}
    for concept in PACK.manifest.concepts:
        assert _LESSONS[concept.id, "ko"] != _LESSONS[concept.id, "en"]


def test_a_lesson_has_a_formula_that_can_be_set_the_same_in_both_languages() -> None:
    for concept in PACK.manifest.concepts:
        displayed = [
            re.findall(r"^\$([^$\n]+)\$$", _LESSONS[concept.id, language], re.MULTILINE)
            for language in LANGUAGES
        ]
        assert len(displayed[0]) == 1, concept.id
        assert displayed[0] == displayed[1], concept.id
        for language in LANGUAGES:
            for latex in re.findall(r"\$([^$\n]+)\$", _LESSONS[concept.id, language]):
                set_line(latex)


def test_a_lesson_quotes_a_line_of_the_notes_as_it_stands() -> None:
    for concept in PACK.manifest.concepts:
        quotes = re.findall(r"^노트: '(.+?)' ", _LESSONS[concept.id, "ko"], re.MULTILINE)
        assert len(quotes) == 1, concept.id
        assert any(quotes[0] in line for line in NOTES), quotes[0]
        assert "The notes say '" in _LESSONS[concept.id, "en"], concept.id


def test_what_a_lesson_offers_to_try_can_be_run() -> None:
    for place, text in _LESSONS.items():
        commands = re.findall(r"`studytool simulate ([^`]+)`", text)
        assert commands, place
        for command in commands:
            name, *given = command.split()
            values = dict(one.split("=") for one in given)
            parameters = {name: float(value) for name, value in values.items()}
            find_experiment(name).bind(parameters)  # refuses what is not a parameter
