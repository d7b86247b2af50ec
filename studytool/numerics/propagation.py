"""Signal and gradient through a deep square network, and the training of its layers.

In ``signal_depth`` every replicate is a square network of its own; the batched products have shape
(draw, 1, width) × (draw, width, width).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log10, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.activations import DERIVATIVES, LARGEST_DERIVATIVE, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.deep_initialization import carry_back, pre_activations
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.initializers import Initializer
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, Networks, draw_networks
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LearningTask,
    LossName,
    find_gradients,
    inference_loss,
)

WEIGHT_SD: Mapping[str, float] = {"xavier": 1.0, "he": sqrt(2.0), "small": 0.1, "large": 10.0}
"""The standard deviation of a weight times √width; Xavier's 2/(n + n) = 1/n in a square layer."""
MOST_DECADES = 140.0
"""The decades that a gradient may grow or shrink, so that its square is still a float64."""


def _rms(x: Array) -> Array:
    root: Array = np.sqrt(np.mean(np.square(x), axis=(1, 2)))
    return np.maximum(root, 1e-300)


@dataclass(frozen=True, slots=True)
class SignalDepth:
    """Parameters of ``signal_depth``."""

    activation: Annotated[Activation, "the activation of every layer"] = "relu"
    init: Annotated[
        Literal["xavier", "he", "small", "large"], "the initialisation of every layer"
    ] = "xavier"
    scale: Annotated[float, Range(1e-2, 100), "multiplies the initial standard deviation"] = 1.0
    width: Annotated[int, Range(1, 512), "units of a layer"] = 64
    depth: Annotated[int, Range(2, 200), "layers"] = 20


def _weight_sd(p: SignalDepth) -> float:
    return p.scale * WEIGHT_SD[p.init]


