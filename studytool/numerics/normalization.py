"""Batch, layer and instance normalisation. Feature maps have shape (N, C, H, W)."""

from collections.abc import Mapping
from math import nan

import numpy as np

from studytool.numerics.activations import sigmoid
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import batch_norm, running_average, sigmoid_derivative
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import (
    Experiment,
    NumberParameter,
    ParameterValue,
    Quantity,
    Word,
)
from studytool.numerics.streams import Rng

EPSILON = 1e-5
"""Added to the variance. Source: PyTorch's default."""

AXES: Mapping[str, tuple[int, ...]] = {
    "batch": (-4, -2, -1),
    "layer": (-3, -2, -1),
    "instance": (-2, -1),
}
"""The axes over which each kind takes its mean and variance. Source: Wu & He 2018, figure 2."""

CHANGES: Mapping[str, tuple[int, ...]] = {"examples": (0,), "channels": (1,), "maps": (0, 1)}
"""The axes along which brightness and contrast are changed apart."""

_SHAPE = (
    NumberParameter("n", 8, 1, 64, "examples", whole=True),
    NumberParameter("c", 3, 1, 64, "channels", whole=True),
    NumberParameter("h", 4, 1, 64, "height", whole=True),
    NumberParameter("w", 5, 1, 64, "width", whole=True),
)


def _map_size(p: Mapping[str, ParameterValue]) -> float:
    return 3 * float(p["n"]) * float(p["c"]) * float(p["h"]) * float(p["w"])


_LEFT: Mapping[str, str] = {"batch": "c", "layer": "n", "instance": "nc"}
"""The axes of n, c, h, w that are left; sums of squares over the others need no array of them."""


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
    normal += beta
    return normal


def _layer(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    x = rng.normal(float(p["mean"]), float(p["sd"]), (n, int(p["batch"])))  # (draw, example)
    mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    y = np.asarray(batch_norm(x, mean, variance, float(p["gamma"]), float(p["beta"]), EPSILON))
    before = np.asarray(sigmoid_derivative(x))
    return {
        "output_mean": y.mean(axis=1),
        "output_variance": y.var(axis=1),
        "saturated_before": (before < 0.0025).mean(axis=1),
        "saturated_after": (np.asarray(sigmoid_derivative(y)) < 0.0025).mean(axis=1),
        "sigmoid_output_mean": sigmoid(y).mean(axis=1),
    }


BATCH_NORM_LAYER = Experiment(
    name="batch_norm_layer",
    doc="batch normalisation in training, of one unit over one batch of normal values",
    parameters=(
        NumberParameter("batch", 32, 2, 4096, "examples in the batch", whole=True),
        NumberParameter("mean", 3.0, -1e3, 1e3, "mean of the input"),
        NumberParameter("sd", 2.0, 1e-2, 1e3, "standard deviation of the input"),
        NumberParameter("gamma", 1.0, -1e3, 1e3, "scale"),
        NumberParameter("beta", 0.0, -1e3, 1e3, "shift"),
    ),
    quantities=(
        Quantity("output_mean", "mean over the batch", closed_form=lambda p: float(p["beta"])),
        Quantity("output_variance", "variance over the batch"),
        Quantity("saturated_before", "share with a sigmoid slope below 1 % of 1/4, before"),
        Quantity("saturated_after", "the same, after"),
        Quantity("sigmoid_output_mean", "mean of the sigmoid of the output"),
    ),
    simulate=_layer,
    elements=lambda p: 6 * float(p["batch"]),
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, algorithm 1",
)


def _running(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    momentum, size = float(p["momentum"]), int(p["batch"])
    mean, variance = np.zeros(n), np.ones(n)
    for _ in range(int(p["steps"])):
        x = rng.normal(float(p["mean"]), float(p["sd"]), (n, size))  # (draw, example)
        mean += momentum * (x.mean(axis=1) - mean)
        variance += momentum * (x.var(axis=1, ddof=1) - variance)
    return {"running_mean": mean, "running_variance": variance, "running_mean_spread": mean}


def _running_spread(p: Mapping[str, ParameterValue]) -> float:
    """Return the variance of Σ m(1−m)ᵏ x̄ over k < steps, where x̄ has variance sd²/batch."""
    momentum = float(p["momentum"])
    share = momentum / (2 - momentum) * (1 - float((1 - momentum) ** (2 * float(p["steps"]))))
    return share * float(p["sd"]) ** 2 / float(p["batch"])


def _after(p: Mapping[str, ParameterValue], old: float, new: float) -> float:
    return float(running_average(old, new, float(p["momentum"]), float(p["steps"])))


BATCH_NORM_RUNNING = Experiment(
    name="batch_norm_running",
    doc="the running statistics that inference uses, from 0 and 1, after some batches",
    parameters=(
        NumberParameter("momentum", 0.1, 1e-3, 1.0, "weight of the new batch, as in PyTorch"),
        NumberParameter("steps", 10, 1, 1000, "batches seen", whole=True),
        NumberParameter("mean", 3.0, -1e3, 1e3, "mean of the input"),
        NumberParameter("sd", 2.0, 1e-2, 1e3, "standard deviation of the input"),
        NumberParameter("batch", 16, 2, 1024, "examples in a batch", whole=True),
    ),
    quantities=(
        Quantity(
            "running_mean", "running mean", closed_form=lambda p: _after(p, 0.0, float(p["mean"]))
        ),
        Quantity(
            "running_variance",
            "running variance",
            closed_form=lambda p: _after(p, 1.0, float(p["sd"]) ** 2),
        ),
        Quantity(
            "running_mean_spread",
            "variance of the running mean from training to training",
            Estimator.VARIANCE,
            _running_spread,
        ),
    ),
    simulate=_running,
    elements=lambda p: 3 * float(p["batch"]),
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 3.1",
)


def _statistics(rng: Rng, _n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Count means; then move one value, or one channel's scale, and count what moves with it."""
    kind, shape = str(p["norm"]), tuple(int(p[axis]) for axis in ("n", "c", "h", "w"))
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
    }
    return {name: np.array([float(value)]) for name, value in counted.items()}


def _behind_a_mean(p: Mapping[str, ParameterValue]) -> float:
    n, c, area = float(p["n"]), float(p["c"]), float(p["h"]) * float(p["w"])
    return {"batch": n * area, "layer": c * area, "instance": area}[str(p["norm"])]


def _means(p: Mapping[str, ParameterValue]) -> float:
    return float(p["n"]) * float(p["c"]) * float(p["h"]) * float(p["w"]) / _behind_a_mean(p)


def _spread_over(axis: str, kind: str, p: Mapping[str, ParameterValue]) -> float:
    """Return over how many examples (n) or channels (c) a moved value is felt."""
    if _behind_a_mean(p) < 2:
        return 0.0
    return float(p[axis]) if p["norm"] == kind else 1.0


NORMALIZATION_STATISTICS = Experiment(
    name="normalization_statistics",
    doc="how many means a normalisation takes of a feature map (n, c, h, w), and of which values",
    parameters=(Word("norm", "batch", tuple(AXES), "the kind"), *_SHAPE),
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
            lambda p: _spread_over("n", "batch", p),
        ),
        Quantity(
            "channels_moved",
            "channels in which an output moves with one value",
            Estimator.EXACT,
            lambda p: _spread_over("c", "layer", p),
        ),
        Quantity(
            "moved_by_one_scale",
            "outputs that move when the scale of one channel does",
            Estimator.EXACT,
            lambda p: (
                float(p["n"]) * float(p["h"]) * float(p["w"]) if _behind_a_mean(p) >= 2 else nan
            ),
        ),
        Quantity("largest_mean_after", "largest mean after normalising", Estimator.EXACT),
    ),
    simulate=_statistics,
    elements=_map_size,
    source="Ba et al. 2016, arXiv:1607.06450; Ulyanov et al. 2016, arXiv:1607.08022",
)


