"""Simulate until the measured intervals decide: what holds at every corner of them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain, product
from math import inf, isfinite
from types import MappingProxyType
from typing import TypeVar

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.measure import measure
from studytool.numerics.streams import stream
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.own_experiments import experiment_of
from studytool.packs.scope import ParameterScope
from studytool.quiz.compute import experiment_values
from studytool.quiz.sampled import SampledFormula

FEWEST_REPLICATES = 128
MOST_REPLICATES = 65_536
CORNER = 4.5
"""Standard errors to each side: all quantities at once, 7e-6 for each."""
MOST_OF_ONE_DRAW = 0.25
"""Of the sum of squares: one draw that has more carries the mean, and nothing bounds what others
would bring. Of 128 normal draws the largest has about 0.07."""
Corner = Mapping[str, float]
"""The measured quantities, each at an end of its interval or in its middle, and the names in scope."""
_Decided = TypeVar("_Decided")
MeasurementWatch = Callable[[str, Estimate, Array], None]
"""Told of a measured quantity, by its name in the item, what is known of it so far, and of its first
replicates, shape (n,): none where one alone says nothing."""


def simulate_until(
    decide: Callable[[list[Corner]], _Decided | None],
    measurements: Mapping[str, Measurement | SampleCheck],
    *,
    item_id: str,
    scope: ParameterScope = MappingProxyType({}),
    seed: int = 0,
    watch: MeasurementWatch | None = None,
) -> tuple[_Decided | None, dict[str, Estimate]]:
    """Simulate until ``decide`` gives something; return it with the estimates.

    The stream belongs to the item and the seed, so the result is the same each time. There are
    128 replicates, then four times as many each time, and 65,536 at last; None if those too are
    too few.

    Args:
        decide: given every corner of the measured intervals.
        measurements: what is measured, by name.
        item_id: with its pack.
        scope: the variant's numbers, which experiments and ``decide`` may use.
        seed: other seeds, other draws.
        watch: told of each quantity as its estimate comes nearer.
    """
    replicates = FEWEST_REPLICATES
    while True:
        measured = measure_all(
            measurements,
            item_id=item_id,
            scope=scope,
            seed=seed,
            replicates=replicates,
            watch=watch,
        )
        corners = corners_of(measured, scope)
        decided = decide(corners) if corners else None
        if decided is not None or replicates >= MOST_REPLICATES:
            return decided, measured
        replicates = min(4 * replicates, MOST_REPLICATES)


def measure_all(
    measurements: Mapping[str, Measurement | SampleCheck],
    *,
    item_id: str,
    scope: ParameterScope,
    seed: int = 0,
    replicates: int = FEWEST_REPLICATES,
    watch: MeasurementWatch | None = None,
) -> dict[str, Estimate]:
    """Measure each quantity once; arguments as of :func:`simulate_until`."""
    return {
        name: _measured(
            measurement,
            scope,
            (item_id, name, seed),
            replicates,
            watch=None if watch is None else partial(watch, name),
        )
        for name, measurement in measurements.items()
    }


def corners_of(measured: Mapping[str, Estimate], scope: ParameterScope) -> list[Corner]:
    """Return every corner of the measured intervals; none where an end is not known."""
    ends = {name: interval_of(found) for name, found in measured.items()}
    are_known = all(map(isfinite, chain(*ends.values())))
    return list(corners_between(ends, measured, scope)) if are_known else []


def _measured(
    measurement: Measurement | SampleCheck,
    scope: ParameterScope,
    name: tuple[object, ...],
    replicates: int,
    *,
    watch: Callable[[Estimate, Array], None] | None,
) -> Estimate:
    rng = stream("prediction", *name)
    if isinstance(measurement, SampleCheck):
        return SampledFormula(measurement, scope, rng, watch=watch).draw(replicates)
    experiment = experiment_of(measurement)
    quantity = measurement.quantity
    parameters = experiment.bind(experiment_values(measurement, scope))
    found = measure(
        experiment,
        parameters,
        [quantity],
        rng=rng,
        replicates=replicates,
        watch=None
        if watch is None
        else lambda estimates, drawn: watch(estimates[quantity], drawn[quantity]),
    )
    return found[quantity]


def interval_of(found: Estimate) -> tuple[float, float]:
    """Return the ends of the interval that an estimate is judged by, 4.5 errors to each side.

    They are further by what its tail may have kept unseen, and infinite where one draw carries the
    mean or all draws are one number, which bounds nothing.
    """
    reach, tail = CORNER * found.standard_error, found.tail
    if tail is not None and isfinite(tail.missing):
        reach *= 1 + tail.missing
    is_carried = tail is not None and not (
        tail.largest_term <= MOST_OF_ONE_DRAW and isfinite(tail.missing)
    )
    is_one_number = found.doubt is Doubt.NO_SPREAD and found.standard_error == 0
    if is_carried or is_one_number:
        return -inf, inf
    return found.value - reach, found.value + reach


def corners_between(
    ends: Mapping[str, tuple[float, float]],
    measured: Mapping[str, Estimate],
    scope: ParameterScope,
) -> Iterator[Corner]:
    """Return the corners, and the middles: a limit within an interval may lie on both sides."""
    intervals = [(low, measured[name].value, high) for name, (low, high) in ends.items()]
    for point in product(*intervals):
        yield {**scope, **dict(zip(measured, point, strict=True))}
