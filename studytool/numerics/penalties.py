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
    """Coefficients, shape (features,), and how far their objective may be above the least."""

    coefficients: Array
    duality_gap: float

    @property
    def zeros(self) -> int:
        """Count the coefficients that are exactly 0."""
        return int(np.count_nonzero(self.coefficients == 0))


def ridge(x: Array, y: Array, l2: float) -> Array:
    """Solve (XᵀX/n + l2·I) w = Xᵀy/n for w, shape (features,); l2 > 0.

    Source: Hoerl & Kennard 1970, eq. 2.1.
    """
    n = x.shape[0]
    solution: Array = np.linalg.solve(x.T @ x / n + l2 * np.eye(x.shape[1]), x.T @ y / n)
    return solution


def elastic_net(
    x: Array, y: Array, *, l1: float, l2: float = 0.0, gap: float = 1e-8, sweeps: int = 10_000
) -> Fit:
    """Minimise by coordinate descent until the duality gap is below ``gap``·‖y‖²/n.

    Args:
        x: shape (samples, features).
        y: shape (samples,).
        l1: at least 0; ``l2 = 0`` is the lasso.
        l2: at least 0.
        gap: relative certificate at which to stop.
        sweeps: passes over all coordinates at the most.

    Source: Friedman, Hastie & Tibshirani 2010, JSS 33(1), eq. 5.
    """
    n = x.shape[0]
    gram, moment = x.T @ x / n, x.T @ y / n  # (feature, feature), (feature,)
    w = np.zeros(x.shape[1])
    enough = gap * float(y @ y) / n
    found = np.inf
    for sweep in range(sweeps):
        for j in range(w.size):
            z = moment[j] - gram[j] @ w + gram[j, j] * w[j]
            w[j] = float(soft_threshold(z, l1)) / (gram[j, j] + l2)
        if sweep % 10 == 9:
            found = duality_gap(x, y, w, l1=l1, l2=l2)
            if found <= enough:
                break
    return Fit(w, found)


def duality_gap(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> float:
    """Bound the distance of w's objective from the least one; 0 at the optimum.

    The l2 term counts as l2·n further rows √(n·l2)·I of X, which makes it a lasso.
    Source: Kim et al. 2007, IEEE J-STSP 1(4), section III.
    """
    n = int(x.shape[0])
    wide = np.concatenate((x, np.sqrt(n * l2) * np.eye(x.shape[1])))
    residual = np.concatenate((y, np.zeros(x.shape[1]))) - wide @ w
    steepest = float(np.max(np.abs(wide.T @ residual))) / n
    dual = residual * min(1.0, l1 / steepest) if steepest else residual
    target = np.concatenate((y, np.zeros(x.shape[1])))
    primal = float(residual @ residual) / (2 * n) + l1 * float(np.abs(w).sum())
    rest = target - dual
    return primal - (float(target @ target) - float(rest @ rest)) / (2.0 * n)


# --- random designs ---------------------------------------------------------------------------

_DESIGN = (
    Number("samples", 60, 5, 2000, "rows of the design", whole=True),
    Number("features", 20, 2, 200, "columns of the design", whole=True),
    Number("informative", 4, 1, 200, "features with a true coefficient of 1", whole=True),
    Number("noise", 0.5, 0.0, 100, "standard deviation of the noise"),
)


def _design(rng: Rng, p: Mapping[str, Value], *, twins: bool = False) -> tuple[Array, Array]:
    """Draw a normal design and its response; with twins, column 1 repeats column 0 but for 1 %."""
    samples, features = int(p["samples"]), int(p["features"])
    x = rng.normal(size=(samples, features))
    if twins:
        x[:, 1] = x[:, 0] + 0.01 * rng.normal(size=samples)
    truth = (np.arange(features) < float(p["informative"])).astype(np.float64)
    return x, x @ truth + float(p["noise"]) * rng.normal(size=samples)


def _size(p: Mapping[str, Value]) -> float:
    return 200.0 * float(p["features"]) ** 2 + float(p["samples"]) * float(p["features"])


def _lasso(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    fits = [elastic_net(*_design(rng, p), l1=float(p["lam"])) for _ in range(n)]
    return {
        "zeros": np.array([float(fit.zeros) for fit in fits]),
        "norm": np.array([float(np.linalg.norm(fit.coefficients)) for fit in fits]),
        "duality_gap": np.array([fit.duality_gap for fit in fits]),
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
    fits = [ridge(*_design(rng, p), float(p["lam"])) for _ in range(n)]
    return {
        "zeros": np.array([float(np.count_nonzero(w == 0)) for w in fits]),
        "norm": np.array([float(np.linalg.norm(w)) for w in fits]),
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
    l1, l2 = float(p["l1"]), float(p["l2"])
    fits = [elastic_net(*_design(rng, p, twins=True), l1=l1, l2=l2) for _ in range(n)]
    first = np.array([fit.coefficients[:2] for fit in fits])  # (fit, twin)
    larger = np.maximum(np.abs(first).max(axis=1), 1e-300)
    return {
        "zeros": np.array([float(fit.zeros) for fit in fits]),
        "twin_gap": np.abs(first[:, 0] - first[:, 1]) / larger,
        "duality_gap": np.array([fit.duality_gap for fit in fits]),
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
