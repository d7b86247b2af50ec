"""Training of networks by gradient descent: losses, tasks and steps.

Arrays have the shapes of :mod:`studytool.numerics.networks`; a loss turns a network's outputs into
one number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.networks import ARRAYS, Gradients, Networks, back, run
from studytool.numerics.streams import Rng
from studytool.numerics.training_step import Loss, TrainingStep


def squared_loss(output: Array, target: Array) -> tuple[Array, Array]:
    """Return half the mean squared error over examples, summed over outputs, and its slope."""
    error = np.clip(output - target, -1e6, 1e6)
    examples = output.shape[1]
    return np.square(error).sum(axis=(1, 2)) / (2 * examples), error / examples


def logistic_loss(output: Array, target: Array) -> tuple[Array, Array]:
    """Return the mean of −log p of targets 0 or 1 under p = sigmoid(output), and its slope."""
    examples = output.shape[1]
    small = np.exp(-np.abs(output))  # once for both: −log p and p = sigmoid(output)
    surprise = np.maximum(output, 0.0) + np.log1p(small) - target * output
    p = np.where(output > 0, 1.0, small) / (1.0 + small)
    return surprise.sum(axis=(1, 2)) / examples, (p - target) / examples


LossName = Literal["squared", "logistic"]
"""The name of a loss."""

LOSSES: Mapping[LossName, Loss] = {"squared": squared_loss, "logistic": logistic_loss}


@dataclass(frozen=True, slots=True)
class LearningTask:
    """The inputs (n, examples, inputs) and targets (n, examples, outputs) that n networks learn."""

    x: Array
    y: Array
    loss: LossName = "squared"


def smooth_target(x: Array) -> Array:
    """Return sin(2x₀) + x₁ of inputs (n, examples, inputs), shape (n, examples, 1)."""
    y: Array = np.sin(2.0 * x[..., :1]) + x[..., 1:2]
    return y


def find_gradients(networks: Networks, task: LearningTask, *, rng: Rng | None = None) -> Gradients:
    """Return the gradients of each network's loss, in training where ``rng`` is given."""
    kept = run(networks, task.x, rng=rng)
    return back(networks, kept, LOSSES[task.loss](kept.output, task.y)[1])


def inference_loss(networks: Networks, task: LearningTask) -> Array:
    """Return each network's loss in inference, shape (n,)."""
    return LOSSES[task.loss](run(networks, task.x).output, task.y)[0]


def train(
    rng: Rng, networks: Networks, task: LearningTask, *, rates: Sequence[float], batch: int = 0
) -> Array:
    """Train in place, one step for each rate; return the training losses, shape (steps, n).

    A loss is that of the step's batch before the step. With ``batch`` > 0 each step takes the next
    that many examples, in order and round about; with 0 all.
    """
    n, examples = task.x.shape[:2]
    rows = min(batch, examples) if batch > 0 else examples
    size = max(1, _PART_ELEMENTS // (rows * max(networks.design.widths)))
    parts, losses = [], []
    for start in range(0, n, size):
        at = slice(start, start + size)
        parts.append(networks.copy_part(at))
        of_part = LearningTask(task.x[at], task.y[at], task.loss)
        losses.append(_train_part(rng, parts[-1], of_part, rates=rates, rows=rows))
    _join(networks, parts)
    return np.concatenate(losses, axis=1)


_PART_ELEMENTS = 32_000
"""float64 numbers of the widest layer's outputs: a step then stays in the cache."""


def _join(networks: Networks, parts: list[Networks]) -> None:
    for name in ARRAYS:
        layers = zip(*(getattr(part, name) for part in parts), strict=True)
        getattr(networks, name)[:] = [np.concatenate(layer) for layer in layers]


def _train_part(
    rng: Rng, networks: Networks, task: LearningTask, *, rates: Sequence[float], rows: int
) -> Array:
    losses = np.empty((len(rates), len(task.x)))
    examples = task.x.shape[1]
    step = TrainingStep(networks, rows, LOSSES[task.loss])
    for number, rate in enumerate(rates):
        x, y = task.x, task.y
        if rows < examples:
            at = np.arange(number * rows, (number + 1) * rows) % examples
            x, y = x[:, at], y[:, at]
        losses[number] = step.take(rng, x, y, rate)
    return losses
