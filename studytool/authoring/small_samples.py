"""Run what a check draws with eight replicates: its shapes and axes are refused or not at once."""

from collections.abc import Iterator, Mapping

import numpy as np

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.errors import ExperimentError, FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.budget import Budget
from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse_once
from studytool.formula.simulation import SimulationError
from studytool.formula.simulation_cost import cost_of
from studytool.language import LANGUAGES, Message
from studytool.numerics.arrays import Array
from studytool.numerics.measure import FEWEST_SHOWN, measure, too_much_work
from studytool.numerics.streams import stream
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.methods import Measurement, Method, SampleCheck
from studytool.packs.own_experiments import experiment_of, simulation_of
from studytool.quiz.compute import experiment_values

REPLICATES = 8
_OF_SHAPES = ("axis", "shape", "dimension", "fit")
"""Words of the refusals that are about shapes."""

_Names = Mapping[str, float | Array]


def refused_formulas(experiment: PackExperiment) -> Iterator[PlayProblem]:
    """Return the first formula of an experiment that is refused.

    Its parameters are tried at their defaults, and each at both ends of its range.
    """
    simulation = simulation_of(experiment)
    defaults = {name: float(one.default) for name, one in experiment.params.items()}
    ends = [(name, float(end)) for name, one in experiment.params.items() for end in one.ends]
    for name, end in [("", 0.0), *ends]:
        values = {**defaults, name: end} if name else defaults
        try:
            work = cost_of(simulation, values).work
            if too_much := too_much_work(work, FEWEST_SHOWN if simulation.random else 1):
                yield _refused_at(name, end, ("repeat" if simulation.step else "state",), too_much)
                return
            simulation.simulate(stream("small experiment", experiment.id), REPLICATES, values)
        except SimulationError as error:
            at = None if error.column is None else error.column - 1
            yield _refused_at(name, end, error.part, error.why, at=at)
            return


def _refused_at(
    name: str, end: float, part: Path, why: Message, *, at: int | None = None
) -> PlayProblem:
    """Say what is refused with a parameter at an end of its range; with none, at the defaults."""
    fault = PlayFault.END_REFUSED if name else PlayFault.EXPERIMENT_REFUSED
    return PlayProblem(fault, part, {**_why(why), "name": name, "end": f"{end:.6g}"}, at)


def _refused_experiment(
    method: Measurement, scope: Mapping[str, float], path: Path
) -> Iterator[PlayProblem]:
    experiment, rng = experiment_of(method), stream("small experiment", *map(str, path))
    try:
        parameters = experiment.bind(experiment_values(method, scope))
        with np.errstate(all="ignore"):
            measure(experiment, parameters, [method.quantity], rng=rng, replicates=REPLICATES)
    except (ExperimentError, FormulaError) as error:
        yield PlayProblem(PlayFault.MEASUREMENT_REFUSED, (*path, "experiment"), _why(error.told))
    except ArithmeticError:
        return  # of so few a ratio may be over nothing: more are drawn where it is tried


def _why(told: Message) -> dict[str, str | int | float]:
    return {f"why_{code}": told.text(code) for code in LANGUAGES}


def refused_samples(
    method: Method, scope: Mapping[str, float], path: Path
) -> Iterator[PlayProblem]:
    """Return what is refused of a sample, or of an experiment of the pack, for one draw.

    Args:
        method: the check.
        scope: the numbers that its formulas may use.
        path: of the check inside its entry.
    """
    if isinstance(method, Measurement) and method.own is not None:
        yield from _refused_experiment(method, scope, path)
    if not isinstance(method, SampleCheck):
        return
    names: dict[str, float | Array] = dict(scope)
    rng, budget = stream("small sample", *map(str, path)), Budget()
    let = {name: parse_once(text, draws=True) for name, text in method.let.items()}
    parts = [((*path, "let", name), method.let[name], name) for name in resolve_order(let)]
    parts.append(((*path, "sample"), method.sample, ""))
    if method.over is not None:
        parts.append(((*path, "over"), method.over, ""))
    for where, text, name in parts:
        try:
            with np.errstate(all="ignore"):
                value = evaluate(
                    parse_once(text, draws=True), names, rng=rng, reps=REPLICATES, budget=budget
                )
        except FormulaError as error:
            fields = _why(error.why)
            fields["is_shape"] = int(any(word in str(fields["why_en"]) for word in _OF_SHAPES))
            yield PlayProblem(PlayFault.CHECK_REFUSED, where, fields, (error.column or 1) - 1)
            return
        shape = np.shape(value)
        if name:
            names[name] = value
        elif shape != (REPLICATES,):
            shown = ", ".join("reps" if size == REPLICATES else str(size) for size in shape)
            yield PlayProblem(PlayFault.SAMPLE_SHAPE, where, {"shape": f"[{shown}]"})
            return
