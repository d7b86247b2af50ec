"""Closed forms beside scipy.integrate, scipy.stats and scipy.signal; estimates beside scipy.stats."""

from collections.abc import Callable
from math import isfinite, sqrt
from types import ModuleType

import numpy as np
import pytest

from studytool.numerics import closed_forms
from studytool.numerics.activations import (
    ACTIVATION_MOMENTS,
    ACTIVATIONS,
    DERIVATIVES,
    Activation,
    sigmoid,
)
from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import (
    batch_norm,
    dropout_variance,
    running_average,
    sigmoid_derivative,
)
from studytool.numerics.dropout import DROPOUT_LAYER
from studytool.numerics.estimate import Estimator, Moments
from studytool.numerics.penalized_designs import COLLINEAR_DESIGNS
from studytool.numerics.penalty_balls import BALL_PROJECTION
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate

pytestmark = pytest.mark.oracle

NEAR = 1e-9
"""Relative; quad is asked for 1e-11."""


def _normal_mean(
    integrate: ModuleType, stats: ModuleType, f: Callable[[float], float], sd: float
) -> float:
    """Integrate f(x) over x ~ N(0, sd²); in halves, since f may have a kink at 0."""
    density = stats.norm(scale=sd).pdf
    halves = [
        integrate.quad(lambda x: f(x) * density(x), *ends, epsabs=1e-13, epsrel=1e-11, limit=200)
        for ends in ((-12 * sd, 0.0), (0.0, 12 * sd))
    ]
    return float(sum(half[0] for half in halves))


MOMENTS: dict[str, tuple[tuple[float, ...], Callable[..., float]]] = {
    "relu_mean": ((), lambda x: max(x, 0.0)),
    "relu_second_moment": ((), lambda x: max(x, 0.0) ** 2),
    "leaky_relu_second_moment": ((0.3,), lambda x, slope: max(x, slope * x) ** 2),
}
"""Closed form of (sd, further arguments), and what it is the mean of."""


@pytest.mark.parametrize("name", MOMENTS)
@pytest.mark.parametrize("sd", [0.2, 1.0, 3.5])
def test_moments_of_a_rectified_normal(
    integrate: ModuleType, stats: ModuleType, name: str, sd: float
) -> None:
    more, f = MOMENTS[name]
    found = getattr(closed_forms, name)(sd, *more)
    expected = _normal_mean(integrate, stats, lambda x: f(x, *more), sd)
    assert found == pytest.approx(expected, rel=NEAR)


@pytest.mark.parametrize("sd", [0.2, 1.0, 3.5])
def test_relu_variance(integrate: ModuleType, stats: ModuleType, sd: float) -> None:
    mean = _normal_mean(integrate, stats, lambda x: max(x, 0.0), sd)
    variance = _normal_mean(integrate, stats, lambda x: (max(x, 0.0) - mean) ** 2, sd)
    assert closed_forms.relu_variance(sd) == pytest.approx(variance, rel=NEAR)


def test_leaky_relu_variance_keeps_the_second_moment(
    integrate: ModuleType, stats: ModuleType
) -> None:
    fan_in, slope = 40, 0.3
    sd = sqrt(fan_in * float(closed_forms.leaky_relu_variance(fan_in, slope)))
    kept = _normal_mean(integrate, stats, lambda x: max(x, slope * x) ** 2, sd)
    assert kept == pytest.approx(1.0, rel=NEAR)


AVERAGED: dict[str, Callable[[float, float], float]] = {
    "mean": lambda value, _: value,
    "second_moment": lambda value, _: value**2,
    "derivative_mean": lambda _, slope: slope,
    "derivative_mean_square": lambda _, slope: slope**2,
}
"""What a quantity averages, from an activation's value and slope."""
_FORMS = [
    (quantity.name, activation)
    for quantity in ACTIVATION_MOMENTS.quantities
    if quantity.name in AVERAGED and quantity.closed_form is not None
    for activation in ACTIVATIONS
    if isfinite(quantity.closed_form(ACTIVATION_MOMENTS.bind({"activation": activation})))
]


