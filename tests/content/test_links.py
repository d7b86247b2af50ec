"""Every key of the bundled pack is tried, and an item rests on claims about its own sentence."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log, sqrt

import pytest

from studytool.bundled_pack import bundled_folders, bundled_pack_folder
from studytool.language import LANGUAGES
from studytool.packs.behind import claims_behind
from studytool.packs.choices import Choice
from studytool.packs.claims import Claim
from studytool.packs.clozes import Cloze
from studytool.packs.items import Card, Item
from studytool.packs.reader import load_pack
from studytool.packs.text import Text
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
CLAIMS = {claim.id: claim for claim in PACK.claims}
LEAST_NEARNESS = 0.65
"""Of the best linked claim, beside the nearest claim of the pack."""
UNTRIED = {
    "batch-norm-shift", "dropout-p", "norm-axes-letters", "penalty-kinds", "vanishing-term", "warmup-why",
}  # fmt: skip
"""Items on what a letter or name stands for, or on a contested cause; their claims say why."""

Words = Mapping[str, float]


def _count(text: str) -> Counter[str]:
    """Count beginnings of English words, numbers, and pairs of Korean letters."""
    plain = re.sub(r"\{\{([^}|]*)[^}]*\}\}", r"\1", text.lower())
    found = re.findall(r"[a-z]{2,}|\d+(?:\.\d+)?", plain)
    pairs = [
        run[at : at + 2] for run in re.findall(r"[가-힣]+", plain) for at in range(len(run) - 1)
    ]
    return Counter([*(word[:5] for word in found), *pairs])


def _both(texts: list[Text]) -> str:
    return " ".join(text.text(language) for text in texts for language in LANGUAGES)


def _own_words(item: Card | Cloze | Choice) -> str:
    """Return the item's own sentence: of a choice its question and its right options."""
    match item:
        case Card():
            return _both([item.front, item.back])
        case Cloze():
            return _both([item.text])
        case Choice():
            right = [option for option in item.options if option.is_marked_right]
            feedback = [option.say for option in right if option.say is not None]
            return _both([item.prompt, *(option.text for option in right), *feedback])


@cache
def _rarity() -> Words:
    """Return the logarithm of the pack's claims over those with the word."""
    of_claims = [set(_count(_both([claim.statement]))) for claim in PACK.claims]
    seen = Counter(word for words in of_claims for word in words)
    return {word: log((len(of_claims) + 1) / n) for word, n in seen.items()}


def _weighed(text: str) -> Words:
    rare = log(len(PACK.claims) + 1)
    return {word: (1 + log(n)) * _rarity().get(word, rare) for word, n in _count(text).items()}


def _similarity(one: Words, other: Words) -> float:
    """Return the cosine between two texts as weighed words, from 0 to 1."""
    product = sum(weight * other.get(word, 0.0) for word, weight in one.items())
    return product / sqrt(sum(x * x for x in one.values()) * sum(x * x for x in other.values()))


@cache
def _statements() -> Mapping[str, Words]:
    return {claim.id: _weighed(_both([claim.statement])) for claim in PACK.claims}


def _nearness(item: Card | Cloze | Choice, statement: Words) -> float:
    """Return how near a statement is to an item's sentence, beside the nearest of the pack."""
    own = _weighed(_own_words(item))
    nearest = max(_similarity(own, words) for words in _statements().values())
    return _similarity(own, statement) / nearest


LINKED = [item for item in PACK.items if isinstance(item, Card | Cloze | Choice)]


@all_rows("item", LINKED, ids=lambda item: item.id)
def test_an_item_is_linked_to_a_claim_about_its_own_sentence(item: Card | Cloze | Choice) -> None:
    named = dict.fromkeys([*item.claims, *claims_behind(item)])
    nearness = {name: _nearness(item, _statements()[name]) for name in named}
    assert max(nearness.values()) >= LEAST_NEARNESS, nearness


WRONG_LINKS = [
    ("dropout-p", "선형 유닛에서 모든 유닛을 그대로 쓰면 출력은 학습 때 평균의 1/(남을 확률)배입니다. 2배는 절반이 남을 때입니다.",
     "For a linear unit, using every unit unscaled gives 1/keep times the mean in training; twice is the case of keep 0.5."),
    ("dropout-mask-cloze", "역드롭아웃은 출력 h의 평균을 지키고 분산 h²(1−q)/q를 더합니다(q는 남을 확률).",
     "Inverted dropout keeps the mean of an output h and adds the variance h²(1−q)/q, where q is the probability of staying."),
    ("tanh-range", "tanh 뒤에서는 부호가 섞입니다. n개가 모두 같은 부호일 확률은 2^(1−n)입니다.",
     "After tanh the signs mix: all n agree with probability 2^(1−n)."),
    ("layer-norm-scope", "층 정규화는 데이터마다 모든 채널에 걸쳐 평균과 분산 하나를 구합니다. 평균은 N개입니다.",
     "Layer normalisation takes one mean an example, over all its channels: N means."),
    ("zigzag", "tanh 뒤에서는 부호가 섞입니다. n개가 모두 같은 부호일 확률은 2^(1−n)입니다.",
     "After tanh the signs mix: all n agree with probability 2^(1−n)."),
]  # fmt: skip
"""Links of the first version: the item, and the claim on another statement that it showed."""


@pytest.mark.parametrize(("name", "ko", "en"), WRONG_LINKS, ids=[row[0] for row in WRONG_LINKS])
def test_the_wrong_links_of_the_first_version_are_found(name: str, ko: str, en: str) -> None:
    (item,) = (item for item in LINKED if item.id == name)
    assert _nearness(item, _weighed(f"{ko} {en}")) < LEAST_NEARNESS


def _untried_claims(item: Item) -> list[Claim]:
    return [CLAIMS[name] for name in claims_behind(item) if not CLAIMS[name].checks]


def test_no_key_is_untried_without_a_stated_reason() -> None:
    untried = {item.id: _untried_claims(item) for item in PACK.items if _untried_claims(item)}
    assert set(untried) == UNTRIED
    assert all(claim.why is not None for claims in untried.values() for claim in claims)


@all_rows("item", LINKED, ids=lambda item: item.id)
def test_something_tries_every_card_cloze_and_option(item: Card | Cloze | Choice) -> None:
    if isinstance(item, Choice):
        left = [one.id for one in item.options if one.when is None and one.because is None]
        assert left == []
        assert len(item.options) >= 3
        assert all(option.say is not None for option in item.options)
    else:
        assert claims_behind(item)


@pytest.mark.parametrize("name", bundled_folders())
def test_every_claim_names_its_place_and_most_were_looked_up(name: str) -> None:
    claims = (PACK if name == PACK.id else load_pack(bundled_folders()[name])).claims
    assert [claim.id for claim in claims if not claim.source.at] == []
    looked_up = [claim for claim in claims if claim.source.looked_up]
    assert len(looked_up) >= 0.6 * len(claims)
