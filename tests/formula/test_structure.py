"""What a formula's tree says of its draws: compared with the draws themselves, and with theory."""

from math import cosh, exp, inf, pi, sinh, sqrt, tan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.errors import FormulaError
from studytool.formula.bindings import evaluate_let
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import FUNCTIONS
from studytool.formula.intervals import UNBOUNDED
from studytool.formula.kinds import Elementwise
from studytool.formula.parse import parse
from studytool.formula.structure import Structure, structure_of
from studytool.numerics.streams import stream
from tests.rows import all_rows

NUMBERS = {"n": 3.0, "p": 0.25}


def _known(text: str, **let: str) -> Structure:
    drawn = {name: parse(formula, draws=True) for name, formula in let.items()}
    return structure_of(parse(text, draws=True), drawn, NUMBERS)


# --- ranges -----------------------------------------------------------------------------------


@all_rows(("text", "low", "high"), [
    ("bernoulli(p,[reps])", 0, 1),
    ("bernoulli(0,[reps])", 0, 0),
    ("bernoulli(1,[reps])", 1, 1),
    ("uniform(-2,n,[reps])", -2, 3),
    ("choice(n,[reps])", 0, 2),
    ("max(permutation([reps,n]),axis=1)", 0, 2),
    ("normal(0,1,[reps])", -inf, inf),
    ("normal(n,0,[reps])", 3, 3),
    ("exponential(2,[reps])", 0, inf),
    ("-exponential(2,[reps])", -inf, 0),
    ("sigmoid(normal(0,9,[reps]))", 0, 1),
    ("tanh(normal(0,9,[reps]))", -1, 1),
    ("normal(0,1,[reps])**2", 0, inf),
    ("relu(normal(0,1,[reps]))", 0, inf),
    ("abs(uniform(-3,2,[reps]))", 0, 3),
    ("uniform(-3,2,[reps])**2", 0, 9),
    ("uniform(-3,2,[reps])**3", -27, 8),
    ("uniform(1,4,[reps])**-1", 0.25, 1),
    ("uniform(1,4,[reps])**0.5", 1, 2),
    ("2**uniform(-1,3,[reps])", 0.5, 8),
    ("1/uniform(1,4,[reps])", 0.25, 1),
    ("1/uniform(0,4,[reps])", 0.25, inf),
    ("1/uniform(-1,4,[reps])", -inf, inf),
    ("exp(uniform(-1,1,[reps])) > 1", 0, 1),
    ("normal(0,1,[reps]) > 1 and uniform(0,1,[reps]) < p", 0, 1),
    ("not bernoulli(p,[reps])", 0, 1),
    ("uniform(0,7,[reps]) % 2", 0, 2),
    ("uniform(0,7,[reps]) // 2", 0, 3),
    ("bernoulli(1,[reps]) // 0.1", 9, 10),  # 9
    ("clip(normal(0,1,[reps]),-1,n)", -1, 3),
    ("max(normal(0,1,[reps]),n)", 3, inf),
    ("min(normal(0,1,[reps]),n)", -inf, 3),
    ("where(uniform(0,1,[reps]) < 1/5000, 1e6, 0)", 0, 1e6),
    ("leaky_relu(uniform(-2,1,[reps]),0.5)", -1, 1),
    ("cos(normal(0,1,[reps]))", -1, 1),
    ("sum(bernoulli(p,[reps,n]),axis=1)", 0, 3),
    ("mean(uniform(-1,1,[reps,n]),axis=1)", -1, 1),
    ("prod(bernoulli(0.2,[reps,8])/0.2,axis=1)", 0, 5**8),
    ("prod(uniform(-1,2,[reps,n]),axis=1)", -8, 8),
    ("norm(uniform(-1,1,[reps,4]),axis=1)", 0, 2),
    ("var(bernoulli(p,[reps,4]),axis=1)", 0, 0.25),
    ("dot(bernoulli(p,[reps,n]), uniform(-2,1,[3]))", -6, 3),
    ("sum(cumsum(bernoulli(p,[reps,n]),axis=1),axis=1)", 0, 9),
    ("count_nonzero(normal(0,1,[reps,n]),axis=1)", 0, 3),
    ("tan(uniform(-1,1,[reps]))", -tan(1), tan(1)),
    ("tan(uniform(2,4,[reps]))", tan(2), tan(4)),  # between two poles
    ("tan(uniform(1,2,[reps]))", -inf, inf),
    ("tan(uniform(-1,3,[reps]))", -inf, inf),
    ("tan(normal(0,1,[reps]))", -inf, inf),
    ("arccos(uniform(-1,0.5,[reps]))", pi / 3, pi),
    ("arctan2(normal(0,1,[reps]),n)", -pi, pi),
    ("sinh(uniform(-2,1,[reps]))", sinh(-2), sinh(1)),
    ("cosh(uniform(-2,1,[reps]))", 1, cosh(2)),
    ("cosh(uniform(1,2,[reps]))", cosh(1), cosh(2)),
    ("hypot(uniform(-4,1,[reps]),n)", 3, 5),
    ("degrees(uniform(0,pi,[reps]))", 0, 180),
    ("radians(uniform(-90,180,[reps]))", -pi / 2, pi),
    ("log(uniform(2,8,[reps]),2)", 1, 3),
    ("log(uniform(2,8,[reps]),1/2)", -3, -1),
    ("log(uniform(2,8,[reps]),uniform(0.5,2,[reps]))", -inf, inf),
    ("round(uniform(0.14,3.14,[reps]),1)", 0.09, 3.19),
    ("round(uniform(0,1,[reps]),-1)", -5, 6),
    ("round(normal(0,1,[reps]),2)", -inf, inf),
    ("factorial(choice(5,[reps]))", 1, 24),
    ("factorial(poisson(2,[reps]))", 1, inf),
    ("comb(n+4,choice(3,[reps]))", 0, 21),
    ("comb(7,choice(9,[reps]))", 0, 35),
    ("comb(binomial(n,0,[reps]),2)", 0, 1),
    ("leaky_relu(uniform(-1,2,[reps]),3)", -3, 2),
    ("elu(uniform(-1,2,[reps]),3)", 3 * (exp(-1) - 1), 2),
    ("normal_quantile(binomial(n,0,[reps]))", -inf, inf),
    ("comb(poisson(2,[reps]),2)", 0, inf),
    ("gamma(uniform(2,5,[reps]))", 1, 24),
    ("gamma(uniform(0.5,5,[reps]))", 0.8856, 24),
    ("gamma(normal(0,1,[reps]))", -inf, inf),
    ("normal_quantile(uniform(0.5,0.975,[reps]))", 0, 1.959963984540054),
    ("normal_quantile(uniform(0,0.5,[reps]))", -inf, 0),
    ("t_cdf(normal(0,1,[reps]),n)", 0, 1),
    ("chi2_quantile(uniform(0,1,[reps]),n)", 0, inf),
    ("t_quantile(uniform(0,1,[reps]),n)", -inf, inf),
    ("binomial(n,p,[reps])", 0, 3),
    ("binomial(n,0,[reps])", 0, 0),
    ("binomial(n,1,[reps])", 3, 3),
    ("binomial(poisson(2,[reps]),p,[reps])", 0, inf),
    ("poisson(2,[reps])", 0, inf),
    ("poisson(0,[reps])", 0, 0),
    ("geometric(p,[reps])", 1, inf),
    ("geometric(1,[reps])", 1, 1),
    ("gamma(n,2,[reps])", 0, inf),
    ("gamma(n,0,[reps])", 0, 0),
    ("xavier_variance(n,n)*bernoulli(p,[reps])", 0, 1 / 3),  # a closed form of numbers
    ("soft_threshold(normal(0,1,[reps]),1)", -inf, inf),  # of draws: unknown
    ("bernoulli(p,[reps]) if n > 2 else 10", 0, 1),  # only the chosen side
    ("bernoulli(p,[reps]) if n > 3 else 10", 10, 10),
    ("(1 < n < 5) + (1 < n < 3)", 1, 1),
    ("normal(1,2**-1-0.5,[reps])", 1, 1),  # a number that is computed, not an interval about it
    ("sum(dot(uniform(0,1,[n]),uniform(0,1,[n,4])))", 0, 12),
    ("uniform(0,2*pi,[reps])", 0, 2 * pi),
])  # fmt: skip
def test_range(text: str, low: float, high: float) -> None:
    known = _known(text).range
    assert (known.low, known.high) == pytest.approx((low, high))


