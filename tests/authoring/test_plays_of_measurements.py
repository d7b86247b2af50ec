"""What the simulation of an item cannot settle is told by ``check``, with its place and a remedy."""

from pathlib import Path

import pytest

from tests.authoring.checking import problems_of
from tests.cases import first_row_quick
from tests.packs.all_kinds import EST, FILES, ORDER, PRED
from tests.packs.samples import CARD
from tests.packs.test_mistakes import place

MEASURE = "measure: {x: {experiment: dense_layer, quantity: weight_variance}}"
SORTED = (
    ORDER.replace("  things", f"  {MEASURE}\n  things")
    .replace("value: 'a'", "value: 'x*a'")
    .replace("'2*a'", "'x*a*2'")
    .replace("'a**2+a'", "'x*a*4'")
)
PICKED = f"""\
- id: picked
  kind: choice
  concept: scale
  prompt: {{ko: 무엇, en: Which?}}
  {MEASURE}
  options:
    - {{id: a, text: {{ko: 가, en: A}}, when: 'x > 0.01'}}
    - {{id: b, text: {{ko: 나, en: B}}, when: 'x > 50'}}
  solution: {{ko: 그렇다, en: It is}}
"""
LINEAR = EST.replace("log: [0.001, 10]", "linear: [-1, 10]")
EXCLUDE = "exclude such draws by 'require', or mend the formula"
ONE = "mend each 'when', so that exactly one holds"
DRAWN = "{sample: 'uniform(0,0.5,[reps, 3])', statistic: mean}"
BY_DRAWS = [
    one.replace("{experiment: dense_layer, quantity: weight_variance}", DRAWN)
    for one in (EST, PRED, SORTED, PICKED)
]
AXIS = "widen the axis, or mend 'of'"
FILE = "items/all.yaml"


@pytest.mark.parametrize(("right", "old", "new", "spot", "problem", "remedy"), first_row_quick([
    # --- a formula over what is measured has no value
    (EST, "of: x", "of: 'log(0-x)'", "log(0-x)", "E360]: cannot be asked: at seed 0, ", EXCLUDE),
    (PRED, "'x <= 0.2'", "'sqrt(0-x) > 1'", "sqrt(0-x)", "E360]: cannot be asked: at seed 0, ", EXCLUDE),
    (SORTED, "'x*a*2'", "'log(0-x*a)'", "log(0-x*a)", "E360]: cannot be asked: at seed 0, ", EXCLUDE),
    (PICKED, "'x > 50'", "'log(0-x) > 50'", "log(0-x)", "E360]: cannot be asked: at seed 0, ", EXCLUDE),
    # --- every number gives too few or too many
    (PRED, "'x <= 0.2'", "'x > 300'", "outcomes:", "0 of 2 hold in the simulation", ONE),
    (PRED, "'x > 0.2'", "'x > 200'", None, None, None),
    (PRED.replace("'x <= 0.2'", "'x < 300'"), "'x > 0.2'", "'x > 200'", None, None, None),
    (PRED, "'x > 0.2'", "'x > 0'", "outcomes:", "2 of 2 hold in the simulation", ONE),
    (PICKED, "'x > 50'", "'x > 0'", "options:", "2 of 2 hold in the simulation", None),
    (PICKED, "'x > 0.01'", "'x > 60'", "options:", "0 of 2 hold in the simulation", None),
    (SORTED, "'x*a*2'", "'x*a'", "things:", "two of the measured values are equal", None),
    # --- a place on the axis
    (EST, "[0.001, 10]", "[100, 1000]", "axis:", "which is off the axis", AXIS),
    (EST, "of: x", "of: 'x*1e6'", "axis:", "which is off the axis", AXIS),
    (LINEAR, "of: x", "of: 'x*0'", "within:", "E343]: at seed 0 the value is 0, and no factor leads away",
     "write a distance: 'within: {abs: ...}'"),
    (LINEAR.replace("factor: 3", "abs: 1"), "of: x", "of: 'x*0'", None, None, None),
]))  # fmt: skip
def test_what_nothing_settles_is_told_in_its_place(
    tmp_path: Path,
    right: str,
    old: str,
    new: str,
    spot: str | None,
    problem: str | None,
    remedy: str | None,
) -> None:
    wrong = (right + CARD).replace(old, new, 1)
    assert wrong != right + CARD
    found = problems_of(tmp_path, FILES | {FILE: wrong})
    if spot is None or problem is None:
        assert found == []  # a neighbour in which nothing is wrong
        return
    [(told, help_)] = found
    assert told.startswith(place(FILE, wrong, spot) + ": ")
    assert problem in told
    assert remedy in {None, help_}


@pytest.mark.parametrize(("item", "typed", "told"), first_row_quick([
    (CARD, "x", "gives right, not ambiguous; the key is 뒷면"),
    (EST, "1", "gives wrong, not ambiguous; the key is 0.0208"),  # and no end of the axis
    (EST, "zzz", "gives unreadable, not ambiguous; the key is 0.0208"),
    (PRED, "1", "gives wrong, not ambiguous; the key is 나"),
    (PICKED, "2", "gives wrong, not ambiguous; the key is 가"),
    (ORDER, "1 2", "gives unreadable, not ambiguous; the key is 2 1 3"),
]))  # fmt: skip
def test_a_row_of_tests_that_fails_names_the_key(
    tmp_path: Path, item: str, typed: str, told: str
) -> None:
    row = f"  tests: [{{seed: 0, answer: '{typed}', outcome: ambiguous}}]\n"
    [(problem, _)] = problems_of(tmp_path, FILES | {FILE: item + row})
    assert told in problem


@pytest.mark.parametrize("item", BY_DRAWS, ids=["estimate", "outcomes", "order", "options"])
def test_draws_that_give_no_number_for_each_replicate_are_told_in_their_place(
    tmp_path: Path, item: str
) -> None:
    [(told, _)] = problems_of(tmp_path, FILES | {FILE: item + CARD})
    assert told.startswith(place(FILE, item + CARD, "'uniform(0") + ": ")
    assert "[reps, 3]" in told
    mended = item.replace("[reps, 3])'", "[reps])'") + CARD
    assert problems_of(tmp_path / "mended", FILES | {FILE: mended}) == []
