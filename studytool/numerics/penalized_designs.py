"""Penalised least squares on random designs: fits, stability and selection."""

from dataclasses import dataclass
from math import nan, sqrt
from typing import Annotated, Literal

import numpy as np

from studytool.language import Message, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.known_range import SHARE
from studytool.numerics.least_squares import draw_designs, elastic_net, ridge
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class RandomDesign:
    """The size of a random design, and its noise."""

    samples: Annotated[int, Range(5, 2000), "rows of the design"] = 60
    features: Annotated[int, Range(2, 200), "columns of the design"] = 20
    informative: Annotated[int, Range(1, 200), "features with a true coefficient of 1"] = 4
    noise: Annotated[float, Range(0.0, 100), "standard deviation of the noise"] = 0.5


def _truth(p: RandomDesign) -> Array:
    return (np.arange(p.features) < p.informative).astype(np.float64)


def _drawn(rng: Rng, n: int, p: RandomDesign, *, rho: float = 0.0) -> tuple[Array, Array]:
    shape = (n, p.samples, p.features)
    return draw_designs(rng, shape, _truth(p), noise=p.noise, rho=rho)


def _size(p: RandomDesign) -> float:
    return 4.0 * p.samples * p.features


_EMPTY = Phrase(
    ko="{name} = {l1:g}에서는 모형이 비어 모든 계수가 0입니다. "
    "이 표본, 특징과 잡음에서는 0.0001 이상 {highest:.3g} 이하여야 합니다",
    en="{name} = {l1:g} empties the model: every coefficient is 0; "
    "with these samples, features and noise it must be in [0.0001, {highest:.3g}]",
)


def _empties(p: RandomDesign, name: str, l1: float) -> Message | None:
    """Refuse an L1 penalty under which no feature can stay.

    A feature enters at |xᵀy|/n, which is 1 on average and more by chance; six standard errors
    above that nothing is left.
    """
    spread = (p.informative + 1 + p.noise**2) / p.samples
    highest = 1 + 6 * sqrt(spread)
    return None if l1 <= highest else _EMPTY.of(name=name, l1=l1, highest=highest)


@dataclass(frozen=True, slots=True)
class LassoFit(RandomDesign):
    """Parameters of ``lasso_fit``."""

    lam: Annotated[float, Range(1e-4, 1e3), "weight of the L1 penalty"] = 0.1


def _lasso(rng: Rng, n: int, p: LassoFit) -> dict[str, Array]:
    fit = elastic_net(*_drawn(rng, n, p), l1=p.lam)
    return {
        "zeros": fit.zeros,
        "norm": np.linalg.norm(fit.coefficients, axis=1),
        "duality_gap": fit.duality_gap,
    }


LASSO_FIT = Experiment[LassoFit](
    name="lasso_fit",
    doc="the lasso on random designs, by coordinate descent",
    parameter_type=LassoFit,
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("norm", "Euclidean norm of the coefficients"),
        Quantity("duality_gap", "certificate of the optimum"),
    ),
    simulate=_lasso,
    elements=_size,
    refuse=lambda p: _empties(p, "lam", p.lam),
    source="Tibshirani 1996, JRSS B 58, 267",
)


@dataclass(frozen=True, slots=True)
class RidgeFit(RandomDesign):
    """Parameters of ``ridge_fit``."""

    lam: Annotated[float, Range(1e-4, 1e3), "weight of the L2 penalty"] = 0.1


def _ridge(rng: Rng, n: int, p: RidgeFit) -> dict[str, Array]:
    w = ridge(*_drawn(rng, n, p), p.lam)
    return {
        "zeros": np.count_nonzero(w == 0, axis=1).astype(np.float64),
        "norm": np.linalg.norm(w, axis=1),
    }


RIDGE_FIT = Experiment[RidgeFit](
    name="ridge_fit",
    doc="ridge regression on random designs, solved exactly",
    parameter_type=RidgeFit,
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("norm", "Euclidean norm of the coefficients"),
    ),
    simulate=_ridge,
    elements=_size,
    source="Hoerl & Kennard 1970, Technometrics 12, 55",
)


