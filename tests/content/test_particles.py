r"""A drawn number ends in any sound, so no fixed particle may follow it.

``{x|은}`` chooses the particle; after ``$\val{x}$`` nothing does, so the sentence is worded around it.
"""

import re

import pytest

from studytool.bundled_pack import bundled_folders
from studytool.korean_particles import is_particle
from studytool.packs.reader import load_pack
from studytool.packs.walk import walk_texts, written
from studytool.typeset.markdown import FORMULA
from tests.rows import all_rows

_DRAWN = re.compile(r"\\val\s*\{[^{}]*\}$")
_WORD = re.compile("[가-힣]+")
_FILLED = re.compile(r"(?<!\\val)(?<!\\)\{[a-z_0-9]+(?::[^{}|]*)?\}([가-힣]+)")


def fixed_particles(words: str) -> list[str]:
    """Return each particle that follows a drawn number; 이면 and 입니다 stand after any sound."""
    after = [
        word[0]
        for formula in FORMULA.finditer(words)
        if _DRAWN.search(formula["display"] or formula["inline"])
        and (word := _WORD.match(words, formula.end()))
    ]
    after += _FILLED.findall(FORMULA.sub("·", words))
    return [word for word in after if is_particle(word) and (word == "이" or word[0] not in "이입")]


def _korean(pack_id: str) -> list[str]:
    pack = load_pack(bundled_folders()[pack_id])
    return [
        words
        for model in (*pack.items, *pack.claims)
        for path, text in walk_texts(model)
        for where, words in written(path, text)
        if where[-1] == "ko"
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (r"$\lambda = \val{lam}$로 맞춥니다", ["로"]),
        (r"$\val{lam:2sf}$을 더합니다", ["을"]),
        ("{n}은 {m:3sf}와 같습니다", ["은", "와"]),
        (r"$\val{lam}$입니다. $\val{m}$이면 {n|은} {k}개가 $\val{n}x$를 둡니다", []),
    ],
)
def test_a_fixed_particle_is_found(words: str, found: list[str]) -> None:
    assert fixed_particles(words) == found


@all_rows("pack_id", tuple(bundled_folders()))
def test_no_fixed_particle_follows_a_drawn_number(pack_id: str) -> None:
    texts = _korean(pack_id)
    assert len(texts) >= 100
    assert {words: found for words in texts if (found := fixed_particles(words))} == {}
