"""A step of training against the plain forward and backward pass, which PyTorch is an oracle of."""

import numpy as np
import pytest

from studytool.numerics.activations import ACTIVATIONS, Activation
from studytool.numerics.dropout import draw_bits
from studytool.numerics.networks import ARRAYS, Design, Networks, back, draw_networks, run
from studytool.numerics.streams import Rng, stream
from studytool.numerics.training import LOSSES, LearningTask, LossName, train
from tests.rows import all_rows

RATES = (0.3, 0.2, 0.5)
N, EXAMPLES = 3, 11


def _plain_step(rng: Rng, networks: Networks, task: LearningTask, rate: float) -> list[float]:
    kept = run(networks, task.x, rng=rng)
    losses, slope = LOSSES[task.loss](kept.output, task.y)
    found = back(networks, kept, slope)
    for name in ("weights", "biases", "gammas")[: 3 if networks.design.batch_norm else 2]:
        moved = zip(getattr(networks, name), getattr(found, name), strict=True)
        getattr(networks, name)[:] = [
            np.clip(values - rate * slopes, -1000.0, 1000.0) for values, slopes in moved
        ]
    return list(losses)


@all_rows("batch", [0, 4])
@all_rows("batch_norm", [False, True])
@all_rows("keep", [1.0, 0.6])
@all_rows("activation", list(ACTIVATIONS))
def test_a_step_against_the_plain_passes(
    *, activation: Activation, keep: float, batch_norm: bool, batch: int
) -> None:
    design = Design((4, 6, 5, 1), activation, "xavier_normal", keep=keep, batch_norm=batch_norm)
    rng = stream("step", activation)
    networks = draw_networks(rng, N, design)
    x, y = rng.standard_normal((N, EXAMPLES, 4)), rng.standard_normal((N, EXAMPLES, 1))
    loss: LossName = "logistic" if batch else "squared"
    target = (y > 0).astype(np.float64) if batch else 3 * y
    task = LearningTask(x, target, loss)
    plain, masks, before = networks.copy_part(slice(None)), stream("masks"), networks.weights[0]
    start = before.copy()
    losses = train(stream("masks"), networks, task, rates=RATES, batch=batch)
    for step, rate in enumerate(RATES):
        at = np.arange(step * batch, (step + 1) * batch) % EXAMPLES if batch else slice(None)
        of_batch = LearningTask(task.x[:, at], task.y[:, at], loss)
        expected = _plain_step(masks, plain, of_batch, rate)
        np.testing.assert_allclose(losses[step], expected, rtol=1e-9)
    for name in ARRAYS:
        for found, right in zip(getattr(networks, name), getattr(plain, name), strict=True):
            np.testing.assert_allclose(found, right, rtol=1e-8, atol=1e-11, err_msg=name)
    np.testing.assert_array_equal(before, start)  # what another holds is left as it was


def test_many_networks_are_trained_in_parts_as_they_are_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    design = Design((3, 4, 1), "tanh")
    rng = stream("parts")
    networks = draw_networks(rng, 7, design)
    task = LearningTask(rng.standard_normal((7, 5, 3)), rng.standard_normal((7, 5, 1)))
    again = networks.copy_part(slice(None))
    whole = train(rng, networks, task, rates=RATES)
    monkeypatch.setattr("studytool.numerics.training._PART_ELEMENTS", 40)  # two networks
    np.testing.assert_allclose(train(rng, again, task, rates=RATES), whole, rtol=1e-12)
    for found, right in zip(again.weights, networks.weights, strict=True):
        np.testing.assert_allclose(found, right, rtol=1e-12)


@pytest.mark.parametrize("keep", [1e-6, 0.25, 0.8, 1 - 1e-12])
def test_flags_are_as_frequent_as_they_are_said_to_be(keep: float) -> None:
    bits = draw_bits(stream("flags"), (1001, 999), keep)
    error = np.sqrt(keep * (1 - keep) / bits.size)
    assert abs(bits.mean() - keep) <= 5 * error + 1e-9


def test_a_weight_is_held_where_training_diverges() -> None:
    rng = stream("diverges")
    networks = draw_networks(rng, 2, Design((3, 4, 1), "relu"))
    task = LearningTask(rng.standard_normal((2, 5, 3)), rng.standard_normal((2, 5, 1)))
    train(rng, networks, task, rates=[1e6] * 3)
    assert max(np.abs(weight).max() for weight in networks.weights) == 1000
