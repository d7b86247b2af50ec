"""One step of gradient descent, for a stack of networks small enough to stay in the cache.

It computes what :func:`studytool.numerics.networks.run` and :func:`~studytool.numerics.networks.back`
do, in arrays that are made once. A slope is taken from the activation's output, which is as exact as
a step is: to 1e-16 of the largest.
"""

from collections.abc import Callable, Mapping

import numpy as np

from studytool.numerics.activations import LEAKY_SLOPE, Activation
from studytool.numerics.arrays import Array, Flags
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.dropout import draw_bits
from studytool.numerics.networks import Networks
from studytool.numerics.streams import Rng

LARGEST = 1e3
"""The largest size of a weight in training, so that diverging trainings stay numbers."""

Loss = Callable[[Array, Array], tuple[Array, Array]]
"""A function of outputs and targets, both (n, examples, outputs): loss (n,), slope by outputs."""


def _activate_sigmoid(z: Array) -> None:
    z *= 0.5
    np.tanh(z, out=z)
    z += 1.0
    z *= 0.5


def _activate_leaky(z: Array) -> None:
    np.maximum(z, LEAKY_SLOPE * z, out=z)


def _activate_elu(z: Array) -> None:
    low = np.expm1(np.minimum(z, 0.0))
    np.maximum(z, 0.0, out=z)
    z += low


_ACTIVATE: Mapping[Activation, Callable[[Array], object]] = {
    "linear": lambda z: z,
    "sigmoid": _activate_sigmoid,
    "tanh": lambda z: np.tanh(z, out=z),
    "relu": lambda z: np.maximum(z, 0.0, out=z),
    "leaky_relu": _activate_leaky,
    "elu": _activate_elu,
}
"""Each activation, in place."""


def _slope_tanh(y: Array, out: Array) -> Array:
    np.multiply(y, y, out=out)
    return np.subtract(1.0, out, out=out)


def _slope_sigmoid(y: Array, out: Array) -> Array:
    np.multiply(y, y, out=out)
    return np.subtract(y, out, out=out)


_SLOPES: Mapping[Activation, Callable[[Array, Array], Array]] = {
    "sigmoid": _slope_sigmoid,
    "tanh": _slope_tanh,
    "relu": lambda y, out: np.greater(y, 0.0, out=out),
    "leaky_relu": lambda y, out: np.maximum(np.greater(y, 0.0, out=out), LEAKY_SLOPE, out=out),
    "elu": lambda y, out: np.minimum(np.add(y, 1.0, out=out), 1.0, out=out),
}
"""The slope of each activation but the linear one, from its output."""


class TrainingStep:
    """Steps of a stack of networks on so many examples, whose arrays each of them changes.

    Args:
        networks: a stack that shares its arrays with no other.
        rows: examples of a step.
        loss: what is descended on.
    """

    def __init__(self, networks: Networks, rows: int, loss: Loss) -> None:
        design, n = networks.design, len(networks.weights[0])
        shapes = [(n, rows, width) for width in design.widths[1:-1]]
        self._networks, self._loss = networks, loss
        self._values = [np.empty(shape) for shape in shapes]
        self._slopes = [np.empty(shape) for shape in shapes]
        self._normal = [np.empty(shape) for shape in shapes] if design.batch_norm else []
        self._bits: dict[int, Flags] = {}
        self._ones = np.ones((1, rows))
        if design.batch_norm:
            networks.means = [np.zeros((n, 1, width)) for width in design.widths[1:-1]]
            networks.variances = [np.ones_like(mean) for mean in networks.means]

    def take(self, rng: Rng, x: Array, y: Array, rate: float) -> Array:
        """Take a step on x (n, rows, inputs) and y (n, rows, outputs); return the losses before."""
        networks, inputs = self._networks, [x, *self._values]
        for layer in range(len(self._values)):
            self._run_hidden(rng, layer, inputs[layer])
        last = len(self._values)
        output = inputs[last] @ self._outgoing(last)
        output += networks.biases[last]
        losses, slope = self._loss(output, y)
        _move(networks.biases[last], slope.sum(axis=1, keepdims=True), rate)
        for layer in range(last, -1, -1):
            below = _back(slope, self._outgoing(layer)) if layer else slope
            gradient = inputs[layer].transpose(0, 2, 1) @ slope
            _move(networks.weights[layer], gradient, rate / self._kept(layer))
            if layer:
                slope = self._through_hidden(layer - 1, below, rate)
        return losses

    def _kept(self, layer: int) -> float:
        """Return what a layer's inputs are to be divided by: they are masked, and no more."""
        return self._networks.design.keep if layer else 1.0

    def _outgoing(self, layer: int) -> Array:
        weight, kept = self._networks.weights[layer], self._kept(layer)
        return weight if kept == 1.0 else weight / kept

    def _run_hidden(self, rng: Rng, layer: int, x: Array) -> None:
        networks, z = self._networks, self._values[layer]
        np.matmul(x, self._outgoing(layer), out=z)
        if self._normal:
            self._normalize(layer, z)
        z += networks.biases[layer]
        _ACTIVATE[networks.design.activation](z)
        if networks.design.keep < 1.0:
            self._bits[layer] = draw_bits(rng, z.shape, networks.design.keep)
            z *= self._bits[layer]

    def _normalize(self, layer: int, z: Array) -> None:
        """Normalise over the examples, keep the statistics, and scale."""
        networks, normal = self._networks, self._normal[layer]
        mean = self._mean(z)
        np.subtract(z, mean, out=normal)
        variance = self._mean(np.multiply(normal, normal, out=z))
        networks.means[layer], networks.variances[layer] = mean, variance
        normal /= np.sqrt(variance + EPSILON)
        np.multiply(networks.gammas[layer], normal, out=z)

    def _mean(self, values: Array) -> Array:
        """Average over the examples, which becomes an axis of 1."""
        mean: Array = self._ones @ values / values.shape[1]
        return mean

    def _through_hidden(self, layer: int, slope: Array, rate: float) -> Array:
        """Carry a slope, which is overwritten, through a hidden layer, whose own arrays move."""
        networks, design = self._networks, self._networks.design
        if design.activation != "linear":
            slope *= _SLOPES[design.activation](self._values[layer], self._slopes[layer])
        if self._bits and design.activation != "relu":  # a masked ReLU has no slope already
            slope *= self._bits[layer]
        bias = self._ones @ slope
        if self._normal:
            slope = self._through_normal(layer, slope, bias, rate)
        _move(networks.biases[layer], bias, rate)
        return slope

    def _through_normal(self, layer: int, slope: Array, total: Array, rate: float) -> Array:
        """Carry a slope, whose sum over the examples is given, through batch normalisation."""
        networks, normal, product = self._networks, self._normal[layer], self._slopes[layer]
        rows = slope.shape[1]
        gamma = self._ones @ np.multiply(slope, normal, out=product)
        scale = networks.gammas[layer] / np.sqrt(networks.variances[layer] + EPSILON)
        slope -= total / rows
        slope -= np.multiply(normal, gamma / rows, out=product)
        slope *= scale
        _move(networks.gammas[layer], gamma, rate)
        return slope


def _back(slope: Array, weight: Array) -> Array:
    """Return the slope by a layer's inputs; of one output it is a plain product, which is faster."""
    turned = weight.transpose(0, 2, 1)
    return slope * turned if weight.shape[2] == 1 else slope @ turned


def _move(values: Array, gradient: Array, rate: float) -> None:
    """Take a step against a gradient, in place."""
    gradient *= rate
    values -= gradient
    np.clip(values, -LARGEST, LARGEST, out=values)
