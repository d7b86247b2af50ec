"""Saturation: slopes of sigmoid and tanh, a layer without slope, a sigmoid's calibration."""

from dataclasses import dataclass
from math import acosh, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.activations import LARGEST_DERIVATIVE, Activation, sigmoid
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import sigmoid_derivative, tanh_derivative
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.streams import Rng
from studytool.numerics.training import LearningTask, train


def complex_step_slope(name: str, x: float) -> float:
    """Differentiate ``sigmoid`` or ``tanh`` at x by a step of 10⁻²⁰ along the imaginary axis.

    No difference is taken, so nothing cancels. Source: Squire & Trapp 1998, SIAM Review 40.
    """
    z = np.complex128(complex(x, 1e-20))
    value = np.tanh(z) if name == "tanh" else 0.5 * (1.0 + np.tanh(0.5 * z))
    return float(value.imag / 1e-20)


@dataclass(frozen=True, slots=True)
class ActivationSlope:
    """Parameters of ``activation_slope``."""

    activation: Annotated[Literal["sigmoid", "tanh"], "the activation"] = "sigmoid"
    x: Annotated[float, Range(-300, 300), "the input"] = 1.0
    share: Annotated[float, Range(1e-6, 0.99), "of the largest slope"] = 0.01


def _slope(_rng: Rng, _n: int, p: ActivationSlope) -> dict[str, Array]:
    name = p.activation
    low, high = -1.0, 2.0  # the slope has one peak; a search by thirds closes in on it
    for _ in range(100):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if complex_step_slope(name, left) < complex_step_slope(name, right):
            low = left
        else:
            high = right
    largest = complex_step_slope(name, (low + high) / 2)
    near, far = 0.0, 100.0
    for _ in range(100):
        middle = (near + far) / 2
        if complex_step_slope(name, middle) > p.share * largest:
            near = middle
        else:
            far = middle
    return {
        "slope": np.array([complex_step_slope(name, p.x)]),
        "largest_slope": np.array([largest]),
        "falls_below_at": np.array([far]),
    }


def _derivative(p: ActivationSlope) -> float:
    form = tanh_derivative if p.activation == "tanh" else sigmoid_derivative
    return float(form(p.x))


def _falls_at(p: ActivationSlope) -> float:
    """Solve sech²(x) = share, or sech²(x/2) = share."""
    return (1.0 if p.activation == "tanh" else 2.0) * acosh(1 / sqrt(p.share))


ACTIVATION_SLOPE = Experiment[ActivationSlope](
    name="activation_slope",
    doc="the slope of sigmoid or tanh, by complex steps, its peak and where it dies",
    parameter_type=ActivationSlope,
    quantities=(
        Quantity("slope", "the slope at x", Estimator.EXACT, _derivative),
        Quantity(
            "largest_slope",
            "the largest slope",
            Estimator.EXACT,
            lambda p: LARGEST_DERIVATIVE[p.activation],
        ),
        Quantity(
            "falls_below_at",
            "the |x| beyond which the slope is below that share of the largest",
            Estimator.EXACT,
            _falls_at,
        ),
    ),
    simulate=_slope,
    elements=lambda _: 3.0,
    source="LeCun et al. 1998, Efficient BackProp, section 4.4",
)

# --- a layer whose slope is 0 -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrozenLayer:
    """Parameters of ``frozen_layer``."""

    activation: Annotated[Activation, "of both hidden layers"] = "sigmoid"
    bias: Annotated[float, Range(-1000, 1000), "of the saturated layer's units, at the start"] = (
        800.0
    )
    steps: Annotated[int, Range(1, 1000), "steps of full-batch descent"] = 20


def _frozen(rng: Rng, n: int, p: FrozenLayer) -> dict[str, Array]:
    """Train networks 4–6–6–1 whose second hidden layer starts with a bias of its own."""
    networks = draw_networks(rng, n, Design((4, 6, 6, 1), p.activation, "xavier_normal"))
    networks.biases[1] = networks.biases[1] + p.bias
    x = rng.standard_normal((n, 8, 4))
    start = list(networks.weights)
    train(rng, networks, LearningTask(x, x[..., :1] + 1.0), rates=[0.05] * p.steps)
    below, moved = (
        np.minimum(np.linalg.norm(w - old, axis=(1, 2)) / np.linalg.norm(old, axis=(1, 2)), 1.0)
        for w, old in zip(networks.weights[:2], start[:2], strict=True)
    )
    size = np.linalg.norm(networks.weights[1], axis=(1, 2)) / np.linalg.norm(start[1], axis=(1, 2))
    return {
        "size": size,
        "moved": moved,
        "below_moved": below,
        "above_moved": np.abs(networks.biases[2][:, 0, 0]),
        "zero_share": (networks.weights[1] == 0).mean(axis=(1, 2)),
    }