@dataclass(frozen=True, slots=True)
class ElasticNetFit(RandomDesign):
    """Parameters of ``elastic_net_fit``."""

    l1: Annotated[float, Range(1e-4, 1e3), "weight of the L1 penalty"] = 0.1
    l2: Annotated[float, Range(0.0, 1e3), "weight of the L2 penalty; 0 is the lasso"] = 0.1
    unlike: Annotated[float, Range(1e-3, 1.0), "share of noise in the twin; 1 is no twin"] = 0.01


def _elastic_net(rng: Rng, n: int, p: ElasticNetFit) -> dict[str, Array]:
    """Fit designs whose column 1 is column 0 and a share of noise, with a variance of 1."""
    x, y = _drawn(rng, n, p)
    twin = sqrt(1.0 - p.unlike**2) * x[..., 0] + p.unlike * rng.standard_normal(y.shape)
    y += (twin - x[..., 1]) * _truth(p)[1]
    x[..., 1] = twin
    fit = elastic_net(x, y, l1=p.l1, l2=p.l2)
    first, second = fit.coefficients[:, 0], fit.coefficients[:, 1]
    larger = np.maximum(np.maximum(np.abs(first), np.abs(second)), 1e-300)
    return {
        "zeros": fit.zeros,
        "twin_gap": np.abs(first - second) / larger,
        "duality_gap": fit.duality_gap,
    }


ELASTIC_NET_FIT = Experiment[ElasticNetFit](
    name="elastic_net_fit",
    doc="the elastic net on random designs whose first two features are near twins",
    parameter_type=ElasticNetFit,
    quantities=(
        Quantity("zeros", "coefficients that are exactly 0"),
        Quantity("twin_gap", "relative difference of the twins' coefficients"),
        Quantity("duality_gap", "certificate of the optimum"),
    ),
    simulate=_elastic_net,
    elements=_size,
    refuse=lambda p: _empties(p, "l1", p.l1),
    source="Zou & Hastie 2005, JRSS B 67, 301, section 2.3",
)

# --- stability and selection ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CollinearDesigns:
    """Parameters of ``collinear_designs``."""

    method: Annotated[Literal["ols", "ridge", "lasso", "elastic_net"], "the fit"] = "ridge"
    lam: Annotated[
        float, Range(1e-3, 10), "weight of the penalty; shared evenly by the elastic net"
    ] = 0.2
    rho: Annotated[float, Range(0.0, 0.999), "correlation of the two features"] = 0.97
    samples: Annotated[int, Range(8, 1000), "rows of the design"] = 40


def _collinear(rng: Rng, n: int, p: CollinearDesigns) -> dict[str, Array]:
    """Fit two correlated features with true coefficients 1 and 1 and noise 1."""
    shape = (n, p.samples, 2)
    x, y = draw_designs(rng, shape, np.ones(2), noise=1.0, rho=p.rho)
    lam, method = p.lam, p.method
    if method in ("ols", "ridge"):
        return {"coefficient": ridge(x, y, 1e-12 if method == "ols" else lam)[:, 0]}
    halves = {"lasso": (lam, 0.0), "elastic_net": (lam / 2, lam / 2)}[method]
    return {"coefficient": elastic_net(x, y, l1=halves[0], l2=halves[1]).coefficients[:, 0]}


def _least_squares_sd(p: CollinearDesigns) -> float:
    """Return √(1/((1−ρ²)(n−3))), the mean of an inverse Wishart matrix's diagonal."""
    if p.method != "ols":
        return nan
    return sqrt(1.0 / ((1.0 - p.rho**2) * (p.samples - 3.0)))


