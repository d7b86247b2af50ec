"""What the lab shows of an experiment: the draws of a quantity, or its way along a parameter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import isfinite, log
from typing import Any

import numpy as np

from studytool.errors import ExperimentError
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, NumberParameter, Range, WordParameter
from studytool.numerics.known_range import ROUNDING
from studytool.numerics.measure import (
    QuantityResult,
    default_replicates,
    measure_all,
    never,
    work_of,
)
from studytool.numerics.streams import stream

FIRST_REPLICATES = 64
LARGER = 8
"""How many times more replicates each look takes than the one before."""
MOST_DRAWS = 2000
"""Replicates whose values are shown."""
SWEPT_REPLICATES = 48
_SWEPT_WORK = 1e6
_RATIO = 100.0
"""A positive range that is so wide is even in its logarithm, unless it is of a share of one."""
_TIMES, _TIMES_ON_LOG = 10.0, 100.0
"""A slider goes as many times the default away, on a range that is even or even in its logarithm."""
_TIMES_OF_A_SIZE = 5.0
"""Up from the default of a whole number on such a range, a size: what is larger takes long."""
_FROM_0, _FROM_0_WHOLE = 10.0, 100.0
"""And so far where the default is 0."""
_SMALLEST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Histogram:
    """Draws of a quantity, counted in ``counts`` bins of equal width from ``low`` to ``high``."""

    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SweptPoint:
    """A quantity at one value of a parameter: its estimate, its interval, its closed form."""

    at: float
    value: float
    low: float
    high: float
    closed_form: float | None


def is_log(parameter: NumberParameter) -> bool:
    """Tell whether a parameter's range is seen in its logarithm."""
    if parameter.log is not None:
        return parameter.log
    low, high = parameter.low, parameter.high
    return low > 0 and high / low >= _RATIO and not (high == 1 and low >= _SMALLEST_SHARE)


def usual_range(parameter: NumberParameter) -> Range:
    """Return the part of a parameter's range that is of use to see, about its default.

    >>> usual_range(NumberParameter("t", 10, 0, 100_000, "", whole=True))
    Range(low=0.0, high=100.0, log=None)
    >>> usual_range(NumberParameter("period", 50, 1, 100_000, "", whole=True))
    Range(low=5.0, high=250.0, log=None)
    """
    default, low, high = parameter.default, parameter.low, parameter.high
    if is_log(parameter):
        down, up = (_TIMES, _TIMES_OF_A_SIZE) if parameter.whole else (_TIMES_ON_LOG,) * 2
        return Range(float(max(low, default / down)), float(min(high, default * up)))
    of_0 = _FROM_0_WHOLE if parameter.whole else _FROM_0
    reach = abs(default) * _TIMES or of_0
    return Range(float(max(low, -reach)), float(min(high, reach)))


def value_at(parameter: NumberParameter, share: float) -> float:
    """Return the value at a share, 0 to 1, of a parameter's usual range; whole where it must be.

    >>> value_at(NumberParameter("n", 20, 1, 100, "", whole=True), 0.5)
    14
    """
    share = min(1.0, max(0.0, share))
    usual = usual_range(parameter)
    low, high = usual.low, usual.high
    value = low * (high / low) ** share if is_log(parameter) else low + (high - low) * share
    value = float(f"{min(high, max(low, value)):.3g}")
    value = min(high, max(low, value))
    return round(value) if parameter.whole else float(value)


def share_of(parameter: NumberParameter, value: float) -> float:
    """Return where in its range a value lies, 0 to 1; of one beside it, its end."""
    usual = usual_range(parameter)
    low, high = usual.low, usual.high
    if high <= low:
        return 0.0
    value = min(high, max(low, value))
    return log(value / low) / log(high / low) if is_log(parameter) else (value - low) / (high - low)


