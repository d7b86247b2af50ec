"""Penalised fits beside scikit-learn, each in its own scaling of the objective.

Ours is ‖y − Xw‖²/(2n) + l1·‖w‖₁ + (l2/2)·‖w‖². Lasso has alpha = l1; ElasticNet has alpha = l1 + l2
and l1_ratio = l1/(l1 + l2); Ridge minimises ‖y − Xw‖² + alpha·‖w‖², so its alpha is n·l2.
"""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import (
    elastic_net_threshold,
    ridge_shrinkage,
    soft_threshold,
)
from studytool.numerics.least_squares import (
    draw_designs,
    duality_gap,
    elastic_net,
    largest_penalty,
    ridge,
)
from studytool.numerics.streams import stream

pytestmark = pytest.mark.oracle

DESIGNS: dict[str, tuple[int, int, float]] = {
    "tall": (50, 8, 0.0),
    "alike": (60, 10, 0.95),  # columns that are nearly one another
    "wide": (20, 35, 0.3),  # more features than samples
}
"""Samples, features, and the correlation of every two features."""

PENALTIES = [
    (0.2, 0.0),  # the lasso
    (0.02, 0.0),  # a weak one
    (0.15, 0.1),
    (0.05, 0.5),  # mostly ridge
    (0.0, 0.3),  # ridge, solved at once
]


def _problem(design: str, seed: int = 0) -> tuple[Array, Array]:
    samples, features, rho = DESIGNS[design]
    rng = stream("sklearn", design, seed)
    truth = np.where(np.arange(features) % 3 == 0, np.linspace(-1, 2, features), 0.0)
    return draw_designs(rng, (3, samples, features), truth, noise=0.7, rho=rho)


def _objective(x: Array, y: Array, w: Array, l1: float, l2: float) -> float:
    loss = np.square(y - x @ w).sum() / (2 * len(y))
    return float(loss + l1 * np.abs(w).sum() + l2 / 2 * np.square(w).sum())


def _peer(linear_model: ModuleType, x: Array, y: Array, l1: float, l2: float) -> Any:
    options = {"fit_intercept": False, "tol": 1e-13, "max_iter": 1_000_000}
    if l1 == 0:
        ridge_ = linear_model.Ridge(alpha=len(y) * l2, fit_intercept=False, solver="cholesky")
        return ridge_.fit(x, y)
    if l2 == 0:
        return linear_model.Lasso(alpha=l1, **options).fit(x, y)
    return linear_model.ElasticNet(alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), **options).fit(x, y)


def _kkt_residual(x: Array, y: Array, w: Array, l1: float, l2: float) -> float:
    """Return how far w is from Karush–Kuhn–Tucker: pull = l1·sign(w), within ±l1 where w = 0."""
    pull = x.T @ (y - x @ w) / len(y) - l2 * w
    off = np.where(w == 0, np.maximum(np.abs(pull) - l1, 0.0), np.abs(pull - l1 * np.sign(w)))
    return float(off.max())


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(("l1", "l2"), PENALTIES)
def test_fits(linear_model: ModuleType, design: str, l1: float, l2: float) -> None:
    x, y = _problem(design)
    if l1:
        fit = elastic_net(x, y, l1=l1, l2=l2, gap=1e-13, sweeps=200_000)
        w, gap = fit.coefficients, fit.duality_gap
        assert np.all(gap <= 1e-13 * np.square(y).sum(axis=1) / y.shape[1])
    else:
        w = ridge(x, y, l2)
    for i in range(len(x)):
        peer = _peer(linear_model, x[i], y[i], l1, l2).coef_
        np.testing.assert_allclose(w[i], peer, atol=3e-6)
        best = _objective(x[i], y[i], peer, l1, l2)
        assert _objective(x[i], y[i], w[i], l1, l2) <= best + 1e-12 * np.square(y[i]).mean()
        for both in (w[i], peer):
            assert _kkt_residual(x[i], y[i], both, l1, l2) < 2e-6
        other = _peer(linear_model, x[i], y[i], 1.2 * l1, 1.2 * l2).coef_
        assert np.abs(w[i] - other).max() > 1e-3  # control: another penalty is seen


@pytest.mark.parametrize("design", DESIGNS)
def test_coordinate_descent_without_l1_is_ridge(linear_model: ModuleType, design: str) -> None:
    x, y = _problem(design, seed=1)
    w = elastic_net(x, y, l1=0.0, l2=0.3, sweeps=2_000).coefficients
    for i in range(len(x)):
        peer = _peer(linear_model, x[i], y[i], 0.0, 0.3).coef_
        np.testing.assert_allclose(w[i], peer, atol=1e-9)


@pytest.mark.parametrize(("l1", "l2"), [(0.2, 0.0), (0.15, 0.1)])
def test_the_duality_gap_is_theirs(linear_model: ModuleType, l1: float, l2: float) -> None:
    """At fits that stopped early, where the gap is far from 0."""
    x, y = _problem("alike", seed=2)
    for i in range(len(x)):
        model = linear_model.ElasticNet(
            alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), fit_intercept=False, tol=1e-3
        ).fit(x[i], y[i])
        ours = duality_gap(x[i], y[i], model.coef_, l1=l1, l2=l2)
        least = _objective(x[i], y[i], _peer(linear_model, x[i], y[i], l1, l2).coef_, l1, l2)
        above = _objective(x[i], y[i], model.coef_, l1, l2) - least
        assert above <= ours + 1e-12  # what the certificate says
        assert ours == pytest.approx(model.dual_gap_, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_path(linear_model: ModuleType, design: str) -> None:
    """Along lasso_path from its largest alpha on; it begins where the first coefficient enters."""
    x, y = _problem(design, seed=3)
    largest = float(largest_penalty(x[0], y[0]))
    alphas = largest * np.geomspace(1.0, 0.05, 12)
    _, path, _ = linear_model.lasso_path(x[0], y[0], alphas=alphas, tol=1e-12, max_iter=1_000_000)
    for l1, peer in zip(alphas, path.T, strict=True):
        fit = elastic_net(x[0], y[0], l1=float(l1), gap=1e-13, sweeps=200_000)
        np.testing.assert_allclose(fit.coefficients, peer, atol=1e-5)
    assert np.all(path[:, 0] == 0)
    assert np.any(path[:, 1] != 0)


@pytest.mark.parametrize(("l1", "l2"), [(0.4, 0.0), (0.3, 0.5), (0.0, 0.7)])
def test_closed_forms_of_an_orthonormal_design(
    linear_model: ModuleType, l1: float, l2: float
) -> None:
    rng = stream("orthonormal")
    x = np.sqrt(40) * np.linalg.qr(rng.normal(size=(40, 6)))[0]  # XᵀX/n = I
    y = rng.normal(size=40) + x @ np.linspace(-1, 1, 6)
    z = x.T @ y / 40
    form = elastic_net_threshold(z, l1, l2)
    if l2 == 0:
        np.testing.assert_array_equal(form, soft_threshold(z, l1))
    if l1 == 0:
        np.testing.assert_allclose(form, ridge_shrinkage(z, l2), rtol=1e-15)
    np.testing.assert_allclose(form, _peer(linear_model, x, y, l1, l2).coef_, atol=1e-9)
