"""A key with a little noise inside, or beside it: a number that is called a sample.

A sample whose draws move its value by less than half the tolerance, each before it is averaged with
others like it, is a number that the author wrote: any one of its draws would hold as well.

So is one that gives the key where each draw is its mean, and bends. A straight line in each draw has
the mean that its draws' means give, so that such a sample says something of sums; a bent one has
another mean, and comes to the key only where its draws hardly vary. Then it is the key that is
computed.
"""

from collections.abc import Mapping
from math import inf, isfinite, sqrt

import numpy as np

from studytool.errors import StudytoolError
from studytool.formula.middles import MOST_MOVED, StilledDraws, is_bent, middle_of
from studytool.formula.parse import parse_once
from studytool.formula.scanning import RareDraws, Scanned, ScannedFormulas, ScannedSimulation
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.methods import Measurement, Method, SampleCheck
from studytool.packs.own_experiments import experiment_of, numbers_of, simulation_of
from studytool.packs.statistic import Statistic
from studytool.quiz.compute import experiment_values
from studytool.verification.rule import LARGEST_RELATIVE, PredictedNumber

LITTLE = 0.25
"""Of the key: draws that spread further have a bent value's mean beside it, by its square."""
NEXT_TO_NONE = 1e-3
"""Of the key: draws that spread less say nothing, straight or bent."""
LEAST_OF_TOLERANCE = 0.5
LEAST_OF_VALUE = 0.005
"""What one draw must move a value by: half of its tolerance, however narrow that is this of it."""
_SAME = 1e-9
_ROWS = 61
_OF_MEANS = (Statistic.MEAN, Statistic.MEDIAN, Statistic.RATIO)


def holds_key_in_noise(method: Method, scope: Mapping[str, float], key: float) -> bool:
    """Tell whether what a check draws is its key, so large with these numbers, with noise inside."""
    try:
        scanned = _scanned(method, scope)
        middle = None if scanned is None else middle_of(scanned)
        if scanned is None or middle is None or not abs(_number(middle) - key) <= _SAME * abs(key):
            return False
        drawn = scanned.columns(RareDraws(("noise",), _ROWS))
        if drawn is None:
            return False
        spread = _spread(_quotients(drawn)) / abs(key)
        return spread < NEXT_TO_NONE or (spread < LITTLE and is_bent(scanned))
    except (StudytoolError, ArithmeticError):
        return False  # told when it is drawn


def is_little_noise(
    method: Method, scope: Mapping[str, float], found: Estimate, predicted: PredictedNumber
) -> bool:
    """Tell a number with noise beside it, which lies within its tolerance whatever is drawn.

    Of a number near 0, whose tolerance is as large, the draws may lie within it; a share of 0 or 1 is
    bounded by itself.
    """
    size = abs(predicted.value)
    least = max(
        LEAST_OF_TOLERANCE * min(predicted.tolerance, LARGEST_RELATIVE * size),
        LEAST_OF_VALUE * size,
    )
    if found.basis in (Basis.COMPUTED, Basis.CLOPPER_PEARSON) or found.spread >= least:
        return False
    return own_spread(method, scope) < least


def own_spread(method: Method, scope: Mapping[str, float]) -> float:
    """Return how far the one draw that tells most moves a check's value, were it not averaged.

    A mean of 400 numbers scatters by a twentieth of what each of them does, and is a sample still.
    Infinite where nothing can be said: of the core, of a spread, of draws without a mean.
    """
    try:
        scanned = _scanned(method, scope)
        usual = StilledDraws(("own spread",), _ROWS)
        rows = None if scanned is None else scanned.columns(usual)
        if scanned is None or rows is None or 0 in usual.sizes[:MOST_MOVED]:
            return inf
        moved = (
            _spread(_apart(rows, stilled)) * sqrt(size)
            for number, size in enumerate(usual.sizes[:MOST_MOVED])
            if (stilled := scanned.columns(StilledDraws(usual.name, _ROWS, number))) is not None
        )
        found = max(moved, default=inf)
        return found if isfinite(found) else inf
    except (StudytoolError, ArithmeticError):
        return inf  # told when it is drawn


def _scanned(method: Method, scope: Mapping[str, float]) -> Scanned | None:
    if isinstance(method, SampleCheck) and method.statistic in _OF_MEANS:
        texts = [text for text in (method.sample, method.over) if text is not None]
        let = {name: parse_once(text, draws=True) for name, text in method.let.items()}
        return ScannedFormulas([parse_once(text, draws=True) for text in texts], let, scope)
    if not isinstance(method, Measurement) or method.own is None:
        return None
    if method.own.measure[method.quantity].statistic not in _OF_MEANS:
        return None
    simulation, bound = (
        simulation_of(method.own),
        experiment_of(method).bind(experiment_values(method, scope)),
    )
    if not simulation.is_random(method.quantity):
        return None
    return ScannedSimulation(simulation, method.quantity, numbers_of(bound))


def _number(row: Array) -> float:
    return float(_quotients(row[np.newaxis])[0])


def _apart(one: Array, other: Array) -> Array:
    with np.errstate(all="ignore"):
        found: Array = _quotients(one) - _quotients(other)
    return found


def _quotients(rows: Array) -> Array:
    """Return what each row measures: its value, or the first over the second of a ratio."""
    with np.errstate(all="ignore"):
        found: Array = rows[:, 0] if rows.shape[1] == 1 else rows[:, 0] / rows[:, 1]
    return found


def _spread(values: Array) -> float:
    with np.errstate(all="ignore"):
        return float(np.std(values))
