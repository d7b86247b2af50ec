"""First gradients, masks and normalised networks replayed by plain loops, from the same draws."""

from math import log10, sqrt

import numpy as np
import numpy.typing as npt
import pytest

from studytool.numerics.activations import DEAD_RELU
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.dropout_step import DROPOUT_GRADIENT, DROPOUT_STEP
from studytool.numerics.init_training import ONE_VALUE_GRADIENT
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.normalization_change import NORMALIZATION_CHANGE
from studytool.numerics.normalization_depth import NORMALIZED_DEPTH, RESCALED_WEIGHTS
from studytool.numerics.relu_training import OFF_UNIT_TRAINING, draw_regression
from tests.numerics.flags_by_hand import flags
from tests.numerics.test_trainings_by_hand import N, assert_draws, drawn
from tests.rows import all_rows

Numbers = npt.NDArray[np.float64] | npt.NDArray[np.complex128]


def test_units_that_no_example_switches_on() -> None:
    found, rng = drawn(DEAD_RELU, {"bias": -0.7, "sd": 1.5, "inputs": 3, "examples": 4}, 60)
    weights, xs = rng.normal(0.0, sqrt(2 / 3), (60, 3, 1)), rng.normal(0.0, 1.5, (60, 4, 3))
    off = [
        [sum(w * v for w, v in zip(weights[n, :, 0], x, strict=True)) <= 0.7 for x in xs[n]]
        for n in range(60)
    ]
    dead, share = [float(all(one)) for one in off], [sum(one) / 4 for one in off]
    assert 0 < sum(dead) < 60
    assert_draws(found, {"dead_share": dead, "off_share": share})


@pytest.mark.parametrize("value", [0.0, 0.3, -0.2])
def test_gradients_where_all_weights_are_equal(value: float) -> None:
    """A tanh network 5-8-8-3 by hand: every unit of a layer is the same."""
    found, rng = drawn(ONE_VALUE_GRADIENT, {"activation": "tanh", "value": value})
    xs, ys = rng.standard_normal((N, 32, 5)), rng.standard_normal((N, 32, 3))
    names = ("first_gradient", "middle_gradient", "last_gradient", "output_bias_gradient")
    expected: dict[str, list[float]] = {name: [] for name in ("without_gradient", *names)}
    for x, y in zip(xs, ys, strict=True):
        one = np.tanh(value * x.sum(axis=1))
        two = np.tanh(8 * value * one)
        error = (8 * value * two[:, None] - y) / 32
        back = value * error.sum(axis=1) * (1 - two**2)
        far = 8 * value * back * (1 - one**2)
        slopes = [np.abs(x.T @ far), np.abs([one @ back]), np.abs(two @ error)]
        still = sum(
            size * float((slope == 0).mean())
            for size, slope in zip((40, 64, 24), slopes, strict=True)
        )
        expected["without_gradient"].append(still / 128)
        for name, slope in zip(names, [*slopes, np.abs(error.sum(axis=0))], strict=True):
            expected[name].append(float(slope.max()))
    assert_draws(found, expected)


def _target(x: Array) -> Array:
    value: Array = np.sin(2 * x[..., 0]) + x[..., 1]
    return value


def _into(x: Array, masks: Array, first: Array, second: Array) -> Array:
    """Return the gradient of half the mean squared error by the weights into tanh units."""
    hidden = np.tanh(x @ first)
    error = ((hidden * masks) @ second - _target(x)) / len(x)
    slopes: Array = x.T @ (np.outer(error, second) * masks * (1 - hidden**2))
    return slopes


def test_masks_of_a_batch() -> None:
    """A unit that no example uses has no gradient; the others are scaled by 1/keep."""
    found, rng = drawn(DROPOUT_STEP, {"keep": 0.4, "width": 3, "batch": 2}, 80)
    xs = rng.standard_normal((80, 2, 8))
    design = Design((8, 3, 1), activation="tanh", init="xavier_normal", keep=0.4)
    networks = draw_networks(rng, 80, design)
    ons = flags(rng, (80, 2, 3), 0.4)
    expected: dict[str, list[float]] = {
        name: [] for name in ("idle_share", "same_mask", "shared_units", "none_left")
    }
    for n, (one, other) in enumerate(ons):
        used, idle = one | other, ~(one | other)
        expected["idle_share"].append(sum(idle) / 3)
        expected["same_mask"].append(float(list(one) == list(other)))
        expected["shared_units"].append(sum(one & other) / 3)
        expected["none_left"].append(float(not any(one)))
        masks = ons[n] / 0.4
        first, second = networks.weights[0][n], networks.weights[1][n, :, 0]
        hidden = np.tanh(xs[n] @ first) * masks
        out = hidden.T @ ((hidden @ second - _target(xs[n])) / 2)
        pulled = np.abs(_into(xs[n], masks, first, second)).sum(axis=0) + np.abs(out)
        dropped = [float(pulled[idle].sum()), float(pulled[used].sum())]
        np.testing.assert_allclose(found["dropped_gradient"][n], dropped, rtol=1e-9)
        assert found["mask_factor"][n, 0] == pytest.approx(found["mask_factor"][n, 1] / 0.4)
    assert_draws(found, expected)


