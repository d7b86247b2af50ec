"""Initialisers beside PyTorch, and what deep networks do with them in the limits."""

from math import isnan, sqrt
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.activations import ACTIVATIONS, Activation
from studytool.numerics.deep_initialization import DEEP_INITIALIZATION, KEPT, propagate
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.initializers import (
    DENSE_LAYER,
    VARIANCES,
    Initializer,
    draw_weights,
    variance_scaling,
)
from studytool.numerics.measure import measure
from studytool.numerics.rate_range_training import (
    RATE_RANGE_TRAINING,
    RATES,
    SHAPE_TRAINING,
    ShapeTraining,
    draw_task,
)
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate
from tests.cases import first_row_quick
from tests.rows import all_rows

ERRORS = 5  # standard errors: false alarm 6e-7


def _errors_from(found: Estimate, expected: float) -> float:
    return abs(found.value - expected) / found.standard_error


@pytest.mark.parametrize(
    ("init", "variance"),
    [
        ("xavier_normal", 2 / 80),
        ("xavier_uniform", 2 / 80),
        ("he_normal", 2 / 60),
        ("he_uniform", 2 / 60),
        ("lecun_normal", 1 / 60),
        ("lecun_fan_out", 1 / 20),
        ("he_fan_out", 2 / 20),
    ],
)
def test_drawn_variance_of_60_inputs_and_20_outputs(init: Initializer, variance: float) -> None:
    weights = draw_weights(stream("variance", init), (40, 60, 20), init)
    assert weights.shape == (40, 60, 20)
    found = estimate(weights.ravel(), Estimator.VARIANCE)
    assert _errors_from(found, variance) < ERRORS
    assert _errors_from(found, 1.1 * variance) > ERRORS  # control: a wrong one would be seen


def test_every_named_initializer_has_a_row_above() -> None:
    rows = test_drawn_variance_of_60_inputs_and_20_outputs.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {init for init, _ in rows} == set(VARIANCES)


@pytest.mark.parametrize("init", VARIANCES)
def test_a_scale_multiplies_every_weight(init: Initializer) -> None:
    plain = draw_weights(stream("matrix"), (7, 3), init)
    scaled = draw_weights(stream("matrix"), (7, 3), init, scale=0.3)
    np.testing.assert_allclose(scaled, 0.3 * plain, rtol=1e-12)


def test_a_uniform_weight_stays_within_its_limit_and_a_normal_one_does_not() -> None:
    limit = sqrt(3 * 0.2)
    uniform, normal = (
        np.abs(variance_scaling(stream("limit"), (10_000,), 0.2, uniform=uniform))
        for uniform in (True, False)
    )
    assert 0.999 * limit < uniform.max() <= limit
    assert normal.max() > limit


@pytest.mark.parametrize("uniform", [True, False])
def test_variance_0_draws_zeros(uniform: bool) -> None:  # noqa: FBT001 - a table's column
    assert not variance_scaling(stream("zero"), (5, 4), 0.0, uniform=uniform).any()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "signal", "gradient"),
    first_row_quick(
        [
            ({"init": "he_normal"}, 1.0, 0.5),  # 16 … 8 units: the gradient keeps 8/16
            ({"init": "he_fan_out"}, 2.0, 1.0),  # and the other way round
            ({"init": "he_normal", "scale": 2, "layers": 2}, 16.0, 8.0),  # 2² a layer
            ({"activation": "linear", "init": "lecun_normal"}, 1.0, 0.5),
            ({"activation": "linear", "init": "lecun_fan_out"}, 2.0, 1.0),
            ({"activation": "leaky_relu", "layers": 1}, 1.0001, 0.50005),  # 1 + 0.01²
            ({"init": "xavier_normal", "middle": 16, "last": 16}, 0.125, 0.125),
        ]
    ),
)
def test_deep_factors_against_theory(
    given: dict[str, ParameterValue], signal: float, gradient: float
) -> None:
    parameters = DEEP_INITIALIZATION.bind(given)
    for name, expected in (("signal_factor", signal), ("gradient_factor", gradient)):
        form = DEEP_INITIALIZATION.quantity(name).closed_form
        assert form is not None
        assert form(parameters) == pytest.approx(expected, rel=1e-12)
        rng = stream("deep", name, str(given))
        found = measure(
            DEEP_INITIALIZATION, DEEP_INITIALIZATION.bind(given), [name], rng=rng, replicates=20_000
        )[name]
        assert _errors_from(found, expected) < ERRORS
        assert _errors_from(found, 1.2 * expected) > ERRORS  # control


