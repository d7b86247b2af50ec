"""Measure what an item simulates with eight replicates: what nothing can settle is seen at once."""

from collections.abc import Iterator, Mapping, Sequence

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.authoring.small_samples import refused_samples
from studytool.errors import FormulaError
from studytool.language import LANGUAGES, Phrase
from studytool.packs.choices import Choice
from studytool.packs.document import Path
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.orderings import Order
from studytool.packs.predictions import EstimateKey, Prediction, WithinFactor
from studytool.packs.scope import scope_of
from studytool.quiz.compute import compute
from studytool.quiz.leeway import axis_of
from studytool.quiz.settling import order_of
from studytool.quiz.simulation import (
    FEWEST_REPLICATES,
    Corner,
    corners_of,
    measure_all,
)
from studytool.quiz.variant import Variant

REPLICATES = 8
"""Enough to show what is wrong; a learner's simulation then has to show it too."""
_NONE_OR_SEVERAL = Phrase(
    "시뮬레이션에서 {count}개 가운데 {holding}개가 성립합니다",
    "{holding} of {count} hold in the simulation",
)
_TIED = Phrase(
    "시뮬레이션에서 순서를 정할 값 둘이 같습니다", "two of the measured values are equal"
)
_OFF_AXIS = Phrase(
    "시뮬레이션의 값 {value:.3g}이(가) 축을 벗어납니다",
    "the simulation shows {value:.3g}, which is off the axis",
)


def unsettled_measurements(item: Item, variant: Variant) -> Iterator[PlayProblem]:
    """Return what of a draw no simulation can settle: a formula without a value, none that holds.

    What eight replicates show counts only where the first round of a learner's simulation shows it.
    """
    measurements = _measurements(item)
    if not measurements:
        return
    scope = scope_of(item, variant.parameters)
    refused = [
        problem
        for name, one in measurements.items()
        for problem in refused_samples(one, scope, ("measure", name))
    ]
    if refused:
        yield from refused
        return
    found: PlayProblem | None = None
    for replicates in (REPLICATES, FEWEST_REPLICATES):
        measured = measure_all(
            measurements, item_id=variant.item, scope=scope, replicates=replicates
        )
        corners = corners_of(measured, scope) if replicates > REPLICATES else []
        middle = {**scope, **{name: estimate.value for name, estimate in measured.items()}}
        found = _problem(item, variant.seed, corners or [middle])
        if found is None:
            return
    assert found is not None
    yield found


def _measurements(item: Item) -> Mapping[str, Measurement | SampleCheck]:
    match item:
        case Choice(measure=measurements) | Order(measure=measurements):
            return measurements
        case Prediction(measure=measurements):
            return measurements
        case _:
            return {}


def _problem(item: Item, seed: int, corners: Sequence[Corner]) -> PlayProblem | None:
    for path, text in _formulas(item):
        for corner in corners:
            try:
                compute(text, corner)
            except FormulaError as error:
                whys = {f"why_{code}": error.why.text(code) for code in LANGUAGES}
                at = (error.column or 1) - 1
                return PlayProblem(PlayFault.NOT_MADE, path, {"seed": seed, **whys}, at)
    match item:
        case Prediction(estimate=EstimateKey() as key):
            return _unplaced(key, seed, corners)
        case Order() | Prediction(things=list()):
            return _tied(item, seed, corners)
        case _:
            return _one_sided(item, seed, corners)


def _formulas(item: Item) -> list[tuple[Path, str]]:
    """Return the formulas over what is measured, and where they stand."""
    if isinstance(item, Prediction) and item.estimate is not None:
        return [(("estimate", "of"), item.estimate.of)]
    if isinstance(item, Order) or (isinstance(item, Prediction) and item.things is not None):
        things = enumerate(item.things or ())
        return [(("things", number, "value"), thing.value) for number, thing in things]
    return _whens(item)


def _whens(item: Item) -> list[tuple[Path, str]]:
    match item:
        case Prediction(outcomes=list() as outcomes):
            options, key = [(number, one.when) for number, one in enumerate(outcomes)], "outcomes"
        case Choice(options=listed):
            whens = ((number, one.when) for number, one in enumerate(listed))
            options, key = [(n, when) for n, when in whens if when is not None], "options"
        case _:
            return []
    return [((key, number, "when"), when) for number, when in options]


def _unplaced(key: EstimateKey, seed: int, corners: Sequence[Corner]) -> PlayProblem | None:
    """Return the problem of a value that is nowhere on its axis, or that has no factor."""
    axis, values = axis_of(key), [compute(key.of, corner) for corner in corners]
    middle = values[len(values) // 2]
    if not any(map(axis.covers, values)):
        return _unsettled(("estimate", "axis"), seed, _OFF_AXIS, value=middle)
    if middle == 0 and isinstance(key.within, WithinFactor):
        return PlayProblem(PlayFault.FACTOR_OF_ZERO, ("estimate", "within"), {"seed": seed})
    return None


def _tied(item: Order | Prediction, seed: int, corners: Sequence[Corner]) -> PlayProblem | None:
    values = {thing.id: thing.value for thing in item.things or ()}
    orders = [order_of(values, corner, ascending=True) for corner in corners]
    return _unsettled(("things",), seed, _TIED) if not any(orders) else None


def _one_sided(item: Item, seed: int, corners: Sequence[Corner]) -> PlayProblem | None:
    """Return the problem of outcomes or options of which a wrong number holds at every corner."""
    parts = [(path[0], text) for path, text in _formulas(item)]
    if not parts:
        return None
    counts = {sum(bool(compute(text, corner)) for _, text in parts) for corner in corners}
    where, count = parts[0][0], len(parts)
    fits = counts == {1} if where == "outcomes" else not counts & {0, count}
    if fits or len(counts) > 1:
        return None
    return _unsettled((where,), seed, _NONE_OR_SEVERAL, holding=min(counts), count=count)


def _unsettled(path: Path, seed: int, why: Phrase, **fields: object) -> PlayProblem:
    whys = {f"why_{code}": why.text(code, **fields) for code in LANGUAGES}
    return PlayProblem(PlayFault.NOT_SETTLED, path, {"seed": seed, **whys})
