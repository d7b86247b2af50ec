"""Decide by simulation what a prediction asks: an outcome, an order or a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studytool.errors import UnsettledError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.packs.items import Item
from studytool.packs.predictions import Prediction
from studytool.quiz.axis import ShownValue
from studytool.quiz.settling import Settled, settle_options
from studytool.quiz.simulation import Corner, simulate_until

_NONE: Mapping[str, float] = MappingProxyType({})
_UNSETTLED = Phrase(
    ko="{item}: 시뮬레이션이 무엇이 맞는지 정하지 못해 채점하지 않았습니다.",
    en="{item}: the simulation does not settle what is right here, so nothing was marked.",
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the simulation settles, and the estimates that show it, by name."""

    shown: Settled
    measured: dict[str, Estimate]

    @property
    def holding(self) -> frozenset[str]:
        """Return the ids of the outcomes or options that hold."""
        assert isinstance(self.shown, frozenset)
        return self.shown

    @property
    def order(self) -> tuple[str, ...]:
        """Return the ids in order."""
        assert isinstance(self.shown, tuple)
        return self.shown

    @property
    def value(self) -> ShownValue:
        """Return the value that an estimate is of."""
        assert isinstance(self.shown, ShownValue)
        return self.shown


def decide(
    item: Item, *, item_id: str, parameters: Mapping[str, float] = _NONE, seed: int = 0
) -> Decision:
    """Simulate at a variant's numbers until the outcome, the order or the value is settled.

    What is settled holds at every corner of the measured intervals.

    Args:
        item: a prediction.
        item_id: with its pack.
        parameters: the variant's numbers.
        seed: other seeds, other draws.

    Raises:
        UnsettledError: corners still disagree, values tie, or an estimate has no narrow interval.
    """
    if not isinstance(item, Prediction):
        raise TypeError(f"{item_id} is no prediction")
    whens = {outcome.id: outcome.when for outcome in item.outcomes or ()}

    def settle(corners: list[Corner]) -> Settled | None:
        return settle_options(whens, corners)

    settled: Settled | None
    settled, measured = simulate_until(
        settle, item.measure, item_id=item_id, scope=parameters, seed=seed
    )
    if settled is None:
        raise UnsettledError(_UNSETTLED, item=item_id)
    return Decision(settled, measured)
