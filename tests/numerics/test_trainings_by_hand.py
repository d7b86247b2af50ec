"""Trainings replayed one network at a time by plain loops, from the same draws."""

from collections.abc import Mapping
from math import exp, log, log10, sqrt
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.dropout_training import DROPOUT_TRAINING
from studytool.numerics.experiment import Experiment
from studytool.numerics.init_training import GRADIENT_SPREAD, INIT_FIT, SEED_SPREAD
from studytool.numerics.networks import Design, Networks, draw_networks
from studytool.numerics.propagation import DEEP_TRAINING, SIGNAL_DEPTH
from studytool.numerics.relu_training import draw_regression
from studytool.numerics.schedules import ANNEALED_DESCENT, WARMUP_TRAINING
from studytool.numerics.streams import Rng, stream
from studytool.numerics.training import logistic_loss

N = 3


def drawn(
    experiment: Experiment[Any], given: Mapping[str, Any], n: int = N
) -> tuple[Mapping[str, Array], Rng]:
    """Return n draws, and the same stream anew."""
    found = experiment.simulate(stream("hand"), n, experiment.bind(given))
    return found, stream("hand")


def assert_draws(found: Mapping[str, Array], expected: Mapping[str, list[float]]) -> None:
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-8, atol=1e-11, err_msg=name)


def _sigmoid(x: Array) -> Array:
    value: Array = 1 / (1 + np.exp(-x))
    return value


def _smooth(x: Array) -> Array:
    """sin(2x₀) + x₁ of examples (example, input)."""
    value: Array = np.sin(2 * x[:, 0]) + x[:, 1]
    return value


@pytest.mark.parametrize(
    ("lr", "steps", "warmup"), [(0.05, 9, 4), (0.05, 1, 0), (10.0, 3, 0), (3.0, 4, 2)]
)
def test_the_first_steps_of_relu_networks(lr: float, steps: int, warmup: int) -> None:
    """A rate that rises over the warm-up; weights and errors of a divergence are held."""
    found, rng = drawn(WARMUP_TRAINING, {"lr": lr, "steps": steps, "warmup": warmup})
    xs = rng.normal(size=(N, 64, 8))
    ins = rng.normal(0.0, sqrt(2 / 8), (N, 8, 32))
    outs = rng.normal(0.0, sqrt(2 / 32), (N, 32, 1))[..., 0]
    expected: dict[str, list[float]] = {
        "log10_worst_loss": [], "log10_final_loss": [], "spoilt_share": []
    }  # fmt: skip
    for x, first, second in zip(xs, ins, outs, strict=True):
        into, out = first, second
        losses = []
        for t in range(1, steps + 2):
            z = x @ into
            hidden = np.where(z > 0, z, 0)
            error = hidden @ out - _smooth(x)
            losses.append(min(float((error**2).mean()), 1e12))
            held = np.where(np.abs(error) > 1e6, 1e6 * np.sign(error), error)
            rate = lr * min(1, t / (warmup + 1))
            of_out = sum(2 / 64 * e * h for e, h in zip(held, hidden, strict=True))
            of_into = sum(
                2 / 64 * e * np.outer(row, out * (before > 0))
                for e, row, before in zip(held, x, z, strict=True)
            )
            out = np.minimum(np.maximum(out - rate * of_out, -1000), 1000)
            into = np.minimum(np.maximum(into - rate * of_into, -1000), 1000)
        expected["log10_worst_loss"].append(log10(max(losses) / losses[0]))
        expected["log10_final_loss"].append(log10(losses[-1] / losses[0]))
        expected["spoilt_share"].append(float(losses[-1] > losses[0]))
    assert_draws(found, expected)


def test_noisy_descent_under_a_cosine() -> None:
    found, rng = drawn(ANNEALED_DESCENT, {"period_share": 0.5, "lr": 0.4, "steps": 12})
    ws = rng.standard_normal(N)
    for t in range(12):
        rate = 0.4 * (1 + np.cos(np.pi * t / 6)) / 2
        ws = ws - rate * ws - rate * rng.standard_normal(N)
    assert_draws(found, {"left": list(ws**2)})


def test_the_energy_of_a_he_network() -> None:
    found, rng = drawn(SEED_SPREAD, {"width": 40, "depth": 3, "scale": 4.0}, 40)
    logs = np.zeros(40)
    for _ in range(3):
        for network, row in enumerate(rng.standard_normal((40, 40))):
            logs[network] += log(16 / 20 * sum(z * z for z in row if z > 0))
    far = [float(one > log(100) or one < -log(100)) for one in logs]
    assert sum(far) > 0
    assert_draws(found, {"log_energy_sd": list(logs), "far_off": far})


