"""Dropout beside torch.nn.Dropout: the same values, and the same moments within standard errors."""

from math import hypot
from types import ModuleType

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import dropout_variance
from studytool.numerics.dropout import DROPOUT_LAYER, dropout
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate

pytestmark = pytest.mark.oracle

INPUTS: Array = np.array([-2.0, 0.5, 1.0, 3.0])
DRAWS = 60_000


def _torch_draws(torch: ModuleType, x: Array, keep: float) -> Array:
    """Return DRAWS passes of x through nn.Dropout, shape (DRAWS, *x.shape)."""
    module = torch.nn.Dropout(p=1 - keep).train()
    with torch.random.fork_rng():
        torch.manual_seed(int(1000 * keep))
        drawn: Array = module(torch.tensor(np.tile(x, (DRAWS, 1)))).numpy()
    return drawn


def _agree(one: Estimate, other: Estimate) -> bool:
    """Compare two independent estimates at five standard errors: false alarm 6e-7."""
    return abs(one.value - other.value) < 5 * hypot(one.standard_error, other.standard_error)


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_inverted_dropout(torch: ModuleType, keep: float) -> None:
    ours = dropout(stream("dropout", keep), np.tile(INPUTS, (DRAWS, 1)), keep, inverted=True)
    peer = _torch_draws(torch, INPUTS, keep)
    for column, x in enumerate(INPUTS):
        np.testing.assert_allclose(np.unique(ours[:, column]), np.unique(peer[:, column]))
        for estimator, expected in (
            (Estimator.MEAN, x),
            (Estimator.VARIANCE, float(dropout_variance(x, keep))),
        ):
            both = [estimate(side[:, column], estimator) for side in (ours, peer)]
            assert _agree(*both)
            assert all(_agree(found, Estimate(expected, 0.0, 1)) for found in both)
            wrong = Estimate(1.1 * expected, 0.0, 1)
            assert not any(_agree(found, wrong) for found in both)  # control


@pytest.mark.parametrize("keep", [0.2, 0.9])
def test_units_are_dropped_one_by_one(torch: ModuleType, keep: float) -> None:
    """Two units are kept together keep² of the time, on both sides."""
    ours = dropout(stream("pairs", keep), np.ones((DRAWS, 2)), keep, inverted=True)
    peer = _torch_draws(torch, np.ones(2), keep)
    for side in (ours, peer):
        together = estimate(np.all(side > 0, axis=1).astype(np.float64), Estimator.MEAN)
        assert _agree(together, Estimate(keep**2, 0.0, 1))
        assert not _agree(together, Estimate(keep, 0.0, 1))  # control: one draw for both


@pytest.mark.parametrize("keep", [0.3, 0.8])
def test_classic_dropout_is_torchs_times_keep(torch: ModuleType, keep: float) -> None:
    ours = dropout(stream("classic", keep), np.tile(INPUTS, (DRAWS, 1)), keep, inverted=False)
    peer = keep * _torch_draws(torch, INPUTS, keep)
    for column in range(INPUTS.size):
        for estimator in (Estimator.MEAN, Estimator.VARIANCE):
            assert _agree(*(estimate(side[:, column], estimator) for side in (ours, peer)))


def test_inference_is_the_identity_in_torch_and_ours(torch: ModuleType) -> None:
    module = torch.nn.Dropout(p=0.4).eval()
    np.testing.assert_array_equal(module(torch.tensor(INPUTS)).numpy(), INPUTS)
    parameters = DROPOUT_LAYER.bind({"keep": 0.6, "convention": "inverted"})
    tested = DROPOUT_LAYER.simulate(stream("inference"), 5, parameters)["test_output"]
    np.testing.assert_array_equal(tested, 1.0)  # the inputs are all 1


@pytest.mark.parametrize(("keep", "inputs"), [(0.5, 20), (0.8, 5)])
def test_layer_experiment(torch: ModuleType, keep: float, inputs: int) -> None:
    """The mean of inputs that are all 1: ours simulated, by closed form, and by nn.Dropout."""
    parameters = DROPOUT_LAYER.bind({"keep": keep, "inputs": inputs, "convention": "inverted"})
    ours = DROPOUT_LAYER.simulate(stream("layer", keep), DRAWS, parameters)["train_mean"]
    peer = _torch_draws(torch, np.ones(inputs), keep).mean(axis=1)
    for quantity in ("train_mean", "train_variance"):
        estimator = DROPOUT_LAYER.quantity(quantity).estimator
        form = DROPOUT_LAYER.quantity(quantity).closed_form
        assert form is not None
        found = estimate(peer, estimator)
        assert _agree(estimate(ours, estimator), found)
        assert _agree(found, Estimate(form(parameters), 0.0, 1))
