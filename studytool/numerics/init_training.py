"""The scale of the initial weights: training, first gradients, and the spread over seeds."""

from dataclasses import dataclass
from math import log, pi, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.activations import DERIVATIVES, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.deep_initialization import carry_back, pre_activations
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.initializers import Initializer
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.relu_training import draw_regression
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LearningTask,
    find_gradients,
    inference_loss,
    train,
)

WORST = 100.0
"""The largest loss that is reported, so that diverging trainings have a mean."""


@dataclass(frozen=True, slots=True)
class InitFit:
    """Parameters of ``init_fit``."""

    activation: Annotated[Literal["sigmoid", "tanh", "relu", "leaky_relu", "elu"], "activation"] = (
        "tanh"
    )
    init: Annotated[Initializer, "the initialiser"] = "xavier_normal"
    scale: Annotated[
        float, Range(0.0, 100), "what the initialiser's standard deviation is multiplied by"
    ] = 1.0
    width: Annotated[int, Range(1, 128), "units of a hidden layer"] = 16
    layers: Annotated[int, Range(1, 16), "hidden layers"] = 4
    steps: Annotated[int, Range(1, 5000), "steps of gradient descent"] = 100
    lr: Annotated[float, Range(1e-4, 2), "learning rate"] = 0.1


def _design(p: InitFit, *, inputs: int) -> Design:
    hidden = [p.width] * p.layers
    return Design((inputs, *hidden, 1), p.activation, p.init, scale=p.scale)


def _trained_elements(p: InitFit) -> float:
    """Count weights and gradients, what a pass over 32 examples keeps, and the data."""
    width, layers = p.width, p.layers
    return layers * width * (2 * width + 2 * 32) + 5 * 32 * width + 600


def _fit(rng: Rng, n: int, p: InitFit) -> dict[str, Array]:
    """Train on half of the examples and test on the other half."""
    inputs, examples = 8, 32
    networks = draw_networks(rng, n, _design(p, inputs=inputs))
    x, y = draw_regression(rng, n, 2 * examples, inputs)
    task = LearningTask(x[:, :examples], y[:, :examples])
    other = LearningTask(x[:, examples:], y[:, examples:])
    train(rng, networks, task, rates=[p.lr] * p.steps)
    final = inference_loss(networks, task)
    spread = y[:, :examples].var(axis=1)[:, 0] / 2  # the loss of the best constant
    return {
        "final_loss": np.minimum(final, WORST),
        "test_loss": np.minimum(inference_loss(networks, other), WORST),
        "failed": (final > spread).astype(np.float64),
    }


INIT_FIT = Experiment[InitFit](
    name="init_fit",
    doc="small networks trained at one rate from weights of a chosen scale",
    parameter_type=InitFit,
    quantities=(
        Quantity("final_loss", "half the mean squared error after training, held below 100"),
        Quantity("test_loss", "the same on examples not trained on"),
        Quantity("failed", "share of networks that end worse than the best constant", known=SHARE),
    ),
    simulate=_fit,
    elements=_trained_elements,
    source="Glorot & Bengio 2010; He et al. 2015, arXiv:1502.01852, section 2.2",
    trains=True,
)


# --- one value for all weights ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneValueGradient:
    """Parameters of ``one_value_gradient``."""

    activation: Annotated[Activation, "activation of hidden units"] = "relu"
    value: Annotated[float, Range(-10, 10), "of every weight"] = 0.0


def _one_value(rng: Rng, n: int, p: OneValueGradient) -> dict[str, Array]:
    design = Design((5, 8, 8, 3), p.activation, "constant", scale=p.value)
    networks = draw_networks(rng, n, design)
    x, y = rng.standard_normal((n, 32, 5)), rng.standard_normal((n, 32, 3))
    gradients = find_gradients(networks, LearningTask(x, y))
    still = [(layer == 0).reshape(n, -1) for layer in gradients.weights]
    return {
        "without_gradient": np.concatenate(still, axis=1).mean(axis=1),
        "first_gradient": np.abs(gradients.weights[0]).max(axis=(1, 2)),
        "middle_gradient": np.abs(gradients.weights[1]).max(axis=(1, 2)),
        "last_gradient": np.abs(gradients.weights[2]).max(axis=(1, 2)),
        "output_bias_gradient": np.abs(gradients.biases[2]).max(axis=(1, 2)),
    }


ONE_VALUE_GRADIENT = Experiment[OneValueGradient](
    name="one_value_gradient",
    doc="the first gradient of a network 5-8-8-3 whose weights all have one value",
    parameter_type=OneValueGradient,
    quantities=(
        Quantity(
            "without_gradient",
            "share of the weights of all layers whose gradient is 0",
            known=SHARE,
        ),
        Quantity("first_gradient", "largest |gradient| of a weight of the first layer"),
        Quantity("middle_gradient", "largest |gradient| of a weight of the second layer"),
        Quantity("last_gradient", "largest |gradient| of a weight of the last layer"),
        Quantity("output_bias_gradient", "largest |gradient| of a bias of the last layer"),
    ),
    simulate=_one_value,
    elements=lambda _: 2500.0,
    source="Goodfellow et al. 2016, Deep Learning, section 8.4",
)

