"""Nothing is asked before what it needs was taught: terms stand where their concept is known."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Item
from studytool.packs.manifest import Concept
from studytool.packs.reader import load_pack
from studytool.packs.text import Text
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
CONCEPTS = {concept.id: concept for concept in PACK.manifest.concepts}

TAUGHT_IN = {
    "schedules": (r"코사인 어닐링|워밍업", r"cosine annealing|warm-up"),
    "penalties": (r"L1(?!\d)|L2|라쏘|릿지|엘라스틱", r"\bL[12]\b|\blasso\b|\bridge\b|elastic net"),
    "dropout": (r"드롭아웃", r"dropout"),
    "sigmoid-tanh": (r"시그모이드|\btanh", r"sigmoid|\btanh"),
    "relu-family": (r"(?<!Leaky )ReLU|죽은 유닛", r"(?<!leaky )\bReLU|dead unit"),
    "leaky-elu": (r"Leaky|\bELU", r"leaky|\bELU"),
    "init-failures": (r"초기화", r"initialis"),
    "vanishing-gradient": (
        r"기울기 소실|기울기 폭발|역전파",
        r"vanishing gradient|back-propagation",
    ),
    "xavier": (r"자비에", r"Xavier"),
    "he": (r"\bHe(?![a-z])", r"\bHe\b"),
    "batch-norm": (r"배치 정규화|이동 평균|이동 분산", r"batch norm|running (?:mean|variance)"),
    "other-norms": (r"층 정규화|인스턴스 정규화", r"layer norm|instance norm"),
}
"""By concept: the terms that its lesson teaches, in Korean and in English."""


def _known(concept: str) -> frozenset[str]:
    """Return the concept and all that it requires, directly or not."""
    return frozenset({concept}).union(*map(_known, CONCEPTS[concept].requires))


def _read(model: BaseModel) -> Iterator[Text]:
    """Yield what is read of an item or a concept: question, answer, hints, reasons and solution.

    Not what is said to a wrong number: who typed it may know more than was taught.
    """
    for name in type(model).model_fields:
        if name != "misconceptions":
            yield from _texts_of(getattr(model, name))


def _texts_of(value: object) -> Iterator[Text]:
    match value:
        case Text():
            yield value
        case BaseModel():
            yield from _read(value)
        case list() | tuple():
            for one in value:
                yield from _texts_of(one)
        case dict():
            yield from _texts_of(list(value.values()))
        case _:
            return


def _unknown_terms(text: str, concept: str, language: Language) -> list[str]:
    column = LANGUAGES.index(language)
    return [
        found.group()
        for name, patterns in TAUGHT_IN.items()
        if name not in _known(concept)
        for found in [re.search(patterns[column], text, re.IGNORECASE if column else 0)]
        if found
    ]


@all_rows("item", PACK.items, ids=lambda item: item.id)
@all_rows("language", LANGUAGES)
def test_an_item_uses_terms_that_were_taught(item: Item, language: Language) -> None:
    text = "\n".join(one.text(language) for one in _read(item))
    assert _unknown_terms(text, item.concept, language) == []


@all_rows("concept", CONCEPTS.values(), ids=lambda concept: concept.id)
@all_rows("language", LANGUAGES)
def test_a_lesson_uses_terms_that_were_taught(concept: Concept, language: Language) -> None:
    """But in what it quotes of the notes, which name what they like."""
    assert concept.lesson is not None
    text = re.sub(r"'[^'\n]*'", "", concept.lesson.text(language))
    assert _unknown_terms(text, concept.id, language) == []


@all_rows("language", LANGUAGES)
def test_each_term_stands_in_the_lesson_that_teaches_it(language: Language) -> None:
    column = LANGUAGES.index(language)
    for name, patterns in TAUGHT_IN.items():
        lesson = CONCEPTS[name].lesson
        assert lesson is not None
        said = f"{CONCEPTS[name].title.text(language)}\n{lesson.text(language)}"
        assert re.search(patterns[column], said, re.IGNORECASE), name


def test_a_concept_comes_after_those_that_it_requires() -> None:
    places = {name: place for place, name in enumerate(CONCEPTS)}
    for name, concept in CONCEPTS.items():
        assert all(places[other] < places[name] for other in concept.requires), name


@pytest.mark.parametrize(
    ("concept", "first"),
    [
        ("penalties", "penalty-kinds"),  # L1 and L2 have names before a share of L1 is asked for
        ("norm-axes", "norm-axes-letters"),  # N, C, H and W before what runs over them
    ],
)
def test_a_concept_begins_with_its_names(concept: str, first: str) -> None:
    assert next(item.id for item in PACK.items if item.concept == concept) == first


@pytest.mark.parametrize(
    ("text", "concept", "found"),
    [
        ("Six layers of ReLUs, started at three times the He scale", "vanishing-gradient", ["He"]),
        ("All its weights are multiplied by 3 before batch normalisation.", "batch-norm", []),
    ],
)
def test_a_term_too_early_is_found(text: str, concept: str, found: list[str]) -> None:
    assert _unknown_terms(text, concept, "en") == found