def _changed(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Change n batches of feature maps and see how far the first example's outputs move."""
    kind, change = str(p["norm"]), str(p["change"])
    shape = tuple(int(p[axis]) for axis in ("n", "c", "h", "w"))
    x = rng.normal(size=(n, *shape))  # (draw, example, channel, height, width)
    if change == "other_examples":
        other = rng.normal(1.0, 2.0, x.shape)
        other[:, 0] = x[:, 0]
    else:
        each = [size if axis in CHANGES[change] else 1 for axis, size in enumerate(shape)]
        other = x * np.exp(rng.normal(0.0, 0.5, (n, *each))) + rng.normal(size=(n, *each))
    moved = normalize(other, kind)[:, 0] - normalize(x, kind)[:, 0]
    return {"moved": np.sqrt(np.square(moved).mean(axis=(1, 2, 3)))}


def _with_others(p: Mapping[str, ParameterValue]) -> str | None:
    if p["change"] == "other_examples" and float(p["n"]) < 2:
        return f"n = {p['n']:g}: with other_examples it must be in [2, 64]"
    return None


NORMALIZATION_CHANGE = Experiment(
    name="normalization_change",
    doc="how far normalised outputs move when brightness and contrast or other examples change",
    parameters=(
        Word("norm", "batch", tuple(AXES), "the kind"),
        Word(
            "change",
            "other_examples",
            ("other_examples", *CHANGES),
            "draw the other examples anew, or give each example, each channel, or each channel of "
            "each example a brightness and contrast of its own",
        ),
        *_SHAPE,
    ),
    quantities=(Quantity("moved", "rms move of the first example's outputs"),),
    simulate=_changed,
    elements=lambda p: 4 * _map_size(p),
    refuse=_with_others,
    source="Wu & He 2018, arXiv:1803.08494, figure 2; Ulyanov et al. 2016, arXiv:1607.08022",
)
