"""What the language computes, against Python's own arithmetic, the math module and SciPy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import FormulaError
from studytool.formula.bindings import evaluate_let, resolve_order
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream
from tests.formula import fuzz
from tests.rows import all_rows


@all_rows(
    ("text", "value"),
    [
        ("2/(fan_in+fan_out)", 2 / 96),
        ("-2**2", -4.0),  # the power binds tighter than the sign, as in Python
        ("2**-1", 0.5),
        ("(-0.3)**3", -0.027),
        ("2**3**2", 512.0),  # from the right
        ("7//2 + 7%4", 6.0),
        ("1 < 2 < 3", 1.0),
        ("0.3 != 0.1*3", 0.0),  # decimals, which binary holds but nearly
        ("0.1*3 <= 0.3", 1.0),
        ("0.1*3 > 0.3", 0.0),
        ("1 - 0.9 == 0.1", 1.0),
        ("1 == 1.00000000000001", 0.0),
        ("1 < 2 > 3", 0.0),
        ("2 < 1 + 2", 1.0),  # the sum binds tighter, on both sides
        ("1 + 2 > 2 * 1 < 1 + 2", 1.0),
        ("not 1 < 2", 0.0),
        ("1 and 0 or 1", 1.0),
        ("3 if fan_in > 50 else 1/0", 3.0),  # the side not chosen is not computed
        ("max(1, fan_in, 3)", 64.0),
        ("min(4, 2)", 2.0),
        ("pi*e", math.pi * math.e),
        ("1e-3 + .5 + 5.", 5.501),
        ("round(2.5)", 2.0),  # halves to even
        ("clip(7, 0, 1)", 1.0),
        ("sigmoid(0)", 0.5),
        ("leaky_relu(-2, 0.1)", -0.2),
        ("elu(-1, 1)", math.expm1(-1)),
        ("normal_pdf(0)", 1 / math.sqrt(2 * math.pi)),
        ("gamma(3) + mean(gamma(3, 0, [2]))", 2.0),  # a list of sizes makes it a draw
    ],
)
def test_scalars_against_python(text: str, value: float) -> None:
    names: dict[str, Operand] = {"fan_in": 64.0, "fan_out": 32.0}
    result = evaluate(parse(text, draws=True), names, rng=stream("scalars"))
    assert isinstance(result, float)
    assert result == pytest.approx(value, rel=1e-15)


@all_rows(
    ("text", "value"),
    [
        ("sum(x)", 21.0),
        ("sum(x, axis=0)", [5.0, 7.0, 9.0]),
        ("mean(x, axis=1)", [2.0, 5.0]),
        ("var(x, ddof=1)", 3.5),
        ("prod(x, axis=-1)", [6.0, 120.0]),
        ("cumprod(x, axis=1)", [[1.0, 2.0, 6.0], [4.0, 20.0, 120.0]]),
        ("max(x)", 6.0),
        ("max(x, axis=1)", [3.0, 6.0]),
        ("min(x, axis=-2)", [1.0, 2.0, 3.0]),
        ("max(x, 4)", [[4.0, 4.0, 4.0], [4.0, 5.0, 6.0]]),
        ("quantile(x, 0.5, axis=0)", [2.5, 3.5, 4.5]),
        ("mean(where(x > 5, x, 0) / x, axis=1)", [0.0, 1 / 3]),
        ("sort(-x, axis=1)", [[-3.0, -2.0, -1.0], [-6.0, -5.0, -4.0]]),
        ("argmax(x, axis=1)", [2.0, 2.0]),
        ("norm(x, axis=1)**2", [14.0, 77.0]),
        ("dot(x, sum(x, axis=0))", [46.0, 109.0]),
        ("sum(softmax(x, axis=1), axis=1)", [1.0, 1.0]),
        ("where(x > 3, x, 0)", [[0.0, 0.0, 0.0], [4.0, 5.0, 6.0]]),
        ("quantile(x, 0.5)", 3.5),
        ("count_nonzero(x > 2)", 4.0),
        ("x**2", [[1.0, 4.0, 9.0], [16.0, 25.0, 36.0]]),
        ("x**3", [[1.0, 8.0, 27.0], [64.0, 125.0, 216.0]]),  # by two products
        ("x**4", [[1.0, 16.0, 81.0], [256.0, 625.0, 1296.0]]),
    ],
)
def test_arrays_against_hand_computation(text: str, value: object) -> None:
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    np.testing.assert_allclose(evaluate(parse(text), {"x": x}), np.asarray(value), rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("softmax(y + 1000)", [1 / 11, 10 / 11]),  # no power overflows
        ("softmax(z, axis=1)", [[1 / 11, 10 / 11], [1 / 11, 10 / 11]]),  # each by its own maximum
        ("softmax(z, axis=0)", [[0.0, 0.0], [1.0, 1.0]]),
        ("count_nonzero(z, axis=1)", [1.0, 2.0]),
        ("count_nonzero(z, axis=0)", [1.0, 2.0]),
        ("argmax(z, axis=0)", [1.0, 1.0]),
        ("argmax(z)", 3.0),
        ("sort(-z, axis=0)", [[-2000.0, -2000.0 - math.log(10)], [0.0, -math.log(10)]]),
    ],
)
def test_axes_and_large_numbers(text: str, value: object) -> None:
    ten = math.log(10)
    names: dict[str, Operand] = {
        "y": np.array([0.0, ten]), "z": np.array([[0.0, ten], [2000.0, 2000.0 + ten]]),
    }  # fmt: skip
    np.testing.assert_allclose(evaluate(parse(text), names), np.asarray(value), rtol=1e-12)


def test_a_permutation_is_of_each_row() -> None:
    drawn = evaluate(parse("permutation([5, 4])", draws=True), {}, rng=stream("rows"))
    assert np.sort(drawn, axis=-1).tolist() == [[0.0, 1.0, 2.0, 3.0]] * 5


def test_inputs_are_only_read() -> None:
    x = np.array([3.0, 1.0, 2.0])
    evaluate(parse("sum(sort(x) + cumsum(x) - x)"), {"x": x})
    assert x.tolist() == [3.0, 1.0, 2.0]


def test_draws_have_the_moments_they_name() -> None:
    count = 400_000
    for text, mean, variance in [
        ("normal(3, 2, [reps])", 3.0, 4.0),
        ("uniform(-1, 2, [reps])", 0.5, 0.75),
        ("bernoulli(0.3, [reps])", 0.3, 0.21),
        ("exponential(2, [reps])", 2.0, 4.0),
        ("choice(5, [reps])", 2.0, 2.0),
        ("permutation([reps, 3])", 1.0, 2 / 3),
        ("binomial(9, 0.3, [reps])", 2.7, 1.89),
        ("poisson(2.5, [reps])", 2.5, 2.5),
        ("geometric(0.4, [reps])", 2.5, 3.75),
        ("gamma(3, 2, [reps])", 6.0, 12.0),
    ]:
        formula = parse(text, draws=True)
        drawn = evaluate(formula, {}, rng=stream("moments", text), reps=count)
        error = abs(float(np.mean(drawn)) - mean) / math.sqrt(variance / count)
        assert error < 5, text  # five standard errors: false alarm 6e-7


@pytest.mark.oracle
def test_special_functions_against_scipy() -> None:
    special = pytest.importorskip("scipy.special", reason="the oracle group is not installed")
    x = np.linspace(-6, 6, 401)
    ours = {name: evaluate(parse(f"{name}(x)"), {"x": x}) for name in ("erf", "normal_cdf")}
    chance = np.concatenate((np.logspace(-300, -3, 50), np.linspace(0.01, 0.99, 99)))
    quantile = evaluate(parse("normal_quantile(p)"), {"p": chance})
    np.testing.assert_allclose(quantile, special.ndtri(chance), rtol=1e-14, atol=1e-15)
    whole = np.arange(0.0, 171)
    np.testing.assert_allclose(
        evaluate(parse("factorial(n)"), {"n": whole}), special.factorial(whole), rtol=1e-13
    )
    np.testing.assert_allclose(
        evaluate(parse("comb(60, n)"), {"n": whole}), special.comb(60, whole), rtol=1e-13
    )
    np.testing.assert_allclose(ours["erf"], special.erf(x), rtol=0, atol=1e-15)
    np.testing.assert_allclose(ours["normal_cdf"], special.ndtr(x), rtol=1e-13)
    positive = np.linspace(0.1, 20, 100)
    names = {"x": positive}
    np.testing.assert_allclose(
        evaluate(parse("gamma(x)"), names), special.gamma(positive), rtol=1e-13
    )
    np.testing.assert_allclose(
        evaluate(parse("beta(x, 2.5)"), names), special.beta(positive, 2.5), rtol=1e-12
    )


# --- let --------------------------------------------------------------------------------------


def test_let_is_computed_in_the_order_of_need() -> None:
    let = {"b": parse("a*2"), "a": parse("x+1"), "c": parse("a+b")}
    assert evaluate_let(let, {"x": 1.0}) == {"x": 1.0, "a": 2.0, "b": 4.0, "c": 6.0}


def test_let_may_draw_with_the_replicates_of_the_check() -> None:
    let = {"a": parse("normal(0, 1, [reps])", draws=True), "b": parse("sum(a*0) + reps")}
    found = evaluate_let(let, {}, rng=stream("let"), reps=3)
    assert np.shape(found["a"]) == (3,)
    assert found["b"] == 3.0


def test_a_circle_is_named() -> None:
    with pytest.raises(FormulaError, match=r"names go round in a circle: (a → b → a|b → a → b)"):
        resolve_order({"a": parse("b"), "b": parse("a")})


# --- laws -------------------------------------------------------------------------------------

_LEAVES = st.sampled_from(["1", "0", "2.5", "1e300", "x", "y", "z", "pi", "1e-300"])
_OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "<", "and"]
_INSIDE = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(_OPERATORS), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        st.tuples(st.sampled_from(["sqrt", "exp", "log", "gamma", "sum", "sort"]), inner).map(
            lambda pair: f"{pair[0]}({pair[1]})"
        ),
        st.tuples(inner, inner, inner).map(lambda t: f"{t[0]} if {t[1]} else {t[2]}"),
    ),
    max_leaves=12,
)


def _value_or_reason(text: str) -> bool:
    """Tell whether a formula gave a finite value or a reason; anything else raises."""
    names: dict[str, Operand] = {"x": 2.0, "y": np.array([1.0, -2.0, 3.0])}
    try:
        value = evaluate(parse(text, draws=True), names, rng=stream("law"))
    except FormulaError as error:
        return bool(error.why)
    return bool(np.isfinite(value).all())


@given(_INSIDE)
def test_inside_the_language_a_finite_value_or_a_reason(text: str) -> None:
    assert _value_or_reason(text)


@pytest.mark.slow
@given(st.text(max_size=60) | st.text("()[]+-*/.,_=<>0123456789eExsqrtnormal ", max_size=60))
def test_outside_the_language_a_value_or_a_reason(text: str) -> None:
    assert _value_or_reason(text)


@pytest.mark.slow
def test_fuzzing_finds_only_values_and_reasons() -> None:
    rng = stream("fuzz in CI")
    values = sum(fuzz.try_input(fuzz.make_input(rng), rng) for _ in range(20_000))
    assert values > 2_000  # else it would not reach the evaluator
