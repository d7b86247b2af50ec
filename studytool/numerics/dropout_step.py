"""One step of training with dropout: masks, outputs and gradients of a batch."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.networks import Design, Networks, back, draw_networks, run
from studytool.numerics.streams import Rng
from studytool.numerics.training import LearningTask, find_gradients, smooth_target, squared_loss

Bits = npt.NDArray[np.bool_]

INPUTS = 8


@dataclass(frozen=True, slots=True)
class DropoutStep:
    """Parameters of ``dropout_step``."""

    keep: Annotated[float, Range(0.1, 1.0), "probability that a hidden unit stays"] = 0.5
    width: Annotated[int, Range(1, 64), "hidden units"] = 8
    batch: Annotated[int, Range(1, 64), "examples in the batch"] = 4


def _step(rng: Rng, n: int, p: DropoutStep) -> dict[str, Array]:
    """Run n tanh networks 8–width–1 on a batch as in training, and carry the error back."""
    width, batch = p.width, p.batch
    networks, x, y = _start(rng, n, p, examples=batch)
    kept = run(networks, x, rng=rng)
    gradients = back(networks, kept, squared_loss(kept.output, y)[1])
    into = np.abs(gradients.weights[0]).sum(axis=1)  # (draw, unit)
    pulled = into + np.abs(gradients.weights[1][..., 0])
    mask = kept.masks[0] if kept.masks else np.ones((n, batch, width))  # (draw, example, unit)
    on: Bits = mask > 0
    used = on.any(axis=1)  # (draw, unit)
    return {
        "idle_share": (into == 0).mean(axis=1),
        "dropped_gradient": np.stack([(pulled * side).sum(axis=1) for side in (~used, used)], 1),
        "mask_factor": np.stack(
            [side.sum(axis=(1, 2), dtype=np.float64) for side in (mask, on)], 1
        ),
        "same_mask": np.all(on[:, 0] == on[:, -1], axis=1).astype(np.float64),
        "shared_units": (on[:, 0] & on[:, -1]).mean(axis=1),
        "none_left": np.all(~on[:, 0], axis=1).astype(np.float64),
    }


@dataclass(frozen=True, slots=True)
class DropoutGradient:
    """Parameters of ``dropout_gradient``."""

    keep: Annotated[float, Range(0.1, 1.0), "probability that a hidden unit stays"] = 0.5
    width: Annotated[int, Range(1, 64), "hidden units"] = 24
    batch: Annotated[int, Range(1, 256), "examples in the batch"] = 32


def _start(
    rng: Rng, n: int, p: DropoutStep | DropoutGradient, *, examples: int
) -> tuple[Networks, Array, Array]:
    """Draw untrained tanh networks, inputs (n, examples, 8) and targets (n, examples, 1)."""
    widths = (INPUTS, p.width, 1)
    design = Design(widths, activation="tanh", init="xavier_normal", keep=p.keep)
    x = rng.standard_normal((n, examples, INPUTS))
    return draw_networks(rng, n, design), x, smooth_target(x)


def _alike(p: DropoutStep) -> float:
    keep = p.keep
    return 1.0 if p.batch == 1 else (keep**2 + (1.0 - keep) ** 2) ** p.width


DROPOUT_STEP = Experiment[DropoutStep](
    name="dropout_step",
    doc="one step of training with dropout: masks, outputs and gradients of a batch",
    parameter_type=DropoutStep,
    quantities=(
        Quantity(
            "idle_share",
            "share of hidden units whose incoming weights get no gradient from the batch",
            closed_form=lambda p: (1.0 - p.keep) ** p.batch,
            known=SHARE,
        ),
        Quantity(
            "dropped_gradient",
            "gradient of units dropped in the whole batch / gradient of the others",
            Estimator.RATIO,
            closed_form=lambda _: 0.0,
        ),
        Quantity(
            "mask_factor",
            "what a unit that stays is multiplied by",
            Estimator.RATIO,
            closed_form=lambda p: 1.0 / p.keep,
        ),
        Quantity(
            "same_mask",
            "share of batches whose ends have one mask",
            closed_form=_alike,
            known=SHARE,
        ),
        Quantity(
            "shared_units",
            "share of units that stay for both the first and the last example",
            closed_form=lambda p: p.keep ** (1.0 if p.batch == 1 else 2.0),
            known=SHARE,
        ),
        Quantity(
            "none_left",
            "share of examples for which every unit is dropped",
            closed_form=lambda p: (1.0 - p.keep) ** p.width,
            known=SHARE,
        ),
    ),
    simulate=_step,
    elements=lambda p: (p.batch + 10) * (INPUTS + 6 * p.width),
    source="Srivastava et al. 2014, JMLR 15, sections 4 and 5.1",
)


# --- without the dropped units ----------------------------------------------------------------

THINNED = 64
"""The number of networks that ``dropout_thinning`` compares with themselves, thinned."""


def _thinning(rng: Rng, _n: int, p: DropoutStep) -> dict[str, Array]:
    """Compare outputs and slopes in training with those of networks without the dropped units."""
    networks, x, y = _start(rng, THINNED, p, examples=p.batch)
    kept = run(networks, x, rng=rng)
    gradients = back(networks, kept, squared_loss(kept.output, y)[1])
    on: Bits = kept.masks[0] > 0 if kept.masks else np.ones((*x.shape[:2], p.width), np.bool_)
    gap = np.abs(_pruned(networks, x[:, 0], on[:, 0]) - kept.output[:, 0, 0]).max()
    ways = [rng.standard_normal(w.shape) for w in networks.weights]
    thinned = _thinned_slopes(networks, (x, y), on, ways=ways)
    slopes = sum((g * way).sum(axis=(1, 2)) for g, way in zip(gradients.weights, ways, strict=True))
    ratio = float((slopes * thinned).sum() / np.square(thinned).sum())
    return {"pruned_gap": np.array([gap]), "slope_ratio": np.array([ratio])}


def _pruned(networks: Networks, x: Array, on: Bits) -> Array:
    """Run each network without the units that are off: their weights are taken out.

    Of inputs of shape (n, inputs) and units (n, width); gives shape (n,).
    """
    out = np.empty(len(x))
    first, second = networks.weights
    for i, units in enumerate(on):
        h = np.tanh(x[i] @ first[i][:, units])
        out[i] = h @ second[i][units, 0] / networks.design.keep
    return out


def _thinned_slopes(
    networks: Networks, task: tuple[Array, Array], on: Bits, *, ways: list[Array]
) -> Array:
    """Return each loss's slope along a direction, without the units that are off, shape (n,).

    By a complex step, which takes no difference; the direction moves the weights of the units that
    are off too. Source: Squire & Trapp 1998, SIAM Review 40.
    """
    x, y = task
    first, second = (w + 1e-20j * way for w, way in zip(networks.weights, ways, strict=True))
    h = np.where(on, np.tanh(x @ first), 0.0) / networks.design.keep  # (n, example, unit)
    loss = np.square(h @ second - y).sum(axis=(1, 2)) / (2 * x.shape[1])
    slopes: Array = loss.imag / 1e-20
    return slopes


DROPOUT_THINNING = Experiment[DropoutStep](
    name="dropout_thinning",
    doc="outputs and gradients in training against networks without the dropped units",
    parameter_type=DropoutStep,
    quantities=(
        Quantity(
            "pruned_gap",
            "largest difference of an output from that of the network without the dropped units",
            Estimator.EXACT,
            lambda _: 0.0,
        ),
        Quantity(
            "slope_ratio",
            "slope of the loss in training / slope without the dropped units, in one direction",
            Estimator.EXACT,
            lambda _: 1.0,
        ),
    ),
    simulate=_thinning,
    elements=lambda p: 2.0 * THINNED * (p.batch + 10) * (INPUTS + 6 * p.width),
    source="Srivastava et al. 2014, JMLR 15, sections 4 and 5.1",
)

# --- noise ------------------------------------------------------------------------------------


def _noise(rng: Rng, n: int, p: DropoutGradient) -> dict[str, Array]:
    """Compare the gradient of a batch with that of 256 examples from which nothing is dropped."""
    networks, x, y = _start(rng, n, p, examples=256)
    size = p.batch
    few = _gradient(networks, x[:, :size], y[:, :size], rng)
    whole = _gradient(networks, x, y, None)
    lengths = np.linalg.norm(few, axis=(1, 2)) * np.linalg.norm(whole, axis=(1, 2))
    return {"cosine": (few * whole).sum(axis=(1, 2)) / np.maximum(lengths, 1e-300)}


def _gradient(networks: Networks, x: Array, y: Array, rng: Rng | None) -> Array:
    """Return the gradient of the first layer, shape (n, inputs, width), as :func:`run` runs it."""
    return find_gradients(networks, LearningTask(x, y), rng=rng).weights[0]


DROPOUT_GRADIENT = Experiment[DropoutGradient](
    name="dropout_gradient",
    doc="how well the gradient of a batch points along the whole gradient, under dropout",
    parameter_type=DropoutGradient,
    quantities=(Quantity("cosine", "cosine between the gradients of the first layer"),),
    simulate=_noise,
    elements=lambda p: 256 * (INPUTS + 6 * p.width),
    source="Srivastava et al. 2014, JMLR 15, conclusion",
)
