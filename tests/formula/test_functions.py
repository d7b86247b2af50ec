"""Every operator and function by hand-computed values, and what each costs of the budget."""

import math

import numpy as np
import pytest

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula.budget import Budget
from studytool.formula.draws import DRAWS
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import BINARY, FUNCTIONS, UNARY
from studytool.formula.kinds import Elementwise, Product
from studytool.formula.limits import MAX_OPERATIONS
from studytool.formula.parse import parse
from studytool.numerics.closed_forms import CLOSED_FORMS
from studytool.numerics.streams import stream
from tests.rows import all_rows

VALUES = [
    ("sqrt(2)", math.sqrt(2)),
    ("exp(1.5)", math.exp(1.5)),
    ("log(3)", math.log(3)),
    ("log2(3)", math.log2(3)),
    ("log10(3)", math.log10(3)),
    ("log1p(1e-12)", math.log1p(1e-12)),
    ("expm1(1e-12)", math.expm1(1e-12)),
    ("sin(1)", math.sin(1)),
    ("cos(1)", math.cos(1)),
    ("arcsin(0.3)", math.asin(0.3)),
    ("arctan(0.3)", math.atan(0.3)),
    ("tan(1)", math.tan(1)),
    ("tan(-20)", math.tan(-20)),
    ("tan(0)", 0.0),
    ("tan(pi)", math.tan(math.pi)),  # no pole
    ("arccos(0.3)", math.acos(0.3)),
    ("arccos(-1)", math.pi),
    ("arctan2(-1, -2)", math.atan2(-1, -2)),
    ("arctan2(1, 0)", math.pi / 2),
    ("sinh(0.7)", math.sinh(0.7)),
    ("cosh(-0.7)", math.cosh(0.7)),
    ("hypot(3, 4)", 5.0),
    ("hypot(1e300, 1e300)", math.hypot(1e300, 1e300)),  # whose squares would overflow
    ("degrees(pi/6)", 30.0),
    ("radians(180)", math.pi),
    ("log(5, 3)", math.log(5) / math.log(3)),
    ("log(1000, 10)", 3.0),  # exactly
    ("log(2**29, 2)", 29.0),
    ("log(8, 1/2)", -3.0),
    ("round(2.675, 2)", 2.67),  # the float64 lies below the half
    ("round(1234.5, -2)", 1200.0),
    ("round(0.125, 2)", 0.12),  # halves to even
    ("factorial(0)", 1.0),
    ("factorial(20)", float(math.factorial(20))),
    ("factorial(170)", float(math.factorial(170))),
    ("comb(52, 5)", 2_598_960.0),
    ("round(2/3, 300)", 2 / 3),
    ("round(2/3, -300)", 0.0),
    ("comb(5, 7)", 0.0),
    ("comb(0, 0)", 1.0),
    ("comb(1029, 514)", float(math.comb(1029, 514))),  # the largest that a float64 holds
    ("comb(1e9, 2)", float(math.comb(10**9, 2))),
    ("comb(1e9, 1e9 - 2)", float(math.comb(10**9, 2))),
    ("normal_quantile(0.975)", 1.959963984540054),  # R 4: qnorm
    ("normal_quantile(0.5)", 0.0),
    ("t_quantile(0.975, 10)", 2.228138851986274),  # SciPy 1.15: stats.t.ppf
    ("t_cdf(2, 4)", 0.9419417382415922),  # stats.t.cdf
    ("chi2_quantile(0.95, 3)", 7.814727903251179),  # stats.chi2.ppf
    ("chi2_cdf(2, 4)", 0.2642411176571153),  # 1 - 2/e
    ("abs(-2.5)", 2.5),
    ("sign(-3)", -1.0),
    ("floor(-1.5)", -2.0),
    ("ceil(-1.5)", -1.0),
    ("round(3.5)", 4.0),
    ("clip(-7, 0, 1)", 0.0),
    ("clip(0.5, 0, 1)", 0.5),
    ("where(2, 3, 4)", 3.0),
    ("where(0, 3, 4)", 4.0),
    ("tanh(0.7)", math.tanh(0.7)),
    ("sigmoid(0.7)", 1 / (1 + math.exp(-0.7))),
    ("relu(-2)", 0.0),
    ("relu(2)", 2.0),
    ("leaky_relu(-2, 0.1)", -0.2),
    ("leaky_relu(2, 0.1)", 2.0),
    ("elu(-1, 2)", 2 * math.expm1(-1)),
    ("elu(1, 2)", 1.0),
    ("erf(0.7)", math.erf(0.7)),
    ("normal_pdf(1.2)", math.exp(-0.72) / math.sqrt(2 * math.pi)),
    ("normal_cdf(1.2)", 0.5 * (1 + math.erf(1.2 / math.sqrt(2)))),
    ("normal_cdf(-9)", 0.5 * math.erfc(9 / math.sqrt(2))),
    ("gamma(4.5)", math.gamma(4.5)),
    ("beta(2, 3.5)", math.gamma(2) * math.gamma(3.5) / math.gamma(5.5)),
    ("sum(x)", 10.0),
    ("mean(x)", 2.5),
    ("var(x)", 1.25),
    ("var(x, ddof=1)", 5 / 3),
    ("std(x)", math.sqrt(1.25)),
    ("std(x, ddof=1)", math.sqrt(5 / 3)),
    ("prod(x)", 24.0),
    ("min(x)", 1.0),
    ("max(x)", 4.0),
    ("max(3, 1, 2)", 3.0),
    ("min(3, 1, 2)", 1.0),
    ("norm(x)", math.sqrt(30)),
    ("median(x)", 2.5),
    ("quantile(x, 0)", 1.0),
    ("quantile(x, 1)", 4.0),
    ("quantile(x, 0.25)", 1.75),
    ("argmax(x)", 0.0),
    ("count_nonzero(x - 1)", 3.0),
    ("sum(cumsum(x))", 4 + 7 + 9 + 10.0),
    ("sum(cumprod(x))", 4 + 12 + 24 + 24.0),
    ("dot(sort(x), x)", 4 + 6 + 6 + 4.0),
    ("max(softmax(x))", 1 / (1 + math.exp(-1) + math.exp(-2) + math.exp(-3))),
    ("dot(x, x)", 30.0),
    ("7 + 2", 9.0),
    ("7 - 2", 5.0),
    ("7 * 2", 14.0),
    ("7 / 2", 3.5),
    ("-7 // 2", -4.0),
    ("-7 % 4", 1.0),
    ("7 ** 2", 49.0),
    ("7 and 0", 0.0),
    ("7 and 2", 1.0),
    ("0 or 2", 1.0),
    ("0 or 0", 0.0),
    ("2 < 2", 0.0),
    ("2 <= 2", 1.0),
    ("2 > 2", 0.0),
    ("2 >= 2", 1.0),
    ("2 == 2", 1.0),
    ("2 != 2", 0.0),
    ("+3", 3.0),
    ("-3", -3.0),
    ("not 3", 0.0),
    ("not 0", 1.0),
]


