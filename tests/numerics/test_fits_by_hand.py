"""Penalised fits replayed one data set at a time, from the same draws."""

from collections.abc import Mapping
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.lasso_solutions import WIDE_FIT
from studytool.numerics.least_squares import draw_designs, elastic_net
from studytool.numerics.penalized_designs import (
    COLLINEAR_DESIGNS,
    ELASTIC_NET_FIT,
    FEATURE_SELECTION,
    LASSO_FIT,
    RIDGE_FIT,
)
from studytool.numerics.penalty_balls import BALL_PROJECTION, CONSTRAINED_FIT
from studytool.numerics.penalty_shapes import TURNED_FEATURES
from studytool.numerics.ridge_paths import RIDGE_DIRECTION, RIDGE_PATH, RIDGE_STEPS
from tests.numerics.test_trainings_by_hand import N, assert_draws, drawn

N_WIDE = 120
"""Fits so many that a tenth more noise changes what one of them keeps."""


def _ridge(x: Array, y: Array, l2: float) -> Array:
    """Least squares on rows that are lengthened by the penalty."""
    rows = np.vstack([x, sqrt(l2 * len(y)) * np.eye(x.shape[1])])
    found: Array = np.linalg.lstsq(rows, np.append(y, np.zeros(x.shape[1])), rcond=None)[0]
    return found


def _lasso(x: Array, y: Array, l1: float, l2: float = 0.0) -> Array:
    """One coefficient after the other, until none moves: the textbook's way."""
    n, w, before = len(y), np.zeros(x.shape[1]), np.ones(x.shape[1])
    while np.abs(w - before).max() > 1e-12:
        before = w.copy()
        for j in range(len(w)):
            rest = y - x @ w + x[:, j] * w[j]
            z = float(x[:, j] @ rest) / n
            w[j] = np.sign(z) * max(abs(z) - l1, 0) / (float(x[:, j] @ x[:, j]) / n + l2)
    return w


@pytest.mark.parametrize(
    ("method", "l1", "l2"),
    [("ols", 0, 0), ("ridge", 0, 0.3), ("lasso", 0.3, 0), ("elastic_net", 0.15, 0.15)],
)
def test_two_features_that_are_alike(method: str, l1: float, l2: float) -> None:
    given = {"method": method, "lam": 0.3, "rho": 0.6, "samples": 9}
    found, rng = drawn(COLLINEAR_DESIGNS, given)
    data = zip(*draw_designs(rng, (N, 9, 2), np.ones(2), noise=1.0, rho=0.6), strict=True)
    expected = [(_lasso(*one, l1, l2) if l1 else _ridge(*one, l2))[0] for one in data]
    np.testing.assert_allclose(found["coefficient"], expected, rtol=2e-3, atol=1e-4)


@pytest.mark.parametrize(("samples", "l1", "l2"), [(3, 1.0, 0.0), (3, 0.1, 0.5)])
def test_how_many_features_a_wide_fit_keeps(samples: int, l1: float, l2: float) -> None:
    size = {"samples": samples, "features": 5}
    found, rng = drawn(WIDE_FIT, {**size, "l1": l1, "l2": l2}, N_WIDE)
    data = zip(*draw_designs(rng, (N_WIDE, samples, 5), np.ones(5), noise=0.5), strict=True)
    kept = np.array([(np.abs(_lasso(*one, l1, l2)) > 1e-6).sum() for one in data])
    assert (found["kept"] == kept).all()
    assert (found["beyond_samples"] == (kept > samples)).all()