@pytest.mark.parametrize(("text", "high"), [
    ("x*x", 9),  # the same draw twice: a square
    ("x**2", 9),
    ("x*y", 6),
    ("x + 1/n - 1/3", 2),
])  # fmt: skip
def test_range_of_what_let_binds(text: str, high: float) -> None:
    known = _known(text, x="uniform(-3,2,[reps])", y="uniform(-2,2,[reps])").range
    assert known.high == pytest.approx(high)
    assert known.low == pytest.approx({"x*x": 0, "x**2": 0, "x*y": -6}.get(text, -3))


# --- random formulas against their draws ------------------------------------------------------

_COLUMNS = st.sampled_from([
    "normal(0,2,[reps])", "uniform(-3,2,[reps])", "bernoulli(p,[reps])", "exponential(1,[reps])",
    "choice(4,[reps])", "binomial(3,0.4,[reps])", "poisson(2,[reps])", "geometric(0.4,[reps])",
    "gamma(2,0.5,[reps])", "sum(m,axis=1)", "mean(m,axis=1)", "prod(m,axis=1)", "var(m,axis=1)",
    "std(m,axis=1,ddof=1)", "norm(m,axis=1)", "median(m,axis=1)", "quantile(m,0.3,axis=1)",
    "min(m,axis=1)", "argmax(m,axis=1)", "max(softmax(m,axis=1),axis=1)", "dot(m,w)",
    "min(cumsum(m,axis=1),axis=1)", "max(cumprod(m,axis=1),axis=1)", "x", "c", "n", "0.5", "-2", "3",
])  # fmt: skip
_MATRICES = ["normal(0,1,[reps,3])", "uniform(-1.5,2,[reps,3])", "bernoulli(p,[reps,3])-0.125"]
_CALLS = sorted(
    (name, len(each.arguments))
    for name, one in FUNCTIONS.items()
    if isinstance(one, Elementwise)
    for each in (one, one.longer)
    if each is not None
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "<", ">=", "==", "and", "or"])
    pair = st.tuples(inner, operators, inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})")
    call = st.sampled_from(_CALLS).flatmap(
        lambda one: st.tuples(*[inner] * one[1]).map(lambda given: f"{one[0]}({','.join(given)})")
    )
    several = st.tuples(st.sampled_from(["min", "max"]), inner, inner)
    return pair | call | several.map(lambda it: f"{it[0]}({it[1]},{it[2]})")