@all_rows(("text", "value"), VALUES)
def test_values_against_the_math_module(text: str, value: float) -> None:
    found = evaluate(parse(text), {"x": np.array([4.0, 3.0, 2.0, 1.0])})
    assert isinstance(found, float)
    is_iterated = text.startswith(("t_", "chi2_"))
    assert found == pytest.approx(value, rel=1e-12 if is_iterated else 1e-14, abs=1e-300)


@pytest.mark.parametrize("text", ["sum(y)", "mean(y)", "min(y)", "quantile(y, 0.5)"])
def test_one_element_is_enough_and_none_is_not(text: str) -> None:
    formula = parse(text)
    assert evaluate(formula, {"y": np.array([3.0])}) == 3.0
    with pytest.raises(FormulaError, match=r"too few elements \(0\)"):
        evaluate(formula, {"y": np.zeros(0)})


def test_the_table_has_every_operator_and_function() -> None:
    said = " ".join(text for text, _ in VALUES)
    functions = set(FUNCTIONS) - set(CLOSED_FORMS)
    assert {name for name in functions if f"{name}(" not in said} == set()
    assert {name for name in {*BINARY, *UNARY} if name not in said} == set()


@all_rows(
    ("text", "low", "high"),
    [
        ("normal(3, 0, [4])", 3.0, 3.0),
        ("normal(0, 0.5, [4])", -5.0, 5.0),  # ten standard deviations
        ("uniform(2, 2, [4])", 2.0, 2.0),
        ("uniform(-2, -1, [4])", -2.0, -1.0),
        ("bernoulli(0, [4])", 0.0, 0.0),
        ("bernoulli(1, [4])", 1.0, 1.0),
        ("exponential(0, [4])", 0.0, 0.0),
        ("exponential(0.5, [4])", 0.0, 20.0),
        ("choice(1, [4])", 0.0, 0.0),
        ("choice(2, [4])", 0.0, 1.0),
        ("normal(normal(0, 1, [4]), 1, [4])", -20.0, 20.0),  # a parameter for each draw
        ("permutation([4])", 0.0, 3.0),
        ("binomial(0, 0.5, [4])", 0.0, 0.0),
        ("binomial(9, 0, [4])", 0.0, 0.0),
        ("binomial(9, 1, [4])", 9.0, 9.0),
        ("binomial(1e15, 0.5, [4])", 4e14, 6e14),
        ("poisson(0, [4])", 0.0, 0.0),
        ("poisson(1e15, [4])", 9e14, 2e15),
        ("geometric(1, [4])", 1.0, 1.0),
        ("geometric(1e-12, [4])", 1.0, 1e15),
        ("gamma(2, 0, [4])", 0.0, 0.0),
        ("gamma(2, 3, [4])", 0.0, 300.0),
    ],
)
def test_draws_at_the_edges_of_their_parameters(text: str, low: float, high: float) -> None:
    drawn = evaluate(parse(text, draws=True), {}, rng=stream("edges"))
    assert np.shape(drawn) == (4,)
    assert np.all((low <= drawn) & (drawn <= high))


