"""Edges of shares, of held weights and of what is refused, replayed from the same draws."""

from itertools import product
from math import cos, exp, log10, prod, sqrt
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics import penalty_balls
from studytool.numerics.activations import ACTIVATION_MOMENTS
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.dropout import DROPOUT_ENSEMBLE, DROPOUT_LAYER
from studytool.numerics.estimate import Estimator
from studytool.numerics.lasso_solutions import LASSO_EDGE
from studytool.numerics.least_squares import draw_designs, elastic_net
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.normalization import BATCH_NORM_LAYER
from studytool.numerics.penalties import L2_DECAY
from studytool.numerics.penalty_balls import CONSTRAINED_FIT
from studytool.numerics.propagation import DEEP_TRAINING
from studytool.numerics.streams import Rng, stream
from studytool.numerics.training import LearningTask, train
from tests.numerics.flags_by_hand import flags
from tests.numerics.test_trainings_by_hand import N, assert_draws, drawn
from tests.numerics.whole_sample import assert_bounds, tallied


@pytest.mark.parametrize(
    ("activation", "mean", "second"),
    [
        ("relu", 0.0, 2.0),  # half of 4
        ("leaky_relu", 0.0, 2.0002),  # and 0.01² of the other half
        ("linear", 0.0, 4.0),
        ("relu", 1.0, None),
        ("relu", -1e-9, None),
        ("tanh", 0.0, None),
    ],
)
def test_a_form_is_that_of_centred_inputs_alone(
    activation: str, mean: float, second: float | None
) -> None:
    """What is not centred, or has no form, is not given one."""
    parameters = ACTIVATION_MOMENTS.bind({"activation": activation, "mean": mean, "sd": 2.0})
    [quantity] = [one for one in ACTIVATION_MOMENTS.quantities if one.name == "second_moment"]
    assert quantity.closed_form is not None
    found = quantity.closed_form(parameters)
    assert found == pytest.approx(float("nan") if second is None else second, nan_ok=True)


def test_a_batch_before_and_after_its_normalisation() -> None:
    """The slope of a sigmoid is below a hundredth of 1/4 where s(1 − s) < 0.0025."""
    given = {"batch": 40, "mean": 3.0, "sd": 4.0, "gamma": 4.0, "beta": 1.0}
    found, rng = drawn(BATCH_NORM_LAYER, given)
    expected: dict[str, list[float]] = {
        "output_variance": [], "saturated_before": [], "saturated_after": [],
        "sigmoid_output_mean": [],
    }  # fmt: skip
    for x in rng.normal(3.0, 4.0, (N, 40)):
        mean = sum(x) / 40
        variance = sum((x - mean) ** 2) / 40
        y = 4 * (x - mean) / sqrt(variance + EPSILON) + 1
        before, after = (1 / (1 + np.exp(-one)) for one in (x, y))
        expected["output_variance"].append(sum((y - 1) ** 2) / 40)
        expected["saturated_before"].append(sum(s * (1 - s) < 0.0025 for s in before) / 40)
        expected["saturated_after"].append(sum(s * (1 - s) < 0.0025 for s in after) / 40)
        expected["sigmoid_output_mean"].append(sum(after) / 40)
    assert 0 < min(expected["saturated_before"]) < max(expected["saturated_before"]) < 1
    assert 0 < min(expected["saturated_after"]) < max(expected["saturated_after"]) < 1
    assert_draws(found, expected)


@pytest.mark.parametrize(
    ("start", "lr", "lam", "steps", "weight"),
    [
        (2.0, 0.1, 0.5, 1, 1.9),
        (2.0, 0.1, 0.5, 2, 1.805),
        (-3.0, 0.5, 1.0, 2, -0.75),
        (0.0, 0.5, 1.0, 3, 0.0),
    ],
)
def test_weight_decay_by_hand(
    start: float, lr: float, lam: float, steps: int, weight: float
) -> None:
    given = {"start": start, "lr": lr, "lam": lam, "steps": steps}
    found, _ = drawn(L2_DECAY, given)
    assert found["weight"] == pytest.approx([weight], rel=1e-12)


def _coordinates(x: Array, y: Array, l1: float) -> Array:
    w = np.zeros(x.shape[1])
    for _ in range(3000):
        for j in range(len(w)):
            z = float(x[:, j] @ (y - x @ w + x[:, j] * w[j])) / len(y)
            w[j] = np.sign(z) * max(abs(z) - l1, 0) / (float(x[:, j] @ x[:, j]) / len(y))
    return w


