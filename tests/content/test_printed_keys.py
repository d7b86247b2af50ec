"""A law: whatever a key is printed or rounded to, is right when it is typed back."""

from collections.abc import Iterable
from itertools import product

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.language import LANGUAGES, Language
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from tests.quiz.printed_keys import written_keys
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())
NUMERIC = [item for item in PACK.items if isinstance(item, Numeric)]


def _not_right(item: Numeric, asked: Iterable[tuple[int, Language]]) -> list[str]:
    """Write the keys of seeds in every way; return what is not read, or not marked right."""
    missed, seen = [], set()
    for seed, language in asked:
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language=language)
        assert isinstance(variant.key, NumberKey)
        if (numbers := (language, *variant.parameters.items())) in seen:
            continue  # equal numbers have been tried
        seen.add(numbers)
        for text in written_keys(variant.key):
            read = read_answer(variant, text)
            if (
                not isinstance(read, Number)
                or mark(item, variant, read).outcome is not Outcome.RIGHT
            ):
                missed.append(f"seed {seed}, {language}: {variant.key.value!r} as {text}")
    return missed


@all_rows("item", NUMERIC, ids=lambda item: item.id)
def test_the_printed_key_is_right(item: Numeric) -> None:
    assert _not_right(item, product(range(2), LANGUAGES)) == []


PER_CENT = [item for item in NUMERIC if item.answer.unit and item.answer.unit.text("en") == "%"]


def test_what_is_asked_in_per_cent_is_a_number_of_hundredths() -> None:
    """A share of 0.877 printed as 0.877 % would mark 87.7 wrong, as two items once did."""
    assert len(PER_CENT) >= 5
    for item in PER_CENT:
        keys = []
        for seed in range(20):
            key = make_variant(item, pack_id=PACK.id, seed=seed, language="en").key
            assert isinstance(key, NumberKey)
            keys.append(key.value)
        assert 1 < max(keys) <= 100, (item.id, max(keys))


@pytest.mark.slow
@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_the_printed_key_is_right_at_two_hundred_seeds(item: Numeric) -> None:
    assert _not_right(item, [(seed, LANGUAGES[seed % 2]) for seed in range(200)]) == []