COSTS = {
    1: "abs sign floor ceil round relu degrees radians",
    2: "clip where leaky_relu sum mean prod min max argmax count_nonzero",
    4: "sqrt var std norm cumsum cumprod",
    10: "exp log log2 log10 log1p expm1 sin cos arcsin arccos arctan sinh cosh tanh hypot sigmoid"
    " elu normal_pdf",
    20: "softmax tan arctan2",
    40: "median quantile sort",
    100: "erf normal_cdf gamma factorial",
    200: "beta",
    300: "normal_quantile",
    100_000: "comb",
    500_000: "t_cdf chi2_cdf",
    10_000_000: "t_quantile chi2_quantile",
}
"""Weighted operations for each element; a closed form of the core costs 20."""
COSTS_OF_DRAWS = {
    30: "normal uniform bernoulli exponential choice permutation",
    100: "geometric gamma",
    200: "binomial poisson",
}


SCRATCH = {
    1: "where var std norm argmax count_nonzero",
    2: "sigmoid leaky_relu normal_pdf median softmax",
    3: "elu",
    4: "tan quantile",
    6: "erf gamma beta factorial comb normal_cdf normal_quantile t_cdf t_quantile chi2_cdf"
    " chi2_quantile",
}
"""Arrays of the result's size made on the way, at most; a closed form of the core makes 4."""
SCRATCH_OF_DRAWS = {1: "uniform choice permutation poisson geometric", 2: "bernoulli binomial"}


def test_what_is_made_on_the_way() -> None:
    made = {
        name: function.scratch
        for name, function in FUNCTIONS.items()
        if not isinstance(function, Product) and name not in CLOSED_FORMS and function.scratch
    }
    assert made == {name: count for count, names in SCRATCH.items() for name in names.split()}
    assert {name: one.scratch for name, one in DRAWS.items() if one.scratch} == {
        name: count for count, names in SCRATCH_OF_DRAWS.items() for name in names.split()
    }
    forms = [FUNCTIONS[name] for name in CLOSED_FORMS]
    assert {one.scratch for one in forms if isinstance(one, Elementwise)} == {4}
    longer = {name: one.longer for name, one in FUNCTIONS.items() if isinstance(one, Elementwise)}
    assert {name: (one.cost, one.scratch) for name, one in longer.items() if one is not None} == {
        "log": (40, 5), "round": (100, 6),
    }  # fmt: skip


def test_costs() -> None:
    weighed = {
        name: function.cost
        for name, function in FUNCTIONS.items()
        if not isinstance(function, Product) and name not in CLOSED_FORMS
    }
    assert weighed == {name: cost for cost, names in COSTS.items() for name in names.split()}
    assert {name: one.cost for name, one in DRAWS.items()} == {
        name: cost for cost, names in COSTS_OF_DRAWS.items() for name in names.split()
    }
    closed_forms = [FUNCTIONS[name] for name in CLOSED_FORMS]
    assert {one.cost for one in closed_forms if isinstance(one, Elementwise)} == {20}
    dear = {"//": 2, "%": 2, "**": 20}
    assert {name: cost for name, (_, cost) in BINARY.items()} == {
        name: dear.get(name, 1) for name in BINARY
    }


@all_rows(
    ("text", "operations"),
    [
        ("x + x", 4),  # one for each element
        ("-x", 4),
        ("x ** 2", 4 * 20),
        ("exp(x)", 4 * 10),
        ("x < x < x", 4 + 4 + 4 + 4),  # each comparison, and each product with those before
        ("log(x, 3)", 4 * 40),
        ("round(x, 2)", 4 * 100),
        ("sum(x)", 4 * 2),
        ("max(x, 1, 2)", 4 * 2 * 3),  # two for each of the values compared
        ("dot(x, x)", 4),  # a product for each element
        ("dot(m, k)", 8 * 3 * 5),  # five for each of the 8 × 3 elements
        ("dot(m, sum(k, axis=1))", 8 * 5 + 15 * 2),
        ("dot(sum(m, axis=1), m)", 5 * 8 + 40 * 2),
        ("normal(0, 1, [5])", 5 * 30),
        ("1 if 1 else exp(x)", 0),  # the side that is not chosen costs nothing
    ],
)
def test_what_a_formula_takes_of_its_budget(text: str, operations: int) -> None:
    budget = Budget()
    names = {"x": np.ones(4), "m": np.ones((8, 5)), "k": np.ones((5, 3))}
    evaluate(parse(text, draws=True), names, rng=stream("budget"), budget=budget)
    assert MAX_OPERATIONS - budget.operations == operations


def test_the_limits_are_reached_and_not_passed() -> None:
    budget = Budget()
    assert budget.alive == 0
    budget.take((4_000_000,), cost=500, column=1)  # exactly what one formula may use
    assert budget.operations == 0
    Budget(alive=512 * 2**20 - 8).take((1,), cost=1, column=1)
    Budget(alive=512 * 2**20 - 40).take((1,), cost=1, column=1, scratch=4)
    with pytest.raises(FormulaSizeError):
        Budget(alive=512 * 2**20 - 40).take((1,), cost=1, column=1, scratch=4.5)
    Budget().take((2, 2, 2, 2), cost=1, column=1)
