"""The balls of the L1 and the L2 norm: nearest points, and least squares held within them."""

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


def _constrained(rng: Rng, n: int, p: ConstrainedFit) -> dict[str, Array]:
    """Minimise the loss within a ball by projected gradient steps."""
    project, order = {"circle": (project_l2, 2), "diamond": (project_l1, 1)}[p.ball]
    x, y = draw_designs(rng, (n, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    gram = x.transpose(0, 2, 1) @ x / 30
    moment = (x.transpose(0, 2, 1) @ y[..., None])[..., 0] / 30
    free = np.linalg.solve(gram, moment[..., None])[..., 0]
    radius = p.share * np.linalg.norm(free, ord=order, axis=1)
    rate = 1.0 / np.linalg.eigvalsh(gram)[:, -1:]
    w = np.zeros_like(free)
    for _ in range(300):
        w = w - rate * ((gram @ w[..., None])[..., 0] - moment)
        w = project(w / radius[:, None], 1.0) * radius[:, None]
    pull = moment - (gram @ w[..., None])[..., 0]
    others = project(rng.standard_normal((n * 50, 3)) * 2, 1.0).reshape(n, 50, 3)
    away = others * radius[:, None, None] - free[:, None]
    mine = w - free
    size = np.linalg.norm(pull, axis=1) * np.linalg.norm(w, axis=1)
    return {
        "length": np.linalg.norm(w, ord=order, axis=1) / np.linalg.norm(free, ord=order, axis=1),
        "tangency": (pull * w).sum(axis=1) / np.maximum(size, 1e-300),
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
        ),
        Quantity("zero_share", "share of solutions with a coefficient of exactly 0"),
    ),
    simulate=_constrained,
    elements=lambda _: 800.0,
    source="Hastie et al. 2009, ESL, figure 3.11; Tibshirani 1996, eq. 1",
)
