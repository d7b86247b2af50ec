"""Signs of a unit's weight gradients, and the descent path that they allow.

The gradient of weight j of unit k for one example is δ_k·a_j: where every a_j is positive, all of
a unit's gradients have the sign of its error signal δ_k.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.activations import Activation, sigmoid
from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, back, draw_networks, run
from studytool.numerics.streams import Rng
from studytool.numerics.training import squared_loss


def _alike(gradient: Array, axis: int | tuple[int, ...]) -> Array:
    """Return 1 where no two numbers along an axis have opposite signs, else 0."""
    opposed = (gradient.max(axis=axis) > 0) & (gradient.min(axis=axis) < 0)
    same: Array = 1.0 - opposed
    return same


@dataclass(frozen=True, slots=True)
class Zigzag:
    """Parameters of ``zigzag``."""

    activation: Annotated[Activation, "activation of the layer below"] = "sigmoid"
    inputs: Annotated[int, Range(1, 256), "weights of a unit"] = 4
    units: Annotated[int, Range(1, 64), "units of the layer"] = 3
    examples: Annotated[int, Range(1, 256), "examples over which a gradient is summed"] = 1


def _signs(rng: Rng, n: int, p: Zigzag) -> dict[str, Array]:
    """Back-propagate through networks 4–inputs–units–1 to the weights of the second layer."""
    widths = (4, p.inputs, p.units, 1)
    networks = draw_networks(rng, n, Design(widths, p.activation, "xavier_normal"))
    x = rng.standard_normal((n, p.examples, 4))
    kept = run(networks, x)
    target = 3.0 * rng.standard_normal(kept.output.shape)
    found = back(networks, kept, squared_loss(kept.output, target)[1])
    gradient, signal = found.weights[1], found.biases[1]  # a bias's gradient sums δ over examples
    return {
        "same_sign_share": _alike(gradient[..., 0], axis=1),
        "whole_layer_share": _alike(gradient, axis=(1, 2)),
        "follows_error": (np.sign(gradient) == np.sign(signal)).mean(axis=(1, 2)),
    }


def _all_positive(p: Zigzag) -> bool | None:
    """Return whether the activation is never negative; None where there is no closed form."""
    if p.examples != 1 or p.activation == "relu":
        return None
    return p.activation == "sigmoid"


def _same_sign(p: Zigzag) -> float:
    positive = _all_positive(p)
    if positive is None:
        return 1.0 if p.examples == 1 else float("nan")
    return 1.0 if positive else 2.0 ** (1.0 - p.inputs)


def _whole_layer(p: Zigzag) -> float:
    return 2.0 ** (1.0 - p.units) if _all_positive(p) else float("nan")


def _follows(p: Zigzag) -> float:
    positive = _all_positive(p)
    return float("nan") if positive is None else 1.0 if positive else 0.5


ZIGZAG = Experiment[Zigzag](
    name="zigzag",
    doc="the signs of the gradients of a layer's weights, by the activation that feeds it",
    parameter_type=Zigzag,
    quantities=(
        Quantity(
            "same_sign_share",
            "share of units whose weight gradients all have one sign (or are 0)",
            closed_form=_same_sign,
            known=SHARE,
        ),
        Quantity(
            "whole_layer_share",
            "share of layers whose weight gradients all have one sign (or are 0)",
            closed_form=_whole_layer,
            known=SHARE,
        ),
        Quantity(
            "follows_error",
            "share of weight gradients with the sign of the unit's error signal",
            closed_form=_follows,
            known=SHARE,
        ),
    ),
    simulate=_signs,
    elements=lambda p: (
        4 * (p.inputs + 2) * (p.units + 4) + 4 * p.examples * (p.inputs + p.units + 4)
    ),
    source="LeCun et al. 1998, Efficient BackProp, section 4.3",
)

# --- the path ---------------------------------------------------------------------------------

FEEDS: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": sigmoid,
    "centred_sigmoid": lambda z: sigmoid(z) - 0.5,
    "tanh": np.tanh,
}
"""Inputs of a linear unit from normal numbers: a sigmoid with and without its mean, and tanh."""


def _target(kind: str, inputs: int) -> Array:
    """Return the weights to be learned, shape (inputs,): all 1, or 1 and −1 in turn."""
    wanted = np.ones(inputs)
    if kind == "mixed":
        wanted[1::2] = -1.0
    return wanted


@dataclass(frozen=True, slots=True)
class DescentPath:
    """Parameters of ``descent_path``."""

    feed: Annotated[
        Literal["sigmoid", "centred_sigmoid", "tanh"], "what the inputs are, of normal numbers"
    ] = "sigmoid"
    target: Annotated[Literal["mixed", "alike"], "target weights of both signs, or of one"] = (
        "mixed"
    )
    inputs: Annotated[int, Range(2, 64), "weights of the unit"] = 2
    lr: Annotated[float, Range(0.01, 1.9), "share of an example's error that a step removes"] = 0.5
    steps: Annotated[int, Range(1, 2000), "steps"] = 60


def _path(rng: Rng, n: int, p: DescentPath) -> dict[str, Array]:
    """Learn from one example at a time by normalised steps, which no scale of the inputs alters."""
    inputs, steps = p.inputs, p.steps
    a = FEEDS[p.feed](rng.standard_normal((steps, n, inputs)))  # (step, draw, input)
    wanted = _target(p.target, inputs)
    w, before = np.zeros((n, inputs)), np.zeros((n, inputs))
    length, turns = np.zeros(n), np.zeros(n)
    for example in a:
        miss = ((wanted - w) * example).sum(axis=1, keepdims=True)
        square = np.square(example).sum(axis=1, keepdims=True)
        move = p.lr * miss * example / np.maximum(square, 1e-300)
        w = w + move
        length += np.linalg.norm(move, axis=1)
        turns += (move * before).sum(axis=1) < 0
        before = move
    left = np.linalg.norm(wanted - w, axis=1) / np.sqrt(inputs)
    return {
        "path_ratio": length / np.sqrt(inputs),
        "turn_share": turns / steps,
        "log10_left": np.log10(np.maximum(left, 1e-300)),
    }


DESCENT_PATH = Experiment[DescentPath](
    name="descent_path",
    doc="the way of a linear unit's weights to their target, example by example, by what feeds it",
    parameter_type=DescentPath,
    quantities=(
        Quantity("path_ratio", "length of the way / straight distance to the target"),
        Quantity("turn_share", "share of steps that turn by more than a right angle", known=SHARE),
        Quantity("log10_left", "log10 of distance left / distance at the start"),
    ),
    simulate=_path,
    elements=lambda p: p.inputs * (p.steps + 8),
    source="LeCun et al. 1998, Efficient BackProp, section 4.3",
)


@dataclass(frozen=True, slots=True)
class InputDescent:
    """Parameters of ``input_descent``."""

    feed: Annotated[
        Literal["sigmoid", "centred_sigmoid", "tanh"], "what the inputs are, of normal numbers"
    ] = "sigmoid"
    inputs: Annotated[int, Range(2, 64), "weights of the unit"] = 10
    lr: Annotated[float, Range(0.0, 100), "learning rate; 0 takes 1/λmax of each data set"] = 0.0
    steps: Annotated[int, Range(1, 5000), "steps"] = 400


def _whole_batch(rng: Rng, n: int, p: InputDescent) -> dict[str, Array]:
    """Descend on the mean squared error of 4 examples a weight, the rate chosen or 1/λmax."""
    inputs, steps = p.inputs, p.steps
    a = FEEDS[p.feed](rng.standard_normal((n, 4 * inputs, inputs)))
    hessian = a.transpose(0, 2, 1) @ a / (4 * inputs)  # (draw, weight, weight)
    steepest = np.linalg.eigvalsh(hessian)[:, -1:, None]  # (draw, 1, 1)
    lr = p.lr or 1.0 / steepest
    away = np.broadcast_to(-_target("mixed", inputs)[:, None], (n, inputs, 1))
    first = loss = (away * (hessian @ away)).sum(axis=(1, 2))
    reached = np.full(n, float(steps))
    for step in range(steps):
        away = np.clip(away - lr * (hessian @ away), -1e100, 1e100)
        loss = (away * (hessian @ away)).sum(axis=(1, 2))
        reached = np.where(loss <= 0.01 * first, np.minimum(reached, step + 1.0), reached)
    return {
        "log10_steps": np.log10(reached),
        "log10_final_loss": np.log10(np.maximum(loss / first, 1e-300)),
        "steepest": steepest[:, 0, 0],
    }


INPUT_DESCENT = Experiment[InputDescent](
    name="input_descent",
    doc="whole-batch descent of a linear unit's weights, by what feeds it",
    parameter_type=InputDescent,
    quantities=(
        Quantity("log10_steps", "log10 of the steps to 1 % of the first loss, at most all"),
        Quantity("log10_final_loss", "log10 of last loss / first"),
        Quantity("steepest", "largest curvature λmax of the loss"),
    ),
    simulate=_whole_batch,
    elements=lambda p: 6 * p.inputs**2 + 8 * p.inputs,
    source="LeCun et al. 1998, Efficient BackProp, sections 4.3 and 5",
)
