"""Gradients against differences, minima against their neighbours: with no library but NumPy."""

import numpy as np
import pytest

from studytool.numerics.activations import ACTIVATIONS, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.intervals import SIDE_ERROR, bernstein_reach, deviation_reach
from studytool.numerics.least_squares import elastic_net
from studytool.numerics.networks import Design, Networks, back, draw_networks, run
from studytool.numerics.streams import stream
from studytool.numerics.training import LOSSES, LossName
from tests.cases import first_quick, first_row_quick
from tests.rows import all_rows

STEP = 1e-5
"""Of the central differences: their error is about its square, and rounding 1e-16 over it."""


@all_rows(("batch_norm", "keep"), [(False, 1.0), (True, 1.0), (True, 0.6)])
@all_rows("activation", ACTIVATIONS)
def test_the_way_back_against_central_differences(
    activation: Activation, *, batch_norm: bool, keep: float
) -> None:
    rng = stream("differences", activation)
    design = Design((3, 4, 5, 2), activation, "xavier_normal", keep=keep, batch_norm=batch_norm)
    networks = draw_networks(rng, 2, design)
    for arrays in (networks.biases, networks.gammas):
        for array in arrays:
            array[:] = array + 0.3 * rng.normal(size=array.shape)
    x, pull = rng.normal(size=(2, 7, 3)), rng.normal(size=(2, 7, 2))
    found = back(networks, run(networks, x, rng=stream("masks")), pull.copy())
    for name in ("weights", "biases", *(("gammas",) if batch_norm else ())):
        for layer, array in enumerate(getattr(networks, name)[: 2 if name == "gammas" else 3]):
            slopes = getattr(found, name)[layer]
            for place in list(np.ndindex(array.shape))[:: max(1, array.size // 6)]:
                slope = _difference(networks, array, place, x=x, pull=pull)
                assert slopes[place] == pytest.approx(slope, rel=1e-4, abs=1e-6), (name, layer)


def _difference(
    networks: Networks, array: Array, place: tuple[int, ...], *, x: Array, pull: Array
) -> float:
    losses = []
    for step in (STEP, -STEP):
        array[place] += step
        losses.append(float(np.sum(run(networks, x, rng=stream("masks")).output * pull)))
        array[place] -= step
    return (losses[0] - losses[1]) / (2 * STEP)


@pytest.mark.parametrize(
    ("l1", "l2"), first_row_quick([(0.05, 0.0), (0.4, 0.0), (0.2, 0.3), (0.0, 0.5), (0.0, 0.0)])
)
@pytest.mark.parametrize("features", first_quick([4, 30]))
def test_no_neighbour_is_lower_than_the_elastic_net(l1: float, l2: float, features: int) -> None:
    """‖y − Xw‖²/(2n) + l1·‖w‖₁ + l2/2·‖w‖²: along each coordinate and in random directions."""
    rng = stream("neighbours", features)
    x = rng.normal(size=(1, 40, features))
    y = x @ np.linspace(-1, 2, features) + rng.normal(size=(1, 40))
    w = elastic_net(x, y, l1=l1, l2=l2, gap=1e-12).coefficients[0]

    def loss(at: Array) -> float:
        fit = np.square(y[0] - x[0] @ at).sum() / 80
        return float(fit + l1 * np.abs(at).sum() + l2 / 2 * np.square(at).sum())

    least = loss(w)
    directions = np.concatenate([np.eye(features), rng.normal(size=(20, features))])
    for direction in np.concatenate([directions, -directions]):
        assert loss(w + 1e-3 * direction) >= least - 1e-12


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_by_its_words_and_its_slope_by_differences(name: LossName) -> None:
    """Half the mean squared error; the mean surprise −log p of what came, p = 1/(1 + e⁻ˣ)."""
    rng = stream("losses")
    output, target = rng.normal(size=(1, 5, 1)), rng.integers(0, 2, (1, 5, 1)).astype(np.float64)
    given = [1 / (1 + np.exp(-float(x))) for x in output.ravel()]
    happened = [p if y else 1 - p for p, y in zip(given, target.ravel(), strict=True)]
    wanted = {
        "squared": np.mean(np.square(output - target)) / 2,
        "logistic": np.mean(-np.log(happened)),
    }
    found, slope = LOSSES[name](output, target)
    assert found == pytest.approx([wanted[name]])
    for place in np.ndindex(output.shape):
        step = np.zeros_like(output)
        step[place] = STEP
        above, below = (LOSSES[name](output + one, target)[0][0] for one in (step, -step))
        assert slope[place] == pytest.approx((above - below) / (2 * STEP), rel=1e-6, abs=1e-9)


def test_bernstein_reach_by_hand() -> None:
    """√(2·V·L/n) + 7·w·L/(3(n − 1)) with L = log(2/error) of one side. Source: its docstring."""
    doubt = np.log(2 / SIDE_ERROR)
    assert bernstein_reach(0.09, 2.0, 50) == pytest.approx(
        0.3 * np.sqrt(2 * doubt / 50) + 14 * doubt / 147
    )
    assert bernstein_reach(0.0, 2.0, 50) == pytest.approx(14 * doubt / 147)
    assert deviation_reach(2.0, 51) == pytest.approx(2 * np.sqrt(np.log(1 / SIDE_ERROR) / 25))
