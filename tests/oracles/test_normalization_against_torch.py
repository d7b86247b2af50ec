"""Batch, layer and instance normalisation, and running statistics, beside torch.nn."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON, batch_norm, running_average
from studytool.numerics.normalization import BATCH_NORM_RUNNING, normalize
from studytool.numerics.streams import stream

pytestmark = pytest.mark.oracle

SHAPE = (5, 3, 4, 6)
"""Four sizes that differ, so that a wrong axis is seen."""


def _maps(*name: object, count: int = 1) -> Array:
    return stream("normalization", *name).normal(2.0, 3.0, (count, *SHAPE))


def _affine(shape: tuple[int, ...]) -> tuple[Array, Array]:
    rng = stream("affine", shape)
    return rng.normal(1.0, 0.5, shape), rng.normal(size=shape)


def _set(torch: ModuleType, module: Any, gamma: Array, beta: Array) -> Any:
    with torch.no_grad():
        module.weight.copy_(torch.tensor(gamma))
        module.bias.copy_(torch.tensor(beta))
    return module


def _numpy(tensor: Any) -> Array:
    array: Array = tensor.detach().numpy()
    return array


@pytest.mark.parametrize("kind", ["batch", "layer", "instance"])
def test_training(torch: ModuleType, kind: str) -> None:
    x = _maps(kind)[0]
    channels, wide = SHAPE[1], (1, SHAPE[1], 1, 1)
    module = {
        "batch": lambda: torch.nn.BatchNorm2d(channels, dtype=torch.float64),
        "layer": lambda: torch.nn.LayerNorm(SHAPE[1:], dtype=torch.float64),
        "instance": lambda: torch.nn.InstanceNorm2d(channels, affine=True, dtype=torch.float64),
    }[kind]()
    assert module.eps == EPSILON
    gamma, beta = _affine(SHAPE[1:] if kind == "layer" else (channels,))
    peer = _numpy(_set(torch, module, gamma, beta)(torch.tensor(x)))
    if kind != "layer":
        gamma, beta = gamma.reshape(wide), beta.reshape(wide)
    ours = normalize(x, kind, gamma=gamma, beta=beta)
    np.testing.assert_allclose(ours, peer, rtol=1e-12, atol=1e-12)
    other = {"batch": "instance", "layer": "batch", "instance": "layer"}[kind]
    assert np.abs(normalize(x, other, gamma=gamma, beta=beta) - peer).max() > 0.01  # control


def test_layer_norm_with_channel_scales_is_one_group(torch: ModuleType) -> None:
    x = _maps("group")[0]
    gamma, beta = _affine((SHAPE[1],))
    group = torch.nn.GroupNorm(1, SHAPE[1], dtype=torch.float64)
    peer = _numpy(_set(torch, group, gamma, beta)(torch.tensor(x)))
    wide = (1, SHAPE[1], 1, 1)
    ours = normalize(x, "layer", gamma=gamma.reshape(wide), beta=beta.reshape(wide))
    np.testing.assert_allclose(ours, peer, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("momentum", [0.1, 0.37])
def test_running_statistics_and_inference(torch: ModuleType, momentum: float) -> None:
    """One step of the running average for each batch; the variance it takes is the unbiased one."""
    module = torch.nn.BatchNorm2d(SHAPE[1], momentum=momentum, dtype=torch.float64)
    gamma, beta = _affine((SHAPE[1],))
    _set(torch, module, gamma, beta)
    mean: Array = np.zeros(SHAPE[1])
    variance: Array = np.ones(SHAPE[1])
    for x in _maps("running", momentum, count=4):
        module(torch.tensor(x))
        mean = np.asarray(running_average(mean, x.mean(axis=(0, 2, 3)), momentum, 1))
        unbiased = x.var(axis=(0, 2, 3), ddof=1)
        variance = np.asarray(running_average(variance, unbiased, momentum, 1))
        np.testing.assert_allclose(mean, _numpy(module.running_mean), rtol=1e-12)
        np.testing.assert_allclose(variance, _numpy(module.running_var), rtol=1e-12)
    x = _maps("inference")[0]
    wide = (1, SHAPE[1], 1, 1)
    mean, variance, gamma, beta = (each.reshape(wide) for each in (mean, variance, gamma, beta))
    peer = _numpy(module.eval()(torch.tensor(x)))
    ours = batch_norm(x, mean, variance, gamma, beta, EPSILON)
    np.testing.assert_allclose(ours, peer, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("steps", [1, 5, 50])
def test_many_steps_of_the_running_average(torch: ModuleType, steps: int) -> None:
    x = _maps("same batch")[0]
    module = torch.nn.BatchNorm2d(SHAPE[1], dtype=torch.float64)
    for _ in range(steps):
        module(torch.tensor(x))
    mean = running_average(0.0, x.mean(axis=(0, 2, 3)), 0.1, steps)
    variance = running_average(1.0, x.var(axis=(0, 2, 3), ddof=1), 0.1, steps)
    np.testing.assert_allclose(mean, _numpy(module.running_mean), rtol=1e-12)
    np.testing.assert_allclose(variance, _numpy(module.running_var), rtol=1e-12)


class _Recorder(np.random.Generator):
    """A generator that keeps what it drew."""

    drawn: list[Array]

    def normal(self, *args: Any, **options: Any) -> Any:
        self.drawn.append(super().normal(*args, **options))
        return self.drawn[-1]


def test_the_running_experiment_on_its_own_draws(torch: ModuleType) -> None:
    """Each replicate is a channel of BatchNorm1d that sees the same batches."""
    rng = _Recorder(stream("running experiment").bit_generator)
    rng.drawn = []
    replicates, parameters = 6, BATCH_NORM_RUNNING.bind({"steps": 7, "momentum": 0.2})
    ours = BATCH_NORM_RUNNING.simulate(rng, replicates, parameters)
    module = torch.nn.BatchNorm1d(replicates, momentum=0.2, dtype=torch.float64)
    assert len(rng.drawn) == 7
    for batch in rng.drawn:  # (draw, example)
        module(torch.tensor(batch.T))
    np.testing.assert_allclose(ours["running_mean"], _numpy(module.running_mean), rtol=1e-12)
    np.testing.assert_allclose(ours["running_variance"], _numpy(module.running_var), rtol=1e-12)
