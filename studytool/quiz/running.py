"""The simulation of a prediction as it runs: what each value is after ever more replicates."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import cast

from studytool.errors import ExperimentError, FormulaError, UnsettledError
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse_once
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate
from studytool.numerics.experiment import ParameterValue, values_of
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.packs.choices import Choice
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.orderings import Order
from studytool.packs.own_experiments import experiment_of
from studytool.packs.predictions import Prediction
from studytool.packs.scope import ParameterScope, scope_of
from studytool.packs.text import Text
from studytool.quiz.axis import ShownValue
from studytool.quiz.compute import compute, experiment_values
from studytool.quiz.key import AxisKey, OrderKey
from studytool.quiz.prediction import SimulatedItem, decide
from studytool.quiz.simulation import CORNER, corners_between, interval_of
from studytool.quiz.variant import Variant

_DECADES = "log10_"
"""How the names of quantities begin that are powers of ten."""


@dataclass(frozen=True, slots=True)
class RunningValue:
    """One value that a simulation shows.

    Attributes:
        name: the id of a thing to order, or the name of a measured quantity; empty of an estimate.
        formula: over what is measured.
        closed_form: what theory says; None where it says nothing.
        group: what has the same scale: all that is put in order, or measures the same quantity.
        in_decades: whether it is a power of ten, shown as the number that it stands for.
    """

    name: str
    formula: str
    closed_form: float | None
    group: str = ""
    in_decades: bool = False


@dataclass(frozen=True, slots=True)
class MeasuredSetting:
    """What a value is measured of: a quantity of an experiment, and all of its parameters.

    ``name`` is the author's; a sample has none but that.
    """

    quantity: str
    values: Mapping[str, ParameterValue]
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class RunStep:
    """What the simulation shows after so many replicates.

    Attributes:
        shown: each value with its ends.
        bounded: of each, whether so few draws bound it: else its ends are 4.5 standard errors off.
    """

    replicates: int
    shown: tuple[ShownValue, ...]
    bounded: tuple[bool, ...]


class SimulationRun:
    """A variant's simulation, watched from another thread than it runs in.

    Attributes:
        values: what is shown, in the order of the item.
        steps: so far, each of more replicates; the last is what the mark is made of.
        drawn: what each of the first replicates alone would give for an estimate, in the order of
            drawing; empty of anything else, and where one alone gives nothing.
    """

    def __init__(self, item: SimulatedItem, variant: Variant) -> None:
        self._item, self._variant = item, variant
        self._scope = scope_of(item, variant.parameters)
        self._known = {
            name: ANYWHERE if isinstance(one, SampleCheck) else _range_of(one, self._scope)
            for name, one in item.measure.items()
        }
        self._heard: dict[str, dict[int, Estimate]] = {name: {} for name in item.measure}
        self.values = tuple(_values(item, self._scope))
        self._replicates: dict[str, Array] = {}
        self.steps: list[RunStep] = []
        self.drawn: Sequence[float] = ()

    @property
    def axis_key(self) -> AxisKey | None:
        """Return the axis of an estimate; None of anything else."""
        key = self._variant.key
        return key if isinstance(key, AxisKey) else None

    @property
    def names(self) -> dict[str, str]:
        """Return the texts of the things to order, by id."""
        key = self._variant.key
        return {one.id: one.text for one in key.things} if isinstance(key, OrderKey) else {}

    @property
    def settings(self) -> dict[str, MeasuredSetting | None]:
        """Return what each measured value is of, by its name in the item; None of a nameless sample."""
        return {name: self._setting(one) for name, one in self._item.measure.items()}

    def _setting(self, measurement: Measurement | SampleCheck) -> MeasuredSetting | None:
        if isinstance(measurement, SampleCheck):
            return MeasuredSetting("", {}, measurement.name) if measurement.name else None
        experiment = experiment_of(measurement)
        given = experiment.bind(experiment_values(measurement, self._scope))
        return MeasuredSetting(measurement.quantity, values_of(given), measurement.name)

    def simulate(self) -> None:
        """Run the simulation; the mark that follows is made of the same, and says what fails."""
        with suppress(UnsettledError, FormulaError, ExperimentError):
            variant = self._variant
            decide(
                self._item,
                item_id=variant.item,
                parameters=variant.parameters,
                watch=self._hear,
            )

    def _hear(self, name: str, found: Estimate, drawn: Array) -> None:
        """Add a step where all quantities are known of as many replicates."""
        self._heard[name][found.replicates] = found
        self._replicates[name] = drawn
        replicates = found.replicates
        known = {one: _known(heard, replicates) for one, heard in self._heard.items()}
        measured = {one: found for one, found in known.items() if found is not None}
        if len(measured) < len(known):
            return
        most = max(one.replicates for one in measured.values())
        last = self.steps[-1].replicates if self.steps else 0
        if most < last:
            return
        self.drawn, step = self._own_values(), self._step(most, measured)
        if most == last:  # the estimate itself, summed otherwise than the last one on the way to it
            self.steps[-1] = step
        else:
            self.steps.append(step)

    def _own_values(self) -> Sequence[float]:
        """Put the replicates of all quantities, the first of each together, through the formula."""
        fewest = min(map(len, self._replicates.values()))
        if self.axis_key is None or not fewest:
            return ()
        drawn = {name: values[:fewest] for name, values in self._replicates.items()}
        with suppress(FormulaError):
            values = evaluate(parse_once(self.values[0].formula), {**self._scope, **drawn})
            return () if isinstance(values, float) else cast("list[float]", values.tolist())
        return ()

    def _step(self, replicates: int, measured: Mapping[str, Estimate]) -> RunStep:
        ends = {name: self._ends(name, found) for name, found in measured.items()}
        corners = list(corners_between(ends, measured, self._scope))
        middle = {**self._scope, **{name: found.value for name, found in measured.items()}}
        shown = []
        for one in self.values:
            found = [compute(one.formula, corner) for corner in corners]
            shown.append(ShownValue(compute(one.formula, middle), min(found), max(found)))
        are_bounded = {name: isfinite(interval_of(found)[0]) for name, found in measured.items()}
        bounded = tuple(
            are_bounded.get(one.formula, all(are_bounded.values())) for one in self.values
        )
        return RunStep(replicates, tuple(shown), bounded)

    def _ends(self, name: str, found: Estimate) -> tuple[float, float]:
        """Return the ends that mark, or 4.5 standard errors where there are none; within the possible."""
        low, high = interval_of(found)
        if not (isfinite(low) and isfinite(high)):
            reach = CORNER * found.standard_error if isfinite(found.standard_error) else 0.0
            low, high = found.value - reach, found.value + reach
        known = self._known[name]
        return max(low, known.low), min(high, known.high)


def run_of(item: Item, variant: Variant) -> SimulationRun | None:
    """Return the simulation that a variant's mark needs, to be run; None where it needs none."""
    is_simulated = isinstance(item, SimulatedItem) and bool(item.measure)
    return SimulationRun(item, variant) if is_simulated else None  # type: ignore[arg-type] # narrowed above


