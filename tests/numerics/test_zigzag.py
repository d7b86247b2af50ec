"""Signs of gradients and paths of descent: special cases, theory, PyTorch."""

from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.measure import measure
from studytool.numerics.streams import stream
from studytool.numerics.zigzag import DESCENT_PATH, INPUT_DESCENT, ZIGZAG


@pytest.mark.parametrize(
    ("given", "quantity", "share"),
    [
        ({"activation": "relu", "inputs": 6}, "same_sign_share", 1.0),  # never negative
        ({"activation": "linear", "inputs": 3}, "same_sign_share", 0.25),
        ({"activation": "elu", "inputs": 2}, "same_sign_share", 0.5),  # signs as of its input
        ({"activation": "tanh", "inputs": 1}, "same_sign_share", 1.0),  # one weight agrees
        ({"activation": "sigmoid", "units": 1}, "whole_layer_share", 1.0),  # one unit agrees
        ({"activation": "sigmoid", "units": 5}, "whole_layer_share", 1 / 16),
        ({"activation": "leaky_relu"}, "follows_error", 0.5),
    ],
)
def test_shares_of_signs(given: dict[str, ParameterValue], quantity: str, share: float) -> None:
    form = ZIGZAG.quantity(quantity).closed_form
    assert form is not None
    assert form(ZIGZAG.bind(given)) == pytest.approx(share)
    rng = stream("signs", quantity)
    found = measure(ZIGZAG, ZIGZAG.bind(given), [quantity], rng=rng, replicates=20_000)[quantity]
    assert abs(found.value - share) < 5 * found.standard_error  # five: false alarm 6e-7
    assert abs(found.value - 0.9 * share) > 5 * found.standard_error


@pytest.mark.parametrize(
    ("experiment", "given", "message"),
    [
        (ZIGZAG, {"units": 0}, "zigzag: units = 0: must be in [1, 64]"),
        (ZIGZAG, {"examples": 1.5}, "zigzag: examples = 1.5: must be a whole number"),
        (DESCENT_PATH, {"lr": 2}, "descent_path: lr = 2: must be in [0.01, 1.9]"),
        (DESCENT_PATH, {"inputs": 1}, "descent_path: inputs = 1: must be in [2, 64]"),
        (
            INPUT_DESCENT,
            {"feed": "relu"},
            "input_descent: feed = relu: must be one of sigmoid, centred_sigmoid, tanh",
        ),
    ],
)
def test_bad_parameters_are_refused(
    experiment: Experiment[Any], given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        experiment.bind(given)
    assert str(error.value) == message


def test_one_whole_step_removes_the_error_of_its_example() -> None:
    """With lr 1 the way is the projection on the example: never longer than straight."""
    given = DESCENT_PATH.bind({"lr": 1, "steps": 1, "inputs": 5})
    drawn = DESCENT_PATH.simulate(stream("step"), 50, given)
    left = 10.0 ** drawn["log10_left"]
    np.testing.assert_allclose(np.square(drawn["path_ratio"]) + np.square(left), 1.0)  # Pythagoras
    assert np.all(drawn["turn_share"] == 0)


def test_a_positive_feed_turns_when_the_error_changes_sign() -> None:
    """Two positive examples lie within a right angle, so only their errors' signs turn a step."""
    given = DESCENT_PATH.bind({"feed": "sigmoid", "target": "alike", "lr": 0.01, "steps": 2})
    assert np.all(DESCENT_PATH.simulate(stream("turn"), 200, given)["turn_share"] == 0)


@pytest.mark.parametrize("feed", ["sigmoid", "tanh"])
def test_whole_batch_descent_against_its_eigenvalues(feed: str) -> None:
    """The loss after t steps is Σ λ(1 − λ/λmax)^2t·c², c the start along the eigenvectors."""
    given = INPUT_DESCENT.bind({"feed": feed, "inputs": 4, "steps": 30})
    ours = INPUT_DESCENT.simulate(stream("eigen"), 1, given)
    z = stream("eigen").standard_normal((1, 16, 4))[0]
    a = np.tanh(z) if feed == "tanh" else 1 / (1 + np.exp(-z))
    values, vectors = np.linalg.eigh(a.T @ a / 16)
    c = vectors.T @ np.array([1.0, -1.0, 1.0, -1.0])
    losses = [values @ ((1 - values / values[-1]) ** (2 * t) * c**2) for t in range(31)]
    steps = next((t for t in range(1, 31) if losses[t] <= 0.01 * losses[0]), 30)
    assert ours["steepest"][0] == pytest.approx(values[-1], rel=1e-10)
    assert ours["log10_steps"][0] == pytest.approx(np.log10(steps))
    assert ours["log10_final_loss"][0] == pytest.approx(np.log10(losses[-1] / losses[0]), abs=1e-8)


def test_descent_that_diverges_stays_a_number() -> None:
    given = INPUT_DESCENT.bind({"lr": 100, "steps": 2000, "inputs": 64})
    drawn = INPUT_DESCENT.simulate(stream("diverges"), 2, given)
    assert np.all(np.isfinite(drawn["log10_final_loss"]))
    assert np.all(drawn["log10_final_loss"] > 100)
