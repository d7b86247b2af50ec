"""Decide by simulation what an item asks: outcomes, options, an order or a value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from studytool.errors import UnsettledError
from studytool.language import Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate
from studytool.numerics.watching import NO_REPLICATES
from studytool.packs.choices import Choice, Option
from studytool.packs.items import Item
from studytool.packs.orderings import Direction, Order, Thing
from studytool.packs.predictions import Prediction, PredictionOutcome
from studytool.packs.scope import scope_of
from studytool.quiz.axis import ShownValue
from studytool.quiz.leeway import leeway_of
from studytool.quiz.settling import Settled, settle_options, settle_order, settle_value
from studytool.quiz.simulation import Corner, MeasurementWatch, simulate_until

_NONE: Mapping[str, float] = MappingProxyType({})
UNSETTLED = Phrase(
    ko="{item}: 시뮬레이션이 무엇이 맞는지 정하지 못해 채점하지 않았습니다.",
    en="{item}: the simulation does not settle what is right here, so nothing was marked.",
)
SimulatedItem = Choice | Order | Prediction
_Settle = Callable[[list[Corner]], Settled | None]
_KEPT = 256
"""Decisions kept: a variant is simulated once, however often its key is asked for."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the simulation settles, and the estimates that show it, by name.

    Attributes:
        drawn: of an estimate whose simulation was watched, the first replicates of each name.
    """

    shown: Settled
    measured: Mapping[str, Estimate]
    drawn: Mapping[str, Array] = field(default_factory=dict, compare=False)

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


@dataclass(frozen=True, slots=True)
class _Case:
    """A variant to be decided; two of one name, revision, seed and numbers are the same."""

    item_id: str
    revision: str
    parameters: tuple[tuple[str, float], ...]
    seed: int
    item: SimulatedItem = field(compare=False)
    watch: MeasurementWatch | None = field(compare=False)


def decide(
    item: Item,
    *,
    item_id: str,
    parameters: Mapping[str, float] = _NONE,
    seed: int = 0,
    watch: MeasurementWatch | None = None,
) -> Decision:
    """Simulate at a variant's numbers until the outcome, the order or the value is settled.

    What is settled holds at every corner of the measured intervals; a ``when``, between them too.

    Args:
        item: with a ``measure``.
        item_id: with its pack.
        parameters: the variant's numbers.
        seed: other seeds, other draws.
        watch: told of each quantity as the simulation goes on, and of the last estimates once more;
            of these alone where the variant was simulated before.

    Raises:
        UnsettledError: corners still disagree, values tie, or an estimate has no narrow interval.
    """
    if not isinstance(item, SimulatedItem):
        raise TypeError(f"{item_id} has nothing to simulate")
    numbers = tuple(sorted(parameters.items()))
    decided = _decide(_Case(item_id, item.revision, numbers, seed, item, watch))
    if decided is None:
        raise UnsettledError(UNSETTLED, item=item_id)
    if watch is not None:
        for name, found in decided.measured.items():
            watch(name, found, decided.drawn.get(name, NO_REPLICATES))
    return decided


@lru_cache(maxsize=_KEPT)
def _decide(case: _Case) -> Decision | None:
    settled: Settled | None
    watch, drawn = case.watch, dict[str, Array]()

    def hear(name: str, found: Estimate, replicates: Array) -> None:
        assert watch is not None
        drawn[name] = replicates
        watch(name, found, replicates)

    settled, measured = simulate_until(
        _settler(case.item),
        case.item.measure,
        item_id=case.item_id,
        scope=scope_of(case.item, dict(case.parameters)),
        seed=case.seed,
        watch=None if watch is None else hear,
    )
    if settled is None:
        return None
    return Decision(settled, measured, drawn if isinstance(settled, ShownValue) else {})


def _settler(item: SimulatedItem) -> _Settle:
    """Return what settles an item: which hold, in what order, or at what value."""
    match item:
        case Prediction(outcomes=list() as outcomes):
            return _holding(outcomes, several=False)
        case Choice(options=options):
            return _holding(options, several=True)
        case Prediction(things=list() as things, direction=direction):
            return _ordering(things, direction)
        case Order(things=things, direction=direction):
            return _ordering(things, direction)
        case Prediction(estimate=key):
            assert key is not None
            of, leeway = key.of, leeway_of(key)
            return lambda corners: settle_value(of, corners, leeway)


def _holding(options: Sequence[Option | PredictionOutcome], *, several: bool) -> _Settle:
    whens = {option.id: option.when for option in options if option.when is not None}
    return lambda corners: settle_options(whens, corners, several=several)


def _ordering(things: Sequence[Thing], direction: Direction) -> _Settle:
    values = {thing.id: thing.value for thing in things}
    ascending = direction == "ascending"
    return lambda corners: settle_order(values, corners, ascending=ascending)
