"""The memory of a formula: what is alive counts, what is used up is let go."""

import tracemalloc

import numpy as np
import pytest

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula.bindings import evaluate_let
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import FUNCTIONS, function_of
from studytool.formula.kinds import Elementwise, Product, Reduction
from studytool.formula.parse import parse
from studytool.formula.tree import Call
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream
from tests.rows import all_rows

COUNT = 40


@pytest.fixture(autouse=True)
def three_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three arrays and a few numbers be alive at once."""
    monkeypatch.setattr("studytool.formula.budget.MAX_ALIVE_BYTES", 3 * 8 * COUNT + 64)


def _value(text: str) -> Operand:
    names = {"x": np.zeros(COUNT), "m": np.zeros((8, 5))}
    return evaluate(parse(text, draws=True), names, rng=stream("budget"))


@pytest.mark.parametrize("text", [
    "sum(x+1) + sum(x+1) + sum(x+1) + sum(x+1)",  # a reduction's array
    "sum(x+1+1+1+1+1)",  # an operation's operands
    "sum(-(-(-(-(-x)))))",
    "sum(x+1 < 2) + sum(x+1 < 2) + sum(x+1 < 2)",  # a comparison's sides
    "sum(exp(exp(exp(exp(x-9)))))",
    "dot(x+1, x) + dot(x+1, x) + dot(x+1, x) + dot(x+1, x)",
    "sum(normal(x+1, 1, [40])) + sum(normal(x+1, 1, [40])) + sum(normal(x+1, 1, [40]))",
    "sum(max(x, x+1)) + sum(max(x, x+1)) + sum(max(x, x+1)) + sum(max(x, x+1))",
    "sum(sort(x+1)) + sum(sort(x+1)) + sum(sort(x+1)) + sum(sort(x+1))",
])  # fmt: skip
def test_what_is_used_up_is_let_go(text: str) -> None:
    assert np.isfinite(_value(text))


@pytest.mark.parametrize("text", [
    "(x+1) * ((x+1) * ((x+1) * (x+1)))",
    "dot((m+1), (x+1)) if 0 else (x+1) + ((x+1) + ((x+1) + (x+1)))",
    "normal(0, 1, [4*40])",
    "x+1 < x+2",  # two sides, what holds of them, and the product with what held before
])  # fmt: skip
def test_what_is_alive_at_once_counts(text: str) -> None:
    with pytest.raises(FormulaSizeError):
        _value(text)


def test_what_a_draw_makes_on_the_way_counts_beside_what_is_alive() -> None:
    """A bit takes three arrays, a normal draw one."""
    assert np.isfinite(_value("sum(bernoulli(0.5, [40]))"))
    assert np.isfinite(_value("sum((x+1) + normal(0, 1, [40]))"))
    with pytest.raises(FormulaSizeError):
        _value("sum((x+1) + bernoulli(0.5, [40]))")


def test_a_named_array_never_counts() -> None:
    assert isinstance(_value("x + x"), np.ndarray)
    assert _value("sum(x) + sum(x) + sum(x) + sum(x) + sum(x)") == 0.0


@pytest.mark.parametrize("text", ["x < 1", "x == x", "not x", "x and 1", "-x", "argmax(m, axis=0)"])
def test_every_result_is_of_float64(text: str) -> None:
    value = _value(text)
    assert isinstance(value, np.ndarray)
    assert value.dtype == np.float64


def test_what_vanishes_is_zero_whatever_the_caller_makes_of_it() -> None:
    with np.errstate(all="raise"):
        assert _value("exp(-800)") == 0.0


@pytest.mark.parametrize("text", ["1/0", "log(0)", "1e308*10", "sqrt(-1)", "0/0"])
def test_what_is_not_finite_is_refused_whatever_the_caller_makes_of_it(text: str) -> None:
    with np.errstate(all="ignore"), pytest.raises(FormulaError):
        _value(text)


# --- what lets go on the way, and what let binds ----------------------------------------------

LARGE = 200_000
_SCRATCH_CALLS = [
    (name, f"{name}({', '.join('x' for _ in function.arguments)})")
    for name, function in FUNCTIONS.items()
    if isinstance(function, Elementwise) and function.cost < 10_000 and name != "factorial"
]
_SCRATCH_CALLS += [
    ("factorial", "factorial(0*x)"),
    ("log", "log(x, x)"),
    ("round", "round(x, 2)"),
]
_REDUCTIONS = [
    (name, call)
    for name, function in FUNCTIONS.items()
    if isinstance(function, Reduction)
    for q in [", 0.3" if name == "quantile" else ""]
    for call in (f"{name}(x{q})", f"{name}(tall{q}, axis=1)", f"{name}(wide{q}, axis=0)")
]
_DRAWS = [
    ("normal", "normal(x, x, [200000])"),
    ("uniform", "uniform(x, x, [200000])"),
    ("exponential", "exponential(x, [200000])"),
    ("bernoulli", "bernoulli(x, [200000])"),
    ("choice", "choice(9, [200000])"),
    ("permutation", "permutation([200000])"),
    ("permutation", "permutation([100000, 2])"),
    ("binomial", "binomial(9, x, [200000])"),
    ("poisson", "poisson(x, [200000])"),
    ("geometric", "geometric(x, [200000])"),
    ("gamma", "gamma(x, x, [200000])"),
]


_REACHED = {
    "uniform(x, x, [200000])", "choice(9, [200000])", "permutation([200000])",
    "poisson(x, [200000])", "geometric(x, [200000])",
}  # fmt: skip
"""Draws that make all that they are counted for."""

_OF_SECONDS = {"beta", "erf", "factorial", "gamma", "normal_cdf", "normal_quantile", "round"}


@pytest.mark.parametrize("call", [
    pytest.param(call, marks=[pytest.mark.slow] if name in _OF_SECONDS else [])
    for name, call in (*_SCRATCH_CALLS, *_REDUCTIONS, *_DRAWS)
])  # fmt: skip
def test_a_function_makes_no_more_on_the_way_than_its_scratch(
    monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Measured by NumPy's own count of its memory; a flag for each element comes on top."""
    monkeypatch.undo()
    whole = np.linspace(0.1, 0.9, LARGE)
    names = {"x": whole, "tall": whole.reshape(-1, 2), "wide": whole.reshape(2, -1)}
    formula = parse(call, draws=True)
    assert isinstance(formula.tree, Call)
    function = function_of(formula.tree)
    assert not isinstance(function, Product)
    tracemalloc.start()
    try:
        value = np.asarray(evaluate(formula, names, rng=stream("scratch")))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    result = LARGE * 8 if isinstance(function, Reduction) else value.nbytes
    assert peak <= result + (function.scratch + 0.25) * LARGE * 8 + 100_000
    assert call not in _REACHED or peak > result + (function.scratch - 0.5) * LARGE * 8


