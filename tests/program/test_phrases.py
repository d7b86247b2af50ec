"""Every phrase of the program has the same fields in both languages, and no Hangul in English."""

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from string import Formatter

import studytool
from studytool.language import Phrase

HANGUL = re.compile(r"[가-힣]")
OWN = {
    "studytool.backups.copying._PROBLEMS",  # SQLite's own words are English; Korean counts them
    "studytool.errors._MISSING",  # the particle of a Korean subject
    "studytool.errors._SAID",  # a message for each language
    "studytool.language._WHOLE",  # the same
    "studytool.wording.checking._COUNTED",  # the plurals of English
    "studytool.fitting.optimiser._REFUSED",  # the optimiser's own words are English
    "studytool.reasons._AT",  # a parser's own words are English; Korean has the place
    "studytool.reasons._AT_END",
    "studytool.reasons._OTHERWISE_WRONG",
}
"""Phrases with a field that only one language has."""


def within(value: object) -> Iterator[Phrase]:
    """Yield the phrases in a constant, also those in tables."""
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from within(one)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from within(one)


def phrases() -> dict[str, list[Phrase]]:
    """Find the phrases by the name of their module and constant."""
    found = {}
    for module in pkgutil.walk_packages(studytool.__path__, "studytool."):
        if module.name != "studytool.__main__":
            for name, value in vars(import_module(module.name)).items():
                found[f"{module.name}.{name}"] = [*within(value)]
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_fields_and_english_has_no_hangul() -> None:
    found = phrases()
    assert sum(map(len, found.values())) > 500
    wrong = [
        (name, phrase)
        for name, some in found.items()
        for phrase in some
        if HANGUL.search(phrase.en) or (fields(phrase.ko) != fields(phrase.en) and name not in OWN)
    ]
    assert wrong == []
