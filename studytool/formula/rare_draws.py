"""The values of each law so rare that a sample seldom has them, by their chance.

The far ends are good to a small factor in the chance, by Wilson and Hilferty's root of a gamma draw
and by Cornish and Fisher's skew of a count, which is near enough to ask what a formula makes of
them. Source: Johnson, Kemp & Kotz 2005, Univariate Discrete Distributions, chapters 3 and 4;
Johnson, Kotz & Balakrishnan 1994, Continuous Univariate Distributions, section 17.5.
"""

from collections.abc import Callable, Mapping
from statistics import NormalDist

import numpy as np

from studytool.numerics.arrays import Array

_inverse_normal = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])


def rare_values(law: str, is_high: Array, chance: Array, parameters: list[Array]) -> Array:
    """Return the values beyond which a law has so small a chance: shape (n,).

    Args:
        law: one of ``LAWS``.
        is_high: whether beyond is above, shape (n,).
        chance: in (0, 1/2], shape (n,).
        parameters: of the law, each of shape (n,).
    """
    with np.errstate(all="ignore"):
        values: Array = _QUANTILES[law](is_high, chance, *parameters)
    return values


def _normal(is_high: Array, chance: Array, mean: Array, sd: Array) -> Array:
    return mean + sd * _deviations(is_high, chance)


def _deviations(is_high: Array, chance: Array) -> Array:
    below: Array = _inverse_normal(chance)
    return np.where(is_high, -below, below)


def _uniform(is_high: Array, chance: Array, low: Array, high: Array) -> Array:
    step = (high - low) * chance
    return np.where(is_high, high - step, low + step)


def _bernoulli(is_high: Array, chance: Array, p: Array) -> Array:
    return np.where(is_high, p > 1 - chance, chance < p).astype(np.float64)


def _exponential(is_high: Array, chance: Array, mean: Array) -> Array:
    return -mean * np.where(is_high, np.log(chance), np.log1p(-chance))


def _choice(is_high: Array, chance: Array, count: Array) -> Array:
    place = np.floor(chance * count)
    return np.where(is_high, count - 1 - place, place)


def _count(z: Array, mean: Array, variance: Array, skewed: Array) -> Array:
    """Return a whole number with so many expected, where ``skewed`` is the third cumulant."""
    skew = np.divide(skewed, 6 * variance, out=np.zeros_like(variance), where=variance > 0)
    longer = np.where(z * skew > 0, skew * (z**2 - 1), 0.0)  # on the tail's longer side alone
    return np.maximum(np.round(mean + z * np.sqrt(variance) + longer), 0)


def _binomial(is_high: Array, chance: Array, count: Array, p: Array) -> Array:
    variance = count * p * (1 - p)
    drawn = _count(_deviations(is_high, chance), count * p, variance, variance * (1 - 2 * p))
    return np.minimum(drawn, count)


def _poisson(is_high: Array, chance: Array, mean: Array) -> Array:
    return _count(_deviations(is_high, chance), mean, mean, mean)


def _geometric(is_high: Array, chance: Array, p: Array) -> Array:
    missed = np.where(is_high, np.log(chance), np.log1p(-chance))
    return 1 + np.floor(missed / np.log1p(-p))  # what is sure at once is infinitely rare to miss


def _gamma(is_high: Array, chance: Array, k: Array, scale: Array) -> Array:
    root = 1 - 1 / (9 * k) + _deviations(is_high, chance) / (3 * np.sqrt(k))
    size: Array = np.maximum(root, 0)
    return scale * k * size**3


_QUANTILES: Mapping[str, Callable[..., Array]] = {
    "normal": _normal,
    "uniform": _uniform,
    "bernoulli": _bernoulli,
    "exponential": _exponential,
    "choice": _choice,
    "binomial": _binomial,
    "poisson": _poisson,
    "geometric": _geometric,
    "gamma": _gamma,
}
LAWS = frozenset(_QUANTILES)
"""All but a permutation, none of whose values is rarer than another."""
