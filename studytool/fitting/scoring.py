"""Scores of predicted recall, and the standard error of a clustered mean."""

from math import sqrt

import numpy as np

from studytool.numerics.arrays import Array, Flags, Ints
from studytool.numerics.estimate import Estimate

_LEAST_CHANCE = 1e-15


def log_losses(predicted: Array, recalled: Flags) -> Array:
    """Return −ln of the chance given to what happened, shape (review,)."""
    given = np.where(recalled, predicted, 1 - predicted)
    losses: Array = -np.log(np.maximum(given, _LEAST_CHANCE))
    return losses


def squared_errors(predicted: Array, recalled: Flags) -> Array:
    """Return the squared difference of chance and outcome, shape (review,); its mean is Brier's."""
    return np.square(predicted - recalled)


def clustered_mean(values: Array, clusters: Ints) -> Estimate:
    """Estimate a mean of values that depend on each other within clusters.

    The standard error is √(c/(c−1) · Σ_g (Σ_{i in g} (x_i − x̄))²) / n, over c clusters; NaN below
    two. Source: Liang & Zeger 1986, Biometrika 73, 13, with independence as working model.

    Args:
        values: shape (n,).
        clusters: shape (n,), the number of each value's cluster.
    """
    mean = float(values.mean())
    names, place = np.unique(clusters, return_inverse=True)
    sums = np.bincount(place, weights=values - mean)
    count = len(names)
    if count < 2:
        return Estimate(mean, float("nan"), count)
    spread = float(np.square(sums).sum()) * count / (count - 1)
    return Estimate(mean, sqrt(spread) / len(values), count)
