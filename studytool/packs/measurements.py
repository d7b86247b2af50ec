"""What a pack says of the core's experiments: their names, parameters and quantities."""

from collections.abc import Collection, Iterator
from typing import Any

from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, NumberParameter
from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located, did_you_mean
from studytool.packs.methods import Measurement
from studytool.packs.own_experiments import known_experiment
from studytool.packs.telling import told

_Part = Located[ItemFields | Claim]


def number_parameters(measurement: Measurement) -> list[str]:
    """Name what is given by a formula, not by a word; of an unknown experiment, nothing."""
    experiment = known_experiment(measurement)
    numbers = () if experiment is None else experiment.parameters
    names = {parameter.name for parameter in numbers if isinstance(parameter, NumberParameter)}
    return [name for name in measurement.with_ if name in names]


def check_measurement(
    located: _Part,
    path: Path,
    measurement: Measurement,
    own: Collection[str] | None = (),
) -> Iterator[Diagnostic]:
    """Check that the experiment, its quantity, its parameters and their plain values exist.

    Args:
        located: the item or claim.
        path: of the measurement in it.
        measurement: of it.
        own: the names of the pack's experiments, those with errors too; None where they are not known.
    """
    experiment = known_experiment(measurement)
    if experiment is None:
        name = measurement.experiment
        if own is None or name in own:
            return  # what is wrong with it is reported where it stands
        known = [*own, *EXPERIMENTS]
        help_ = did_you_mean(name, known) or told("studytool simulate --list names them")
        yield located.problem(
            "E311",
            (*path, "experiment"),
            told("unknown experiment '{name}'", name=name),
            help_,
        )
        return
    quantities = [quantity.name for quantity in experiment.quantities]
    if measurement.quantity not in quantities:
        why = told(
            "{experiment} has no quantity '{quantity}'",
            experiment=experiment.name,
            quantity=measurement.quantity,
        )
        help_ = did_you_mean(measurement.quantity, quantities) or told(
            "it has {names}", names=", ".join(quantities)
        )
        yield located.problem("E312", (*path, "quantity"), why, help_)
    yield from check_parameters(located, (*path, "with"), measurement)


def check_parameters(located: _Part, path: Path, measurement: Measurement) -> Iterator[Diagnostic]:
    """Check that the parameters and their plain values exist; of an unknown experiment, nothing."""
    experiment = known_experiment(measurement)
    if experiment is not None:
        for name, value in measurement.with_.items():
            yield from _check_parameter(located, (*path, name), experiment, value)


def check_quantity_is_exact(
    located: _Part, path: Path, measurement: Measurement
) -> Iterator[Diagnostic]:
    """Check that a key does not rest on an estimate, which would differ at each review."""
    experiment = known_experiment(measurement)
    quantities = () if experiment is None else experiment.quantities
    exact = [one.name for one in quantities if one.estimator is Estimator.EXACT]
    if measurement.quantity in {one.name for one in quantities} - set(exact):
        why = told(
            "'{quantity}' is an estimate; a key needs an exact quantity",
            quantity=measurement.quantity,
        )
        help_ = told("exact here: {names}", names=", ".join(exact) or told("none"))
        yield located.problem("E317", (*path, "measure", "quantity"), why, help_)


def _check_parameter(
    located: _Part, where: Path, experiment: Experiment[Any], value: str
) -> Iterator[Diagnostic]:
    name = str(where[-1])
    parameter = next((one for one in experiment.parameters if one.name == name), None)
    if parameter is None:
        known = [one.name for one in experiment.parameters]
        help_ = did_you_mean(name, known) or told(
            "it has {names}", names=", ".join(known) or told("none")
        )
        why = told("{experiment} has no parameter '{name}'", experiment=experiment.name, name=name)
        yield located.problem_at_key("E313", where, why, help_)
    elif isinstance(parameter, NumberParameter):
        refusal = (
            parameter.refusal(value) if _is_number(value) else None
        )  # a formula is tried later
        if refusal is not None:
            yield located.problem(
                "E314",
                where,
                told("{name} = {value}: {why}", name=name, value=value, why=refusal),
            )
    elif value not in parameter.choices:
        help_ = did_you_mean(value, parameter.choices) or told(
            "one of {names}", names=", ".join(parameter.choices)
        )
        yield located.problem(
            "E314", where, told("unknown {name} '{given}'", name=name, given=value), help_
        )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
