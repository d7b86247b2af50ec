"""Decide a prediction by simulation: the one outcome that holds."""

from dataclasses import dataclass

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.packs.models import Prediction
from studytool.quiz.settling import settle_options
from studytool.quiz.simulation import Corner, simulate_until

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
    whens = {outcome.id: outcome.when for outcome in item.outcomes}

    def settle(corners: list[Corner]) -> frozenset[str] | None:
        return settle_options(whens, corners)

    settled, measured = simulate_until(settle, item.measure, item_id=item_id, seed=seed)
    if settled is None:
        raise StudytoolError(_UNDECIDED, item=item_id)
    (outcome,) = settled
    return Decision(outcome, measured)
