"""Deep networks trained at several learning rates, by initialisation."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.streams import Rng
from studytool.numerics.training import LearningTask, inference_loss, smooth_target, train

RATES = (0.01, 0.1, 1.0)
"""Learning rates that every initialisation is trained at."""
INPUTS, EXAMPLES = 4, 32
LEARNT = 0.5
"""The share of the best constant's loss below which a training counts as successful."""


@dataclass(frozen=True, slots=True)
class RateRangeTraining:
    """Parameters of ``rate_range_training``."""

    activation: Annotated[Literal["tanh", "sigmoid", "relu"], "of the hidden layers"] = "tanh"
    init: Annotated[Literal["xavier_normal", "xavier_uniform", "he_normal"], "of all"] = (
        "xavier_normal"
    )
    scale: Annotated[
        float, Range(1e-3, 1e3), "multiplies the standard deviation of every weight"
    ] = 1.0
    layers: Annotated[int, Range(1, 40), "hidden layers"] = 4
    width: Annotated[int, Range(1, 64), "units of a hidden layer"] = 16
    steps: Annotated[int, Range(1, 2000), "steps of gradient descent"] = 60


def _design(p: RateRangeTraining) -> Design:
    hidden = [p.width] * p.layers
    return Design((INPUTS, *hidden, 1), p.activation, p.init, scale=p.scale)


def draw_task(rng: Rng, n: int) -> LearningTask:
    """Draw n smooth regressions; the targets of each have mean 0 and variance 1."""
    x = rng.standard_normal((n, EXAMPLES, INPUTS))
    y = smooth_target(x)
    y -= y.mean(axis=1, keepdims=True)
    return LearningTask(x, y / y.std(axis=1, keepdims=True))


def _training(rng: Rng, n: int, p: RateRangeTraining) -> dict[str, Array]:
    """Train each network at each rate, from the same task; a constant's best loss is 1/2."""
    task, losses = draw_task(rng, n), []
    for rate in RATES:
        networks = draw_networks(rng, n, _design(p))
        train(rng, networks, task, rates=[rate] * p.steps)
        losses.append(2.0 * inference_loss(networks, task))
    left = np.clip(np.array(losses), 1e-12, 1e12)  # (rate, network)
    return {
        "log10_best_loss": np.log10(left.min(axis=0)),
        "learnt_share": (left < LEARNT).mean(axis=0),
    }


RATE_RANGE_TRAINING = Experiment[RateRangeTraining](
    name="rate_range_training",
    doc="small deep networks trained at several rates, by initialisation",
    parameter_type=RateRangeTraining,
    quantities=(
        Quantity("log10_best_loss", "log10 of the lowest loss of the rates / a constant's"),
        Quantity("learnt_share", "share of the rates that halve a constant's loss", known=SHARE),
    ),
    simulate=_training,
    elements=lambda p: 3 * _design(p).elements + 4.0 * EXAMPLES * (INPUTS + 3.0 * _units(p)),
    source="Glorot & Bengio 2010, section 4.2; He et al. 2015, arXiv:1502.01852, section 2.2",
    trains=True,
)


def _units(p: RateRangeTraining) -> float:
    return p.layers * p.width


@dataclass(frozen=True, slots=True)
class ShapeTraining:
    """Parameters of ``shape_training``."""

    scale: Annotated[
        float, Range(0.0, 10), "multiplies the standard deviation of the uniform weights"
    ] = 1.0
    rate: Annotated[float, Range(1e-4, 10), "learning rate"] = 0.2
    steps: Annotated[int, Range(1, 2000), "steps of gradient descent"] = 30


def _shapes(rng: Rng, n: int, p: ShapeTraining) -> dict[str, Array]:
    """Train uniform and normal weights of one variance on the same tasks, in tanh networks."""
    task, losses, widths = draw_task(rng, n), [], (INPUTS, 8, 8, 1)
    for design in (
        Design(widths, "tanh", "xavier_uniform", scale=p.scale),
        Design(widths, "tanh", "xavier_normal"),
    ):
        networks = draw_networks(rng, n, design)
        train(rng, networks, task, rates=[p.rate] * p.steps)
        losses.append(np.log10(np.clip(inference_loss(networks, task), 1e-12, 1e12)))
    return {"log10_loss_gap": losses[0] - losses[1]}


SHAPE_TRAINING = Experiment[ShapeTraining](
    name="shape_training",
    doc="small tanh networks from uniform and from normal Xavier weights, on the same tasks",
    parameter_type=ShapeTraining,
    quantities=(Quantity("log10_loss_gap", "log10 of last loss, uniform / normal"),),
    simulate=_shapes,
    elements=lambda _: 3 * Design((INPUTS, 8, 8, 1)).elements + 4.0 * EXAMPLES * (INPUTS + 48),
    source="Glorot & Bengio 2010, section 4.2.1",
    trains=True,
)
