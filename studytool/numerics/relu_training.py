"""Hidden units that are off on every example, and their recovery in training.

A unit is off where its pre-activation is 0 or less on every training example. Of a ReLU that is
a dead unit; a leaky ReLU or an ELU still has a slope there.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array, Flags
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, Networks, draw_networks, run
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LearningTask,
    find_gradients,
    smooth_target,
    train,
)

_INPUTS, _UNITS, _EXAMPLES = 4, 16, 32


def draw_regression(rng: Rng, n: int, examples: int, inputs: int) -> tuple[Array, Array]:
    """Draw n tasks sin(2x₀) + x₁: inputs (n, examples, inputs) and targets (n, examples, 1)."""
    x = rng.standard_normal((n, examples, inputs))
    return x, smooth_target(x)


def _off(networks: Networks, x: Array, layer: int) -> Flags:
    """Return whether each unit of a hidden layer is off, shape (network, unit)."""
    off: Flags = np.all(run(networks, x).pre[layer] <= 0, axis=1)
    return off


def _mean_where(values: Array, chosen: Flags) -> Array:
    """Average each network's values over its chosen units; 0 where there is none."""
    count = np.maximum(np.count_nonzero(chosen, axis=1), 1)
    mean: Array = np.where(chosen, values, 0.0).sum(axis=1) / count
    return mean


@dataclass(frozen=True, slots=True)
class OffUnitTraining:
    """Parameters of ``off_unit_training``."""

    activation: Annotated[Literal["relu", "leaky_relu", "elu"], "activation of hidden units"] = (
        "relu"
    )
    bias: Annotated[float, Range(-20, 20), "bias of the layer's units at the start"] = -4.0
    layer: Annotated[int, Range(1, 4), "which hidden layer it is, the last there is"] = 1
    lr: Annotated[float, Range(1e-4, 2), "learning rate"] = 0.1
    steps: Annotated[int, Range(1, 2000), "steps of gradient descent"] = 200


def _training(rng: Rng, n: int, p: OffUnitTraining) -> dict[str, Array]:
    layer = p.layer - 1
    widths = (_INPUTS, *[_UNITS] * (layer + 1), 1)
    networks = draw_networks(rng, n, Design(widths, p.activation))
    networks.biases[layer] = networks.biases[layer] + p.bias
    x, y = draw_regression(rng, n, _EXAMPLES, _INPUTS)
    off, first = _off(networks, x, layer), networks.weights[layer].copy()
    slope = find_gradients(networks, LearningTask(x, y)).weights[layer]
    train(rng, networks, LearningTask(x, y), rates=[p.lr] * p.steps)
    now = _off(networks, x, layer)
    moved = np.abs(networks.weights[layer] - first).mean(axis=1)  # (network, unit)
    return {
        "off_at_start": off.mean(axis=1),
        "off_at_end": now.mean(axis=1),
        "gradient_of_off": _mean_where(np.abs(slope).mean(axis=1), off),
        "moved": _mean_where(moved, off),
        "unmoved": _mean_where((moved == 0).astype(np.float64), off),
        "revived": _mean_where((~now).astype(np.float64), off),
        "any_revived": np.any(off & ~now, axis=1).astype(np.float64),
    }


OFF_UNIT_TRAINING = Experiment[OffUnitTraining](
    name="off_unit_training",
    doc="small networks trained from a layer of units of which a bias switches most off",
    parameter_type=OffUnitTraining,
    quantities=(
        Quantity(
            "off_at_start", "share of the layer's units that are off before training", known=SHARE
        ),
        Quantity(
            "off_at_end", "share of the layer's units that are off after training", known=SHARE
        ),
        Quantity("gradient_of_off", "mean |gradient| of a weight into a unit off at the start"),
        Quantity("moved", "mean |change| in training of a weight into a unit off at the start"),
        Quantity(
            "unmoved",
            "share of the units off at the start whose incoming weights stayed",
            known=SHARE,
        ),
        Quantity(
            "revived", "share of the units off at the start that are on at the end", known=SHARE
        ),
        Quantity(
            "any_revived", "share of networks in which a unit came back that was off", known=SHARE
        ),
    ),
    simulate=_training,
    elements=lambda p: 5.0 * _EXAMPLES * _UNITS * p.layer,
    source="Maas et al. 2013, section 2; Lu et al. 2019, arXiv:1903.06733, section 1",
    trains=True,
)
