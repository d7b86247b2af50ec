"""Descent on the lasso's objective from the least-squares solution, by slope or proximal steps."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE, KnownRange
from studytool.numerics.least_squares import draw_designs
from studytool.numerics.streams import Rng

SAMPLES = 40


@dataclass(frozen=True, slots=True)
class LassoDescent:
    """Parameters of ``lasso_descent``."""

    method: Annotated[Literal["slope", "proximal"], "the step"] = "proximal"
    lam: Annotated[float, Range(1e-6, 1.0), "weight of the L1 penalty"] = 0.2
    rate: Annotated[float, Range(0.01, 1.0), "learning rate / (1/λmax)"] = 0.5
    features: Annotated[int, Range(2, 20), "columns of the design"] = 8
    informative: Annotated[int, Range(1, 20), "features with a true coefficient of 1"] = 3
    steps: Annotated[int, Range(1, 5000), "steps"] = 300


def _descent(rng: Rng, n: int, p: LassoDescent) -> dict[str, Array]:
    """Descend on loss + lam·Σ|w|; the loss is half the mean squared error, noise 0.5."""
    truth = (np.arange(p.features) < p.informative).astype(np.float64)
    x, y = draw_designs(rng, (n, SAMPLES, p.features), truth, noise=0.5)
    gram = x.transpose(0, 2, 1) @ x / SAMPLES
    moment = (x.transpose(0, 2, 1) @ y[..., None])[..., 0] / SAMPLES
    rate = np.asarray(p.rate / np.linalg.eigvalsh(gram)[:, -1:], np.float64)  # (draw, 1)
    start = np.asarray(np.linalg.solve(gram, moment[..., None])[..., 0], np.float64)
    w = before = start
    for _ in range(p.steps):
        before = w
        slope = (gram @ w[..., None])[..., 0] - moment
        if p.method == "slope":
            w = w - rate * (slope + p.lam * np.sign(w))
        else:
            moved = w - rate * slope
            w = moved - np.clip(moved, -rate * p.lam, rate * p.lam)
    share_start, share_end = (_penalty_share(x, y, at, p.lam) for at in (start, w))
    last = np.linalg.norm(w - before, axis=1)
    return {
        "share_start": share_start,
        "share_end": share_end,
        "share_grows": (share_end > share_start).astype(np.float64),
        "zeros": np.count_nonzero(w == 0, axis=1).astype(np.float64),
        "log10_last_step": np.log10(np.clip(last / np.linalg.norm(start, axis=1), 1e-17, 1.0)),
    }


def _penalty_share(x: Array, y: Array, w: Array, lam: float) -> Array:
    """Return the share of the penalty in loss and penalty, shape (draw,)."""
    loss = np.square((x @ w[..., None])[..., 0] - y).mean(axis=1) / 2.0
    penalty = lam * np.abs(w).sum(axis=1)
    share: Array = penalty / (loss + penalty)
    return share


LASSO_DESCENT = Experiment[LassoDescent](
    name="lasso_descent",
    doc="descent on the lasso's objective from the least-squares solution",
    parameter_type=LassoDescent,
    quantities=(
        Quantity(
            "share_start", "penalty / (loss + penalty) at the least-squares solution", known=SHARE
        ),
        Quantity("share_end", "the same after the steps", known=SHARE),
        Quantity(
            "share_grows", "share of data sets in which it is larger after the steps", known=SHARE
        ),
        Quantity("zeros", "coefficients that are exactly 0 after the steps"),
        Quantity(
            "log10_last_step",
            "log10 of the last step's length / norm at the start, from -17 (it stands) to 0",
            known=KnownRange(-17.0, 0.0),
        ),
    ),
    simulate=_descent,
    elements=lambda p: 3.0 * SAMPLES * p.features,
    source="Beck & Teboulle 2009, SIAM J. Imaging Sciences 2(1), section 1",
)
