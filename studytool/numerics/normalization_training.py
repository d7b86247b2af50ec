"""Training with and without batch normalisation.

Every replicate is a network of its own on its own data: y = sin(2·x₀) + x₁ of normal inputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.activations import Activation
from studytool.numerics.arrays import Array
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.networks import Design, Networks, draw_networks, run
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LearningTask,
    find_gradients,
    inference_loss,
    smooth_target,
    train,
)

INPUTS = 4
"""The number of inputs of a network; the target depends on two of them."""
FRESH = 128
"""The number of examples that a trained network has not seen."""


def _data(rng: Rng, n: int, examples: int, *, noise: float = 0.0) -> LearningTask:
    x = rng.standard_normal((n, examples, INPUTS))
    y = smooth_target(x)
    return LearningTask(x, y + noise * rng.standard_normal(y.shape) if noise else y)


@dataclass(frozen=True, slots=True)
class NormalizedNetwork:
    """A network, its data and its training, with or without batch normalisation."""

    norm: Annotated[Literal["none", "batch"], "what stands before every activation"] = "batch"
    activation: Annotated[Activation, "the activation of every hidden layer"] = "relu"
    lr: Annotated[float, Range(1e-4, 100), "rate of every step"] = 0.1
    steps: Annotated[int, Range(1, 1000), "steps of the training"] = 60
    scale: Annotated[float, Range(1e-2, 1e2), "initial weights' standard deviation / He's"] = 1.0
    hidden: Annotated[int, Range(2, 20), "hidden layers"] = 3
    width: Annotated[int, Range(2, 64), "units of a hidden layer"] = 12
    examples: Annotated[int, Range(4, 512), "examples of the data"] = 32


def _networks(rng: Rng, n: int, p: NormalizedNetwork) -> Networks:
    design = Design(
        (INPUTS, *(p.width,) * p.hidden, 1),
        activation=p.activation,
        scale=p.scale,
        batch_norm=p.norm == "batch",
    )
    return draw_networks(rng, n, design)


def _size(p: NormalizedNetwork) -> float:
    examples, width = p.examples, p.width
    return (5 * examples * width + 3 * width**2) * (p.hidden + 1)


def _rates(p: NormalizedNetwork) -> list[float]:
    return [p.lr] * p.steps


@dataclass(frozen=True, slots=True)
class NormalizedTraining(NormalizedNetwork):
    """Parameters of ``normalized_training``."""

    batch: Annotated[int, Range(0, 512), "examples of a step; 0 takes all"] = 0
    noise: Annotated[float, Range(0.0, 10), "standard deviation of the noise on the targets"] = 0.0


def _trained(rng: Rng, n: int, p: NormalizedTraining) -> dict[str, Array]:
    """Train, then store the statistics of the whole data for inference."""
    networks = _networks(rng, n, p)
    task = _data(rng, n, p.examples, noise=p.noise)
    losses = train(rng, networks, task, rates=_rates(p), batch=p.batch)
    run(networks, task.x, rng=rng)
    loss, fresh = _log10_loss(networks, task), _log10_loss(networks, _data(rng, n, FRESH))
    return {
        "log10_loss": loss,
        "log10_fresh_loss": fresh,
        "log10_gap": fresh - loss,
        "log10_worst_rise": np.log10(losses.max(axis=0) / losses[0]),
        "log10_loss_unscaled": _log10_loss(_unscaled(networks), task),
    }


def _log10_loss(networks: Networks, task: LearningTask) -> Array:
    return np.log10(np.maximum(inference_loss(networks, task), 1e-12))


def _unscaled(networks: Networks) -> Networks:
    """Put every hidden unit's scale back to 1 and its shift to 0."""
    plain = networks.part(slice(None))
    for layer in range(len(plain.weights) - 1):
        plain.gammas[layer] = np.ones_like(plain.gammas[layer])
        plain.biases[layer] = np.zeros_like(plain.biases[layer])
    return plain


_FEWER_EXAMPLES = Phrase(
    ko="batch = {batch}: examples = {examples}에서는 0 이상 {examples} 이하여야 합니다",
    en="batch = {batch}: with examples = {examples} it must be in [0, {examples}]",
)
_ONE_EXAMPLE = Phrase(
    ko="batch = 1: 샘플 하나에는 정규화할 산포가 없습니다. 0이거나 2 이상이어야 합니다",
    en="batch = 1: one example has no spread to normalise; it must be 0 or at least 2",
)


def _batch_fits(p: NormalizedTraining) -> Message | None:
    batch, examples = p.batch, p.examples
    if batch > examples:
        return _FEWER_EXAMPLES.of(batch=batch, examples=examples)
    if batch == 1 and p.norm == "batch":
        return _ONE_EXAMPLE.of()
    return None


NORMALIZED_TRAINING = Experiment[NormalizedTraining](
    name="normalized_training",
    doc="training a small network with or without batch normalisation",
    parameter_type=NormalizedTraining,
    quantities=(
        Quantity("log10_loss", "log10 of the loss at the end, with the whole data's statistics"),
        Quantity("log10_fresh_loss", "the same on fresh data without noise"),
        Quantity("log10_gap", "log10 of fresh loss / loss"),
        Quantity("log10_worst_rise", "log10 of the largest loss on the way / first loss"),
        Quantity(
            "log10_loss_unscaled",
            "log10 of the loss with every hidden unit's scale put back to 1 and its shift to 0",
        ),
    ),
    simulate=_trained,
    elements=lambda p: _size(replace(p, examples=max(p.examples, FRESH))),
    refuse=_batch_fits,
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 4.2",
    trains=True,
)


