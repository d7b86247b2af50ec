"""Solutions of the lasso and the elastic net: where they are empty, and how one is the other."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.least_squares import draw_designs, elastic_net, largest_penalty
from studytool.numerics.streams import Rng

SAMPLES, FEATURES = 30, 6
TRUTH = np.array([1.0, -1.0, 0.5, 0.0, 0.0, 0.0])


@dataclass(frozen=True, slots=True)
class LassoEdge:
    """Parameters of ``lasso_edge``."""

    factor: Annotated[float, Range(0.01, 10), "the penalty / max|xᵀy|/n of each data set"] = 0.5


def _edge(rng: Rng, n: int, p: LassoEdge) -> dict[str, Array]:
    """Fit each data set at a multiple of its max|xᵀy|/n, by scaling the data to a max of 1."""
    x, y = draw_designs(rng, (n, SAMPLES, FEATURES), TRUTH, noise=1.0)
    moment = np.abs((x.transpose(0, 2, 1) @ y[..., None])[..., 0])  # (draw, feature)
    y = y / largest_penalty(x, y)[:, None]
    w = elastic_net(x, y, l1=p.factor).coefficients
    kept = w != 0
    alone = np.count_nonzero(kept, axis=1) == 1
    strongest = kept[np.arange(n), moment.argmax(axis=1)]
    return {
        "empty": (~kept.any(axis=1)).astype(np.float64),
        "strongest_alone": (alone & strongest).astype(np.float64),
        "largest": np.abs(w).max(axis=1),
    }


LASSO_EDGE = Experiment[LassoEdge](
    name="lasso_edge",
    doc="which features the lasso keeps where its penalty is about to empty the model",
    parameter_type=LassoEdge,
    quantities=(
        Quantity("empty", "share of data sets in which every coefficient is 0", known=SHARE),
        Quantity(
            "strongest_alone",
            "share that keep the feature of the largest |xᵀy|, and no other",
            known=SHARE,
        ),
        Quantity("largest", "largest |coefficient|, where max|xᵀy|/n is 1"),
    ),
    simulate=_edge,
    elements=lambda _: 4.0 * SAMPLES * FEATURES,
    source="Friedman, Hastie & Tibshirani 2010, JSS 33(1), section 2.5",
)


@dataclass(frozen=True, slots=True)
class AugmentedLasso:
    """Parameters of ``augmented_lasso``."""

    l1: Annotated[float, Range(1e-3, 10), "weight of the L1 penalty"] = 0.1
    l2: Annotated[float, Range(1e-3, 10), "weight of the L2 penalty"] = 0.5
    rows: Annotated[float, Range(0.0, 10), "factor on the squares of the rows that are added"] = 1.0


def _augmented(rng: Rng, _n: int, p: AugmentedLasso) -> dict[str, Array]:
    """Fit 20 data sets by the elastic net, and by the lasso with rows √(n·l2)·I and targets 0.

    The lasso divides by all rows, so its data are scaled by √(all rows / n).
    """
    n, rows = 20, SAMPLES + FEATURES
    x, y = draw_designs(rng, (n, SAMPLES, FEATURES), TRUTH, noise=1.0, rho=0.5)
    net = elastic_net(x, y, l1=p.l1, l2=p.l2, gap=1e-14).coefficients
    ridge_rows = np.sqrt(p.rows * SAMPLES * p.l2) * np.eye(FEATURES)
    scale = np.sqrt(rows / SAMPLES)
    more_x = scale * np.concatenate((x, np.broadcast_to(ridge_rows, (n, FEATURES, FEATURES))), 1)
    more_y = scale * np.concatenate((y, np.zeros((n, FEATURES))), axis=1)
    lasso = elastic_net(more_x, more_y, l1=p.l1, gap=1e-14).coefficients
    far = np.abs(net - lasso).max(axis=1) / np.maximum(np.abs(net).max(axis=1), 1e-12)
    return {"gap": np.array([far.max()])}


AUGMENTED_LASSO = Experiment[AugmentedLasso](
    name="augmented_lasso",
    doc="the elastic net beside the lasso on data to which rows are added",
    parameter_type=AugmentedLasso,
    quantities=(
        Quantity(
            "gap",
            "largest difference of a coefficient / largest coefficient, over 20 data sets",
            Estimator.EXACT,
        ),
    ),
    simulate=_augmented,
    elements=lambda _: 20_000.0,
    source="Zou & Hastie 2005, lemma 1",
)


@dataclass(frozen=True, slots=True)
class WideFit:
    """Parameters of ``wide_fit``."""

    l1: Annotated[float, Range(1e-3, 1.0), "weight of the L1 penalty"] = 0.05
    l2: Annotated[float, Range(0.0, 10), "weight of the L2 penalty; 0 is the lasso"] = 0.0
    samples: Annotated[int, Range(3, 200), "rows of the design"] = 6
    features: Annotated[int, Range(3, 40), "columns of the design; all matter"] = 15


def _wide(rng: Rng, n: int, p: WideFit) -> dict[str, Array]:
    """Fit designs whose features all have a true coefficient of 1, with noise 0.5."""
    shape = (n, p.samples, p.features)
    x, y = draw_designs(rng, shape, np.ones(p.features), noise=0.5)
    fit = elastic_net(x, y, l1=p.l1, l2=p.l2, gap=1e-6)
    kept = p.features - fit.zeros
    return {"kept": kept, "beyond_samples": (kept > p.samples).astype(np.float64)}


WIDE_FIT = Experiment[WideFit](
    name="wide_fit",
    doc="how many features a fit keeps where there are more of them than samples",
    parameter_type=WideFit,
    quantities=(
        Quantity("kept", "coefficients that are not 0"),
        Quantity(
            "beyond_samples",
            "share of data sets that keep more features than samples",
            known=SHARE,
        ),
    ),
    simulate=_wide,
    elements=lambda p: 4.0 * p.samples * p.features,
    source="Zou & Hastie 2005, section 1",
)
