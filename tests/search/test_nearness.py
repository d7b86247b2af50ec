"""What a few letters find, and in which order."""

import string

import pytest

from studytool.numerics.streams import stream
from studytool.search.nearness import NearTexts
from studytool.search.reader import folded

TEXTS = [
    "시그모이드와 tanh sigmoid-tanh",
    "배치 정규화 batch normalisation",
    "dropout 드롭아웃",
    "he-sd he 초기화",
    "the sd of he",
    "simple moving average",
    "글로벌 미니멈 global minimum",
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ㅅㄱㅁ", "시그모이드와 tanh sigmoid-tanh"),  # initial consonants
        ("ㅈㄱㅎ", "배치 정규화 batch normalisation"),  # of a word within
        ("시ㄱㅁ", "시그모이드와 tanh sigmoid-tanh"),  # a syllable and consonants
        ("그", "시그모이드와 tanh sigmoid-tanh"),
        ("DropOut", "dropout 드롭아웃"),
        ("he", "he-sd he 초기화"),  # what begins with it before what has it
        ("norm batch", "배치 정규화 batch normalisation"),  # words in any order
        ("sgmd", "시그모이드와 tanh sigmoid-tanh"),  # letters left out
        ("드롭", "dropout 드롭아웃"),
        ("드롭아우", "dropout 드롭아웃"),
        ("[", None),
        ("zzz", None),
    ],
)  # fmt: skip
def test_what_is_found_first(typed: str, first: str | None) -> None:
    found = NearTexts(TEXTS).find(folded(typed), 10)
    assert (TEXTS[found[0]] if found else None) == first


def test_order_and_limit() -> None:
    near = NearTexts(TEXTS)
    assert near.find("", 3) == [0, 1, 2]
    assert [TEXTS[at] for at in near.find("he", 10)][:2] == ["he-sd he 초기화", "the sd of he"]
    assert near.find("e", 2) == near.find("e", 10)[:2]


def test_letters_are_left_out_only_where_no_text_has_the_words() -> None:
    """An exact word is not followed by texts in which its letters happen to stand in order."""
    near = NearTexts(["theme: dark", "the makes", "the theme of it"])
    assert near.find("theme", 10) == [0, 2]
    assert near.find("thme", 10) == [0, 1, 2]
    assert NearTexts(["the makes"]).find("theme", 10) == [0]


def test_what_was_typed_before_changes_nothing() -> None:
    """The narrowing of what was found before gives what a search from the beginning gives."""
    rng = stream("typed")
    texts = ["".join(rng.choice(list("abㄱ가각 나-"), 12)) for _ in range(300)]
    near = NearTexts(texts)
    for _ in range(300):
        typed = "".join(rng.choice(list("abㄱ가 나"), rng.integers(0, 5)))
        for end in range(len(typed) + 1):
            part = folded(typed[:end])
            assert near.find(part, 50) == NearTexts(texts).find(part, 50), part


def test_no_pattern_is_slow_or_read_as_one() -> None:
    """A text of one letter and every sign of patterns: each is a letter, and time is linear."""
    near = NearTexts(["a" * 5_000, string.punctuation])
    assert near.find("a" * 40 + "b", 5) == []
    for sign in string.punctuation:
        assert near.find(sign, 5) == [1]
        assert near.find(f"{sign}{sign}", 5) == []
