"""The limits of a formula's text: what lies on a limit is read, one more is refused."""

import pytest

from studytool.errors import FormulaError
from studytool.formula.parse import parse, parse_once
from tests.rows import all_rows


@all_rows("text", [
    "1" + " " * 1999,  # 2,000 characters
    "1" * 40,
    "1e308",
    "0",
    "0.5",
    ".5",
    "5.",
    "0e0",
    "1E+3",
    "_x",
    "x__y",
    "\t1\n",
    "1+" * 99 + "-1",  # 200 operations and values
    "---" + "+".join(["(1 if 2 else 3)"] * 33),  # 200 with the conditionals
    "-" + "+".join(["2**2"] * 50),
    "-" + "+".join(["(1<2)"] * 40),
    "(" * 31 + "1" + ")" * 31,  # 32 levels
    "-" * 31 + "1",
    "not " * 31 + "1",
    "2**" * 31 + "1",
    "1 if 2 else " * 31 + "3",
])  # fmt: skip
def test_on_the_limit(text: str) -> None:
    assert parse(text).text == text


@all_rows(("text", "column", "why"), [
    ("1" + " " * 2000, None, "2,001 characters; a formula has at most 2,000"),
    ("1" * 41, 1, "a number has at most 40 characters"),
    ("1e309", 1, "1e309 is too large for a number"),
    ("00", 1, "'00' has a leading zero; leave it out"),
    ("00.5", 1, "'00.5' has a leading zero; leave it out"),
    ("1.5.2", 1, "'1.5.2' is not a decimal number; write it like 0.25, and a product like 2*n"),
    ("1" * 19 + "j", 1, f"'{'1' * 19}j' is not a decimal number; write it like 0.25, and a product like 2*n"),  # 20 characters are shown
    ("1" * 20 + "j", 1, f"'{'1' * 17}...' is not a decimal number; write it like 0.25, and a product like 2*n"),
    ("__x", 1, "'__x': names do not begin with two underscores"),
    ("__" + "x" * 18, 1, f"'__{'x' * 18}': names do not begin with two underscores"),
    ("__" + "x" * 19, 1, f"'__{'x' * 15}...': names do not begin with two underscores"),
    ("1+" * 100 + "1", 201, "a formula has at most 200 operations and values"),
    ("----" + "+".join(["(1 if 2 else 3)"] * 33), 530, "a formula has at most 200 operations and values"),
    ("--" + "+".join(["2**2"] * 50), 251, "a formula has at most 200 operations and values"),
    ("--" + "+".join(["(1<2)"] * 40), 240, "a formula has at most 200 operations and values"),
    ("sum(", 5, "the formula breaks off here; a value is missing"),
    ("sum(x", 6, "expected ',', found the end"),
    ("(1) + " + "(" * 32 + "1" + ")" * 32, 39, "nested deeper than 32 levels"),
    ("-1 + " + "(" * 32 + "1" + ")" * 32, 38, "nested deeper than 32 levels"),
    ("2**2 + " + "(" * 32 + "1" + ")" * 32, 40, "nested deeper than 32 levels"),
    ("1 if 2 else 3 + " + "(" * 31 + "1" + ")" * 31, 48, "nested deeper than 32 levels"),
    ("(" * 32 + "1" + ")" * 32, 33, "nested deeper than 32 levels"),
    ("-" * 32 + "1", 32, "nested deeper than 32 levels"),
    ("not " * 32 + "1", 125, "nested deeper than 32 levels"),
    ("2**" * 32 + "1", 95, "nested deeper than 32 levels"),
    ("1 if 2 else " * 32 + "3", 385, "nested deeper than 32 levels"),
    ("sqrt(" * 32 + "1" + ")" * 32, 161, "nested deeper than 32 levels"),
    ("1 >> 2", 3, "there are no shifts; write a power of 2"),
    ("normal(0, 1, [2, 3)", 19, "expected ']', found ')'"),
    ("sum(x axis=0)", 7, "expected ',', found 'axis'"),
    ("1 2", 3, "an operator is missing before '2'; write * for a product"),
    ("5 mod 2", 3, "'mod' is no operator; write a % b for the remainder"),
    ("1]", 2, "']' closes nothing"),
    ("(1, 2)", 3, "lists stand only as the shape of a draw"),
    ("max()", 1, "write max(x, ..., axis=)"),
    ("sqrt(1, [2])", 1, "write sqrt(x)"),
])  # fmt: skip
def test_past_the_limit(text: str, column: int | None, why: str) -> None:
    with pytest.raises(FormulaError) as refused:
        parse(text, draws=True)
    assert (refused.value.column, refused.value.why.text("en")) == (column, why)


@pytest.mark.parametrize("text", [
    "(1) + (2) * " * 24 + "3",  # a bracket that was closed is no level
    "sqrt(1) + " * 40 + "1",
    "-1 + " * 40 + "1",
    "2**2 + " * 40 + "1",
])  # fmt: skip
def test_what_stands_side_by_side_is_not_nested(text: str) -> None:
    assert parse(text).names == frozenset()


def test_names_and_draws_are_known() -> None:
    formula = parse("a + pi*sqrt(b) + sum(normal(c, 1, [n]), axis=k)", draws=True)
    assert formula.names == {"a", "b", "c", "n", "k"}
    assert formula.draws
    assert not parse("a + pi").draws


def test_a_formula_that_comes_again_is_read_once() -> None:
    text = "normal(0, 1, [2])"
    formula = parse_once(text, draws=True)
    assert formula == parse(text, draws=True)
    assert parse_once(text, draws=True) is formula
    with pytest.raises(FormulaError, match="only a check may draw"):
        parse_once(text)