def test_log_difference_through_a_linear_layer_against_its_digamma_mean() -> None:
    """Given two inputs, the difference of 8 outputs is chi-square: E[log χ²₈] = ψ(4) + log 2."""
    given = DEEP_INITIALIZATION.bind(
        {"activation": "linear", "init": "lecun_normal", "layers": 1, "first": 24, "last": 8}
    )
    found = DEEP_INITIALIZATION.simulate(stream("difference"), 20_000, given)["log10_difference"]
    digamma = 1 + 1 / 2 + 1 / 3 - np.euler_gamma
    predicted = (digamma + np.log(2 / 8)) / (2 * np.log(10))
    error = found.std(ddof=1) / np.sqrt(found.size)
    assert abs(found.mean() - predicted) < 5 * error
    assert abs(found.mean()) > 5 * error  # control: that the logarithm keeps a mean of 0


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "elu"])
def test_no_closed_form_where_the_factor_depends_on_the_size(activation: str) -> None:
    parameters = DEEP_INITIALIZATION.bind({"activation": activation})
    forms = [quantity.closed_form for quantity in DEEP_INITIALIZATION.quantities]
    assert all(isnan(form(parameters)) for form in forms if form is not None)


@all_rows("activation", sorted(ACTIVATIONS))
@all_rows("scale", [0.001, 1000])
def test_extreme_weights_give_numbers(activation: str, scale: float) -> None:
    given = DEEP_INITIALIZATION.bind({"activation": activation, "scale": scale, "layers": 20})
    samples = DEEP_INITIALIZATION.simulate(stream("extreme"), 3, given)
    assert all(np.isfinite(sample).all() for sample in samples.values())