def measured(
    experiment: Experiment[Any],
    parameters: object,
    *,
    seed: int,
    cancelled: Callable[[], bool] = never,
) -> Iterator[tuple[QuantityResult, ...]]:
    """Measure every quantity, at once roughly and then ever better, until cancelled.

    Raises:
        ExperimentError: the parameters take more memory or work than is allowed.
    """
    most = default_replicates(experiment, parameters)
    replicates = min(FIRST_REPLICATES, most)
    while not cancelled():
        results = measure_all(
            experiment, parameters, seed=seed, replicates=replicates, cancelled=cancelled
        )
        yield results
        if replicates == most or all(one.estimate.replicates == 1 for one in results):
            return  # all is exact, or as near as it is looked at
        replicates = min(most, replicates * LARGER)


def histogram(
    experiment: Experiment[Any],
    parameters: object,
    quantity: str,
    *,
    seed: int,
    bins: int,
    replicates: int = MOST_DRAWS,
) -> Histogram | None:
    """Count draws of a quantity in bins; None where it is exact, a ratio, or no number.

    The outermost hundredths are left out, so that one far draw does not hide the rest.
    """
    if experiment.quantity(quantity).estimator in {Estimator.EXACT, Estimator.RATIO}:
        return None
    count = int(max(16, min(replicates, 2e6 / work_of(experiment, parameters))))
    with np.errstate(all="ignore"):
        drawn = experiment.simulate(stream("lab", experiment.name, seed), count, parameters)
    values = drawn[quantity]
    values = values[np.isfinite(values)]
    if not values.size:
        return None
    low, high = (float(one) for one in np.quantile(values, (0.01, 0.99)))
    if high - low <= ROUNDING * max(abs(low), abs(high)):
        half = abs(low) / 2 or 0.5
        low, high = low - half, high + half
    counts, _ = np.histogram(values, bins=bins, range=(low, high))
    return Histogram(low, high, tuple(int(one) for one in counts))


def sweep(
    experiment: Experiment[Any],
    parameters: object,
    quantity: str,
    name: str,
    *,
    seed: int,
    points: int,
) -> Iterator[SweptPoint]:
    """Measure a quantity at values of the parameter ``name``, from all over its range.

    First the ends and the middle, then between; what is refused is left out.

    Raises:
        NotFoundError: an unknown quantity.
    """
    definition = next(one for one in experiment.parameters if one.name == name)
    assert isinstance(definition, NumberParameter)
    done: set[float] = set()
    for share in _spread(points):
        at = value_at(definition, share)
        if at in done:
            continue
        done.add(at)
        moved: Any = replace(parameters, **{name: at})  # type: ignore[type-var] # a frozen dataclass
        try:
            replicates = _swept_replicates(experiment, moved)
            results = measure_all(experiment, moved, seed=seed, replicates=replicates)
        except ExperimentError:
            continue
        [found] = (one for one in results if one.name == quantity)
        ends = found.estimate.bounds
        if isfinite(found.estimate.value):
            yield SweptPoint(at, found.estimate.value, ends.low, ends.high, found.closed_form)


def _swept_replicates(experiment: Experiment[Any], parameters: object) -> int:
    """Return how many replicates a point of a curve has: the more, the less one is known to take."""
    if experiment.work is None:
        return SWEPT_REPLICATES
    return int(
        min(MOST_DRAWS, max(SWEPT_REPLICATES, _SWEPT_WORK / work_of(experiment, parameters)))
    )


def swept_parameters(experiment: Experiment[Any]) -> list[str]:
    """Return the names of the parameters along which a quantity may be followed."""
    return [one.name for one in experiment.parameters if not isinstance(one, WordParameter)]


def _spread(points: int) -> Iterator[float]:
    """Return shares of a range: its ends first, then the middle of every gap, ever finer."""
    yield from (0.0, 1.0)
    parts = 2
    while parts <= points:
        yield from (part / parts for part in range(1, parts, 2))
        parts *= 2
