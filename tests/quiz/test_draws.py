"""Parameters drawn from a seed: their ends, their rounding, and draws that would not do."""

from collections import Counter
from fractions import Fraction
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import FormulaError, StudytoolError
from studytool.packs.scope import scope_of
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.compute import compute, key_value, wrong_values
from studytool.quiz.derivation import derive_fraction, derive_order
from studytool.quiz.mark import mark
from studytool.quiz.number_key import tolerance_of
from studytool.quiz.number_text import round_to, write_number
from studytool.quiz.parameters import DrawnItem, _judge, draw_parameters
from tests.cases import first_row_quick
from tests.quiz.variants import numeric_of
from tests.rows import all_rows

DRAWS = 600


def _draws(parameter: dict[str, object], **fields: object) -> list[float]:
    item = numeric_of(params={"n": parameter}, **fields)
    return [draw_parameters(item, item_id="p/i", seed=seed)["n"] for seed in range(DRAWS)]


@pytest.mark.parametrize(
    ("parameter", "values"),
    first_row_quick(
        [
            ({"choice": [3, 0.5, 8]}, {3.0, 0.5, 8.0}),
            ({"integers": [2, 5]}, {2.0, 3.0, 4.0, 5.0}),
            ({"integers": [2, 11], "step": 3}, {2.0, 5.0, 8.0, 11.0}),
            ({"integers": [2, 10], "step": 3}, {2.0, 5.0, 8.0}),  # the end is not on a step
            ({"integers": [7, 7]}, {7.0}),
        ]
    ),
)
def test_each_value_is_as_likely_as_another(
    parameter: dict[str, object], values: set[float]
) -> None:
    counts = Counter(_draws(parameter))
    assert set(counts) == values
    expected = DRAWS / len(values)
    assert all(abs(count - expected) <= 5 * expected**0.5 for count in counts.values())


@pytest.mark.parametrize(("sigfigs", "step"), first_row_quick([(1, 1.0), (2, 0.1), (3, 0.01)]))
def test_uniform_draws_are_even_and_rounded(sigfigs: int, step: float) -> None:
    drawn = _draws({"uniform": [2, 6], "sigfigs": sigfigs})
    assert all(abs(value / step - round(value / step)) < 1e-9 for value in drawn)
    assert 2 <= min(drawn) <= 2 + step
    assert 6 - step <= max(drawn) <= 6
    standard_error = 4 / (12 * DRAWS) ** 0.5
    assert abs(sum(drawn) / DRAWS - 4) < 5 * standard_error


def test_loguniform_draws_are_even_in_their_logarithm() -> None:
    drawn = _draws({"loguniform": [0.01, 100], "sigfigs": 3})
    assert min(drawn) >= 0.01
    assert max(drawn) <= 100
    width = log(100) - log(0.01)
    standard_error = width / (12 * DRAWS) ** 0.5
    assert abs(sum(map(log, drawn)) / DRAWS) < 5 * standard_error
    assert all(round_to(value, 3) == value for value in drawn)


def test_a_draw_follows_item_seed_name_and_attempt() -> None:
    item = numeric_of(params={"n": {"integers": [1, 1000]}, "m": {"integers": [1, 1000]}})
    drawn = draw_parameters(item, item_id="p/i", seed=4)
    expected = {
        name: float(1 + int(derive_fraction("p/i", 4, name, 0) * 1000)) for name in ("n", "m")
    }
    assert drawn == expected
    assert draw_parameters(item, item_id="p/j", seed=4) != drawn
    assert draw_parameters(item, item_id="p/i", seed=5) != drawn


@pytest.mark.parametrize(
    ("fields", "values"),
    first_row_quick(
        [
            ({"require": ["n > 3"]}, {4.0, 5.0, 6.0}),
            ({"require": ["n > 3", "n < 6"]}, {4.0, 5.0}),  # all of them
            (
                {"answer": {"formula": "log(n - 2)", "tolerance": {"rel": 0.01}}},
                {3.0, 4.0, 5.0, 6.0},
            ),
        ]
    ),
)
def test_a_draw_that_would_not_do_is_made_again(
    fields: dict[str, object], values: set[float]
) -> None:
    wrongs = [{"id": "far", "formula": "1e6", "say": "x"}]
    assert set(_draws({"integers": [1, 6]}, misconceptions=wrongs, **fields)) == values