@pytest.mark.parametrize(("l1", "l2"), [(0.2, 0.0), (0.0, 0.4)])
def test_which_features_a_fit_keeps(l1: float, l2: float) -> None:
    """The ranking counts pairs, the agreement what two halves keep together of what either does."""
    size = {"samples": 15, "features": 5, "informative": 2}
    found, rng = drawn(FEATURE_SELECTION, {**size, "l1": l1, "l2": l2, "rho": 0.3}, 6)
    truth = np.array([1.0, 1.0, 0.0, 0.0, 0.0])
    xs, ys = draw_designs(rng, (6, 15, 5), truth, noise=0.5, rho=0.3)
    expected: dict[str, list[float]] = {
        name: [] for name in ("ranking", "exact_support", "false_features", "agreement", "zeros")
    }
    for x, y in zip(xs, ys, strict=True):
        w, first, second = (
            _lasso(x[part], y[part], l1) if l1 else _ridge(x[part], y[part], l2)
            for part in (slice(None), slice(7), slice(7, None))
        )
        above = [
            1.0 if abs(w[i]) > abs(w[j]) else 0.5 if w[i] == w[j] else 0.0
            for i in (0, 1)
            for j in (2, 3, 4)
        ]
        kept, one, other = ({i for i in range(5) if v[i]} for v in (w, first, second))
        expected["ranking"].append(sum(above) / 6)
        expected["exact_support"].append(float(kept == {0, 1}))
        expected["false_features"].append(len(kept - {0, 1}))
        expected["agreement"].append(len(one & other) / max(len(one | other), 1))
        expected["zeros"].append(5 - len(kept))
    assert_draws(found, expected)


def test_an_empty_model_agrees_with_no_other() -> None:
    given = {"samples": 12, "features": 3, "informative": 1, "l1": 9.0}
    found, _ = drawn(FEATURE_SELECTION, given)
    assert_draws(found, {"agreement": [0.0] * N, "ranking": [0.5] * N, "zeros": [3.0] * N})


def test_the_sizes_of_two_fits() -> None:
    size = {"samples": 12, "features": 4, "informative": 2, "lam": 0.3}
    truth = np.array([1.0, 1.0, 0.0, 0.0])
    for experiment in (LASSO_FIT, RIDGE_FIT):
        found, rng = drawn(experiment, size)
        data = zip(*draw_designs(rng, (N, 12, 4), truth, noise=0.5), strict=True)
        fits = [(_lasso if experiment is LASSO_FIT else _ridge)(*one, 0.3) for one in data]
        expected = {
            "zeros": [float(sum(w == 0)) for w in fits],
            "norm": [sqrt(sum(w**2)) for w in fits],
        }
        np.testing.assert_allclose(found["zeros"], expected["zeros"])
        np.testing.assert_allclose(found["norm"], expected["norm"], rtol=2e-3)


def test_a_twin_and_a_share_of_noise() -> None:
    """The second feature is the first but for the noise; the response follows it."""
    given = {"samples": 12, "features": 3, "informative": 2, "unlike": 0.6, "l1": 0.1, "l2": 0.1}
    found, rng = drawn(ELASTIC_NET_FIT, given)
    xs, ys = draw_designs(rng, (N, 12, 3), np.array([1.0, 1.0, 0.0]), noise=0.5)
    noises = rng.standard_normal((N, 12))
    gaps, zeros = [], []
    for x, y, noise in zip(xs, ys, noises, strict=True):
        twin = 0.8 * x[:, 0] + 0.6 * noise
        features = np.column_stack([x[:, 0], twin, x[:, 2]])
        w = _lasso(features, y - x[:, 1] + twin, 0.1, 0.1)
        gaps.append(abs(w[0] - w[1]) / max(abs(w[0]), abs(w[1])))
        zeros.append(float(sum(w == 0)))
    np.testing.assert_allclose(found["twin_gap"], gaps, rtol=5e-3, atol=1e-3)
    np.testing.assert_allclose(found["zeros"], zeros)