COLLINEAR_DESIGNS = Experiment[CollinearDesigns](
    name="collinear_designs",
    doc="how much a coefficient varies from data set to data set when two features are alike",
    parameter_type=CollinearDesigns,
    quantities=(
        Quantity(
            "coefficient",
            "standard deviation of the first coefficient over data sets",
            Estimator.STD,
            _least_squares_sd,
        ),
    ),
    simulate=_collinear,
    elements=lambda p: 12 * p.samples,
    source="Hoerl & Kennard 1970, section 2",
)


@dataclass(frozen=True, slots=True)
class FeatureSelection(RandomDesign):
    """Parameters of ``feature_selection``."""

    l1: Annotated[float, Range(0.0, 10), "weight of the L1 penalty; 0 is ridge"] = 0.1
    l2: Annotated[float, Range(0.0, 10), "weight of the L2 penalty"] = 0.0
    rho: Annotated[float, Range(0.0, 0.95), "correlation of every two features"] = 0.5


_NOTHING_TO_TELL_APART = Phrase(
    ko="informative = {informative}: features = {features}에서는 1 이상 {most} 이하여야 합니다. "
    "상관없는 특징도 있어야 합니다",
    en="informative = {informative}: with features = {features} it must be in [1, {most}], "
    "so that some features do not matter",
)
_NO_PENALTY = Phrase(
    ko="l1 = 0, l2 = 0: 둘 가운데 하나는 0보다 커야 합니다",
    en="l1 = 0, l2 = 0: one of them must be above 0",
)


def _selects_nothing(p: FeatureSelection) -> Message | None:
    """Refuse a design whose features all matter, and a fit without a penalty."""
    if p.informative >= p.features:
        return _NOTHING_TO_TELL_APART.of(
            informative=p.informative, features=p.features, most=p.features - 1
        )
    return None if p.l1 or p.l2 else _NO_PENALTY.of()


def _selection(rng: Rng, n: int, p: FeatureSelection) -> dict[str, Array]:
    """Fit each design whole, and its halves apart; l1 = 0 is ridge."""
    x, y = _drawn(rng, n, p, rho=p.rho)
    l1, l2 = p.l1, p.l2
    half = x.shape[1] // 2

    def fit(x: Array, y: Array) -> Array:
        return elastic_net(x, y, l1=l1, l2=l2, gap=1e-6).coefficients if l1 else ridge(x, y, l2)

    w = fit(x, y)
    kept, wanted = w != 0, _truth(p) > 0
    one, other = (fit(x[:, part], y[:, part]) != 0 for part in (slice(half), slice(half, None)))
    either = np.maximum(np.count_nonzero(one | other, axis=1), 1)
    size = np.abs(w)
    pairs = size[:, wanted, None] - size[:, None, ~wanted]
    return {
        "ranking": (0.5 + 0.5 * np.sign(pairs)).mean(axis=(1, 2)),
        "exact_support": np.all(kept == wanted, axis=1).astype(np.float64),
        "false_features": np.count_nonzero(kept & ~wanted, axis=1).astype(np.float64),
        "agreement": np.count_nonzero(one & other, axis=1) / either,
        "zeros": np.count_nonzero(~kept, axis=1).astype(np.float64),
    }


FEATURE_SELECTION = Experiment[FeatureSelection](
    name="feature_selection",
    doc="which features a penalised fit keeps, of those that matter and those that do not",
    parameter_type=FeatureSelection,
    quantities=(
        Quantity("ranking", "chance that a feature that matters has the larger |coefficient|"),
        Quantity(
            "exact_support", "share of fits that keep just the features that matter", known=SHARE
        ),
        Quantity("false_features", "features kept that do not matter"),
        Quantity("agreement", "Jaccard index of what the two halves of the data keep"),
        Quantity("zeros", "coefficients that are exactly 0"),
    ),
    simulate=_selection,
    elements=lambda p: 3 * _size(p) + p.features**2,
    refuse=_selects_nothing,
    source="Zhao & Yu 2006, JMLR 7; Zou & Hastie 2005, section 1",
)
