"""A law: whatever a key is printed or rounded to, is right when it is typed back."""

from collections.abc import Iterable

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.quiz.mark import mark
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Number, NumberKey, Outcome
from tests.quiz.printed_keys import written_keys

PACK = load_pack(bundled_pack_folder())
NUMERIC = [item for item in PACK.items if isinstance(item, Numeric)]


def _not_right(item: Numeric, seed: int, languages: Iterable[Language]) -> list[str]:
    """Write a variant's key in every way; return what is not read, or not marked right."""
    missed = []
    for language in languages:
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=language)
        assert isinstance(variant.key, NumberKey)
        for text in written_keys(variant.key):
            read = read_answer(variant, text)
            if (
                not isinstance(read, Number)
                or mark(item, variant, read).outcome is not Outcome.RIGHT
            ):
                missed.append(f"seed {seed}, {language}: {variant.key.value!r} as {text}")
    return missed


@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_the_printed_key_is_right(item: Numeric) -> None:
    assert [missed for seed in range(2) for missed in _not_right(item, seed, LANGUAGES)] == []


@pytest.mark.slow
@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_the_printed_key_is_right_at_two_hundred_seeds(item: Numeric) -> None:
    by_turns = [(seed, LANGUAGES[seed % 2 :][:1]) for seed in range(200)]
    assert [missed for seed, one in by_turns for missed in _not_right(item, seed, one)] == []