def test_ridge_along_its_path() -> None:
    """40 penalties from 0.001 to 100; the scaled responses belong to other designs."""
    given = {"rho": 0.2, "scale": 3.0}
    found, rng = drawn(RIDGE_PATH, given, 8)
    truth = np.linspace(1, 2, 5)
    xs, ys = draw_designs(rng, (8, 40, 5), truth, noise=2.0, rho=0.2)
    others = draw_designs(rng, (8, 40, 5), truth, noise=2.0, rho=0.2)
    penalties = 10 ** np.linspace(-3, 2, 40)
    rises, norms = [], []
    for n in range(8):
        path = [_ridge(xs[n], ys[n], l2) for l2 in penalties]
        pairs = list(pairwise(path))
        rises.append(float(any((abs(b) > abs(a)).any() for a, b in pairs)))
        assert not any(np.linalg.norm(b) > np.linalg.norm(a) for a, b in pairs)
        scaled = _ridge(others[0][n], 3 * others[1][n], 0.5)
        norms.append([np.linalg.norm(scaled), np.linalg.norm(_ridge(xs[n], ys[n], 0.5))])
    assert 0 < sum(rises) < 8
    assert_draws(found, {"norm_grows": [0.0] * 8, "coefficient_grows": rises})
    np.testing.assert_allclose(found["scaled_norm"], norms, rtol=1e-9)


@pytest.mark.parametrize(("curvature", "lam"), [(0.3, 0.5), (2.0, 0.1)])
def test_what_ridge_leaves_along_a_direction(curvature: float, lam: float) -> None:
    found, _ = drawn(RIDGE_DIRECTION, {"curvature": curvature, "lam": lam}, 1)
    assert found["kept"] == pytest.approx([curvature / (curvature + lam)], rel=1e-6)


@pytest.mark.parametrize(
    ("flattest", "lam", "left"), [(0.01, 0.1, 0.001), (0.3, 0.0, 0.2), (0.05, 3.0, 0.01)]
)
def test_steps_down_a_valley(flattest: float, lam: float, left: float) -> None:
    found, _ = drawn(RIDGE_STEPS, {"flattest": flattest, "lam": lam, "left": left}, 1)
    steps = log(left) / log(1 - (flattest + lam) / (1 + lam))
    assert found["steps"] == [np.ceil(steps)]


def test_the_nearest_points_of_a_diamond_and_a_circle() -> None:
    """By hand in the plane; a third of the directions end at a corner of this diamond."""
    found, rng = drawn(BALL_PROJECTION, {"radius": 1.0, "distance": 2.0}, 200)
    corners = []
    for angle in rng.uniform(0, 2 * np.pi, 200):
        x, y = sorted([abs(2 * np.cos(angle)), abs(2 * np.sin(angle))])
        corners.append(float(y - x >= 1))
    assert min(corners.count(0.0), corners.count(1.0)) > 40
    expected = {"l1_zero_share": corners, "l2_zero_share": [0.0] * 200, "l2_norm": [1.0] * 200}
    assert_draws(found, expected)
    inside, rng = drawn(BALL_PROJECTION, {"radius": 3.0, "distance": 2.0})
    assert_draws(inside, {"l1_zero_share": [0.0] * N, "l2_norm": [2.0] * N})


def _gap(gram: Array, away: Array) -> float:
    return float(sum(away[i] * gram[i, j] * away[j] for i in range(3) for j in range(3)))


