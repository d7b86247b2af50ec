"""Every closed form that ``formula --list`` offers, against what its words say, worked out anew.

Moments are integrals by NumPy's Gauss quadrature, slopes are complex steps, penalised coefficients
are minima searched for, schedules and averages are walked step by step: no row repeats its formula.
The points are such that every constant, operator and argument of a form shows.
"""

from collections.abc import Callable
from itertools import product
from math import exp, sqrt, tanh
from statistics import NormalDist

import numpy as np
import pytest

from studytool.numerics.closed_forms import CLOSED_FORMS
from tests.cases import first_quick


def _normal_mean(f: Callable[[np.ndarray], np.ndarray], sd: float) -> float:
    """Integrate f(x)·φ(x/sd)/sd on both sides of 0, where an activation may have its kink."""
    at, weights = np.polynomial.legendre.leggauss(200)
    x = 6 * sd * (at + 1)  # in [0, 12 sd]
    density = np.array([NormalDist(0, sd).pdf(float(one)) for one in x])
    return float(6 * sd * np.sum(weights * density * (f(x) + f(-x))))


def _uniform_variance(limit: float) -> float:
    """Integrate x² over [−limit, limit], of density 1/(2·limit)."""
    at, weights = np.polynomial.legendre.leggauss(20)
    return float(np.sum(weights * (limit * at) ** 2) / 2)


def _slope(f: Callable[[complex], complex], x: float) -> float:
    """Differentiate by a complex step. Source: Squire & Trapp 1998, SIAM Review 40(1)."""
    return f(complex(x, 1e-30)).imag / 1e-30


def _minimum(loss: Callable[[float], float], low: float = -10, high: float = 10) -> float:
    """Return where a convex loss is least, by halving a bracket in the golden ratio."""
    ratio = (sqrt(5) - 1) / 2
    for _ in range(200):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return (low + high) / 2


def _relu(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x, 0.0)


def _kept_variance(kept: float, fan_in: float) -> float:
    """Return the variance of weights under which fan_in products keep a mean square."""
    return 1 / (fan_in * kept)


def _two_sided(fan_in: float, fan_out: float) -> float:
    """Return the variance v for which fan_in·v and fan_out·v are off 1 by as much on both sides."""
    return _minimum(lambda v: abs(fan_in * v - 1 + (fan_out * v - 1)), 0.0, 1.0)


def _penalised(z: float, l1: float, l2: float) -> float:
    return _minimum(lambda w: (z - w) ** 2 / 2 + l1 * abs(w) + l2 / 2 * w**2)


def _walked_average(old: float, new: float, momentum: float, steps: int) -> float:
    for _ in range(steps):
        old += momentum * (new - old)
    return old


def _dropped_variance(x: float, keep: float) -> float:
    """Return the variance of a value that is x/keep with probability keep, else 0."""
    values, chances = np.array([x / keep, 0.0]), np.array([keep, 1 - keep])
    return float(chances @ (values - chances @ values) ** 2)


def _half_turn(t: float, period: float, high: float, low: float) -> float:
    """Return the height of a point that half a turn carries from the top of a wheel to its foot."""
    turned = np.exp(1j * np.pi * t / period).real
    return float(np.interp(turned, [-1, 1], [low, high]))


def _rising(t: float, steps: float, lr: float) -> float:
    return float(np.interp(t, [0, steps], [0, lr]))


def _moved(x: float, mean: float, var: float, gamma: float, beta: float, eps: float) -> float:
    return NormalDist(beta, gamma).inv_cdf(NormalDist(mean, sqrt(var + eps)).cdf(x))


