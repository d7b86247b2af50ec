"""Small parts of the core, each worked out by hand: closed forms, sizes, pictures."""

from math import pi, sqrt

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.deep_initialization import _carried_back, _compared
from studytool.numerics.dropout import DROPOUT_REGRESSION, _regression_weights
from studytool.numerics.dropout_training import DROPOUT_TRAINING, _task
from studytool.numerics.lab import SWEPT_REPLICATES, _swept_replicates
from studytool.numerics.lab_pictures import picture_of
from studytool.numerics.normalization_training import _drift
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from tests.rows import all_rows

FORMS = [
    ("dense_layer", {"input_sd": 3.0, "fan_in": 8, "fan_out": 8}, "preactivation_variance", 9.0),
    ("dropout_step", {"keep": 0.5, "batch": 3}, "idle_share", 0.125),
    ("activation_moments", {"activation": "leaky_relu", "sd": 2.0}, "mean",
     0.99 * 2 / sqrt(2 * pi)),
]  # fmt: skip


@all_rows(("name", "given", "quantity", "value"), FORMS)
def test_closed_forms(
    name: str, given: dict[str, float | str], quantity: str, value: float
) -> None:
    experiment = find_experiment(name)
    form = experiment.quantity(quantity).closed_form
    assert form is not None
    assert form(experiment.bind(given)) == pytest.approx(value, rel=1e-12)


def test_the_gradient_behind_is_compared_with_the_one_before() -> None:
    """The early one has the mean square 400, the late one 4: a decade more in length."""
    early, late = np.full((1, 4, 2), 20.0), np.full((1, 4, 2), 2.0)
    assert _carried_back(late, early)["log10_gradient"] == pytest.approx([1.0])


def test_the_last_size_is_compared_with_the_first() -> None:
    """The first has the mean square 400, the last 4: a decade less in length, and in difference."""
    first = np.stack([np.full((1, 2), 20.0), np.full((1, 2), -20.0)], axis=1)
    found = _compared(first, first / 10)
    assert found["log10_signal"] == pytest.approx([-1.0])
    assert found["log10_difference"] == pytest.approx([-1.0])
    assert found["signal_factor"] == pytest.approx(np.array([[4.0, 400.0]]))
    assert found["difference_factor"] == pytest.approx(np.array([[8.0, 800.0]]))
    assert found["moved"] == pytest.approx(np.array([[324.0, 400.0]]))  # 18², beside 20²


@pytest.mark.parametrize(("convention", "at_test"), [("classic", 0.25), ("inverted", 1.0)])
def test_a_weight_is_multiplied_by_keep_at_test_where_it_was_not_divided(
    convention: str, at_test: float
) -> None:
    """Srivastava et al. 2014, figure 2; inverted dropout has done it in training."""
    given = DROPOUT_REGRESSION.bind(
        {"keep": 0.25, "lr": 0.01, "steps": 3, "convention": convention}
    )
    found = DROPOUT_REGRESSION.simulate(stream("scaled at test"), 5, given)
    np.testing.assert_allclose(found["test_first"], at_test * found["first"], rtol=1e-12)


def test_the_most_informative_features_that_tell_anything_apart() -> None:
    """Of ten, nine may matter, and one must not; the sentence names the nine."""
    selection = find_experiment("feature_selection")
    with pytest.raises(ExperimentError, match=r"\b9\b"):
        selection.bind({"features": 10, "informative": 10})
    selection.bind({"features": 10, "informative": 9})


def test_a_step_of_dropout_regression() -> None:
    """Half kept, half of the curvature is added noise: each part goes from 1/2 to 0.9·1/4 + 1/4."""
    given = {"keep": 0.5, "rho": 0.0, "second": 0.0, "steps": 1, "lr": 0.05}
    parameters = DROPOUT_REGRESSION.bind({**given, "convention": "inverted"})
    first, second = _regression_weights(parameters)
    assert (first, second) == pytest.approx((0.95, 0.0))


def test_a_logistic_target_is_the_sign_of_the_other() -> None:
    squared, logistic = (
        _task(stream(3), 2, 5, DROPOUT_TRAINING.bind({"loss": loss}), noise=0.1)
        for loss in ("squared", "logistic")
    )
    np.testing.assert_array_equal(logistic.y, squared.y > 0)
    assert 0 < logistic.y.mean() < 1


def test_a_drift_is_counted_in_standard_deviations() -> None:
    still = np.zeros((1, 2)), np.full((1, 2), 4.0)
    moved = np.array([[1.0, 3.0]]), np.ones((1, 2))
    assert _drift([still], [moved]) == pytest.approx([0.5])


def test_a_point_of_a_curve_has_more_replicates_only_where_its_work_is_known() -> None:
    experiment = find_experiment("dense_layer")
    assert experiment.work is None
    assert _swept_replicates(experiment, experiment.bind({})) == SWEPT_REPLICATES


def test_a_descent_is_drawn_on_its_parabola() -> None:
    """The warm-up halves the first rate: 1 − 0.25, then 1 − 0.5 of that."""
    given = {"curvature": 1.0, "lr": 0.5, "steps": 2, "warmup": 2}
    picture = picture_of("quadratic_descent", find_experiment("quadratic_descent").bind(given), 0)
    np.testing.assert_allclose(picture.path, [[1.0, 1.0], [0.75, 0.5625], [0.375, 0.140625]])
    (curve,) = picture.edges
    np.testing.assert_allclose(curve[:, 1], np.square(curve[:, 0]))


def test_a_descent_that_stands_still_has_gone_17_decades_less() -> None:
    experiment = find_experiment("lasso_descent")
    found = experiment.simulate(stream(1), 3, experiment.bind({"lam": 1.0, "steps": 200}))
    np.testing.assert_allclose(found["log10_last_step"], -17.0, rtol=1e-9)