@pytest.mark.parametrize("share", [0.4, 2.0])
def test_least_squares_in_a_circle(share: float) -> None:
    """On the circle it is the ridge solution of that length, which bisection finds."""
    found, rng = drawn(CONSTRAINED_FIT, {"ball": "circle", "share": share}, 4)
    xs, ys = draw_designs(rng, (4, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    others = rng.standard_normal((4 * 50, 3)) * 2
    lengths = np.linalg.norm(others, axis=1, keepdims=True)
    others = np.where(lengths > 1, others / lengths, others).reshape(4, 50, 3)
    expected: dict[str, list[float]] = {name: [] for name in ("shrunk_tangency", "better_inside")}
    for n, (x, y) in enumerate(zip(xs, ys, strict=True)):
        free = np.linalg.lstsq(x, y, rcond=None)[0]
        low, high = 0.0, 1e3
        for _ in range(200):
            middle = (low + high) / 2
            longer = np.linalg.norm(_ridge(x, y, middle)) > share * np.linalg.norm(free)
            low, high = (middle, high) if longer else (low, middle)
        w = free if share > 1 else _ridge(x, y, low)
        shrunk = min(share, 1) * free
        pull = x.T @ (y - x @ shrunk) / 30
        if share < 1:
            size = np.linalg.norm(pull) * np.linalg.norm(shrunk)
            expected["shrunk_tangency"].append(float(pull @ shrunk / size))
        gram, radius = x.T @ x / 30, share * np.linalg.norm(free)
        mine = _gap(gram, w - free)
        closer = [_gap(gram, radius * one - free) < mine - 1e-6 for one in others[n]]
        expected["better_inside"].append(sum(closer) / 50)
    expected["length"] = [min(share, 1.0)] * 4
    if share < 1:
        expected["tangency"] = [1.0] * 4
    else:
        del expected["shrunk_tangency"]
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, atol=1e-7, err_msg=name)
    np.testing.assert_array_equal(found["zero_share"], 0.0)


def test_least_squares_in_a_diamond_is_the_lasso_of_that_size() -> None:
    found, rng = drawn(CONSTRAINED_FIT, {"ball": "diamond", "share": 0.6}, 6)
    xs, ys = draw_designs(rng, (6, 30, 3), np.array([2.0, -1.0, 0.5]), noise=1.0, rho=0.4)
    zeros: list[float] = []
    for x, y in zip(xs, ys, strict=True):
        size = 0.6 * np.abs(np.linalg.lstsq(x, y, rcond=None)[0]).sum()
        low, high, w = 0.0, 5.0, np.zeros(3)
        for _ in range(40):
            middle = (low + high) / 2
            w = elastic_net(x[None], y[None], l1=middle, gap=1e-10).coefficients[0]
            low, high = (middle, high) if np.abs(w).sum() > size else (low, middle)
        zeros.append(float((w == 0).any()))
    assert 0 < sum(zeros) < 6
    assert_draws(found, {"zero_share": zeros})
    np.testing.assert_allclose(found["length"], 0.6, rtol=1e-9)


@pytest.mark.parametrize("method", ["ridge", "lasso"])
def test_features_turned_and_turned_back(method: str) -> None:
    found, rng = drawn(TURNED_FEATURES, {"method": method, "lam": 0.4})
    xs, ys = draw_designs(rng, (N, 30, 4), np.array([2.0, -1.0, 0.5, 0.0]), noise=1.0)
    turns = rng.standard_normal((N, 4, 4))
    fit = _lasso if method == "lasso" else _ridge
    gaps = []
    for x, y, turn in zip(xs, ys, turns, strict=True):
        turned = np.linalg.qr(turn)[0]
        here, there = fit(x, y, 0.4), turned @ fit(x @ turned, y, 0.4)
        gaps.append(np.linalg.norm(here - there) / np.linalg.norm(here))
    np.testing.assert_allclose(found["gap"], gaps, rtol=1e-2, atol=1e-9)


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        # 1 + 6√((4 + 1 + 0.25)/60) = 2.77; 1 + 6√((1 + 1 + 0)/50) = 2.2
        ({"lam": 2.77}, False),
        ({"lam": 2.78}, True),
        ({"lam": 2.2, "informative": 1, "noise": 0.0, "samples": 50}, False),
        ({"lam": 2.21, "informative": 1, "noise": 0.0, "samples": 50}, True),
    ],
)
def test_a_penalty_that_empties_the_model(given: Mapping[str, Any], *, is_refused: bool) -> None:
    parameters = LASSO_FIT.parameter_type(**given)
    assert LASSO_FIT.refuse is not None
    assert (LASSO_FIT.refuse(parameters) is not None) is is_refused
