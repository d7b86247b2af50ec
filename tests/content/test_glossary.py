"""One glossary in the bundled pack, and every text of it calls a thing by its one name."""

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.claims import Claim
from studytool.packs.clozes import Cloze
from studytool.packs.reader import load_pack
from studytool.packs.text import Text
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
GLOSSARY = {entry.term.text("ko"): entry for entry in PACK.manifest.glossary}

OTHER_NAMES = {
    "유닛": r"뉴런",
    "샘플": r"표본|데이터 포인트",
    "벌점": r"페널티|패널티",
    "특징": r"특성(?! 맵)",
    "경사하강": r"경사 하강|그라디언트 디센트",
    "기울기": r"그래디언트|그레이디언트|구배",
    "미분값": r"음수 쪽 기울기|활성화 함수의 기울기",
    "특징맵": r"특징 맵|피처 ?맵",
    "이동 평균": r"이동평균|러닝 평균|지수 평균",
    "코사인 어닐링": r"코사인 감쇠|코사인 담금질",
    "워밍업": r"웜업|예열",
    "활성화 이전 값": r"활성화 전 값|프리액티베이션",
    "제곱평균": r"제곱 평균(?!하)|평균 제곱(?! 오차)",
    "추론": r"인퍼런스",
}
"""By the Korean name that the glossary gives: the others, of which none may stand in a text.

What the notes say between quotation marks they say in their own words, and what a blank takes
learners may type as they are used to.
"""
OTHER_ENGLISH = {
    "unit": r"\bneurons?\b|\bnodes?\b",
    "example": r"\bsamples?\b|\bdata ?points?\b",
    "mini-batch": r"\bmini ?batch",
    "learning rate": r"\bstep sizes?\b",
    "slope": r"activation's derivative|derivative of the activation|\blocal gradient",
    "pre-activation": r"\bpreactivation|\blogits?\b|\bnet input",
    "penalty": r"\bpenalisation|\bregularisation term|\bregularizer",
    "feature": r"\bpredictors?\b|\bcovariates\b|\bregressors?\b",
    "least-squares": r"\bOLS\b|\bunpenalised solution",
    "keep": r"\bretention prob|\bkeep rate",
    "sub-network": r"\bsubnetwork|\bthinned net",
    "mean square": r"\bsecond moment|\bmean of squares",
    "rms": r"\broot[- ]mean[- ]square",
    "fan-in": r"\bfan in\b",
    "cosine annealing": r"\bcosine decay",
    "warm-up": r"\bwarmup\b",
    "feature map": r"\bactivation map|\bfeature-map",
    "running mean": r"\bmoving averages?\b|\brunning average",
    "inference": r"\btest[- ]time\b|\bevaluation time",
}
"""The same of the English names."""
OTHERS: dict[Language, dict[str, str]] = {"ko": OTHER_NAMES, "en": OTHER_ENGLISH}
NAMES_IN_PLACE = {"neuron-is-channel-in-a-dense-layer", "neurons-share-a-convolutional-channel"}
"""Claims about the notes' word for a unit, '뉴런'."""


def _texts(model: BaseModel) -> Iterator[Text]:
    """Yield every text in a model, wherever it stands; not what blanks take, nor the notes' words."""
    for name in type(model).model_fields:
        if isinstance(model, Cloze) and name == "blanks":
            continue
        if isinstance(model, Claim) and name == "notes":
            continue
        yield from _texts_of(getattr(model, name))


def _texts_of(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts(value)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts_of(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_of(one)


def _own_words(text: Text, language: Language) -> str:
    """Return a text without what stands between quotation marks, and without code and names."""
    unquoted = re.sub(r"(?<![\w$)])'[^'\n]*'", "", text.text(language))
    return re.sub(r"`[^`]*`|\{\w+(?:[:|][^{}]*)?\}", "", unquoted)


PLACES = [
    *((f"lesson {one.id}", one) for one in PACK.manifest.concepts),
    *((f"item {one.id}", one) for one in PACK.items),
    *((f"claim {one.id}", one) for one in PACK.claims if one.id not in NAMES_IN_PLACE),
]


def test_each_term_is_explained_shortly_in_both_languages_and_is_used() -> None:
    assert len(GLOSSARY) >= 25
    for language in LANGUAGES:
        whole = "\n".join(text.text(language) for _, place in PLACES for text in _texts(place))
        for entry in PACK.manifest.glossary:
            term = entry.term.text(language)
            assert len(re.findall(re.escape(term), whole, re.IGNORECASE)) >= 3, term
            assert 10 <= len(entry.means.text(language)) <= 110, term


@all_rows("place", PLACES, ids=[name for name, _ in PLACES])
def test_a_text_calls_a_thing_by_its_one_name(place: tuple[str, BaseModel]) -> None:
    _, model = place
    for language, names in OTHERS.items():
        said = "\n".join(_own_words(text, language) for text in _texts(model))
        others = [found for other in names.values() for found in re.findall(other, said)]
        assert others == []


def test_the_names_are_those_of_the_glossary() -> None:
    assert set(OTHER_NAMES) <= set(GLOSSARY)
    assert set(OTHER_ENGLISH) <= {entry.term.text("en") for entry in PACK.manifest.glossary}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("마스크는 표본마다 따로 뽑습니다.", True),  # of a lesson once
        ("노트는 '표본마다'라고 합니다.", False),  # the notes' own word
        ("The lasso is fitted to 60 samples.", True),  # of an item once
        ("The notes say 'a neuron dies'.", False),
        ("The cosine begins at epoch {warmup}.", False),  # a number's name
    ],
)
def test_another_name_is_found(said: str, *, found: bool) -> None:
    words = _own_words(Text(root=said), "ko")
    others = [*OTHER_NAMES.values(), *OTHER_ENGLISH.values()]
    assert any(re.search(other, words) for other in others) is found
