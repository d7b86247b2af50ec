"""Prediction by a penalised fit: the grids, the designs of Zou & Hastie, and the choice by hand."""

from math import sqrt
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studytool.numerics.penalty_prediction import (
    PENALTY_PREDICTION,
    _penalties,
    _predicted_designs,
)
from studytool.numerics.streams import stream


def test_the_pairs_of_penalties_that_are_tried() -> None:
    strengths = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    assert _penalties("lasso", strengths) == [(one, 0.0) for one in strengths]
    assert _penalties("ridge", strengths) == [(0.0, one) for one in strengths]
    assert _penalties("elastic_net", strengths) == [(one / 2, one / 2) for one in strengths]
    every_other = [1.0, 4.0, 16.0]
    assert _penalties("two_penalties", strengths) == [
        (l1, l2) for l1 in every_other for l2 in every_other
    ]


@pytest.mark.parametrize("design", ["dense", "sparse"])
def test_designs_of_eight_features(design: str) -> None:
    """Neighbours are correlated by 0.5^|i−j|, the noise is 3; Zou & Hastie 2005, section 5."""
    n = 2000
    x, y, truth = _predicted_designs(stream("eight", design), n, design)
    assert x.shape == (n, 20, 8)
    found = np.einsum("dsi,dsj->ij", x, x) / (20 * n)
    wanted = 0.5 ** np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    np.testing.assert_allclose(found, wanted, atol=6 * sqrt(2 / (20 * n)))
    expected = [0.85] * 8 if design == "dense" else [5.0] + [0.0] * 7
    np.testing.assert_array_equal(truth, expected)
    noise = (y - x @ truth).ravel()
    assert noise.std() == pytest.approx(3.0, rel=6 / sqrt(2 * noise.size))


def test_the_design_of_three_groups() -> None:
    """Four features a group share all but a tenth; eight more are noise."""
    n = 500
    x, y, truth = _predicted_designs(stream("groups"), n, "grouped")
    assert x.shape == (n, 40, 20)
    found = np.einsum("dsi,dsj->ij", x, x) / (40 * n)
    group = np.arange(20) // 4
    alike = (group[:, None] == group) & (group[:, None] < 3)
    wanted = alike + np.diag(np.where(group < 3, 0.01, 1.0))
    np.testing.assert_allclose(found, wanted, atol=7 * sqrt(2 / (40 * n)))
    np.testing.assert_array_equal(truth, [3.0] * 12 + [0.0] * 8)
    for first in (0, 4, 8):  # what features of a group do not share has a variance of 0.01
        apart = (x[..., first] - x[..., first + 3]).ravel()
        assert apart.var() == pytest.approx(0.02, rel=7 * sqrt(2 / apart.size))
    noise = (y - x @ truth).ravel()
    assert noise.std() == pytest.approx(15.0, rel=6 / sqrt(2 * noise.size))


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("design", "method", "rival"),
    [("sparse", "lasso", "ridge"), ("dense", "ridge", "elastic_net")],
)
def test_the_choice_by_hand_with_fits_of_sklearn(design: str, method: str, rival: str) -> None:
    """Every penalty fitted, the one of the least validation error chosen, its error measured."""
    linear_model: ModuleType = pytest.importorskip(
        "sklearn.linear_model", reason="the oracle group is not installed"
    )
    n = 2
    given = PENALTY_PREDICTION.bind({"design": design, "method": method, "rival": rival})
    found = PENALTY_PREDICTION.simulate(stream("choice", design), n, given)
    x, y, truth = _predicted_designs(stream("choice", design), 2 * n, design)
    strengths = 2.0 ** np.arange(-8.0, 4.0)
    for draw in range(n):
        errors, near = {}, {}
        for name in (method, rival):
            fits = [
                _fit(linear_model, x[draw], y[draw], *pair) for pair in _penalties(name, strengths)
            ]
            missed = np.array([((x[n + draw] @ w - y[n + draw]) ** 2).mean() for w in fits])
            away = x[n + draw] @ (fits[int(missed.argmin())] - truth)
            errors[name] = float((away**2).mean())
            near[name] = float((missed <= 1.1 * missed.min()).mean())
        assert found["model_error"][draw] == pytest.approx(errors[method], rel=0.05)
        difference = errors[method] - errors[rival]
        assert found["above_rival"][draw] == pytest.approx(difference, abs=0.1 * errors[method])
        assert found["near_best_share"][draw] == pytest.approx(near[method], abs=0.5 / 12)


def _fit(linear_model: Any, x: Any, y: Any, l1: float, l2: float) -> Any:
    """Fit in scikit-learn's scaling: alpha = l1 + l2; ridge's is n·l2."""
    if not l1:
        return linear_model.Ridge(alpha=len(y) * l2, fit_intercept=False).fit(x, y).coef_
    model = linear_model.ElasticNet(
        alpha=l1 + l2, l1_ratio=l1 / (l1 + l2), fit_intercept=False, tol=1e-8, max_iter=100_000
    )
    return model.fit(x, y).coef_