def test_the_gradient_of_the_first_of_three_layers() -> None:
    """W₂ᵀ and W₃ᵀ carry it back, each behind the slope of the layer's activation."""
    found, rng = drawn(GRADIENT_SPREAD, {"activation": "tanh", "gain": 1.5, "width": 5, "depth": 3})
    layers = 1.5 / sqrt(5) * rng.standard_normal((3, N, 5, 5))
    starts, ends = rng.standard_normal((N, 1, 5)), rng.standard_normal((N, 1, 5))
    expected: dict[str, list[float]] = {"log10_rms": [], "log10_median": [], "mean_slope": []}
    for n in range(N):
        first = starts[n, 0] @ layers[0, n]
        second = np.tanh(first) @ layers[1, n]
        third = np.tanh(second) @ layers[2, n]
        slope = 1 - np.tanh(third) ** 2
        late = ends[n, 0] * slope
        middle = (layers[2, n] @ late) * (1 - np.tanh(second) ** 2)
        early = (layers[1, n] @ middle) * (1 - np.tanh(first) ** 2)
        rms = sqrt((late**2).mean())
        expected["log10_rms"].append(log10(sqrt((early**2).mean()) / rms))
        expected["log10_median"].append(log10(sorted(np.abs(early))[2] / rms))
        expected["mean_slope"].append(float(slope.mean()))
    assert_draws(found, expected)


def test_the_decades_of_a_deep_network() -> None:
    """Four layers of weights: the pre-activations of the first and the last, and four gradients."""
    given = {"activation": "tanh", "init": "he", "scale": 1.2, "width": 4, "depth": 4}
    found, rng = drawn(SIGNAL_DEPTH, given, 12)
    layers = rng.normal(0.0, 1.2 * sqrt(2) / sqrt(4), (4, 12, 4, 4))
    starts, ends = rng.normal(size=(12, 1, 4)), rng.normal(size=(12, 1, 4))
    signal, lost, squares, halves, smallest = [], [], [], [], []
    for n in range(12):
        before = [starts[n, 0] @ layers[0, n]]
        for layer in layers[1:]:
            before.append(np.tanh(before[-1]) @ layer[n])
        gradients = [ends[n, 0] * (1 - np.tanh(before[3]) ** 2)]
        for number in (3, 2, 1):
            back = layers[number, n] @ gradients[-1]
            gradients.append(back * (1 - np.tanh(before[number - 1]) ** 2))
        sizes = [sqrt((one**2).mean()) for one in gradients]
        decades = [log10(size / sizes[0]) for size in sizes]
        signal.append(log10(sqrt((before[3] ** 2).mean() / (before[0] ** 2).mean())))
        lost.append(decades[3])
        squares.append([sizes[3] ** 2, sizes[0] ** 2])
        halves.append([decades[1], decades[3]])
        smallest.append(float(sizes[3] == min(sizes)))
    assert 0 < sum(smallest) < 12
    np.testing.assert_allclose(found["gradient_square_ratio"], squares, rtol=1e-9)
    np.testing.assert_allclose(found["upper_half_share"], halves, rtol=1e-9, atol=1e-12)
    assert_draws(
        found,
        {"log10_signal_ratio": signal, "log10_gradient_ratio": lost, "first_is_smallest": smallest},
    )


class _Sigmoids:
    """A network 4–8–1 of one sigmoid layer, trained by the logistic loss."""

    def __init__(self, networks: Networks, n: int) -> None:
        self.into, self.out = networks.weights[0][n], networks.weights[1][n, :, 0]
        self.bias, self.last = np.zeros(8), 0.0

    def hidden(self, x: Array) -> Array:
        return _sigmoid(x @ self.into + self.bias)

    def loss(self, x: Array, y: Array) -> float:
        scores = self.hidden(x) @ self.out + self.last
        return float(np.mean([log(1 + exp(s)) - t * s for s, t in zip(scores, y, strict=True)]))

    def slopes(self, x: Array, y: Array) -> tuple[Array, Array, Array, float]:
        hidden = self.hidden(x)
        error = (_sigmoid(hidden @ self.out + self.last) - y) / len(y)
        back = np.outer(error, self.out) * hidden * (1 - hidden)
        return x.T @ back, back.sum(axis=0), hidden.T @ error, float(error.sum())


def _rms(x: Array) -> float:
    return sqrt(float((x**2).mean()))


@pytest.mark.parametrize("order", ["together", "output_first", "input_first"])
def test_layers_changed_in_an_order(order: str) -> None:
    """Each layer that comes later sees those before it changed; ``together`` sees none."""
    given = {"depth": 1, "lr": 2.0, "steps": 3, "order": order, "scale": 2.0}
    found, rng = drawn(DEEP_TRAINING, given)
    networks = draw_networks(rng, N, Design((4, 8, 1), "sigmoid", "xavier_normal", 2.0))
    xs = rng.standard_normal((N, 16, 4))
    expected: dict[str, list[float]] = {
        name: [] for name in ("log10_final_loss", "log10_worst_loss", "log10_gradient_ratio",
                              "log10_moved_ratio", "log10_first_size", "first_changed")
    }  # fmt: skip
    for n, x in enumerate(xs):
        y = (x[:, 0] + x[:, 1] > 0).astype(np.float64)
        one = _Sigmoids(networks, n)
        into, out = one.into, one.out
        slopes = one.slopes(x, y)
        losses = [one.loss(x, y)]
        for _ in range(3):
            steps = {"together": ["both"], "output_first": ["out", "in"]}.get(order, ["in", "out"])
            for step in steps:
                of_in, of_bias, of_out, of_last = one.slopes(x, y)
                if step != "out":
                    one.into, one.bias = one.into - 2 * of_in, one.bias - 2 * of_bias
                if step != "in":
                    one.out, one.last = one.out - 2 * of_out, one.last - 2 * of_last
            losses.append(one.loss(x, y))
        moved = _rms(one.into - into) / _rms(into), _rms(one.out - out) / _rms(out)
        expected["log10_final_loss"].append(log10(losses[-1] / losses[0]))
        expected["log10_worst_loss"].append(log10(max(losses) / losses[0]))
        expected["log10_gradient_ratio"].append(log10(_rms(slopes[0]) / _rms(slopes[2])))
        expected["log10_moved_ratio"].append(log10(moved[0] / moved[1]))
        expected["log10_first_size"].append(log10(_rms(one.into) / _rms(into)))
        expected["first_changed"].append(1.0)
    assert_draws(found, expected)