@pytest.mark.slow
@settings(max_examples=400)
@given(text=st.recursive(_COLUMNS, _larger, max_leaves=6), matrix=st.sampled_from(_MATRICES))
def test_draws_of_random_formulas_are_where_the_tree_says(text: str, matrix: str) -> None:
    let = {
        "m": parse(matrix, draws=True),
        "w": parse("uniform(-2,1,[3])", draws=True),
        "x": parse("uniform(-3,2,[reps])", draws=True),
        "c": parse("bernoulli(0.5,[reps])", draws=True),
    }
    sample, rng = parse(text, draws=True), stream("structure", text)
    try:
        scope = evaluate_let(let, dict(NUMBERS), rng=rng, reps=200)
        drawn = np.asarray(evaluate(sample, scope, rng=rng, reps=200))
    except FormulaError:  # outside a function's domain, say
        return
    known = structure_of(sample, let, NUMBERS)
    assert known.range.low <= drawn.min(), known
    assert known.range.high >= drawn.max(), known
    assert len({f"{value + 0.0:.9g}" for value in drawn.ravel()}) <= known.values, known


@all_rows(
    ("reduction", "values"),
    [
        ("min(x,axis=1)", 3),
        ("max(x,axis=1)", 3),
        ("sort(x,axis=1)", 3),
        ("median(x,axis=1)", 3 * 3),  # between two of them, at one place
        ("quantile(x,0.3,axis=1)", 3 * 3),
        ("argmax(x,axis=1)", 5),
        ("count_nonzero(x,axis=1)", 5),  # none to all four
        ("sum(x,axis=1)", 15),  # four of three in any order: 6!/4!/2!
        ("mean(x,axis=1)", 15),
        ("var(x,axis=1)", 15),
        ("cumsum(x,axis=1)", 35),  # up to four of three
        ("softmax(x,axis=1)", 3 * 15),
    ],
)
def test_how_many_values_a_reduction_of_few_has(reduction: str, values: float) -> None:
    assert _known(reduction.replace("(x", "(choice(3,[reps,4])")).values == values


