"""Values at random points tell one formula in other words from another formula."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.formula.parse import parse, parse_once
from studytool.formula.points import (
    FEWEST_POINTS,
    VARIES,
    Points,
    _weights,
    agree,
    is_constant,
    is_near,
)
from studytool.formula.random_points import spread
from studytool.numerics.arrays import Array
from tests.rows import all_rows

NAMES = {name: spread(name, (0.3, 2.5, 4.1)) for name in "abc"}


def values(text: str, **let: str) -> Array:
    bound = {name: parse(formula, draws=True) for name, formula in let.items()}
    return Points(NAMES, bound).of(parse_once(text, draws=True).tree).at


@all_rows(
    ("one", "other"),
    [
        ("2/(a+b)", "1/((b+a)/2)"),  # turned round
        ("(a+b)**2", "a**2+2*a*b+b**2"),  # written out
        ("sqrt(a*b)", "exp((log(a)+log(b))/2)"),  # by logarithms
        ("xavier_variance(a,b)", "2/(a+b)"),  # a closed form and what it stands for
        ("sigmoid(a)", "1-sigmoid(-a)"),  # a symmetry
        ("tan(a)", "sin(a)/cos(a)"),
        ("log(a,b)", "log(a)/log(b)"),
        ("hypot(a,b)", "sqrt(a**2+b**2)"),
        ("cosh(a)**2-sinh(a)**2", "1"),
        ("arccos(a/10)", "pi/2-arcsin(a/10)"),
        ("degrees(a)", "180*a/pi"),
        ("factorial(floor(a)+2)", "gamma(floor(a)+3)"),
        ("comb(floor(a)+6,2)", "(floor(a)+6)*(floor(a)+5)/2"),
        (
            "comb(floor(a),floor(b))",
            "factorial(floor(a))/(factorial(floor(b))*factorial(floor(a)-floor(b)))",
        ),  # where b is no larger
        ("normal_quantile(normal_cdf(a/4))", "a/4"),
        ("a if a > 0 else b", "a"),  # a side that is never taken
        ("linear_warmup(a, 100, b)", "b*a/100"),  # equal where the warm-up is
        ("var(a)+sum(b)+max(a,b)-min(a,b)", "b+abs(a-b)"),  # reductions of one number
    ],
)
def test_one_formula_in_other_words(one: str, other: str) -> None:
    assert agree(values(one), values(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2/(a+b)", "2/(a+c)"),
        ("2/(a+b)", "3/(a+b)"),
        ("a", "a*(1+1e-9)"),  # near is not equal
        ("log(-a)", "log(-a)"),  # nowhere a number
        ("a/(b-b)", "a/(b-b)"),
        ("mean(normal(0,1,[3]))", "0"),
    ],
)
def test_other_formulas(one: str, other: str) -> None:
    assert not agree(values(one), values(other))


def test_a_bound_draw_is_one_number() -> None:
    """What is drawn once and used twice cancels, two draws of one law do not."""
    assert is_constant(values("u/u", u="normal(0,1,[reps])"))
    assert not is_constant(values("normal(0,1,[reps])/normal(0,1,[reps])"))
    assert not is_constant(values("u/v", u="normal(0,1,[reps])", v="normal(0,1,[reps])"))


def test_draws_of_one_law() -> None:
    """Under other names the draws of one law are one number; those of another law are not."""

    def by_law(text: str) -> Array:
        return Points(NAMES, by_law=True).of(parse_once(text, draws=True).tree).at

    assert agree(by_law("normal(0,a+b,[3])"), by_law("normal(0,b+a,[7])"))
    assert not agree(by_law("normal(0,a,[3])"), by_law("normal(0,b,[3])"))
    assert not agree(by_law("normal(0,a,[3])"), by_law("uniform(0,a,[3])"))


@pytest.mark.parametrize("let", [{"x": "y", "y": "x"}, {"x": "x+1"}])
def test_a_name_that_needs_itself_has_no_value(let: dict[str, str]) -> None:
    assert np.isnan(values("x", **let)).all()


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        ((0.2, 0.9), lambda x: (x > 0) & (x < 1)),
        ((64.0, 16.0), lambda x: (x > 0) & (x == np.round(x))),
        ((-3.0, -0.5), lambda x: x < 0),
        ((0.0, 0.0), lambda x: (x >= 0) & (x <= 1)),
    ],
)
def test_points_lie_where_the_conditions_do(
    known: tuple[float, ...], holds: Callable[[Array], Array]
) -> None:
    drawn = spread("x", known)
    assert holds(drawn).all()
    assert len(set(drawn)) > 4


# --- the law: whatever keeps the value keeps the points ------------------------------------------

_LEAVES = st.sampled_from(["a", "b", "c", "2", "0.5", "3"])


def _rewritten(pair: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Pair each formula with one of equal value: sides swapped, brackets moved, written out."""
    rules = {
        "swap +": ("({0})+({1})", "({3})+({2})"),
        "swap *": ("({0})*({1})", "({3})*({2})"),
        "minus": ("({0})-({1})", "-(({3})-({2}))"),
        "over": ("({0})/({1})", "({2})*(({3})**-1)"),
        "share": ("(({0})+({1}))*2", "2*({2})+({3})+({3})"),
        "square": ("({0})**2", "({2})*({2})"),
        "root": ("sqrt(({0})**2+1)", "((({2})*({2})+1)**0.5)"),
        "whole": ("({0})", "({2})*(({3})/({3}))"),
    }
    return st.tuples(st.sampled_from(list(rules.values())), pair, pair).map(
        lambda drawn: (
            drawn[0][0].format(drawn[1][0], drawn[2][0], drawn[1][1], drawn[2][1]),
            drawn[0][1].format(drawn[1][0], drawn[2][0], drawn[1][1], drawn[2][1]),
        )
    )


