"""Signal and gradient through a deep network whose layers differ in width, by initialisation.

Layer l maps pre-activations y_l to y_{l+1} = f(y_l)·W_l. Every replicate is a network of its own
that sees two inputs: a batch is (network, input, unit), weights are (network, fan_in, fan_out).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import nan, prod
from typing import Annotated

import numpy as np

from studytool.numerics.activations import ACTIVATIONS, DERIVATIVES, LEAKY_SLOPE, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.initializers import VARIANCES, Initializer, draw_weights
from studytool.numerics.streams import Rng

KEPT: Mapping[str, float] = {"linear": 1.0, "relu": 0.5, "leaky_relu": (1 + LEAKY_SLOPE**2) / 2}
"""The share of a symmetric input's mean square that is left behind an activation.

The mean squared slope is the same number."""


@dataclass(frozen=True, slots=True)
class DeepInitialization:
    """Parameters of ``deep_initialization``."""

    activation: Annotated[Activation, "the activation of every layer"] = "relu"
    init: Annotated[Initializer, "the initialiser of every layer"] = "he_normal"
    scale: Annotated[
        float, Range(1e-3, 1e3), "multiplies the standard deviation of every weight"
    ] = 1.0
    first: Annotated[int, Range(1, 256), "units of the first pre-activation"] = 16
    middle: Annotated[int, Range(1, 256), "units of those between"] = 12
    last: Annotated[int, Range(1, 256), "units of the last pre-activation"] = 8
    layers: Annotated[int, Range(1, 100), "weight matrices from the first to the last"] = 3


def widths(p: DeepInitialization) -> list[int]:
    """Return the numbers of units of y_1, …, y_{layers + 1}."""
    inner = [p.middle] * (p.layers - 1)
    return [p.first, *inner, p.last]


def layer_variances(p: DeepInitialization) -> list[float]:
    """Return the variance of a weight, layer by layer from the first."""
    units, variance = widths(p), VARIANCES[p.init]
    return [p.scale**2 * variance(fan_in, fan_out) for fan_in, fan_out in pairwise(units)]


def propagate(
    weights: Sequence[Array], y: Array, gradient: Array, *, activation: Activation
) -> tuple[Array, Array]:
    """Carry pre-activations to the last layer and a gradient from there back to the first.

    Args:
        weights: of each layer, shape (network, fan_in, fan_out).
        y: the first pre-activations, shape (network, input, unit).
        gradient: of a loss by the last pre-activations, in their shape.
        activation: a name of ``ACTIVATIONS``.

    Returns:
        The last pre-activations, and the gradient by the first ones.
    """
    pre = pre_activations(weights, y, activation=activation)
    *_, first = carry_back(weights, pre, gradient, activation=activation)
    return pre[-1], first


def pre_activations(weights: Sequence[Array], y: Array, *, activation: Activation) -> list[Array]:
    """Return the pre-activations before each layer and after the last, each (network, input, unit)."""
    pre = [y]
    for weight in weights:
        pre.append(ACTIVATIONS[activation](pre[-1]) @ weight)
    return pre


def carry_back(
    weights: Sequence[Array], pre: Sequence[Array], gradient: Array, *, activation: Activation
) -> Iterator[Array]:
    """Yield the gradient by each pre-activation, from the last (``gradient`` itself) to the first."""
    yield gradient
    for weight, before in zip(weights[::-1], pre[-2::-1], strict=True):
        gradient = (gradient @ weight.transpose(0, 2, 1)) * DERIVATIVES[activation](before)
        yield gradient


def _deep(rng: Rng, n: int, p: DeepInitialization) -> dict[str, Array]:
    units = widths(p)
    first = rng.normal(size=(n, 2, units[0]))
    weights = [draw_weights(rng, (n, *shape), p.init, scale=p.scale) for shape in pairwise(units)]
    late = rng.normal(size=(n, 2, units[-1]))
    last, early = propagate(weights, first, late, activation=p.activation)
    return _compared(first, last) | _carried_back(late, early)


def _compared(first: Array, last: Array) -> dict[str, Array]:
    """Compare pre-activations at both ends, each of shape (network, 2, unit)."""
    shared = min(first.shape[2], last.shape[2])
    sizes = _mean_square(last), _mean_square(first)
    apart = [np.square(y[:, 0] - y[:, 1]).mean(axis=1) / 2 for y in (last, first)]
    moved = _mean_square(last[..., :shared] - first[..., :shared])
    return {
        "signal_factor": np.stack(sizes, axis=1),
        "difference_factor": np.stack(apart, axis=1),
        "moved": np.stack([moved, sizes[1]], axis=1),
        "log10_signal": _half_log10(sizes[0]) - _half_log10(sizes[1]),
        "log10_difference": _half_log10(apart[0]) - _half_log10(apart[1]),
    }


def _carried_back(late: Array, early: Array) -> dict[str, Array]:
    """Compare gradients of the last and of the first pre-activations."""
    sizes = _mean_square(early), _mean_square(late)
    return {
        "gradient_factor": np.stack(sizes, axis=1),
        "log10_gradient": _half_log10(sizes[0]) - _half_log10(sizes[1]),
    }


def _mean_square(x: Array) -> Array:
    mean: Array = np.square(x).mean(axis=(1, 2))
    return mean


def _half_log10(x: Array) -> Array:
    half: Array = 0.5 * np.log10(np.maximum(x, 1e-300))
    return half


def _factor(p: DeepInitialization, counts: list[int]) -> float:
    """Return ∏ kept·count·variance over the layers; NaN where the activation has no such constant."""
    kept = KEPT.get(p.activation, nan)
    return prod(
        kept * count * variance for count, variance in zip(counts, layer_variances(p), strict=True)
    )


def _forward_factor(p: DeepInitialization) -> float:
    return _factor(p, widths(p)[:-1])


DEEP_INITIALIZATION = Experiment[DeepInitialization](
    name="deep_initialization",
    doc="signal and gradient through a deep network of unequal widths at initialisation",
    parameter_type=DeepInitialization,
    quantities=(
        Quantity(
            "signal_factor",
            "mean square of a pre-activation, last / first",
            Estimator.RATIO,
            _forward_factor,
        ),
        Quantity(
            "gradient_factor",
            "mean square of a pre-activation's gradient, first / last",
            Estimator.RATIO,
            lambda p: _factor(p, widths(p)[1:]),
        ),
        Quantity(
            "difference_factor",
            "mean squared difference between two inputs' pre-activations, last / first",
            Estimator.RATIO,
            lambda p: _forward_factor(p) if p.activation == "linear" else nan,
        ),
        Quantity(
            "moved",
            "mean squared change of a pre-activation from first to last / its first mean square",
            Estimator.RATIO,
            lambda p: 1.0 + _forward_factor(p),
        ),
        Quantity("log10_signal", "log10 of the rms pre-activation, last / first"),
        Quantity(
            "log10_difference",
            "log10 of the rms difference between two inputs' pre-activations, last / first",
        ),
        Quantity("log10_gradient", "log10 of the rms gradient, first / last"),
    ),
    simulate=_deep,
    elements=lambda p: _elements(widths(p)),
    source="Glorot & Bengio 2010, section 4.2.1; He et al. 2015, arXiv:1502.01852, section 2.2",
)


def _elements(units: list[int]) -> float:
    weights = sum(a * b for a, b in pairwise(units))
    return float(weights + 4 * sum(units))