FROZEN_LAYER = Experiment[FrozenLayer](
    name="frozen_layer",
    doc="training of networks one of whose hidden layers is pushed into saturation by its bias",
    parameter_type=FrozenLayer,
    quantities=(
        Quantity("size", "norm of the saturated layer's weights, after / before"),
        Quantity(
            "moved", "relative change of the saturated layer's weights, at most 1", known=SHARE
        ),
        Quantity(
            "below_moved",
            "relative change of the weights of the layer below, at most 1",
            known=SHARE,
        ),
        Quantity("above_moved", "size of the change of the output's bias, above that layer"),
        Quantity(
            "zero_share", "share of the saturated layer's weights that are exactly 0", known=SHARE
        ),
    ),
    simulate=_frozen,
    elements=lambda _: 900.0,
    source="Glorot & Bengio 2010, section 3.1",
    trains=True,
)

# --- a sigmoid output as a probability ---------------------------------------------------------

TRUE_WEIGHTS = np.array([1.0, -1.0, 0.5, 0.0])
"""The weights of the data's log-odds; the first is that of a constant."""


def fit_logistic(x: Array, y: Array, *, rounds: int = 12) -> Array:
    """Minimise each data set's mean log loss by Newton's method, shape (draw, feature).

    Args:
        x: of shape (draw, example, feature).
        y: 0 or 1, of shape (draw, example).
        rounds: Newton steps; a ridge of 10⁻⁴ keeps separable data finite.
    """
    w = np.zeros((x.shape[0], x.shape[2]))
    ridge = 1e-4 * np.eye(x.shape[2])
    for _ in range(rounds):
        p = sigmoid((x @ w[..., None])[..., 0])
        slope = (x * (p - y)[..., None]).mean(axis=1) + 1e-4 * w
        weighted = x * (p * (1.0 - p))[..., None]
        hessian = weighted.transpose(0, 2, 1) @ x / x.shape[1] + ridge
        w = w - np.linalg.solve(hessian, slope[..., None])[..., 0]
    return w


@dataclass(frozen=True, slots=True)
class SigmoidCalibration:
    """Parameters of ``sigmoid_calibration``."""

    stretch: Annotated[float, Range(0.1, 10), "multiplies the fitted scores before the sigmoid"] = (
        1.0
    )
    examples: Annotated[int, Range(50, 10_000), "examples of the fit"] = 400


def _calibration(rng: Rng, n: int, p: SigmoidCalibration) -> dict[str, Array]:
    """Fit on one sample, and compare confidence with accuracy on as many new examples."""
    examples = p.examples
    x = rng.standard_normal((n, 2 * examples, TRUE_WEIGHTS.size))
    x[..., 0] = 1.0
    y = (rng.random(x.shape[:2]) < sigmoid(x @ TRUE_WEIGHTS)).astype(np.float64)
    w = fit_logistic(x[:, :examples], y[:, :examples])
    output = sigmoid(p.stretch * (x[:, examples:] @ w[..., None])[..., 0])
    right = (output > 0.5) == (y[:, examples:] > 0.5)
    return {
        "confidence": np.maximum(output, 1.0 - output).mean(axis=1),
        "accuracy": right.mean(axis=1),
        "overconfidence": (np.maximum(output, 1.0 - output) - right).mean(axis=1),
        "inside_share": ((output >= 0) & (output <= 1)).mean(axis=1),
    }


SIGMOID_CALIBRATION = Experiment[SigmoidCalibration](
    name="sigmoid_calibration",
    doc="whether a sigmoid output, fitted by log loss, is as sure as it is right on new examples",
    parameter_type=SigmoidCalibration,
    quantities=(
        Quantity("confidence", "mean probability given to the answer that is named", known=SHARE),
        Quantity("accuracy", "share of answers that are right", known=SHARE),
        Quantity("overconfidence", "confidence − accuracy"),
        Quantity("inside_share", "share of outputs in [0, 1]", known=SHARE),
    ),
    simulate=_calibration,
    elements=lambda p: 2 * p.examples * 10,
    source="Guo et al. 2017, On calibration of modern neural networks, section 2",
)
