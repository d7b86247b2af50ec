"""Each closed form beside the simulation that tries it, with a wrong value that it must notice."""

from collections.abc import Mapping
from functools import cache
from math import isfinite, isnan
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError, NotFoundError
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.experiment import Experiment, ParameterValue, Quantity
from studytool.numerics.least_squares import elastic_net
from studytool.numerics.measure import measure
from studytool.numerics.penalty_balls import project_l1, project_l2
from studytool.numerics.registry import EXPERIMENTS, find_experiment
from studytool.numerics.streams import stream

OTHERS: dict[str, tuple[dict[str, ParameterValue], ...]] = {
    "dense_layer": (
        {"fan_in": 48, "fan_out": 20, "init": "he_uniform", "input_sd": 1.7},
        {"fan_in": 30, "fan_out": 50, "init": "lecun_normal"},
    ),
    "dropout_layer": ({"inputs": 12, "keep": 0.4, "convention": "inverted"},),
    "dropout_regression": (
        {"keep": 0.7, "convention": "classic", "rho": 0.6, "second": -0.8},
        {"keep": 0.6, "rho": 0.3, "second": 0.9},
    ),
    "dropout_step": ({"keep": 0.7, "width": 2, "batch": 3}, {"keep": 0.7, "width": 2, "batch": 1}),
    "dropout_ensemble": ({"units": 3, "keep": 0.3},),
    "activation_moments": (
        {"activation": "leaky_relu", "sd": 2.5},
        {"activation": "sigmoid", "sd": 1.5},
        *({"activation": name, "sd": 1.7} for name in ("linear", "tanh", "relu")),
    ),
    "activation_slope": ({"activation": "tanh", "x": -0.6},),
    "dead_relu": ({"bias": -1.2, "inputs": 3, "examples": 2},),
    "deep_initialization": (
        {"activation": "linear", "init": "xavier_normal", "first": 5, "middle": 7, "last": 3},
        {"activation": "leaky_relu", "scale": 0.8, "first": 5, "middle": 7, "last": 3},
        {"scale": 1.3, "first": 7, "last": 5, "layers": 2},
    ),
    "unit_layer": ({"fan_in": 12, "fan_out": 40},),
    "seed_spread": ({"width": 64, "depth": 4},),
    "zigzag": ({"inputs": 3, "units": 2, "examples": 2}, {"activation": "tanh", "units": 2}),
    "normalization_statistics": (
        {"norm": "layer"}, {"norm": "instance"}, {"n": 3, "c": 4, "h": 2, "w": 5},
        {"n": 2, "c": 3, "h": 1, "w": 1},  # two values behind a mean
    ),
    "batch_norm_layer": ({"batch": 7, "gamma": -1.6, "beta": 0.4},),
    "batch_norm_running": ({"momentum": 0.3, "steps": 3, "mean": -1.0, "sd": 1.5, "batch": 5},),
    "warmup_schedule": ({"t": 700, "steps": 400},),  # after the warm-up
    "cosine_schedule": ({"t": 70, "period": 50},),  # past the period the rate climbs back
    "quadratic_descent": ({"curvature": 3.0, "lr": 0.07, "steps": 3, "warmup": 2},),
    "l2_decay": ({"start": -1.3, "lr": 0.3, "lam": 0.4, "steps": 3},),
    "orthonormal_penalty": ({"z": -0.3, "l1": 0.5}, {"z": -2.0, "l1": 0.3, "l2": 0.7}, {"z": -2.0, "l1": 0.3}),
    "ball_projection": ({"radius": 1.7, "distance": 1.2}, {"radius": 0.9, "distance": 1.0}),
    "ball_solution": ({"ball": "diamond", "share": 1.4},),
    "constrained_fit": ({"ball": "diamond", "share": 1.4},),
    "collinear_designs": ({"method": "ols", "rho": 0.6, "samples": 8},),
    "ridge_steps": ({"flattest": 0.05, "lam": 0.3, "left": 0.02},),
    "rescaled_weights": (
        {"norm": "none", "depth": 3, "width": 8, "batch": 4, "factor": 1.3},
        {"norm": "none", "activation": "linear", "depth": 2, "width": 4, "batch": 4},
    ),
    "signal_depth": ({"activation": "linear", "depth": 3, "width": 16, "scale": 1.2},),
    "ridge_path": ({"rho": 0.4, "scale": 3.0},),
    "ridge_direction": ({"curvature": 1.4, "lam": 0.2},),
}  # fmt: skip
"""Other parameters, at which zeros, constants and branches of a closed form show."""
_FEW, _MANY = 4_000, 40_000
_FEWER = {
    "constrained_fit", "deep_initialization", "dropout_regression", "ridge_path", "seed_spread",
    "unit_layer",
}  # fmt: skip
"""Experiments of which so many replicates take half a second."""
CASES = [
    (experiment, quantity, given)
    for experiment in EXPERIMENTS.values()
    for quantity in experiment.quantities
    if quantity.closed_form is not None
    for given in ({}, *OTHERS.get(experiment.name, ()))
    if isfinite(quantity.closed_form(experiment.bind(given)))
]


