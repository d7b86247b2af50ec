"""Every activation beside torch's, its derivative beside autograd."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.activations import ACTIVATIONS, DERIVATIVES, Activation, elu, leaky_relu
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import elu_derivative

pytestmark = pytest.mark.oracle

POINTS: Array = np.concatenate(
    (
        np.linspace(-8, 8, 1601),  # 0 among them: the slope that each takes at the kink
        np.array([-300.0, -40.0, -1e-9, -1e-300, -0.0, 1e-300, 1e-9, 40.0, 300.0]),
    )
)


def _activate(torch: ModuleType, name: str, x: Any) -> Any:
    return x * 1 if name == "linear" else getattr(torch.nn.functional, name)(x)


def _value_and_slope(torch: ModuleType, name: str) -> tuple[Array, Array]:
    x = torch.tensor(POINTS, requires_grad=True)
    y = _activate(torch, name, x)
    y.sum().backward()
    return y.detach().numpy(), x.grad.numpy()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value(torch: ModuleType, name: Activation) -> None:
    value, _ = _value_and_slope(torch, name)
    np.testing.assert_allclose(ACTIVATIONS[name](POINTS), value, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", DERIVATIVES)
def test_derivative(torch: ModuleType, name: Activation) -> None:
    _, slope = _value_and_slope(torch, name)
    np.testing.assert_allclose(DERIVATIVES[name](POINTS), slope, rtol=1e-14, atol=1e-15)


def test_every_activation_has_a_derivative() -> None:
    assert set(ACTIVATIONS) == set(DERIVATIVES)


@pytest.mark.parametrize("slope", [0.0, 0.2, 1.0])
def test_leaky_relu_of_a_slope(torch: ModuleType, slope: float) -> None:
    value = torch.nn.functional.leaky_relu(torch.tensor(POINTS), slope).numpy()
    np.testing.assert_array_equal(leaky_relu(POINTS, slope), value)


@pytest.mark.parametrize("alpha", [0.5, 1.3])
def test_elu_of_an_alpha(torch: ModuleType, alpha: float) -> None:
    x = torch.tensor(POINTS, requires_grad=True)
    y = torch.nn.functional.elu(x, alpha)
    y.sum().backward()
    np.testing.assert_allclose(elu(POINTS, alpha), y.detach().numpy(), rtol=1e-14)
    np.testing.assert_allclose(
        elu_derivative(POINTS, alpha), x.grad.numpy(), rtol=1e-14, atol=1e-15
    )
