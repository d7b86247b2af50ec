"""Decide by simulation: the one outcome of a prediction, or whatever its quantities decide."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import measure
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from studytool.packs.models import Measurement, Prediction
from studytool.quiz.compute import compute, experiment_values

FEWEST_REPLICATES = 128
MOST_REPLICATES = 65_536
CORNER = 4.5
"""Standard errors to each side: all quantities at once, 7e-6 for each."""
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
        decided = decide(list(_corners(measured)))
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


def _corners(measured: Mapping[str, Estimate]) -> Iterator[Corner]:
    """Return the corners, and the middles: a limit within an interval may lie on both sides."""
    intervals = [
        [found.value + side * CORNER * found.standard_error for side in (-1, 0, 1)]
        for found in measured.values()
    ]
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
