"""Ridge as its penalty grows: norms, single directions, and steps of descent."""

from dataclasses import dataclass
from math import ceil, log
from typing import Annotated

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.least_squares import draw_designs, ridge
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class RidgePath:
    """Parameters of ``ridge_path``."""

    rho: Annotated[float, Range(0.0, 0.99), "correlation of every two features"] = 0.9
    scale: Annotated[float, Range(0.01, 100), "factor on the responses, for scaled_norm"] = 10.0


def _ridge_path(rng: Rng, n: int, p: RidgePath) -> dict[str, Array]:
    """Follow ridge over 40 penalties, on designs with 5 correlated features.

    The responses that are scaled belong to other designs than those that are not.
    """
    truth = np.linspace(1, 2, 5)
    x, y = draw_designs(rng, (n, 40, 5), truth, noise=2.0, rho=p.rho)
    other_x, other_y = draw_designs(rng, (n, 40, 5), truth, noise=2.0, rho=p.rho)
    path = np.array([ridge(x, y, l2) for l2 in np.geomspace(1e-3, 1e2, 40)])  # (penalty, n, 5)
    norms = np.linalg.norm(path, axis=2)
    scaled = np.linalg.norm(ridge(other_x, p.scale * other_y, 0.5), axis=1)
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
            known=SHARE,
        ),
        Quantity(
            "coefficient_grows", "share in which some |coefficient| grows somewhere", known=SHARE
        ),
        Quantity(
            "scaled_norm",
            "mean norm with scaled responses / mean norm as they are, at one penalty",
            Estimator.RATIO,
            lambda p: p.scale,
        ),
    ),
    simulate=_ridge_path,
    elements=lambda _: 2000.0,
    source="Hoerl & Kennard 1970, section 3",
)


@dataclass(frozen=True, slots=True)
class RidgeDirection:
    """Parameters of ``ridge_direction``."""

    curvature: Annotated[float, Range(1e-3, 100), "of the loss along the direction, d²/samples"] = (
        0.3
    )
    lam: Annotated[float, Range(1e-3, 100), "weight of the L2 penalty"] = 0.5


def _ridge_direction(rng: Rng, _n: int, p: RidgeDirection) -> dict[str, Array]:
    """Make 20 designs with given curvatures of the loss; see what ridge leaves along the first."""
    n, samples, curvatures = 20, 20, np.array([p.curvature, 1.0, 4.0])
    left = np.linalg.qr(rng.standard_normal((n, samples, 3)))[0]
    right = np.linalg.qr(rng.standard_normal((n, 3, 3)))[0]
    x = left * np.sqrt(samples * curvatures) @ right.transpose(0, 2, 1)
    y = rng.standard_normal((n, samples))
    along = [(ridge(x, y, l2) * right[..., 0]).sum(axis=1) for l2 in (p.lam, 1e-13)]
    return {"kept": np.array([np.abs(along[0]).sum() / np.abs(along[1]).sum()])}


RIDGE_DIRECTION = Experiment[RidgeDirection](
    name="ridge_direction",
    doc="what ridge leaves of the least-squares solution along one direction",
    parameter_type=RidgeDirection,
    quantities=(
        Quantity(
            "kept",
            "|coefficient| along the direction over 20 designs, ridge / least squares",
            Estimator.EXACT,
            lambda p: p.curvature / (p.curvature + p.lam),
        ),
    ),
    simulate=_ridge_direction,
    elements=lambda _: 8000.0,
    source="Hastie et al. 2009, ESL, eq. 3.47",
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
