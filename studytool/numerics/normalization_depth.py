"""Signal and gradient through depth with and without batch normalisation, before any training.

Every replicate is a square network of its own with its own batch; arrays have shape
(network, example, unit).
"""

from dataclasses import dataclass
from math import nan
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.activations import Activation
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, Networks, Pass, back, draw_networks, run
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class NormalizedDepth:
    """A deep network at the start, with or without batch normalisation."""

    norm: Annotated[Literal["none", "batch"], "what stands before every activation"] = "batch"
    activation: Annotated[Activation, "the activation of every hidden layer"] = "relu"
    width: Annotated[int, Range(2, 256), "inputs, and units of a hidden layer"] = 16
    depth: Annotated[int, Range(2, 64), "hidden layers"] = 8
    batch: Annotated[int, Range(4, 512), "examples in the batch"] = 16
    scale: Annotated[float, Range(1e-2, 1e2), "standard deviation of a weight times √width"] = 1.0


def _design(p: NormalizedDepth) -> Design:
    width = p.width
    return Design(
        (width,) * (p.depth + 1) + (1,),
        activation=p.activation,
        init="lecun_normal",
        scale=p.scale,
        batch_norm=p.norm == "batch",
    )


def _size(p: NormalizedDepth) -> float:
    examples, width = p.batch, p.width
    return (5 * examples * width + 2 * width**2) * (p.depth + 1)


def _gradients(rng: Rng, networks: Networks, x: Array, slope: Array) -> tuple[Pass, list[Array]]:
    kept = run(networks, x, rng=rng)
    return kept, back(networks, kept, slope).weights[:-1]


def _depth(rng: Rng, n: int, p: NormalizedDepth) -> dict[str, Array]:
    networks = draw_networks(rng, n, _design(p))
    x = rng.standard_normal((n, p.batch, p.width))
    slope = rng.standard_normal((*x.shape[:2], 1))
    kept, gradients = _gradients(rng, networks, x, slope)
    # a network whose ReLUs are all off has a size of 0: no mean of logarithms, but a median
    arriving = np.linalg.norm(slope @ networks.weights[-1].transpose(0, 2, 1), axis=(1, 2))
    norms = [np.maximum(np.linalg.norm(gradients[at], axis=(1, 2)), 1e-300) for at in (1, -1)]
    return {
        "last_mean_square": np.square(kept.pre[-1].mean(axis=1)).mean(axis=1),
        "last_variance": kept.pre[-1].var(axis=1).mean(axis=1),
        "log10_last_size": np.log10(np.maximum(_rms(kept.pre[-1]), 1e-300)),
        "log10_gradient_size": np.log10(norms[0] / arriving),
        "log10_gradient_ratio": np.log10(norms[0] / norms[1]),
        "radial_share": _radial(networks.weights[1], gradients[1]),
    }


def _radial(weights: Array, gradients: Array) -> Array:
    """Return |cos| of the angle between a unit's weights and their gradient, shape (network,)."""
    along = np.abs((weights * gradients).sum(axis=1))  # (network, unit)
    sizes = np.linalg.norm(weights, axis=1) * np.linalg.norm(gradients, axis=1)
    share: Array = np.minimum(along / np.maximum(sizes, 1e-300), 1.0).mean(axis=1)
    return share


def _rms(array: Array) -> Array:
    """Return the root mean square of each network's values, shape (network,)."""
    size: Array = np.sqrt(np.square(array).mean(axis=(1, 2)))
    return size


NORMALIZED_DEPTH = Experiment[NormalizedDepth](
    name="normalized_depth",
    doc="signal and gradient of a deep network at the start, its input data standardised",
    parameter_type=NormalizedDepth,
    quantities=(
        Quantity(
            "last_mean_square",
            "what the last activation takes: squared mean over the batch, averaged over units",
        ),
        Quantity(
            "last_variance",
            "what the last activation takes: variance over the batch, averaged over units",
        ),
        Quantity(
            "log10_last_size",
            "median of log10 of the rms of what the last activation takes",
            Estimator.MEDIAN,
        ),
        Quantity(
            "log10_gradient_size",
            "median of log10 of the gradient's norm by the second hidden layer's weights / by the "
            "last hidden layer's outputs",
            Estimator.MEDIAN,
        ),
        Quantity(
            "log10_gradient_ratio",
            "median of log10 of the gradient's norm by the second hidden layer's weights / by the "
            "last's; the first layer takes data, not activations, and is left out",
            Estimator.MEDIAN,
        ),
        Quantity(
            "radial_share",
            "|cos| of the angle between the weights into a unit of the second hidden layer and "
            "their gradient, averaged over units",
            known=SHARE,
        ),
    ),
    simulate=_depth,
    elements=_size,
    source="Yang et al. 2019, arXiv:1902.08129; Ioffe & Szegedy 2015, arXiv:1502.03167",
)


@dataclass(frozen=True, slots=True)
class RescaledWeights(NormalizedDepth):
    """Parameters of ``rescaled_weights``."""

    factor: Annotated[float, Range(0.1, 10), "multiplies every hidden weight"] = 1.1


def _rescaled(rng: Rng, n: int, p: RescaledWeights) -> dict[str, Array]:
    """Multiply the weights of every hidden layer by ``factor`` and compare on the same batch."""
    networks, factor = draw_networks(rng, n, _design(p)), p.factor
    x = rng.standard_normal((n, p.batch, p.width))
    slope = rng.standard_normal((*x.shape[:2], 1))
    kept, gradients = _gradients(rng, networks, x, slope)
    networks.weights[:-1] = [factor * weight for weight in networks.weights[:-1]]
    other, scaled = _gradients(rng, networks, x, slope)
    signals, slopes = (kept.pre[-1], other.pre[-1]), (gradients[0], scaled[0])
    return {"signal_ratio": _pairs(*signals), "gradient_ratio": _pairs(*slopes)}


def _pairs(before: Array, after: Array) -> Array:
    """Return the norms after and before, shape (network, 2); a ReLU network that is dead has 0."""
    return np.stack([np.linalg.norm(array, axis=(1, 2)) for array in (after, before)], axis=1)


def _homogeneous(power: float, p: RescaledWeights) -> float:
    """Return factor**power for an activation with f(ax) = a·f(x), a > 0, and no normalisation."""
    linear = p.norm == "none" and p.activation in ("linear", "relu", "leaky_relu")
    return p.factor**power if linear else nan


RESCALED_WEIGHTS = Experiment[RescaledWeights](
    name="rescaled_weights",
    doc="what multiplying every hidden layer's weights does to the last layer and the gradient",
    parameter_type=RescaledWeights,
    quantities=(
        Quantity(
            "signal_ratio",
            "norm of what the last activation takes, after / before",
            Estimator.RATIO,
            lambda p: _homogeneous(p.depth, p),
        ),
        Quantity(
            "gradient_ratio",
            "norm of the gradient by the first layer's weights, after / before",
            Estimator.RATIO,
            lambda p: _homogeneous(p.depth - 1, p),
        ),
    ),
    simulate=_rescaled,
    elements=lambda p: 2 * _size(p),
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 3.3",
)