def _beside_others(rng: Rng, n: int, p: NormalizedNetwork) -> dict[str, Array]:
    """Train, then run the first example beside two different sets of others."""
    networks, task = _networks(rng, n, p), _data(rng, n, p.examples)
    train(rng, networks, task, rates=_rates(p))
    other = rng.standard_normal(task.x.shape)
    other[:, 0] = task.x[:, 0]
    stored = [run(networks, x).output[:, 0, 0] for x in (task.x, other)]
    own = [run(networks, x, rng=rng).output[:, 0, 0] for x in (task.x, other)]
    return {"stored": np.abs(stored[1] - stored[0]), "own": np.abs(own[1] - own[0])}


BATCH_DEPENDENCE = Experiment[NormalizedNetwork](
    name="batch_dependence",
    doc="how far a trained network's output of one example moves when the other examples change",
    parameter_type=NormalizedNetwork,
    quantities=(
        Quantity("stored", "with the statistics stored in training, as in inference"),
        Quantity("own", "with the statistics of the batch itself, as in training"),
    ),
    simulate=_beside_others,
    elements=_size,
    source="Ioffe & Szegedy 2015, arXiv:1502.03167, section 3.1",
    trains=True,
)

# --- covariate shift --------------------------------------------------------------------------


def _shift(rng: Rng, n: int, p: NormalizedNetwork) -> dict[str, Array]:
    """Train step by step and measure every shift that a step makes, averaged over the steps."""
    networks, task = _networks(rng, n, p), _data(rng, n, p.examples)
    moments, gradient = _moments(rng, networks, task), _gradient(rng, networks, task)
    shifts = []
    for rate in _rates(p):
        before = networks.part(slice(None))
        train(rng, networks, task, rates=[rate])
        old_moments, old_gradient = moments, gradient
        moments, gradient = _moments(rng, networks, task), _gradient(rng, networks, task)
        shifts.append(
            (
                _drift(old_moments, moments),
                _below_moved(rng, task, old_gradient, before=before, after=networks),
                _relative_change(old_gradient, gradient),
            )
        )
    names = ("input_drift", "gradient_shift", "gradient_change")
    return dict(zip(names, np.mean(shifts, axis=0), strict=True))


def _moments(rng: Rng, networks: Networks, task: LearningTask) -> list[tuple[Array, Array]]:
    """Return the mean and spread, each (network, unit), of each hidden activation's input."""
    return [(pre.mean(axis=1), pre.std(axis=1)) for pre in run(networks, task.x, rng=rng).pre]


def _drift(before: Sequence[tuple[Array, Array]], after: Sequence[tuple[Array, Array]]) -> Array:
    """Return how far the means moved, in standard deviations, averaged over units and layers."""
    moved = [
        np.abs(new - old).mean(axis=1) / np.maximum(spread.mean(axis=1), 1e-12)
        for (old, spread), (new, _) in zip(before, after, strict=True)
    ]
    drift: Array = np.mean(moved, axis=0)
    return drift


def _gradient(rng: Rng, networks: Networks, task: LearningTask) -> list[Array]:
    return find_gradients(networks, task, rng=rng).weights


def _below_moved(
    rng: Rng, task: LearningTask, gradient: list[Array], *, before: Networks, after: Networks
) -> Array:
    """Return ‖G − G′‖/‖G‖, averaged over the layers after the first, shape (network,).

    G is a layer's gradient before the step; G′ the same once only the layers below it have taken
    theirs. Source: Santurkar et al. 2018, definition 2.1.
    """
    mixed, found = before.part(slice(None)), []
    for layer in range(1, len(gradient)):
        for name in ("weights", "biases", "gammas"):
            getattr(mixed, name)[layer - 1] = getattr(after, name)[layer - 1]
        moved = _gradient(rng, mixed, task)[layer]
        found.append(_relative_change([gradient[layer]], [moved]))
    shift: Array = np.mean(found, axis=0)
    return shift


def _relative_change(old: list[Array], new: list[Array]) -> Array:
    """Return ‖new − old‖/‖old‖ of all the layers' gradients together, shape (network,)."""
    moved = sum(np.square(b - a).sum(axis=(1, 2)) for a, b in zip(old, new, strict=True))
    size = sum(np.square(a).sum(axis=(1, 2)) for a in old)
    change: Array = np.sqrt(moved / np.maximum(size, 1e-300))
    return change


COVARIATE_SHIFT = Experiment[NormalizedNetwork](
    name="covariate_shift",
    doc="how far inputs and gradients of hidden layers shift at a step, on the same data",
    parameter_type=NormalizedNetwork,
    quantities=(
        Quantity("input_drift", "move of the means that hidden activations take / their spread"),
        Quantity(
            "gradient_shift",
            "relative change of a layer's gradient when only the layers below it take the step",
        ),
        Quantity("gradient_change", "relative change of the whole gradient over a step"),
    ),
    simulate=_shift,
    elements=lambda p: 2 * _size(p),
    source="Santurkar et al. 2018, arXiv:1805.11604, sections 2 and 3",
    trains=True,
)
