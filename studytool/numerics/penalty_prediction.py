"""Prediction by a penalised fit whose penalty is chosen on a validation set."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity
from studytool.numerics.known_range import SHARE
from studytool.numerics.least_squares import elastic_net, ridge
from studytool.numerics.streams import Rng

_STRENGTHS: Mapping[str, Array] = {
    "dense": 2.0 ** np.arange(-8.0, 4.0),
    "sparse": 2.0 ** np.arange(-8.0, 4.0),
    "grouped": 2.0 ** np.arange(-4.0, 8.0),
}
"""The weights of the whole penalty that are tried, by design."""


def _penalties(method: str, strengths: Array) -> list[tuple[float, float]]:
    """Return the pairs of l1 and l2 that are tried."""
    if method == "two_penalties":
        return [(float(l1), float(l2)) for l1 in strengths[::2] for l2 in strengths[::2]]
    share = {"lasso": 1.0, "ridge": 0.0, "elastic_net": 0.5}[method]
    return [(share * strength, (1.0 - share) * strength) for strength in map(float, strengths)]


@dataclass(frozen=True, slots=True)
class PenaltyPrediction:
    """Parameters of ``penalty_prediction``."""

    design: Annotated[
        Literal["dense", "sparse", "grouped"], "all features matter, or one, or three groups do"
    ] = "grouped"
    method: Annotated[
        Literal["lasso", "ridge", "elastic_net", "two_penalties"],
        "the penalty; elastic_net shares one weight evenly, two_penalties chooses both",
    ] = "elastic_net"
    rival: Annotated[
        Literal["ridge", "elastic_net"], "the penalty whose error on the same data is taken away"
    ] = "ridge"


def _prediction(rng: Rng, n: int, p: PenaltyPrediction) -> dict[str, Array]:
    """Fit every penalty of the grid, and choose by a validation set of the same size."""
    x, y, truth = _predicted_designs(rng, 2 * n, p.design)
    x, y, other_x, other_y = x[:n], y[:n], x[n:], y[n:]

    def tried(method: str) -> tuple[Array, Array]:
        """Return the validation errors, shape (penalty, draw), and the best fit's model error."""
        fits = [
            elastic_net(x, y, l1=l1, l2=l2, gap=1e-3).coefficients if l1 else ridge(x, y, l2)
            for l1, l2 in _penalties(method, _STRENGTHS[p.design])
        ]
        w = np.array(fits)  # (penalty, draw, feature)
        missed = (other_x @ w[..., None])[..., 0] - other_y  # (penalty, draw, sample)
        validation = np.square(missed).mean(axis=2)
        chosen = w[validation.argmin(axis=0), np.arange(n)]
        away = other_x @ (chosen - truth)[..., None]  # (draw, sample, 1)
        return validation, np.square(away).mean(axis=(1, 2))

    validation, error = tried(p.method)
    return {
        "model_error": error,
        "above_rival": error - tried(p.rival)[1],
        "near_best_share": (validation <= 1.1 * validation.min(axis=0)).mean(axis=0),
    }


def _predicted_designs(rng: Rng, n: int, design: str) -> tuple[Array, Array, Array]:
    """Draw the second and (smaller) the fourth design of Zou & Hastie 2005, section 5."""
    if design != "grouped":
        x = rng.standard_normal((n, 20, 8))
        for column in range(1, 8):  # correlation 0.5^|i−j|
            x[..., column] = 0.5 * x[..., column - 1] + sqrt(0.75) * x[..., column]
        truth = np.full(8, 0.85) if design == "dense" else 5.0 * (np.arange(8) == 0)
        noise = 3.0
    else:
        x = rng.standard_normal((n, 40, 20))
        for group in range(3):
            shared = rng.standard_normal((n, 40, 1))
            x[..., 4 * group : 4 * group + 4] = shared + 0.1 * x[..., 4 * group : 4 * group + 4]
        truth, noise = np.where(np.arange(20) < 12, 3.0, 0.0), 15.0
    return x, x @ truth + noise * rng.standard_normal(x.shape[:2]), truth


PENALTY_PREDICTION = Experiment[PenaltyPrediction](
    name="penalty_prediction",
    doc="the model error of a penalised fit whose penalty was chosen on a validation set",
    parameter_type=PenaltyPrediction,
    quantities=(
        Quantity("model_error", "mean squared difference from the true prediction"),
        Quantity("above_rival", "model_error − that of the rival penalty on the same data"),
        Quantity(
            "near_best_share", "share of the penalties tried within 10 % of the best", known=SHARE
        ),
    ),
    simulate=_prediction,
    elements=lambda _: 60_000.0,
    source="Zou & Hastie 2005, section 5, examples 2 to 4",
)
