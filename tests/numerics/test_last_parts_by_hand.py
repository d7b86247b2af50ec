"""The last parts of the core by hand: shares, limits, gaps, and how many draws a range asks for."""

import numpy as np
import pytest

from studytool.numerics.dropout import _softmax
from studytool.numerics.estimate import Estimator
from studytool.numerics.known_range import KnownRange
from studytool.numerics.lasso_solutions import FEATURES, SAMPLES, TRUTH
from studytool.numerics.least_squares import draw_designs, elastic_net
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate


def test_steps_that_turn_are_a_share_of_the_steps() -> None:
    path = find_experiment("descent_path")
    given = path.bind({"feed": "sigmoid", "inputs": 4, "steps": 40})
    share = path.simulate(stream("turns"), 50, given)["turn_share"]
    assert 0 < share.max() <= 1
    assert np.allclose(share * 40, np.round(share * 40))


def test_a_network_has_learnt_where_half_of_a_constants_loss_is_left() -> None:
    training = find_experiment("rate_range_training")
    given = training.bind({"steps": 12, "layers": 2, "width": 8})
    found = training.simulate(stream("learnt"), 400, given)
    best = 10 ** found["log10_best_loss"]
    assert np.array_equal(found["learnt_share"] > 0, best < 0.5)
    assert ((best > 0.5) & (best < 0.55)).any()  # a limit a tenth higher would be seen


def test_a_softmax_of_logits_far_apart() -> None:
    logits = np.array([[-800.0, 0.0, 800.0], [1.0, 1.0, 1.0]])
    assert _softmax(logits) == pytest.approx(np.array([[0, 0, 1], [1 / 3] * 3]))


def test_without_rows_the_lasso_is_as_far_from_the_elastic_net_as_without_l2() -> None:
    """The largest difference of a coefficient beside the largest of the net's, of 20 data sets."""
    experiment = find_experiment("augmented_lasso")
    found = experiment.simulate(
        stream("rows"), 1, experiment.bind({"l1": 0.1, "l2": 0.5, "rows": 0.0})
    )
    x, y = draw_designs(stream("rows"), (20, SAMPLES, FEATURES), TRUTH, noise=1.0, rho=0.5)
    net, lasso = (elastic_net(x, y, l1=0.1, l2=l2).coefficients for l2 in (0.5, 0.0))
    far = np.abs(net - lasso).max(axis=1) / np.abs(net).max(axis=1)
    assert found["gap"] == pytest.approx([far.max()], rel=1e-4)
    assert far.max() > 0.1


@pytest.mark.parametrize(("low", "high"), [(0.0, 40.0), (-40.0, 1.0)])
def test_a_variance_asks_for_draws_by_the_square_of_the_farthest_value(
    low: float, high: float
) -> None:
    """20 times the widest square over the squares' own spread, squared."""
    sample = stream("range").uniform(0, 1, 4_096)
    squares = np.square(sample - sample.mean())
    farthest = max(high - sample.mean(), sample.mean() - low)
    needed = farthest**4 / (0.05**2 * (np.square(squares).mean() - squares.mean() ** 2))
    found = estimate(sample, Estimator.VARIANCE, KnownRange(low, high))
    assert found.least == pytest.approx(needed)
