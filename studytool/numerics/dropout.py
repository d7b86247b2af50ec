"""Dropout: masks, the two conventions, and the scale at test time.

``keep`` is the probability that a unit stays. Classic dropout (Srivastava et al. 2014) multiplies
by the mask in training and by ``keep`` at test; inverted dropout divides by ``keep`` in training.
"""

from dataclasses import dataclass
from math import prod, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.arrays import Array, Flags
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.streams import Rng

_CHANCES = 2**32


def draw_bits(rng: Rng, shape: tuple[int, ...], keep: float) -> Flags:
    """Draw flags of ``shape``: true with probability ``keep`` in (0, 1), to 1.2e-10.

    A flag takes 32 random bits, half of what a float takes.
    """
    size = prod(shape)
    raw = rng.bit_generator.random_raw((size + 1) // 2).view(np.uint32)[:size].reshape(shape)
    bits: Flags = raw < np.uint32(min(round(keep * _CHANCES), _CHANCES - 1))
    return bits


def draw_mask(rng: Rng, shape: tuple[int, ...], keep: float) -> Array:
    """Draw a mask of ``shape``: 1 with probability ``keep`` in (0, 1], else 0."""
    return draw_bits(rng, shape, keep).astype(np.float64) if keep < 1.0 else np.ones(shape)


def dropout(rng: Rng, x: Array, keep: float, *, inverted: bool) -> Array:
    """Return ``x`` under dropout in training: the same shape, one draw for each element.

    Source: Srivastava et al. 2014, JMLR 15, sections 4 and 10.
    """
    scale = 1.0 / keep if inverted else 1.0
    return x * draw_mask(rng, x.shape, keep) * scale


@dataclass(frozen=True, slots=True)
class DropoutLayer:
    """Parameters of ``dropout_layer``."""

    inputs: Annotated[int, Range(1, 4096), "inputs of the unit"] = 20
    keep: Annotated[float, Range(0.01, 1.0), "probability that an input stays"] = 0.8
    convention: Annotated[Literal["classic", "inverted"], "where the scale is set right"] = (
        "classic"
    )


def _layer(rng: Rng, n: int, p: DropoutLayer) -> dict[str, Array]:
    inputs, keep = p.inputs, p.keep
    inverted = p.convention == "inverted"
    x = np.ones((n, inputs))  # (draw, input); each weight is 1/inputs
    trained = dropout(rng, x, keep, inverted=inverted).mean(axis=1)
    tested = np.full(n, 1.0 if inverted else keep)
    return {
        "train_mean": trained,
        "train_variance": trained,
        "test_output": tested,
        "unscaled_ratio": np.stack((np.ones(n), trained), axis=1),
        "scaled_ratio": np.stack((tested, trained), axis=1),
    }


def _scale(p: DropoutLayer) -> float:
    return 1.0 if p.convention == "inverted" else p.keep


def _train_variance(p: DropoutLayer) -> float:
    keep = p.keep
    bernoulli = keep * (1 - keep) / p.inputs
    return bernoulli / keep**2 if p.convention == "inverted" else bernoulli


DROPOUT_LAYER = Experiment[DropoutLayer](
    name="dropout_layer",
    doc="the mean of inputs that are all 1, under dropout",
    parameter_type=DropoutLayer,
    quantities=(
        Quantity("train_mean", "mean output in training", closed_form=_scale),
        Quantity(
            "train_variance",
            "variance of the output in training",
            Estimator.VARIANCE,
            closed_form=_train_variance,
        ),
        Quantity("test_output", "output at test time, all units used", closed_form=_scale),
        Quantity(
            "unscaled_ratio",
            "output with all units and no scaling / mean output in training",
            Estimator.RATIO,
            closed_form=lambda p: 1.0 / _scale(p),
        ),
        Quantity(
            "scaled_ratio",
            "output at test time / mean output in training",
            Estimator.RATIO,
            closed_form=lambda _: 1.0,
        ),
    ),
    simulate=_layer,
    elements=lambda p: 3 * p.inputs,
    source="Srivastava et al. 2014, JMLR 15, section 4 and figure 2",
)


@dataclass(frozen=True, slots=True)
class DropoutEnsemble:
    """Parameters of ``dropout_ensemble``."""

    units: Annotated[int, Range(1, 16), "hidden units; there are 2^units sub-networks"] = 10
    keep: Annotated[float, Range(0.01, 0.99), "probability that a unit stays"] = 0.5


def _ensemble(_rng: Rng, _n: int, p: DropoutEnsemble) -> dict[str, Array]:
    """Average over every mask, each weighted by its probability, and compare with scaling."""
    units, keep = p.units, p.keep
    bits = (np.arange(2**units)[:, None] >> np.arange(units)) & 1  # (mask, unit)
    kept = bits.sum(axis=1)
    probability = keep**kept * (1.0 - keep) ** (units - kept)  # (mask,)
    h = np.linspace(-1.0, 2.0, units)  # hidden values, (unit,)
    linear = bits @ h  # (mask,)
    scaled = keep * h.sum()
    outgoing = h[:, None] * np.cos(np.outer(np.arange(units) + 1.0, [1.0, 2.0, 3.0]))
    each = _softmax(bits @ outgoing)  # (mask, class)
    at_once = _softmax(keep * outgoing.sum(axis=0))
    geometric = np.prod(each ** probability[:, None], axis=0)
    gaps = {
        "linear_gap": float(probability @ linear) - scaled,
        "geometric_gap": np.max(np.abs(geometric / geometric.sum() - at_once)),
        "arithmetic_gap": np.max(np.abs(probability @ each - at_once)),
        "relu_gap": float(probability @ np.maximum(linear, 0)) - max(scaled, 0.0),
    }
    return {name: np.array([abs(float(gap))]) for name, gap in gaps.items()}


def _softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


DROPOUT_ENSEMBLE = Experiment[DropoutEnsemble](
    name="dropout_ensemble",
    doc="the average of all sub-networks, by enumeration, against scaling by keep",
    parameter_type=DropoutEnsemble,
    quantities=(
        Quantity("linear_gap", "difference for a linear unit", Estimator.EXACT, lambda _: 0.0),
        Quantity(
            "geometric_gap",
            "largest difference of the normalised geometric mean for three softmax outputs",
            Estimator.EXACT,
            lambda _: 0.0,
        ),
        Quantity(
            "arithmetic_gap",
            "largest difference of the arithmetic mean for the same, where it is not exact",
            Estimator.EXACT,
        ),
        Quantity("relu_gap", "difference for a ReLU unit, where it is not exact", Estimator.EXACT),
    ),
    simulate=_ensemble,
    elements=lambda p: (p.units + 12.0) * 2.0**p.units,
    source="Hinton et al. 2012, arXiv:1207.0580; Goodfellow et al. 2016, section 7.12",
)


@dataclass(frozen=True, slots=True)
class DropoutRegression:
    """Parameters of ``dropout_regression``."""

    keep: Annotated[float, Range(0.2, 1.0), "probability that an input stays"] = 0.5
    convention: Annotated[Literal["classic", "inverted"], "where the scale is set right"] = (
        "inverted"
    )
    rho: Annotated[float, Range(0.0, 1.0), "correlation of the inputs; 1 makes them the same"] = 0.0
    second: Annotated[
        float, Range(-5.0, 5.0), "true weight of the second input; the first has 1"
    ] = 0.5
    lr: Annotated[float, Range(0.001, 0.05), "learning rate"] = 0.05
    steps: Annotated[int, Range(1, 5000), "steps"] = 400


def _regression(rng: Rng, n: int, p: DropoutRegression) -> dict[str, Array]:
    """Descend example by example on y = x₁ + second·x₂ from the true weights, inputs dropped."""
    keep, inverted = p.keep, p.convention == "inverted"
    truth, rho = np.array([1.0, p.second]), p.rho
    w = np.tile(truth, (n, 1))  # (draw, input)
    for _ in range(p.steps):
        x = rng.standard_normal((n, 2))  # (draw, input)
        x[:, 1] = rho * x[:, 0] + sqrt(1.0 - rho**2) * x[:, 1]
        seen = dropout(rng, x, keep, inverted=inverted)
        error = x @ truth - (seen * w).sum(axis=1)
        w += p.lr * error[:, None] * seen
    first, second = w[:, 0], w[:, 1]
    return {
        "first": first,
        "second": second,
        "test_first": first if inverted else keep * first,
        "ratio": np.stack((second, first), axis=1),
    }


def _regression_weights(p: DropoutRegression) -> tuple[float, float]:
    """Return the mean weights after the steps.

    Along (1, ±1)/√2 a weight moves to a fixed point by the factor 1 − lr·pull at each step.
    """
    keep, rho, second = p.keep, p.rho, p.second
    scale = 1.0 if p.convention == "inverted" else keep
    along = []
    for sign in (1.0, -1.0):
        start, curvature = (1.0 + sign * second) / 2.0, 1.0 + sign * rho
        pull = scale**2 * (curvature + (1.0 - keep) / keep)
        end = scale * curvature * start / pull if pull else start
        along.append(end + (1.0 - p.lr * pull) ** p.steps * (start - end))
    return along[0] + along[1], along[0] - along[1]


def _test_first(p: DropoutRegression) -> float:
    return _regression_weights(p)[0] * (1.0 if p.convention == "inverted" else p.keep)


def _ratio(p: DropoutRegression) -> float:
    first, second = _regression_weights(p)
    return second / first


_DIVERGES = Phrase(
    ko="lr = {lr:g}에서는 가중치가 발산합니다. "
    "이 keep의 역드롭아웃에서는 0.001 이상 {highest:.3g} 이하여야 합니다",
    en="lr = {lr:g} lets the weights diverge; "
    "with this keep and inverted dropout it must be in [0.001, {highest:.3g}]",
)


def _too_fast(p: DropoutRegression) -> Message | None:
    """Refuse a rate at which the division by keep lets the weights' variance grow without end."""
    highest = p.keep**2 / 4.0
    if p.convention == "classic" or p.lr <= highest:
        return None
    return _DIVERGES.of(lr=p.lr, highest=highest)


DROPOUT_REGRESSION = Experiment[DropoutRegression](
    name="dropout_regression",
    doc="linear regression on two inputs under dropout, one example a step",
    parameter_type=DropoutRegression,
    quantities=(
        Quantity("first", "first weight", closed_form=lambda p: _regression_weights(p)[0]),
        Quantity("second", "second weight", closed_form=lambda p: _regression_weights(p)[1]),
        Quantity("test_first", "first weight as used at test time", closed_form=_test_first),
        Quantity("ratio", "second weight / first weight", Estimator.RATIO, _ratio),
    ),
    simulate=_regression,
    elements=lambda _: 14.0,
    refuse=_too_fast,
    source="Srivastava et al. 2014, JMLR 15, section 9.1",
)
