"""Signal and gradient through depth, by activation and initialisation.

Every replicate is a square network of its own; the batched products have shape (draw, 1, width) ×
(draw, width, width).
"""

from collections.abc import Mapping
from math import sqrt

import numpy as np
import numpy.typing as npt

from studytool.numerics.activations import ACTIVATIONS, DERIVATIVES
from studytool.numerics.experiment import Experiment, Number, Quantity, Value, Word
from studytool.numerics.streams import Rng

Array = npt.NDArray[np.float64]

WEIGHT_SD: Mapping[str, float] = {"xavier": 1.0, "he": sqrt(2.0), "small": 0.1, "large": 10.0}
"""The standard deviation of a weight times √width; Xavier's 2/(n + n) = 1/n in a square layer."""


def _rms(x: Array) -> Array:
    root: Array = np.sqrt(np.mean(np.square(x), axis=(1, 2)))
    return np.maximum(root, 1e-300)


def _depth(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    width, depth, name = int(p["width"]), int(p["depth"]), str(p["activation"])
    activate, slope = ACTIVATIONS[name], DERIVATIVES[name]
    weights = rng.normal(0.0, WEIGHT_SD[str(p["init"])] / sqrt(width), (depth, n, width, width))
    h = rng.normal(size=(n, 1, width))  # (draw, 1, unit)
    pre = []
    for layer in weights:
        pre.append(h @ layer)
        h = activate(pre[-1])
    gradient = rng.normal(size=(n, 1, width)) * slope(pre[-1])  # of the last pre-activation
    last = _rms(gradient)
    for layer, z in zip(weights[:0:-1], pre[-2::-1], strict=True):
        gradient = (gradient @ layer.transpose(0, 2, 1)) * slope(z)
    return {
        "log10_signal_ratio": np.log10(_rms(pre[-1]) / _rms(pre[0])),
        "log10_gradient_ratio": np.log10(_rms(gradient) / last),
    }


SIGNAL_DEPTH = Experiment(
    name="signal_depth",
    doc="how far signal and gradient shrink or grow through a deep square network",
    parameters=(
        Word("activation", "relu", tuple(ACTIVATIONS), "the activation of every layer"),
        Word("init", "xavier", tuple(WEIGHT_SD), "the initialisation of every layer"),
        Number("width", 64, 1, 512, "units of a layer", whole=True),
        Number("depth", 20, 2, 200, "layers", whole=True),
    ),
    quantities=(
        Quantity("log10_signal_ratio", "log10 of rms pre-activation, last layer / first"),
        Quantity("log10_gradient_ratio", "log10 of rms gradient, first layer / last"),
    ),
    simulate=_depth,
    elements=lambda p: (float(p["width"]) ** 2 + 2 * float(p["width"])) * float(p["depth"]),
    source="Glorot & Bengio 2010, sections 4.2 and 4.3",
)
