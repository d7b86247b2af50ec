"""What a penalty does to one coefficient, and the geometry of its ball.

Penalties count as in :mod:`studytool.numerics.least_squares`: l1·|w| + (l2/2)·w².
"""

from dataclasses import dataclass
from math import ceil, log
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import elastic_net_threshold, soft_threshold
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.least_squares import draw_designs, ridge
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class OrthonormalPenalty:
    """Parameters of ``orthonormal_penalty``."""

    z: Annotated[float, Range(-1e3, 1e3), "least-squares coefficient"] = 1.5
    l1: Annotated[float, Range(0.0, 1e3), "weight of the L1 penalty"] = 0.5
    l2: Annotated[float, Range(0.0, 1e3), "weight of the L2 penalty"] = 0.0


def _orthonormal(_rng: Rng, _n: int, p: OrthonormalPenalty) -> dict[str, Array]:
    """Minimise (w − z)²/2 + l1·|w| + l2·w²/2 by proximal gradient steps from 0."""
    z, l1, l2 = p.z, p.l1, p.l2
    w, step = 0.0, 0.5 / (1.0 + l2)
    for _ in range(200):
        moved = w - step * ((w - z) + l2 * w)
        w = max(abs(moved) - step * l1, 0.0) * (1.0 if moved > 0 else -1.0)
    pull = l1 * abs(w)
    loss = np.square(w - z) / 2.0
    return {
        "coefficient": np.array([w]),
        "rescaled": np.array([(1.0 + l2) * w]),
        "l1_share": np.array([pull / (loss + pull) if loss + pull else 0.0]),
    }


def _l1_share(p: OrthonormalPenalty) -> float:
    """Return λ(|z|−λ)/(λ²/2 + λ(|z|−λ)), for |z| > λ and no L2 penalty."""
    lam, left = p.l1, abs(p.z) - p.l1
    return lam * left / (lam**2 / 2 + lam * left) if left > 0 and not p.l2 else float("nan")


ORTHONORMAL_PENALTY = Experiment[OrthonormalPenalty](
    name="orthonormal_penalty",
    doc="one coefficient of an orthonormal design, by 200 proximal gradient steps",
    parameter_type=OrthonormalPenalty,
    quantities=(
        Quantity(
            "coefficient",
            "the penalised coefficient",
            Estimator.EXACT,
            lambda p: float(elastic_net_threshold(p.z, p.l1, p.l2)),
        ),
        Quantity(
            "rescaled",
            "the coefficient times 1 + l2, Zou and Hastie's elastic net",
            Estimator.EXACT,
            lambda p: float(soft_threshold(p.z, p.l1)),
        ),
        Quantity("l1_share", "the L1 term's share of loss and L1 term", Estimator.EXACT, _l1_share),
    ),
    simulate=_orthonormal,
    elements=lambda _: 1.0,
    source="Zou & Hastie 2005, section 3.1; steps: Daubechies et al. 2004",
)


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
class L2Decay:
    """Parameters of ``l2_decay``."""

    start: Annotated[float, Range(-1e3, 1e3), "first weight"] = 2.0
    lr: Annotated[float, Range(1e-6, 10), "learning rate"] = 0.1
    lam: Annotated[float, Range(0.0, 1e3), "weight of the penalty"] = 0.05
    steps: Annotated[int, Range(1, 100_000), "steps"] = 50


def _decay(_rng: Rng, _n: int, p: L2Decay) -> dict[str, Array]:
    w = p.start
    for _ in range(p.steps):
        w -= p.lr * p.lam * w
    return {"weight": np.array([w])}


L2_DECAY = Experiment[L2Decay](
    name="l2_decay",
    doc="gradient descent on (lam/2)·w² alone, step by step",
    parameter_type=L2Decay,
    quantities=(
        Quantity(
            "weight",
            "the weight after the steps",
            Estimator.EXACT,
            lambda p: p.start * (1 - p.lr * p.lam) ** p.steps,
        ),
    ),
    simulate=_decay,
    elements=lambda _: 1.0,
    source="Goodfellow et al. 2016, Deep Learning, eq. 7.5",
)


# --- paths and descents -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RidgePath:
    """Parameters of ``ridge_path``."""

    rho: Annotated[float, Range(0.0, 0.99), "correlation of every two features"] = 0.9
    scale: Annotated[float, Range(0.01, 100), "factor on the responses, for scaled_norm"] = 10.0


def _ridge_path(rng: Rng, n: int, p: RidgePath) -> dict[str, Array]:
    """Follow ridge over 40 penalties, on designs with 5 correlated features."""
    x, y = draw_designs(rng, (n, 40, 5), np.linspace(1, 2, 5), noise=2.0, rho=p.rho)
    path = np.array([ridge(x, y, l2) for l2 in np.geomspace(1e-3, 1e2, 40)])  # (penalty, n, 5)
    norms = np.linalg.norm(path, axis=2)
    scaled = np.linalg.norm(ridge(x, p.scale * y, 0.5), axis=1)
    return {
        "norm_grows": np.any(np.diff(norms, axis=0) > 0, axis=0).astype(np.float64),
        "coefficient_grows": np.any(np.diff(np.abs(path), axis=0) > 0, axis=(0, 2)) * 1.0,
        "scaled_norm": np.stack((scaled, np.linalg.norm(ridge(x, y, 0.5), axis=1)), axis=1),
    }


