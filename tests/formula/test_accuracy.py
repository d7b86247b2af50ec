"""What binary rounding, rounding on paper, and degrees do to a formula's number."""

from fractions import Fraction
from math import ulp

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytool.formula.accuracy import NOTHING, _mover, accuracy_of, is_product, value_in_steps
from studytool.formula.degrees import in_degrees
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse
from studytool.numerics.arrays import Operand
from tests.rows import all_rows


@all_rows(
    ("text", "names", "is_zero"),
    [
        ("a-1-b", {"a": 1.4, "b": 0.4}, True),  # -1.1e-16
        ("1e6+a-1e6-a", {"a": 0.1}, True),  # -2.3e-11, of terms of a million
        ("(a+b)**2-a**2-2*a*b-b**2", {"a": 0.1, "b": 0.7}, True),
        ("0.1*3-0.3", {}, True),
        ("a*sin(n*pi)", {"a": 2.5, "n": 3.0}, True),  # 9e-16
        ("a*cos(pi/2)", {"a": 2.5}, True),
        ("1+1e-13-1", {}, True),  # below 1e-12 of its terms
        ("n-3", {"n": 3.0}, True),
        ("1e-20*(5-3)", {}, False),  # small, of no terms that cancel
        ("exp(-700)", {}, False),
        ("1+1e-10-1", {}, False),
        ("1e15+1-1e15", {}, False),  # whole numbers are exact
        ("1 if n > 5 else 0", {"n": 6.0}, False),
        ("ceil(a*30)*1e-3", {"a": 0.1}, False),  # a step is no noise
        ("floor(a/b)", {"a": 7.5, "b": 2.5}, False),
        ("sum(x*1)-45+1e-12", {"x": np.arange(10.0)}, False),  # whole ones in an array, too
        ("sum(x/7)-45/7+1e-13", {"x": np.arange(10.0)}, True),
    ],
)
def test_a_number_is_nothing_beside_the_terms_that_cancel(
    text: str, names: dict[str, Operand], *, is_zero: bool
) -> None:
    formula = parse(text)
    assert accuracy_of(evaluate_number(formula, names), formula, {}, names).is_zero is is_zero
    assert not is_product(formula.tree)


@pytest.mark.parametrize("text", ["a", "3*a", "a/b/7", "-a*b", "2"])
def test_nothing_cancels_in_a_product(text: str) -> None:
    formula, names = parse(text), {"a": 0.1, "b": 1e300}
    assert is_product(formula.tree)
    assert not accuracy_of(evaluate_number(formula, names), formula, {}, names).is_zero


@pytest.mark.parametrize(("text", "moves"), [("0.1", 1), ("0.1+0.2", 2), ("0.1*0.2", 3)])
def test_each_rounding_on_the_way_may_move_a_number_by_four_of_its_last_places(
    text: str, moves: int
) -> None:
    """Each constant and each step once: of a sum the parts move it by their shares of it."""
    formula = parse(text)
    value = evaluate_number(formula, {})
    places = accuracy_of(value, formula, {}, {}).noise / (4 * ulp(1.0) * value)
    assert 0.9 < places < moves + 0.1


def test_the_names_of_let_count_among_the_terms() -> None:
    let = {"c": parse("a-1"), "d": parse("c+0")}
    formula, given_ = parse("d-b"), {"a": 1.4, "b": 0.4}
    assert accuracy_of((1.4 - 1) - 0.4, formula, let, given_).is_zero
    assert value_in_steps(parse("(a/3)*c"), {"c": parse("a/7")}, {"a": 2.0}, sigfigs=2) == 0.19


@example(a=1, b=114, c=287)
@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_the_noise_bounds_the_error_against_exact_fractions(a: int, b: int, c: int) -> None:
    formula = parse("a*b/7-c*0.1+b/3")
    names = {"a": a / 100, "b": b / 100, "c": c / 100}
    value = evaluate_number(formula, names)
    exact = Fraction(a, 100) * Fraction(b, 700) - Fraction(c, 1000) + Fraction(b, 300)
    accuracy = accuracy_of(value, formula, {}, names)
    if accuracy.is_zero:
        assert abs(exact) < Fraction(1, 10**11)
    else:
        assert abs(Fraction(value) - exact) <= Fraction(accuracy.noise)