# --- chance -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeedSpread:
    """Parameters of ``seed_spread``."""

    width: Annotated[int, Range(32, 1000), "units of a layer"] = 256
    depth: Annotated[int, Range(1, 200), "layers"] = 10
    scale: Annotated[float, Range(0.01, 100), "what the standard deviation is multiplied by"] = 1.0


def _energy(rng: Rng, n: int, p: SeedSpread) -> dict[str, Array]:
    """Run deep He networks. Given |h|, the pre-activations W·h are independent normals."""
    width, scale = p.width, p.scale
    log_energy = np.zeros(n)
    for _ in range(p.depth):
        h = np.maximum(rng.standard_normal((n, width)), 0.0)  # (network, unit)
        log_energy += np.log(scale**2 * (2.0 / width) * np.square(h).sum(axis=1))
    return {
        "log_energy_sd": log_energy,
        "far_off": (np.abs(log_energy) > log(100.0)).astype(np.float64),
    }


def _log_energy_sd(p: SeedSpread) -> float:
    """Return √(L·Var[log χ²_K]) with K units on, K ~ Binomial(width, 1/2), K > 0.

    Given K the mean of log χ² is ψ(K/2) + log 2 and its variance ψ′(K/2), by recurrence from 1/2
    and from 1.
    """
    width = p.width
    digamma, trigamma = np.empty(width), np.empty(width)  # of (i + 1)/2
    digamma[:2] = -np.euler_gamma - 2 * log(2), -np.euler_gamma
    trigamma[:2] = pi**2 / 2, pi**2 / 6
    chance = np.empty(width)  # of K = i + 1, relative to that of K = width
    chance[-1] = 1.0
    for i in range(2, width):
        digamma[i] = digamma[i - 2] + 2.0 / (i - 1)
        trigamma[i] = trigamma[i - 2] - 4.0 / (i - 1) ** 2
    for i in range(width - 2, -1, -1):
        chance[i] = chance[i + 1] * (i + 2) / (width - i - 1)
    chance /= chance.sum()
    mean = float(chance @ digamma)
    return sqrt(p.depth * float(chance @ (trigamma + np.square(digamma - mean))))


SEED_SPREAD = Experiment[SeedSpread](
    name="seed_spread",
    doc="by how much the seed changes the energy |h|² that passes a deep He-initialised ReLU net",
    parameter_type=SeedSpread,
    quantities=(
        Quantity(
            "log_energy_sd",
            "standard deviation over seeds of log(energy out / energy in)",
            Estimator.STD,
            _log_energy_sd,
        ),
        Quantity(
            "far_off", "share of seeds whose energy is off by more than 100 times", known=SHARE
        ),
    ),
    simulate=_energy,
    elements=lambda p: 3 * p.width,
    source="Hanin & Rolnick 2018, arXiv:1803.01719, section 2",
)

# --- large weights under an activation that saturates -----------------------------------------


@dataclass(frozen=True, slots=True)
class GradientSpread:
    """Parameters of ``gradient_spread``."""

    activation: Annotated[Activation, "the activation of every layer"] = "sigmoid"
    gain: Annotated[float, Range(0.01, 200), "standard deviation of a weight times √width"] = 20.0
    width: Annotated[int, Range(1, 512), "units of a layer"] = 64
    depth: Annotated[int, Range(2, 100), "layers"] = 12


def _rms_and_median(rng: Rng, n: int, p: GradientSpread) -> dict[str, Array]:
    width, activation = p.width, p.activation
    first, *rest = p.gain / sqrt(width) * rng.standard_normal((p.depth, n, width, width))
    x = rng.standard_normal((n, 1, width))  # (network, 1, unit)
    pre = pre_activations(rest, x @ first, activation=activation)
    slope = DERIVATIVES[activation](pre[-1])
    late = rng.standard_normal((n, 1, width)) * slope
    *_, early = carry_back(rest, pre, late, activation=activation)
    median = np.median(np.abs(early), axis=(1, 2))
    last = _log10_rms(late)
    return {
        "log10_rms": _log10_rms(early) - last,
        "log10_median": np.log10(np.maximum(median, 1e-300)) - last,
        "mean_slope": slope.mean(axis=(1, 2)),
    }


def _log10_rms(x: Array) -> Array:
    rms: Array = np.sqrt(np.square(x).mean(axis=(1, 2)))
    return np.log10(np.maximum(rms, 1e-300))


GRADIENT_SPREAD = Experiment[GradientSpread](
    name="gradient_spread",
    doc="the first layer's gradient in a deep square network: its rms and its typical coordinate",
    parameter_type=GradientSpread,
    quantities=(
        Quantity("log10_rms", "log10 of rms gradient, first layer / last"),
        Quantity("log10_median", "log10 of median |gradient| of the first layer / rms of the last"),
        Quantity("mean_slope", "mean slope of the last layer's activation"),
    ),
    simulate=_rms_and_median,
    elements=lambda p: (p.width**2 + 2 * p.width) * p.depth,
    source="Glorot & Bengio 2010, section 3.1; Poole et al. 2016, arXiv:1606.05340, section 3",
)
