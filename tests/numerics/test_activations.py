"""Activations beside their definitions and PyTorch; units that are off; the first weights."""

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics import activations, init_training, relu_training
from studytool.numerics.activations import (
    ACTIVATIONS,
    DERIVATIVES,
    LARGEST_DERIVATIVE,
    Activation,
    sigmoid_and_slope,
)
from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.measure import measure
from studytool.numerics.streams import stream
from studytool.numerics.symmetry import SYMMETRY
from tests.rows import all_rows


def _draw(experiment: Experiment[Any], n: int = 40, **given: ParameterValue) -> dict[str, Array]:
    parameters = experiment.bind(given)
    return dict(experiment.simulate(stream(experiment.name), n, parameters))


@all_rows(
    ("name", "x", "value", "slope"),
    [
        ("relu", 3.0, 3.0, 1.0),
        ("relu", -3.0, 0.0, 0.0),
        ("relu", 0.0, 0.0, 0.0),  # the usual choice at the kink
        ("leaky_relu", -3.0, -0.03, 0.01),
        ("elu", -1.0, -0.6321205588285577, 0.36787944117144233),
        ("elu", -1e6, -1.0, 0.0),
        ("elu", 1e6, 1e6, 1.0),
        ("sigmoid", 0.0, 0.5, 0.25),
        ("sigmoid", -1e6, 0.0, 0.0),
        ("sigmoid", 1e6, 1.0, 0.0),
        ("tanh", 0.0, 0.0, 1.0),
        ("tanh", -1e6, -1.0, 0.0),  # no overflow
    ],
)
def test_values_and_slopes_at_the_ends(
    name: Activation, x: float, value: float, slope: float
) -> None:
    at = np.array([x])
    assert ACTIVATIONS[name](at)[0] == pytest.approx(value, rel=1e-12, abs=1e-300)
    assert DERIVATIVES[name](at)[0] == pytest.approx(slope, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_against_differences(name: Activation) -> None:
    x, h = np.linspace(-6, 6, 400), 1e-5  # none of these is 0
    difference = (ACTIVATIONS[name](x + h) - ACTIVATIONS[name](x - h)) / (2 * h)
    np.testing.assert_allclose(DERIVATIVES[name](x), difference, rtol=1e-6, atol=1e-9)
    assert DERIVATIVES[name](x).max() <= LARGEST_DERIVATIVE[name] + 1e-12


@pytest.mark.parametrize("examples", [1, 3, 6])
def test_share_of_dead_units_against_a_coin(examples: int) -> None:
    given: dict[str, ParameterValue] = {"bias": 0, "examples": examples, "inputs": 3}
    experiment = activations.DEAD_RELU
    found = measure(
        experiment, experiment.bind(given), ["dead_share"], rng=stream(0), replicates=40_000
    )
    form = experiment.quantity("dead_share").closed_form
    assert form is not None
    assert form(experiment.bind(given)) == 0.5**examples
    assert found["dead_share"].value == pytest.approx(
        0.5**examples, abs=5 * found["dead_share"].standard_error
    )
    assert np.isnan(form(experiment.bind({**given, "bias": -1})))


# --- units that are off -----------------------------------------------------------------------


@pytest.mark.parametrize("lr", [0.05, 1.5])
def test_a_dead_unit_of_the_first_layer_never_moves(lr: float) -> None:
    found = _draw(relu_training.OFF_UNIT_TRAINING, lr=lr, steps=50)
    assert found["off_at_start"].mean() > 0.5
    for name in ("gradient_of_off", "moved", "revived", "any_revived"):
        assert not found[name].any(), name
    assert np.all(found["unmoved"] == 1)


def test_without_units_that_are_off_nothing_is_averaged() -> None:
    found = _draw(relu_training.OFF_UNIT_TRAINING, bias=20, steps=1)
    assert not found["off_at_start"].any()
    assert not found["moved"].any()


def test_the_slope_of_a_leaky_unit_reaches_its_weights() -> None:
    found = _draw(relu_training.OFF_UNIT_TRAINING, activation="leaky_relu", bias=-6, steps=1)
    assert np.all(found["gradient_of_off"] > 0)
    np.testing.assert_allclose(found["moved"], 0.1 * found["gradient_of_off"])  # lr·gradient
    assert not found["unmoved"].any()


def test_a_network_revives_a_unit_where_the_share_of_its_units_is_above_0() -> None:
    found = _draw(relu_training.OFF_UNIT_TRAINING, layer=2, bias=-1, lr=0.45, steps=40)
    np.testing.assert_array_equal(found["any_revived"], found["revived"] > 0)
    assert 0 < found["any_revived"].mean() < 1


# --- the first weights ------------------------------------------------------------------------


def test_equal_units_stay_equal_unless_units_are_dropped() -> None:
    tied = _draw(SYMMETRY, init="constant", steps=300)
    assert tied["unit_gap"].max() < 1e-12
    assert tied["update_gap"].max() < 1e-12
    assert np.all(tied["weight_rank"] == 1)
    assert np.all(tied["units_equal"] == 1)
    assert np.all(tied["updates_equal"] == 1)
    assert not tied["unmoved"].any()
    assert np.all(_draw(SYMMETRY, init="zero", steps=30)["unmoved"] == 1)
    assert tied["input_gap"].min() > 0.01
    dropped = _draw(SYMMETRY, init="constant", steps=50, keep=0.5)
    assert np.all(dropped["weight_rank"] == 4)
    assert not dropped["units_equal"].any()
    assert not dropped["updates_equal"].any()


@pytest.mark.parametrize(("units", "steps", "rank"), [
    (8, 1, 2),  # equal weights, and an outer product with the unequal outgoing ones
    (8, 30, 4),  # as many as there are inputs
    (3, 30, 3),
    (1, 30, 1),  # one unit has no other to differ from
])  # fmt: skip
def test_unequal_outgoing_weights_part_equal_units(units: int, steps: int, rank: int) -> None:
    found = _draw(SYMMETRY, init="constant_first", units=units, steps=steps)
    assert np.all(found["weight_rank"] == rank)


def test_zero_weights_get_no_gradient() -> None:
    for name in ("relu", "tanh", "leaky_relu", "elu", "linear"):
        found = _draw(init_training.ONE_VALUE_GRADIENT, activation=name)
        gradients = [found[f"{layer}_gradient"] for layer in ("first", "middle", "last")]
        assert not np.any(gradients), name
        assert np.all(found["without_gradient"] == 1)
        assert np.all(found["output_bias_gradient"] > 0)
    found = _draw(init_training.ONE_VALUE_GRADIENT, activation="sigmoid")
    assert not np.any([found["first_gradient"], found["middle_gradient"]])
    assert np.all(found["without_gradient"] == 104 / 128)  # all but the last layer's 24
    np.testing.assert_allclose(found["last_gradient"], found["output_bias_gradient"] / 2)


@pytest.mark.parametrize(("width", "depth"), [(32, 1), (100, 7), (1000, 30)])
def test_spread_over_seeds_nears_the_rule_of_thumb(width: int, depth: int) -> None:
    experiment = init_training.SEED_SPREAD
    form = experiment.quantity("log_energy_sd").closed_form
    assert form is not None
    exact = form(experiment.bind({"width": width, "depth": depth}))
    assert exact == pytest.approx(sqrt(5 * depth / width), rel=3 / width)


@pytest.mark.slow
def test_one_linear_layer_keeps_its_gain() -> None:
    found = _draw(
        init_training.GRADIENT_SPREAD, n=400, activation="linear", gain=2, depth=2, width=200
    )
    assert found["log10_rms"].mean() == pytest.approx(np.log10(2), abs=0.02)
    # of a normal coordinate the median of |x| is 0.6745 standard deviations
    assert found["log10_median"].mean() == pytest.approx(np.log10(2 * 0.6745), abs=0.02)


@pytest.mark.parametrize(
    ("experiment", "given", "message"),
    [
        (activations.DEAD_RELU, {"examples": 0}, "examples = 0: must be in [1, 4096]"),
        (activations.ACTIVATION_MOMENTS, {"sd": 0}, "sd = 0: must be in [0.001, 1000]"),
        (relu_training.OFF_UNIT_TRAINING, {"layer": 5}, "layer = 5: must be in [1, 4]"),
        (relu_training.OFF_UNIT_TRAINING, {"layer": 1.5}, "layer = 1.5: must be a whole number"),
        (
            relu_training.OFF_UNIT_TRAINING,
            {"activation": "tanh"},
            "activation = tanh: must be one of relu, leaky_relu, elu",
        ),
        (init_training.INIT_FIT, {"lr": 3}, "lr = 3: must be in [0.0001, 2]"),
        (init_training.INIT_FIT, {"scale": -1}, "scale = -1: must be in [0, 100]"),
        (init_training.SEED_SPREAD, {"width": 8}, "width = 8: must be in [32, 1000]"),
        (init_training.GRADIENT_SPREAD, {"gain": 0}, "gain = 0: must be in [0.01, 200]"),
        (SYMMETRY, {"keep": 0}, "keep = 0: must be in [0.05, 1]"),
    ],
)
def test_bad_parameters_are_refused_by_name(
    experiment: Experiment[Any], given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        experiment.bind(given)
    assert str(error.value) == f"{experiment.name}: {message}"


# --- oracles ----------------------------------------------------------------------------------


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "peer"),
    [
        ("sigmoid", "sigmoid"),
        ("tanh", "tanh"),
        ("relu", "relu"),
        ("leaky_relu", "leaky_relu"),
        ("elu", "elu"),
    ],
)
def test_values_and_slopes_against_pytorch(name: Activation, peer: str) -> None:
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    x = np.concatenate([np.linspace(-30, 30, 2001), [-400.0, 0.0, 400.0]])
    theirs = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = getattr(torch.nn.functional, peer)(theirs)
    y.sum().backward()
    np.testing.assert_allclose(ACTIVATIONS[name](x), y.detach().numpy(), rtol=1e-10, atol=1e-15)
    slope = theirs.grad.numpy()
    if name == "leaky_relu":
        assert slope[-2] == DERIVATIVES[name](x)[-2] == 0.01
    np.testing.assert_allclose(DERIVATIVES[name](x), slope, rtol=1e-10, atol=1e-15)


