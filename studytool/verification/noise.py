"""A key with a little noise inside: a sample that gives it where each draw is its mean, and bends.

A straight line in each draw has the mean that its draws' means give, so that such a sample says
something of sums; a bent one has another mean, and comes to the key only where its draws hardly
vary. Then it is the key that is computed.
"""

from collections.abc import Mapping

import numpy as np

from studytool.errors import StudytoolError
from studytool.formula.middles import is_bent, middle_of
from studytool.formula.parse import parse_once
from studytool.formula.scanning import RareDraws, Scanned, ScannedFormulas, ScannedSimulation
from studytool.numerics.arrays import Array
from studytool.packs.methods import Measurement, Method, SampleCheck
from studytool.packs.own_experiments import experiment_of, numbers_of, simulation_of
from studytool.packs.statistic import Statistic
from studytool.quiz.compute import experiment_values

LITTLE = 0.25
"""Of the key: draws that spread further have a bent value's mean beside it, by its square."""
NEXT_TO_NONE = 1e-3
"""Of the key: draws that spread less say nothing, straight or bent."""
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
        spread = _spread(drawn) / abs(key)
        return spread < NEXT_TO_NONE or (spread < LITTLE and is_bent(scanned))
    except (StudytoolError, ArithmeticError):
        return False  # told when it is drawn


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
    with np.errstate(all="ignore"):
        return float(row[0] if row.size == 1 else row[0] / row[1])


def _spread(rows: Array) -> float:
    with np.errstate(all="ignore"):
        return float(np.std(rows[:, 0] if rows.shape[1] == 1 else rows[:, 0] / rows[:, 1]))
