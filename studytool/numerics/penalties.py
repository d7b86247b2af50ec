"""Penalised least squares: lasso, ridge, elastic net, with a certificate of the optimum.

The objective is ‖y − Xw‖²/(2n) + l1·‖w‖₁ + (l2/2)·‖w‖², scikit-learn's with
alpha = l1 + l2 and l1_ratio = l1/(l1 + l2). X has shape (samples, features).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from studytool.numerics.closed_forms import elastic_net_threshold, soft_threshold
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Number, Quantity, Value
from studytool.numerics.streams import Rng

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of one or many problems, and how far each objective may be above the least.

    Attributes:
        coefficients: shape (..., features).
        duality_gap: shape (...).
    """

    coefficients: Array
    duality_gap: Array

    @property
    def zeros(self) -> Array:
        """Count the coefficients that are exactly 0, shape (...)."""
        zeros: Array = np.count_nonzero(self.coefficients == 0, axis=-1).astype(np.float64)
        return zeros


def ridge(x: Array, y: Array, l2: float) -> Array:
    """Solve (XᵀX/n + l2·I) w = Xᵀy/n for w, shape (..., features); l2 > 0.

    Args:
        x: shape (..., samples, features).
        y: shape (..., samples).
        l2: weight of the penalty.

    Source: Hoerl & Kennard 1970, eq. 2.1.
    """
    n, turned = x.shape[-2], np.swapaxes(x, -1, -2)
    gram, moment = turned @ x / n, turned @ y[..., None] / n
    solution: Array = np.linalg.solve(gram + l2 * np.eye(x.shape[-1]), moment)
    return solution[..., 0]