@pytest.mark.parametrize(
    ("experiment", "given", "message"),
    [
        (
            DEEP_INITIALIZATION,
            {"layers": 0},
            "deep_initialization: layers = 0: must be in [1, 100]",
        ),
        (
            DEEP_INITIALIZATION,
            {"middle": 2.5},
            "deep_initialization: middle = 2.5: must be a whole number",
        ),
        (
            DEEP_INITIALIZATION,
            {"init": "he"},
            "deep_initialization: init = he: must be one of xavier_normal, xavier_uniform, "
            "he_normal, he_uniform, lecun_normal, lecun_fan_out, he_fan_out",
        ),
        (
            RATE_RANGE_TRAINING,
            {"width": 65},
            "rate_range_training: width = 65: must be in [1, 64]",
        ),
        (SHAPE_TRAINING, {"rate": 0}, "shape_training: rate = 0: must be in [0.0001, 10]"),
        (DENSE_LAYER, {"input_sd": 0}, "dense_layer: input_sd = 0: must be in [0.001, 1000]"),
    ],
)
def test_bad_parameters_are_refused(
    experiment: Experiment[Any], given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        experiment.bind(given)
    assert str(error.value) == message


def test_targets_have_mean_0_and_variance_1() -> None:
    task = draw_task(stream("task"), 6)
    assert task.y.shape == (6, 32, 1)
    np.testing.assert_allclose(task.y.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(task.y.var(axis=1), 1.0, rtol=1e-12)


def test_weights_next_to_0_learn_nothing_at_any_rate() -> None:
    given = RATE_RANGE_TRAINING.bind({"scale": 0.001, "steps": 20})
    samples = RATE_RANGE_TRAINING.simulate(stream("tiny"), 4, given)
    np.testing.assert_allclose(samples["log10_best_loss"], 0.0, atol=1e-3)
    assert not samples["learnt_share"].any()


def test_learnt_share_counts_rates() -> None:
    given = RATE_RANGE_TRAINING.bind({"steps": 40})
    share = RATE_RANGE_TRAINING.simulate(stream("share"), 16, given)["learnt_share"]
    counts = len(RATES) * share
    np.testing.assert_allclose(counts, counts.round(), atol=1e-12)
    assert 0 < counts.mean() < len(RATES)


@pytest.mark.slow
def test_shapes_of_unequal_variance_would_be_told_apart() -> None:
    found = {
        scale: measure(
            SHAPE_TRAINING,
            ShapeTraining(scale=scale),
            ["log10_loss_gap"],
            rng=stream("shapes", scale),
            replicates=600,
        )["log10_loss_gap"]
        for scale in (1.0, 0.5)
    }
    assert _errors_from(found[1.0], 0.0) < ERRORS
    assert _errors_from(found[0.5], 0.0) > ERRORS


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("ours", "theirs", "options"),
    [
        ("xavier_uniform", "xavier_uniform_", {}),
        ("xavier_normal", "xavier_normal_", {}),
        ("he_uniform", "kaiming_uniform_", {"nonlinearity": "relu"}),
        ("he_normal", "kaiming_normal_", {"nonlinearity": "relu"}),
        ("he_fan_out", "kaiming_normal_", {"nonlinearity": "relu", "mode": "fan_out"}),
        ("lecun_normal", "kaiming_normal_", {"nonlinearity": "linear"}),
        (
            "lecun_fan_out",
            "kaiming_normal_",
            {"nonlinearity": "linear", "mode": "fan_out"},
        ),
    ],
)
def test_scale_against_pytorch(ours: Initializer, theirs: str, options: dict[str, str]) -> None:
    """The same generator draws PyTorch's weights and unscaled ones: their quotient is the scale."""
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    shape, uniform = (17, 29), ours.endswith("uniform")  # PyTorch's (fan_out, fan_in)
    weights, unscaled = (torch.empty(shape, dtype=torch.float64) for _ in range(2))
    getattr(torch.nn.init, theirs)(weights, **options, generator=torch.Generator().manual_seed(5))
    generator = torch.Generator().manual_seed(5)
    if uniform:
        unscaled.uniform_(-1, 1, generator=generator)
    else:
        unscaled.normal_(0, 1, generator=generator)
    scale = sqrt((3 if uniform else 1) * VARIANCES[ours](29, 17))
    np.testing.assert_allclose((weights / unscaled).numpy(), scale, rtol=1e-10)


@pytest.mark.oracle
@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu"])
def test_propagation_against_pytorch(activation: Activation) -> None:
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    functional = torch.nn.functional
    peers = {
        "linear": lambda x: x,
        "leaky_relu": lambda x: functional.leaky_relu(x, 0.01),
        "elu": functional.elu,
    }
    rng = stream("propagation", activation)
    weights = [rng.normal(size=(3, a, b)) for a, b in ((5, 7), (7, 6), (6, 4))]
    first, late = rng.normal(size=(3, 2, 5)), rng.normal(size=(3, 2, 4))
    last, early = propagate(weights, first, late, activation=activation)
    start = y = torch.tensor(first, requires_grad=True)
    for weight in weights:
        activate = peers.get(activation) or getattr(torch, activation)
        y = activate(y) @ torch.tensor(weight)
    y.backward(torch.tensor(late))
    np.testing.assert_allclose(last, y.detach().numpy(), rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(early, start.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_the_share_of_a_mean_square_that_an_activation_leaves() -> None:
    """Half of a symmetric input is below 0, where the leaky one leaves its slope's square, 1e-4."""
    assert KEPT == {"linear": 1.0, "relu": 0.5, "leaky_relu": 0.50005}
