"""The balls of the L1 and the L2 norm: nearest points, and least squares held within them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import soft_threshold
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
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


PROJECTIONS: Mapping[str, Callable[[Array, float], Array]] = {
    "circle": project_l2,
    "diamond": project_l1,
}
NORMS = {"circle": 2, "diamond": 1}
"""Of each ball: the order of its norm."""


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
            known=SHARE,
        ),
        Quantity(
            "l2_zero_share", "the same for the circle", closed_form=lambda _: 0.0, known=SHARE
        ),
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


@dataclass(frozen=True, slots=True)
class _HeldFit:
    """Problems with their unconstrained solutions, and the solutions held in a ball."""

    loss: _LeastSquares
    free: Array
    radius: Array
    w: Array


def _hold(rng: Rng, n: int, p: ConstrainedFit) -> _HeldFit:
    """Minimise the loss of n data sets within a ball, by projected gradient steps from 0."""
    x, y = draw_designs(rng, (n, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    turned = x.transpose(0, 2, 1)
    loss = _LeastSquares(turned @ x / 30, (turned @ y[..., None])[..., 0] / 30)
    free = loss.solve(np.zeros(n))
    radius = p.share * np.linalg.norm(free, ord=NORMS[p.ball], axis=1, keepdims=True)
    w = loss.descend(np.zeros_like(free), radius, PROJECTIONS[p.ball])
    return _HeldFit(loss, free, radius, w)


def _constrained(rng: Rng, n: int, p: ConstrainedFit) -> dict[str, Array]:
    held = _hold(rng, n, p)
    w, free, gram, order = held.w, held.free, held.loss.gram, NORMS[p.ball]
    shrunk = min(p.share, 1.0) * free
    others = PROJECTIONS[p.ball](rng.standard_normal((n * 50, 3)) * 2, 1.0).reshape(n, 50, 3)
    away, mine = others * held.radius[..., None] - free[:, None], w - free
    return {
        "length": np.linalg.norm(w, ord=order, axis=1) / np.linalg.norm(free, ord=order, axis=1),
        "tangency": _cosine(held.loss.pull(w), w),
        "shrunk_tangency": _cosine(held.loss.pull(shrunk), shrunk),
        "better_inside": (
            ((away @ gram) * away).sum(axis=2)
            < ((mine[:, None] @ gram)[:, 0] * mine).sum(axis=1)[:, None] - 1e-9
        ).mean(axis=1),
        "zero_share": np.any(w == 0, axis=1).astype(np.float64),
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
            known=SHARE,
        ),
        Quantity("zero_share", "share of solutions with a coefficient of exactly 0", known=SHARE),
        Quantity(
            "shrunk_tangency",
            "the cosine at the unconstrained solution, shrunk to the edge without turning",
        ),
    ),
    simulate=_constrained,
    elements=lambda _: 800.0,
    source="Hastie et al. 2009, ESL, figure 3.11; Tibshirani 1996, eq. 1",
)


@dataclass(frozen=True, slots=True)
class BallSolution(ConstrainedFit):
    """Parameters of ``ball_solution``."""


DATA_SETS = 20


def _solution(rng: Rng, _n: int, p: BallSolution) -> dict[str, Array]:
    """Hold 20 data sets in the ball, once more from another start, and once by a penalty.

    The penalty is the one that pulls as hard as the edge does: pull·w = λ·w·w.
    """
    held = _hold(rng, DATA_SETS, p)
    w, loss, order = held.w, held.loss, NORMS[p.ball]
    elsewhere = 3.0 * rng.standard_normal(w.shape)
    again = loss.descend(elsewhere, held.radius, PROJECTIONS[p.ball])
    pull, square = loss.pull(w), np.square(w).sum(axis=1)
    penalised = loss.solve(np.maximum((pull * w).sum(axis=1) / square, 0.0))
    length = np.linalg.norm(w, ord=order, axis=1) / np.linalg.norm(held.free, ord=order, axis=1)
    gaps = [np.linalg.norm(w - other, axis=1) / np.sqrt(square) for other in (again, penalised)]
    return {
        "length": np.array([length.mean()]),
        "tangency": np.array([_cosine(pull, w).min()]),
        "start_gap": np.array([gaps[0].max()]),
        "ridge_gap": np.array([gaps[1].max()]),
    }


BALL_SOLUTION = Experiment[BallSolution](
    name="ball_solution",
    doc="what the solutions within a ball have in common, over 20 data sets",
    parameter_type=BallSolution,
    quantities=(
        Quantity(
            "length",
            "mean norm of the solution / norm of the unconstrained one",
            Estimator.EXACT,
            lambda p: min(1.0, p.share),
        ),
        Quantity(
            "tangency",
            "least cosine between the weights and the loss's pull on them",
            Estimator.EXACT,
        ),
        Quantity(
            "start_gap",
            "largest distance of the solutions from two starts / norm of the first",
            Estimator.EXACT,
        ),
        Quantity(
            "ridge_gap",
            "largest distance of ridge, by the penalty that pulls as the edge does / norm",
            Estimator.EXACT,
        ),
    ),
    simulate=_solution,
    elements=lambda _: 20_000.0,
    source="Hastie et al. 2009, ESL, eq. 3.41 to 3.43, figure 3.11",
)
