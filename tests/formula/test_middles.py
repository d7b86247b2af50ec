"""Formulas where each draw is its law's mean, and whether they are bent there: by hand."""

import numpy as np
import pytest

from studytool.formula.middles import is_bent, middle_of
from studytool.formula.parse import parse
from studytool.formula.scanning import ScannedFormulas


@pytest.mark.parametrize(
    ("text", "middle", "bent"),
    [
        ("normal(3,1,[reps])", 3.0, False),
        ("2*normal(3,1,[reps])+1", 7.0, False),
        ("normal(3,1,[reps])**2", 9.0, True),
        ("1/exponential(2,[reps])", 0.5, True),
        ("normal(3,1,[reps])+normal(2,1,[reps])**2", 7.0, True),
    ],
)
def test_a_formula_at_the_means_of_its_draws(text: str, middle: float, *, bent: bool) -> None:
    scanned = ScannedFormulas((parse(text, draws=True),), {}, {})
    found = middle_of(scanned)
    assert found is not None
    assert np.allclose(found, middle)
    assert is_bent(scanned) is bent
