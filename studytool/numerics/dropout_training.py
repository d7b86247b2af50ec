"""Networks trained with dropout on their hidden units."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.dropout import draw_mask
from studytool.numerics.dropout_step import INPUTS
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.networks import Design, Networks, Pass, draw_networks, run
from studytool.numerics.streams import Rng
from studytool.numerics.training import (
    LOSSES,
    LearningTask,
    LossName,
    inference_loss,
    smooth_target,
    train,
)


@dataclass(frozen=True, slots=True)
class DropoutTraining:
    """Parameters of ``dropout_training``."""

    keep: Annotated[float, Range(0.2, 1.0), "probability that a hidden unit stays"] = 0.5
    width: Annotated[int, Range(2, 64), "hidden units"] = 32
    examples: Annotated[int, Range(20, 500), "training examples"] = 100
    noise: Annotated[
        float, Range(0.0, 10.0), "standard deviation of the training targets' noise"
    ] = 0.5
    loss: Annotated[LossName, "the value is learnt, or its sign"] = "squared"
    lr: Annotated[float, Range(1e-4, 1.0), "learning rate"] = 0.05
    steps: Annotated[int, Range(1, 2000), "steps of full-batch descent"] = 300


def _task(rng: Rng, n: int, examples: int, p: DropoutTraining, *, noise: float) -> LearningTask:
    """Draw inputs, and targets sin(2x₀) + x₁ + noise; for the logistic loss their signs as 0 or 1."""
    x = rng.standard_normal((n, examples, INPUTS))
    y = smooth_target(x) + noise * rng.standard_normal((n, examples, 1))
    loss = p.loss
    return LearningTask(x, y if loss == "squared" else (y > 0).astype(np.float64), loss)


def _trained(rng: Rng, n: int, p: DropoutTraining) -> dict[str, Array]:
    """Train n networks, as many at once as stay in the cache."""
    size = max(1, _PART_ELEMENTS // (p.examples * p.width))
    parts = [_part(rng, min(size, n - start), p) for start in range(0, n, size)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


_PART_ELEMENTS = 32_000
"""float64 numbers of the hidden layer's outputs."""


def _part(rng: Rng, n: int, p: DropoutTraining) -> dict[str, Array]:
    """Train n ReLU networks 8–width–1 by full-batch descent; test on 200 examples, no noise."""
    design = Design((INPUTS, p.width, 1), keep=p.keep)
    networks = draw_networks(rng, n, design)
    task = _task(rng, n, p.examples, p, noise=p.noise)
    steps = _train_watched(rng, networks, task, p)
    test = _task(rng, n, 200, p, noise=0.0)
    whole = run(networks, test.x)
    contributions = whole.inputs[1] * networks.weights[1][:, None, :, 0]  # (n, example, unit)
    power = np.square(contributions).mean(axis=1)  # (n, unit)
    strongest = np.take_along_axis(contributions, power.argmax(axis=1)[:, None, None], axis=2)
    loss = LOSSES[test.loss]
    tested = loss(whole.output, test.y)[0]
    return {
        "train_loss": inference_loss(networks, task),
        "test_loss": tested,
        "log10_test_loss": np.log10(np.maximum(tested, 1e-300)),
        "steps_to_fit": steps,
        "mean_weight": _mean_weight(networks),
        "knock_out": loss(whole.output - strongest, test.y)[0] - tested,
        "units_used": np.square(power.sum(axis=1)) / np.maximum(np.square(power).sum(1), 1e-300),
        **_at_test(rng, networks, test, whole),
    }


def _train_watched(rng: Rng, networks: Networks, task: LearningTask, p: DropoutTraining) -> Array:
    """Train; return the steps, in fives, until the loss is a quarter of the first, shape (n,).

    The loss is that of the training set in inference; a network that never gets there counts all
    the steps.
    """
    total = p.steps
    wanted = inference_loss(networks, task) / 4.0
    reached = np.full(len(wanted), float(total))
    for done in range(0, total, 5):
        now = min(done + 5, total)
        train(rng, networks, task, rates=[p.lr] * (now - done))
        fits = inference_loss(networks, task) <= wanted
        reached = np.where(fits, np.minimum(reached, now), reached)
    return reached


def _mean_weight(networks: Networks) -> Array:
    flat = [np.abs(w).reshape(len(w), -1) for w in networks.weights]
    mean: Array = np.concatenate(flat, axis=1).mean(axis=1)
    return mean


_MASKS = 20
"""The outputs under so many random masks are averaged."""


def _at_test(rng: Rng, networks: Networks, test: LearningTask, whole: Pass) -> dict[str, Array]:
    """Return the loss with one random mask, with 20 averaged, and with all units unscaled.

    The output is linear in the mask, so that the average of 20 outputs is the output under their
    masks' average, which counts how many of the 20 keep the unit.
    """
    loss, keep, bias = LOSSES[test.loss], networks.design.keep, networks.biases[1]
    hidden = whole.inputs[1]
    stays = sum(draw_mask(rng, hidden.shape, keep) for _ in range(_MASKS)) / (_MASKS * keep)
    averaged = (hidden * stays) @ networks.weights[1] + bias
    louder = (whole.output - bias) / keep + bias
    return {
        "one_mask_loss": loss(run(networks, test.x, rng=rng).output, test.y)[0],
        "averaged_loss": loss(averaged, test.y)[0],
        "unscaled_loss": loss(louder, test.y)[0],
    }


_DIVERGES = Phrase(
    ko="lr = {lr:g}에서는 가중치가 발산합니다. "
    "이 keep, width와 제곱 손실에서는 0.0001 이상 {highest:.3g} 이하여야 합니다",
    en="lr = {lr:g} lets the weights diverge; "
    "with this keep, width and squared loss it must be in [0.0001, {highest:.3g}]",
)


def _too_fast(p: DropoutTraining) -> Message | None:
    """Refuse a rate at which the loss may diverge: its curvature grows with width/keep.

    At the highest rates allowed none of 2000 networks did in 200 steps on 20 noisy examples.
    """
    keep = p.keep
    highest = min(0.1, 0.15 * keep, 5.0 * keep / p.width)
    if p.loss == "logistic" or p.lr <= highest:
        return None
    return _DIVERGES.of(lr=p.lr, highest=highest)


DROPOUT_TRAINING = Experiment[DropoutTraining](
    name="dropout_training",
    doc="small networks trained with dropout on the hidden units",
    parameter_type=DropoutTraining,
    quantities=(
        Quantity("train_loss", "loss on the training set, all units in use"),
        Quantity("test_loss", "loss on examples without noise, all units in use"),
        Quantity("log10_test_loss", "log10 of the same"),
        Quantity("steps_to_fit", "steps until the training loss is a quarter of the first"),
        Quantity("mean_weight", "mean size of a weight"),
        Quantity("knock_out", "rise of the test loss when the strongest unit is removed"),
        Quantity("units_used", "effective number of units that make up the output"),
        Quantity("one_mask_loss", "test loss with one random mask for each example"),
        Quantity("averaged_loss", "test loss of the average over 20 random masks"),
        Quantity("unscaled_loss", "test loss of classic dropout, its scaling forgotten"),
    ),
    simulate=_trained,
    elements=lambda p: (p.examples + 400) * (INPUTS + 6 * p.width),
    refuse=_too_fast,
    source="Srivastava et al. 2014, JMLR 15, sections 6 and 7",
    trains=True,
)