def test_a_batch_under_dropout_against_all_examples() -> None:
    """256 examples drawn, the first eight the batch, of which alone units are dropped."""
    found, rng = drawn(DROPOUT_GRADIENT, {"keep": 0.5, "width": 4, "batch": 8})
    xs = rng.standard_normal((N, 256, 8))
    design = Design((8, 4, 1), activation="tanh", init="xavier_normal", keep=0.5)
    networks = draw_networks(rng, N, design)
    masks = flags(rng, (N, 8, 4), 0.5) / 0.5
    cosines = []
    for n, x in enumerate(xs):
        first, second = networks.weights[0][n], networks.weights[1][n, :, 0]
        few = _into(x[:8], masks[n], first, second).ravel()
        whole = _into(x, np.ones((256, 4)), first, second).ravel()
        cosines.append(float(few @ whole / sqrt((few @ few) * (whole @ whole))))
    assert_draws(found, {"cosine": cosines})


def test_units_that_a_bias_switches_off() -> None:
    """One step of a ten-thousandth: which units are off for all 32 examples, and what moves them."""
    given = {"bias": -3.0, "layer": 1, "lr": 0.0001, "steps": 1, "activation": "leaky_relu"}
    found, rng = drawn(OFF_UNIT_TRAINING, given, 5)
    networks = draw_networks(rng, 5, Design((4, 16, 1), "leaky_relu"))
    xs, ys = draw_regression(rng, 5, 32, 4)
    expected: dict[str, list[float]] = {"off_at_start": [], "gradient_of_off": [], "moved": []}
    for n, x in enumerate(xs):
        z, out = x @ networks.weights[0][n] - 3, networks.weights[1][n, :, 0]
        off = (z <= 0).all(axis=0)
        error = (np.where(z > 0, z, 0.01 * z) @ out - ys[n, :, 0]) / 32
        slope = x.T @ (np.outer(error, out) * np.where(z > 0, 1, 0.01))
        mean = np.abs(slope)[:, off].sum() / (4 * off.sum())
        expected["off_at_start"].append(sum(off) / 16)
        expected["gradient_of_off"].append(mean)
        expected["moved"].append(0.0001 * mean)
    assert_draws(found, {"off_at_start": expected["off_at_start"]})
    assert 0 < min(expected["off_at_start"]) < 1
    np.testing.assert_allclose(found["gradient_of_off"], expected["gradient_of_off"], rtol=1e-9)
    np.testing.assert_allclose(found["moved"], expected["moved"], rtol=1e-6)


def test_a_relu_that_is_off_for_all_examples_stays() -> None:
    given = {"bias": -9.0, "lr": 0.1, "steps": 3, "activation": "relu"}
    found, _ = drawn(OFF_UNIT_TRAINING, given, 5)
    expected = {"gradient_of_off": 0.0, "moved": 0.0, "unmoved": 1.0, "revived": 0.0}
    assert_draws(found, {name: [one] * 5 for name, one in expected.items()})


def _forward(x: Numbers, layers: list[Numbers], *, normed: bool) -> list[Numbers]:
    """Return what each tanh layer takes, and the output; normalised by the batch where asked."""
    taken = []
    for layer in layers[:-1]:
        z = x @ layer
        if normed:
            away = z - z.mean(axis=0)
            z = away / np.sqrt((away**2).mean(axis=0) + EPSILON)
        taken.append(z)
        x = np.tanh(z)
    return [*taken, x @ layers[-1]]


def _slopes(x: Array, layers: list[Array], at: int, slope: Array, *, normed: bool) -> Array:
    """Return the gradient of slope · output by one layer's weights: a complex step for each."""
    found = np.empty_like(layers[at])
    for place in np.ndindex(found.shape):
        stepped: list[Numbers] = [layer.astype(np.complex128) for layer in layers]
        stepped[at][place] += 1e-20j
        found[place] = float((_forward(x, stepped, normed=normed)[-1] * slope).sum().imag) / 1e-20
    return found


