"""Batch, layer and instance normalisation. Feature maps have shape (N, C, H, W)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.activations import sigmoid
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON, batch_norm, running_average, sigmoid_derivative
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.streams import Rng

AXES: Mapping[str, tuple[int, ...]] = {
    "batch": (-4, -2, -1),
    "layer": (-3, -2, -1),
    "instance": (-2, -1),
}
"""The axes over which each normalisation takes means and variances. Source: Wu & He 2018, figure 2."""


@dataclass(frozen=True, slots=True)
class MapShape:
    """The shape of a feature map."""

    n: Annotated[int, Range(1, 64), "examples"] = 8
    c: Annotated[int, Range(1, 64), "channels"] = 3
    h: Annotated[int, Range(1, 64), "height"] = 4
    w: Annotated[int, Range(1, 64), "width"] = 5


def map_size(p: MapShape) -> float:
    """Return how many values a draw of the map makes on the way."""
    return 3 * p.n * p.c * p.h * p.w


_LEFT: Mapping[str, str] = {"batch": "c", "layer": "n", "instance": "nc"}
"""The axes that are left of n, c, h, w, for sums of squares by einsum, without an array of squares."""


def normalize(
    x: Array, kind: str, *, gamma: Array | float = 1.0, beta: Array | float = 0.0
) -> Array:
    """Normalise a feature map, shape (…, N, C, H, W), over ``AXES[kind]``; same shape.

    Uses the biased variance, as training does.
    """
    mean = x.mean(axis=AXES[kind], keepdims=True)
    normal: Array = x - mean
    squares = np.einsum(f"...nchw,...nchw->...{_LEFT[kind]}", normal, normal)
    variance = np.expand_dims(squares, AXES[kind]) * (mean.size / x.size)
    normal *= gamma / np.sqrt(variance + EPSILON)
    if not (isinstance(beta, float) and beta == 0.0):  # a pass over memory for nothing
        normal += beta
    return normal


@dataclass(frozen=True, slots=True)
class BatchNormLayer:
    """Parameters of ``batch_norm_layer``."""

    batch: Annotated[int, Range(2, 4096), "examples in the batch"] = 32
    mean: Annotated[float, Range(-1e3, 1e3), "mean of the input"] = 3.0
    sd: Annotated[float, Range(1e-2, 1e3), "standard deviation of the input"] = 2.0
    gamma: Annotated[float, Range(-1e3, 1e3), "scale"] = 1.0
    beta: Annotated[float, Range(-1e3, 1e3), "shift"] = 0.0


def _layer(rng: Rng, n: int, p: BatchNormLayer) -> dict[str, Array]:
    x = rng.normal(p.mean, p.sd, (n, p.batch))  # (draw, example)
    mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    y = np.asarray(batch_norm(x, mean, variance, p.gamma, p.beta, EPSILON))
    before = np.asarray(sigmoid_derivative(x))
    return {
        "output_mean": y[:1].mean(axis=1),
        "output_variance": y.var(axis=1),
        "saturated_before": (before < 0.0025).mean(axis=1),
        "saturated_after": (np.asarray(sigmoid_derivative(y)) < 0.0025).mean(axis=1),
        "sigmoid_output_mean": sigmoid(y).mean(axis=1),
    }


BATCH_NORM_LAYER = Experiment[BatchNormLayer](
    name="batch_norm_layer",
    doc="batch normalisation in training, of one unit over one batch of normal values",
    parameter_type=BatchNormLayer,
    quantities=(
        Quantity("output_mean", "mean over the batch", Estimator.EXACT, lambda p: p.beta),
        Quantity("output_variance", "variance over the batch"),
        Quantity(
            "saturated_before", "share with a sigmoid slope below 1 % of 1/4, before", known=SHARE
        ),
        Quantity("saturated_after", "the same, after", known=SHARE),
        Quantity("sigmoid_output_mean", "mean of the sigmoid of the output"),
    ),
    simulate=_layer,
    elements=lambda p: 6 * p.batch,
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1",
)


@dataclass(frozen=True, slots=True)
class BatchNormRunning:
    """Parameters of ``batch_norm_running``."""

    momentum: Annotated[float, Range(1e-3, 1.0), "weight of the new batch, as in PyTorch"] = 0.1
    steps: Annotated[int, Range(1, 1000), "batches seen"] = 10
    mean: Annotated[float, Range(-1e3, 1e3), "mean of the input"] = 3.0
    sd: Annotated[float, Range(1e-2, 1e3), "standard deviation of the input"] = 2.0
    batch: Annotated[int, Range(2, 1024), "examples in a batch"] = 16


def _running(rng: Rng, n: int, p: BatchNormRunning) -> dict[str, Array]:
    momentum, size = p.momentum, p.batch
    mean, variance = np.zeros(n), np.ones(n)
    for _ in range(p.steps):
        x = rng.normal(p.mean, p.sd, (n, size))  # (draw, example)
        mean += momentum * (x.mean(axis=1) - mean)
        variance += momentum * (x.var(axis=1, ddof=1) - variance)
    return {"running_mean": mean, "running_variance": variance, "running_mean_spread": mean}


def _running_spread(p: BatchNormRunning) -> float:
    """Return the variance of Σ m(1−m)ᵏ x̄ over k < steps, where x̄ has variance sd²/batch."""
    momentum = p.momentum
    share = momentum / (2 - momentum) * (1 - float((1 - momentum) ** (2 * p.steps)))
    return share * p.sd**2 / p.batch


def _after(p: BatchNormRunning, old: float, new: float) -> float:
    return float(running_average(old, new, p.momentum, p.steps))


BATCH_NORM_RUNNING = Experiment[BatchNormRunning](
    name="batch_norm_running",
    doc="the running statistics that inference uses, from 0 and 1, after some batches",
    parameter_type=BatchNormRunning,
    quantities=(
        Quantity("running_mean", "running mean", closed_form=lambda p: _after(p, 0.0, p.mean)),
        Quantity(
            "running_variance",
            "running variance",
            closed_form=lambda p: _after(p, 1.0, p.sd**2),
        ),
        Quantity(
            "running_mean_spread",
            "variance of the running mean from training to training",
            Estimator.VARIANCE,
            _running_spread,
        ),
    ),
    simulate=_running,
    elements=lambda p: 3 * p.batch,
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 3.1",
)


@dataclass(frozen=True, slots=True)
class NormalizationStatistics(MapShape):
    """Parameters of ``normalization_statistics``."""

    norm: Annotated[Literal["batch", "layer", "instance"], "the kind"] = "batch"


def _statistics(rng: Rng, _n: int, p: NormalizationStatistics) -> dict[str, Array]:
    """Count means; then move one value, or one channel's scale, and count what moves with it."""
    kind, shape = p.norm, (p.n, p.c, p.h, p.w)
    x = rng.normal(size=shape)
    means = x.mean(axis=AXES[kind])
    y, other = normalize(x, kind), x.copy()
    other[0, 0, 0, 0] += 1.0
    moved = np.abs(normalize(other, kind) - y) > 1e-12
    scale = np.ones((1, shape[1], 1, 1))
    scale[0, 0] = 2.0
    counted = {
        "statistics": means.size,
        "values_per_statistic": x.size / means.size,
        "values_moved": np.count_nonzero(moved),
        "examples_moved": np.count_nonzero(moved.any(axis=(1, 2, 3))),
        "channels_moved": np.count_nonzero(moved.any(axis=(0, 2, 3))),
        "moved_by_one_scale": np.count_nonzero(normalize(x, kind, gamma=scale) != y),
        "largest_mean_after": np.abs(y.mean(axis=AXES[kind])).max(),
        "mean_square_after": np.square(y).mean(),
    }
    return {name: np.array([float(value)]) for name, value in counted.items()}


