"""Tables of cases of which the first is quick to run, and the others are marked slow."""

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet


def first_quick(cases: Iterable[object]) -> list[object]:
    """Mark all cases of one parameter but the first as slow."""
    first, *others = cases
    return [first, *(pytest.param(case, marks=pytest.mark.slow) for case in others)]


def first_row_quick(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...] | ParameterSet]:
    """Mark all rows of a table but the first as slow: each holds one value a parameter."""
    first, *others = rows
    return [first, *(pytest.param(*row, marks=pytest.mark.slow) for row in others)]
