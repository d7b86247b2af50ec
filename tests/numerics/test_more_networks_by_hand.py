"""Batches beside each other, initial units and shapes of weights, replayed from the same draws."""

from itertools import accumulate
from math import log10, sqrt

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.initializers import UNIT_LAYER
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.normalization_training import BATCH_DEPENDENCE, NORMALIZED_TRAINING
from studytool.numerics.rate_range_training import SHAPE_TRAINING
from studytool.numerics.schedules import GRADIENT_ALIGNMENT
from tests.numerics.test_trainings_by_hand import N, assert_draws, drawn


def _target(x: Array) -> Array:
    value: Array = np.sin(2 * x[..., 0]) + x[..., 1]
    return value


def test_a_layer_of_weights_of_variance_1() -> None:
    """Every signal meets every unit: the mean square of the sums, forward and backward."""
    found, rng = drawn(UNIT_LAYER, {"fan_in": 3, "fan_out": 5, "batch": 2})
    factors: dict[str, list[float]] = {"forward_factor": [], "backward_factor": []}
    for name, terms in (("forward_factor", 3), ("backward_factor", 5)):
        weights, signals = rng.normal(size=(2, N, 2, terms))
        for n in range(N):
            sums = [float(w @ s) for w in weights[n] for s in signals[n]]
            factors[name].append(sum(one**2 for one in sums) / 4)
    assert_draws(found, factors)
    both = [a + b for a, b in zip(*factors.values(), strict=True)]
    np.testing.assert_allclose(found["balanced_variance"], [[2.0, one] for one in both])


def test_a_small_batch_along_the_whole_gradient() -> None:
    """The first layer of a ReLU network 8–24–1 before any training."""
    found, rng = drawn(GRADIENT_ALIGNMENT, {"steps": 0})
    networks = draw_networks(rng, N, Design((8, 24, 1)))
    xs = rng.standard_normal((N, 128, 8))
    noises = 0.5 * rng.standard_normal((N, 128, 1))[..., 0]
    cosines, moves = [], []
    for n, x in enumerate(xs):
        first, second = networks.weights[0][n], networks.weights[1][n, :, 0]
        z = x @ first
        error = np.maximum(z, 0) @ second - _target(x) - noises[n]
        each = [
            np.outer(row, e * second * (on > 0)).ravel()
            for row, e, on in zip(x, error, z, strict=True)
        ]
        whole, few = np.mean(each, axis=0), np.mean(each[:8], axis=0)
        cosines.append(float(whole @ few / sqrt((whole @ whole) * (few @ few))))
        moves.append(log10(0.1 * sqrt(float(whole @ whole) / float((first**2).sum()))))
    assert_draws(found, {"cosine": cosines, "log10_step": moves})


def test_the_largest_loss_on_the_way() -> None:
    """Of a training that diverges: the losses before each step, by shorter trainings."""
    given = {"norm": "none", "hidden": 2, "width": 4, "examples": 6, "lr": 3.0}
    losses = [
        drawn(NORMALIZED_TRAINING, {**given, "steps": steps})[0]["log10_loss"]
        for steps in range(1, 7)
    ]
    found, rng = drawn(NORMALIZED_TRAINING, {**given, "steps": 6})
    networks = draw_networks(rng, N, Design((4, 4, 4, 1)))
    xs = rng.standard_normal((N, 6, 4))
    for n, x in enumerate(xs):
        out = x
        for weights in networks.weights[:2]:
            out = np.maximum(out @ weights[n], 0)
        missed = (out @ networks.weights[2][n])[:, 0] - _target(x)
        first = log10((missed**2).mean() / 2)
        largest = list(accumulate([first, *[float(one[n]) for one in losses]], max))
        for steps in range(1, 7):
            found, _ = drawn(NORMALIZED_TRAINING, {**given, "steps": steps})
            rise = float(found["log10_worst_rise"][n])
            assert rise == pytest.approx(largest[steps - 1] - first, abs=1e-9)
            gap = found["log10_fresh_loss"] - found["log10_loss"]
            np.testing.assert_allclose(found["log10_gap"], gap)
    assert found["log10_worst_rise"].max() > 0.1


def test_an_example_beside_others() -> None:
    """After one small step: the batch's own mean and spread, and those stored, two layers deep."""
    given = {"norm": "batch", "hidden": 2, "width": 3, "examples": 5, "lr": 0.0001, "steps": 1}
    found, rng = drawn(BATCH_DEPENDENCE, given)
    networks = draw_networks(rng, N, Design((4, 3, 3, 1), batch_norm=True))
    xs = rng.standard_normal((N, 5, 4))
    others = rng.standard_normal((N, 5, 4))
    others[:, 0] = xs[:, 0]
    moved = []
    for n in range(N):
        outputs = []
        for batch in (xs[n], others[n]):
            h = batch
            for weights in networks.weights[:2]:
                z = h @ weights[n]
                h = np.maximum((z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + EPSILON), 0)
            outputs.append(float((h @ networks.weights[2][n])[0, 0]))
        moved.append(abs(outputs[1] - outputs[0]))
    np.testing.assert_allclose(found["own"], moved, rtol=0.05, atol=0.01)
    np.testing.assert_array_equal(found["stored"], 0.0)  # one example, the same statistics
    still, _ = drawn(BATCH_DEPENDENCE, {**given, "norm": "none"})
    np.testing.assert_allclose(still["own"], 0.0, atol=1e-12)


def test_uniform_and_normal_weights_are_trained() -> None:
    """Networks of zeros learn their last bias alone, and so stay behind the others."""
    short, _ = drawn(SHAPE_TRAINING, {"scale": 1.0, "rate": 0.0001, "steps": 1}, 6)
    long, _ = drawn(SHAPE_TRAINING, {"scale": 1.0, "rate": 0.3, "steps": 60}, 6)
    assert np.abs(long["log10_loss_gap"] - short["log10_loss_gap"]).min() > 1e-4
    behind, _ = drawn(SHAPE_TRAINING, {"scale": 0.0, "rate": 0.3, "steps": 60}, 6)
    assert (behind["log10_loss_gap"] > 0).all()
