"""Mutants: each alters one thing, and says which."""

import numpy as np
import pytest

from studytool.formula.evaluate import evaluate
from studytool.formula.mutants import mutants
from studytool.formula.parse import parse
from tests.rows import all_rows


@all_rows(
    ("text", "values"),
    [
        # + → -, left, right, 3 → 6, 3 → 4; a has no other name to be taken for
        ("a+3", {"column 2: + → -": 2.0, "column 2: keeps the left of +": 5.0}),
        ("-a", {"column 1: without -": 5.0}),
        ("a/b", {"column 1: a → b": 1.0, "column 3: b → a": 1.0, "column 2: / → *": 10.0}),
        ("max(a, b)", {"column 1: max → min": 2.0}),
        ("a-b", {"column 2: - → +": 7.0}),
        ("sqrt(a*a)", {"column 1: without sqrt": 25.0}),
        ("a if a > b else b", {"column 3: sides exchanged": 2.0, "column 8: > → <=": 2.0}),
        ("soft_threshold(a, b)", {"column 1: arguments 1 and 2 exchanged": 0.0}),
        ("0", {"column 1: 0 → 1": 1.0}),
        ("2**a", {"column 2: ** → *": 10.0, "column 1: 2 → 3": 243.0}),
        ("factorial(a)", {"column 1: factorial → gamma": 24.0, "column 1: without factorial": 5.0}),
        ("log(a*20)", {"column 1: log → log10": 2.0}),
        (
            "log(a*20, 10)",
            {  # log10 takes no base
                "column 1: arguments 1 and 2 exchanged": 0.5,
                "column 11: 10 → 11": np.log(100) / np.log(11),
            },
        ),
        ("degrees(a)", {"column 1: degrees → radians": np.pi / 36}),
        ("comb(a, b)", {"column 1: arguments 1 and 2 exchanged": 0.0}),
    ],
)
def test_mutants(text: str, values: dict[str, float]) -> None:
    found = {mutant.change: mutant.formula for mutant in mutants(parse(text))}
    computed = {change: evaluate(found[change], {"a": 5.0, "b": 2.0}) for change in values}
    assert computed == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a < b <= 3", {
            "column 3: < → >=": 1.0, "column 3: <= → >": 0.0, "column 1: a → b": 0.0,
            "column 5: b → a": 0.0, "column 10: 3 → 6": 0.0, "column 10: 3 → 4": 0.0,
        }),
        ("a if a > b else 0", {
            "column 3: sides exchanged": 0.0, "column 8: > → <=": 0.0, "column 6: a → b": 0.0,
            "column 10: b → a": 0.0, "column 1: a → b": 2.0, "column 17: 0 → 1": 5.0,
        }),
        ("a if a < b else 0", {
            "column 3: sides exchanged": 5.0, "column 8: < → >=": 5.0, "column 6: a → b": 0.0,
            "column 10: b → a": 0.0, "column 1: a → b": 0.0, "column 17: 0 → 1": 1.0,
        }),
        ("clip(a, b, 9)", {
            "column 1: arguments 1 and 2 exchanged": 5.0,
            "column 1: arguments 2 and 3 exchanged": 2.0,
            "column 6: a → b": 2.0, "column 9: b → a": 5.0, "column 12: 9 → 18": 5.0,
            "column 12: 9 → 10": 5.0,
        }),
        ("log10(b*5) // 2", {
            "column 12: // → /": 0.5, "column 12: keeps the left of //": 1.0,
            "column 12: keeps the right of //": 2.0, "column 1: log10 → log2": 1.0,
            "column 1: without log10": 5.0, "column 8: * → /": -1.0, "column 8: * → +": 0.0,
            "column 8: keeps the left of *": 0.0, "column 8: keeps the right of *": 0.0,
            "column 9: 5 → 10": 0.0, "column 9: 5 → 6": 0.0, "column 15: 2 → 4": 0.0,
            "column 15: 2 → 3": 0.0,
        }),
        ("max(7)", {
            "column 1: max → min": 7.0, "column 1: without max": 7.0, "column 5: 7 → 14": 14.0,
            "column 5: 7 → 8": 8.0,
        }),
    ],
)  # fmt: skip
def test_every_mutant_of_a_formula(text: str, values: dict[str, float]) -> None:
    formula = parse(text)
    names = {"a": 5.0, "b": 2.0}
    found = {mutant.change: evaluate(mutant.formula, names) for mutant in mutants(formula)}
    assert found == values


@pytest.mark.parametrize(
    ("text", "altered"),
    [
        ("b <  a <= 7  <  c", [
            "b >= a <= 7  <  c", "b <  a >  7  <  c", "b <  a <= 7  >= c",
            "a <  a <= 7  <  c", "c <  a <= 7  <  c",
            "b <  b <= 7  <  c", "b <  c <= 7  <  c",
            "b <  a <= 14 <  c", "b <  a <= 8  <  c",
            "b <  a <= 7  <  a", "b <  a <= 7  <  b",
        ]),
        ("a if b else c", [
            None, "a if a else c", "a if c else c", "b if b else c", "c if b else c",
            "a if b else a", "a if b else b",
        ]),
        ("max(a, b, 3)", [
            "min(a, b, 3)", None, None, "max(b, b, 3)", "max(a, a, 3)", "max(a, b, 6)",
            "max(a, b, 4)",
        ]),
        ("a +  b*2", [
            "a -  b*2", None, None, "b +  b*2", "a +  b/2", None, None, None, "a +  a*2",
            "a +  b*4", "a +  b*3",
        ]),
    ],
)  # fmt: skip
def test_each_mutant_by_its_text(text: str, altered: list[str | None]) -> None:
    """None where no text has the same columns, or binds as the altered tree does."""
    found = [mutant.formula.tree for mutant in mutants(parse(text))]
    assert len(found) == len(altered)
    for tree, other in zip(found, altered, strict=True):
        assert other is None or tree == parse(other).tree


def test_only_the_parameters_of_a_draw_are_altered() -> None:
    formula = parse("normal(a, b, [2])", draws=True)
    found = {mutant.change: mutant.formula.tree for mutant in mutants(formula)}
    assert found == {
        "column 8: a → b": parse("normal(b, b, [2])", draws=True).tree,
        "column 11: b → a": parse("normal(a, a, [2])", draws=True).tree,
    }


def test_every_mutant_differs_from_its_original() -> None:
    formula = parse("lam*soft_threshold(z, lam)/(1+l2) if z > 2*lam else min(z, l2)**2")
    found = list(mutants(formula))
    assert len(found) > 40
    assert all(mutant.formula.tree != formula.tree for mutant in found)
