"""Stacks of small networks beside torch: outputs, gradients by autograd, steps of torch.optim.SGD.

The peer runs each network of the stack alone, on the same numbers.
"""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.activations import ACTIVATIONS, Activation
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import EPSILON
from studytool.numerics.networks import Design, Networks, back, draw_networks, run
from studytool.numerics.streams import stream
from studytool.numerics.training import LOSSES, LearningTask, LossName, inference_loss, train

pytestmark = pytest.mark.oracle

STACK, EXAMPLES = 3, 12
NEAR = 1e-10
"""Both sides compute in float64; their sums differ in order only."""


@dataclass
class Peer:
    """One network of a stack in torch; it copies the numbers."""

    torch: ModuleType
    design: Design
    weights: list[Any]
    biases: list[Any]
    gammas: list[Any]

    @property
    def learned(self) -> list[Any]:
        """Return the tensors that training changes."""
        hidden = self.gammas[:-1] if self.design.batch_norm else []
        return [*self.weights, *self.biases, *hidden]

    def hidden(self, x: Any, layer: int, statistics: tuple[Any, Any] | None = None) -> Any:
        """Run a hidden layer; with the statistics of another batch as in inference."""
        functional = self.torch.nn.functional
        z, scale, shift = x @ self.weights[layer], self.gammas[layer], self.biases[layer]
        if self.design.batch_norm:
            training = statistics is None
            mean, variance = (None, None) if statistics is None else statistics
            z = functional.batch_norm(z, mean, variance, scale, shift, training, eps=EPSILON)
        else:
            z = z + shift
        name = self.design.activation
        return z if name == "linear" else getattr(functional, name)(z)

    def output(
        self, x: Any, *, masks: list[Any], statistics: list[tuple[Any, Any]] | None = None
    ) -> Any:
        """Run all layers; the masks may be none, the statistics one pair for each hidden layer."""
        for layer in range(len(self.weights) - 1):
            x = self.hidden(x, layer, None if statistics is None else statistics[layer])
            x = x * masks[layer] if masks else x
        return x @ self.weights[-1] + self.biases[-1]

    def statistics(self, x: Any) -> list[tuple[Any, Any]]:
        """Return the mean and variance that each hidden layer's units take over a batch."""
        found = []
        for layer in range(len(self.weights) - 1):
            z = (x @ self.weights[layer]).detach()
            found.append((z.mean(0), z.var(0, correction=0)))
            x = self.hidden(x, layer)
        return found


def _peers(torch: ModuleType, networks: Networks) -> list[Peer]:
    def one(arrays: list[Array], i: int, *, flat: bool) -> list[Any]:
        each = (array[i, 0] if flat else array[i] for array in arrays)
        return [torch.tensor(array, requires_grad=True) for array in each]

    return [
        Peer(
            torch,
            networks.design,
            one(networks.weights, i, flat=False),
            one(networks.biases, i, flat=True),
            one(networks.gammas, i, flat=True),
        )
        for i in range(STACK)
    ]


def _loss(torch: ModuleType, name: str, output: Any, y: Any) -> Any:
    if name == "squared":
        return torch.nn.functional.mse_loss(output, y, reduction="sum") / (2 * len(y))
    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return entropy(output, y, reduction="sum") / len(y)


def _stack(design: Design, *name: object) -> Networks:
    """Draw networks with biases and gammas that are not the 0 and 1 of the start."""
    rng = stream("stack", design, *name)
    networks = draw_networks(rng, STACK, design)
    networks.biases = [rng.normal(0.0, 0.3, bias.shape) for bias in networks.biases]
    networks.gammas = [rng.normal(1.0, 0.3, gamma.shape) for gamma in networks.gammas]
    return networks


def _task(design: Design, loss: LossName) -> LearningTask:
    rng = stream("task", design, loss)
    x = rng.normal(size=(STACK, EXAMPLES, design.widths[0]))
    y = rng.normal(size=(STACK, EXAMPLES, design.widths[-1]))
    return LearningTask(x, (y > 0).astype(np.float64) if loss == "logistic" else y, loss)


def _close(ours: Array, peer: Any) -> None:
    np.testing.assert_allclose(ours, peer.detach().numpy(), rtol=NEAR, atol=NEAR)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("keep", [1.0, 0.6])
