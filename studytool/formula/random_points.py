"""Random points for the names of a formula, and what a formula does there."""

from collections.abc import Sequence
from functools import lru_cache
from statistics import median
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from studytool.formula.parse import Formula
from studytool.formula.parts import walk
from studytool.formula.points import Points, agree, is_near
from studytool.formula.tree import Call, Comparison, Conditional, Constant
from studytool.numerics.arrays import Array
from studytool.numerics.streams import stream

POINTS = 16
"""Random points at which formulas are compared."""
_STEPS = (10.0, 100.0, 1000.0)
_SMALL_STEP = 1.01
_STEADY = 1e-6
"""Steps a little longer change a difference quotient by less than this; much longer, they show."""
SEVERAL = 2
_UNLIKE = 1e-9
"""A product of powers fits better than this, whatever rounding leaves."""
_BROKEN = frozenset(
    {
        *("where", "clip", "sign", "floor", "ceil", "round", "abs", "relu", "leaky_relu", "elu"),
        *("min", "max", "median", "quantile", "argmax", "count_nonzero", "sort"),
    }
)
"""Functions that may be constant where the points lie, and another number elsewhere."""


def spread(name: str, known: Sequence[float]) -> Array:
    """Draw values of a name about those that it has: whole where they are, of the same sign.

    What lies in [0, 1] stays there.

    >>> [bool((spread(name, (0.2, 0.7)) < 1).all()) for name in ("keep", "momentum")]
    [True, True]
    """
    values, law = np.array(known, dtype=np.float64), _draws_for(name, len(known))
    chosen = values[law.which]
    size, sign = np.abs(chosen), np.where(chosen < 0, -1.0, 1.0)
    if (values >= 0).all() and (values <= 1).all():
        low, high = values.min() / 2, (1 + values.max()) / 2
        drawn: Array = low + (high - low) * law.shares
    elif (values == np.round(values)).all():
        drawn = sign * np.maximum(size + law.steps, 1.0)
    else:
        drawn = sign * np.maximum(size, values.std() / 4) * (0.7 + 0.7 * law.shares)
    return drawn


class _Drawn(NamedTuple):
    """What is drawn for a name, each of shape (points,): indexes, shares of 1, steps from -2 to 4."""

    which: npt.NDArray[np.int64]
    shares: Array
    steps: npt.NDArray[np.int64]


@lru_cache(maxsize=1_024)
def _draws_for(name: str, count: int) -> _Drawn:
    """Draw for a name that has ``count`` values; the same name, as it stands in every item, again."""
    rng = stream("points", name)
    which = rng.integers(0, count, POINTS)
    return _Drawn(which, rng.random(POINTS), rng.integers(-2, 5, POINTS))


def has_steps(formula: Formula, points: Points) -> bool:
    """Tell a formula that nears its value as the constants of ``let`` get smaller."""
    values = points.of(formula.tree).at

    def with_longer_steps(times: float) -> Array:
        longer = {
            name: np.full(points.size, one.tree.value * times)
            for name, one in points.let.items()
            if isinstance(one.tree, Constant)
        }
        return Points({**points.names, **longer}, points.let).of(formula.tree).at

    with np.errstate(all="ignore"):
        change = np.abs(with_longer_steps(_SMALL_STEP) / values - 1)
    middle = median(np.nan_to_num(change, nan=1.0).tolist())  # NumPy's own imports numpy.ma
    return middle < _STEADY and not all(agree(with_longer_steps(step), values) for step in _STEPS)


def quotient(one: Formula, other: Formula, points: Points) -> Array:
    """Divide a formula by another at every point; draws of one law stand for the same number."""
    by_law = Points(points.names, points.let, by_law=True)
    with np.errstate(all="ignore"):
        found: Array = by_law.of(one.tree).at / by_law.of(other.tree).at
    return found


def is_share(one: Array, other: Array, key: Array) -> bool:
    """Tell whether two factors have the key as their ratio, or come near it."""
    with np.errstate(all="ignore"):
        ratio: Array = one / other
    return agree(ratio, key) or is_near(ratio, key)


def is_composed(key: Array, names: Sequence[Array]) -> bool:
    """Tell a key that is more than a product of powers of its names, of which it has several."""
    return len(names) >= SEVERAL and is_more_than_powers(key, names)


def is_more_than_powers(key: Array, names: Sequence[Array]) -> bool:
    """Tell a key that is more than a product of powers of its names.

    The logarithm of such a product is a sum of theirs, each times its power.

    >>> a, b = np.linspace(1, 2, 16), np.linspace(1, 3, 16) ** 2
    >>> is_more_than_powers(3 / (a + b), [a, b]), is_more_than_powers(3 * a / b**2, [a, b])
    (True, False)
    >>> is_more_than_powers(a - 0.5, [a]), is_composed(a - 0.5, [a])
    (True, False)
    """
    with np.errstate(all="ignore"):
        logs = np.log(np.abs(np.array([key, *names])))
    logs = logs[:, np.isfinite(logs).all(axis=0)]
    if logs.shape[1] <= len(logs):
        return False
    terms = np.vstack([np.ones(logs.shape[1]), logs[1:]]).T
    powers = np.linalg.lstsq(terms, logs[0], rcond=None)[0]
    return bool(np.abs(terms @ powers - logs[0]).max() > _UNLIKE)


def is_broken(formula: Formula) -> bool:
    """Tell a formula that may be constant at the points, and another number elsewhere."""
    return any(
        isinstance(node, Comparison | Conditional)
        or (isinstance(node, Call) and node.function in _BROKEN)
        for node in walk(formula.tree)
    )
