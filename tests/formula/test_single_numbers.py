"""Formulas of single numbers as functions, against the walk through their trees, bit by bit."""

import struct

import numpy as np
import pytest

from studytool.errors import FormulaError
from studytool.formula import accuracy
from studytool.formula.accuracy import accuracy_of, value_in_steps
from studytool.formula.budget import Budget
from studytool.formula.evaluate import Evaluation, evaluate
from studytool.formula.functions import CONSTANTS
from studytool.formula.parse import Formula, parse
from studytool.formula.single_numbers import single_numbers
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream
from tests.formula import fuzz
from tests.rows import all_rows

NAMES: dict[str, Operand] = {"x": 0.3, "y": -2.0, "reps": 4.0}


def walked(formula: Formula) -> str | bytes:
    try:
        value = Evaluation({**CONSTANTS, **NAMES}, None, Budget()).whole(formula)
    except FormulaError as error:
        return error.text("en")
    return struct.pack("d", value) if isinstance(value, float) else repr(value)


def soon(formula: Formula) -> str | bytes:
    try:
        value = evaluate(formula, NAMES)
    except FormulaError as error:
        return error.text("en")
    return struct.pack("d", value) if isinstance(value, float) else repr(value)


def formulas(count: int) -> list[Formula]:
    """Return formulas of the fuzzer that are in the language and draw nothing."""
    found: dict[str, Formula] = {}
    rng = stream("single numbers")
    while len(found) < count:
        text = fuzz.make_input(rng)
        try:
            formula = parse(text)
        except FormulaError:
            continue
        if "cumsum" not in text and "quantile" not in text:  # slow, and arrays
            found[text] = formula
    return list(found.values())


@pytest.mark.parametrize(
    "text",
    [
        "x + y*2 - 1/3",
        "2**y",
        "x if x < 1 else 1/0",  # the side not chosen is not computed
        "1/0 if x < 1 else x",
        "0/0 + 1",
        "1/(9**9**9)",  # an overflow on the way
        "1e308*10 - 1e308*10",
        "0.3 == 0.1*3 <= 0.3 > 0.2",
        "not x and y or 0",
        "-x",
        "max(x, y, 3)",
        "7 % 4 // 2",
        "log(1000, 10)",
        "sqrt(y)",  # refused with the walk's own words
        "unknown + 1",
        "pi*e",
        "sum(x)",  # takes arrays
        "max(x)",
        "quantile(x, 0.5)",
        "max(x, y, axis=0)",
    ],
)
def test_a_function_gives_what_the_walk_gives(text: str) -> None:
    formula = parse(text)
    assert soon(formula) == walked(formula)


def test_functions_give_what_walks_give_for_formulas_of_the_fuzzer() -> None:
    tried = formulas(600)
    for formula in tried:
        assert soon(formula) == walked(formula), formula.text
    functions = [single_numbers(formula) for formula in tried]
    given = [one.compute(NAMES) for one in functions if one is not None]
    assert sum(number is not None for number in given) > len(tried) // 4


def spent_on_the_walk(formula: Formula) -> float:
    budget = Budget()
    at_first = budget.operations
    Evaluation({**CONSTANTS, **NAMES}, None, budget).whole(formula)
    return at_first - budget.operations


def test_a_function_costs_what_its_walk_costs() -> None:
    """The side of a choice that is not taken counts too: how much it takes is told beforehand."""
    tried = 0
    for formula in formulas(600):
        function = single_numbers(formula)
        if function is not None and isinstance(walked(formula), bytes):
            spent = spent_on_the_walk(formula)
            assert spent <= function.cost, formula.text
            assert spent == function.cost or " if " in formula.text, formula.text
            tried += 1
    assert tried > 100


@all_rows(
    "text",
    [
        "x if x > 1 else y",
        "x < y < 3",
        "x == x",
        "1 if x < 1 else y",
        "max(x, y)",
        "-x",
        "not x",
        "2**y",
    ],
)
def test_what_needs_no_walk(text: str) -> None:
    function = single_numbers(parse(text))
    assert function is not None
    assert function.compute(NAMES) == evaluate(parse(text), NAMES)


@all_rows(
    ("text", "cost"),
    [
        ("x if y else -x", 1.0),
        ("-x if x+y+1 else x*x*x*x", 6.0),
        ("x < y < 3", 4.0),
        ("-(-x)", 2.0),
        ("max(x, y, 3)", 6.0),
        ("hypot(x, y)", 10.0),
        ("(x+y) % y", 3.0),
        ("2*x if sqrt(x) else exp(y)", 15.0),
    ],
)
def test_what_a_function_costs(text: str, cost: float) -> None:
    function = single_numbers(parse(text))
    assert function is not None
    assert function.cost == cost


def test_steps_are_changed_as_on_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = [formula for formula in formulas(400) if isinstance(walked(formula), bytes)]
    found = [_in_steps(formula) for formula in tried]
    monkeypatch.setattr(accuracy, "stepped_numbers", lambda _: None)
    assert found == [_in_steps(formula) for formula in tried]


def _in_steps(formula: Formula) -> tuple[object, ...]:
    value = evaluate(formula, NAMES)
    assert isinstance(value, float)
    let = {"y": parse("x - 2.3")}
    given: dict[str, Operand] = {"x": 0.3, "reps": 4.0}
    rounded = value_in_steps(formula, let, given, sigfigs=3)
    return accuracy_of(value, formula, let, given), rounded


def test_a_function_takes_its_cost_from_a_shared_budget() -> None:
    budget = Budget(operations=25.0)
    evaluate(parse("exp(1) + 1"), {}, budget=budget)
    assert budget.operations == 14
    with pytest.raises(FormulaError, match="operations"):
        evaluate(parse("exp(1) + exp(2)"), {}, budget=budget)


def test_what_vanishes_needs_no_walk_whatever_the_caller_makes_of_it() -> None:
    function = single_numbers(parse("exp(x-800)"))
    assert function is not None
    with np.errstate(all="raise"):
        assert function.compute(NAMES) == 0.0


def test_one_argument_of_a_maximum_may_be_an_array() -> None:
    assert single_numbers(parse("max(x)")) is None
