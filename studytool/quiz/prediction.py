"""Decide by simulation: the one outcome of a prediction, or whatever its quantities decide."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from math import inf, isfinite
from typing import TypeVar

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.measure import measure
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from studytool.packs.models import Measurement, Prediction
from studytool.quiz.compute import compute, experiment_values

FEWEST_REPLICATES = 128
MOST_REPLICATES = 65_536
CORNER = 4.5
"""Standard errors to each side: all quantities at once, 7e-6 for each."""
MOST_OF_ONE_DRAW = 0.25
"""Of the sum of squares: one draw that has more carries the mean, and nothing bounds what others
would bring. Of 128 normal draws the largest has about 0.07."""
Corner = Mapping[str, float]
"""The measured quantities, each at an end of its interval or in its middle."""
_Decided = TypeVar("_Decided")

_UNDECIDED = Phrase(
    ko="{item}: 시뮬레이션이 결과를 하나로 정하지 못합니다. 결과의 경계를 측정값에서 멀리 옮기세요.",
    en="{item}: the simulation does not decide between the outcomes; "
    "move their limits away from what it measures",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome that holds, and the estimates that show it, by name."""

    outcome: str
    measured: dict[str, Estimate]


def decide_outcome(item: Prediction, *, item_id: str, seed: int = 0) -> Decision:
    """Simulate until exactly one outcome holds at every corner of the measured intervals.

    Raises:
        StudytoolError: more or fewer than one outcome still holds at some corner; names the item.
    """

    def outcome(corners: list[Corner]) -> str | None:
        return _holding_everywhere(item, corners)

    decided, measured = simulate_until(outcome, item.measure, item_id=item_id, seed=seed)
    if decided is None:
        raise StudytoolError(_UNDECIDED, item=item_id)
    return Decision(decided, measured)


def simulate_until(
    decide: Callable[[list[Corner]], _Decided | None],
    measurements: Mapping[str, Measurement],
    *,
    item_id: str,
    seed: int = 0,
) -> tuple[_Decided | None, dict[str, Estimate]]:
    """Simulate until ``decide`` gives something; return it with the estimates.

    The stream belongs to the item and the seed, so the result is the same each time. There are
    128 replicates, then four times as many each time, and 65,536 at last; None if those too are
    too few.

    Args:
        decide: given every corner of the measured intervals.
        measurements: what is measured, by name.
        item_id: with its pack.
        seed: other seeds, other draws.
    """
    replicates = FEWEST_REPLICATES
    while True:
        measured = {
            name: _measured(measurement, item_id, name, seed, replicates)
            for name, measurement in measurements.items()
        }
        ends = {name: interval_of(found) for name, found in measured.items()}
        are_known = all(map(isfinite, chain(*ends.values())))
        decided = decide(list(_corners(ends, measured))) if are_known else None
        if decided is not None or replicates >= MOST_REPLICATES:
            return decided, measured
        replicates = min(4 * replicates, MOST_REPLICATES)


def _measured(  # noqa: PLR0917 - all of it names the stream
    measurement: Measurement, item_id: str, name: str, seed: int, replicates: int
) -> Estimate:
    experiment = find_experiment(measurement.experiment)
    rng = stream("prediction", item_id, name, seed)
    quantity = measurement.quantity
    parameters = experiment.bind(experiment_values(measurement, {}))
    return measure(experiment, parameters, [quantity], rng=rng, replicates=replicates)[quantity]


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


def _corners(
    ends: Mapping[str, tuple[float, float]], measured: Mapping[str, Estimate]
) -> Iterator[Corner]:
    """Return the corners, and the middles: a limit within an interval may lie on both sides."""
    intervals = [(low, measured[name].value, high) for name, (low, high) in ends.items()]
    for point in product(*intervals):
        yield dict(zip(measured, point, strict=True))


def _holding_everywhere(item: Prediction, corners: list[Corner]) -> str | None:
    """Return the one outcome that holds, alone, at every corner; None where there is none."""
    holding = {
        tuple(outcome.id for outcome in item.outcomes if compute(outcome.when, corner))
        for corner in corners
    }
    (only, *others) = holding
    return only[0] if not others and len(only) == 1 else None
