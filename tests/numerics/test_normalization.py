"""Normalisation: limits and special cases, depth, training, refusals; gradients beside PyTorch."""

from math import log10, pi
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.measure import measure
from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.normalization import (
    AXES,
    BATCH_NORM_RUNNING,
    NORMALIZATION_STATISTICS,
    normalize,
)
from studytool.numerics.normalization_change import NORMALIZATION_CHANGE
from studytool.numerics.normalization_depth import NORMALIZED_DEPTH, RESCALED_WEIGHTS
from studytool.numerics.normalization_training import (
    BATCH_DEPENDENCE,
    COVARIATE_SHIFT,
    NORMALIZED_TRAINING,
)
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from tests.rows import all_rows


def _draw(
    experiment: Experiment[Any], given: dict[str, ParameterValue], n: int = 40
) -> dict[str, Array]:
    return dict(experiment.simulate(stream(experiment.name), n, experiment.bind(given)))


@pytest.mark.parametrize("kind", AXES)
def test_axes_before_the_feature_map_are_left_apart(kind: str) -> None:
    stack = stream("maps").normal(2.0, 3.0, (4, 5, 3, 2, 6))
    together = normalize(stack, kind, gamma=1.5, beta=-0.2)
    for one, normal in zip(stack, together, strict=True):
        np.testing.assert_allclose(normalize(one, kind, gamma=1.5, beta=-0.2), normal, rtol=1e-12)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("batch", (1, 4, 1, 1)),  # a dense layer, a batch of one
        ("instance", (6, 4, 1, 1)),  # a dense layer
        ("layer", (6, 1, 1, 1)),
    ],
)
def test_a_value_alone_becomes_0_whatever_it_is(kind: str, shape: tuple[int, ...]) -> None:
    x = stream("alone").normal(size=shape)
    assert np.all(normalize(x, kind) == 0)
    given: dict[str, ParameterValue] = dict(zip("nchw", map(float, shape), strict=True))
    counted = _draw(NORMALIZATION_STATISTICS, {"norm": kind, **given})
    assert counted["values_moved"][0] == counted["channels_moved"][0] == 0
    for name in ("values_moved", "examples_moved", "channels_moved"):
        form = NORMALIZATION_STATISTICS.quantity(name).closed_form
        assert form is not None
        assert form(NORMALIZATION_STATISTICS.bind({"norm": kind, **given})) == 0


@all_rows(
    ("kind", "change", "moves"),
    [
        ("batch", "channels", False),
        ("batch", "examples", True),
        ("batch", "maps", True),
        ("batch", "other_examples", True),
        ("layer", "channels", True),
        ("layer", "examples", False),
        ("layer", "maps", True),
        ("layer", "other_examples", False),
        ("instance", "channels", False),
        ("instance", "examples", False),
        ("instance", "maps", False),
        ("instance", "other_examples", False),
    ],
)
def test_what_moves_the_outputs(kind: str, change: str, *, moves: bool) -> None:
    moved = _draw(NORMALIZATION_CHANGE, {"norm": kind, "change": change})["moved"]
    assert moved.shape == (40,)
    assert np.all(moved > 0.05) if moves else np.all(moved < 0.01)  # ε moves a little


@pytest.mark.parametrize("kind", AXES)
def test_outputs_have_a_mean_square_of_1_whatever_is_left_apart(kind: str) -> None:
    x = stream("mean square", kind).normal(4.0, 3.0, (2, 7, 5, 4, 3))
    squares = np.square(normalize(x, kind)).mean(axis=AXES[kind])
    np.testing.assert_allclose(squares, 1.0, rtol=1e-5)
    found = _draw(NORMALIZATION_STATISTICS, {"norm": kind})["mean_square_after"]
    assert found == pytest.approx([1.0], rel=1e-3)  # ε weighs more beside a variance of few values


def test_only_behind_batch_norm_is_a_gradient_orthogonal_to_the_weights() -> None:
    """A loss that does not depend on the scale of w has w·∇ = 0, by Euler's theorem; ε is small."""
    given: dict[str, ParameterValue] = {"depth": 3, "width": 10, "batch": 8}
    assert _draw(NORMALIZED_DEPTH, given)["radial_share"].max() < 2e-3
    other = _draw(NORMALIZED_DEPTH, {**given, "norm": "none"}, n=400)["radial_share"]
    assert other.min() > 0.02
    assert 0.15 < other.mean() < 0.35  # |cos| of chance directions in 10 dimensions: 0.25