@pytest.mark.parametrize(
    ("text", "names", "sigfigs", "value"),
    [
        ("(1+a)**20", {"a": 0.0123}, 3, 1.22),  # 1.01**20
        ("(a/3)**2", {"a": 2.0}, 3, 0.445),  # 0.667**2
        ("(a/3)**2", {"a": 2.0}, 2, 0.45),
        ("1234*a", {"a": 0.5}, 3, 617.0),  # whole numbers stay whole
        ("a*1", {"a": 0.012345}, 3, 0.0123),  # a result is rounded too
        ("a", {"a": 0.012345}, 3, 0.012345),  # what is given is not
        ("2 if a/3 > 0.6666 else 1", {"a": 2.0}, 3, 2.0),  # nor what is compared
        ("log(a-1.004)", {"a": 2.0}, 1, 0.0),  # log(1)
        ("1/(a-1.004)", {"a": 1.0041}, 3, 10_000.0),
        ("sum(where(a > 1, a/3, 0)+1/3)", {"a": 2.0}, 2, 1.0),
    ],
)
def test_a_number_computed_with_rounded_steps(
    text: str, names: dict[str, float], sigfigs: int, value: float
) -> None:
    assert value_in_steps(parse(text), {}, names, sigfigs=sigfigs) == pytest.approx(value)


def test_numbers_are_moved_up_and_down_by_turns_that_differ() -> None:
    """All moved one way, a quotient of two moved numbers would show no rounding at all."""
    node = parse("1").tree
    turns = []
    for run in range(6):
        move = _mover(run)
        moved = [move(node, 0.3) for _ in range(60)]
        assert all(
            abs(float(one) / 0.3 - 1) == pytest.approx(NOTHING, rel=0.01, abs=0) for one in moved
        )
        turns.append([float(one) > 0.3 for one in moved])
        assert 15 <= sum(turns[-1]) <= 45
    assert len(set(map(tuple, turns))) == 6
    for run in (0, 1, 3):
        parts = np.asarray(_mover(run)(node, np.full(30, 0.3))) / 0.3 - 1
        assert np.abs(parts) == pytest.approx(np.full(30, NOTHING), rel=0.01, abs=0)
        assert 0.2 < np.mean(parts > 0) < 0.8
    kept = _mover(0)(node, np.array([2.0, 0.0, -7.0]))
    assert np.array_equal(kept, [2.0, 0.0, -7.0])


@all_rows(
    ("text", "value"),
    [
        ("a/3*3 if a > 0 else 0", 0.999),  # a choice passes its steps on
        ("(a/3 > 0.3332)*1", 1.0),  # and what jumps does not: it compares what was not rounded
        ("floor(a/3*3)", 1.0),
        ("sqrt(a/3)", 0.577),
        ("-(a/3)", -0.333),
    ],
)
def test_which_steps_are_rounded(text: str, value: float) -> None:
    assert value_in_steps(parse(text), {}, {"a": 1.0}, sigfigs=3) == value


def test_rounded_steps_that_leave_the_domain_give_nothing() -> None:
    assert value_in_steps(parse("log(a/3-0.3333)"), {}, {"a": 1.0}, sigfigs=3) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sin(x)", 0.5),
        ("1+2*cos(2*x)", 2.0),
        ("where(x > 1, sin(x), cos(x))", 0.5),
        ("sin(x) if x > 1 else 0", 0.5),
        ("(sin(x) > 0.4)+0", 1.0),
        ("(0.4 < sin(x))+0", 1.0),
        ("(0 < 0.4 < sin(x) < 0.6)+0", 1.0),
        ("arcsin(0.5)", 30.0),
        ("arcsin(sin(x))", 30.0),
    ],
)
def test_a_calculator_in_degrees(text: str, value: float) -> None:
    changed = in_degrees(parse(text))
    assert changed is not None
    assert evaluate_number(changed, {"x": 30.0}) == pytest.approx(value)


@pytest.mark.parametrize("text", ["x+1", "tanh(x)", "exp(x)"])
def test_a_formula_without_angles_has_none_in_degrees(text: str) -> None:
    assert in_degrees(parse(text)) is None


def test_each_element_of_an_array_is_rounded_on_the_way() -> None:
    names: dict[str, Operand] = {"x": np.array([1.0, 2.0, 4.0, 6.0])}
    assert value_in_steps(parse("sum(x/3)"), {}, names, sigfigs=2) == 4.3  # 0.33 + 0.67 + 1.3 + 2
    assert value_in_steps(parse("x/3"), {}, names, sigfigs=2) is None  # no number


def test_noise_is_at_most_a_thousand_millionth_of_the_number() -> None:
    """Terms that cancel almost are moved by more of the rest than is noise."""
    formula, names = parse("a-1-b"), {"a": 1.4, "b": 0.4 - 1e-7}
    value = evaluate_number(formula, names)
    found = accuracy_of(value, formula, {}, names)
    assert found.noise == pytest.approx(1e-9 * value)
    assert not found.is_zero