@all_rows(
    ("text", "high"),
    [
        ("var(uniform(0,1,[reps,2]),axis=1,ddof=1)", 0.5),  # of 0 and 1
        ("var(uniform(0,1,[reps,2]),axis=1)", 0.25),
        ("std(uniform(0,1,[reps,3]),axis=1,ddof=1)", sqrt(0.25 * 3 / 2)),
        ("sum(dot(uniform(0,1,[reps,3]),uniform(0,1,[3,4])),axis=1)", 12),
        ("dot(uniform(0,1,[reps,3]),uniform(0,2,[3]))", 6),
        ("norm(uniform(0,1,[reps,4]),axis=1)", 2),
        ("norm(uniform(0.2,0.5,[reps,9]),axis=1)", 1.5),
        ("norm(uniform(2,3,[reps,4]),axis=1)", 6),
        ("0-norm(uniform(2,3,[reps,4]),axis=1)", -4),
        ("0-norm(uniform(0.2,0.5,[reps,9]),axis=1)", -0.6),
    ],
)
def test_the_upper_end_of_what_many_elements_make(text: str, high: float) -> None:
    assert _known(text).range.high == pytest.approx(high, rel=1e-12)


@all_rows(
    ("text", "low", "high"),
    [
        ("uniform(0,1e200,[reps])**2", 0, inf),  # beyond a float64, and no warning
        ("uniform(1,1e200,[reps])**(0-2)", 0, 1),
        ("exp(uniform(0,1e3,[reps]))", 1, inf),
        ("var(uniform(0,1,[reps,1000]),axis=1)", 0, 0.25),
        ("sum(uniform(0,1,[reps,1000]),axis=1)", 0, 1000),
        ("prod(uniform(0,1,[reps,1000]),axis=1)", 0, 1),
        ("sigmoid(uniform(0,1,[reps]))", 0.5, 1 / (1 + exp(-1))),
    ],
)
def test_a_range_holds_its_ends_whatever_is_rounded(text: str, low: float, high: float) -> None:
    found = _known(text).range
    assert found.low <= low
    assert found.high >= high


# --- growth -----------------------------------------------------------------------------------


@all_rows(("text", "degree", "kurtosis"), [
    ("normal(0,1,[reps])", 1, 9),
    ("3*normal(n,2,[reps]) - 1", 1, 9),
    ("normal(0,1,[reps])/n", 1, 9),
    ("normal(0,1,[reps])**2", 2, 81),
    ("normal(0,1,[reps])*normal(0,1,[reps])", 2, 81),
    ("sum(normal(0,1,[reps,20])*normal(0,1,[reps,20]),axis=1)**2", 4, 9**4),
    ("prod(normal(0,1,[reps,20]),axis=1)", 20, 9**20),
    ("cumprod(normal(0,1,[reps,4]),axis=1)", 4, 9**4),
    ("dot(normal(0,1,[reps,4]), normal(0,1,[4]))", 2, 81),
    ("var(normal(0,1,[reps,4]),axis=1)", 2, 81),
    ("exponential(2,[reps])", 2, 81),
    ("exponential(2,[reps])*uniform(-1,1,[reps])", 2, 9**3),
    ("normal(normal(0,1,[reps]),1,[reps])", 1, 9),  # a drawn mean adds
    ("normal(0,exponential(1,[reps]),[reps])", 3, 9**3),  # a drawn spread multiplies
    ("uniform(0,1,[reps])", 0, 9),
    ("bernoulli(0.5,[reps])", 0, 9),
    ("prod(bernoulli(0.5,[reps,3]),axis=1)", 0, 9**3),
    ("relu(normal(0,1,[reps]))**2", 2, inf),  # as light as a square, but no polynomial
    ("abs(normal(0,1,[reps]))", 1, inf),
    ("tanh(normal(0,1,[reps]))", 0, inf),
    ("normal(0,1,[reps])*tanh(normal(0,1,[reps]))", 1, inf),
    ("sqrt(exponential(1,[reps]))", 1, inf),
    ("normal(0,1,[reps])/uniform(1,2,[reps])", 1, inf),
    ("normal(0,1,[reps])/uniform(-1,2,[reps])", inf, inf),
    ("exp(normal(0,1,[reps]))", inf, inf),
    ("exp(-normal(0,1,[reps])**2)", 0, inf),  # bounded
    ("log(prod(normal(0,1,[reps,20])**2,axis=1))", 2, inf),  # what may be asked instead
    ("bernoulli(uniform(0,1,[reps]),[reps])", 0, inf),
    ("batch_norm(normal(0,1,[reps]),0,1,1,0,0)", inf, inf),
    ("he_variance(n)*normal(0,1,[reps])", 1, 9),
    ("gamma(n,2,[reps])", 2, 81),  # six squared normal draws
    ("gamma(2.5,2,[reps])", 2, 81),
    ("gamma(0.7,2,[reps])", 2, inf),
    ("gamma(n,exponential(1,[reps]),[reps])", 4, 9**4),
    ("gamma(exponential(1,[reps]),1,[reps])", inf, inf),
    ("binomial(9,0.5,[reps])", 0, 9),
    ("binomial(n,uniform(0,1,[reps]),[reps])", 0, inf),
    ("binomial(poisson(2,[reps]),0.5,[reps])", inf, inf),
    ("poisson(2,[reps])", 2, inf),
    ("poisson(exponential(1,[reps]),[reps])", inf, inf),
    ("geometric(p,[reps])", 2, inf),
    ("degrees(normal(0,1,[reps]))**2", 2, 81),
    ("hypot(normal(0,1,[reps]),normal(0,1,[reps]))", 1, inf),
    ("log(exponential(1,[reps]),2)", 2, inf),
    ("log(2,exponential(1,[reps]))", inf, inf),
    ("round(normal(0,1,[reps]),2)", 1, inf),
    ("round(normal(0,1,[reps]),-choice(9,[reps]))", inf, inf),
    ("arctan2(normal(0,1,[reps]),1)", 0, inf),
    ("cosh(normal(0,1,[reps]))", inf, inf),
])  # fmt: skip
def test_growth(text: str, degree: float, kurtosis: float) -> None:
    known = _known(text)
    assert known.degree == degree
    assert known.kurtosis == pytest.approx(kurtosis)


