"""Gradients through depth: against PyTorch, against the linear network, and what is refused."""

from typing import Any

import numpy as np
import pytest

from studytool.errors import ExperimentError
from studytool.numerics.activations import Activation
from studytool.numerics.estimate import Estimate
from studytool.numerics.experiment import Experiment, ParameterValue
from studytool.numerics.measure import measure
from studytool.numerics.networks import Design, back, draw_networks, run
from studytool.numerics.propagation import (
    DEEP_TRAINING,
    EXAMPLES,
    INPUTS,
    ORDERS,
    SIGNAL_DEPTH,
    WIDTH,
)
from studytool.numerics.streams import stream
from studytool.numerics.training import LearningTask, squared_loss, train
from tests.cases import first_row_quick


def _measured(
    experiment: Experiment[Any], given: dict[str, ParameterValue], quantity: str, replicates: int
) -> Estimate:
    rng = stream("propagation", quantity)
    return measure(experiment, experiment.bind(given), [quantity], rng=rng, replicates=replicates)[
        quantity
    ]


@pytest.mark.parametrize(
    ("given", "growth"),
    first_row_quick(
        [
            ({"depth": 2}, 1.0),  # a single step back
            ({"depth": 6, "scale": 1.4}, 1.4**10),
            ({"depth": 4, "init": "he"}, 8.0),
            ({"depth": 3, "init": "small", "scale": 5}, 0.5**4),
        ]
    ),
)
def test_a_linear_gradient_grows_by_its_scale(
    given: dict[str, ParameterValue], growth: float
) -> None:
    given = {"activation": "linear", "width": 16, **given}
    form = SIGNAL_DEPTH.quantity("gradient_square_ratio").closed_form
    assert form is not None
    assert form(SIGNAL_DEPTH.bind(given)) == pytest.approx(growth)
    found = _measured(SIGNAL_DEPTH, given, "gradient_square_ratio", 20_000)
    assert abs(found.value - growth) < 5 * found.standard_error  # five: false alarm 6e-7
    assert abs(found.value - 1.2 * growth) > 5 * found.standard_error


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"init": "large", "scale": 100, "depth": 47},
            "signal_depth: depth = 47: weights of standard deviation 1000/√width overflow or "
            "underflow so deep; must be in [2, 46] here",
        ),
        (
            {"init": "small", "activation": "sigmoid", "depth": 90},
            "signal_depth: depth = 90: weights of standard deviation 0.1/√width overflow or "
            "underflow so deep; must be in [2, 82] here",
        ),
        ({"scale": 0}, "signal_depth: scale = 0: must be in [0.01, 100]"),
        ({"depth": 1}, "signal_depth: depth = 1: must be in [2, 200]"),
    ],
)
def test_what_would_leave_the_numbers_is_refused(
    given: dict[str, ParameterValue], message: str
) -> None:
    with pytest.raises(ExperimentError) as error:
        SIGNAL_DEPTH.bind(given)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "given",
    [
        {"init": "large", "scale": 100, "depth": 46, "activation": "linear"},
        {"init": "small", "activation": "sigmoid", "depth": 82},
        {"init": "small", "scale": 0.01, "depth": 45, "activation": "relu"},
        {"depth": 200, "activation": "sigmoid"},
    ],
)
def test_the_deepest_that_is_allowed_stays_a_number(given: dict[str, ParameterValue]) -> None:
    drawn = SIGNAL_DEPTH.simulate(stream("deepest"), 8, SIGNAL_DEPTH.bind({**given, "width": 8}))
    assert all(np.all(np.isfinite(values)) for values in drawn.values())
    assert np.all(drawn["log10_gradient_ratio"] > -290)


@pytest.mark.oracle
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_gradient_through_depth_against_pytorch(activation: str) -> None:
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    given = SIGNAL_DEPTH.bind({"activation": activation, "width": 8, "depth": 5, "scale": 1.3})
    ours = SIGNAL_DEPTH.simulate(stream("torch"), 3, given)
    rng = stream("torch")
    weights = torch.tensor(rng.normal(0.0, 1.3 / np.sqrt(8), (5, 3, 8, 8)))
    h = torch.tensor(rng.normal(size=(3, 1, 8)))
    pre = []
    for layer in weights:
        pre.append((h @ layer).requires_grad_())
        h = getattr(torch, activation)(pre[-1])
    (h * torch.tensor(rng.normal(size=(3, 1, 8)))).sum().backward(inputs=pre)
    sizes = [z.grad.square().mean(dim=(1, 2)).sqrt() for z in pre]
    peers = torch.log10(sizes[0] / sizes[-1]).numpy()
    np.testing.assert_allclose(ours["log10_gradient_ratio"], peers, rtol=1e-10)


@pytest.mark.oracle
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "elu"])
def test_weight_gradients_against_pytorch(activation: Activation) -> None:
    torch = pytest.importorskip("torch", reason="the oracle group is not installed")
    rng = stream("weights", activation)
    networks = draw_networks(rng, 1, Design((3, 5, 4, 2), activation))
    networks.biases = [bias + rng.normal(size=bias.shape) for bias in networks.biases]
    x, y = rng.standard_normal((1, 6, 3)), rng.standard_normal((1, 6, 2))
    kept = run(networks, x)
    ours = back(networks, kept, squared_loss(kept.output, y)[1])
    parameters = [
        (torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True))
        for w, b in zip(networks.weights, networks.biases, strict=True)
    ]
    h = torch.tensor(x)
    for layer, (weight, bias) in enumerate(parameters):
        h = h @ weight + bias
        h = getattr(torch.nn.functional, activation)(h) if layer < 2 else h
    ((h - torch.tensor(y)).square().sum() / 12).backward()
    for layer, (weight, bias) in enumerate(parameters):
        np.testing.assert_allclose(ours.weights[layer], weight.grad, atol=1e-12)
        np.testing.assert_allclose(ours.biases[layer], bias.grad, atol=1e-12)


def test_training_together_is_plain_descent() -> None:
    given = DEEP_TRAINING.bind({"activation": "tanh", "depth": 3, "steps": 25, "lr": 0.2})
    ours = DEEP_TRAINING.simulate(stream("together"), 4, given)
    rng = stream("together")
    networks = draw_networks(rng, 4, Design((INPUTS, *[WIDTH] * 3, 1), "tanh", "xavier_normal"))
    x = rng.standard_normal((4, EXAMPLES, INPUTS))
    task = LearningTask(x, (x[..., :1] + x[..., 1:2] > 0).astype(np.float64), "logistic")
    losses = train(rng, networks, task, rates=[0.2] * 26)
    np.testing.assert_allclose(ours["log10_final_loss"], np.log10(losses[-1] / losses[0]))


@pytest.mark.parametrize("order", ORDERS)
def test_a_tiny_step_is_alike_in_every_order(order: str) -> None:
    """What the order alters is of second order in the learning rate."""
    moved = [
        DEEP_TRAINING.simulate(
            stream("order"), 4, DEEP_TRAINING.bind({"lr": 1e-4, "steps": 1, "order": each})
        )["log10_moved_ratio"]
        for each in ("together", order)
    ]
    np.testing.assert_allclose(moved[0], moved[1], atol=1e-3)