@pytest.mark.parametrize(("quantity", "activation"), _FORMS)
@pytest.mark.parametrize("sd", [0.5, 2.0])
def test_moments_of_activations(
    integrate: ModuleType, stats: ModuleType, quantity: str, activation: Activation, sd: float
) -> None:
    def averaged(x: float) -> float:
        at = np.array(x)
        both = ACTIVATIONS[activation](at), DERIVATIVES[activation](at)
        return float(AVERAGED[quantity](*map(float, both)))

    form = ACTIVATION_MOMENTS.quantity(quantity).closed_form
    assert form is not None
    found = form(ACTIVATION_MOMENTS.bind({"activation": activation, "sd": sd}))
    expected = _normal_mean(integrate, stats, averaged, sd)
    assert found == pytest.approx(expected, rel=NEAR, abs=1e-12)


@pytest.mark.parametrize(("name", "fans"), [("xavier", (64, 32)), ("he", (50,))])
def test_a_limit_belongs_to_its_variance(
    stats: ModuleType, name: str, fans: tuple[int, ...]
) -> None:
    limit = float(getattr(closed_forms, f"{name}_limit")(*fans))
    variance = stats.uniform(-limit, 2 * limit).var()
    assert getattr(closed_forms, f"{name}_variance")(*fans) == pytest.approx(variance, rel=1e-12)


@pytest.mark.parametrize(("x", "keep"), [(1.0, 0.5), (-3.0, 0.8), (0.2, 0.05)])
def test_dropout_variance(stats: ModuleType, x: float, keep: float) -> None:
    variance = (x / keep) ** 2 * stats.bernoulli(keep).var()
    assert dropout_variance(x, keep) == pytest.approx(variance, rel=1e-12)


@pytest.mark.parametrize(("convention", "scale"), [("classic", 1.0), ("inverted", 1 / 0.7)])
def test_dropout_layer_is_a_binomial(stats: ModuleType, convention: str, scale: float) -> None:
    parameters = DROPOUT_LAYER.bind({"inputs": 30, "keep": 0.7, "convention": convention})
    kept = stats.binom(30, 0.7)
    for quantity, expected in (
        ("train_mean", scale * kept.mean() / 30),
        ("train_variance", scale**2 * kept.var() / 30**2),
    ):
        form = DROPOUT_LAYER.quantity(quantity).closed_form
        assert form is not None
        assert form(parameters) == pytest.approx(expected, rel=1e-12)


def test_batch_norm_is_a_z_score(stats: ModuleType) -> None:
    x = stream("z-score").normal(3, 2, 50)
    ours = batch_norm(x, float(x.mean()), float(x.var()), 1.0, 0.0, 0.0)
    np.testing.assert_allclose(ours, stats.zscore(x), rtol=1e-12)


@pytest.mark.parametrize("momentum", [0.05, 0.9])
def test_running_average_is_a_filter(signal: ModuleType, momentum: float) -> None:
    """The average of one value for ever is a first-order filter's step response."""
    steps, old, new = 30, -2.0, 5.0
    start = [(1 - momentum) * old]
    filtered, _ = signal.lfilter([momentum], [1, momentum - 1], np.full(steps, new), zi=start)
    ours = running_average(old, new, momentum, np.arange(1.0, steps + 1))
    np.testing.assert_allclose(ours, filtered, rtol=1e-12)


