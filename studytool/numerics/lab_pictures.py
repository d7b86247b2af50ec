"""Pictures of experiments in a plane: contours of a loss, edges, an optimiser's way, points.

Each is of one example at an experiment's parameters, where the experiment measures many.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.penalty_balls import (
    NORMS,
    PROJECTIONS,
    BallProjection,
    ConstrainedFit,
    project_l1,
    project_l2,
)
from studytool.numerics.ridge_paths import RidgeSteps
from studytool.numerics.schedules import QuadraticDescent
from studytool.numerics.streams import stream

_ROUND = 96
"""Points of a closed curve."""
_STEPS = 200
_LEVELS = (0.25, 1.0, 2.5)
"""Of the contours, as parts of the loss at the point that one of them goes through."""
_BENT = 0.6
"""Correlation of two weights' features."""


class MarkedPoint(StrEnum):
    """What a point of a picture is."""

    POINT = "point"
    FREE = "free"
    """Where the loss is least, with nothing to hold the weights."""
    SOLUTION = "solution"
    ON_CIRCLE = "on-circle"
    ON_DIAMOND = "on-diamond"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class PlanePicture:
    """A picture in a plane; every line is an array of shape (points, 2).

    Attributes:
        low: the least coordinates in view.
        high: the greatest.
        contours: lines of equal loss.
        edges: what the weights must stay in; of a parabola, its curve.
        path: from the start on; of shape (0, 2) where there is none.
        marks: points, each with what it is.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    contours: tuple[Array, ...]
    edges: tuple[Array, ...]
    path: Array
    marks: tuple[tuple[MarkedPoint, tuple[float, float]], ...]


def _square(half: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (-half, -half), (half, half)


def _ring() -> Array:
    """Return directions around the circle, shape (points, 2)."""
    angle = np.linspace(0, 2 * np.pi, _ROUND)
    ring: Array = np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return ring


def _edge(ball: str, radius: float) -> Array:
    if ball == "circle":
        return _ring() * radius
    return np.array([(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]) * radius


def _direction(name: str, seed: int) -> Array:
    angle = stream("lab", name, seed).uniform(0.15, 0.9) * np.pi / 2
    return np.array((np.cos(angle), np.sin(angle)))


def _at(point: Array) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _projection(p: BallProjection, seed: int) -> PlanePicture:
    """Show a point and its nearest points on both balls."""
    point = p.distance * _direction("ball_projection", seed)
    circle, diamond = (project(point[None], p.radius)[0] for project in (project_l2, project_l1))
    low, high = _square(1.2 * max(p.radius, p.distance))
    return PlanePicture(
        low,
        high,
        (),
        (_edge("circle", p.radius), _edge("diamond", p.radius)),
        np.array((circle, point, diamond)),
        (
            (MarkedPoint.POINT, _at(point)),
            (MarkedPoint.ON_CIRCLE, _at(circle)),
            (MarkedPoint.ON_DIAMOND, _at(diamond)),
        ),
    )


def _ellipses(hessian: Array, center: Array, loss: float) -> tuple[Array, ...]:
    """Return lines on which ½ (w − center)ᵀ hessian (w − center) is a part of ``loss``."""
    values, vectors = np.linalg.eigh(hessian)
    shape = vectors / np.sqrt(values) @ vectors.T
    return tuple(
        center + np.sqrt(2 * max(level * loss, 1e-12)) * _ring() @ shape for level in _LEVELS
    )


def _held(p: ConstrainedFit, seed: int) -> PlanePicture:
    """Show least squares within a ball: contours, edge, and the way of projected gradient steps."""
    hessian = np.array(((1.0, _BENT), (_BENT, 1.0)))
    free = _direction("constrained_fit", seed)
    radius = p.share * float(np.linalg.norm(free, NORMS[p.ball]))
    project = PROJECTIONS[p.ball]
    way = [np.array((-0.6, 0.2)) * radius]
    for _ in range(_STEPS):
        step = way[-1] - 0.2 * hessian @ (way[-1] - free)
        way.append(project(step[None], radius)[0])
    end = way[-1]
    loss = float(0.5 * (end - free) @ hessian @ (end - free))
    low, high = _square(1.25 * max(1.0, radius))
    return PlanePicture(
        low,
        high,
        _ellipses(hessian, free, max(loss, 0.02)),
        (_edge(p.ball, radius),),
        np.array(way),
        (
            (MarkedPoint.START, _at(way[0])),
            (MarkedPoint.FREE, _at(free)),
            (MarkedPoint.SOLUTION, _at(end)),
        ),
    )


def _valley(p: RidgeSteps, _seed: int) -> PlanePicture:
    """Show descent in a valley: across it in one step, along it in many."""
    curvatures = np.array((p.flattest, 1.0)) + p.lam
    way = [np.array((1.0, 0.8))]
    while np.abs(way[-1]).max() > p.left and len(way) < _STEPS:
        way.append(way[-1] - curvatures * way[-1] / curvatures[1])
    loss = float(0.5 * curvatures @ way[0] ** 2)
    low, high = _square(1.2)
    contours = _ellipses(np.diag(curvatures), np.zeros(2), loss / 2)
    ends = ((MarkedPoint.START, _at(way[0])), (MarkedPoint.END, _at(way[-1])))
    return PlanePicture(low, high, contours, (), np.array(way), ends)


def _parabola(p: QuadraticDescent, _seed: int) -> PlanePicture:
    """Show the weight step by step on its parabola, both as parts of the first."""
    rates = p.lr * np.minimum(1.0, np.arange(1, p.steps + 1) / max(p.warmup, 1))
    weights = np.concatenate(([1.0], np.cumprod(1 - rates * p.curvature)))[:_STEPS]
    weights = np.clip(weights, -1e6, 1e6)
    line = np.linspace(-1.5, 1.5, _ROUND)
    way = np.stack((weights, weights**2), axis=1)
    last = _at(np.clip(way[-1], (-1.5, 0), (1.5, 2.25)))
    ends = ((MarkedPoint.START, (1.0, 1.0)), (MarkedPoint.END, last))
    return PlanePicture(
        (-1.5, -0.1), (1.5, 2.25), (), (np.stack((line, line**2), axis=1),), way, ends
    )


_PICTURES: Mapping[str, Callable[[Any, int], PlanePicture]] = {
    "ball_projection": _projection,
    "constrained_fit": _held,
    "ball_solution": _held,
    "ridge_steps": _valley,
    "quadratic_descent": _parabola,
}


def has_picture(experiment: str) -> bool:
    """Tell whether an experiment of this name has a picture in a plane."""
    return experiment in _PICTURES


def picture_of(experiment: str, parameters: object, seed: int) -> PlanePicture:
    """Return the picture of an experiment at its parameters, where it has one."""
    return _PICTURES[experiment](parameters, seed)
