"""Dropout: refusals, closed forms off the defaults, limits, and PyTorch on the same numbers."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.dropout import (
    DROPOUT_ENSEMBLE,
    DROPOUT_LAYER,
    DROPOUT_REGRESSION,
    draw_mask,
    dropout,
)
from studytool.numerics.dropout_step import DROPOUT_GRADIENT, DROPOUT_STEP, DROPOUT_THINNING
from studytool.numerics.dropout_training import DROPOUT_TRAINING
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.measure import measure
from studytool.numerics.streams import stream
from tests.cases import first_quick, first_row_quick
from tests.rows import all_rows


@pytest.mark.parametrize(
    ("experiment", "given", "message"),
    [
        (DROPOUT_REGRESSION, {"keep": 0.1}, "keep = 0.1: must be in [0.2, 1]"),
        (DROPOUT_REGRESSION, {"rho": -0.5}, "rho = -0.5: must be in [0, 1]"),
        (
            DROPOUT_REGRESSION,
            {"keep": 0.4},
            "lr = 0.05 lets the weights diverge; "
            "with this keep and inverted dropout it must be in [0.001, 0.04]",
        ),
        (DROPOUT_STEP, {"width": 65}, "width = 65: must be in [1, 64]"),
        (DROPOUT_STEP, {"keep": 0}, "keep = 0: must be in [0.1, 1]"),
        (DROPOUT_GRADIENT, {"batch": 257}, "batch = 257: must be in [1, 256]"),
        (DROPOUT_TRAINING, {"width": 1}, "width = 1: must be in [2, 64]"),
        (DROPOUT_TRAINING, {"loss": "hinge"}, "loss = hinge: must be one of squared, logistic"),
        (
            DROPOUT_TRAINING,
            {"keep": 0.2},  # a low keep
            "lr = 0.05 lets the weights diverge; "
            "with this keep, width and squared loss it must be in [0.0001, 0.03]",
        ),
        (
            DROPOUT_TRAINING,
            {"width": 64},  # a wide network
            "lr = 0.05 lets the weights diverge; "
            "with this keep, width and squared loss it must be in [0.0001, 0.0391]",
        ),
        (
            DROPOUT_TRAINING,
            {"keep": 1, "lr": 0.2},  # neither
            "lr = 0.2 lets the weights diverge; "
            "with this keep, width and squared loss it must be in [0.0001, 0.1]",
        ),
    ],
)
def test_refusals(
    experiment: Experiment[Any], given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        experiment.bind(given)
    assert str(error.value) == f"{experiment.name}: {message}"


@pytest.mark.parametrize(
    ("experiment", "given"),
    [
        (DROPOUT_REGRESSION, {"keep": 0.4}),  # classic dropout divides by nothing
        (DROPOUT_TRAINING, {"loss": "logistic", "lr": 1.0, "keep": 0.2}),  # its slope is bounded
    ],
)
def test_the_rate_is_refused_only_where_it_diverges(
    experiment: Experiment[Any], given: dict[str, ParameterValue]
) -> None:
    experiment.bind({**given, "convention": "classic"} if "loss" not in given else given)


@pytest.mark.slow
@pytest.mark.parametrize(
    "given",
    first_quick(
        [
            {"keep": 1, "width": 64, "lr": 0.078},
            {"keep": 0.5, "width": 24, "lr": 0.075},
            {"keep": 0.2, "width": 64, "lr": 0.015},
            {"keep": 0.2, "width": 4, "lr": 0.03},
        ]
    ),
)
def test_no_network_diverges_at_the_highest_rate(given: dict[str, ParameterValue]) -> None:
    given = {**given, "examples": 20, "noise": 1, "steps": 200}
    drawn = DROPOUT_TRAINING.simulate(stream("highest"), 100, DROPOUT_TRAINING.bind(given))
    assert np.all(drawn["test_loss"] < 10)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("experiment", "given"),
    first_row_quick(
        [
            (DROPOUT_REGRESSION, {"keep": 0.7, "rho": 0.6, "second": 1.5}),
            (DROPOUT_REGRESSION, {"keep": 0.6, "convention": "classic", "rho": 0.3, "second": -2}),
            (
                DROPOUT_REGRESSION,
                {"keep": 0.8, "rho": 1, "second": 0, "steps": 30},
            ),  # not yet there
            (DROPOUT_STEP, {"keep": 0.7, "width": 3, "batch": 1}),  # first and last are one example
            (DROPOUT_STEP, {"keep": 0.3, "width": 2, "batch": 3}),
            (DROPOUT_THINNING, {"keep": 0.4, "width": 3, "batch": 1}),  # some lose every unit
            (DROPOUT_THINNING, {"keep": 1}),  # nothing is taken out
        ]
    ),
)
def test_closed_forms_off_the_defaults(
    experiment: Experiment[Any], given: dict[str, ParameterValue]
) -> None:
    forms = {q.name: q.closed_form for q in experiment.quantities if q.closed_form}
    bound = experiment.bind(given)
    found = measure(
        experiment, experiment.bind(given), list(forms), rng=stream("off"), replicates=20_000
    )
    for name, form in forms.items():
        distance = abs(found[name].value - form(bound))
        assert distance < max(5 * found[name].standard_error, 1e-12)  # false alarm 6e-7


@all_rows(("keep", "rho", "second"), list(product([0.5, 0.9], [0.0, 0.7, 1.0], [0, 2])))
def test_dropout_regression_ends_at_ridge(keep: float, rho: float, second: float) -> None:
    """The fixed point solves (C + (1−q)/q·I)w = Cw*, whichever convention is used."""
    c = np.array([[1, rho], [rho, 1]])
    w = np.linalg.solve(c + (1 - keep) / keep * np.eye(2), c @ [1, second])
    given = {"keep": keep, "rho": rho, "second": second, "steps": 5000}
    for convention, factor in (("inverted", 1.0), ("classic", 1 / keep)):
        bound = DROPOUT_REGRESSION.bind({**given, "convention": convention})
        for name, expected in zip(("first", "second"), w, strict=True):
            form = DROPOUT_REGRESSION.quantity(name).closed_form
            assert form is not None
            assert form(bound) == pytest.approx(factor * expected, abs=1e-6)


def test_without_dropout_nothing_changes() -> None:
    x = stream("x").normal(size=(4, 7))
    np.testing.assert_array_equal(draw_mask(stream("mask"), (4, 7), 1.0), 1.0)
    for inverted in (True, False):
        np.testing.assert_array_equal(dropout(stream("mask"), x, 1.0, inverted=inverted), x)
    names = ["test_loss", "one_mask_loss", "averaged_loss", "unscaled_loss"]
    given: dict[str, ParameterValue] = {"keep": 1, "examples": 20, "steps": 3}
    found = measure(
        DROPOUT_TRAINING, DROPOUT_TRAINING.bind(given), names, rng=stream(0), replicates=5
    )
    assert [found[name].value for name in names] == pytest.approx([found["test_loss"].value] * 4)


def test_a_network_that_never_fits_counts_all_its_steps() -> None:
    given: dict[str, ParameterValue] = {"lr": 1e-4, "steps": 7, "examples": 20}
    found = measure(
        DROPOUT_TRAINING,
        DROPOUT_TRAINING.bind(given),
        ["steps_to_fit"],
        rng=stream(0),
        replicates=10,
    )
    assert found["steps_to_fit"].value == 7


@pytest.mark.oracle
@pytest.mark.parametrize("keep", [0.3, 0.8])
def test_softmax_ensemble_against_torch(keep: float) -> None:
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    units = 6
    h = torch.linspace(-1, 2, units, dtype=torch.float64)
    classes = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    outgoing = h[:, None] * torch.cos(torch.outer(torch.arange(1, units + 1), classes))
    masks = torch.tensor(list(product([0.0, 1.0], repeat=units)), dtype=torch.float64)
    probability = torch.prod((masks * keep + (1 - masks) * (1 - keep)), dim=1)
    logs = torch.log_softmax(masks @ outgoing, dim=1)
    at_once = torch.softmax(keep * outgoing.sum(dim=0), dim=0)
    geometric = torch.softmax(probability @ logs, dim=0)
    arithmetic = probability @ torch.exp(logs)
    bound = DROPOUT_ENSEMBLE.bind({"units": units, "keep": keep})
    ours = DROPOUT_ENSEMBLE.simulate(stream(0), 1, bound)
    for name, peer in (("geometric_gap", geometric), ("arithmetic_gap", arithmetic)):
        assert ours[name][0] == pytest.approx(float((peer - at_once).abs().max()), abs=1e-12)


def test_what_unscaled_units_put_out_beside_training() -> None:
    """Classic dropout trains on the share that is kept; inverted dropout on the whole."""
    form = DROPOUT_LAYER.quantity("unscaled_ratio").closed_form
    assert form is not None
    assert form(DROPOUT_LAYER.bind({"keep": 0.4})) == pytest.approx(2.5)
    assert form(DROPOUT_LAYER.bind({"keep": 0.4, "convention": "inverted"})) == 1.0