def test_running_mean_settles_at_its_spread() -> None:
    """After many steps the variance is a/(2−a)·σ²/B; after one, a²σ²/B."""
    form = BATCH_NORM_RUNNING.quantity("running_mean_spread").closed_form
    assert form is not None
    given: dict[str, ParameterValue] = {"momentum": 0.2, "sd": 3, "batch": 6}
    one, many = (form(BATCH_NORM_RUNNING.bind({**given, "steps": s})) for s in (1, 1000))
    assert one == pytest.approx(0.04 * 9 / 6, rel=1e-12)
    assert many == pytest.approx(0.2 / 1.8 * 9 / 6, rel=1e-12)


@pytest.mark.slow
def test_gradient_grows_in_a_wide_relu_network_as_the_mean_field_says() -> None:
    """By π/(π−1) in variance for each of six layers; Yang et al. 2019."""
    given: dict[str, ParameterValue] = {"width": 128, "batch": 128, "depth": 8}
    name = "log10_gradient_ratio"
    found = measure(
        NORMALIZED_DEPTH, NORMALIZED_DEPTH.bind(given), [name], rng=stream("wide"), replicates=16
    )[name]
    predicted = 6 * log10(pi / (pi - 1)) / 2
    assert abs(found.value - predicted) < 0.03 * predicted + 5 * found.standard_error
    assert found.value - 5 * found.standard_error > 0.5 * predicted  # control: a level gradient


def test_a_network_of_two_hidden_layers_has_nothing_between_them() -> None:
    assert np.all(_draw(NORMALIZED_DEPTH, {"depth": 2})["log10_gradient_ratio"] == 0)


@pytest.mark.parametrize("activation", ["linear", "relu", "leaky_relu"])
def test_rescaling_without_normalisation_is_exact(activation: str) -> None:
    given: dict[str, ParameterValue] = {
        "norm": "none",
        "activation": activation,
        "factor": 1.3,
        "depth": 5,
    }
    after, before = _draw(RESCALED_WEIGHTS, given)["signal_ratio"].T
    np.testing.assert_allclose(after, before * 1.3**5, rtol=1e-12)


@pytest.mark.parametrize(
    ("norm", "signal", "gradient"),
    [
        ("none", 5 * log10(1.3), 4 * log10(1.3)),  # a gradient passes every layer but its own
        ("batch", 0.0, -log10(1.3)),  # ε alone is left, which the same draws hardly feel
    ],
)
def test_sizes_follow_the_scale_of_the_weights(norm: str, signal: float, gradient: float) -> None:
    given: dict[str, ParameterValue] = {"norm": norm, "depth": 5, "scale": 2}
    before = _draw(NORMALIZED_DEPTH, given)
    after = _draw(NORMALIZED_DEPTH, {**given, "scale": 2.6})  # the same draws
    for name, growth in (("log10_last_size", signal), ("log10_gradient_size", gradient)):
        np.testing.assert_allclose(after[name] - before[name], growth, atol=1e-3)


@pytest.mark.parametrize("norm", ["none", "batch"])
def test_stored_statistics_leave_the_other_examples_out(norm: str) -> None:
    moved = _draw(BATCH_DEPENDENCE, {"norm": norm, "steps": 5})
    assert np.all(moved["stored"] < 1e-12)
    assert np.all(moved["own"] > 1e-6) if norm == "batch" else np.all(moved["own"] < 1e-12)


@pytest.mark.parametrize("norm", ["none", "batch"])
@pytest.mark.parametrize("quantity", ["input_drift", "gradient_shift", "gradient_change"])
def test_shifts_of_a_small_step_are_in_proportion_to_it(norm: str, quantity: str) -> None:
    given: dict[str, ParameterValue] = {"norm": norm, "activation": "tanh", "steps": 1}
    small, half = (_draw(COVARIATE_SHIFT, {"lr": lr, **given})[quantity] for lr in (2e-4, 1e-4))
    np.testing.assert_allclose(small / half, 2.0, rtol=0.05)


