"""Penalised least squares: lasso, ridge, elastic net, with a certificate of the optimum.

The objective is ‖y − Xw‖²/(2n) + l1·‖w‖₁ + (l2/2)·‖w‖², scikit-learn's with
alpha = l1 + l2 and l1_ratio = l1/(l1 + l2). X has shape (samples, features).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from studytool.errors import ExperimentError
from studytool.language import Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.streams import Rng

_NOT_ABOVE_0 = Phrase(ko="l2 = {l2:g}: 0보다 커야 합니다", en="l2 = {l2:g}: must be above 0")
_BAD_PENALTY = Phrase(
    ko="{name} = {value:g}: 0 이상의 유한한 수여야 합니다",
    en="{name} = {value:g}: must be 0 or more, and finite",
)
_EMPTY_COLUMN = Phrase(
    ko="x: {column}열이 모두 0이라 그 계수가 무엇이든 될 수 있습니다. "
    "그 열을 빼거나 l2를 0보다 크게 하세요",
    en="x: column {column} is 0 throughout, so its coefficient could be "
    "anything: leave the column out, or let l2 be above 0",
)


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of one or many problems, with bounds on their distance from the optimum.

    Attributes:
        coefficients: shape (..., features).
        duality_gap: how far the objective is above the least at most, shape (...).
    """

    coefficients: Array
    duality_gap: Array

    @property
    def zeros(self) -> Array:
        """Count the coefficients that are exactly 0, shape (...)."""
        zeros: Array = np.count_nonzero(self.coefficients == 0, axis=-1).astype(np.float64)
        return zeros


def ridge(x: Array, y: Array, l2: float) -> Array:
    """Solve (XᵀX/n + l2·I) w = Xᵀy/n for w, shape (..., features); l2 > 0.

    Args:
        x: shape (..., samples, features).
        y: shape (..., samples).
        l2: weight of the penalty.

    Raises:
        ExperimentError: l2 is not above 0.

    Source: Hoerl & Kennard 1970, eq. 2.1.
    """
    if not l2 > 0:
        raise ExperimentError("ridge", _NOT_ABOVE_0.of(l2=l2))
    n, turned = x.shape[-2], np.swapaxes(x, -1, -2)
    gram, moment = turned @ x / n, turned @ y[..., None] / n
    solution: Array = np.linalg.solve(gram + l2 * np.eye(x.shape[-1]), moment)
    return solution[..., 0]


