"""In no draw of the bundled pack do two misconceptions, or one and the key, come to one number."""

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.packs.scope import scope_of
from studytool.quiz.apart import closeness_of
from studytool.quiz.compute import key_value, wrong_values
from studytool.quiz.number_key import tolerance_of
from studytool.quiz.parameters import draw_parameters

PACK = load_pack(bundled_pack_folder())
NUMERIC = [item for item in PACK.items if isinstance(item, Numeric)]


@pytest.mark.parametrize(
    "seeds", [pytest.param(10, id="few"), pytest.param(1000, marks=pytest.mark.slow, id="many")]
)
@pytest.mark.parametrize("item", NUMERIC, ids=lambda item: item.id)
def test_all_that_a_draw_may_come_to_stands_apart(item: Numeric, seeds: int) -> None:
    alike, seen = [], set()
    for seed in range(seeds):
        drawn = draw_parameters(item, item_id=f"{PACK.id}/{item.id}", seed=seed)
        if (numbers := tuple(drawn.items())) in seen:
            continue
        seen.add(numbers)
        scope = scope_of(item, drawn)
        wrongs = [(wrong.id, value) for wrong, value in wrong_values(item, scope)]
        if not closeness_of(key_value(item, scope), wrongs, tolerance_of(item.answer)).is_apart:
            alike.append(drawn)
    assert alike == []