@pytest.mark.oracle
def test_the_seed_spread_of_five_units_by_hand() -> None:
    """Of K = 1, …, 5 units on, C(5, K) ways: ψ and ψ′ at 1/2, 1, 3/2, 2 and 5/2 are known."""
    form = init_training.SEED_SPREAD.quantity("log_energy_sd").closed_form
    assert form is not None
    chance = np.array([5, 10, 10, 5, 1]) / 31
    half, whole = -np.euler_gamma - 2 * np.log(2), -np.euler_gamma
    digamma = np.array([half, whole, half + 2, whole + 1, half + 2 + 2 / 3])
    trigamma = np.array([3, 1, 3, 1, 3]) * np.pi**2 / 6 - [0, 0, 4, 1, 4 + 4 / 9]
    variance = chance @ trigamma + chance @ digamma**2 - (chance @ digamma) ** 2
    parameters = replace(init_training.SEED_SPREAD.bind({"depth": 3}), width=5)
    assert form(parameters) == pytest.approx(sqrt(3 * variance), rel=1e-12)


def test_digamma_and_trigamma_of_the_seed_spread_against_scipy() -> None:
    special = pytest.importorskip("scipy.special", reason="the oracle group is not installed")
    stats = pytest.importorskip("scipy.stats", reason="the oracle group is not installed")
    width, depth = 40, 3
    on = np.arange(1, width + 1)
    chance = stats.binom.pmf(on, width, 0.5)
    chance /= chance.sum()
    mean = special.digamma(on / 2)
    variance = chance @ special.polygamma(1, on / 2) + chance @ mean**2 - (chance @ mean) ** 2
    form = init_training.SEED_SPREAD.quantity("log_energy_sd").closed_form
    assert form is not None
    found = form(init_training.SEED_SPREAD.bind({"width": width, "depth": depth}))
    assert found == pytest.approx(sqrt(depth * variance), rel=1e-10)


def test_a_sigmoid_of_many_blocks_against_tanh() -> None:
    """σ(x) = (1 + tanh(x/2))/2, and its slope 1/(4 cosh²(x/2)), also behind the first block and in two axes."""
    x = np.linspace(-40, 40, 3 * 2**14 + 6).reshape(2, -1)
    y, slope = sigmoid_and_slope(x)
    assert (y.shape, slope.shape) == (x.shape, x.shape)
    assert y == pytest.approx(0.5 * (1 + np.tanh(x / 2)), rel=0, abs=4 * np.finfo(float).eps)
    assert slope == pytest.approx(0.25 / np.cosh(x / 2) ** 2, rel=8 * np.finfo(float).eps)
    assert np.all(y[x < 0] > 0)  # which tanh rounds to 0
