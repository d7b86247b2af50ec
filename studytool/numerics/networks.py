"""Small dense networks, many at once: drawn, run forwards, and differentiated.

Every array has a leading axis over networks: a batch of inputs is (network, example, unit) and a
layer's weights are (network, fan_in, fan_out), so one product serves all of them. The last layer
is linear. :mod:`studytool.numerics.training` trains them.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from studytool.numerics.activations import ACTIVATIONS, DERIVATIVES, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.dropout import draw_mask
from studytool.numerics.initializers import Initializer, draw_weights
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class Design:
    """The design that all networks of a stack share.

    Attributes:
        widths: units of the input, of each hidden layer and of the output.
        activation: of the hidden layers, a name of ``ACTIVATIONS``.
        init: a name of ``VARIANCES``, or ``constant``.
        scale: multiplies the initial standard deviation; with ``constant``, the value itself.
        keep: probability that a hidden unit stays in training (inverted dropout).
        batch_norm: normalise each hidden unit over the batch before its activation.
    """

    widths: tuple[int, ...]
    activation: Activation = "relu"
    init: Initializer | Literal["constant"] = "he_normal"
    scale: float = 1.0
    keep: float = 1.0
    batch_norm: bool = False

    @property
    def elements(self) -> float:
        """Count the weights of one network."""
        pairs = zip(self.widths[:-1], self.widths[1:], strict=True)
        return float(sum((before + 3) * after for before, after in pairs))


@dataclass(slots=True)
class Networks:
    """A stack of n networks of one design; training changes the arrays.

    Attributes:
        weights: of each layer, shape (n, fan_in, fan_out).
        biases, gammas: shift and scale of each layer's units, shape (n, 1, fan_out); a gamma is
            used by batch normalisation only.
        means, variances: of each hidden layer's last training batch, shape (n, 1, fan_out).
    """

    design: Design
    weights: list[Array]
    biases: list[Array]
    gammas: list[Array]
    means: list[Array] = field(default_factory=list)
    variances: list[Array] = field(default_factory=list)

    def part(self, at: slice) -> "Networks":
        """Return the networks of a slice of the stack; the arrays are views."""
        arrays = ([array[at] for array in getattr(self, name)] for name in ARRAYS)
        return Networks(self.design, *arrays)

    def copy_part(self, at: slice) -> "Networks":
        """Return copies of the networks of a slice of the stack."""
        arrays = ([array[at].copy() for array in getattr(self, name)] for name in ARRAYS)
        return Networks(self.design, *arrays)


ARRAYS = ("weights", "biases", "gammas", "means", "variances")
"""The lists of arrays that make up a stack of networks."""


def draw_networks(rng: Rng, n: int, design: Design) -> Networks:
    """Draw n networks; biases are 0 and gammas 1."""
    weights = []
    for fan_in, fan_out in zip(design.widths[:-1], design.widths[1:], strict=True):
        if design.init == "constant":
            weights.append(np.full((n, fan_in, fan_out), design.scale))
            continue
        shape = (n, fan_in, fan_out)
        weights.append(draw_weights(rng, shape, design.init, scale=design.scale))
    biases = [np.zeros((n, 1, w.shape[2])) for w in weights]
    return Networks(design, weights, biases, [np.ones_like(b) for b in biases])


@dataclass(frozen=True, slots=True)
class Pass:
    """The values that a forward pass keeps for the way back, by layer.

    Attributes:
        inputs: of each layer, shape (n, examples, fan_in).
        pre: of each hidden layer, the input of its activation.
        normal: of each hidden layer, the normalised values; empty without batch normalisation.
        masks: of each hidden layer, 0 or 1/keep; empty without dropout.
        output: of the last layer, shape (n, examples, outputs).
    """

    inputs: list[Array]
    pre: list[Array]
    normal: list[Array]
    masks: list[Array]
    output: Array


def run(networks: Networks, x: Array, *, rng: Rng | None = None) -> Pass:
    """Run networks on inputs of shape (n, examples, inputs).

    With ``rng`` as in training: units are dropped, batch normalisation takes this batch's
    statistics and keeps them. Without it as in inference, with the statistics kept.
    """
    design, training = networks.design, rng is not None
    kept = Pass([], [], [], [], x)
    if training:
        networks.means, networks.variances = [], []
    hidden = len(networks.weights) - 1
    for layer, (weight, bias) in enumerate(zip(networks.weights, networks.biases, strict=True)):
        kept.inputs.append(x)
        z = x @ weight
        if layer == hidden:
            return Pass(kept.inputs, kept.pre, kept.normal, kept.masks, z + bias)
        if design.batch_norm:
            kept.normal.append(_normalised(networks, layer, z, training=training))
            z = networks.gammas[layer] * kept.normal[-1]
        z += bias
        kept.pre.append(z)
        x = ACTIVATIONS[design.activation](kept.pre[-1])
        if rng is not None and design.keep < 1:
            mask = draw_mask(rng, x.shape, design.keep)
            mask /= design.keep
            kept.masks.append(mask)
            x = x * mask
    return kept


def _normalised(networks: Networks, layer: int, z: Array, *, training: bool) -> Array:
    if training:
        networks.means.append(z.mean(axis=1, keepdims=True))
        networks.variances.append(z.var(axis=1, keepdims=True))
    deviation = z - networks.means[layer]
    normal: Array = deviation / np.sqrt(networks.variances[layer] + EPSILON)
    return normal


@dataclass(frozen=True, slots=True)
class Gradients:
    """Gradients of a loss by each layer's weights, biases and gammas, shaped as in :class:`Networks`."""

    weights: list[Array]
    biases: list[Array]
    gammas: list[Array]


def back(networks: Networks, kept: Pass, slope: Array) -> Gradients:
    """Return the gradients of a loss whose slope by the outputs, (n, examples, outputs), is given."""
    layers = len(networks.weights)
    unused = [np.zeros_like(gamma) for gamma in networks.gammas]
    found = Gradients([slope] * layers, [slope] * layers, unused)
    for layer in range(layers - 1, -1, -1):
        if layer < layers - 1:
            slope = _through_hidden(networks, kept, layer, slope=slope, found=found)
        found.weights[layer] = kept.inputs[layer].transpose(0, 2, 1) @ slope
        if layer == layers - 1:
            found.biases[layer] = slope.sum(axis=1, keepdims=True)
        if layer:
            slope = slope @ networks.weights[layer].transpose(0, 2, 1)
    return found


def _through_hidden(
    networks: Networks, kept: Pass, layer: int, *, slope: Array, found: Gradients
) -> Array:
    """Carry a slope, which is overwritten, through dropout, activation and normalisation."""
    if kept.masks:
        slope *= kept.masks[layer]
    slope *= DERIVATIVES[networks.design.activation](kept.pre[layer])
    found.biases[layer] = slope.sum(axis=1, keepdims=True)
    if not kept.normal:
        return slope
    normal, gamma = kept.normal[layer], networks.gammas[layer]
    found.gammas[layer] = (slope * normal).sum(axis=1, keepdims=True)
    slope = slope * gamma
    centred = slope - slope.mean(axis=1, keepdims=True)
    centred -= normal * (slope * normal).mean(axis=1, keepdims=True)
    passed: Array = centred / np.sqrt(networks.variances[layer] + EPSILON)
    return passed
