"""Activations and their derivatives, elementwise, and their moments for a normal input."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import pi, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import (
    elu_derivative,
    leaky_relu_second_moment,
    relu_mean,
    relu_second_moment,
    relu_variance,
    tanh_derivative,
)
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.streams import Rng

LEAKY_SLOPE = 0.01
"""The negative slope of the leaky ReLU. Source: Maas et al. 2013, section 2."""


def sigmoid(x: Array) -> Array:
    """Return 1/(1 + e⁻ˣ) of each element, in [0, 1], without overflow."""
    return sigmoid_and_slope(x)[0]


def sigmoid_and_slope(x: Array) -> tuple[Array, Array]:
    """Return σ = 1/(1 + e⁻ˣ) and its slope e⁻ˣσ² of each element, without overflow.

    A block at a time, which stays in a processor's cache: memory is read and written once.
    """
    x = np.asarray(x, np.float64)
    y, slope = np.empty(x.shape), np.empty(x.shape)
    blocks = (range(0, x.size, _BLOCK), x.reshape(-1), y.reshape(-1), slope.reshape(-1))
    for start in blocks[0]:
        of_x, s, e = (whole[start : start + _BLOCK] for whole in blocks[1:])
        np.clip(of_x, -2 * FAR, 2 * FAR, out=e)
        np.negative(e, out=e)
        np.exp(e, out=e)
        np.add(e, 1.0, out=s)
        np.divide(1.0, s, out=s)
        np.multiply(e, s, out=e)
        np.multiply(e, s, out=e)
    return y, slope


def relu(x: Array) -> Array:
    """Return max(x, 0) of each element. Source: He et al. 2015, section 2.1."""
    return np.maximum(x, 0.0)


def leaky_relu(x: Array, slope: float = LEAKY_SLOPE) -> Array:
    """Return x where x > 0, slope·x elsewhere. Source: Maas et al. 2013, section 2."""
    return np.where(x > 0, x, slope * x)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """Return x where x > 0, alpha·(eˣ − 1) elsewhere; the limit at −∞ is −alpha.

    Source: Clevert et al. 2016, arXiv:1511.07289, section 3.
    """
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu"]

"""The name of an activation."""

ACTIVATIONS: Mapping[Activation, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "elu": elu,
}

FAR = 350.0
"""The slopes of tanh beyond ± this are those at ± this, 4e-304, so that no cosh overflows."""

_BLOCK = 16_384
"""Elements that are computed at a time."""

DERIVATIVES: Mapping[Activation, Callable[[Array], Array]] = {
    "linear": np.ones_like,
    "sigmoid": lambda x: sigmoid_and_slope(x)[1],
    "tanh": lambda x: np.asarray(tanh_derivative(np.clip(x, -FAR, FAR))),
    "relu": lambda x: (x > 0).astype(np.float64),
    "leaky_relu": lambda x: np.where(x > 0, 1.0, LEAKY_SLOPE),
    "elu": lambda x: np.asarray(elu_derivative(x, 1.0)),
}


def value_and_slope(name: Activation, x: Array) -> tuple[Array, Array]:
    """Return an activation and its derivative at each element, each of the shape of ``x``."""
    if name == "sigmoid":
        return sigmoid_and_slope(x)
    return ACTIVATIONS[name](x), DERIVATIVES[name](x)


LARGEST_DERIVATIVE: Mapping[Activation, float] = dict.fromkeys(DERIVATIVES, 1.0) | {"sigmoid": 0.25}


@dataclass(frozen=True, slots=True)
class ActivationMoments:
    """Parameters of ``activation_moments``."""

    activation: Annotated[Activation, "the activation"] = "relu"
    mean: Annotated[float, Range(-100, 100), "mean of the input"] = 0.0
    sd: Annotated[float, Range(1e-3, 1e3), "standard deviation of the input"] = 1.0


def _moments(rng: Rng, n: int, p: ActivationMoments) -> dict[str, Array]:
    name = p.activation
    x = rng.normal(p.mean, p.sd, n)  # (draw,)
    y, slope = value_and_slope(name, x)
    return {
        "mean": y,
        "output_sd": y,
        "second_moment": np.square(y),
        "derivative_mean": slope,
        "derivative_mean_square": np.square(slope),
        "saturated_share": (slope < 0.01 * LARGEST_DERIVATIVE[name]).astype(np.float64),
    }


def _when_centred(
    forms: Mapping[str, Callable[[float], float]],
) -> Callable[[ActivationMoments], float]:
    """Return a closed form from the forms by activation, of ``sd``; NaN for others and mean ≠ 0."""

    def closed(p: ActivationMoments) -> float:
        form = forms.get(p.activation)
        return form(p.sd) if form is not None and p.mean == 0 else float("nan")

    return closed


ACTIVATION_MOMENTS = Experiment[ActivationMoments](
    name="activation_moments",
    doc="an activation of a normal input",
    parameter_type=ActivationMoments,
    quantities=(
        Quantity(
            "mean",
            "mean of the output",
            closed_form=_when_centred(
                {
                    "linear": lambda _: 0.0,
                    "tanh": lambda _: 0.0,
                    "sigmoid": lambda _: 0.5,
                    "relu": lambda sd: float(relu_mean(sd)),
                    "leaky_relu": lambda sd: (1 - LEAKY_SLOPE) * sd / sqrt(2 * pi),
                }
            ),
        ),
        Quantity(
            "second_moment",
            "mean of the squared output",
            closed_form=_when_centred(
                {
                    "linear": lambda sd: sd**2,
                    "relu": lambda sd: float(relu_second_moment(sd)),
                    "leaky_relu": lambda sd: float(leaky_relu_second_moment(sd, LEAKY_SLOPE)),
                }
            ),
        ),
        Quantity(
            "output_sd",
            "standard deviation of the output",
            Estimator.STD,
            _when_centred({"linear": lambda sd: sd, "relu": lambda sd: sqrt(relu_variance(sd))}),
        ),
        Quantity("derivative_mean", "mean slope"),
        Quantity(
            "derivative_mean_square",
            "mean of the squared slope",
            closed_form=_when_centred({"linear": lambda _: 1.0, "relu": lambda _: 0.5}),
        ),
        Quantity(
            "saturated_share", "share of inputs with a slope below 1 % of the largest", known=SHARE
        ),
    ),
    simulate=_moments,
    elements=lambda _: 6.0,
    source="He et al. 2015, arXiv:1502.01852, section 2.2",
)


@dataclass(frozen=True, slots=True)
class DeadRelu:
    """Parameters of ``dead_relu``."""

    bias: Annotated[float, Range(-100, 100), "bias of every unit"] = -3.0
    sd: Annotated[float, Range(1e-3, 1e3), "standard deviation of an input"] = 1.0
    inputs: Annotated[int, Range(1, 512), "inputs of a unit"] = 16
    examples: Annotated[int, Range(1, 4096), "examples"] = 64


def _dead(rng: Rng, n: int, p: DeadRelu) -> dict[str, Array]:
    examples, inputs = p.examples, p.inputs
    w = rng.normal(0.0, sqrt(2.0 / inputs), (n, inputs, 1))  # (unit, input, 1)
    x = rng.normal(0.0, p.sd, (n, examples, inputs))  # (unit, example, input)
    z = (x @ w)[..., 0] + p.bias  # (unit, example)
    return {
        "dead_share": np.all(z <= 0, axis=1).astype(np.float64),
        "off_share": np.mean(z <= 0, axis=1),
    }


def _all_off(p: DeadRelu) -> float:
    """Return 2⁻ᴺ for N examples: without a bias each is below 0 with probability 1/2."""
    return 2.0**-p.examples if p.bias == 0 else float("nan")


DEAD_RELU = Experiment[DeadRelu](
    name="dead_relu",
    doc="He-initialised ReLU units with a bias: how many no example switches on",
    parameter_type=DeadRelu,
    quantities=(
        Quantity(
            "dead_share",
            "share of units that are 0 on every example",
            closed_form=_all_off,
            known=SHARE,
        ),
        Quantity("off_share", "share of examples on which a unit is 0", known=SHARE),
    ),
    simulate=_dead,
    elements=lambda p: p.examples * (p.inputs + 2),
    source="Maas et al. 2013, section 2",
)
