"""Tables of cases of which the first is quick to run, and the others are marked slow."""

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def first_quick(cases: Iterable[object]) -> list[Any]:
    """Mark all cases of one parameter but the first as slow."""
    first, *others = cases
    return [first, *(_slow(case, (case,)) for case in others)]


def first_row_quick(
    rows: Iterable[tuple[object, ...] | ParameterSet],
) -> list[tuple[object, ...] | ParameterSet]:
    """Mark all rows of a table but the first as slow: each holds one value a parameter."""
    first, *others = rows
    return [first, *(_slow(row, row) for row in others)]


def _slow(case: object, values: tuple[object, ...]) -> ParameterSet:
    if isinstance(case, ParameterSet):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.slow], id=case.id)
    return pytest.param(*values, marks=pytest.mark.slow)
