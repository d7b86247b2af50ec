"""Batch, layer and instance normalisation. Feature maps have shape (N, C, H, W)."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from studytool.numerics.activations import sigmoid
from studytool.numerics.closed_forms import batch_norm, running_average, sigmoid_derivative
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Number, Quantity, Value, Word
from studytool.numerics.streams import Rng

Array = npt.NDArray[np.float64]

EPSILON = 1e-5
"""Added to the variance. Source: PyTorch's default."""

AXES: Mapping[str, tuple[int, ...]] = {"batch": (0, 2, 3), "layer": (1, 2, 3), "instance": (2, 3)}
"""The axes over which each kind takes its mean and variance. Source: Wu & He 2018, figure 2."""


def normalize(
    x: Array, kind: str, *, gamma: Array | float = 1.0, beta: Array | float = 0.0
) -> Array:
    """Normalise a feature map, shape (N, C, H, W), over ``AXES[kind]``; same shape.

    Uses the biased variance, as training does.
    """
    mean = x.mean(axis=AXES[kind], keepdims=True)
    variance = x.var(axis=AXES[kind], keepdims=True)
    normal: Array = gamma * (x - mean) / np.sqrt(variance + EPSILON) + beta
    return normal


def _layer(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
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
        Number("batch", 32, 2, 4096, "examples in the batch", whole=True),
        Number("mean", 3.0, -1e3, 1e3, "mean of the input"),
        Number("sd", 2.0, 1e-2, 1e3, "standard deviation of the input"),
        Number("gamma", 1.0, -1e3, 1e3, "scale"),
        Number("beta", 0.0, -1e3, 1e3, "shift"),
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


def _running(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    momentum, size = float(p["momentum"]), int(p["batch"])
    mean, variance = np.zeros(n), np.ones(n)
    for _ in range(int(p["steps"])):
        x = rng.normal(float(p["mean"]), float(p["sd"]), (n, size))  # (draw, example)
        mean += momentum * (x.mean(axis=1) - mean)
        variance += momentum * (x.var(axis=1, ddof=1) - variance)
    return {"running_mean": mean, "running_variance": variance}


def _after(p: Mapping[str, Value], old: float, new: float) -> float:
    return float(running_average(old, new, float(p["momentum"]), float(p["steps"])))


BATCH_NORM_RUNNING = Experiment(
    name="batch_norm_running",
    doc="the running statistics that inference uses, from 0 and 1, after some batches",
    parameters=(
        Number("momentum", 0.1, 1e-3, 1.0, "weight of the new batch, as in PyTorch"),
        Number("steps", 10, 1, 1000, "batches seen", whole=True),
        Number("mean", 3.0, -1e3, 1e3, "mean of the input"),
        Number("sd", 2.0, 1e-2, 1e3, "standard deviation of the input"),
        Number("batch", 16, 2, 1024, "examples in a batch", whole=True),
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
    ),
    simulate=_running,
    elements=lambda p: 3 * float(p["batch"]),
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 3.1",
)


def _statistics(rng: Rng, _n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    shape = tuple(int(p[axis]) for axis in ("n", "c", "h", "w"))
    x = rng.normal(size=shape)
    means = x.mean(axis=AXES[str(p["norm"])])
    return {
        "statistics": np.array([float(means.size)]),
        "values_per_statistic": np.array([x.size / means.size]),
        "largest_mean_after": np.array(
            [float(np.abs(normalize(x, str(p["norm"])).mean(axis=AXES[str(p["norm"])])).max())]
        ),
    }


def _statistics_count(p: Mapping[str, Value]) -> float:
    n, c = float(p["n"]), float(p["c"])
    return {"batch": c, "layer": n, "instance": n * c}[str(p["norm"])]


NORMALIZATION_STATISTICS = Experiment(
    name="normalization_statistics",
    doc="how many means a normalisation takes of a feature map (n, c, h, w)",
    parameters=(
        Word("norm", "batch", tuple(AXES), "the kind"),
        Number("n", 8, 1, 64, "examples", whole=True),
        Number("c", 3, 1, 64, "channels", whole=True),
        Number("h", 4, 1, 64, "height", whole=True),
        Number("w", 5, 1, 64, "width", whole=True),
    ),
    quantities=(
        Quantity("statistics", "number of means", Estimator.EXACT, _statistics_count),
        Quantity(
            "values_per_statistic",
            "values behind each mean",
            Estimator.EXACT,
            lambda p: (
                float(p["n"]) * float(p["c"]) * float(p["h"]) * float(p["w"]) / _statistics_count(p)
            ),
        ),
        Quantity("largest_mean_after", "largest mean after normalising", Estimator.EXACT),
    ),
    simulate=_statistics,
    elements=lambda p: 3 * float(p["n"]) * float(p["c"]) * float(p["h"]) * float(p["w"]),
    source="Ba et al. 2016, arXiv:1607.06450; Ulyanov et al. 2016, arXiv:1607.08022",
)
