"""Saturation: slopes against the table of derivatives, layers that stand still, calibration."""

from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.activations import DERIVATIVES, Activation, sigmoid
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.saturation import (
    ACTIVATION_SLOPE,
    FROZEN_LAYER,
    SIGMOID_CALIBRATION,
    complex_step_slope,
    fit_logistic,
)
from studytool.numerics.streams import stream
from tests.rows import all_rows


@all_rows("name", ["sigmoid", "tanh"])
@all_rows("x", [0.0, 0.3, -2.0, 8.0, -40.0, 300.0])
def test_slopes_against_the_derivatives(name: Activation, x: float) -> None:
    expected = DERIVATIVES[name](np.array([x]))[0]
    assert complex_step_slope(name, x) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("activation", "slope", "largest"), [
    ("sigmoid", 0.196611933241482, 0.25),  # σ(1)(1 − σ(1))
    ("tanh", 0.419974341614026, 1.0),  # sech²(1)
])  # fmt: skip
def test_what_the_experiment_shows(activation: str, slope: float, largest: float) -> None:
    given = ACTIVATION_SLOPE.bind({"activation": activation, "x": 1})
    drawn = ACTIVATION_SLOPE.simulate(stream(0), 1, given)
    for name, value in (("slope", slope), ("largest_slope", largest)):
        form = ACTIVATION_SLOPE.quantity(name).closed_form
        assert form is not None
        assert form(given) == pytest.approx(value, rel=1e-12)
        assert drawn[name] == pytest.approx([value], rel=1e-12)


@pytest.mark.parametrize(
    ("activation", "share", "at"),
    [
        ("sigmoid", 0.01, 5.98645),
        ("tanh", 0.01, 2.99322),  # half as far out
        ("sigmoid", 0.5, 1.76275),  # 2·arccosh(√2)
        ("tanh", 0.99, 0.10034),  # near the peak
    ],
)
def test_where_the_slope_dies(activation: str, share: float, at: float) -> None:
    given = ACTIVATION_SLOPE.bind({"activation": activation, "share": share})
    drawn = ACTIVATION_SLOPE.simulate(stream(0), 1, given)
    form = ACTIVATION_SLOPE.quantity("falls_below_at").closed_form
    assert form is not None
    assert form(given) == pytest.approx(at, abs=1e-5)
    assert drawn["falls_below_at"][0] == pytest.approx(form(given), rel=1e-9)


@pytest.mark.parametrize(
    ("activation", "bias"),
    [("sigmoid", 800), ("sigmoid", -800), ("tanh", 30), ("relu", -100)],
)
def test_a_layer_without_slope_stands_still(activation: str, bias: float) -> None:
    given = FROZEN_LAYER.bind({"activation": activation, "bias": bias})
    drawn = FROZEN_LAYER.simulate(stream("frozen"), 40, given)
    assert np.all(drawn["moved"] == 0)
    assert np.all(drawn["below_moved"] == 0)
    assert np.all(drawn["size"] == 1)
    assert np.all(drawn["zero_share"] == 0)
    assert np.all(drawn["above_moved"] > 0)


def test_a_change_counts_as_1_at_most() -> None:
    """So that it has a range, however far a training goes."""
    given = FROZEN_LAYER.bind({"activation": "linear", "bias": 100.0, "steps": 30})
    drawn = FROZEN_LAYER.simulate(stream("far"), 20, given)
    assert drawn["moved"].max() == 1.0
    assert drawn["below_moved"].max() == 1.0


def test_a_layer_with_slope_learns() -> None:
    drawn = FROZEN_LAYER.simulate(stream("learns"), 40, FROZEN_LAYER.bind({"bias": 0}))
    assert np.all(drawn["moved"] > 0)
    assert np.all(drawn["below_moved"] > 0)


