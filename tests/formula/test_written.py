"""A tree written as text: it reads back as the same tree."""

from dataclasses import fields, is_dataclass

import pytest

from studytool.formula.mutants import mutants
from studytool.formula.parse import parse
from studytool.formula.written import text_of


def _bare(node: object) -> object:
    """Return a tree without its columns."""
    if isinstance(node, tuple):
        return tuple(map(_bare, node))
    if not is_dataclass(node):
        return node
    parts = (getattr(node, one.name) for one in fields(node) if one.name != "column")
    return (type(node).__name__, *map(_bare, parts))


FORMULAS = [
    "a-(b-c)-(d+1)", "a/(b/c)*d//2%3", "(a-b)*(c+d)",  # sides of one level
    "2**3**n", "(2**3)**n", "(-a)**2", "-a**2", "a**-b", "-(-a)", "-(a+b)",  # signs and powers
    "a if b else c if d else 0", "(a if b else c) if (d if a else b) else c",
    "(a if b else c)+1", "max(a if b else c, 1)",
    "a<b<=c", "(a<b)<c", "a<(b<c)", "not (a<b) and c>1 or d", "not (a and b)", "(not a)<b",
    "a and (b or c)", "(a or b) or c", "a or (b or c)",
    "1e300*0.1+1e15+12345678901234567", "pi*e",
    "mean(normal(0, 1, [reps, n+1])**2, axis=1)", "std(normal(a, 2, [reps, 4]), axis=1, ddof=1)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_written_reads_back_the_same(text: str) -> None:
    formula = parse(text, draws=True)
    for tree in (formula.tree, *(one.formula.tree for one in mutants(formula))):
        assert _bare(parse(text_of(tree), draws=True).tree) == _bare(tree)


def test_a_whole_number_is_written_with_fifteen_digits_at_most() -> None:
    assert text_of(parse("999999999999999").tree) == "999999999999999"
    assert text_of(parse("1e15").tree) == "1000000000000000.0"