@pytest.mark.parametrize(
    ("wrong_value", "kept"),
    [("10.25", True), ("10.125", False), ("10.0", False), ("9.75", True), ("9.875", False)],
)
def test_a_misconception_keeps_two_tolerances_away(wrong_value: str, *, kept: bool) -> None:
    """The tolerance is 0.0625: a misconception at twice that, 0.125, is still too near."""
    item = numeric_of(
        params={"n": {"choice": [5]}},
        answer={"formula": "2*n", "tolerance": {"abs": 0.0625}},
        misconceptions=[{"id": "w", "formula": wrong_value, "say": "x"}],
    )
    if kept:
        assert draw_parameters(item, item_id="p/i", seed=0) == {"n": 5.0}
    else:
        with pytest.raises(
            StudytoolError, match=r"p/i: 200 draws in a row .* 'w' cannot be told from the key"
        ) as no:
            draw_parameters(item, item_id="p/i", seed=0)
        korean = no.value.text("ko")
        assert korean.startswith("p/i: 매개변수를 200번 뽑았지만")
        assert "오개념 'w'의 값이 정답과 구별되지 않습니다." in korean


def _first_attempt(seed: int) -> int:
    """Return at which attempt 50 is drawn of 1 to 100."""
    fractions = (derive_fraction("p/i", seed, "n", attempt) for attempt in range(5000))
    return next(at for at, part in enumerate(fractions) if 1 + int(part * 100) == 50)


@pytest.mark.slow
def test_two_hundred_draws_are_tried() -> None:
    item = numeric_of(
        params={"n": {"integers": [1, 100]}},
        require=["n == 50"],
        misconceptions=[{"id": "w", "formula": "0", "say": "x"}],
    )
    seeds = range(10_000)
    last = next(seed for seed in seeds if _first_attempt(seed) == 199)
    too_late = next(seed for seed in seeds if _first_attempt(seed) == 200)
    assert draw_parameters(item, item_id="p/i", seed=last) == {"n": 50.0}
    refused = "200 draws in a row .* 200 times the condition 'n == 50' does not hold"
    with pytest.raises(StudytoolError, match=refused):
        draw_parameters(item, item_id="p/i", seed=too_late)
    with pytest.raises(StudytoolError) as no:
        draw_parameters(item, item_id="p/i", seed=too_late)
    assert "그중 200번의 이유: 조건 'n == 50'에 맞지 않습니다." in no.value.text("ko")


def test_a_key_that_cannot_be_computed_is_named() -> None:
    item = numeric_of(answer={"formula": "log(n-n)", "tolerance": {"rel": 0.01}})
    with pytest.raises(StudytoolError, match="200 times the key cannot be computed: log: "):
        draw_parameters(item, item_id="p/i", seed=0)


def test_a_condition_that_no_draw_meets_is_named() -> None:
    item = numeric_of(params={"n": {"choice": [5]}}, require=["n > 5"])
    with pytest.raises(StudytoolError, match="200 times the condition 'n > 5' does not hold"):
        draw_parameters(item, item_id="p/i", seed=0)


def test_a_draw_whose_misconceptions_stand_apart_is_looked_for() -> None:
    wrongs = [
        {"id": "square", "formula": "n**2", "say": "x"},
        {"id": "triple", "formula": "3*n", "say": "y"},
        {"id": "near", "formula": "2*n+0.2", "say": "z"},
    ]
    item = numeric_of(
        params={"n": {"integers": [1, 9]}},
        answer={"formula": "2*n", "tolerance": {"rel": 0.01}},
        misconceptions=wrongs,
    )
    drawn = {draw_parameters(item, item_id="p/i", seed=seed)["n"] for seed in range(100)}
    # 2: its square is the key. 3: its square is thrice it. 5 and more: 0.2 is four tolerances.
    assert drawn == {1.0, 4.0}


def test_where_no_draw_stands_apart_one_that_can_be_marked_will_do() -> None:
    wrongs = [
        {"id": "triple", "formula": "3*n", "say": "x"},
        {"id": "sum", "formula": "n+2*n", "say": "y"},
    ]
    item = numeric_of(misconceptions=wrongs)
    variant = make_variant(item, pack_id="p", seed=0, language="en")
    answer = Number(3 * variant.parameters["n"])
    marked = mark(item, variant, answer)
    assert marked.feedback == "One of these may be why. x / y"
    assert marked.misconception is None