def estimate_of(
    experiment: Experiment[Any], quantity: Quantity[Any], given: dict[str, ParameterValue]
) -> Estimate:
    """Estimate a quantity from 40,000 replicates, or 4,000; all quantities at these parameters share them."""
    return _estimates(experiment.name, tuple(given.items()))[quantity.name]


@cache
def _estimates(name: str, given: tuple[tuple[str, ParameterValue], ...]) -> Mapping[str, Estimate]:
    experiment = EXPERIMENTS[name]
    wanted = [
        quantity.name
        for of, quantity, at in CASES
        if of.name == name and tuple(at.items()) == given
    ]
    rng, count = stream("closed form", name, *wanted), _FEW if name in _FEWER else _MANY
    return measure(experiment, experiment.bind(dict(given)), wanted, rng=rng, replicates=count)


@pytest.mark.parametrize(
    ("experiment", "quantity", "given"),
    CASES,
    ids=[f"{e.name}.{q.name}" for e, q, _ in CASES],
)
def test_closed_form(
    experiment: Experiment[Any], quantity: Quantity[Any], given: dict[str, ParameterValue]
) -> None:
    parameters = experiment.bind(given)
    form = quantity.closed_form
    assert form is not None
    predicted = form(parameters)
    found = estimate_of(experiment, quantity, given)
    if quantity.estimator is Estimator.EXACT or found.standard_error < 1e-12:
        assert found.value == pytest.approx(predicted, rel=1e-9, abs=1e-12)
        return
    distance = abs(found.value - predicted) / found.standard_error
    assert distance < 5  # five standard errors: false alarm 6e-7
    wrong = 1.2 * predicted + 0.05
    assert abs(found.value - wrong) / found.standard_error > 5


@pytest.mark.parametrize(
    ("name", "quantity", "given"),
    [
        ("ball_projection", "l1_zero_share", {"radius": 1.03, "distance": 1.0}),  # beyond an edge
        ("activation_moments", "mean", {"mean": 0.5}),  # not centred
        ("activation_moments", "second_moment", {"activation": "elu"}),  # no such form
        ("orthonormal_penalty", "l1_share", {"z": 0.3, "l1": 0.5}),  # nothing is left
        ("orthonormal_penalty", "l1_share", {"l2": 0.5}),  # not of the L1 term alone
        ("orthonormal_penalty", "l1_share", {"l1": 0.0}),  # no penalty
        ("collinear_designs", "coefficient", {}),  # of ridge
        ("rescaled_weights", "signal_ratio", {"norm": "batch", "activation": "relu"}),
        ("rescaled_weights", "signal_ratio", {"norm": "none", "activation": "tanh"}),
        ("ridge_steps", "steps", {"flattest": 1.0}),  # no flat way
    ],
)
def test_where_a_closed_form_does_not_apply_it_is_nan(
    name: str, quantity: str, given: dict[str, ParameterValue]
) -> None:
    experiment = find_experiment(name)
    form = experiment.quantity(quantity).closed_form
    assert form is not None
    assert isnan(form(experiment.bind(given)))


def test_corners_are_met_until_the_point_is_inside() -> None:
    form = find_experiment("ball_projection").quantity("l1_zero_share").closed_form
    assert form is not None
    at_the_edge = find_experiment("ball_projection").bind({"radius": 1.0, "distance": 1.0 + 1e-9})
    assert form(at_the_edge) == pytest.approx(0, abs=1e-8)


