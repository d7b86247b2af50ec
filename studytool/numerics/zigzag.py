"""The signs of a unit's weight gradients, and the path of descent that they allow.

The gradient of weight j of unit k for one example is δ_k·a_j: where every a_j is positive, all of
a unit's gradients have the sign of its error signal δ_k.
"""

from collections.abc import Callable, Mapping

import numpy as np

from studytool.numerics.activations import ACTIVATIONS, sigmoid
from studytool.numerics.arrays import Array
from studytool.numerics.experiment import (
    Experiment,
    NumberParameter,
    ParameterValue,
    Quantity,
    Word,
)
from studytool.numerics.networks import Design, back, draw_networks, run, squared_loss
from studytool.numerics.streams import Rng


def _alike(gradient: Array, axis: int | tuple[int, ...]) -> Array:
    """Tell where no two numbers along an axis have opposite signs, as 0 or 1."""
    opposed = (gradient.max(axis=axis) > 0) & (gradient.min(axis=axis) < 0)
    same: Array = 1.0 - opposed
    return same


def _signs(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Back-propagate through networks 4–inputs–units–1 to the weights of the second layer."""
    widths = (4, int(p["inputs"]), int(p["units"]), 1)
    networks = draw_networks(rng, n, Design(widths, str(p["activation"]), "xavier_normal"))
    x = rng.standard_normal((n, int(p["examples"]), 4))
    kept = run(networks, x)
    target = 3.0 * rng.standard_normal(kept.output.shape)
    found = back(networks, kept, squared_loss(kept.output, target)[1])
    gradient, signal = found.weights[1], found.biases[1]  # a bias's gradient sums δ over examples
    return {
        "same_sign_share": _alike(gradient[..., 0], axis=1),
        "whole_layer_share": _alike(gradient, axis=(1, 2)),
        "follows_error": (np.sign(gradient) == np.sign(signal)).mean(axis=(1, 2)),
    }


def _all_positive(p: Mapping[str, ParameterValue]) -> bool | None:
    """Tell whether the activation is never negative; None where no closed form is given."""
    if p["examples"] != 1 or p["activation"] == "relu":
        return None
    return p["activation"] == "sigmoid"


def _same_sign(p: Mapping[str, ParameterValue]) -> float:
    positive = _all_positive(p)
    if positive is None:
        return 1.0 if p["examples"] == 1 else float("nan")
    return 1.0 if positive else 2.0 ** (1.0 - float(p["inputs"]))


def _whole_layer(p: Mapping[str, ParameterValue]) -> float:
    return 2.0 ** (1.0 - float(p["units"])) if _all_positive(p) else float("nan")


def _follows(p: Mapping[str, ParameterValue]) -> float:
    positive = _all_positive(p)
    return float("nan") if positive is None else 1.0 if positive else 0.5


ZIGZAG = Experiment(
    name="zigzag",
    doc="the signs of the gradients of a layer's weights, by the activation that feeds it",
    parameters=(
        Word("activation", "sigmoid", tuple(ACTIVATIONS), "activation of the layer below"),
        NumberParameter("inputs", 4, 1, 256, "weights of a unit", whole=True),
        NumberParameter("units", 3, 1, 64, "units of the layer", whole=True),
        NumberParameter(
            "examples", 1, 1, 256, "examples over which a gradient is summed", whole=True
        ),
    ),
    quantities=(
        Quantity(
            "same_sign_share",
            "share of units whose weight gradients all have one sign (or are 0)",
            closed_form=_same_sign,
        ),
        Quantity(
            "whole_layer_share",
            "share of layers whose weight gradients all have one sign (or are 0)",
            closed_form=_whole_layer,
        ),
        Quantity(
            "follows_error",
            "share of weight gradients with the sign of the unit's error signal",
            closed_form=_follows,
        ),
    ),
    simulate=_signs,
    elements=lambda p: (
        4 * (float(p["inputs"]) + 2) * (float(p["units"]) + 4)
        + 4 * float(p["examples"]) * (float(p["inputs"]) + float(p["units"]) + 4)
    ),
    source="LeCun et al. 1998, Efficient BackProp, section 4.3",
)

# --- the path ---------------------------------------------------------------------------------

FEEDS: Mapping[str, Callable[[Array], Array]] = {
    "sigmoid": sigmoid,
    "centred_sigmoid": lambda z: sigmoid(z) - 0.5,
    "tanh": np.tanh,
}
"""What feeds a linear unit: the same sigmoid with and without its mean of 1/2, and tanh."""


def _target(kind: str, inputs: int) -> Array:
    """Return the weights to be learned, shape (inputs,): all 1, or 1 and −1 in turn."""
    wanted = np.ones(inputs)
    if kind == "mixed":
        wanted[1::2] = -1.0
    return wanted


def _path(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Learn from one example at a time by normalised steps, which no scale of the inputs alters."""
    inputs, steps = int(p["inputs"]), int(p["steps"])
    a = FEEDS[str(p["feed"])](rng.standard_normal((steps, n, inputs)))  # (step, draw, input)
    wanted = _target(str(p["target"]), inputs)
    w, before = np.zeros((n, inputs)), np.zeros((n, inputs))
    length, turns = np.zeros(n), np.zeros(n)
    for example in a:
        miss = ((wanted - w) * example).sum(axis=1, keepdims=True)
        square = np.square(example).sum(axis=1, keepdims=True)
        move = float(p["lr"]) * miss * example / np.maximum(square, 1e-300)
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


DESCENT_PATH = Experiment(
    name="descent_path",
    doc="the way of a linear unit's weights to their target, example by example, by what feeds it",
    parameters=(
        Word("feed", "sigmoid", tuple(FEEDS), "what the inputs are, of normal numbers"),
        Word("target", "mixed", ("mixed", "alike"), "target weights of both signs, or of one"),
        NumberParameter("inputs", 2, 2, 64, "weights of the unit", whole=True),
        NumberParameter("lr", 0.5, 0.01, 1.9, "share of an example's error that a step removes"),
        NumberParameter("steps", 60, 1, 2000, "steps", whole=True),
    ),
    quantities=(
        Quantity("path_ratio", "length of the way / straight distance to the target"),
        Quantity("turn_share", "share of steps that turn by more than a right angle"),
        Quantity("log10_left", "log10 of distance left / distance at the start"),
    ),
    simulate=_path,
    elements=lambda p: float(p["inputs"]) * (float(p["steps"]) + 8),
    source="LeCun et al. 1998, Efficient BackProp, section 4.3",
)


def _whole_batch(rng: Rng, n: int, p: Mapping[str, ParameterValue]) -> dict[str, Array]:
    """Descend on the mean squared error of 4 examples a weight, the rate chosen or 1/λmax."""
    inputs, steps = int(p["inputs"]), int(p["steps"])
    a = FEEDS[str(p["feed"])](rng.standard_normal((n, 4 * inputs, inputs)))
    hessian = a.transpose(0, 2, 1) @ a / (4 * inputs)  # (draw, weight, weight)
    steepest = np.linalg.eigvalsh(hessian)[:, -1:, None]  # (draw, 1, 1)
    lr = float(p["lr"]) or 1.0 / steepest
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


INPUT_DESCENT = Experiment(
    name="input_descent",
    doc="whole-batch descent of a linear unit's weights, by what feeds it",
    parameters=(
        Word("feed", "sigmoid", tuple(FEEDS), "what the inputs are, of normal numbers"),
        NumberParameter("inputs", 10, 2, 64, "weights of the unit", whole=True),
        NumberParameter("lr", 0.0, 0.0, 100, "learning rate; 0 takes 1/λmax of each data set"),
        NumberParameter("steps", 400, 1, 5000, "steps", whole=True),
    ),
    quantities=(
        Quantity("log10_steps", "log10 of the steps to 1 % of the first loss, at most all"),
        Quantity("log10_final_loss", "log10 of last loss / first"),
        Quantity("steepest", "largest curvature λmax of the loss"),
    ),
    simulate=_whole_batch,
    elements=lambda p: 6 * float(p["inputs"]) ** 2 + 8 * float(p["inputs"]),
    source="LeCun et al. 1998, Efficient BackProp, sections 4.3 and 5",
)