def elastic_net(
    x: Array, y: Array, *, l1: float, l2: float = 0.0, gap: float = 1e-8, sweeps: int = 10_000
) -> Fit:
    """Minimise by coordinate descent until each duality gap is below ``gap``·‖y‖²/n.

    Many problems of one size are solved at once, coordinate by coordinate.

    Args:
        x: shape (..., samples, features).
        y: shape (..., samples).
        l1: at least 0; ``l2 = 0`` is the lasso.
        l2: at least 0.
        gap: relative certificate at which a problem is done.
        sweeps: passes over all coordinates at the most.

    Source: Friedman, Hastie & Tibshirani 2010, JSS 33(1), eq. 5.
    """
    shape, (samples, features) = x.shape[:-2], x.shape[-2:]
    x, y = x.reshape(-1, samples, features), y.reshape(-1, samples)
    w, found = np.zeros((len(x), features)), np.full(len(x), np.inf)
    enough = gap * np.square(y).sum(axis=1) / samples
    left = np.arange(len(x))
    for _ in range(max(1, sweeps // _SWEEPS_BETWEEN_CHECKS)):
        w[left] = _sweep(x[left], y[left], w[left], l1=l1, l2=l2)
        found[left] = duality_gap(x[left], y[left], w[left], l1=l1, l2=l2)
        left = left[found[left] > enough[left]]
        if not left.size:
            break
    return Fit(w.reshape(*shape, features), found.reshape(shape))


_SWEEPS_BETWEEN_CHECKS = 20


def _sweep(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> Array:
    """Pass over all coordinates some times; shapes (problem, ...)."""
    n = x.shape[1]
    columns = x.transpose(2, 0, 1)  # (feature, problem, sample)
    weight = np.square(columns).sum(axis=2) / n  # (feature, problem)
    w, residual = w.copy(), y - (x @ w[..., None])[..., 0]
    for _ in range(_SWEEPS_BETWEEN_CHECKS):
        for j, column in enumerate(columns):
            z = np.einsum("ps,ps->p", column, residual) / n + weight[j] * w[:, j]
            moved = np.sign(z) * np.maximum(np.abs(z) - l1, 0.0) / (weight[j] + l2)
            residual -= column * (moved - w[:, j])[:, None]
            w[:, j] = moved
    return w


def duality_gap(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> Array:
    """Bound the distance of each w's objective from the least one, shape (...); 0 at the optimum.

    The l2 term counts as further rows √(n·l2)·I of X, which makes it a lasso.
    Source: Kim et al. 2007, IEEE J-STSP 1(4), section III.
    """
    n = x.shape[-2]
    residual = y - (x @ w[..., None])[..., 0]
    lower = -np.sqrt(n * l2) * w  # the residual of the further rows, whose target is 0
    slope = (np.swapaxes(x, -1, -2) @ residual[..., None])[..., 0] + np.sqrt(n * l2) * lower
    steepest = np.maximum(np.abs(slope).max(axis=-1) / n, 1e-300)
    scale = np.minimum(1.0, l1 / steepest)[..., None]
    size = np.square(residual).sum(axis=-1) + np.square(lower).sum(axis=-1)
    primal = size / (2.0 * n) + l1 * np.abs(w).sum(axis=-1)
    off = np.square(y - scale * residual).sum(axis=-1) + np.square(scale * lower).sum(axis=-1)
    gap: Array = primal - (np.square(y).sum(axis=-1) - off) / (2.0 * n)
    return gap


# --- random designs ---------------------------------------------------------------------------

_DESIGN = (
    Number("samples", 60, 5, 2000, "rows of the design", whole=True),
    Number("features", 20, 2, 200, "columns of the design", whole=True),
    Number("informative", 4, 1, 200, "features with a true coefficient of 1", whole=True),
    Number("noise", 0.5, 0.0, 100, "standard deviation of the noise"),
)


def _designs(
    rng: Rng, n: int, p: Mapping[str, Value], *, twins: bool = False
) -> tuple[Array, Array]:
    """Draw n normal designs and responses; with twins, column 1 repeats column 0 but for 1 %."""
    samples, features = int(p["samples"]), int(p["features"])
    x = rng.normal(size=(n, samples, features))
    if twins:
        x[..., 1] = x[..., 0] + 0.01 * rng.normal(size=(n, samples))
    truth = (np.arange(features) < float(p["informative"])).astype(np.float64)
    return x, x @ truth + float(p["noise"]) * rng.normal(size=(n, samples))


def _size(p: Mapping[str, Value]) -> float:
    return 4.0 * float(p["samples"]) * float(p["features"])


def _lasso(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    fit = elastic_net(*_designs(rng, n, p), l1=float(p["lam"]))
    return {
        "zeros": fit.zeros,
        "norm": np.linalg.norm(fit.coefficients, axis=1),
        "duality_gap": fit.duality_gap,
    }


LASSO_FIT = Experiment(
    name="lasso_fit",
    doc="the lasso on random designs, by coordinate descent",
    parameters=(*_DESIGN, Number("lam", 0.1, 1e-4, 1e3, "weight of the L1 penalty")),
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("norm", "Euclidean norm of the coefficients"),
        Quantity("duality_gap", "certificate of the optimum"),
    ),
    simulate=_lasso,
    elements=_size,
    source="Tibshirani 1996, JRSS B 58, 267",
)


def _ridge(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    w = ridge(*_designs(rng, n, p), float(p["lam"]))
    return {
        "zeros": np.count_nonzero(w == 0, axis=1).astype(np.float64),
        "norm": np.linalg.norm(w, axis=1),
    }


RIDGE_FIT = Experiment(
    name="ridge_fit",
    doc="ridge regression on random designs, solved exactly",
    parameters=(*_DESIGN, Number("lam", 0.1, 1e-4, 1e3, "weight of the L2 penalty")),
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("norm", "Euclidean norm of the coefficients"),
    ),
    simulate=_ridge,
    elements=_size,
    source="Hoerl & Kennard 1970, Technometrics 12, 55",
)


def _elastic_net(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    fit = elastic_net(*_designs(rng, n, p, twins=True), l1=float(p["l1"]), l2=float(p["l2"]))
    first, second = fit.coefficients[:, 0], fit.coefficients[:, 1]
    larger = np.maximum(np.maximum(np.abs(first), np.abs(second)), 1e-300)
    return {
        "zeros": fit.zeros,
        "twin_gap": np.abs(first - second) / larger,
        "duality_gap": fit.duality_gap,
    }


ELASTIC_NET_FIT = Experiment(
    name="elastic_net_fit",
    doc="the elastic net on random designs whose first two features are near twins",
    parameters=(
        *_DESIGN,
        Number("l1", 0.1, 1e-4, 1e3, "weight of the L1 penalty"),
        Number("l2", 0.1, 0.0, 1e3, "weight of the L2 penalty; 0 is the lasso"),
    ),
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("twin_gap", "relative difference of the twins' coefficients"),
        Quantity("duality_gap", "certificate of the optimum"),
    ),
    simulate=_elastic_net,
    elements=_size,
    source="Zou & Hastie 2005, JRSS B 67, 301, section 2.3",
)

# --- one coefficient, and the geometry --------------------------------------------------------


def _orthonormal(_rng: Rng, _n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    """Minimise (w − z)²/2 + l1·|w| + l2·w²/2 by proximal gradient steps from 0."""
    z, l1, l2 = float(p["z"]), float(p["l1"]), float(p["l2"])
    w, step = 0.0, 0.5 / (1.0 + l2)
    for _ in range(200):
        moved = w - step * ((w - z) + l2 * w)
        w = max(abs(moved) - step * l1, 0.0) * (1.0 if moved > 0 else -1.0)
    return {"coefficient": np.array([w])}


ORTHONORMAL_PENALTY = Experiment(
    name="orthonormal_penalty",
    doc="one coefficient of an orthonormal design, by 200 proximal gradient steps",
    parameters=(
        Number("z", 1.5, -1e3, 1e3, "least-squares coefficient"),
        Number("l1", 0.5, 0.0, 1e3, "weight of the L1 penalty"),
        Number("l2", 0.0, 0.0, 1e3, "weight of the L2 penalty"),
    ),
    quantities=(
        Quantity(
            "coefficient",
            "the penalised coefficient",
            Estimator.EXACT,
            lambda p: float(elastic_net_threshold(float(p["z"]), float(p["l1"]), float(p["l2"]))),
        ),
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


def _ball(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    angle = rng.uniform(0.0, 2 * np.pi, n)
    points = float(p["distance"]) * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    l1, l2 = (project(points, float(p["radius"])) for project in (project_l1, project_l2))
    return {
        "l1_zero_share": np.any(l1 == 0, axis=1).astype(np.float64),
        "l2_zero_share": np.any(l2 == 0, axis=1).astype(np.float64),
        "l2_norm": np.linalg.norm(l2, axis=1),
    }


def _l1_zero_share(p: Mapping[str, Value]) -> float:
    """Give the share of directions in which |x| − |y| is at least the radius."""
    reach = float(p["radius"]) / (np.sqrt(2.0) * float(p["distance"]))
    return float(1.0 - 4.0 / np.pi * np.arcsin(reach)) if reach <= np.sqrt(0.5) else float("nan")


BALL_PROJECTION = Experiment(
    name="ball_projection",
    doc="the nearest point of the diamond and of the circle to a point in a random direction",
    parameters=(
        Number("radius", 1.0, 1e-3, 1e3, "radius of the balls"),
        Number("distance", 2.0, 1e-3, 1e3, "distance of the point from the centre"),
    ),
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
            closed_form=lambda p: min(float(p["radius"]), float(p["distance"])),
        ),
    ),
    simulate=_ball,
    elements=lambda _: 12.0,
    source="Tibshirani 1996, figure 2; Hastie et al. 2009, ESL, figure 3.11",
)


def _decay(_rng: Rng, _n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    w = float(p["start"])
    for _ in range(int(p["steps"])):
        w -= float(p["lr"]) * float(p["lam"]) * w
    return {"weight": np.array([w])}


L2_DECAY = Experiment(
    name="l2_decay",
    doc="gradient descent on (lam/2)·w² alone, step by step",
    parameters=(
        Number("start", 2.0, -1e3, 1e3, "first weight"),
        Number("lr", 0.1, 1e-6, 10, "learning rate"),
        Number("lam", 0.05, 0.0, 1e3, "weight of the penalty"),
        Number("steps", 50, 1, 100_000, "steps", whole=True),
    ),
    quantities=(
        Quantity(
            "weight",
            "the weight after the steps",
            Estimator.EXACT,
            lambda p: (
                float(p["start"]) * (1 - float(p["lr"]) * float(p["lam"])) ** float(p["steps"])
            ),
        ),
    ),
    simulate=_decay,
    elements=lambda _: 1.0,
    source="Goodfellow et al. 2016, Deep Learning, eq. 7.5",
)