def _behind_a_mean(p: NormalizationStatistics) -> float:
    n, c, area = p.n, p.c, p.h * p.w
    return {"batch": n * area, "layer": c * area, "instance": area}[p.norm]


def _means(p: NormalizationStatistics) -> float:
    return p.n * p.c * p.h * p.w / _behind_a_mean(p)


def _spread_over(p: NormalizationStatistics, norm: str, count: int) -> float:
    """Return how many of ``count`` examples or channels move with one value; ``norm`` joins them."""
    if _behind_a_mean(p) < 2:
        return 0.0
    return count if p.norm == norm else 1.0


NORMALIZATION_STATISTICS = Experiment[NormalizationStatistics](
    name="normalization_statistics",
    doc="how many means a normalisation takes of a feature map (n, c, h, w), and of which values",
    parameter_type=NormalizationStatistics,
    quantities=(
        Quantity("statistics", "number of means", Estimator.EXACT, _means),
        Quantity(
            "values_per_statistic", "values behind each mean", Estimator.EXACT, _behind_a_mean
        ),
        Quantity(
            "values_moved",
            "outputs that move when one value does",
            Estimator.EXACT,
            lambda p: _behind_a_mean(p) if _behind_a_mean(p) >= 2 else 0.0,
        ),
        Quantity(
            "examples_moved",
            "examples in which an output moves with one value",
            Estimator.EXACT,
            lambda p: _spread_over(p, "batch", p.n),
        ),
        Quantity(
            "channels_moved",
            "channels in which an output moves with one value",
            Estimator.EXACT,
            lambda p: _spread_over(p, "layer", p.c),
        ),
        Quantity(
            "moved_by_one_scale",
            "outputs that move when the scale of one channel does",
            Estimator.EXACT,
            lambda p: p.n * p.h * p.w if _behind_a_mean(p) >= 2 else nan,
        ),
        Quantity("largest_mean_after", "largest mean after normalising", Estimator.EXACT),
        Quantity("mean_square_after", "mean square of the outputs", Estimator.EXACT),
    ),
    simulate=_statistics,
    elements=map_size,
    source="Ba et al. 2016, arXiv:1607.06450; Ulyanov et al. 2016, arXiv:1607.08022",
)