def _leaky(slope: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: np.where(x > 0, x, slope * x)


def _variance_of(f: Callable[[np.ndarray], np.ndarray], sd: float) -> float:
    mean = _normal_mean(f, sd)
    return _normal_mean(lambda x: (f(x) - mean) ** 2, sd)


HALF = _normal_mean(lambda x: _relu(x) ** 2, 1.0)
_SIZES = (1.0, 3.0, 48.0)
_SDS = (0.6, 1.0, 2.5)
_SLOPES = (0.2, 0.7)
_Z = (-2.3, -0.4, 0.3, 1.7)

ROWS: dict[str, tuple[Callable[..., float], list[tuple[float, ...]]]] = {
    "xavier_variance": (_two_sided, [(1, 1), (3, 5), (48, 20)]),
    "xavier_limit": (
        lambda a, b: _minimum(lambda u: (_uniform_variance(u) - _two_sided(a, b)) ** 2, 0, 2),
        [(3, 5), (48, 20)],
    ),
    "he_variance": (lambda n: _kept_variance(HALF, n), [(n,) for n in _SIZES]),
    "he_limit": (
        lambda n: _minimum(lambda u: (_uniform_variance(u) - 1 / (n * HALF)) ** 2, 0, 3),
        [(n,) for n in _SIZES],
    ),
    "lecun_variance": (lambda n: _kept_variance(1.0, n), [(n,) for n in _SIZES]),
    "soft_threshold": (
        lambda z, lam: _penalised(z, lam, 0.0),
        list(product(_Z, (0.0, 0.35, 1.2))),
    ),
    "elastic_net_threshold": (_penalised, list(product(_Z, (0.0, 0.35), (0.0, 0.8)))),
    "ridge_shrinkage": (lambda z, lam: _penalised(z, 0.0, lam), list(product(_Z, (0.0, 0.8)))),
    "cosine_annealing": (
        _half_turn,
        [(t, period, 0.3, 0.02) for t in (0.0, 0.7, 20.0, 33.0, 55.0) for period in (1.0, 40.0)],
    ),
    "linear_warmup": (_rising, [(t, 8.0, 0.3) for t in (0.0, 3.0, 8.0, 20.0)]),
    "sigmoid_derivative": (
        lambda x: _slope(lambda z: 1 / (1 + np.exp(-z)), x),
        [(x,) for x in (-3.0, 0.0, 0.9)],
    ),
    "tanh_derivative": (lambda x: _slope(np.tanh, x), [(x,) for x in (-2.0, 0.0, 0.9)]),
    "elu_derivative": (
        lambda x, alpha: _slope(lambda z: z if z.real > 0 else alpha * (np.exp(z) - 1), x),
        [(x, alpha) for x in (-1.5, 0.0, 0.4, 2.0) for alpha in (0.5, 1.6)],
    ),
    "relu_second_moment": (
        lambda sd: _normal_mean(lambda x: _relu(x) ** 2, sd),
        [(sd,) for sd in _SDS],
    ),
    "relu_mean": (lambda sd: _normal_mean(_relu, sd), [(sd,) for sd in _SDS]),
    "relu_variance": (lambda sd: _variance_of(_relu, sd), [(sd,) for sd in _SDS]),
    "leaky_relu_second_moment": (
        lambda sd, slope: _normal_mean(lambda x: _leaky(slope)(x) ** 2, sd),
        list(product(_SDS, _SLOPES)),
    ),
    "leaky_relu_variance": (
        lambda n, slope: _kept_variance(_normal_mean(lambda x: _leaky(slope)(x) ** 2, 1.0), n),
        list(product(_SIZES, _SLOPES)),
    ),
    "dropout_variance": (_dropped_variance, [(x, k) for x in (-1.5, 2.0) for k in (0.2, 0.7, 1.0)]),
    "batch_norm": (
        _moved,
        [(1.3, 0.4, 0.5, 1.7, -0.6, 0.2), (-0.8, 0.4, 2.5, 0.7, 0.9, 1e-5)],
    ),
    "running_average": (
        lambda old, new, momentum, steps: _walked_average(old, new, momentum, int(steps)),
        [(2.0, 3.5, 0.1, float(steps)) for steps in (0, 1, 7)],
    ),
}


def test_every_form_has_a_row() -> None:
    assert set(ROWS) == set(CLOSED_FORMS)


@pytest.mark.parametrize("name", first_quick(ROWS))
def test_closed_form_is_what_its_words_say(name: str) -> None:
    theory, points = ROWS[name]
    for point in points:
        found = float(CLOSED_FORMS[name].function(*point))
        assert found == pytest.approx(theory(*point), rel=1e-6, abs=1e-7), point


def test_the_logistic_slope_by_hand() -> None:
    """σ(1)(1 − σ(1)) and 1 − tanh²(1), from Python's own functions."""
    s = 1 / (1 + exp(-1))
    assert float(CLOSED_FORMS["sigmoid_derivative"].function(1.0)) == pytest.approx(s * (1 - s))
    assert float(CLOSED_FORMS["tanh_derivative"].function(1.0)) == pytest.approx(1 - tanh(1) ** 2)