RIDGE_PATH = Experiment[RidgePath](
    name="ridge_path",
    doc="ridge under a growing penalty, on correlated features",
    parameter_type=RidgePath,
    quantities=(
        Quantity(
            "norm_grows",
            "share of data sets in which the norm grows somewhere as the penalty does",
            closed_form=lambda _: 0.0,
        ),
        Quantity("coefficient_grows", "share in which some |coefficient| grows somewhere"),
        Quantity(
            "scaled_norm",
            "norm with scaled responses / norm as they are, at one penalty",
            Estimator.RATIO,
            lambda p: p.scale,
        ),
    ),
    simulate=_ridge_path,
    elements=lambda _: 1500.0,
    source="Hoerl & Kennard 1970, section 3",
)


@dataclass(frozen=True, slots=True)
class RidgeDirection:
    """Parameters of ``ridge_direction``."""

    curvature: Annotated[float, Range(1e-3, 100), "of the loss along the direction, d²/samples"] = (
        0.3
    )
    lam: Annotated[float, Range(1e-3, 100), "weight of the L2 penalty"] = 0.5


def _ridge_direction(rng: Rng, n: int, p: RidgeDirection) -> dict[str, Array]:
    """Make designs with given curvatures of the loss, and see what ridge leaves along the first."""
    samples, curvatures = 20, np.array([p.curvature, 1.0, 4.0])
    left = np.linalg.qr(rng.standard_normal((n, samples, 3)))[0]
    right = np.linalg.qr(rng.standard_normal((n, 3, 3)))[0]
    x = left * np.sqrt(samples * curvatures) @ right.transpose(0, 2, 1)
    y = rng.standard_normal((n, samples))
    along = [(ridge(x, y, l2) * right[..., 0]).sum(axis=1) for l2 in (p.lam, 1e-13)]
    return {"kept": np.stack(along, axis=1) * np.sign(along[1])[:, None]}


RIDGE_DIRECTION = Experiment[RidgeDirection](
    name="ridge_direction",
    doc="what ridge leaves of the least-squares solution along one direction",
    parameter_type=RidgeDirection,
    quantities=(
        Quantity(
            "kept",
            "coefficient along the direction, ridge / least squares",
            Estimator.RATIO,
            lambda p: p.curvature / (p.curvature + p.lam),
        ),
    ),
    simulate=_ridge_direction,
    elements=lambda _: 400.0,
    source="Hastie et al. 2009, ESL, eq. 3.47",
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


@dataclass(frozen=True, slots=True)
class RidgeSteps:
    """Parameters of ``ridge_steps``."""

    flattest: Annotated[float, Range(1e-4, 1.0), "curvature along the valley; across it is 1"] = (
        0.01
    )
    lam: Annotated[float, Range(0.0, 100), "weight of the L2 penalty"] = 0.1
    left: Annotated[float, Range(1e-9, 0.5), "share of the distance that may be left"] = 0.001


def _ridge_steps(_rng: Rng, _n: int, p: RidgeSteps) -> dict[str, Array]:
    """Descend in the flattest and the steepest direction at the rate 1/steepest, from 1."""
    low, high = p.flattest + p.lam, 1.0 + p.lam
    w, steps = np.ones(2), 0
    while np.abs(w).max() > p.left:
        w = w - np.array([low, high]) * w / high
        steps += 1
    return {"steps": np.array([float(steps)])}


RIDGE_STEPS = Experiment[RidgeSteps](
    name="ridge_steps",
    doc="steps of gradient descent on a long valley whose curvatures are raised by an L2 penalty",
    parameter_type=RidgeSteps,
    quantities=(
        Quantity(
            "steps",
            "steps until that is reached",
            Estimator.EXACT,
            lambda p: (
                float(ceil(log(p.left) / log(1 - (p.flattest + p.lam) / (1 + p.lam))))
                if p.flattest != 1
                else float("nan")
            ),
        ),
    ),
    simulate=_ridge_steps,
    elements=lambda _: 2.0,
    source="Nesterov 2004, Introductory lectures on convex optimization, section 2.1",
)


@dataclass(frozen=True, slots=True)
class KinkDescent:
    """Parameters of ``kink_descent``."""

    method: Annotated[Literal["slope", "proximal"], "the step"] = "slope"
    lr: Annotated[float, Range(1e-4, 1.0), "learning rate"] = 0.3
    lam: Annotated[float, Range(1e-3, 1.0), "weight of the penalty"] = 0.7
    steps: Annotated[int, Range(1, 100_000), "steps"] = 4000


def _kink(_rng: Rng, _n: int, p: KinkDescent) -> dict[str, Array]:
    """Step down lam·|w| from 1 by its slope, or by the proximal step."""
    w, step, before = 1.0, p.lr * p.lam, 1.0
    for _ in range(p.steps):
        before = w
        w = w - step * float(np.sign(w)) if p.method == "slope" else max(w - step, 0.0)
    return {"swing": np.array([abs(w - before)])}


KINK_DESCENT = Experiment[KinkDescent](
    name="kink_descent",
    doc="descent on an L1 penalty alone: by its slope, or by the proximal step",
    parameter_type=KinkDescent,
    quantities=(
        Quantity("swing", "how far the last step still moves the weight", Estimator.EXACT),
    ),
    simulate=_kink,
    elements=lambda _: 1.0,
    source="Beck & Teboulle 2009, SIAM J. Imaging Sciences 2(1), section 1",
)