@pytest.mark.parametrize("scale", [1.0, 60.0])
def test_a_fit_that_is_tested_on_the_other_half(scale: float) -> None:
    """A network 8–3–1 after one small step; worse than the best constant is a failure."""
    given = {"width": 3, "layers": 1, "steps": 1, "lr": 0.0001, "scale": scale}
    found, rng = drawn(INIT_FIT, given, 6)
    networks = draw_networks(rng, 6, Design((8, 3, 1), "tanh", "xavier_normal", scale))
    x, y = draw_regression(rng, 6, 64, 8)
    for n in range(6):
        first, second = networks.weights[0][n], networks.weights[1][n]
        missed = (np.tanh(x[n] @ first) @ second - y[n])[:, 0]
        seen, other = missed[:32], missed[32:]
        assert found["final_loss"][n] == pytest.approx(
            min((seen**2).mean() / 2, 100), rel=0.05, abs=2e-3
        )
        assert found["test_loss"][n] == pytest.approx(
            min((other**2).mean() / 2, 100), rel=0.05, abs=2e-3
        )
        constant = ((y[n, :32, 0] - y[n, :32, 0].mean()) ** 2).mean()
        if abs((seen**2).mean() / constant - 1) > 0.1:
            assert found["failed"][n] == float((seen**2).mean() > constant)


def test_what_a_network_trained_with_dropout_uses() -> None:
    """Nothing dropped, one unseen step: contributions, the strongest unit, and the steps counted."""
    given = {"keep": 1.0, "width": 5, "examples": 20, "lr": 0.0001, "steps": 7, "noise": 0.3}
    found, rng = drawn(DROPOUT_TRAINING, given)
    networks = draw_networks(rng, N, Design((8, 5, 1), keep=1.0))
    x = rng.standard_normal((N, 20, 8))
    y = np.array([_smooth(one) for one in x]) + 0.3 * rng.standard_normal((N, 20, 1))[..., 0]
    test = rng.standard_normal((N, 200, 8))
    for n in range(N):
        first, second = networks.weights[0][n], networks.weights[1][n, :, 0]
        missed = np.maximum(x[n] @ first, 0) @ second - y[n]
        parts = np.maximum(test[n] @ first, 0) * second
        power = (parts**2).mean(axis=0)
        target = _smooth(test[n])
        without = parts.sum(axis=1) - parts[:, power.argmax()] - target
        loss = ((parts.sum(axis=1) - target) ** 2).mean() / 2
        assert found["train_loss"][n] == pytest.approx((missed**2).mean() / 2, rel=0.05, abs=2e-3)
        assert found["test_loss"][n] == pytest.approx(loss, rel=0.05, abs=2e-3)
        assert found["log10_test_loss"][n] == pytest.approx(log10(loss), rel=0.05, abs=2e-3)
        assert found["knock_out"][n] == pytest.approx(
            (without**2).mean() / 2 - loss, rel=0.05, abs=2e-3
        )
        assert found["units_used"][n] == pytest.approx(
            power.sum() ** 2 / (power**2).sum(), rel=0.05, abs=2e-3
        )
        sizes = [*np.abs(first).ravel(), *np.abs(second)]
        assert found["mean_weight"][n] == pytest.approx(sum(sizes) / len(sizes), rel=0.05, abs=2e-3)
        assert found["steps_to_fit"][n] == 7


def test_the_logistic_loss_and_its_slope_far_from_zero_too() -> None:
    """Against −log p and p − y by logaddexp; an output of ±800 leaves no warning."""
    output = np.array([-800.0, -3.0, 0.0, 0.5, 40.0, 800.0]).reshape(1, 6, 1)
    for target in (np.zeros_like(output), np.ones_like(output), np.full_like(output, 0.25)):
        loss, slope = logistic_loss(output, target)
        of_each = target * np.logaddexp(0.0, -output) + (1 - target) * np.logaddexp(0.0, output)
        assert loss == pytest.approx(of_each.mean(axis=(1, 2)), rel=1e-14)
        p = np.exp(-np.logaddexp(0.0, -output))
        assert slope == pytest.approx((p - target) / 6, rel=1e-13, abs=1e-300)