def test_what_a_leaky_unit_keeps_by_hand() -> None:
    """(1 + 0.01²)/2, too near to 1/2 for a simulation; layers of 7, 12 and 5 units."""
    experiment = find_experiment("deep_initialization")
    form = experiment.quantity("signal_factor").closed_form
    assert form is not None
    units = {"first": 7, "middle": 12, "last": 5, "layers": 2}
    given = experiment.bind({"activation": "leaky_relu", "init": "he_normal", **units})
    assert form(given) == pytest.approx(0.50005 * 2 * 0.50005 * 2, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("dense_layer", {"fan_in": 0}, "fan_in = 0: must be in [1, 4096]"),
        ("dense_layer", {"fan_in": 2.5}, "fan_in = 2.5: must be a whole number"),
        ("dense_layer", {"init": "xavir"}, "init = xavir: must be one of xavier_normal"),
        ("dense_layer", {"width": 3}, "no parameter 'width'; it has fan_in"),
        ("dropout_layer", {"keep": 0}, "keep = 0: must be in [0.01, 1]"),
        ("dropout_layer", {"keep": "half"}, "keep = half: must be a number"),
        ("signal_depth", {"width": 512, "depth": 200}, "make a size parameter smaller"),
    ],
)
def test_bad_parameters_are_refused_by_name(
    name: str, given: dict[str, ParameterValue], message: str
) -> None:
    experiment = find_experiment(name)
    with pytest.raises(ExperimentError) as error:
        measure(
            experiment,
            experiment.bind(given),
            [experiment.quantities[0].name],
            rng=stream(0),
            replicates=10,
        )
    assert message in str(error.value)


@pytest.mark.slow
def test_unknown_names_name_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="Did you mean 'dense_layer'"):
        find_experiment("dense_laye")
    with pytest.raises(NotFoundError, match="Did you mean 'weight_variance'"):
        find_experiment("dense_layer").quantity("weight_varianc")


@pytest.mark.parametrize("l2", [0.0, 0.2])
def test_many_features_are_swept_to_the_optimum(l2: float) -> None:
    """More than twice as many features as samples, so that the residual itself is swept by."""
    rng = stream("wide problem")
    x, y = rng.normal(size=(2, 10, 30)), rng.normal(size=(2, 10))
    fit = elastic_net(x, y, l1=0.1, l2=l2, gap=1e-10)
    residual = y - np.einsum("psf,pf->ps", x, fit.coefficients)
    pull = np.einsum("psf,ps->pf", x, residual) / 10 - l2 * fit.coefficients
    inside = fit.coefficients == 0
    assert np.all(np.abs(pull[inside]) <= 0.1 + 1e-5)
    np.testing.assert_allclose(pull[~inside], 0.1 * np.sign(fit.coefficients[~inside]), atol=1e-5)


def _problem(seed: int) -> tuple[Array, Array]:
    rng = stream("problem", seed)
    x = rng.normal(size=(3, 50, 8))
    return x, x @ np.linspace(-1, 2, 8) + rng.normal(size=(3, 50))


@pytest.mark.slow
@pytest.mark.parametrize(("l1", "l2"), [(0.1, 0.0), (0.5, 0.0), (0.2, 0.3)])
def test_the_optimum_has_its_certificate(l1: float, l2: float) -> None:
    """Karush–Kuhn–Tucker: the gradient is −l1·sign(w) where w ≠ 0, within ±l1 where w = 0."""
    x, y = _problem(0)
    fit = elastic_net(x, y, l1=l1, l2=l2, gap=1e-12)
    residual = y - np.einsum("psf,pf->ps", x, fit.coefficients)
    pull = np.einsum("psf,ps->pf", x, residual) / x.shape[1] - l2 * fit.coefficients
    inside = fit.coefficients == 0
    assert np.all(np.abs(pull[inside]) <= l1 + 1e-6)
    np.testing.assert_allclose(pull[~inside], l1 * np.sign(fit.coefficients[~inside]), atol=1e-5)
    assert np.all(fit.duality_gap >= -1e-12)
    assert np.all(fit.duality_gap <= 1e-12 * np.square(y).sum(axis=1))


@pytest.mark.slow
def test_a_large_penalty_empties_the_model() -> None:
    x, y = _problem(1)
    assert np.all(elastic_net(x, y, l1=100.0).coefficients == 0)


@pytest.mark.slow
def test_projections_are_the_nearest_points() -> None:
    rng = stream("projection")
    points = rng.normal(size=(50, 3)) * 3
    for project, norm in ((project_l1, 1), (project_l2, 2)):
        nearest = project(points, 1.0)
        assert np.all(np.linalg.norm(nearest, ord=norm, axis=1) <= 1 + 1e-12)
        others = rng.normal(size=(2000, 3))
        others /= np.maximum(1.0, np.linalg.norm(others, ord=norm, axis=1, keepdims=True))
        best = np.linalg.norm(points - nearest, axis=1)
        assert np.all(np.linalg.norm(points[:, None] - others, axis=2).min(axis=1) >= best - 1e-12)
