"""Mutants: each alters one thing, and says which."""

import numpy as np
import pytest

from studytool.formula.evaluate import evaluate
from studytool.formula.mutants import Mutant, mutants
from studytool.formula.parse import parse
from tests.rows import all_rows


def _named(mutant: Mutant) -> str:
    return f"{mutant.column}: {mutant.change}"


@all_rows(
    ("text", "values"),
    [
        # + → -, left, right, 3 → 6, 3 → 4; a has no other name to be taken for
        ("a+3", {"2: + → -": 2.0, "2: a + 3 → a": 5.0}),
        ("-a", {"1: -a → a": 5.0}),
        ("a/b", {"1: a → b": 1.0, "3: b → a": 1.0, "2: / → *": 10.0}),
        ("max(a, b)", {"1: max → min": 2.0}),
        ("a-b", {"2: - → +": 7.0}),
        ("sqrt(a*a)", {"1: sqrt(a * a) → a * a": 25.0}),
        ("a if a > b else b", {"3: a if a > b else b → b if a > b else a": 2.0, "8: > → <=": 2.0}),
        ("soft_threshold(a, b)", {"1: soft_threshold(a, b) → soft_threshold(b, a)": 0.0}),
        ("0", {"1: 0 → 1": 1.0}),
        ("2**a", {"2: ** → *": 10.0, "1: 2 → 3": 243.0}),
        ("factorial(a)", {"1: factorial → gamma": 24.0, "1: factorial(a) → a": 5.0}),
        ("log(a*20)", {"1: log → log10": 2.0}),
        (
            "log(a*20, 10)",
            {  # log10 takes no base
                "1: log(a * 20, 10) → log(10, a * 20)": 0.5,
                "11: 10 → 11": np.log(100) / np.log(11),
            },
        ),
        ("degrees(a)", {"1: degrees → radians": np.pi / 36}),
        ("comb(a, b)", {"1: comb(a, b) → comb(b, a)": 0.0}),
    ],
)
def test_mutants(text: str, values: dict[str, float]) -> None:
    found = {_named(mutant): mutant.formula for mutant in mutants(parse(text))}
    computed = {change: evaluate(found[change], {"a": 5.0, "b": 2.0}) for change in values}
    assert computed == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a < b <= 3", {
            "3: < → >=": 1.0, "3: <= → >": 0.0, "1: a → b": 0.0,
            "5: b → a": 0.0, "10: 3 → 6": 0.0, "10: 3 → 4": 0.0,
        }),
        ("a if a > b else 0", {
            "3: a if a > b else 0 → 0 if a > b else a": 0.0, "8: > → <=": 0.0, "6: a → b": 0.0,
            "10: b → a": 0.0, "1: a → b": 2.0, "17: 0 → 1": 5.0,
        }),
        ("a if a < b else 0", {
            "3: a if a < b else 0 → 0 if a < b else a": 5.0, "8: < → >=": 5.0, "6: a → b": 0.0,
            "10: b → a": 0.0, "1: a → b": 0.0, "17: 0 → 1": 1.0,
        }),
        ("clip(a, b, 9)", {
            "1: clip(a, b, 9) → clip(b, a, 9)": 5.0,
            "1: clip(a, b, 9) → clip(a, 9, b)": 2.0,
            "6: a → b": 2.0, "9: b → a": 5.0, "12: 9 → 18": 5.0,
            "12: 9 → 10": 5.0,
        }),
        ("log10(b*5) // 2", {
            "12: // → /": 0.5, "12: log10(b * 5) // 2 → log10(b * 5)": 1.0,
            "12: log10(b * 5) // 2 → 2": 2.0, "1: log10 → log2": 1.0,
            "1: log10(b * 5) → b * 5": 5.0, "8: * → /": -1.0, "8: * → +": 0.0,
            "8: b * 5 → b": 0.0, "8: b * 5 → 5": 0.0,
            "9: 5 → 10": 0.0, "9: 5 → 6": 0.0, "15: 2 → 4": 0.0,
            "15: 2 → 3": 0.0,
        }),
        ("max(7)", {
            "1: max → min": 7.0, "1: max(7) → 7": 7.0, "5: 7 → 14": 14.0,
            "5: 7 → 8": 8.0,
        }),
    ],
)  # fmt: skip
def test_every_mutant_of_a_formula(text: str, values: dict[str, float]) -> None:
    formula = parse(text)
    names = {"a": 5.0, "b": 2.0}
    found = {_named(mutant): evaluate(mutant.formula, names) for mutant in mutants(formula)}
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
            "min(a, b, 3)", "max(b, b, 3)", "max(a, a, 3)", "max(a, b, 6)",
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
    found = {_named(mutant): mutant.formula.tree for mutant in mutants(formula)}
    assert found == {
        "8: a → b": parse("normal(b, b, [2])", draws=True).tree,
        "11: b → a": parse("normal(a, a, [2])", draws=True).tree,
    }


def test_every_mutant_differs_from_its_original() -> None:
    formula = parse("lam*soft_threshold(z, lam)/(1+l2) if z > 2*lam else min(z, l2)**2")
    found = list(mutants(formula))
    assert len(found) > 40
    assert all(mutant.formula.tree != formula.tree for mutant in found)
