"""Initialisers beside torch.nn.init: the scale exactly, the draws within their standard errors."""

from collections.abc import Callable
from functools import partial
from math import log1p, sqrt
from types import ModuleType

import numpy as np
import pytest

from studytool.numerics import closed_forms
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import leaky_relu_variance
from studytool.numerics.estimate import Estimator
from studytool.numerics.initializers import VARIANCES, Initializer, draw_weights
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate

pytestmark = pytest.mark.oracle

FAN_IN, FAN_OUT = 300, 120
"""Unequal, so that one taken for the other is seen."""

PEERS: dict[str, tuple[str, dict[str, object]]] = {
    "xavier_normal": ("xavier_normal_", {}),
    "xavier_uniform": ("xavier_uniform_", {}),
    "he_normal": ("kaiming_normal_", {"nonlinearity": "relu"}),
    "he_uniform": ("kaiming_uniform_", {"nonlinearity": "relu"}),
    "lecun_normal": ("kaiming_normal_", {"nonlinearity": "linear"}),
    "he_fan_out": ("kaiming_normal_", {"nonlinearity": "relu", "mode": "fan_out"}),
    "lecun_fan_out": ("kaiming_normal_", {"nonlinearity": "linear", "mode": "fan_out"}),
}
"""Each of our names, and torch's call for it; a new name needs its row here."""


def _filled(torch: ModuleType, fill: Callable[..., object], seed: int) -> Array:
    """Fill a matrix as torch stores it, (fan_out, fan_in), from a seed."""
    weight = torch.empty(FAN_OUT, FAN_IN, dtype=torch.float64)
    fill(weight, generator=torch.Generator().manual_seed(seed))
    filled: Array = weight.numpy()
    return filled


def _peer(torch: ModuleType, init: str) -> Callable[..., object]:
    name, options = PEERS[init]
    return partial(getattr(torch.nn.init, name), **options)


@pytest.mark.parametrize("init", VARIANCES)
def test_scale(torch: ModuleType, init: Initializer) -> None:
    """From one seed torch draws the same shape in two scales: their ratio is its scale exactly."""
    uniform = init.endswith("uniform")
    unit = partial(torch.nn.init.uniform_, a=-1.0) if uniform else torch.nn.init.normal_
    ratio = _filled(torch, _peer(torch, init), 7) / _filled(torch, unit, 7)
    variance = VARIANCES[init](FAN_IN, FAN_OUT)
    np.testing.assert_allclose(ratio, sqrt((3 if uniform else 1) * variance), rtol=1e-9)


@pytest.mark.parametrize("slope", [0.01, 0.3])
def test_leaky_relu_scale(torch: ModuleType, slope: float) -> None:
    fill = partial(torch.nn.init.kaiming_normal_, a=slope, nonlinearity="leaky_relu")
    ratio = _filled(torch, fill, 7) / _filled(torch, torch.nn.init.normal_, 7)
    np.testing.assert_allclose(ratio, np.sqrt(leaky_relu_variance(FAN_IN, slope)), rtol=1e-9)


@pytest.mark.parametrize("init", VARIANCES)
@pytest.mark.parametrize("side", ["ours", "torch"])
def test_moments(torch: ModuleType, init: Initializer, side: str) -> None:
    """Of both sides alike: mean 0, the variance, and the fourth moment that tells the shape."""
    if side == "ours":
        drawn = draw_weights(stream("initializer", init), (FAN_IN, FAN_OUT), init).ravel()
    else:
        drawn = _filled(torch, _peer(torch, init), 11).ravel()
    variance = VARIANCES[init](FAN_IN, FAN_OUT)
    kurtosis = 1.8 if init.endswith("uniform") else 3.0
    for power, expected in ((1, 0.0), (2, variance), (4, kurtosis * variance**2)):
        found = estimate(drawn**power, Estimator.MEAN)
        assert abs(found.value - expected) < 5 * found.standard_error  # false alarm 6e-7
    spread = estimate(drawn, Estimator.VARIANCE)
    assert abs(spread.value - variance) < 5 * spread.standard_error
    assert abs(spread.value - 1.1 * variance) > 5 * spread.standard_error  # control


@pytest.mark.parametrize(("init", "form"), [("xavier_uniform", "xavier"), ("he_uniform", "he")])
@pytest.mark.parametrize("side", ["ours", "torch"])
def test_bound(torch: ModuleType, init: Initializer, form: str, side: str) -> None:
    """No draw is beyond the limit, and of N the largest is near it: P(max < (1−c)L) = (1−c)^N."""
    if side == "ours":
        drawn = draw_weights(stream("bound", init), (FAN_IN, FAN_OUT), init)
    else:
        drawn = _filled(torch, _peer(torch, init), 13)
    fans = {"xavier": (FAN_IN, FAN_OUT), "he": (FAN_IN,)}[form]
    limit = float(getattr(closed_forms, f"{form}_limit")(*fans))
    largest = float(np.abs(drawn).max())
    assert largest <= limit * (1 + 1e-15)
    short = 21 / drawn.size  # (1 − c)^N = e^−21 < 1e-9
    assert drawn.size * log1p(-short) < -20.7
    assert largest > (1 - short) * limit
