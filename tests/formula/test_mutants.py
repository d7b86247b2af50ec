"""Mutants: each alters one thing, and says which."""

import pytest

from studytool.formula.evaluate import evaluate
from studytool.formula.mutants import mutants
from studytool.formula.parse import parse


@pytest.mark.parametrize(
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
    ],
)
def test_mutants(text: str, values: dict[str, float]) -> None:
    found = {mutant.change: mutant.formula for mutant in mutants(parse(text))}
    computed = {change: evaluate(found[change], {"a": 5.0, "b": 2.0}) for change in values}
    assert computed == values


def test_every_mutant_differs_from_its_original() -> None:
    formula = parse("lam*soft_threshold(z, lam)/(1+l2) if z > 2*lam else min(z, l2)**2")
    found = list(mutants(formula))
    assert len(found) > 40
    assert all(mutant.formula.tree != formula.tree for mutant in found)