def test_sigmoid_is_the_logistic_distribution(stats: ModuleType) -> None:
    x = np.linspace(-30, 30, 601)
    np.testing.assert_allclose(sigmoid(x), stats.logistic.cdf(x), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(sigmoid_derivative(x), stats.logistic.pdf(x), rtol=1e-12)


@pytest.mark.parametrize(("radius", "distance"), [(1.0, 2.0), (1.5, 1.6), (0.1, 9.0)])
def test_directions_that_the_diamond_sends_to_an_axis(
    integrate: ModuleType, radius: float, distance: float
) -> None:
    def sent(angle: float) -> float:
        x, y = abs(distance * np.cos(angle)), abs(distance * np.sin(angle))
        return float(abs(x - y) >= radius)

    form = BALL_PROJECTION.quantity("l1_zero_share").closed_form
    assert form is not None
    turn = np.arcsin(radius / (sqrt(2) * distance))  # where the indicator jumps
    ends = [np.pi / 4 - turn, np.pi / 4 + turn]
    share = integrate.quad(sent, 0, np.pi / 2, points=ends)[0] / (np.pi / 2)
    found = form(BALL_PROJECTION.bind({"radius": radius, "distance": distance}))
    assert found == pytest.approx(share, rel=1e-6)


def test_least_squares_spread_is_an_inverse_wishart_mean(stats: ModuleType) -> None:
    samples, rho = 40, 0.9
    correlation = np.array([[1, rho], [rho, 1]])
    mean = stats.invwishart(df=samples, scale=np.linalg.inv(correlation)).mean()
    form = COLLINEAR_DESIGNS.quantity("coefficient").closed_form
    assert form is not None
    found = form(COLLINEAR_DESIGNS.bind({"method": "ols", "rho": rho, "samples": samples}))
    assert found == pytest.approx(sqrt(mean[0, 0]), rel=1e-12)


# --- estimates --------------------------------------------------------------------------------


def _skewed() -> Array:
    return stream("skewed").exponential(2.0, 4096)


def test_moments(stats: ModuleType) -> None:
    sample = _skewed()
    ours, peer = Moments.of(sample), stats.describe(sample)
    assert ours.mean == pytest.approx(peer.mean, rel=1e-12)
    assert ours.variance == pytest.approx(peer.variance, rel=1e-12)
    for order, found in ((3, ours.sum3), (4, ours.sum4)):
        assert found / sample.size == pytest.approx(stats.moment(sample, order=order), rel=1e-12)


def test_the_standard_error_of_a_mean(stats: ModuleType) -> None:
    sample = _skewed()
    found = estimate(sample, Estimator.MEAN)
    assert found.standard_error == pytest.approx(stats.sem(sample), rel=1e-12)


@pytest.mark.parametrize(
    ("estimator", "statistic"),
    [
        (Estimator.VARIANCE, lambda x, axis: np.var(x, axis=axis, ddof=1)),
        (Estimator.STD, lambda x, axis: np.std(x, axis=axis, ddof=1)),
        (Estimator.MEDIAN, np.median),
    ],
)
def test_standard_errors_against_the_bootstrap(
    stats: ModuleType, estimator: Estimator, statistic: Callable[..., Array]
) -> None:
    """Within 5 % for moments; a median's comes from 64 batches and is itself 9 % uncertain."""
    sample = _skewed()
    found = estimate(sample, estimator)
    resampled = stats.bootstrap(
        (sample,),
        statistic,
        n_resamples=4000,
        batch=500,
        method="percentile",
        rng=stream("bootstrap", estimator),
    )
    ratio = found.standard_error / resampled.standard_error
    own = 1 / sqrt(2 * 63) if estimator is Estimator.MEDIAN else 0.0
    bootstrap = 1 / sqrt(2 * 4000)
    assert abs(ratio - 1) < 3 * own + 5 * bootstrap


def test_the_standard_error_of_a_ratio_against_the_bootstrap(stats: ModuleType) -> None:
    rng = stream("ratio")
    top = rng.exponential(1.0, 4096)
    bottom = top + rng.exponential(1.0, 4096)
    found = estimate(np.stack((top, bottom), axis=1), Estimator.RATIO)
    resampled = stats.bootstrap(
        (top, bottom),
        lambda a, b, axis: a.mean(axis=axis) / b.mean(axis=axis),
        n_resamples=4000,
        batch=500,
        method="percentile",
        paired=True,
        vectorized=True,
        rng=stream("ratio bootstrap"),
    )
    ratio = found.standard_error / resampled.standard_error
    assert abs(ratio - 1) < 5 / sqrt(2 * 4000)  # the bootstrap's own error