@pytest.mark.parametrize(
    ("experiment", "given", "message"),
    [
        (
            ACTIVATION_SLOPE,
            {"activation": "relu"},
            "activation_slope: activation = relu: must be one of sigmoid, tanh",
        ),
        (ACTIVATION_SLOPE, {"share": 1}, "activation_slope: share = 1: must be in [1e-06, 0.99]"),
        (FROZEN_LAYER, {"bias": 2000}, "frozen_layer: bias = 2000: must be in [-1000, 1000]"),
        (
            SIGMOID_CALIBRATION,
            {"examples": 10},
            "sigmoid_calibration: examples = 10: must be in [50, 10000]",
        ),
    ],
)
def test_bad_parameters_are_refused(
    experiment: Experiment[Any], given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        experiment.bind(given)
    assert str(error.value) == message


def _data() -> tuple[np.ndarray, np.ndarray]:
    rng = stream("logistic")
    x = rng.standard_normal((3, 80, 4))
    x[..., 0] = 1.0
    return x, (rng.random((3, 80)) < sigmoid(x @ np.array([1.0, -1.0, 0.5, 0.0]))).astype(float)


def test_the_logistic_fit_has_its_certificate() -> None:
    """At the optimum the residuals are at right angles to every feature, but for the ridge."""
    x, y = _data()
    w = fit_logistic(x, y)
    residual = sigmoid((x @ w[..., None])[..., 0]) - y
    slope = np.einsum("dsf,ds->df", x, residual) / 80 + 1e-4 * w
    np.testing.assert_allclose(slope, 0.0, atol=1e-12)


def test_separable_data_stay_finite() -> None:
    x = np.ones((1, 50, 4))
    x[0, :, 1] = np.linspace(-1, 1, 50)
    w = fit_logistic(x, (x[..., 1] > 0).astype(float))
    assert np.all(np.isfinite(w))


@pytest.mark.oracle
def test_logistic_fit_against_scipy() -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="the oracle group is not installed")
    x, y = _data()
    ours = fit_logistic(x, y)
    for i in range(3):

        def loss(w: np.ndarray, i: int = i) -> float:
            z = x[i] @ w
            return float(np.mean(np.logaddexp(0, z) - y[i] * z) + 0.5e-4 * w @ w)

        peer = optimize.minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-9})
        np.testing.assert_allclose(ours[i], peer.x, atol=1e-4)
        assert loss(ours[i]) <= peer.fun + 1e-12


@pytest.mark.parametrize(("stretch", "examples"), [(1.0, 50), (2.5, 60)])
def test_calibration_is_what_its_words_say(stretch: float, examples: int) -> None:
    """Example by example: a fit on the first half, and what it says of the second."""
    given = SIGMOID_CALIBRATION.bind({"stretch": stretch, "examples": examples})
    found = SIGMOID_CALIBRATION.simulate(stream("calibration"), 3, given)
    rng = stream("calibration")
    x = rng.standard_normal((3, 2 * examples, 4))
    x[..., 0] = 1.0
    odds = np.exp(x[..., 0] - x[..., 1] + 0.5 * x[..., 2])
    y = (rng.random((3, 2 * examples)) < odds / (1 + odds)).astype(float)
    w = fit_logistic(x[:, :examples], y[:, :examples])
    for draw in range(3):
        named, right = [], []
        for at in range(examples, 2 * examples):
            chance = 1 / (1 + np.exp(-stretch * (x[draw, at] @ w[draw])))
            named.append(max(chance, 1 - chance))
            right.append(float((chance > 0.5) == (y[draw, at] == 1)))
        assert found["confidence"][draw] == pytest.approx(np.mean(named), rel=1e-12)
        assert found["accuracy"][draw] == pytest.approx(np.mean(right), rel=1e-12)
        over = np.mean(named) - np.mean(right)
        assert found["overconfidence"][draw] == pytest.approx(over, abs=1e-12)
    np.testing.assert_array_equal(found["inside_share"], [1.0, 1.0, 1.0])


def test_a_frozen_layers_figures_are_what_their_words_say() -> None:
    """Beside training by hand: the same networks, the same 20 steps."""
    given = FROZEN_LAYER.bind({"bias": 0.5, "steps": 20})
    found = FROZEN_LAYER.simulate(stream("by hand"), 2, given)
    rng = stream("by hand")
    design = Design((4, 6, 6, 1), "sigmoid", "xavier_normal")
    networks = draw_networks(rng, 2, design)
    x = rng.standard_normal((2, 8, 4))
    for draw in range(2):
        w = [one[draw].copy() for one in networks.weights]
        b = [np.zeros(6), np.full(6, 0.5), np.zeros(1)]
        first = [one.copy() for one in w]
        for _ in range(20):
            low = sigmoid(x[draw] @ w[0] + b[0])
            high = sigmoid(low @ w[1] + b[1])
            slope = (high @ w[2] + b[2] - x[draw][:, :1] - 1.0) / 8  # half the mean square
            at_high = slope @ w[2].T * high * (1 - high)
            at_low = at_high @ w[1].T * low * (1 - low)
            for layer, (inputs, back) in enumerate(
                ((x[draw], at_low), (low, at_high), (high, slope))
            ):
                w[layer] -= 0.05 * inputs.T @ back
                b[layer] -= 0.05 * back.sum(axis=0)
        norm = np.linalg.norm
        expected = {
            "size": norm(w[1]) / norm(first[1]),
            "moved": norm(w[1] - first[1]) / norm(first[1]),
            "below_moved": norm(w[0] - first[0]) / norm(first[0]),
            "above_moved": abs(b[2][0]),
            "zero_share": 0.0,
        }
        for name, value in expected.items():
            assert found[name][draw] == pytest.approx(value, rel=1e-9), name
