"""Weights that start alike, and stay alike in training."""

from dataclasses import dataclass
from math import sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.dropout import draw_mask
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE, KnownRange
from studytool.numerics.streams import Rng
from studytool.numerics.training_step import LARGEST

ROUNDING = 1e-9
"""Weights of size 1 that differ by less are equal but for rounding."""


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Parameters of ``symmetry``."""

    init: Annotated[
        Literal["zero", "constant", "constant_first", "xavier"],
        "the initialisation; constant_first leaves the weights of the output random",
    ] = "constant"
    units: Annotated[int, Range(1, 64), "hidden tanh units"] = 8
    steps: Annotated[int, Range(1, 5000), "steps of gradient descent"] = 200
    keep: Annotated[float, Range(0.05, 1), "probability that a unit stays in a step (dropout)"] = (
        1.0
    )


def _symmetry(rng: Rng, n: int, p: Symmetry) -> dict[str, Array]:
    """Train n networks 4–units–1 (tanh) on a random task, all by full-batch descent."""
    inputs, units, examples, keep = 4, p.units, 32, p.keep
    x = rng.normal(size=(n, examples, inputs))
    y = np.sign(x[..., :1] * x[..., 1:2])  # XOR of two signs, (draw, example, 1)
    w1, w2 = _start(rng, n, (inputs, units), p.init)
    start, update_gap = w1.copy(), np.zeros(n)
    for _ in range(p.steps):
        h = np.tanh(x @ w1)
        mask = draw_mask(rng, h.shape, keep) / keep if keep < 1 else np.ones(1)
        error = (h * mask @ w2 - y) / examples
        back = (error @ w2.transpose(0, 2, 1)) * mask * (1.0 - np.square(h))
        step = 0.5 * (x.transpose(0, 2, 1) @ back)
        update_gap = np.maximum(update_gap, _gap(step, axis=2))
        w2 = np.clip(w2 - 0.5 * ((h * mask).transpose(0, 2, 1) @ error), -LARGEST, LARGEST)
        w1 = np.clip(w1 - step, -LARGEST, LARGEST)
    output = np.tanh(x @ w1) @ w2
    return {
        "weight_rank": np.linalg.matrix_rank(w1, rtol=1e-6).astype(np.float64),
        "unit_gap": _gap(w1, axis=2),
        "input_gap": _gap(w1, axis=1),
        "update_gap": update_gap,
        "units_equal": (_gap(w1, axis=2) < ROUNDING).astype(np.float64),
        "updates_equal": (update_gap < ROUNDING).astype(np.float64),
        "unmoved": np.all(w1 == start, axis=(1, 2)).astype(np.float64),
        "final_loss": np.mean(np.square(output - y), axis=(1, 2)),
        "accuracy": np.mean(np.sign(output) == y, axis=(1, 2)),
    }


def _gap(weights: Array, *, axis: int) -> Array:
    """Return the largest difference along one axis of (network, input, unit), shape (network,)."""
    gap: Array = np.ptp(weights, axis=axis).max(axis=1)
    return gap


def _start(rng: Rng, n: int, shape: tuple[int, int], init: str) -> tuple[Array, Array]:
    inputs, units = shape
    if init == "zero":
        return np.zeros((n, inputs, units)), np.zeros((n, units, 1))
    if init == "constant":
        return np.full((n, inputs, units), 0.5), np.full((n, units, 1), 0.5)
    if init == "constant_first":
        first = np.full((n, inputs, units), 0.5)
    else:
        first = rng.normal(0.0, sqrt(2.0 / (inputs + units)), (n, inputs, units))
    return first, rng.normal(0.0, sqrt(2.0 / (units + 1)), (n, units, 1))


SYMMETRY = Experiment[Symmetry](
    name="symmetry",
    doc="the rank of the first layer's weights after training, by initialisation",
    parameter_type=Symmetry,
    quantities=(
        Quantity(
            "weight_rank", "rank of the trained matrix of shape (4, units)", known=KnownRange(0, 4)
        ),
        Quantity("unit_gap", "largest difference between two units' weights of one input"),
        Quantity("input_gap", "largest difference between two weights of one unit"),
        Quantity("update_gap", "largest difference between two units' updates of one step"),
        Quantity(
            "units_equal",
            "share of networks whose units have the same weights after training",
            known=SHARE,
        ),
        Quantity(
            "updates_equal",
            "share of networks whose units had the same update at every step",
            known=SHARE,
        ),
        Quantity(
            "unmoved",
            "share of networks whose first layer is exactly as it was at the start",
            known=SHARE,
        ),
        Quantity("final_loss", "mean squared error after training"),
        Quantity("accuracy", "share of examples whose sign is right after training", known=SHARE),
    ),
    simulate=_symmetry,
    elements=lambda p: 32.0 * (4 + 5 * p.units),
    source="Goodfellow et al. 2016, Deep Learning, section 8.4",
    trains=True,
)