def test_scale_and_shift_of_1_and_0_change_nothing() -> None:
    """Without normalisation at a rate near 0 the shifts are still about 0."""
    trained = _draw(NORMALIZED_TRAINING, {"norm": "none", "lr": 1e-4, "steps": 1})
    np.testing.assert_allclose(trained["log10_loss_unscaled"], trained["log10_loss"], atol=1e-3)
    np.testing.assert_allclose(
        trained["log10_gap"], trained["log10_fresh_loss"] - trained["log10_loss"]
    )


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        (
            "normalization_change",
            {"n": 1},
            "normalization_change: n = 1: with other_examples it must be in [2, 64]",
        ),
        (
            "normalized_training",
            {"batch": 40},
            "normalized_training: batch = 40: with examples = 32 it must be in [0, 32]",
        ),
        (
            "normalized_training",
            {"batch": 1},
            "normalized_training: batch = 1: one example has no spread to normalise; "
            "it must be 0 or at least 2",
        ),
        ("normalized_depth", {"depth": 1}, "normalized_depth: depth = 1: must be in [2, 64]"),
        ("rescaled_weights", {"factor": 0}, "rescaled_weights: factor = 0: must be in [0.1, 10]"),
        ("covariate_shift", {"norm": "layer"}, "norm = layer: must be one of none, batch"),
    ],
)
def test_what_makes_no_sense_is_refused(
    name: str, given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        find_experiment(name).bind(given)
    assert str(error.value).endswith(message)


def test_what_is_refused_beside_others_is_taken_alone() -> None:
    NORMALIZATION_CHANGE.bind({"n": 1, "change": "channels"})
    NORMALIZED_TRAINING.bind({"batch": 1, "norm": "none"})
    NORMALIZED_TRAINING.bind({"batch": 40, "examples": 40})


def _autograd(torch: Any, learned: list[Any], x: Any, y: Any, *, normed: bool) -> list[Any]:
    """Return the slopes of half the mean squared error by each layer's weights, bias and gamma."""
    h = x
    for layer, (weight, bias, gamma) in enumerate(learned):
        h = h @ weight
        hidden = layer < len(learned) - 1
        if hidden and normed:
            h = torch.nn.functional.batch_norm(h, None, None, gamma, None, True, eps=EPSILON)
        h = torch.tanh(h + bias) if hidden else h + bias
    loss = ((h - y) ** 2).sum() / (2 * len(x))
    found = torch.autograd.grad(
        loss, [each for layer in learned for each in layer], allow_unused=True
    )
    return [found[at : at + 3] for at in range(0, len(found), 3)]


@pytest.mark.oracle
@pytest.mark.parametrize("norm", ["none", "batch"])
def test_gradient_shift_against_autograd(norm: str) -> None:
    """A layer's gradient before the step, and once only the layers below it have taken theirs."""
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    sizes: dict[str, ParameterValue] = {"hidden": 2, "width": 5, "examples": 9}
    given = {"norm": norm, "activation": "tanh", "lr": 0.2, "steps": 1, **sizes}
    ours, normed = _draw(COVARIATE_SHIFT, given, 3)["gradient_shift"], norm == "batch"
    rng = stream(COVARIATE_SHIFT.name)  # the same draws: networks, then inputs
    networks = draw_networks(rng, 3, Design((4, 5, 5, 1), "tanh", batch_norm=normed))
    inputs = rng.standard_normal((3, 9, 4))
    for i in range(3):
        x = torch.tensor(inputs[i])
        y = torch.sin(2 * x[:, :1]) + x[:, 1:2]
        layers = zip(networks.weights, networks.biases, networks.gammas, strict=True)
        learned: list[Any] = [
            [torch.tensor(each, requires_grad=True) for each in (w[i], b[i, 0], g[i, 0])]
            for w, b, g in layers
        ]
        old = _autograd(torch, learned, x, y, normed=normed)
        moved: list[Any] = [
            [
                value if slope is None else (value - 0.2 * slope).detach().requires_grad_()
                for value, slope in zip(layer, slopes, strict=True)
            ]
            for layer, slopes in zip(learned, old, strict=True)
        ]
        shifts = []
        for at in (1, 2):
            new = _autograd(torch, moved[:at] + learned[at:], x, y, normed=normed)[at][0]
            shifts.append(float((new - old[at][0]).norm() / old[at][0].norm()))
        assert ours[i] == pytest.approx(np.mean(shifts), rel=1e-9)
