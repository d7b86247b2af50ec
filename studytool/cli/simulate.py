"""``studytool simulate``: an experiment of the computation core, run."""

import json
import time
from math import isfinite
from typing import TYPE_CHECKING

import click

from studytool.json_output import (
    ExperimentJson,
    ParameterJson,
    QuantityJson,
    SimulateJson,
    SimulateListJson,
)

if TYPE_CHECKING:
    from studytool.numerics.experiment import Experiment, NumberParameter, ParameterValue, Word


@click.command(name="simulate")
@click.argument("name", required=False, metavar="[EXPERIMENT]")
@click.argument("assignments", nargs=-1, metavar="[name=value ...]")
@click.option("--list", "list_", is_flag=True, help="List experiments, parameters, quantities.")
@click.option("--seed", default=0, show_default=True, help="Seed of the draws.")
@click.option("--replicates", type=click.IntRange(2, 8_000_000), help="Default: 1 second's worth.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    name: str | None,
    assignments: tuple[str, ...],
    *,
    list_: bool,
    seed: int,
    replicates: int | None,
    as_json: bool,
) -> None:
    """Run EXPERIMENT, each parameter at its default or as given by name=value."""
    from studytool.numerics.registry import EXPERIMENTS, find_experiment

    if list_ or name is None:
        experiments = list(EXPERIMENTS.values())
        if as_json:
            listed: SimulateListJson = {
                "experiments": [_described_as_json(one) for one in experiments]
            }
            click.echo(json.dumps(listed, ensure_ascii=False))
        else:
            click.echo("\n".join(map(_described, experiments)))
        return
    experiment = find_experiment(name)
    result = _run(experiment, _values(assignments), seed=seed, replicates=replicates)
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else _table(result))


def _values(assignments: tuple[str, ...]) -> "dict[str, ParameterValue]":
    values: dict[str, ParameterValue] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise click.UsageError(f"'{assignment}' is not name=value")
        try:
            values[name] = float(value)
        except ValueError:
            values[name] = value
    return values


def _run(
    experiment: "Experiment",
    given: "dict[str, ParameterValue]",
    *,
    seed: int,
    replicates: int | None,
) -> SimulateJson:
    from studytool.numerics.measure import default_replicates, measure
    from studytool.numerics.streams import stream

    start = time.perf_counter()
    parameters = experiment.bind(given)
    names = [quantity.name for quantity in experiment.quantities]
    count = replicates or default_replicates(experiment, parameters)
    rng = stream("simulate", experiment.name, seed)
    estimates = measure(experiment, given, names, rng=rng, replicates=count)
    quantities: list[QuantityJson] = []
    for quantity in experiment.quantities:
        found = estimates[quantity.name]
        form = quantity.closed_form
        closed = float("nan") if form is None else form(parameters)
        quantities.append(
            {
                "name": quantity.name,
                "estimate": found.value,
                "standard_error": found.standard_error,
                "closed_form": closed if isfinite(closed) else None,
                "replicates": found.replicates,
            }
        )
    return {
        "experiment": experiment.name,
        "parameters": parameters,
        "quantities": quantities,
        "source": experiment.source,
        "seconds": round(time.perf_counter() - start, 3),
    }


def _table(result: SimulateJson) -> str:
    parameters = ", ".join(
        f"{name}={_plain(value)}" for name, value in result["parameters"].items()
    )
    lines = [f"{result['experiment']}({parameters})", ""]
    lines.append(f"  {'quantity':<26}{'estimate':>14} {'± SE':>12}{'closed form':>14}{'n':>12}")
    for found in result["quantities"]:
        closed = "–" if found["closed_form"] is None else f"{found['closed_form']:.6g}"
        lines.append(
            f"  {found['name']:<26}{found['estimate']:>14.6g} {found['standard_error']:>12.2g}"
            f"{closed:>14}{found['replicates']:>12,}"
        )
    return "\n".join([*lines, "", f"  {result['source']}  ({result['seconds']} s)"])


def _plain(value: "ParameterValue") -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _described(experiment: "Experiment") -> str:
    from studytool.numerics.experiment import NumberParameter

    lines = [f"{experiment.name}: {experiment.doc}"]
    for parameter in experiment.parameters:
        allowed = (
            f"{parameter.low:g} … {parameter.high:g}"
            if isinstance(parameter, NumberParameter)
            else " | ".join(parameter.choices)
        )
        default = _plain(parameter.default)
        lines.append(f"    {parameter.name} = {default}  ({allowed})  {parameter.doc}")
    lines += [f"    → {quantity.name}: {quantity.doc}" for quantity in experiment.quantities]
    return "\n".join([*lines, f"    [{experiment.source}]", ""])


def _described_as_json(experiment: "Experiment") -> ExperimentJson:
    return {
        "name": experiment.name,
        "doc": experiment.doc,
        "parameters": [_parameter(one) for one in experiment.parameters],
        "quantities": [{"name": one.name, "doc": one.doc} for one in experiment.quantities],
        "source": experiment.source,
    }


def _parameter(parameter: "NumberParameter | Word") -> ParameterJson:
    """Describe a parameter: a number has a range and no words, a choice words and no range."""
    from studytool.numerics.experiment import NumberParameter

    number = parameter if isinstance(parameter, NumberParameter) else None
    return {
        "name": parameter.name,
        "default": parameter.default,
        "low": None if number is None else number.low,
        "high": None if number is None else number.high,
        "choices": None if isinstance(parameter, NumberParameter) else list(parameter.choices),
        "doc": parameter.doc,
    }
