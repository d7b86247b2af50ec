"""Scores against scikit-learn; the clustered standard error against theory."""

from math import log, sqrt

import numpy as np
import pytest

from studytool.fitting.scoring import clustered_mean, log_losses, squared_errors
from studytool.numerics.streams import stream


@pytest.mark.parametrize(
    ("chance", "recalled", "log_loss", "squared"),
    [
        (0.9, True, -log(0.9), 0.01),
        (0.9, False, -log(0.1), 0.81),
        (1.0, True, 0.0, 0.0),
        (1.0, False, -log(1e-15), 1.0),  # finite, as in scikit-learn
        (0.0, True, -log(1e-15), 1.0),
    ],
)
def test_one_prediction(chance: float, recalled: bool, log_loss: float, squared: float) -> None:  # noqa: FBT001 - a column
    one = np.array([chance]), np.array([recalled])
    assert log_losses(*one)[0] == pytest.approx(log_loss, rel=1e-12)
    assert squared_errors(*one)[0] == pytest.approx(squared, rel=1e-12)


@pytest.mark.oracle
def test_means_against_sklearn() -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="the oracle group is not installed")
    rng = stream("tests.fitting.scoring")
    chance = rng.uniform(0.01, 0.99, 2000)
    recalled = rng.random(2000) < chance
    assert log_losses(chance, recalled).mean() == pytest.approx(metrics.log_loss(recalled, chance))
    brier = metrics.brier_score_loss(recalled, chance)
    assert squared_errors(chance, recalled).mean() == pytest.approx(brier)


def test_each_value_its_own_cluster_gives_the_plain_standard_error() -> None:
    values = stream("tests.fitting.plain").normal(size=50)
    found = clustered_mean(values, np.arange(50))
    assert found.value == pytest.approx(values.mean())
    assert found.standard_error == pytest.approx(values.std(ddof=1) / sqrt(50))
    assert found.replicates == 50


def test_repeating_values_in_their_clusters_adds_no_certainty() -> None:
    values = stream("tests.fitting.repeated").normal(size=50)
    once = clustered_mean(values, np.arange(50))
    thrice = clustered_mean(np.repeat(values, 3), np.repeat(np.arange(50), 3))
    assert thrice.standard_error == pytest.approx(once.standard_error)


def test_standard_error_against_theory() -> None:
    """Values that share a draw in clusters of 1 to 6: V(sum of n) = n² + n.

    A cluster's sum less its share of the mean has variance V − 2nV/N + n²·V(mean).
    """
    rng = stream("tests.fitting.spread")
    sizes = np.arange(120) % 6 + 1
    clusters = np.repeat(np.arange(120), sizes)
    found = [
        clustered_mean(rng.normal(size=120)[clusters] + rng.normal(size=clusters.size), clusters)
        for _ in range(2000)
    ]
    squares = np.array([one.standard_error**2 for one in found])
    n, own = clusters.size, sizes**2 + sizes
    of_mean = own.sum() / n**2
    wanted = np.sum(own - 2 * sizes * own / n + sizes**2 * of_mean) * 120 / 119 / n**2
    error = squares.std(ddof=1) / sqrt(len(squares))
    assert abs(squares.mean() - wanted) < 5 * error
    assert abs(squares.mean() - of_mean) < of_mean / 50  # of 120 unequal clusters: O(1/120)
    assert abs(2 / n - of_mean) > of_mean / 2  # control: without clusters it would be far off


def test_one_cluster_has_no_standard_error() -> None:
    assert np.isnan(clustered_mean(np.ones(5), np.zeros(5, np.int64)).standard_error)