@all_rows(("text", "truth"), [
    ("normal(0,1,[reps])", 3),
    ("normal(0,1,[reps])**2", 15),
    ("prod(normal(0,1,[reps,5]),axis=1)", 3**5),
    ("exponential(1,[reps])", 9),
    ("uniform(0,1,[reps])", 1.8),
    ("uniform(-1,1,[reps])**3", 7**2 / 13),
    ("bernoulli(0.001,[reps])", 1 / (0.001 * 0.999) - 3),
    ("bernoulli(0.999,[reps])", 1 / (0.001 * 0.999) - 3),
    ("bernoulli(0.01,[reps])*normal(0,1,[reps])", 300),
    ("prod(bernoulli(0.2,[reps,8])/0.2,axis=1)", 5**8 * (1 - 1e-5)),
    ("bernoulli(1e-6,[reps])*exponential(1,[reps])", 24 / 4 * 1e6 * (1 - 1e-5)),
    ("choice(1000,[reps])", 1.8 - 1e-5),
    ("gamma(0.5,1,[reps])", 3 + 6 / 0.5),
    ("gamma(3,1,[reps])", 3 + 6 / 3),
    ("gamma(0.1,1,[reps])", 3 + 6 / 0.1),
    ("binomial(1,0.001,[reps])", 3 + (1 - 6 * 0.001 * 0.999) / (0.001 * 0.999)),
    ("binomial(20,0.1,[reps])", 3 + (1 - 6 * 0.1 * 0.9) / (20 * 0.1 * 0.9)),
    ("poisson(0.01,[reps])", 3 + 1 / 0.01),
    ("geometric(0.2,[reps])", 9 + 0.2**2 / 0.8),
])  # fmt: skip
def test_kurtosis_is_above_what_theory_says(text: str, truth: float) -> None:
    assert _known(text).kurtosis >= truth


@pytest.mark.parametrize("p", [1e-9, 1e-3, 0.1, 0.3, 0.499999999, 0.5, 0.7, 0.999])
def test_fourth_moment_of_a_centred_bit_is_within_the_bound(p: float) -> None:
    """Its kurtosis is 1/(p(1 − p)) − 3; with a constant added it is less than the bound too."""
    bound = _known(f"bernoulli({p},[reps])").kurtosis
    for constant in np.linspace(-3, 3, 61):
        zero, one = constant - p, constant + 1 - p
        second = (1 - p) * zero**2 + p * one**2
        fourth = (1 - p) * zero**4 + p * one**4
        assert fourth <= bound * second**2


# --- how many values --------------------------------------------------------------------------