def elastic_net(
    x: Array, y: Array, *, l1: float, l2: float = 0.0, gap: float = 1e-8, sweeps: int = 10_000
) -> Fit:
    """Minimise by coordinate descent until each duality gap is below ``gap``·‖y‖²/n.

    Many problems of one size are solved at once, coordinate by coordinate.

    Args:
        x: shape (..., samples, features).
        y: shape (..., samples).
        l1: at least 0; ``l2 = 0`` is the lasso.
        l2: at least 0.
        gap: relative certificate at which a problem is done.
        sweeps: passes over all coordinates at the most.

    Raises:
        ExperimentError: a negative penalty, or a column that is 0 throughout and not held by l2.

    Source: Friedman, Hastie & Tibshirani 2010, JSS 33(1), eq. 5.
    """
    _require_penalties(l1, l2)
    if l2 == 0 and not np.all(np.any(x != 0, axis=-2)):
        column = int(np.argwhere(~np.any(x != 0, axis=-2))[0][-1])
        raise ExperimentError("elastic_net", _EMPTY_COLUMN.of(column=column))
    shape, (samples, features) = x.shape[:-2], x.shape[-2:]
    x, y = x.reshape(-1, samples, features), y.reshape(-1, samples)
    w, found = np.zeros((len(x), features)), np.full(len(x), np.inf)
    size = max(1, _PART_ELEMENTS // (features * min(features, samples)))
    for start in range(0, len(x), size):
        at = slice(start, start + size)
        w[at], found[at] = _descend(x[at], y[at], l1=l1, l2=l2, gap=gap, sweeps=sweeps)
    return Fit(w.reshape(*shape, features), found.reshape(shape))


_PART_ELEMENTS = 500_000
"""float64 numbers of the matrices that are swept over at once: 4 MB, about a cache."""
_SWEEPS_BETWEEN_CHECKS = 20


def _require_penalties(l1: float, l2: float) -> None:
    for name, value in (("l1", l1), ("l2", l2)):
        if not 0 <= value < float("inf"):
            raise ExperimentError("elastic_net", _BAD_PENALTY.of(name=name, value=value))


def _descend(
    x: Array, y: Array, *, l1: float, l2: float, gap: float, sweeps: int
) -> tuple[Array, Array]:
    """Solve problems, each until it has its certificate; return coefficients and duality gaps."""
    w, found = np.zeros((len(x), x.shape[2])), np.full(len(x), np.inf)
    enough = gap * np.square(y).sum(axis=1) / x.shape[1]
    sweep = _sweep_by_gram if x.shape[2] <= 2 * x.shape[1] else _sweep_by_residual
    left = np.arange(len(x))
    for _ in range(max(1, sweeps // _SWEEPS_BETWEEN_CHECKS)):
        some = left.size < len(x)  # all of them need no copy
        of_x, of_y = (x[left], y[left]) if some else (x, y)
        w[left] = sweep(of_x, of_y, w[left], l1=l1, l2=l2)
        found[left] = duality_gap(of_x, of_y, w[left], l1=l1, l2=l2)
        left = left[found[left] > enough[left]]
        if not left.size:
            break
    return w, found


def _sweep_by_gram(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> Array:
    """Return w after ``_SWEEPS_BETWEEN_CHECKS`` passes over its coordinates, (problem, feature).

    A step in one coordinate changes the residual's products with all columns by a column of the
    Gram matrix ("covariance updates", Friedman, Hastie & Tibshirani 2010, section 2.2).
    """
    n, turned = x.shape[1], x.transpose(0, 2, 1)
    gram = np.ascontiguousarray((turned @ x).transpose(1, 2, 0))  # (feature, feature, problem)
    gram /= n
    residual = y[..., None] - x @ w[..., None]
    pull = np.ascontiguousarray((turned @ residual)[..., 0].T)  # (feature, problem)
    pull /= n
    w = w.T.copy()  # (feature, problem)
    weights = np.einsum("jjp->jp", gram).copy()  # the mean squares of the columns of X
    pull += weights * w  # as if the coordinate itself were 0: no step in it changes that
    np.einsum("jjp->jp", gram)[...] = 0.0
    moved, step, change = np.empty_like(w[0]), np.empty_like(w[0]), np.empty_like(pull)
    coordinates = list(zip(gram, pull, weights + l2, w, strict=True))
    for _ in range(_SWEEPS_BETWEEN_CHECKS):  # in arrays made once: they are small
        for column, own_pull, divisor, coordinate in coordinates:
            np.minimum(np.maximum(own_pull, -l1, out=step), l1, out=step)
            np.subtract(own_pull, step, out=moved)  # the soft threshold
            moved /= divisor
            np.subtract(coordinate, moved, out=step)
            np.add(pull, np.multiply(column, step, out=change), out=pull)
            coordinate[...] = moved
    return w.T


def _sweep_by_residual(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> Array:
    """Sweep as :func:`_sweep_by_gram` by the residual itself: less work for many features."""
    n = x.shape[1]
    columns = np.ascontiguousarray(x.transpose(2, 0, 1))  # (feature, problem, sample)
    weight = np.square(columns).sum(axis=2) / n  # (feature, problem)
    w, residual = w.T.copy(), y - (x @ w[..., None])[..., 0]
    for _ in range(_SWEEPS_BETWEEN_CHECKS):
        for j, column in enumerate(columns):
            z = np.einsum("ps,ps->p", column, residual) / n + weight[j] * w[j]
            moved = (z - np.clip(z, -l1, l1)) / (weight[j] + l2)
            residual -= column * (moved - w[j])[:, None]
            w[j] = moved
    return w.T


def duality_gap(x: Array, y: Array, w: Array, *, l1: float, l2: float) -> Array:
    """Bound the distance of each w's objective from the least one, shape (...); 0 at the optimum.

    The l2 term counts as further rows √(n·l2)·I of X, which makes it a lasso.
    Source: Kim et al. 2007, IEEE J-STSP 1(4), section III.
    """
    n = x.shape[-2]
    residual = y - (x @ w[..., None])[..., 0]
    lower = -np.sqrt(n * l2) * w  # the residual of the further rows, whose target is 0
    slope = (np.swapaxes(x, -1, -2) @ residual[..., None])[..., 0] + np.sqrt(n * l2) * lower
    steepest = np.maximum(np.abs(slope).max(axis=-1) / n, 1e-300)
    scale = np.minimum(1.0, l1 / steepest)[..., None]
    size = np.square(residual).sum(axis=-1) + np.square(lower).sum(axis=-1)
    primal = size / (2.0 * n) + l1 * np.abs(w).sum(axis=-1)
    off = np.square(y - scale * residual).sum(axis=-1) + np.square(scale * lower).sum(axis=-1)
    gap: Array = primal - (np.square(y).sum(axis=-1) - off) / (2.0 * n)
    return gap


def largest_penalty(x: Array, y: Array) -> Array:
    """Return the least l1 that makes every coefficient 0, max|Xᵀy|/n, shape (...).

    Source: Friedman, Hastie & Tibshirani 2010, section 2.5.
    """
    slope = np.swapaxes(x, -1, -2) @ y[..., None]
    largest: Array = np.abs(slope).max(axis=(-1, -2)) / x.shape[-2]
    return largest


def draw_designs(
    rng: Rng, shape: tuple[int, int, int], truth: Array, *, noise: float, rho: float = 0.0
) -> tuple[Array, Array]:
    """Draw normal designs of ``shape`` (n, samples, features), and responses (n, samples).

    Args:
        rng: where the draws come from.
        shape: n, samples, features.
        truth: the coefficients, shape (features,).
        noise: standard deviation, 0 or more.
        rho: correlation of every two features, in [0, 1).
    """
    x = rng.standard_normal(shape)
    if rho:
        x *= sqrt(1.0 - rho)
        x += sqrt(rho) * rng.standard_normal((*shape[:2], 1))
    return x, x @ truth + noise * rng.standard_normal(shape[:2])