@pytest.mark.parametrize(
    ("answer", "key", "delta"),
    [
        ({"formula": "1", "tolerance": {"rel": 0.1}}, -5.0, 0.5),
        ({"formula": "1", "tolerance": {"abs": 0.2}}, -5.0, 0.2),
        ({"formula": "1", "tolerance": {"rel": 0.1, "abs": 2}}, 5.0, 2.0),
        ({"formula": "1", "tolerance": {"dp": 2}}, 5.0, 0.005),
        ({"formula": "1", "tolerance": {"dp": 0}}, 5.0, 0.5),
        ({"formula": "1", "tolerance": {"sf": 3}}, 1234.0, 5.0),
        ({"formula": "1"}, -5.0, 0.05),  # 1 % where nothing is said
    ],
)
def test_the_tolerance_of_a_key(answer: dict[str, object], key: float, delta: float) -> None:
    stated = tolerance_of(numeric_of(answer=answer).answer)
    assert stated.distance(key) == pytest.approx(delta)


def test_names_are_computed_in_their_order() -> None:
    item = numeric_of(let={"a": "n + 1", "b": "a * 2"})
    assert scope_of(item, {"n": 3.0}) == {"n": 3.0, "a": 4.0, "b": 8.0}


@pytest.mark.parametrize("text", ["[1, 2]", "ones([3])"])
def test_an_array_is_no_number(text: str) -> None:
    with pytest.raises(FormulaError):
        compute(text, {})
    with pytest.raises(FormulaError):
        scope_of(numeric_of(let={"a": text}), {"n": 1.0})


def test_a_misconception_without_a_number_here_is_left_out() -> None:
    item = numeric_of(
        misconceptions=[
            {"id": "log", "formula": "log(n - 3)", "say": "x"},
            {"id": "even", "formula": "7", "when": "n % 2 == 0", "say": "x"},
            {"id": "always", "formula": "9", "say": "x"},
        ]
    )
    found = {n: {w.id: v for w, v in wrong_values(item, {"n": n})} for n in (2.0, 3.0, 4.0)}
    assert found == {
        2.0: {"even": 7.0, "always": 9.0},
        3.0: {"always": 9.0},
        4.0: {"log": 0.0, "even": 7.0, "always": 9.0},
    }


def test_a_key_that_is_an_exact_quantity() -> None:
    measure = {
        "experiment": "cosine_schedule",
        "with": {"t": "n*0", "lr_max": "0.5"},
        "quantity": "lr",
    }
    item = numeric_of(answer={"measure": measure, "tolerance": {"rel": 0.01}})
    assert key_value(item, {"n": 4.0}) == pytest.approx(0.5)


def test_numbers_that_an_experiment_does_not_take_make_no_key() -> None:
    """The draw is refused with the experiment's own words, in both languages."""
    measure = {"experiment": "cosine_schedule", "with": {"period": "n-50"}, "quantity": "lr"}
    item = numeric_of(answer={"measure": measure, "tolerance": {"rel": 0.01}})
    refused = _judge(item, {"n": 1.0})
    assert not isinstance(refused, DrawnItem)
    assert refused.path == ("answer", "measure")
    assert refused.why.text("en") == (
        "the key cannot be computed: cosine_schedule: period = -49: must be in [1, 100000]"
    )
    assert "period = -49: 1 이상" in refused.why.text("ko")


def test_a_key_that_is_random_is_refused() -> None:
    measure = {"experiment": "dense_layer", "quantity": "weight_variance"}
    item = numeric_of(answer={"measure": measure, "tolerance": {"rel": 0.01}})
    with pytest.raises(StudytoolError, match=r"weight_variance.* is random"):
        key_value(item, {"n": 4.0})


def test_an_order_belongs_to_its_name() -> None:
    order = derive_order(5, "p/i", 7, "options")
    assert sorted(order) == [0, 1, 2, 3, 4]
    fractions = [derive_fraction("p/i", 7, "options", index) for index in order]
    assert fractions == sorted(fractions)