@all_rows(("text", "values"), [
    ("bernoulli(p,[reps])", 2),
    ("3*bernoulli(p,[reps])+1", 2),
    ("normal(0,1,[reps]) > 0", 2),
    ("normal(0,1,[reps]) and choice(6,[reps])", 2),
    ("sign(normal(0,1,[reps]))", 3),
    ("choice(6,[reps])", 6),
    ("choice(16,[reps])", 16),
    ("choice(17,[reps])", 17),
    ("dot(choice(2,[reps,1]),choice(3,[1]))", 6),
    ("choice(6,[reps])+choice(6,[reps])", 36),  # at most
    ("sum(bernoulli(p,[reps,9]),axis=1)", 10),
    ("max(bernoulli(p,[reps,9]),axis=1)", 2),
    ("count_nonzero(normal(0,1,[reps,9]) > 1,axis=1)", 10),
    ("round(uniform(0,4,[reps]))", 5),
    ("where(normal(0,1,[reps]) > 0, 1, 2)", 2),
    ("normal(0,1,[reps])*bernoulli(p,[reps])", inf),
    ("uniform(0,1,[reps])", inf),
    ("binomial(n,p,[reps])", 4),
    ("poisson(2,[reps])", inf),
    ("gamma(2,1,[reps])", inf),
    ("round(bernoulli(p,[reps])/3,2)", 2),
    ("normal(n,0,[reps])", 1),
    ("uniform(2,2,[reps])+choice(3,[reps])", 3),
    ("n", 1),
])  # fmt: skip
def test_number_of_values(text: str, values: float) -> None:
    known = _known(text)
    assert known.values == values
    assert known.has_few_values == (values <= 16)


# --- replicates -------------------------------------------------------------------------------


@pytest.mark.parametrize(("let", "text", "shared"), [
    ("normal(0,1,[1])", "a+normal(0,1,[reps])", [("a", "normal", 1)]),
    ("normal(0,1,[reps])", "a+normal(0,1,[reps])", []),
    ("1+normal(0,1,[n])", "sum(a*normal(0,1,[reps,n]),axis=1)", [("a", "normal", 3)]),
    ("normal(0,1,[reps])", "a+uniform(0,1,[1])", [(None, "uniform", 3)]),
    ("normal(0,1,[1])", "normal(0,1,[reps])", []),  # not used
    ("normal(0,1,[2*reps])", "normal(0,1,[reps])", []),
])  # fmt: skip
def test_draws_that_all_replicates_share(
    let: str, text: str, shared: list[tuple[str | None, str, int]]
) -> None:
    known = _known(text, a=let)
    assert [(one.let, one.function, one.column) for one in known.shared_draws] == shared


def test_a_name_of_let_is_found_behind_another() -> None:
    behind = _known("b", b="2*a", a="normal(0,1,[1])", c="normal(0,1,[1])", d="c+1")
    assert [one.let for one in behind.shared_draws] == ["a"]  # neither c nor d is needed


@pytest.mark.parametrize(("sizes", "low", "high"), [
    ((1, 9), 2, 27), ((9, 1), 2, 27), ((9, 9), 18, 27),
])  # fmt: skip
def test_of_sides_with_other_shapes_either_may_be_summed(
    sizes: tuple[int, int], low: float, high: float
) -> None:
    one, other = (f"uniform(2,3,[{size}])" for size in sizes)
    known = _known(f"sum({one} if sum(normal(0,1,[3])) > 0 else {other})").range
    assert known.low <= low
    assert known.high >= high


@all_rows(("text", "across"), [
    ("a-mean(a)", ["mean"]),
    ("mean(normal(0,1,[reps,n]),axis=1)", []),
    ("mean(normal(0,1,[reps,n]),axis=0)", ["mean"]),
    ("mean(normal(0,1,[reps,n]),axis=-1)", []),
    ("sort(a)", ["sort"]),
    ("cumsum(a)", ["cumsum"]),
    ("softmax(a)", ["softmax"]),
    ("sum(softmax(normal(0,1,[reps,n]),axis=1),axis=1)", []),
    ("dot(a,a)", ["dot"]),
    ("dot(normal(0,1,[reps,n]),normal(0,1,[n]))", []),
    ("permutation([reps])", ["permutation"]),
    ("permutation([n,reps])", ["permutation"]),
    ("sum(permutation([reps,n]),axis=1)", []),
    ("max(a,n)", []),
    ("sum(3)", []),
])  # fmt: skip
def test_calls_that_mix_replicates(text: str, across: list[str]) -> None:
    known = _known(text, a="normal(0,1,[reps])")
    assert [one.function for one in known.across_replicates] == across