def test_the_largest_coefficient_of_the_lasso() -> None:
    """At half of the penalty that empties the model."""
    found, rng = drawn(LASSO_EDGE, {"factor": 0.5})
    xs, ys = draw_designs(rng, (N, 30, 6), np.array([1.0, -1.0, 0.5, 0.0, 0.0, 0.0]), noise=1.0)
    largest, alone = [], []
    for x, y in zip(xs, ys, strict=True):
        moments = [abs(float(column @ y)) / 30 for column in x.T]
        w = _coordinates(x, y / max(moments), 0.5)
        largest.append(max(abs(w)))
        kept = [j for j in range(6) if w[j] != 0]
        alone.append(float(kept == [moments.index(max(moments))]))
    np.testing.assert_allclose(found["largest"], largest, rtol=1e-3)
    assert_draws(found, {"strongest_alone": alone, "empty": [0.0] * N})


@pytest.mark.parametrize(("empty", "named"), [((1,), "1"), ((0,), "0"), ((1, 2), "1")])
def test_the_first_column_without_a_value_is_named(empty: tuple[int, ...], named: str) -> None:
    """It leaves the lasso without a scale; l2 holds it at 0."""
    x = stream("empty column").normal(size=(2, 5, 3))
    x[..., list(empty)] = 0.0
    y = stream("responses").normal(size=(2, 5))
    with pytest.raises(ExperimentError, match=rf"column {named}\b"):
        elastic_net(x, y, l1=0.1)
    held = elastic_net(x, y, l1=0.1, l2=0.1).coefficients
    np.testing.assert_array_equal(held[..., list(empty)], 0.0)


def _length(w: Array) -> float:
    return sqrt(float((w**2).sum()))