@pytest.mark.parametrize("let", [
    {"a": "x+1", "b": "x+2", "c": "x+3", "d": "x+4"},  # four arrays, though none is large
    {"a": "x+1", "b": "a+1", "c": "b+1", "d": "sum(c+1)"},  # the last only on the way
])  # fmt: skip
def test_what_let_binds_shares_one_budget(let: dict[str, str]) -> None:
    formulas = {name: parse(text) for name, text in let.items()}
    with pytest.raises(FormulaSizeError):
        evaluate_let(formulas, {"x": np.zeros(COUNT)})


def test_what_let_binds_is_alive_while_the_formula_is_computed() -> None:
    budget, two = Budget(), {"a": parse("x+1"), "b": parse("x+2")}
    scope = evaluate_let(two, {"x": np.zeros(COUNT)}, budget=budget)
    assert budget.alive == 2 * 8 * COUNT
    assert evaluate(parse("sum(a*b)"), scope, budget=budget) == 2 * COUNT
    with pytest.raises(FormulaSizeError):
        evaluate(parse("a*b + (a+b)"), scope, budget=budget)


def test_a_number_of_let_costs_nothing_that_lasts() -> None:
    budget = Budget()
    evaluate_let({"a": parse("sum(x+1)")}, {"x": np.zeros(COUNT)}, budget=budget)
    assert budget.alive <= 8


@all_rows(
    "name",
    [
        name
        for name, one in FUNCTIONS.items()
        if isinstance(one, Elementwise) and one.scratch >= 1 and len(one.arguments) == 1
    ],
)
def test_what_a_function_makes_on_the_way_counts(name: str) -> None:
    """With room for the result alone it is refused; with room for its scratch too it is computed."""
    function = FUNCTIONS[name]
    assert isinstance(function, Elementwise)
    formula, names = parse(f"{name}(x)"), {"x": np.full(COUNT, 0.5)}
    needed = 8 * COUNT * (1 + function.scratch)
    for left, refused in ((8 * COUNT, True), (needed - 1, True), (needed, False)):
        budget = Budget(alive=int(3 * 8 * COUNT + 64 - left))
        try:
            evaluate(formula, names, budget=budget)
        except FormulaSizeError:
            assert refused
        except FormulaError:  # outside of its domain: it was admitted
            assert not refused
        else:
            assert not refused