@pytest.mark.parametrize("text", ["poisson(1e6,[reps])**1e9", "(1e9*normal(0,1,[reps]))**300"])
def test_a_size_beyond_float64_is_not_known(text: str) -> None:
    """It was an OverflowError, which ended a whole run of verify."""
    assert structure_of(parse(text, draws=True)).range.high == inf


def test_an_unknown_name_leaves_everything_open() -> None:
    known = _known("where(zzz > 0, zzz, 1)")
    assert (known.range.low, known.range.high, known.degree) == (-inf, inf, inf)
    for product in ("dot(zzz, normal(0,1,[reps,3]))", "dot(normal(0,1,[reps,3]), zzz)"):
        assert _known(product).range == UNBOUNDED


def test_a_fixed_number_is_that_number_to_the_last_bit() -> None:
    for text, value in (("2**0.5", 2**0.5), ("n/7", 3 / 7), ("n % 2 + p", 1.25), ("-n", -3.0)):
        found = _known(text).range
        assert (found.low, found.high) == (value, value)


# --- what a sum hides -------------------------------------------------------------------------


@all_rows(("text", "width"), [
    ("normal(0,1,[reps])", 0),
    ("uniform(0,3,[reps])", 0),  # bounded itself
    ("normal(0,1,[reps])+uniform(0,3,[reps])", 3),
    ("uniform(0,3,[reps])-normal(0,1,[reps])", 3),
    ("-(normal(0,1,[reps])+uniform(0,3,[reps]))", 3),
    ("normal(0,1,[reps])+sigmoid(normal(0,1,[reps]))+5*(normal(0,1,[reps]) > 1)", 6),
    ("normal(0,1,[reps])+uniform(0,3,[reps])+sigmoid(normal(0,1,[reps]))", 1),  # a polynomial first
    ("2*(normal(0,1,[reps])+uniform(0,3,[reps]))", 6),
    ("(normal(0,1,[reps])+uniform(0,3,[reps]))*(-2)", 6),
    ("(normal(0,1,[reps])+uniform(0,3,[reps]))/2", 1.5),
    ("normal(0,1,[reps])+7", 0),
    ("relu(normal(0,1,[reps]))+uniform(0,3,[reps])", 3),
    ("abs(normal(0,1,[reps])+3*sigmoid(normal(0,1,[reps])))", 3),
    ("max(normal(0,1,[reps]),uniform(0,3,[reps]))", 3),
    ("where(bernoulli(p,[reps]),normal(0,1,[reps]),-9)", 9),
    ("where(normal(0,1,[reps]) > 0,normal(0,1,[reps])**2,0)", 0),  # all that varies is the square
    ("where(bernoulli(p,[reps]),uniform(0,2,[reps]),normal(0,1,[reps]))", 3),  # 1 is its scale
    ("normal(0,1,[reps])*tanh(normal(0,2,[reps]))", 0),  # too flat for a spike
    ("normal(0,1,[reps])*tanh(normal(0,2.1,[reps]))", 2),
    ("normal(0,3,[reps])*sigmoid(50*(normal(0,1,[reps])-5))", 3),
    ("normal(0,1,[reps])*(sigmoid(normal(0,1,[reps]))-sigmoid(normal(0,1,[reps])))", 0),
    ("normal(0,1,[reps])*mean(tanh(normal(0,1,[reps,3])),axis=1)", 0),
    ("normal(0,1,[reps])*max(tanh(normal(0,1,[reps,3])),axis=1)", 2),
    ("where(uniform(0,1,[reps]) < 0.1,normal(0,5,[reps]),exponential(2,[reps]))", 5 + 2 * sqrt(2)),
    ("normal(0,1,[reps])*bernoulli(p,[reps])", 0),  # a polynomial in draws, whose kurtosis says it
    ("normal(3,2,[reps])*(uniform(0,1,[reps]) < 0.1)", 5),
    ("(1+7*(uniform(0,1,[reps]) < 0.1))*exponential(2,[reps])", 7 * 2 * sqrt(2)),
    ("normal(0,1,[reps])**2*(uniform(0,1,[reps]) < 0.1)", 3),  # ‖z²‖₂ ≤ 3
    ("gamma(3,2,[reps])*(uniform(0,1,[reps]) < 0.1)", 8),
    ("poisson(4,[reps])*(uniform(0,1,[reps]) < 0.1)", 5),
    ("exp(normal(0,1,[reps]))*(1+7*(uniform(0,1,[reps]) < 0.1))", 7),  # nothing known: a scale of 1
    ("sqrt(exponential(8,[reps]))*(uniform(0,1,[reps]) < 0.1)", 8**0.5 * 2**0.25),
    ("(normal(0,2,[reps])/4)*(1+7*(uniform(0,1,[reps]) < 0.1))", 3.5),
    ("normal(0,1,[reps])*normal(0,2,[reps])*(uniform(0,1,[reps]) < 0.1)", 6),
    ("mean(normal(0,3,[reps,4]),axis=1)*(uniform(0,1,[reps]) < 0.1)", 3),
    ("sum(normal(0,3,[reps,4]),axis=1)*(uniform(0,1,[reps]) < 0.1)", 12),
    ("normal(0,2,[reps])/(1-0.5*(uniform(0,1,[reps]) < 0.1))", 2),
    ("normal(0,2,[reps])/(uniform(0,1,[reps]) < 0.1)", 0),  # refused when it is drawn
    ("normal(0,1+6*(uniform(0,1,[reps]) < 0.1),[reps])", 6),
    ("exponential(1+6*(uniform(0,1,[reps]) < 0.1),[reps])", 6),
    ("normal(0,uniform(1,2,[reps]),[reps])", 0),
    ("normal(0,1,[reps])+where(uniform(0,1,[reps]) < 1e-6,1e6,0)", 1e6),
    ("sum(normal(0,1,[reps,4])+sigmoid(normal(0,1,[reps,4])),axis=1)", 4),
    ("mean(normal(0,1,[reps,4])+sigmoid(normal(0,1,[reps,4])),axis=1)", 1),
    ("y+normal(0,1,[reps])", 4),
    *(
        (f"normal(0,1,[reps])*{name}(normal(0,{spread},[reps]))", width)
        for name, widest, width in (
            ("sigmoid", 4, 1), ("tanh", 2, 2), ("sin", 2, 2), ("cos", 2, 2), ("arctan", pi, pi),
            ("normal_cdf", 2.5, 1), ("erf", 2 / 1.13, 2),
        )
        for spread, width in ((0.99 * widest, 0), (1.01 * widest, width))
    ),  # as wide as its steepest slope goes from end to end
    ("exp(normal(0,1,[reps]))*normal(0,2,[reps])*(uniform(0,1,[reps]) < 0.1)", 2 * sqrt(3)),
    ("z*z*(uniform(0,1,[reps]) < 0.1)", 3 * 4),  # as the square of one draw
    ("(5*uniform(0,1,[reps]))*normal(0,1,[reps])*(uniform(0,1,[reps]) < 0.1)", 5),  # its largest
    ("relu(uniform(-1,5,[reps]))*normal(0,1,[reps])*(uniform(0,1,[reps]) < 0.1)", 5),
    ("sqrt(2/mean(uniform(-1,1,[reps,9])**2,axis=1))", 0),  # a quotient, and no sum
])  # fmt: skip
def test_the_bounded_parts_of_a_sum_without_bounds(text: str, width: float) -> None:
    assert _known(
        text, y="uniform(0,4,[reps])", z="normal(0,2,[reps])"
    ).part_width == pytest.approx(width)


@all_rows("text", ["normal(0,1,[reps])", "exponential(1,[reps])*2", "uniform(0,1,[reps])"])
def test_what_is_no_sum_hides_no_polynomial(text: str) -> None:
    assert _known(text).part_kurtosis == 1


def test_there_is_one_replicate_at_least() -> None:
    assert _known("reps").range.low == 1
    assert _known("1/reps").range.high == pytest.approx(1)


@pytest.mark.parametrize(("text", "weight"), [
    ("relu(normal(0,1,[reps]))", 1),
    ("relu(normal(0,1,[reps]))+normal(0,1,[reps])**2", 2),
    ("relu(normal(0,1,[reps]))+prod(normal(0,1,[reps,3]),axis=1)-normal(0,1,[reps])", 3),
])  # fmt: skip
def test_the_polynomials_in_a_sum_that_is_none(text: str, weight: float) -> None:
    found = _known(text)
    assert found.kurtosis == inf
    assert found.part_kurtosis == pytest.approx(9**weight)
