"""Answers a little off in the bundled pack are told to be near, and are never accused."""

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.packs.rounding import rounded
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.outcome import Outcome

PACK = load_pack(bundled_pack_folder())
NUMERIC = [item for item in PACK.items if isinstance(item, Numeric)]
OFF = (-3.9, -2.5, -1.5, 1.5, 2.5, 3.9)
"""In tolerances."""


@pytest.mark.parametrize(
    "seeds", [pytest.param(2, id="few"), pytest.param(100, marks=pytest.mark.slow, id="many")]
)
@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_a_near_miss_is_neither_wrong_nor_a_misconception(item: Numeric, seeds: int) -> None:
    accused, seen = [], set()
    for seed in range(seeds):
        variant = make_variant(item, pack_id=PACK.id, seed=seed, language="en")
        assert isinstance(variant.key, NumberKey)
        if (numbers := tuple(variant.parameters.items())) in seen:
            continue  # equal numbers have been tried
        seen.add(numbers)
        value, tolerance = variant.key.value, variant.key.tolerance
        near = {value + off * tolerance.distance(value) for off in OFF} | {rounded(value, "2sf")}
        for answer in near:
            marked = mark(item, variant, Number(answer))
            if marked.outcome is Outcome.WRONG or marked.misconception is not None:
                accused.append((seed, value, answer, marked.feedback))
    assert accused == []
