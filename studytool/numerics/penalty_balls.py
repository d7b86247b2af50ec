"""The balls of the L1 and the L2 norm: nearest points, and least squares held within them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import soft_threshold
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.least_squares import draw_designs
from studytool.numerics.streams import Rng


def project_l1(points: Array, radius: float) -> Array:
    """Project points, shape (n, d), on the ball Σ|w| ≤ radius.

    Source: Duchi et al. 2008, ICML, figure 1.
    """
    size = np.abs(points)
    falling = -np.sort(-size, axis=1)  # (point, rank)
    excess = (np.cumsum(falling, axis=1) - radius) / np.arange(1, points.shape[1] + 1)
    last = np.maximum(np.count_nonzero(falling > excess, axis=1) - 1, 0)
    threshold = np.maximum(excess[np.arange(len(points)), last], 0.0)
    inside = size.sum(axis=1) <= radius
    threshold = np.where(inside, 0.0, threshold)
    return np.asarray(soft_threshold(points, threshold[:, None]))


def project_l2(points: Array, radius: float) -> Array:
    """Project points, shape (n, d), on the ball ‖w‖ ≤ radius."""
    length = np.linalg.norm(points, axis=1, keepdims=True)
    projected: Array = points * np.minimum(1.0, radius / np.maximum(length, 1e-300))
    return projected


@dataclass(frozen=True, slots=True)
class BallProjection:
    """Parameters of ``ball_projection``."""

    radius: Annotated[float, Range(1e-3, 1e3), "radius of the balls"] = 1.0
    distance: Annotated[float, Range(1e-3, 1e3), "distance of the point from the centre"] = 2.0


def _ball(rng: Rng, n: int, p: BallProjection) -> dict[str, Array]:
    angle = rng.uniform(0.0, 2 * np.pi, n)
    points = p.distance * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    l1, l2 = (project(points, p.radius) for project in (project_l1, project_l2))
    return {
        "l1_zero_share": np.any(l1 == 0, axis=1).astype(np.float64),
        "l2_zero_share": np.any(l2 == 0, axis=1).astype(np.float64),
        "l2_norm": np.linalg.norm(l2, axis=1),
    }


def _l1_zero_share(p: BallProjection) -> float:
    """Return the share of directions in which |x| − |y| is at least the radius."""
    reach = p.radius / (np.sqrt(2.0) * p.distance)
    return float(1.0 - 4.0 / np.pi * np.arcsin(reach)) if reach <= np.sqrt(0.5) else float("nan")


BALL_PROJECTION = Experiment[BallProjection](
    name="ball_projection",
    doc="the nearest point of the diamond and of the circle to a point in a random direction",
    parameter_type=BallProjection,
    quantities=(
        Quantity(
            "l1_zero_share",
            "share of nearest points of the diamond with a coordinate of exactly 0",
            closed_form=_l1_zero_share,
        ),
        Quantity("l2_zero_share", "the same for the circle", closed_form=lambda _: 0.0),
        Quantity(
            "l2_norm",
            "distance of the circle's nearest point from the centre",
            closed_form=lambda p: min(p.radius, p.distance),
        ),
    ),
    simulate=_ball,
    elements=lambda _: 12.0,
    source="Tibshirani 1996, figure 2; Hastie et al. 2009, ESL, figure 3.11",
)


@dataclass(frozen=True, slots=True)
class ConstrainedFit:
    """Parameters of ``constrained_fit``."""

    ball: Annotated[Literal["circle", "diamond"], "what the weights must stay in"] = "circle"
    share: Annotated[float, Range(0.05, 3.0), "radius / norm of the unconstrained solution"] = 0.5


@dataclass(frozen=True, slots=True)
class _LeastSquares:
    """Least-squares problems by their normal equations, one of each draw.

    Attributes:
        gram: XᵀX/n, shape (draw, weight, weight).
        moment: Xᵀy/n, shape (draw, weight).
    """

    gram: Array
    moment: Array

    def pull(self, w: Array) -> Array:
        """Return minus the slope of half the mean squared error at w, shape (draw, weight)."""
        pull: Array = self.moment - (self.gram @ w[..., None])[..., 0]
        return pull

    def solve(self, lam: Array) -> Array:
        """Return the ridge solutions for a penalty of each draw, shape (draw, weight)."""
        penalised = self.gram + lam[:, None, None] * np.eye(self.moment.shape[1])
        return np.asarray(np.linalg.solve(penalised, self.moment[..., None])[..., 0], np.float64)

    def descend(
        self, start: Array, radius: Array, project: Callable[[Array, float], Array]
    ) -> Array:
        """Return the least loss within the ball of a radius (draw, 1), by 300 projected steps."""
        rate = np.asarray(1.0 / np.linalg.eigvalsh(self.gram)[:, -1:], np.float64)
        w = start
        for _ in range(300):
            w = project((w + rate * self.pull(w)) / radius, 1.0) * radius
        return w


def _cosine(a: Array, b: Array) -> Array:
    size = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosine: Array = (a * b).sum(axis=1) / np.maximum(size, 1e-300)
    return cosine


def _constrained(rng: Rng, n: int, p: ConstrainedFit) -> dict[str, Array]:
    """Minimise the loss within a ball by projected gradient steps, from 0 and from elsewhere."""
    project, order = {"circle": (project_l2, 2), "diamond": (project_l1, 1)}[p.ball]
    x, y = draw_designs(rng, (n, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    turned = x.transpose(0, 2, 1)
    loss = _LeastSquares(turned @ x / 30, (turned @ y[..., None])[..., 0] / 30)
    free = loss.solve(np.zeros(n))
    radius = p.share * np.linalg.norm(free, ord=order, axis=1, keepdims=True)
    w = loss.descend(np.zeros_like(free), radius, project)
    elsewhere = loss.descend(3.0 * rng.standard_normal(free.shape), radius, project)
    pull, square = loss.pull(w), np.square(w).sum(axis=1)
    penalised = loss.solve(np.maximum((pull * w).sum(axis=1) / square, 0.0))
    shrunk = min(p.share, 1.0) * free
    others = project(rng.standard_normal((n * 50, 3)) * 2, 1.0).reshape(n, 50, 3)
    away, mine = others * radius[..., None] - free[:, None], w - free
    return {
        "length": np.linalg.norm(w, ord=order, axis=1) / np.linalg.norm(free, ord=order, axis=1),
        "tangency": _cosine(pull, w),
        "shrunk_tangency": _cosine(loss.pull(shrunk), shrunk),
        "better_inside": (
            ((away @ loss.gram) * away).sum(axis=2)
            < ((mine[:, None] @ loss.gram)[:, 0] * mine).sum(axis=1)[:, None] - 1e-9
        ).mean(axis=1),
        "zero_share": np.any(w == 0, axis=1).astype(np.float64),
        "start_gap": np.linalg.norm(w - elsewhere, axis=1) / np.sqrt(square),
        "ridge_gap": np.linalg.norm(w - penalised, axis=1) / np.sqrt(square),
    }


CONSTRAINED_FIT = Experiment[ConstrainedFit](
    name="constrained_fit",
    doc="least squares within a circle or diamond, by projected gradient steps",
    parameter_type=ConstrainedFit,
    quantities=(
        Quantity(
            "length",
            "norm of the solution / norm of the unconstrained one",
            closed_form=lambda p: min(1.0, p.share),
        ),
        Quantity("tangency", "cosine between the weights and the loss's pull on them"),
        Quantity(
            "better_inside",
            "share of other points of the ball with a smaller loss",
            closed_form=lambda _: 0.0,
        ),
        Quantity("zero_share", "share of solutions with a coefficient of exactly 0"),
        Quantity("start_gap", "distance of the solutions from two starts / norm of the first"),
        Quantity(
            "ridge_gap",
            "distance of ridge, at the penalty that pulls as the edge does / norm of the solution",
        ),
        Quantity(
            "shrunk_tangency",
            "the cosine at the unconstrained solution, shrunk to the edge without turning",
        ),
    ),
    simulate=_constrained,
    elements=lambda _: 800.0,
    source="Hastie et al. 2009, ESL, figure 3.11; Tibshirani 1996, eq. 1",
)
