"""The memory of a formula: what is alive counts, what is used up is let go."""

import numpy as np
import pytest

from studytool.errors import FormulaError, FormulaSizeError
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse
from studytool.numerics.arrays import Operand
from studytool.numerics.streams import stream

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
