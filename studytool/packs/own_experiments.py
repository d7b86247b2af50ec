"""The experiment that a measurement names: the core's, or the pack's own made of its formulas."""

from collections.abc import Callable
from dataclasses import make_dataclass
from functools import lru_cache
from math import nan
from typing import Annotated, Any

from studytool.errors import ExperimentError, FormulaError
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import Formula, parse_once
from studytool.formula.simulation import FormulaSimulation, MeasuredFormula, SimulationError
from studytool.formula.simulation_cost import SimulationCost, cost_of
from studytool.formula.simulation_structure import structures_of
from studytool.formula.structure import Structure
from studytool.language import Language, Message, Phrase
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range, values_of
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.numerics.registry import EXPERIMENTS, find_experiment
from studytool.numerics.streams import Rng
from studytool.packs.experiments import IntegerRange, LogRange, PackExperiment, PackQuantity
from studytool.packs.methods import Measurement
from studytool.packs.text import Text

_KEPT = 256
"""Experiments, and of each the parameters, whose making is not done again."""
_IN_PART = Phrase(ko="{part}: {why}", en="{part}: {why}")


def experiment_of(measurement: Measurement) -> Experiment[Any]:
    """Return the experiment that is measured.

    Raises:
        NotFoundError: neither the core nor the pack has it; names the nearest of the core.
    """
    if measurement.own is None:
        return find_experiment(measurement.experiment)
    return made_experiment(measurement.experiment, measurement.own)


def known_experiment(measurement: Measurement) -> Experiment[Any] | None:
    """Return the experiment that is measured; None where neither core nor pack has it."""
    if measurement.own is None:
        return EXPERIMENTS.get(measurement.experiment)
    return made_experiment(measurement.experiment, measurement.own)


def made_experiment(name: str, given: PackExperiment, language: Language = "en") -> Experiment[Any]:
    """Make an experiment of a pack's formulas, like one of the core.

    Args:
        name: in full, ``pack/id``.
        given: of which every formula can be read.
        language: of its words.
    """
    return _made(name, given.text, language)


@lru_cache(maxsize=_KEPT)
def _made(name: str, text: str, language: Language) -> Experiment[Any]:
    given = PackExperiment.model_validate_json(text)
    simulation = simulation_of(given)
    return Experiment(
        name=name,
        doc=_doc(given, language),
        parameter_type=_parameter_type(given, language),
        quantities=tuple(
            _quantity(key, one, simulation, language) for key, one in given.measure.items()
        ),
        simulate=_simulate(name, simulation),
        elements=_cost(name, simulation, lambda cost: cost.elements),
        source="" if given.source is None else f"{given.source.ref} {given.source.at}".strip(),
        refuse=_refuse(simulation),
        work=_cost(name, simulation, lambda cost: cost.work),
    )


def simulation_of(given: PackExperiment) -> FormulaSimulation:
    """Read the formulas of an experiment.

    Raises:
        FormulaError: one that cannot be read.
    """
    return FormulaSimulation(
        let={name: parse_once(text) for name, text in given.let.items()},
        state={name: parse_once(text, draws=True) for name, text in given.state.items()},
        step={name: parse_once(text, draws=True) for name, text in given.step.items()},
        repeat=None if given.repeat is None else parse_once(given.repeat),
        measure={
            name: MeasuredFormula(
                parse_once(one.value, draws=True),
                None if one.over is None else parse_once(one.over, draws=True),
            )
            for name, one in given.measure.items()
        },
    )


def _doc(given: PackExperiment, language: Language) -> str:
    title = given.title.text(language)
    return title if given.description is None else f"{title}. {given.description.text(language)}"


def _parameter_type(given: PackExperiment, language: Language) -> type:
    fields = []
    for name, one in given.params.items():
        is_whole = isinstance(one, IntegerRange)
        low, high = one.ends
        range_ = Range(low, high, log=isinstance(one, LogRange))
        kind: Any = Annotated[int if is_whole else float, range_, _text(one.doc, language)]
        fields.append((name, kind, int(one.default) if is_whole else float(one.default)))
    return make_dataclass("OwnParameters", fields, frozen=True)


def _text(text: Text | None, language: Language) -> str:
    return "" if text is None else text.text(language)


def _quantity(
    name: str, one: PackQuantity, simulation: FormulaSimulation, language: Language
) -> Quantity[Any]:
    is_random = simulation.is_random(name)
    return Quantity(
        name,
        one.name.text(language),
        Estimator(one.statistic) if is_random else Estimator.EXACT,
        None if one.closed_form is None else _closed(simulation, parse_once(one.closed_form)),
        known_at=_known_at(simulation, name) if is_random else None,
    )


def _known_at(
    simulation: FormulaSimulation, name: str
) -> Callable[[object], tuple[KnownRange, KnownRange]]:
    """Return where a measured value lies, and what it is over, by the formulas of all steps."""

    @lru_cache(maxsize=_KEPT)
    def known_at(parameters: object) -> tuple[KnownRange, KnownRange]:
        try:
            found = structures_of(simulation, name, numbers_of(parameters))
        except SimulationError:
            return ANYWHERE, ANYWHERE  # told when it is run
        first, last = (known_range(one) for one in (found[0], found[-1]))
        return first, last if len(found) > 1 else ANYWHERE

    return known_at


def known_range(structure: Structure) -> KnownRange:
    """Return where the values of a structure lie."""
    return KnownRange(structure.range.low, structure.range.high, structure.part_width)


def _closed(simulation: FormulaSimulation, formula: Formula) -> Callable[[object], float]:
    def closed_form(parameters: object) -> float:
        try:
            return evaluate_number(formula, simulation.constants(numbers_of(parameters)))
        except FormulaError:
            return nan

    return closed_form


def _simulate(
    name: str, simulation: FormulaSimulation
) -> Callable[[Rng, int, object], dict[str, Array]]:
    def simulate(rng: Rng, n: int, parameters: object) -> dict[str, Array]:
        try:
            return simulation.simulate(rng, n, numbers_of(parameters))
        except SimulationError as error:
            raise _refused(name, error) from error

    return simulate


def _cost(
    name: str, simulation: FormulaSimulation, part: Callable[[SimulationCost], float]
) -> Callable[[Any], float]:
    @lru_cache(maxsize=_KEPT)
    def cost(parameters: Any) -> float:
        try:
            return part(cost_of(simulation, numbers_of(parameters)))
        except SimulationError as error:
            raise _refused(name, error) from error

    return cost


def _refuse(simulation: FormulaSimulation) -> Callable[[object], Message | None]:
    def refuse(parameters: object) -> Message | None:
        try:
            simulation.steps(simulation.constants(numbers_of(parameters)))
        except SimulationError as error:
            return in_part(error)
        return None

    return refuse


def _refused(name: str, error: SimulationError) -> ExperimentError:
    return ExperimentError(name, in_part(error))


def in_part(error: SimulationError) -> Message:
    """Say which formula of an experiment is refused, and why."""
    return _IN_PART.of(part=" ".join(error.part), why=error.why)


def numbers_of(parameters: object) -> dict[str, float]:
    """Return the values of the parameters of an experiment in formulas, by name."""
    return {name: float(value) for name, value in values_of(parameters).items()}
