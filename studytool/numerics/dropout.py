"""Dropout: masks, the two conventions, and the scale at test time.

``keep`` is the probability that a unit stays. Classic dropout (Srivastava et al. 2014) multiplies
by the mask in training and by ``keep`` at test; inverted dropout divides by ``keep`` in training.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Number, Quantity, Value, Word
from studytool.numerics.streams import Rng

Array = npt.NDArray[np.float64]


def draw_mask(rng: Rng, shape: tuple[int, ...], keep: float) -> Array:
    """Draw a mask: 1 with probability ``keep`` in (0, 1], else 0."""
    return (rng.random(shape) < keep).astype(np.float64)


def dropout(rng: Rng, x: Array, keep: float, *, inverted: bool) -> Array:
    """Apply dropout in training to ``x`` of any shape, one draw for each element."""
    scale = 1.0 / keep if inverted else 1.0
    return x * draw_mask(rng, x.shape, keep) * scale


def _layer(rng: Rng, n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    inputs, keep = int(p["inputs"]), float(p["keep"])
    inverted = p["convention"] == "inverted"
    x = np.ones((n, inputs))  # (draw, input); each weight is 1/inputs
    trained = dropout(rng, x, keep, inverted=inverted).mean(axis=1)
    tested = np.full(n, 1.0 if inverted else keep)
    return {
        "train_mean": trained,
        "train_variance": trained,
        "test_output": tested,
        "unscaled_ratio": np.stack((np.ones(n), trained), axis=1),
    }


def _scale(p: Mapping[str, Value]) -> float:
    return 1.0 if p["convention"] == "inverted" else float(p["keep"])


def _train_variance(p: Mapping[str, Value]) -> float:
    keep = float(p["keep"])
    bernoulli = keep * (1 - keep) / float(p["inputs"])
    return bernoulli / keep**2 if p["convention"] == "inverted" else bernoulli


DROPOUT_LAYER = Experiment(
    name="dropout_layer",
    doc="the mean of inputs that are all 1, under dropout",
    parameters=(
        Number("inputs", 20, 1, 4096, "inputs of the unit", whole=True),
        Number("keep", 0.8, 0.01, 1.0, "probability that an input stays"),
        Word("convention", "classic", ("classic", "inverted"), "where the scale is set right"),
    ),
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
    ),
    simulate=_layer,
    elements=lambda p: 3 * float(p["inputs"]),
    source="Srivastava et al. 2014, JMLR 15, section 4 and figure 2",
)


def _ensemble(_rng: Rng, _n: int, p: Mapping[str, Value]) -> dict[str, Array]:
    """Average over every mask, each weighted by its probability, and compare with scaling."""
    units, keep = int(p["units"]), float(p["keep"])
    bits = (np.arange(2**units)[:, None] >> np.arange(units)) & 1  # (mask, unit)
    kept = bits.sum(axis=1)
    probability = keep**kept * (1.0 - keep) ** (units - kept)  # (mask,)
    h = np.linspace(-1.0, 2.0, units)  # hidden values, (unit,)
    linear = bits @ h  # (mask,)
    scaled = keep * h.sum()
    log_odds = float(probability @ linear)
    return {
        "linear_gap": np.array([abs(float(probability @ linear) - scaled)]),
        "geometric_gap": np.array([abs(_sigmoid(log_odds) - _sigmoid(scaled))]),
        "relu_gap": np.array([abs(float(probability @ np.maximum(linear, 0)) - max(scaled, 0.0))]),
    }


def _sigmoid(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))


DROPOUT_ENSEMBLE = Experiment(
    name="dropout_ensemble",
    doc="the average of all sub-networks, by enumeration, against scaling by keep",
    parameters=(
        Number("units", 10, 1, 16, "hidden units; there are 2^units sub-networks", whole=True),
        Number("keep", 0.5, 0.01, 0.99, "probability that a unit stays"),
    ),
    quantities=(
        Quantity("linear_gap", "difference for a linear unit", Estimator.EXACT, lambda _: 0.0),
        Quantity(
            "geometric_gap",
            "difference of the normalised geometric mean for a sigmoid output",
            Estimator.EXACT,
            lambda _: 0.0,
        ),
        Quantity("relu_gap", "difference for a ReLU unit, where it is not exact", Estimator.EXACT),
    ),
    simulate=_ensemble,
    elements=lambda p: 4.0 * 2.0 ** float(p["units"]),
    source="Hinton et al. 2012, arXiv:1207.0580; Goodfellow et al. 2016, section 7.12",
)