@pytest.mark.parametrize("norm", ["none", "batch"])
def test_signal_and_gradient_of_a_normalised_network(norm: str) -> None:
    given = {"norm": norm, "activation": "tanh", "depth": 3, "width": 3, "batch": 5, "scale": 1.4}
    found, rng = drawn(NORMALIZED_DEPTH, given)
    networks = draw_networks(
        rng,
        N,
        Design((3, 3, 3, 3, 1), "tanh", "lecun_normal", 1.4, batch_norm=norm == "batch"),
    )
    xs = rng.standard_normal((N, 5, 3))
    slopes = rng.standard_normal((N, 5, 1))
    expected: dict[str, list[float]] = {name: [] for name in found}
    for n, x in enumerate(xs):
        layers = [weights[n] for weights in networks.weights]
        last = np.real(_forward(x, list(layers), normed=norm == "batch")[2])
        second, third = (_slopes(x, layers, at, slopes[n], normed=norm == "batch") for at in (1, 2))
        arriving = np.linalg.norm(np.outer(slopes[n], layers[3]))
        size = np.linalg.norm(second)
        cosines = [
            abs(w @ g) / np.linalg.norm(w) / np.linalg.norm(g)
            for w, g in zip(layers[1].T, second.T, strict=True)
        ]
        expected["last_mean_square"].append(float((last.mean(axis=0) ** 2).mean()))
        expected["last_variance"].append(float(((last - last.mean(axis=0)) ** 2).mean()))
        expected["log10_last_size"].append(log10((last**2).mean()) / 2)
        expected["log10_gradient_size"].append(log10(size / arriving))
        expected["log10_gradient_ratio"].append(log10(size / np.linalg.norm(third)))
        expected["radial_share"].append(float(np.mean(cosines)))
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-6, atol=1e-6, err_msg=name)


def test_every_hidden_weight_multiplied() -> None:
    given = {"norm": "batch", "activation": "tanh", "depth": 2, "width": 3, "batch": 5}
    found, rng = drawn(RESCALED_WEIGHTS, {**given, "factor": 3.0})
    design = Design((3, 3, 3, 1), "tanh", "lecun_normal", 1.0, batch_norm=True)
    networks = draw_networks(rng, N, design)
    xs, slopes = rng.standard_normal((N, 5, 3)), rng.standard_normal((N, 5, 1))
    for n, x in enumerate(xs):
        layers = [weights[n] for weights in networks.weights]
        signals, gradients = [], []
        for factor in (3.0, 1.0):
            times = [factor * layers[0], factor * layers[1], layers[2]]
            signals.append(np.linalg.norm(_forward(x, list(times), normed=True)[1]))
            gradients.append(np.linalg.norm(_slopes(x, times, 0, slopes[n], normed=True)))
        np.testing.assert_allclose(found["signal_ratio"][n], signals, rtol=1e-6)
        np.testing.assert_allclose(found["gradient_ratio"][n], gradients, rtol=1e-6)


AXES = {"batch": (0, 2, 3), "layer": (1, 2, 3), "instance": (2, 3)}
EACH = {"examples": (2, 1, 1, 1), "channels": (1, 3, 1, 1), "maps": (2, 3, 1, 1)}


@all_rows("norm", AXES)
@all_rows("change", ["other_examples", *EACH])
def test_how_far_an_example_moves(norm: str, change: str) -> None:
    """Brightness is added, contrast multiplies: e to a normal power of half a unit."""
    given = {"norm": norm, "change": change, "n": 2, "c": 3, "h": 2, "w": 2}
    found, rng = drawn(NORMALIZATION_CHANGE, given)
    xs = rng.normal(size=(N, 2, 3, 2, 2))
    if change == "other_examples":
        others = 1.0 + 2.0 * rng.normal(size=xs.shape)
        others[:, 0] = xs[:, 0]
    else:
        contrast = np.exp(0.5 * rng.normal(size=(N, *EACH[change])))
        others = xs * contrast + rng.normal(size=(N, *EACH[change]))

    def normal(x: Array) -> Array:
        mean = x.mean(axis=AXES[norm], keepdims=True)
        spread = ((x - mean) ** 2).mean(axis=AXES[norm], keepdims=True)
        value: Array = (x - mean) / np.sqrt(spread + EPSILON)
        return value

    moved = [
        sqrt(((normal(after)[0] - normal(before)[0]) ** 2).mean())
        for before, after in zip(xs, others, strict=True)
    ]
    assert_draws(found, {"moved": moved})
