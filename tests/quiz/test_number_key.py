"""What the key of an item takes from its formula and from what the pack states."""

from fractions import Fraction

import pytest

from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.number_key import key_number
from studytool.quiz.tolerance import Tolerance
from tests.quiz.variants import numeric_of


def _key(formula: str, stated: dict[str, object], *, n: float = 0.0123) -> NumberKey:
    item = numeric_of(
        params={"n": {"choice": [n]}},
        answer={"formula": formula, **stated},
        misconceptions=[{"id": "w", "formula": "n+9", "say": "no"}],
        check={"also": formula},
    )
    key = make_variant(item, pack_id="p", seed=0, language="en").key
    assert isinstance(key, NumberKey)
    return key


@pytest.mark.parametrize(
    ("stated", "asked", "shown", "digits", "given"),
    [
        ({}, "3sf", "3sf", None, None),
        ({"show": "2dp"}, "2dp", "2dp", None, None),
        ({"tolerance": {"sf": 4}}, "4sf", "4sf", "4sf", None),
        ({"tolerance": {"dp": 2}}, "2dp", "2dp", "2dp", None),
        ({"tolerance": {"dp": 2}, "show": "1dp"}, "2dp", "1dp", "2dp", None),
        ({"precision": {"sf": 5}}, "5sf", "3sf", None, 5),
    ],
)
def test_the_digits_that_go_with_a_tolerance(
    stated: dict[str, object], asked: str, shown: str, digits: str | None, given: int | None
) -> None:
    tolerance = _key("n", stated).tolerance
    assert (tolerance.asked, tolerance.shown) == (asked, shown)
    assert (tolerance.digits, tolerance.given) == (digits, given)


def test_the_default_is_one_per_cent_and_half_the_credit() -> None:
    tolerance = _key("n", {}).tolerance
    assert (tolerance.relative, tolerance.credit) == (Fraction("0.01"), 0.5)


@pytest.mark.parametrize(
    ("stated", "in_steps"),
    [
        ({}, 1.22),  # 1.01**20
        ({"tolerance": {"sf": 4}}, 1.27),  # 1.012**20, as four are asked for
        ({"tolerance": {"dp": 1}}, 1.22),  # two are asked for: three on the way
    ],
)
def test_the_steps_on_the_way_have_three_figures_or_those_asked(
    stated: dict[str, object], in_steps: float
) -> None:
    assert _key("(1+n)**20", stated).in_steps == pytest.approx(in_steps, rel=0.002)


def test_a_key_that_is_nothing_has_no_steps_and_takes_its_noise_for_zero() -> None:
    key = _key("n-1-0.4", {"tolerance": {"abs": 1e-9}}, n=1.4)
    assert (key.value, key.in_steps) == (0.0, None)
    assert key.noise >= abs(1.4 - 1 - 0.4)


@pytest.mark.parametrize("value", [0.0, 1.0, -2.5])
def test_a_number_that_an_experiment_gives_stays_as_it_is(value: float) -> None:
    found = key_number(value, Tolerance(), None)
    assert (found.value, found.noise, found.in_steps) == (value, 0.0, None)
