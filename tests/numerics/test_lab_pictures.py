"""Pictures in a plane: what is drawn as nearest, held or descended is so by independent algebra."""

from itertools import pairwise

import numpy as np
import pytest

from studytool.numerics.lab_pictures import MarkedPoint, PlanePicture, has_picture, picture_of
from studytool.numerics.registry import EXPERIMENTS, find_experiment


def _picture(name: str, seed: int = 0, **values: float | str) -> PlanePicture:
    return picture_of(name, find_experiment(name).bind(values), seed)


def _marked(picture: PlanePicture) -> dict[MarkedPoint, np.ndarray]:
    return {mark: np.array(point) for mark, point in picture.marks}


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_point_of_the_edges_is_nearer_than_the_marked_one(seed: int) -> None:
    picture = _picture("ball_projection", seed)
    marks = _marked(picture)
    for edge, mark in zip(
        picture.edges, (MarkedPoint.ON_CIRCLE, MarkedPoint.ON_DIAMOND), strict=True
    ):
        ends = np.linspace(0, 1, 200)[:, None]
        dense = np.concatenate([(1 - ends) * a + ends * b for a, b in pairwise(edge)])
        nearest = np.linalg.norm(dense - marks[MarkedPoint.POINT], axis=1).min()
        found = np.linalg.norm(marks[mark] - marks[MarkedPoint.POINT])
        assert found <= nearest + 1e-3
        assert found >= nearest - 1e-2


@pytest.mark.parametrize(("ball", "order"), [("circle", 2), ("diamond", 1)])
def test_a_held_fit_ends_on_the_edge_and_a_contour_passes_through_it(ball: str, order: int) -> None:
    picture = _picture("constrained_fit", ball=ball, share=0.5)
    marks = _marked(picture)
    radius = 0.5 * np.linalg.norm(marks[MarkedPoint.FREE], order)
    assert np.linalg.norm(marks[MarkedPoint.SOLUTION], order) == pytest.approx(radius, rel=1e-6)
    (edge,) = picture.edges
    assert np.linalg.norm(edge, order, axis=1) == pytest.approx(np.full(len(edge), radius))
    apart = np.linalg.norm(picture.contours[1] - marks[MarkedPoint.SOLUTION], axis=1)
    assert apart.min() < 0.05  # the one that is a whole of its loss
    assert np.linalg.norm(picture.path, order, axis=1).max() <= radius + 1e-9


def test_descent_crosses_the_valley_in_one_step_and_goes_on_along_it() -> None:
    way = _picture("ridge_steps", flattest=0.01, lam=0.0).path
    assert way[1][1] == pytest.approx(0, abs=1e-12)
    assert way[1][0] == pytest.approx(0.99)


@pytest.mark.parametrize(("lr", "grows"), [(0.19, False), (0.21, True)])  # 2/curvature is 0.2
def test_a_weight_leaves_the_parabola_above_the_highest_rate(lr: float, grows: bool) -> None:  # noqa: FBT001
    way = _picture("quadratic_descent", curvature=10, lr=lr, steps=20).path
    assert bool(abs(way[-1][0]) > 1) is grows
    assert way[:, 1] == pytest.approx(way[:, 0] ** 2)


def test_each_picture_is_of_an_experiment_and_stays_a_number() -> None:
    drawn = [name for name in EXPERIMENTS if has_picture(name)]
    assert len(drawn) == 5
    for name in drawn:
        for line in (*(picture := _picture(name)).contours, *picture.edges, picture.path):
            assert np.isfinite(line).all(), name


def test_the_diamond_has_a_vertex_on_each_half_axis() -> None:
    _, diamond = _picture("ball_projection", radius=1.5).edges
    assert diamond.tolist() == [[1.5, 0], [0, 1.5], [-1.5, 0], [0, -1.5], [1.5, 0]]


@pytest.mark.parametrize("name", [name for name in EXPERIMENTS if has_picture(name)])
def test_a_picture_has_room_and_its_marks_lie_within(name: str) -> None:
    picture = _picture(name)
    low, high = np.array(picture.low), np.array(picture.high)
    assert np.all(low < high)
    for point in _marked(picture).values():
        assert np.all((low <= point) & (point <= high))


@pytest.mark.parametrize("name", ["ball_projection", "constrained_fit"])
def test_what_is_drawn_to_begin_with_has_no_weight_below_0(name: str) -> None:
    """So that the nearest point is looked for in the picture's upper right."""
    begun = MarkedPoint.POINT if name == "ball_projection" else MarkedPoint.FREE
    assert all(np.all(_marked(_picture(name, seed))[begun] > 0) for seed in range(8))
