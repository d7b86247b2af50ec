"""The axis of an estimate, and the leeway that counts as right, at its edges."""

from math import inf, nan

import pytest

from studytool.quiz.axis import Axis, Leeway, ShownValue
from tests.rows import all_rows

LOG, EVEN = Axis(1e-4, 1.0, is_log=True), Axis(-10.0, 10.0)


@pytest.mark.parametrize(
    ("axis", "value", "share"),
    [
        (LOG, 1e-4, 0.0),
        (LOG, 1e-3, 0.25),
        (LOG, 1.0, 1.0),
        (LOG, 5.0, 1.0),  # beyond the end: the end
        (LOG, -5.0, 0.0),  # a logarithm of it is not asked for
        (EVEN, -10.0, 0.0),
        (EVEN, 5.0, 0.75),
        (EVEN, 11.0, 1.0),
    ],
)
def test_where_a_value_lies(axis: Axis, value: float, share: float) -> None:
    assert axis.share(value) == pytest.approx(share, abs=1e-12)


def _exactly(value: float) -> ShownValue:
    return ShownValue(value, value, value)


@all_rows(
    ("leeway", "answer", "shown", "right"),
    [
        (Leeway(factor=3), 3e-4, _exactly(1e-4), True),  # the edge, whatever its last bit
        (Leeway(factor=3), 1e-4, _exactly(3e-4), True),
        (Leeway(factor=3), 3.01e-4, _exactly(1e-4), False),
        (Leeway(factor=3), 0.33e-4, _exactly(1e-4), False),
        (Leeway(factor=3), 0.0, _exactly(1e-4), False),
        (Leeway(factor=3), -1e-4, _exactly(1e-4), False),
        (Leeway(factor=3), 0.0, _exactly(0.0), True),
        (Leeway(distance=0.1), 0.35, _exactly(0.25), True),  # 0.1 is 0.0999… here
        (Leeway(distance=0.1), 0.36, _exactly(0.25), False),
        (Leeway(distance=0.1), 0.15, _exactly(0.25), True),
        (Leeway(distance=0.1), -0.1, _exactly(0.0), True),
        (Leeway(factor=2), 2.2, ShownValue(1.0, 0.9, 1.1), True),  # 1.1 may be the true value
        (Leeway(factor=2), 2.3, ShownValue(1.0, 0.9, 1.1), False),
        (Leeway(factor=2), 1.05, ShownValue(1.0, 0.9, 1.1), True),
    ],
)
def test_an_answer_is_right_near_what_is_possible(
    leeway: Leeway, answer: float, shown: ShownValue, *, right: bool
) -> None:
    assert leeway.holds(answer, shown) is right


@pytest.mark.parametrize(
    ("leeway", "shown", "settled"),
    [
        (
            Leeway(factor=16),
            ShownValue(1.0, 0.5, 2.0),
            True,
        ),  # a quarter of the leeway to each side
        (Leeway(factor=16), ShownValue(1.0, 0.49, 2.0), False),
        (Leeway(factor=16), ShownValue(1.0, 0.5, 2.1), False),
        (Leeway(factor=16), ShownValue(1.0, -0.1, 2.0), False),  # 0 lies between
        (Leeway(factor=16), ShownValue(0.0, 0.0, 0.0), True),
        (Leeway(distance=4), ShownValue(0.0, -1.0, 1.0), True),
        (Leeway(distance=4), ShownValue(0.0, -1.1, 1.0), False),
        (Leeway(distance=4), ShownValue(0.0, -inf, inf), False),
        (Leeway(distance=4), ShownValue(nan, nan, nan), False),
    ],
)
def test_an_interval_settles_where_it_is_narrow(
    leeway: Leeway, shown: ShownValue, *, settled: bool
) -> None:
    assert leeway.settles(shown) is settled
