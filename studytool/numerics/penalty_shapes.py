"""What the shape of a penalty does: its corners, its kink, the kink rounded, turned features.

Penalties count as in :mod:`studytool.numerics.least_squares`: l1·|w| + (l2/2)·w².
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.least_squares import draw_designs, elastic_net, ridge
from studytool.numerics.penalty_balls import project_l1
from studytool.numerics.streams import Rng

ComplexVector = NDArray[np.complex128]

PENALTIES: Mapping[str, Callable[[ComplexVector], complex]] = {
    "squares": lambda w: complex((w * w).sum() / 2.0),
    "absolute": lambda w: complex(np.sqrt(w * w).sum()),
    "norm": lambda w: complex(np.sqrt((w * w).sum())),
}
"""Half the sum of squares, the sum of sizes, and the L2 norm, of weights beside the real axis."""


@dataclass(frozen=True, slots=True)
class SlopeJump:
    """Parameters of ``slope_jump``."""

    penalty: Annotated[Literal["squares", "absolute", "norm"], "the penalty"] = "absolute"
    lam: Annotated[float, Range(1e-3, 1e3), "weight of the penalty"] = 0.7
    beside: Annotated[float, Range(-100, 100), "another weight, which stays"] = 0.0


def _jump(_rng: Rng, _n: int, p: SlopeJump) -> dict[str, Array]:
    """Take the slope 10⁻³⁰ to either side of 0 by a step of 10⁻⁵⁰ along the imaginary axis.

    No difference of the penalty is taken, so nothing cancels.
    """

    def slope(w: float) -> float:
        weights = np.array([complex(w, 1e-50), complex(p.beside, 0.0)])
        return p.lam * PENALTIES[p.penalty](weights).imag / 1e-50

    return {"jump": np.array([slope(1e-30) - slope(-1e-30)])}


SLOPE_JUMP = Experiment[SlopeJump](
    name="slope_jump",
    doc="by how much the slope of a penalty jumps where a weight passes 0",
    parameter_type=SlopeJump,
    quantities=(Quantity("jump", "slope just above 0 − slope just below it", Estimator.EXACT),),
    simulate=_jump,
    elements=lambda _: 2.0,
    source="Hastie et al. 2009, ESL, section 3.4.2; Yuan & Lin 2006 for the unsquared norm",
)


@dataclass(frozen=True, slots=True)
class RoundedKink:
    """Parameters of ``rounded_kink``."""

    z: Annotated[float, Range(-1e3, 1e3), "least-squares coefficient"] = 0.4
    lam: Annotated[float, Range(0.0, 1e3), "weight of the penalty"] = 0.6
    width: Annotated[float, Range(1e-6, 10), "how far from 0 the kink is rounded off"] = 0.001


def _rounded(_rng: Rng, _n: int, p: RoundedKink) -> dict[str, Array]:
    """Minimise (w − z)²/2 + lam·√(w² + width²) by halving, between 0 and z, where it turns."""
    low, high = 0.0, abs(p.z)
    for _ in range(200):
        w = (low + high) / 2
        if w - abs(p.z) + p.lam * w / np.hypot(w, p.width) < 0:
            low = w
        else:
            high = w
    return {"coefficient": np.array([np.sign(p.z) * high])}


ROUNDED_KINK = Experiment[RoundedKink](
    name="rounded_kink",
    doc="one coefficient of an orthonormal design under an L1 penalty without its kink",
    parameter_type=RoundedKink,
    quantities=(Quantity("coefficient", "the penalised coefficient", Estimator.EXACT),),
    simulate=_rounded,
    elements=lambda _: 1.0,
    source="Beck & Teboulle 2012, SIAM J. Optimization 22(2), on smoothing",
)


@dataclass(frozen=True, slots=True)
class TurnedFeatures:
    """Parameters of ``turned_features``."""

    method: Annotated[Literal["ridge", "lasso"], "the fit"] = "ridge"
    lam: Annotated[float, Range(1e-3, 10), "weight of the penalty"] = 0.3


def _turned(rng: Rng, n: int, p: TurnedFeatures) -> dict[str, Array]:
    """Fit the same data in its own features and in features turned at random, and turn back."""
    x, y = draw_designs(rng, (n, 30, 4), np.array([2.0, -1.0, 0.5, 0.0]), noise=1.0)
    turn = np.linalg.qr(rng.standard_normal((n, 4, 4)))[0]  # (draw, feature, turned feature)

    def fit(x: Array) -> Array:
        lasso = p.method == "lasso"
        return elastic_net(x, y, l1=p.lam).coefficients if lasso else ridge(x, y, p.lam)

    here, there = fit(x), (turn @ fit(x @ turn)[..., None])[..., 0]
    size = np.maximum(np.linalg.norm(here, axis=1), 1e-300)
    return {"gap": np.linalg.norm(here - there, axis=1) / size}


TURNED_FEATURES = Experiment[TurnedFeatures](
    name="turned_features",
    doc="whether a penalised fit depends on the axes in which the features are given",
    parameter_type=TurnedFeatures,
    quantities=(
        Quantity("gap", "distance of the weights found in turned features / norm of the weights"),
    ),
    simulate=_turned,
    elements=lambda _: 600.0,
    source="Hastie et al. 2009, ESL, section 3.4.3; Ng 2004, ICML, on rotational invariance",
)


@dataclass(frozen=True, slots=True)
class DiamondVertices:
    """Parameters of ``diamond_vertices``."""

    dimensions: Annotated[int, Range(1, 50), "weights"] = 2
    distance: Annotated[float, Range(1.0, 1e9), "of the points / radius of the diamond"] = 1e6


def _vertices(rng: Rng, n: int, p: DiamondVertices) -> dict[str, Array]:
    """Find the nearest points of the diamond to two far points in random directions."""
    x = rng.standard_normal((2 * n, p.dimensions))
    x *= p.distance / np.linalg.norm(x, axis=1, keepdims=True)
    nearest = project_l1(x, 1.0).reshape(2, n, p.dimensions)
    one, other = np.sign(nearest)  # (point, weight)
    return {
        "on_vertex": (np.count_nonzero(one, axis=1) == 1).astype(np.float64),
        "same_vertex": np.all(one == other, axis=1).astype(np.float64),
    }


DIAMOND_VERTICES = Experiment[DiamondVertices](
    name="diamond_vertices",
    doc="where on the diamond the nearest point to a far point lies",
    parameter_type=DiamondVertices,
    quantities=(
        Quantity(
            "on_vertex", "share of nearest points with one coordinate that is not 0", known=SHARE
        ),
        Quantity("same_vertex", "chance that two of them share a corner or face", known=SHARE),
    ),
    simulate=_vertices,
    elements=lambda p: 12.0 * p.dimensions,
    source="Tibshirani 1996, figure 2; projection: Duchi et al. 2008, ICML",
)