@pytest.mark.parametrize("loss", LOSSES)
def test_outputs_and_gradients(
    torch: ModuleType, *, activation: Activation, batch_norm: bool, keep: float, loss: LossName
) -> None:
    design = Design((4, 7, 5, 2), activation, keep=keep, batch_norm=batch_norm)
    networks, task = _stack(design), _task(design, loss)
    kept = run(networks, task.x, rng=stream("masks"))
    losses, slope = LOSSES[loss](kept.output, task.y)
    gradients = back(networks, kept, slope)
    for i, peer in enumerate(_peers(torch, networks)):
        masks = [torch.tensor(mask[i]) for mask in kept.masks]
        assert len(masks) == (2 if keep < 1 else 0)
        output = peer.output(torch.tensor(task.x[i]), masks=masks)
        found = _loss(torch, loss, output, torch.tensor(task.y[i]))
        found.backward()
        _close(kept.output[i], output)
        _close(losses[i], found)
        for layer in range(3):
            _close(gradients.weights[layer][i], peer.weights[layer].grad)
            _close(gradients.biases[layer][i, 0], peer.biases[layer].grad)
            if batch_norm and layer < 2:
                _close(gradients.gammas[layer][i, 0], peer.gammas[layer].grad)
        assert np.all(gradients.gammas[2] == 0)  # the last layer has no use for it


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_inference_takes_the_statistics_of_the_last_batch(
    torch: ModuleType, activation: Activation
) -> None:
    design = Design((4, 6, 5, 1), activation, batch_norm=True)
    networks, task = _stack(design), _task(design, "squared")
    run(networks, task.x, rng=stream("statistics"))
    other = stream("another batch").normal(size=task.x.shape)
    output, losses = (
        run(networks, other).output,
        inference_loss(networks, LearningTask(other, task.y)),
    )
    for i, peer in enumerate(_peers(torch, networks)):
        statistics = peer.statistics(torch.tensor(task.x[i]))
        expected = peer.output(torch.tensor(other[i]), masks=[], statistics=statistics)
        _close(output[i], expected)
        _close(losses[i], _loss(torch, "squared", expected, torch.tensor(task.y[i])))
        theirs = peer.output(torch.tensor(other[i]), masks=[]).detach().numpy()
        assert np.abs(output[i] - theirs).max() > 0.01  # control: its own statistics


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize(("loss", "batch"), [("squared", 0), ("logistic", 5)])
def test_training(
    torch: ModuleType, *, activation: Activation, batch_norm: bool, loss: LossName, batch: int
) -> None:
    """Ten steps at rates that change; with a batch, examples in order and round about."""
    design = Design((4, 7, 5, 2), activation, batch_norm=batch_norm)
    networks, task = _stack(design), _task(design, loss)
    peers = _peers(torch, networks)
    rates = [0.05 / (1 + step) for step in range(10)]
    losses = train(stream("training"), networks, task, rates=rates, batch=batch)
    for i, peer in enumerate(peers):
        optimizer = torch.optim.SGD(peer.learned, lr=1.0)
        x, y = torch.tensor(task.x[i]), torch.tensor(task.y[i])
        for step, rate in enumerate(rates):
            size = batch or EXAMPLES
            at = [(step * size + k) % EXAMPLES for k in range(size)]
            optimizer.param_groups[0]["lr"] = rate
            optimizer.zero_grad()
            found = _loss(torch, loss, peer.output(x[at], masks=[]), y[at])
            found.backward()
            optimizer.step()
            _close(losses[step, i], found)
        for layer in range(3):
            _close(networks.weights[layer][i], peer.weights[layer])
            _close(networks.biases[layer][i, 0], peer.biases[layer])
            if batch_norm and layer < 2:
                _close(networks.gammas[layer][i, 0], peer.gammas[layer])


def test_training_under_dropout(torch: ModuleType) -> None:
    """The masks of a training are those that its generator gives again to a run of its own."""
    design = Design((4, 7, 5, 1), "relu", keep=0.7)
    networks, task = _stack(design), _task(design, "squared")
    peers = _peers(torch, networks)
    optimizers = [torch.optim.SGD(peer.learned, lr=0.1) for peer in peers]
    again = stream("dropped training")
    for _ in range(5):  # masks do not depend on the weights, so the drawn stack may stay behind
        masks = run(networks, task.x, rng=again).masks
        for i, peer in enumerate(peers):
            optimizers[i].zero_grad()
            dropped = [torch.tensor(mask[i]) for mask in masks]
            output = peer.output(torch.tensor(task.x[i]), masks=dropped)
            _loss(torch, "squared", output, torch.tensor(task.y[i])).backward()
            optimizers[i].step()
    train(stream("dropped training"), networks, task, rates=[0.1] * 5)
    for i, peer in enumerate(peers):
        for layer in range(3):
            _close(networks.weights[layer][i], peer.weights[layer])
