"""Weight initialisers: how variance travels through one dense layer, forwards and backwards.

A weight matrix has shape (fan_in, fan_out); a layer computes z = x·W.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import he_variance, lecun_variance, xavier_variance
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.streams import Rng


def variance_scaling(rng: Rng, shape: tuple[int, ...], variance: float, *, uniform: bool) -> Array:
    """Draw weights of mean 0 and the given variance, normal or uniform on [−√(3v), √(3v)].

    Args:
        rng: where the draws come from.
        shape: of the result.
        variance: at least 0.
        uniform: the distribution.
    """
    if uniform:
        limit = np.sqrt(3.0 * variance)
        return rng.uniform(-limit, limit, shape)
    return rng.normal(0.0, np.sqrt(variance), shape)


Initializer = Literal[
    "xavier_normal",
    "xavier_uniform",
    "he_normal",
    "he_uniform",
    "lecun_normal",
    "lecun_fan_out",
    "he_fan_out",
]

"""The name of an initialiser."""

VARIANCES: Mapping[Initializer, Callable[[float, float], float]] = {
    "xavier_normal": lambda fan_in, fan_out: float(xavier_variance(fan_in, fan_out)),
    "xavier_uniform": lambda fan_in, fan_out: float(xavier_variance(fan_in, fan_out)),
    "he_normal": lambda fan_in, _: float(he_variance(fan_in)),
    "he_uniform": lambda fan_in, _: float(he_variance(fan_in)),
    "lecun_normal": lambda fan_in, _: float(lecun_variance(fan_in)),
    "lecun_fan_out": lambda _, fan_out: float(lecun_variance(fan_out)),
    "he_fan_out": lambda _, fan_out: float(he_variance(fan_out)),
}
"""The variance of each initialiser from fan_in and fan_out; the last two keep the gradient's scale."""


def draw_weights(
    rng: Rng, shape: tuple[int, ...], init: Initializer, *, scale: float = 1.0
) -> Array:
    """Draw weights of shape (..., fan_in, fan_out) by a name of ``VARIANCES``.

    ``scale`` multiplies their standard deviation.
    """
    variance = scale**2 * VARIANCES[init](shape[-2], shape[-1])
    return variance_scaling(rng, shape, variance, uniform=init.endswith("uniform"))


# --- the experiment ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DenseLayer:
    """Parameters of ``dense_layer``."""

    fan_in: Annotated[int, Range(1, 4096), "inputs of a unit"] = 64
    fan_out: Annotated[int, Range(1, 4096), "outputs that an input feeds"] = 32
    init: Annotated[Initializer, "the initialiser"] = "xavier_normal"
    input_sd: Annotated[float, Range(1e-3, 1e3), "standard deviation of an input"] = 1.0


def _dense_layer(rng: Rng, n: int, p: DenseLayer) -> dict[str, Array]:
    """Draw n units' weights and inputs, and n inputs' weights and the gradients that come back."""
    fan_in, fan_out, init = p.fan_in, p.fan_out, p.init
    variance = VARIANCES[init](fan_in, fan_out)
    uniform = init.endswith("uniform")
    incoming = variance_scaling(rng, (n, fan_in), variance, uniform=uniform)  # (draw, input)
    outgoing = variance_scaling(rng, (n, fan_out), variance, uniform=uniform)  # (draw, output)
    x = rng.normal(0.0, p.input_sd, (n, fan_in))  # (draw, input)
    gradient = rng.normal(size=(n, fan_out))  # (draw, output)
    return {
        "preactivation_variance": np.square((incoming * x).sum(axis=1)),
        "weight_variance": np.square(incoming).mean(axis=1),
        "backward_factor": np.square((outgoing * gradient).sum(axis=1)),
    }


def _variance(p: DenseLayer) -> float:
    return VARIANCES[p.init](p.fan_in, p.fan_out)


DENSE_LAYER = Experiment[DenseLayer](
    name="dense_layer",
    doc="one dense layer at initialisation, with normal inputs of mean 0",
    parameter_type=DenseLayer,
    quantities=(
        Quantity(
            "preactivation_variance",
            "variance of w·x",
            closed_form=lambda p: p.fan_in * _variance(p) * p.input_sd**2,
        ),
        Quantity("weight_variance", "variance of one weight", closed_form=_variance),
        Quantity(
            "backward_factor",
            "factor by which the variance of the gradient changes through the layer",
            closed_form=lambda p: p.fan_out * _variance(p),
        ),
    ),
    simulate=_dense_layer,
    elements=lambda p: 3 * p.fan_in + 3 * p.fan_out,
    source="Glorot & Bengio 2010, section 4.2.1",
)


@dataclass(frozen=True, slots=True)
class UnitLayer:
    """Parameters of ``unit_layer``."""

    fan_in: Annotated[int, Range(1, 4096), "inputs of a unit"] = 64
    fan_out: Annotated[int, Range(1, 4096), "outputs that an input feeds"] = 32
    batch: Annotated[int, Range(1, 64), "units that are looked at, each with as many signals"] = 8


def _unit_layer(rng: Rng, n: int, p: UnitLayer) -> dict[str, Array]:
    """Send signals into units, and gradients back to inputs, through weights of variance 1."""
    forward = _unit_factor(rng, (n, p.batch, p.fan_in))
    backward = _unit_factor(rng, (n, p.batch, p.fan_out))
    wanted = np.full(n, 2.0)
    return {
        "forward_factor": forward,
        "backward_factor": backward,
        "balanced_variance": np.stack([wanted, forward + backward], axis=1),
    }


def _unit_factor(rng: Rng, shape: tuple[int, int, int]) -> Array:
    """Return the mean square of sums of weighted signals, shape (draw,); every pair is summed."""
    weights, signals = rng.normal(size=(2, *shape))  # (draw, unit or signal, term)
    sums: Array = signals @ weights.transpose(0, 2, 1)  # (draw, signal, unit)
    factor: Array = np.square(sums).mean(axis=(1, 2))
    return factor


UNIT_LAYER = Experiment[UnitLayer](
    name="unit_layer",
    doc="one dense layer whose weights have variance 1: what their variance has to be scaled by",
    parameter_type=UnitLayer,
    quantities=(
        Quantity(
            "forward_factor",
            "factor by which the variance of a signal grows",
            closed_form=lambda p: float(p.fan_in),
        ),
        Quantity(
            "backward_factor",
            "factor by which the variance of a gradient grows",
            closed_form=lambda p: float(p.fan_out),
        ),
        Quantity(
            "balanced_variance",
            "variance of the weights for which the two factors average 1",
            Estimator.RATIO,
            closed_form=lambda p: float(xavier_variance(p.fan_in, p.fan_out)),
        ),
    ),
    simulate=_unit_layer,
    elements=lambda p: 2 * p.batch * (p.fan_in + p.fan_out + p.batch),
    source="Glorot & Bengio 2010, section 4.2.1",
)
