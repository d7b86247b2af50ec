"""Further parts of the core by hand: fits, spreads, pictures, sizes."""

import numpy as np
import pytest

from studytool.numerics.lab_pictures import _LEVELS, picture_of
from studytool.numerics.least_squares import _sweep_by_residual, duality_gap, largest_penalty
from studytool.numerics.measure import measure
from studytool.numerics.networks import run
from studytool.numerics.normalization_training import NormalizedNetwork, _data, _moments, _networks
from studytool.numerics.penalized_designs import ELASTIC_NET_FIT
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream


def test_the_weights_of_a_layer_have_the_variance_of_their_form() -> None:
    """1/fan_in, by far more draws than its square root, 0.25, or its mean, 0, could pass for."""
    layer = find_experiment("dense_layer")
    bound = layer.bind({"init": "lecun_normal", "fan_in": 16, "fan_out": 4})
    drawn = measure(layer, bound, ["weight_variance"], rng=stream("layer"), replicates=4_000)
    assert drawn["weight_variance"].value == pytest.approx(1 / 16, rel=0.02)


def test_a_sweep_solves_features_that_are_apart_at_once() -> None:
    """With XᵀX/n = I a sweep of coordinate descent is soft thresholding, shrunk by 1 + l2."""
    x = np.sqrt(4) * np.eye(4)[None]
    y = np.array([[4.0, -2.0, 1.0, 0.1]])
    found = _sweep_by_residual(x, y, np.zeros((1, 4)), l1=0.25, l2=1.0)
    assert found == pytest.approx(np.array([[1.75, -0.75, 0.25, 0.0]]) / 2, abs=1e-12)


def test_nothing_is_left_beside_0_where_the_penalty_keeps_all_there() -> None:
    x, y = stream("gap x").normal(size=(3, 9, 4)), stream("gap y").normal(size=(3, 9))
    for times in (1.0, 2.0, 100.0):
        penalty = times * float(largest_penalty(x, y).max())
        assert duality_gap(x, y, np.zeros((3, 4)), l1=penalty, l2=0.5) == pytest.approx(
            0, abs=1e-12
        )


def test_the_gap_of_twins_is_beside_the_larger_of_either_sign() -> None:
    """At most 2: of opposite ones that are as large."""
    fit = ELASTIC_NET_FIT.bind({"l1": 1e-4, "l2": 0.0, "unlike": 0.02, "noise": 100.0})
    gaps = ELASTIC_NET_FIT.simulate(stream("twins"), 200, fit)["twin_gap"]
    assert (gaps > 1).any()
    assert gaps.max() <= 2


def test_moments_are_the_mean_and_the_standard_deviation_of_a_unit() -> None:
    rng, p = stream("moments"), NormalizedNetwork(norm="none", scale=3.0)
    networks, task = _networks(rng, 2, p), _data(rng, 2, 16)
    before = run(networks, task.x, rng=rng).pre
    for (mean, spread), pre in zip(_moments(rng, networks, task), before, strict=True):
        assert spread**2 == pytest.approx((pre**2).mean(axis=1) - mean**2)


def test_the_contours_of_a_valley_are_parts_of_half_the_first_loss() -> None:
    steps = find_experiment("ridge_steps").bind({})
    picture = picture_of("ridge_steps", steps, 0)
    curvatures = np.array([steps.flattest, 1.0]) + steps.lam
    first = 0.5 * curvatures @ np.square(picture.path[0])
    losses = [0.5 * np.square(one) @ curvatures for one in picture.contours]
    assert losses == [pytest.approx(np.full(len(one), level * first / 2))
                      for one, level in zip(losses, _LEVELS, strict=True)]  # fmt: skip


def test_every_layer_of_units_takes_its_memory() -> None:
    training = find_experiment("rate_range_training")
    flat, deep = (training.elements(training.bind({"layers": n, "width": 10})) for n in (2, 12))
    weights = 3 * 10 * 10 * 10  # of ten layers, with gradients and steps
    assert deep - flat >= weights + 4 * 32 * 3 * 10 * 10
