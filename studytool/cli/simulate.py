"""``studytool simulate``: an experiment of the computation core or of a pack, run."""

import time
from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_text
from studytool.errors import ExperimentError
from studytool.json_output import (
    ExperimentJson,
    ParameterJson,
    QuantityJson,
    SimulateJson,
    SimulateListJson,
    TailJson,
)
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.numerics.experiment import Experiment, ParameterDefinition, ParameterValue
    from studytool.numerics.measure import QuantityResult

_NO_ASSIGNMENT = Phrase(ko="'{text}': name=value처럼 쓰세요", en="'{text}' is not name=value")


@declare.command(
    "simulate",
    more=Phrase(
        ko="EXPERIMENT는 핵심부의 실험이거나, 꾸러미의 PACK/EXPERIMENT 또는 PATH/EXPERIMENT입니다. "
        "매개변수는 name=value로 준 값이거나 기본값입니다.",
        en="EXPERIMENT is one of the core, or PACK/EXPERIMENT or PATH/EXPERIMENT of a pack. Each "
        "parameter is at its default, or as given by name=value.",
    ),
)
@click.argument("name", required=False, metavar="[EXPERIMENT]")
@click.argument("assignments", nargs=-1, metavar="[name=value ...]")
@declare.option(
    "--list",
    "list_",
    is_flag=True,
    about=Phrase(
        "실험과 그 매개변수와 양을 나열합니다.", "List experiments, parameters, quantities."
    ),
)
@declare.with_seed
@declare.option(
    "--replicates",
    type=click.IntRange(2, 8_000_000),
    about=Phrase(
        "반복 수. 기본값은 1초 동안 하는 만큼.",
        "Replicates. Default: as many as a second allows.",
    ),
)
@declare.option(
    "--question",
    metavar="QUANTITY",
    about=Phrase(
        "이 양을 묻는 예측 문항을 꾸러미에 쓰도록 YAML로.",
        "A prediction about this quantity, as YAML for a pack.",
    ),
)
@declare.as_json
def command(  # noqa: PLR0913 - one for each option
    name: str | None,
    assignments: tuple[str, ...],
    *,
    list_: bool,
    question: str | None,
    seed: int,
    replicates: int | None,
    as_json: bool,
) -> None:
    """Run EXPERIMENT, each parameter at its default or as given by name=value.

    It is one of the core, or PACK/EXPERIMENT or PATH/EXPERIMENT of a pack.
    """
    if list_ or name is None:
        _list(as_json=as_json)
        return
    from studytool.library.finding import named_experiment
    from studytool.numerics.measure import measure_all
    from studytool.wording.simulation import result_text

    language = learner_language()
    experiment = named_experiment(name, language)
    if question is not None:
        write_text(_question(experiment, question, assignments, seed=seed), end="")
        return
    start = time.perf_counter()
    parameters = experiment.bind(_values(name, assignments))
    measured = measure_all(experiment, parameters, seed=seed, replicates=replicates)
    seconds = round(time.perf_counter() - start, 3)
    if as_json:
        result = _result(experiment, parameters, measured, seconds=seconds)
        write_json(result)
        return
    write_text(result_text(experiment, parameters, measured, seconds=seconds, language=language))


def _question(
    experiment: "Experiment[Any]", name: str, assignments: tuple[str, ...], *, seed: int
) -> str:
    """Write the question that the lab would make of a quantity at these parameters, in YAML.

    Raises:
        NotFoundError: an unknown quantity.
        ExperimentError: refused parameters, or a quantity without a number at them.
    """
    from studytool.numerics.measure import measure_all
    from studytool.session.lab import Bench, curve_of
    from studytool.wording.lab_question import NOT_MEASURED, question_yaml

    experiment.quantity(name)
    bench = Bench.of(experiment).given(_values(experiment.name, assignments))
    bench = replace(bench, quantity=name, seed=seed)
    measured = measure_all(experiment, bench.parameters, seed=seed)
    result = next(one for one in measured if one.name == name)
    if not isfinite(result.estimate.value):
        raise ExperimentError(experiment.name, NOT_MEASURED.of())
    return question_yaml(bench, result, list(curve_of(bench)))


def _list(*, as_json: bool) -> None:
    from studytool.library.finding import installed_experiments
    from studytool.numerics.registry import EXPERIMENTS
    from studytool.wording.simulation import listing_text

    language = learner_language()
    experiments = [*EXPERIMENTS.values(), *installed_experiments(language)]
    if as_json:
        listed: SimulateListJson = {"experiments": [_described(one) for one in experiments]}
        write_json(listed)
    else:
        write_text(listing_text(experiments, language))


def _values(experiment: str, assignments: tuple[str, ...]) -> "dict[str, ParameterValue]":
    values: dict[str, ParameterValue] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise ExperimentError(experiment, _NO_ASSIGNMENT.of(text=assignment))
        values[name] = value
    return values


def _result(
    experiment: "Experiment[Any]",
    parameters: object,
    measured: "Sequence[QuantityResult]",
    *,
    seconds: float,
) -> SimulateJson:
    from studytool.numerics.experiment import values_of

    return {
        "experiment": experiment.name,
        "parameters": values_of(parameters),
        "quantities": [_quantity(one) for one in measured],
        "source": experiment.source,
        "seconds": seconds,
    }


def _quantity(one: "QuantityResult") -> QuantityJson:
    found = one.estimate
    tail: TailJson | None = None
    if found.tail is not None:
        tail = {
            "largest_term": _finite(found.tail.largest_term),
            "index": _finite(found.tail.index),
            "missing": _finite(found.tail.missing),
        }
    return {
        "name": one.name,
        "estimate": _finite(found.value),
        "standard_error": _finite(found.standard_error),
        "low": _finite(found.bounds.low),
        "high": _finite(found.bounds.high),
        "basis": str(found.basis),
        "doubt": None if found.doubt is None else str(found.doubt),
        "tail": tail,
        "closed_form": one.closed_form,
        "replicates": found.replicates,
    }


def _finite(value: float) -> float | None:
    """Return what JSON can write: it has neither NaN nor infinity."""
    return value if isfinite(value) else None


def _described(experiment: "Experiment[Any]") -> ExperimentJson:
    return {
        "name": experiment.name,
        "doc": experiment.doc,
        "parameters": [_parameter(one) for one in experiment.parameters],
        "quantities": [{"name": one.name, "doc": one.doc} for one in experiment.quantities],
        "source": experiment.source,
    }


def _parameter(parameter: "ParameterDefinition") -> ParameterJson:
    """Describe a parameter: a number has a range and no words, a choice words and no range."""
    from studytool.numerics.experiment import NumberParameter

    if isinstance(parameter, NumberParameter):
        low, high, choices = parameter.low, parameter.high, None
    else:
        low, high, choices = None, None, list(parameter.choices)
    return {
        "name": parameter.name,
        "default": parameter.default,
        "low": low,
        "high": high,
        "choices": choices,
        "doc": parameter.doc,
    }
