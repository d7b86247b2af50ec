"""Pictures of the lab by hand: their windows, levels, marks, and an optimiser's steps."""

import numpy as np
import pytest

from studytool.numerics.lab_pictures import (
    MarkedPoint,
    PlanePicture,
    _direction,
    _ellipses,
    picture_of,
)
from studytool.numerics.penalty_balls import PROJECTIONS
from studytool.numerics.registry import find_experiment

HESSIAN = np.array([[1.0, 0.6], [0.6, 1.0]])


def _picture(name: str, seed: int = 0, /, **values: float | str) -> PlanePicture:
    return picture_of(name, find_experiment(name).bind(values), seed)


def _losses(picture: PlanePicture, hessian: np.ndarray, center: np.ndarray) -> list[np.ndarray]:
    away = [line - center for line in picture.contours]
    return [0.5 * ((one @ hessian) * one).sum(axis=1) for one in away]


@pytest.mark.parametrize("values", [
    {"radius": 2.0, "distance": 3.0}, {"radius": 3.0, "distance": 2.0},
])  # fmt: skip
def test_a_projection_has_a_fifth_of_room_and_a_way_by_its_three_points(
    values: dict[str, float],
) -> None:
    picture = _picture("ball_projection", **values)
    assert (*picture.low, *picture.high) == pytest.approx((-3.6, -3.6, 3.6, 3.6))
    marks = dict(picture.marks)
    by = (MarkedPoint.ON_CIRCLE, MarkedPoint.POINT, MarkedPoint.ON_DIAMOND)
    assert picture.path.tolist() == [list(marks[one]) for one in by]
    assert np.linalg.norm(marks[MarkedPoint.POINT]) == pytest.approx(values["distance"])
    circle, diamond = picture.edges
    assert np.linalg.norm(circle, axis=1) == pytest.approx(np.full(96, values["radius"]))
    chords = np.linalg.norm(np.diff(circle, axis=0), axis=1)  # once around
    assert chords == pytest.approx(np.full(95, 2 * values["radius"] * np.sin(np.pi / 95)))
    assert np.abs(diamond).sum(axis=1) == pytest.approx(np.full(5, values["radius"]))


def test_a_direction_is_any_between_the_axes_but_for_a_tenth_and_a_bit_more() -> None:
    points = np.array([_direction("any", seed) for seed in range(400)])
    shares = np.arctan2(points[:, 1], points[:, 0]) / (np.pi / 2)
    assert 0.15 <= shares.min() < 0.16
    assert 0.89 < shares.max() <= 0.9
    assert np.hypot(*points.T) == pytest.approx(np.ones(400))


@pytest.mark.parametrize("bent", [0.5, -0.5, 1.2])
def test_contours_are_lines_of_equal_loss_whatever_its_axes_are(bent: float) -> None:
    """A quarter, the whole, and two and a half times the loss given."""
    hessian, center = np.array([[2.0, bent], [bent, 1.0]]), np.array([1.0, -2.0])
    lines = _ellipses(hessian, center, 3.0)
    for line, loss in zip(lines, (0.75, 3.0, 7.5), strict=True):
        away = line - center
        assert 0.5 * ((away @ hessian) * away).sum(axis=1) == pytest.approx(np.full(96, loss))
        assert np.all(np.ptp(away, axis=0) > 1)  # all around


@pytest.mark.parametrize(("ball", "share"), [
    ("circle", 0.5), ("diamond", 0.5), ("circle", 2.0), ("diamond", 1.5),
])  # fmt: skip
def test_a_held_fit_takes_projected_steps_of_a_fifth_of_the_slope(ball: str, share: float) -> None:
    picture = _picture("constrained_fit", 3, ball=ball, share=share)
    marks = {mark: np.array(point) for mark, point in picture.marks}
    free, order = marks[MarkedPoint.FREE], {"circle": 2, "diamond": 1}[ball]
    radius = share * np.linalg.norm(free, order)
    way = picture.path
    assert len(way) == 201
    assert way[0] == pytest.approx(np.array([-0.6, 0.2]) * radius)
    moved = way[:-1] - 0.2 * (way[:-1] - free) @ HESSIAN
    assert way[1:] == pytest.approx(PROJECTIONS[ball](moved, float(radius)))
    assert marks[MarkedPoint.START].tolist() == way[0].tolist()
    assert marks[MarkedPoint.SOLUTION].tolist() == way[-1].tolist()
    half = 1.25 * max(1.0, float(radius))
    assert (*picture.low, *picture.high) == pytest.approx((-half, -half, half, half))
    away = way[-1] - free
    loss = max(0.02, 0.5 * float(away @ HESSIAN @ away))  # of none, the contours of a small one
    for found, times in zip(_losses(picture, HESSIAN, free), (0.25, 1, 2.5), strict=True):
        assert found == pytest.approx(np.full(96, times * loss))


def test_a_valley_is_left_where_little_is_left_or_after_200_steps() -> None:
    steps = find_experiment("ridge_steps")
    for values in ({"left": 0.1, "lam": 0.5}, {"flattest": 1e-4, "lam": 0.0, "left": 1e-6}):
        picture = _picture("ridge_steps", **values)
        given = steps.bind(values)
        curvatures = np.array([given.flattest, 1.0]) + given.lam
        way = picture.path
        assert way[0].tolist() == [1.0, 0.8]
        assert way[1:] == pytest.approx(way[:-1] * (1 - curvatures / (1 + given.lam)), abs=1e-12)
        size = np.abs(way).max(axis=1)
        assert np.all(size[:-1] > given.left)
        assert len(way) == 200 or size[-1] <= given.left
        assert (picture.low, picture.high) == ((-1.2, -1.2), (1.2, 1.2))
        assert dict(picture.marks) == {
            MarkedPoint.START: (1.0, 0.8), MarkedPoint.END: tuple(way[-1].tolist()),
        }  # fmt: skip
        first = 0.5 * curvatures @ np.array([1.0, 0.64])
        for found, times in zip(
            _losses(picture, np.diag(curvatures), np.zeros(2)), (0.25, 1, 2.5), strict=True
        ):
            assert found == pytest.approx(np.full(96, times * first / 2))


@pytest.mark.parametrize(("values", "last"), [
    ({"curvature": 1.0, "lr": 0.5, "steps": 3, "warmup": 0}, (0.125, 0.015625)),
    ({"curvature": 10.0, "lr": 0.35, "steps": 1, "warmup": 0}, (-1.5, 2.25)),  # held in view
    ({"curvature": 10.0, "lr": 0.35, "steps": 2, "warmup": 0}, (1.5, 2.25)),
])  # fmt: skip
def test_a_parabola_has_its_window_and_an_end_in_view(
    values: dict[str, float], last: tuple[float, float]
) -> None:
    picture = _picture("quadratic_descent", **values)
    assert (picture.low, picture.high) == ((-1.5, -0.1), (1.5, 2.25))
    (curve,) = picture.edges
    assert curve[:, 0] == pytest.approx(np.linspace(-1.5, 1.5, 96))
    assert picture.marks == ((MarkedPoint.START, (1.0, 1.0)), (MarkedPoint.END, last))


def test_a_descent_that_never_ends_is_drawn_for_200_points_up_to_a_million() -> None:
    way = _picture("quadratic_descent", curvature=10.0, lr=0.35, steps=500, warmup=0).path
    assert len(way) == 200
    assert way[:4, 0] == pytest.approx([1.0, -2.5, 6.25, -15.625])
    assert (way[:, 0].min(), way[:, 0].max()) == (-1e6, 1e6)
