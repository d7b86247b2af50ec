"""Shapes that are known before anything is computed, against NumPy's own where all are numbers."""

import numpy as np
import pytest

from studytool.formula.intervals import Interval
from studytool.formula.ranges import range_of_reduction
from studytool.formula.shapes import REPS, Shape, broadcast, reduced
from tests.rows import all_rows


@all_rows(
    "shapes",
    [
        [(2, 3), (3,)], [(3,), (2, 3)], [(2, 1), (3,)], [(2, 3), (2,)], [(), (2, 3)], [(), ()],
        [(2, 1, 4), (3, 1)], [(3, 1), (2, 1, 4)], [(1,), (4, 1), (2, 1, 1)], [(2,), (3,)], [(5,)],
        [(2, 1), (1, 2), (3, 1, 1)],
    ],
)  # fmt: skip
def test_a_joint_shape_against_numpy(shapes: list[tuple[int, ...]]) -> None:
    try:
        wanted: Shape = np.broadcast_shapes(*shapes)
    except ValueError:
        wanted = None
    assert broadcast(*shapes) == wanted


def test_replicates_fit_one_another_and_what_has_one_element() -> None:
    assert broadcast((REPS, 3), (3,)) == (REPS, 3)
    assert broadcast((REPS, 1), (1, 4)) == (REPS, 4)
    assert broadcast((REPS,), (REPS,)) == (REPS,)
    assert broadcast((REPS,), (3,)) is None
    assert broadcast((2,), None) is None


@all_rows("axis", [None, 0, 1, -1, 2, -3])
@all_rows("name", ["sum", "mean", "sort", "cumsum", "cumprod", "softmax", "max"])
def test_what_a_reduction_leaves_against_numpy(name: str, axis: int | None) -> None:
    x = np.arange(6.0).reshape(2, 3)
    found = reduced(name, x.shape, axis)
    if axis is not None and not -2 <= axis < 2:
        assert (found.shape, found.across_replicates) == (None, False)
        return
    over = -1 if name == "sort" and axis is None else axis
    if name == "softmax":
        assert found.shape == (2, 3)
    elif name == "sort":
        assert found.shape == np.sort(x).shape
    else:
        assert found.shape == np.shape(getattr(np, name)(x, axis=axis))
    size = 6 if over is None else x.shape[over]
    assert found.count == Interval(size, size)


@pytest.mark.parametrize(
    ("name", "shape", "axis", "left", "across"),
    [
        ("sum", (REPS, 3), 1, (REPS,), False),
        ("sum", (REPS, 3), 0, (3,), True),
        ("sum", (REPS, 3), None, (), True),
        ("cumsum", (REPS, 1), None, (REPS,), True),
        ("cumsum", (REPS, 3), None, None, True),  # how many that are, nobody knows
        ("cumsum", (1, 3), None, (3,), False),
        ("sort", (3, REPS), None, (3, REPS), True),  # along the last
        ("sort", (REPS, 3), None, (REPS, 3), False),
        ("sum", None, None, None, False),
    ],
)
def test_reductions_over_replicates(
    name: str, shape: Shape, axis: int | None, left: Shape, *, across: bool
) -> None:
    found = reduced(name, shape, axis)
    assert (found.shape, found.across_replicates) == (left, across)


def test_what_lies_between_two_elements_has_room_for_their_rounding() -> None:
    for name in ("median", "quantile"):
        found = range_of_reduction(name, Interval(1, 2), Interval(9, 9), ddof=0)
        assert found.low <= 1 - 2**-50
        assert 2 + 2**-50 <= found.high < 2 + 1e-12
