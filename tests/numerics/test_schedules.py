"""Schedules: the highest stable rate against its closed form, a step against one that is taken."""

import numpy as np
import pytest

from studytool.numerics.networks import Design, draw_networks
from studytool.numerics.schedules import GRADIENT_ALIGNMENT, QUADRATIC_DESCENT, STEP_RATE
from studytool.numerics.streams import stream
from studytool.numerics.training import LearningTask, smooth_target, train


@pytest.mark.parametrize(
    ("curvature", "steps"),
    [
        (10.0, 20),
        (0.3, 1),  # one step tells already
        (1e-3, 40),  # a high rate: the search doubles many times
        (1e6, 300),  # a low one, and steps enough to overflow but for the guard
    ],
)
def test_highest_stable_rate_is_two_over_curvature(curvature: float, steps: int) -> None:
    bound = QUADRATIC_DESCENT.bind({"curvature": curvature, "steps": steps})
    found = QUADRATIC_DESCENT.simulate(stream(0), 1, bound)["highest_stable_rate"][0]
    assert found == pytest.approx(2.0 / curvature, rel=1e-12)


def test_a_descent_by_hand() -> None:
    """After two steps of a warm-up over two the weight is (1 − 1.5)·(1 − 3) = 1, at worst it was 1."""
    bound = QUADRATIC_DESCENT.bind({"curvature": 10.0, "lr": 0.3, "steps": 2, "warmup": 2})
    found = QUADRATIC_DESCENT.simulate(stream(0), 1, bound)
    assert found["log10_loss_ratio"][0] == pytest.approx(0.0, abs=1e-12)
    bound = QUADRATIC_DESCENT.bind({"curvature": 10.0, "lr": 0.4, "steps": 3})
    found = QUADRATIC_DESCENT.simulate(stream(0), 1, bound)
    assert found["log10_loss_ratio"][0] == pytest.approx(2 * np.log10(27))
    assert found["log10_worst_loss"][0] == pytest.approx(2 * np.log10(27))


@pytest.mark.parametrize("steps", [0, 3])
def test_log10_step_is_how_far_the_next_step_goes(steps: int) -> None:
    n = 4
    logs = GRADIENT_ALIGNMENT.simulate(
        stream("step"), n, GRADIENT_ALIGNMENT.bind({"steps": steps})
    )["log10_step"]
    rng = stream("step")  # the same draws again, and one step more
    networks = draw_networks(rng, n, Design((8, 24, 1)))
    x = rng.standard_normal((n, 128, 8))
    task = LearningTask(x, smooth_target(x) + 0.5 * rng.standard_normal((n, 128, 1)))
    train(rng, networks, task, rates=[STEP_RATE] * steps)
    before = networks.weights[0].copy()
    train(rng, networks, task, rates=[STEP_RATE])
    moved = np.linalg.norm(networks.weights[0] - before, axis=(1, 2))
    expected = moved / np.linalg.norm(before, axis=(1, 2))
    np.testing.assert_allclose(10.0**logs, expected, rtol=1e-10)