@all_rows(
    ("value", "format_", "text"),
    [
        (999_999.0, None, "999999"),
        (1e6, None, "1 × 10⁶"),
        (-1.5e7, None, "−1.5 × 10⁷"),
        (0.001, None, "0.001"),
        (0.00099, None, "9.9 × 10⁻⁴"),
        (5e-324, None, "5 × 10⁻³²⁴"),
        (1.7e308, "3sf", "1.70 × 10³⁰⁸"),
        (0.0, None, "0"),
        (-0.0, None, "0"),
        (0.0, "3sf", "0"),
        (0.0, "2dp", "0.00"),
        (-0.001, "2dp", "0.00"),  # no minus nought
        (-0.001, "+2dp", "+ 0.00"),
        (-0.001, "(2dp)", "0.00"),
        (120.0, "2sf", "120"),
        (20.0, "3sf", "20.0"),  # a nought says how sure the digits are
        (100_000.0, "3sf", "100000"),
        (1.999, "2sf", "2.0"),
        (9.996, "3sf", "10.0"),
        (99.96, "3sf", "100"),
        (999_999.6, "6sf", "1.00000 × 10⁶"),
        (0.000_999_6, "3sf", "0.00100"),
        (0.00010049, "3sf", "1.00 × 10⁻⁴"),
        (1.0049, "3sf", "1.00"),
        (1.10001, "3sf", "1.10"),
        (1.1, "1sf", "1"),
        (2.5, "0dp", "3"),  # ties go up, as in schools
        (0.125, "2dp", "0.13"),
        (-0.125, "2dp", "−0.13"),
        (2.675, "2dp", "2.68"),  # 2.67499999999999982… in binary
        (0.7999999999999999, None, "0.8"),
        (1.0240000000000002, None, "1.024"),
        (1.0049999999999997, "2dp", "1.01"),  # the noise of a computation is no digit
        (1e-7, "3dp", "0.000"),
        (1e300, "2dp", f"1{'0' * 300}.00"),
        (2.675, "12dp", "2.675000000000"),
        (0.4, "+", "+ 0.4"),
        (-0.4, "+", "− 0.4"),
        (-0.4, "+2sf", "− 0.40"),
        (0.4, "()", "0.4"),
        (-0.4, "()", "(−0.4)"),
        (-6.4e-5, "(3sf)", "(−6.40 × 10⁻⁵)"),
    ],
)
def test_numbers_at_the_limits_of_plain_writing(
    value: float, format_: str | None, text: str
) -> None:
    assert write_number(value, format_) == text


@pytest.mark.parametrize(
    ("value", "format_", "text"),
    [
        (-0.4, None, "-0.4"),
        (-0.4, "+", "- 0.4"),
        (-6.4e-5, "(3sf)", r"(-6.40 \times 10^{-5})"),
        (1.5e12, None, r"1.5 \times 10^{12}"),
    ],
)
def test_numbers_in_a_formula_are_written_in_tex(
    value: float, format_: str | None, text: str
) -> None:
    assert write_number(value, format_, tex=True) == text


@pytest.mark.parametrize("format_", ["", "3", "sf", "-3sf", "(3sf", "+()", "0x1sf", "3sf2dp"])
def test_an_unknown_format_is_a_bug(format_: str) -> None:
    if format_:
        with pytest.raises(ValueError, match="no format"):
            write_number(1.0, format_)
    else:
        assert write_number(1.0, format_) == "1"


@given(st.floats(-1e9, 1e9), st.integers(1, 12))
def test_rounding_half_up_leaves_at_most_half_a_unit(value: float, digits: int) -> None:
    text = write_number(value, f"{digits}dp").replace("−", "-")
    assert (
        abs(Fraction(text) - Fraction(repr(value)))
        <= Fraction(1, 2 * 10**digits) + Fraction(abs(value)) / 10**13
    )
    assert len(text.partition(".")[2]) == digits


@pytest.mark.parametrize(
    ("value", "sigfigs", "rounded"),
    [(1234.5, 1, 1000.0), (1234.5, 2, 1200.0), (1254.5, 2, 1300.0), (-0.01256, 3, -0.0126)],
)
def test_rounding_to_significant_figures(value: float, sigfigs: int, rounded: float) -> None:
    assert round_to(value, sigfigs) == rounded


@pytest.mark.parametrize(
    ("scope", "value"),
    [
        ({"x": 0.0, "y": 2.0}, "0.0"),
        ({"x": -0.0, "y": 2.0}, "-0.0"),  # equal to the row above
        ({"y": 2.0, "x": 3.0}, "6.0"),
        ({"x": 2.0, "y": 3.0, "z": 1.0}, "6.0"),
        ({"x": 3.0, "y": 3.0}, "9.0"),
    ],
)
def test_one_formula_at_several_draws(scope: dict[str, float], value: str) -> None:
    assert str(compute("x*y", scope)) == value


def test_what_cannot_be_computed_is_refused_each_time() -> None:
    for _ in range(2):
        with pytest.raises(FormulaError):
            compute("log(x)", {"x": 0.0})
    assert compute("log(x)", {"x": 1.0}) == 0
