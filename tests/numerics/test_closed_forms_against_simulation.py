"""Each closed form beside the simulation that tries it, with a wrong value that it must notice."""

from collections.abc import Mapping
from functools import cache
from math import isfinite
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
    "activation_moments": (
        {"activation": "leaky_relu", "sd": 2.5},
        {"activation": "sigmoid", "sd": 1.5},
    ),
    "normalization_statistics": ({"norm": "layer"}, {"norm": "instance"}),
    "warmup_schedule": ({"t": 700, "steps": 400},),  # after the warm-up
    "cosine_schedule": ({"t": 70, "period": 50},),  # past the period the rate climbs back
    "orthonormal_penalty": ({"z": -0.3, "l1": 0.5},),  # a coefficient of exactly 0
}
_SLOW = {
    "constrained_fit", "deep_initialization", "dropout_regression", "ridge_path", "seed_spread",
    "unit_layer",
}  # fmt: skip
"""Experiments that need half a second for so many replicates."""
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
    """Estimate a quantity from 40,000 replicates; all quantities at these parameters share them."""
    return _estimates(experiment.name, tuple(given.items()))[quantity.name]


@cache
def _estimates(name: str, given: tuple[tuple[str, ParameterValue], ...]) -> Mapping[str, Estimate]:
    experiment = EXPERIMENTS[name]
    wanted = [
        quantity.name
        for of, quantity, at in CASES
        if of.name == name and tuple(at.items()) == given
    ]
    rng = stream("closed form", name, *wanted)
    return measure(experiment, experiment.bind(dict(given)), wanted, rng=rng, replicates=40_000)


@pytest.mark.parametrize(
    ("experiment", "quantity", "given"),
    [
        pytest.param(*case, marks=pytest.mark.slow if case[0].name in _SLOW else ())
        for case in CASES
    ],
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
