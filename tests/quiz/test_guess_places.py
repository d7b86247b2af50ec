"""Places of a guess: round, on the axis, and never further apart than what counts as right."""

from itertools import pairwise
from math import log10

import pytest

from studytool.quiz.axis import Axis, Leeway
from studytool.quiz.guess_places import guess_places, nearest_place, next_place
from studytool.quiz.number_text import write_short
from studytool.quiz.read_number import read_number
from tests.rows import all_rows

_UNIT = Axis(0.0, 1.0)
_SMALL = Axis(1e-20, 1.0, is_log=True)
_AXES = [
    (_UNIT, Leeway(distance=0.1)),
    (Axis(0.5, 1.0), Leeway(distance=0.03)),  # ends beside the multiples
    (Axis(-20.0, 0.0), Leeway(distance=1.0)),  # below nought
    (Axis(0.0, 20.0), Leeway(distance=2.0)),
    (_SMALL, Leeway(factor=10.0)),  # many decades
    (Axis(1e-6, 10.0, is_log=True), Leeway(factor=3.0)),
    (Axis(0.1, 10.0, is_log=True), Leeway(factor=1.25)),
    (Axis(0.5, 8.0, is_log=True), Leeway(factor=1.15)),  # no power of ten at its ends
]


@pytest.mark.parametrize(("axis", "leeway"), _AXES)
def test_some_place_is_right_wherever_the_value_lies(axis: Axis, leeway: Leeway) -> None:
    places = guess_places(axis, leeway)
    assert places[0] == axis.low
    assert places[-1] == axis.high
    assert len(places) <= 60
    assert all(leeway.parts(one, other) <= 1 for one, other in pairwise(places) if one * other > 0)


@all_rows(
    ("axis", "leeway", "places"),
    [
        (Axis(0.1, 10.0, is_log=True), Leeway(factor=3.0), (0.1, 0.2, 0.5, 1, 2, 5, 10)),
        (Axis(0.5, 8.0, is_log=True), Leeway(factor=1.6),  # ten in a decade: two digits
            (0.5, 0.63, 0.79, 1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8)),
        (Axis(1.0, 10.0, is_log=True), Leeway(factor=1.25),
            (1, 1.1, 1.3, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.5, 4, 4.5, 5, 5.6, 6.3, 7.1, 7.9, 8.9, 10)),
        (Axis(3.0, 300.0, is_log=True), Leeway(factor=20.0), (3, 10, 30, 100, 300)),  # at the ends too
        (Axis(1.0, 10.0, is_log=True), Leeway(), (1, 3, 10)),
        (Axis(-20.0, 0.0), Leeway(distance=4.0), tuple(range(-20, 1, 2))),
        (Axis(0.5, 1.0), Leeway(distance=0.1), (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1)),
        (Axis(0.0, 7.0), Leeway(distance=2.0), tuple(range(8))),
        (Axis(0.26, 1.04), Leeway(distance=0.3), (0.26, 0.4, 0.6, 0.8, 1.04)),  # 1 is beside the end
        (Axis(0.0, 1.0), Leeway(), (0, 0.5, 1)),
        (Axis(0.0, 8.0), Leeway(distance=8 / 3), (0, 2, 4, 6, 8)),  # as long as may be
        (Axis(0.0, 0.3), Leeway(distance=0.4 / 3), (0, 0.1, 0.2, 0.3)),
    ],
)  # fmt: skip
def test_where_a_guess_may_be_put(axis: Axis, leeway: Leeway, places: tuple[float, ...]) -> None:
    assert guess_places(axis, leeway) == pytest.approx(places, rel=1e-12)


@pytest.mark.parametrize(("axis", "leeway"), _AXES)
def test_a_place_is_read_as_it_is_written(axis: Axis, leeway: Leeway) -> None:
    for place in guess_places(axis, leeway):
        read = read_number(write_short(place), unit=None, language="en")
        assert getattr(read, "value", None) == pytest.approx(place, rel=1e-12)


@pytest.mark.parametrize(
    ("value", "by", "expected"),
    [
        (None, 1, 0.5),  # the first key shows where the mark is
        (None, -1, 0.5),
        (0.5, 1, 0.55),
        (0.5, -1, 0.45),
        (0.52, 1, 0.55),  # typed between two
        (0.52, -1, 0.5),
        (1.0, 1, 1.0),  # the ends stop it
        (0.0, -1, 0.0),
        (7.0, -1, 1.0),  # typed beside the axis
    ],
)
def test_steps_from_place_to_place(value: float | None, by: int, expected: float) -> None:
    assert next_place(_UNIT, Leeway(distance=0.1), value, by) == pytest.approx(expected)


def test_the_nearest_place_on_a_log_axis_is_by_its_share() -> None:
    assert log10(nearest_place(_SMALL, Leeway(factor=10.0), 0.5)) == pytest.approx(-10)
    assert nearest_place(_SMALL, Leeway(factor=10.0), -1) == 1e-20
    assert nearest_place(_SMALL, Leeway(factor=10.0), 2) == 1.0