def test_points_in_the_ball_below_a_fit_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are only shrunk lie in the circle, and some points in it have a lower loss."""
    hold = penalty_balls._hold

    def shrink(rng: Rng, n: int, p: Any) -> Any:
        held = hold(rng, n, p)
        return penalty_balls._HeldFit(held.loss, held.free, held.radius, 0.2 * held.free)

    monkeypatch.setattr(penalty_balls, "_hold", shrink)
    found, rng = drawn(CONSTRAINED_FIT, {"ball": "circle", "share": 0.9})
    xs, ys = draw_designs(rng, (N, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    others = (rng.standard_normal((N * 50, 3)) * 2).reshape(N, 50, 3)
    shares = []
    for x, y, points in zip(xs, ys, others, strict=True):
        free = np.linalg.lstsq(x, y, rcond=None)[0]

        def loss(w: Array, x: Array = x, y: Array = y) -> float:
            return float(((y - x @ w) ** 2).sum())

        inside = [0.9 * _length(free) * point / max(1, _length(point)) for point in points]
        shares.append(sum(loss(w) < loss(0.2 * free) for w in inside) / 50)
    assert 0 < min(shares) < max(shares) < 1
    assert_draws(found, {"better_inside": shares})


@pytest.mark.parametrize("lr", [0.001, 3.0])
def test_the_first_step_of_a_linear_network_of_three_layers(lr: float) -> None:
    """By the products of its weights; at the high rate many end at ±100, where they are held."""
    given = {
        "activation": "linear", "init": "he_normal", "scale": 3.0, "depth": 2, "loss": "squared",
        "lr": lr, "steps": 1,
    }  # fmt: skip
    found, rng = drawn(DEEP_TRAINING, given)
    networks = draw_networks(rng, N, Design((4, 8, 8, 1), "linear", "he_normal", 3.0))
    xs = rng.standard_normal((N, 16, 4))
    expected: dict[str, list[float]] = {
        "log10_gradient_ratio": [], "log10_moved_ratio": [], "log10_first_size": [],
    }  # fmt: skip
    held = 0
    for n, x in enumerate(xs):
        first, second, third = (layer[n] for layer in networks.weights)
        error = (x @ first @ second @ third)[:, 0] - (x[:, 0] + x[:, 1] > 0)
        slope = x.T @ error[:, None] / 16  # of the product of all three
        slopes = [
            slope @ (second @ third).T, first.T @ slope @ third.T, (first @ second).T @ slope
        ]  # fmt: skip
        sizes = [_length(one) / sqrt(one.size) for one in slopes]
        after = [
            np.minimum(np.maximum(w - lr * one, -100), 100)
            for w, one in zip((first, second, third), slopes, strict=True)
        ]
        held += int((np.abs(after[0]) == 100).sum())
        moved = [
            _length(new - old) / _length(old)
            for new, old in zip(after, (first, second, third), strict=True)
        ]
        expected["log10_gradient_ratio"].append(log10(sizes[0] / sizes[2]))
        expected["log10_moved_ratio"].append(log10(moved[0] / moved[2]))
        expected["log10_first_size"].append(log10(_length(after[0]) / _length(first)))
    assert (held > 20) is (lr > 1)
    assert_draws(found, expected)


@pytest.mark.parametrize("number", range(8))
def test_the_ranks_of_a_median_are_those_of_the_sorted_sample(number: int) -> None:
    """However the draws came: 1001 of them, ranks 445 and 557."""
    sample = stream("shuffled", number).permutation(1001).astype(np.float64)
    assert_bounds(tallied(sample, Estimator.MEDIAN), 444.0, 556.0)


@pytest.mark.parametrize(("units", "keep"), [(1, 0.5), (3, 0.2), (4, 0.7)])
def test_an_ensemble_of_every_mask(units: int, keep: float) -> None:
    """Each mask on its own: what it gives, and how likely it is."""
    found, _ = drawn(DROPOUT_ENSEMBLE, {"units": units, "keep": keep}, 1)
    h = [-1.0 + 3.0 * i / max(1, units - 1) for i in range(units)]
    rows = [[h[i] * cos((i + 1) * k) for k in (1, 2, 3)] for i in range(units)]
    linear = rectified = 0.0
    logs, shares = np.zeros(3), np.zeros(3)
    for mask in product((0, 1), repeat=units):
        chance = prod(keep if on else 1 - keep for on in mask)
        total = sum(value for value, on in zip(h, mask, strict=True) if on)
        linear += chance * total
        rectified += chance * max(total, 0.0)
        powers = [
            exp(sum(row[k] for row, on in zip(rows, mask, strict=True) if on)) for k in range(3)
        ]
        logs += chance * np.log(np.array(powers) / sum(powers))
        shares += chance * np.array(powers) / sum(powers)
    whole = [exp(keep * sum(row[k] for row in rows)) for k in range(3)]
    at_once = np.array(whole) / sum(whole)
    geometric = np.exp(logs) / np.exp(logs).sum()
    expected = {
        "linear_gap": abs(linear - keep * sum(h)),
        "geometric_gap": max(abs(geometric - at_once)),
        "arithmetic_gap": max(abs(shares - at_once)),
        "relu_gap": abs(rectified - max(keep * sum(h), 0.0)),
    }
    assert_draws(found, {name: [float(value)] for name, value in expected.items()})


@pytest.mark.parametrize(("convention", "factor", "tested"), [
    ("classic", 1.0, 0.75), ("inverted", 4 / 3, 1.0),
])  # fmt: skip
def test_a_layer_in_training_and_at_test_time(
    convention: str, factor: float, tested: float
) -> None:
    """Inputs that are all 1: their mean is the share that stays, times the scale."""
    found, rng = drawn(DROPOUT_LAYER, {"inputs": 5, "keep": 0.75, "convention": convention})
    trained = [factor * sum(row) / 5 for row in flags(rng, (N, 5), 0.75)]
    assert_draws(found, {"train_mean": trained, "test_output": [tested] * N})
    np.testing.assert_allclose(found["unscaled_ratio"], [[1.0, one] for one in trained])
    np.testing.assert_allclose(found["scaled_ratio"], [[tested, one] for one in trained])


@pytest.mark.parametrize(("batch", "rows"), [
    (2, [(0, 1), (2, 3), (4, 0), (1, 2)]),  # in order and round about
    (3, [(0, 1, 2), (3, 4, 0), (1, 2, 3), (4, 0, 1)]),
    (1, [(0,), (1,), (2,), (3,)]),
    (0, [(0, 1, 2, 3, 4)] * 4),
    (9, [(0, 1, 2, 3, 4)] * 4),
])  # fmt: skip
def test_which_examples_a_step_takes(batch: int, rows: list[tuple[int, ...]]) -> None:
    """A line through five points, with a rate of its own at each of four steps."""
    rng = stream("batches")
    networks = draw_networks(rng, 1, Design((2, 1)))
    w, b = networks.weights[0][0, :, 0].copy(), 0.0
    x, y = rng.normal(size=(1, 5, 2)), rng.normal(size=(1, 5, 1))
    rates = [0.1, 0.2, 0.3, 0.4]
    losses = train(rng, networks, LearningTask(x, y), rates=rates, batch=batch)
    for rate, taken, loss in zip(rates, rows, losses[:, 0], strict=True):
        at = list(taken)
        error = x[0, at] @ w + b - y[0, at, 0]
        assert loss == pytest.approx(float((error**2).mean()) / 2, rel=1e-12)
        w, b = w - rate * x[0, at].T @ error / len(at), b - rate * float(error.mean())
    np.testing.assert_allclose(networks.weights[0][0, :, 0], w, rtol=1e-12)
    np.testing.assert_allclose(networks.biases[0].ravel(), [b], rtol=1e-12)