def _depth(rng: Rng, n: int, p: SignalDepth) -> dict[str, Array]:
    width, depth, activation = p.width, p.depth, p.activation
    first, *rest = rng.normal(0.0, _weight_sd(p) / sqrt(width), (depth, n, width, width))
    x = rng.normal(size=(n, 1, width))  # (draw, 1, unit)
    pre = pre_activations(rest, x @ first, activation=activation)
    last = rng.normal(size=(n, 1, width)) * DERIVATIVES[activation](pre[-1])
    sizes = [_rms(g) for g in carry_back(rest, pre, last, activation=activation)]
    decades = np.log10(np.array(sizes) / sizes[0])  # (layer from the last, draw)
    return {
        "log10_signal_ratio": np.log10(_rms(pre[-1]) / _rms(pre[0])),
        "log10_gradient_ratio": decades[-1],
        "gradient_square_ratio": np.square([sizes[-1], sizes[0]]).T,
        "upper_half_share": decades[[(depth - 1) // 2, -1]].T,
        "first_is_smallest": (decades[-1] <= decades.min(axis=0)).astype(np.float64),
    }


def _linear_growth(p: SignalDepth) -> float:
    if p.activation != "linear":
        return float("nan")
    return float(_weight_sd(p) ** (2 * (p.depth - 1)))


_TOO_DEEP = Phrase(
    ko="depth = {depth}: 표준편차가 {sd:g}/√width인 가중치로 이만큼 깊으면 수가 넘치거나 "
    "사라집니다. 여기서는 2 이상 {most} 이하여야 합니다",
    en="depth = {depth}: weights of standard deviation {sd:g}/√width "
    "overflow or underflow so deep; must be in [2, {most}] here",
)


def _beyond_numbers(p: SignalDepth) -> Message | None:
    """Refuse a depth over which the gradient's square would leave float64."""
    largest = LARGEST_DERIVATIVE[p.activation]
    growth, decay = log10(_weight_sd(p)), log10(0.8 * largest * _weight_sd(p))
    most = int(MOST_DECADES / max(growth, -decay))
    if p.depth <= most:
        return None
    return _TOO_DEEP.of(depth=p.depth, sd=_weight_sd(p), most=most)


SIGNAL_DEPTH = Experiment[SignalDepth](
    name="signal_depth",
    doc="how far signal and gradient shrink or grow through a deep square network",
    parameter_type=SignalDepth,
    quantities=(
        Quantity("log10_signal_ratio", "log10 of rms pre-activation, last layer / first"),
        Quantity("log10_gradient_ratio", "log10 of rms gradient, first layer / last"),
        Quantity(
            "gradient_square_ratio",
            "mean squared gradient, first layer / last",
            Estimator.RATIO,
            _linear_growth,
        ),
        Quantity(
            "upper_half_share",
            "share of the gradient's decades lost in the upper half of the layers",
            Estimator.RATIO,
        ),
        Quantity(
            "first_is_smallest",
            "share of networks whose first layer's gradient is smallest",
            known=SHARE,
        ),
    ),
    simulate=_depth,
    elements=lambda p: (p.width**2 + 2 * p.width) * p.depth,
    source="Glorot & Bengio 2010, sections 4.2 and 4.3",
    refuse=_beyond_numbers,
)

# --- training ---------------------------------------------------------------------------------

INPUTS, WIDTH, EXAMPLES = 4, 8, 16
SPIKE = 1000.0
"""A loss that rises above so many times the first counts as a spike."""
ORDERS = ("together", "output_first", "input_first")


def _train_by_layer(
    networks: Networks, task: LearningTask, *, lr: float, order: str, move: Callable[[Array], Array]
) -> None:
    """Make one step; but for ``together``, each layer's gradient sees the layers changed before."""
    layers = list(range(len(networks.weights)))
    groups = [layers] if order == "together" else [[layer] for layer in layers]
    for group in reversed(groups) if order == "output_first" else groups:
        found = find_gradients(networks, task)
        for layer in group:
            weights, biases = networks.weights[layer], networks.biases[layer]
            networks.weights[layer] = _held(weights - lr * move(found.weights[layer]))
            networks.biases[layer] = _held(biases - lr * move(found.biases[layer]))


def _held(values: Array) -> Array:
    return np.clip(values, -100.0, 100.0)  # a training that diverges stays a number


@dataclass(frozen=True, slots=True)
class DeepTraining:
    """Parameters of ``deep_training``."""

    activation: Annotated[Activation, "of the hidden layers"] = "sigmoid"
    init: Annotated[Initializer, "the initialiser"] = "xavier_normal"
    scale: Annotated[float, Range(1e-2, 10), "multiplies the initial standard deviation"] = 1.0
    depth: Annotated[int, Range(1, 12), "hidden layers"] = 6
    loss: Annotated[LossName, "the loss"] = "logistic"
    lr: Annotated[float, Range(1e-4, 10), "learning rate"] = 0.3
    steps: Annotated[int, Range(1, 2000), "steps of full-batch descent"] = 200
    order: Annotated[
        Literal["together", "output_first", "input_first"],
        "in which order a step changes the layers",
    ] = "together"
    move: Annotated[Literal["gradient", "sign"], "by the gradient, or by its sign alone"] = (
        "gradient"
    )


MOVES: Mapping[str, Callable[[Array], Array]] = {"gradient": lambda g: g, "sign": np.sign}


def _deep_training(rng: Rng, n: int, p: DeepTraining) -> dict[str, Array]:
    """Train n networks by full-batch descent to tell the sign of the sum of two inputs."""
    widths = (INPUTS, *[WIDTH] * p.depth, 1)
    design = Design(widths, p.activation, p.init, p.scale)
    networks = draw_networks(rng, n, design)
    x = rng.standard_normal((n, EXAMPLES, INPUTS))
    task = LearningTask(x, (x[..., :1] + x[..., 1:2] > 0).astype(np.float64), p.loss)
    start, slopes = list(networks.weights), find_gradients(networks, task)
    first = worst = loss = inference_loss(networks, task)
    for _ in range(p.steps):
        _train_by_layer(networks, task, lr=p.lr, order=p.order, move=MOVES[p.move])
        loss = inference_loss(networks, task)
        worst = np.maximum(worst, loss)
    moved = [_rms(w - old) / _rms(old) for w, old in zip(networks.weights, start, strict=True)]
    return {
        "log10_final_loss": np.log10(np.maximum(loss / first, 1e-300)),
        "log10_worst_loss": np.log10(worst / first),
        "spiked_share": (worst > SPIKE * first).astype(np.float64),
        "log10_gradient_ratio": np.log10(_rms(slopes.weights[0]) / _rms(slopes.weights[-1])),
        "log10_moved_ratio": np.log10(moved[0] / moved[-1]),
        "first_changed": (networks.weights[0] != start[0]).mean(axis=(1, 2)),
        "log10_first_size": np.log10(_rms(networks.weights[0]) / _rms(start[0])),
    }


DEEP_TRAINING = Experiment[DeepTraining](
    name="deep_training",
    doc="what each end of a small deep network learns, by activation, depth and initialisation",
    parameter_type=DeepTraining,
    quantities=(
        Quantity("log10_final_loss", "log10 of last loss / first"),
        Quantity("log10_worst_loss", "log10 of the largest loss on the way / first"),
        Quantity(
            "spiked_share",
            "share of networks whose loss rises above a thousand times the first",
            known=SHARE,
        ),
        Quantity("log10_gradient_ratio", "log10 of rms weight gradient, first layer / last"),
        Quantity("log10_moved_ratio", "log10 of the weights' relative change, first layer / last"),
        Quantity(
            "first_changed", "share of the first layer's weights that changed at all", known=SHARE
        ),
        Quantity("log10_first_size", "log10 of the first layer's rms weight, after / before"),
    ),
    simulate=_deep_training,
    elements=lambda p: (EXAMPLES + WIDTH) * WIDTH * 4 * (p.depth + 1),
    source="Glorot & Bengio 2010, sections 3 and 4.2",
    trains=True,
)