PAIRS = st.recursive(_LEAVES.map(lambda leaf: (leaf, leaf)), _rewritten, max_leaves=6)


@given(PAIRS)
def test_rewriting_keeps_the_values(pair: tuple[str, str]) -> None:
    """Also behind a name: the values are those of the formula that it is bound to."""
    one, other = pair
    before, after = values(one), values("x", x=other)
    finite = np.isfinite(before) & np.isfinite(after)
    scale = np.maximum(np.abs(before), 1.0)
    assert (np.abs(before - after)[finite] <= 1e-9 * scale[finite]).all()


@given(PAIRS, st.sampled_from(["a", "b", "c"]))
def test_what_depends_on_another_name_differs(pair: tuple[str, str], name: str) -> None:
    text, _ = pair
    before = values(text)
    if np.isfinite(before).all() and np.abs(before).max() < 1e6:
        assert not agree(before, values(f"({text})+{name}"))


# --- the edges -----------------------------------------------------------------------------------

ROW = np.linspace(1, 2, 16)


def _apart(count: int, by: float = 2.0) -> Array:
    """Return the row with so many of its numbers changed."""
    return np.where(np.arange(16) < count, ROW * by, ROW)


def _numbers(count: int) -> Array:
    return np.where(np.arange(16) < count, ROW, np.nan)


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (_apart(4), ROW, True),  # a quarter may be eaten
        (_apart(5), ROW, False),
        (_numbers(8), ROW, True),  # eight are enough
        (_numbers(7), ROW, False),
        (ROW, _numbers(8), True),
        (np.zeros(16), np.zeros(16), True),  # 0 is 0
    ],
)
def test_agreement(one: Array, other: Array, *, holds: bool) -> None:
    assert agree(one, other) is holds


@pytest.mark.parametrize(
    ("one", "key", "holds"),
    [
        (_apart(4), ROW, True),
        (_apart(5), ROW, False),
        (_numbers(8), ROW, True),
        (_numbers(7), ROW, False),
        (ROW * 1.04, ROW, True),
        (ROW * 1.06, ROW, False),
        (1 + ROW / 100, 1 + ROW / 100, False),  # a key that hardly varies is near to much
    ],
)
def test_nearness(one: Array, key: Array, *, holds: bool) -> None:
    assert is_near(one, key) is holds


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 < a/a < 2", "0"),
        ("0.5 < a/a < 2", "1"),
        ("0 < 1 < 1", "0"),
        ("sum(a)", "a"),
        ("quantile(a, 0.5)", "a"),
        ("max(a, b, c)", "max(c, max(a, b))"),
        ("min(a)", "a"),
        ("reps", "64"),
    ],
)
def test_comparisons_and_reductions_of_numbers(text: str, same: str) -> None:
    assert agree(values(text), values(same))


def test_a_maximum_of_draws_is_no_new_unknown() -> None:
    """Of several values it is computed from them; of one array's elements nothing is known."""
    assert agree(values("max(u, u)", u="normal(0,1,[reps])"), values("u", u="normal(0,1,[reps])"))
    assert not agree(values("max(u)", u="normal(0,1,[3])"), values("u", u="normal(0,1,[3])"))


def test_an_unknown_lies_between_one_and_two() -> None:
    drawn = values("normal(0,1,[reps])")
    assert (drawn > 1).all()
    assert (drawn < 2).all()
    assert len(set(drawn)) == len(drawn)


def test_a_key_that_varies_by_less_than_a_limit_is_near_to_nothing() -> None:
    assert not is_near(np.linspace(1, VARIES, 16), np.linspace(1, VARIES, 16))
    assert is_near(np.linspace(1, VARIES + 1e-9, 16), np.linspace(1, VARIES + 1e-9, 16))


def test_one_number_alone_is_constant() -> None:
    assert is_constant(np.array([np.nan, 5.0, np.nan]))
    assert is_constant(np.array([np.nan]))


def test_without_names_there_are_as_many_points_as_agreement_needs_twice() -> None:
    assert len(Points({}).of(parse("2").tree).at) == 2 * FEWEST_POINTS


def test_the_weights_of_an_unknown_number_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        _weights("normal", 2, 16)[0] = 1.0
