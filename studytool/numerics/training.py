"""What training does to weights: symmetry that never breaks, gradients of one sign."""

from collections.abc import Mapping
from math import sqrt

import numpy as np
import numpy.typing as npt

from studytool.numerics.activations import ACTIVATIONS
from studytool.numerics.experiment import Experiment, Number, Quantity, Value, Word
from studytool.numerics.streams import Rng

Array = npt.NDArray[np.float64]


def _symmetry(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    """Train n networks 4–units–1 (tanh) on a random task, all by full-batch descent."""
    inputs, units, examples = 4, int(p["units"]), 32
    x = rng.normal(size=(n, examples, inputs))
    y = np.sign(x[..., :1] * x[..., 1:2])  # XOR of two signs, (draw, example, 1)
    w1, w2 = _start(rng, n, (inputs, units), str(p["init"]))
    for _ in range(int(p["steps"])):
        h = np.tanh(x @ w1)
        error = (h @ w2 - y) / examples
        back = (error @ w2.transpose(0, 2, 1)) * (1.0 - np.square(h))
        w2 = w2 - 0.5 * (h.transpose(0, 2, 1) @ error)
        w1 = w1 - 0.5 * (x.transpose(0, 2, 1) @ back)
    return {
        "weight_rank": np.linalg.matrix_rank(w1, rtol=1e-6).astype(np.float64),
        "final_loss": np.mean(np.square(np.tanh(x @ w1) @ w2 - y), axis=(1, 2)),
    }


def _start(rng: Rng, n: int, shape: tuple[int, int], init: str) -> tuple[Array, Array]:
    inputs, units = shape
    if init == "zero":
        return np.zeros((n, inputs, units)), np.zeros((n, units, 1))
    if init == "constant":
        return np.full((n, inputs, units), 0.5), np.full((n, units, 1), 0.5)
    first = rng.normal(0.0, sqrt(2.0 / (inputs + units)), (n, inputs, units))
    return first, rng.normal(0.0, sqrt(2.0 / (units + 1)), (n, units, 1))


SYMMETRY = Experiment(
    name="symmetry",
    doc="the rank of the first layer's weights after training, by initialisation",
    parameters=(
        Word("init", "constant", ("zero", "constant", "xavier"), "the initialisation"),
        Number("units", 8, 1, 64, "hidden tanh units", whole=True),
        Number("steps", 200, 1, 5000, "steps of gradient descent", whole=True),
    ),
    quantities=(
        Quantity("weight_rank", "rank of the trained matrix of shape (4, units)"),
        Quantity("final_loss", "mean squared error after training"),
    ),
    simulate=_symmetry,
    elements=lambda p: 32.0 * (4 + 4 * float(p["units"])),
    source="Goodfellow et al. 2016, Deep Learning, section 8.4",
    trains=True,
)


def _zigzag(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    """Draw the inputs of a unit from an activation; the gradient of w is δ·input."""
    z = rng.normal(size=(n, int(p["inputs"])))
    gradient = ACTIVATIONS[str(p["activation"])](z) * rng.normal(size=(n, 1))  # (draw, weight)
    same = np.all(gradient > 0, axis=1) | np.all(gradient < 0, axis=1)
    return {"same_sign_share": same.astype(np.float64)}


def _same_sign(p: Mapping[str, Value]) -> float:
    if p["activation"] == "sigmoid":
        return 1.0
    return 2.0 ** (1.0 - float(p["inputs"])) if p["activation"] == "tanh" else float("nan")


ZIGZAG = Experiment(
    name="zigzag",
    doc="the signs of the gradients of one unit's weights, by the activation that feeds it",
    parameters=(
        Word("activation", "sigmoid", tuple(ACTIVATIONS), "activation of the layer below"),
        Number("inputs", 4, 1, 256, "weights of the unit", whole=True),
    ),
    quantities=(
        Quantity(
            "same_sign_share",
            "share of examples whose weight gradients all have one sign",
            closed_form=_same_sign,
        ),
    ),
    simulate=_zigzag,
    elements=lambda p: 3 * float(p["inputs"]),
    source="LeCun et al. 1998, Efficient BackProp, section 4.3",
)