def _known(heard: Mapping[int, Estimate], replicates: int) -> Estimate | None:
    """Return the estimate of so many replicates, or the one that is exact."""
    found = heard.get(replicates) or heard.get(1)
    return found or (heard[max(heard)] if replicates == 1 and heard else None)


def _values(item: SimulatedItem, scope: ParameterScope) -> Iterator[RunningValue]:
    known = {name: _closed(measurement, scope) for name, measurement in item.measure.items()}
    theory = {**scope, **{name: value for name, value in known.items() if value is not None}}
    quantities = {
        name: name if isinstance(one, SampleCheck) else one.quantity
        for name, one in item.measure.items()
    }
    asked = list(_formulas(item))
    are_decades = all(quantities.get(formula, "").startswith(_DECADES) for _, formula in asked)
    are_compared = getattr(item, "things", None) is not None
    for name, formula in asked:
        quantity = quantities.get(formula, "")
        yield RunningValue(
            name,
            formula,
            _computed(formula, theory),
            "" if are_compared else quantity,
            are_decades if are_compared else quantity.startswith(_DECADES),
        )


def _formulas(item: SimulatedItem) -> Iterator[tuple[str, str]]:
    match item:
        case Prediction(estimate=estimate) if estimate is not None:
            yield "", estimate.of
        case Prediction(things=list() as things) | Order(things=things):
            yield from ((thing.id, thing.value) for thing in things)
        case Prediction() | Choice() | Order():
            yield from ((name, name) for name in item.measure)


def _closed(measurement: Measurement | SampleCheck, scope: ParameterScope) -> float | None:
    """Return the closed form of a measured quantity; None where there is none for these numbers."""
    if isinstance(measurement, SampleCheck):
        return None
    experiment = experiment_of(measurement)
    form = experiment.quantity(measurement.quantity).closed_form
    if form is None:
        return None
    try:
        value = form(experiment.bind(experiment_values(measurement, scope)))
    except (ExperimentError, FormulaError):
        return None
    return float(value) if isfinite(value) else None


def _computed(formula: str, scope: ParameterScope) -> float | None:
    with suppress(FormulaError):
        return compute(formula, scope)
    return None


def _range_of(measurement: Measurement, scope: ParameterScope) -> KnownRange:
    """Return where the values of a measured quantity lie."""
    experiment = experiment_of(measurement)
    parameters = experiment.bind(experiment_values(measurement, scope))
    return experiment.quantity(measurement.quantity).ranges(parameters)[0]
