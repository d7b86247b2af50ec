"""One battery over every experiment of the registry: what a new one must hold without a test more.

After SciPy's ``common_tests``: each ``check`` is one promise, the rows are the registry. Warnings
are errors here, so no promise may be kept by a RuntimeWarning.
"""

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, is_dataclass
from importlib import import_module
from math import isinf
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest

from studytool import numerics
from studytool.errors import ExperimentError
from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import (
    Experiment,
    NumberParameter,
    ParameterValue,
    WordParameter,
    parameters_of,
    plain,
    values_of,
)
from studytool.numerics.measure import BATCH_ELEMENTS, MOST_ELEMENTS, measure_all
from studytool.numerics.registry import EXPERIMENTS
from studytool.numerics.streams import stream

pytestmark = pytest.mark.slow

N = 3
"""Replicates of a draw: enough to see a shape, and that they differ."""
MOST_WORK = 5e5
"""Elements × steps of a draw at the end of a range; dearer ends are left to the topic's tests."""

every_experiment = pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)


def _draw(experiment: Experiment[Any], parameters: object, *name: object) -> dict[str, Array]:
    rng = stream("battery", experiment.name, *name)
    return {name: array.copy() for name, array in experiment.simulate(rng, N, parameters).items()}


def _quick(experiment: Experiment[Any], **given: ParameterValue) -> dict[str, ParameterValue]:
    """Add few steps to what is given, where the experiment takes steps."""
    steps = [one for one in experiment.parameters if one.name == "steps"]
    low = int(steps[0].low) if steps and isinstance(steps[0], NumberParameter) else 0
    return ({"steps": max(low, 6)} if steps else {}) | given


def _random(experiment: Experiment[Any]) -> bool:
    return any(one.estimator is not Estimator.EXACT for one in experiment.quantities)


def _check_draw(experiment: Experiment[Any], drawn: dict[str, Array]) -> None:
    assert list(drawn)
    assert set(drawn) == {one.name for one in experiment.quantities}
    for quantity in experiment.quantities:
        array = drawn[quantity.name]
        shapes = {Estimator.RATIO: (N, 2), Estimator.EXACT: (1,)}
        assert array.shape == shapes.get(quantity.estimator, (N,)), quantity.name
        assert array.dtype == np.float64, quantity.name
        assert np.isfinite(array).all(), quantity.name
        assert quantity.known.low <= array.min() <= array.max() <= quantity.known.high, (
            quantity.name  # the interval of a share rests on its range
        )
        first = array[:, 0] if quantity.estimator is Estimator.RATIO else array
        assert np.all((first >= quantity.known.low) & (first <= quantity.known.high)), quantity.name


def test_every_experiment_of_the_room_is_in_the_registry() -> None:
    found = {
        (name.lower(), value)
        for path in Path(*numerics.__path__).glob("*.py")
        for name, value in vars(import_module(f"studytool.numerics.{path.stem}")).items()
        if isinstance(value, Experiment)
    }
    assert found == set(EXPERIMENTS.items())
    assert all(name == experiment.name for name, experiment in found)
    assert len(EXPERIMENTS) >= 55  # the walk saw the room


@every_experiment
def test_words_and_source_are_there(experiment: Experiment[Any]) -> None:
    docs = [experiment.doc, *(one.doc for one in experiment.parameters)]
    docs += [one.doc for one in experiment.quantities]
    assert all(len(doc) > 1 and not doc.endswith(".") for doc in docs)
    assert experiment.source
    assert experiment.parameter_type.__doc__
    assert experiment.parameter_type.__doc__.endswith(".")
    names = [one.name for one in experiment.quantities]
    assert names
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in [experiment.name, *names])


@every_experiment
def test_parameters_are_frozen_and_of_their_types(experiment: Experiment[Any]) -> None:
    default = experiment.parameter_type()
    assert is_dataclass(default)
    assert experiment.bind({}) == default
    assert experiment.bind(values_of(default)) == default  # there and back
    for parameter in experiment.parameters:
        with pytest.raises((FrozenInstanceError, TypeError)):  # TypeError: CPython 3.11, slots
            setattr(default, parameter.name, parameter.default)
        value = getattr(experiment.bind({parameter.name: parameter.default}), parameter.name)
        assert parameter.refusal(parameter.default) is None
        if isinstance(parameter, NumberParameter):
            assert parameter.low < parameter.high
            assert type(value) is (int if parameter.whole else float)
            assert type(parameter.default) is type(value)
            text = plain(parameter.default)
            assert getattr(experiment.bind({parameter.name: text}), parameter.name) == value
        else:
            assert len(set(parameter.choices)) == len(parameter.choices) > 1


def _refused() -> Iterator[tuple[Experiment[Any], str, ParameterValue, str, str]]:
    """Make wrong values of every parameter: each end and a bit more, no number, a fraction."""
    for experiment in EXPERIMENTS.values():
        for one in experiment.parameters:
            if isinstance(one, WordParameter):
                words = ", ".join(one.choices)
                ko = f"다음 가운데 하나여야 합니다: {words}"
                yield experiment, one.name, "nonesuch", ko, f"must be one of {words}"
                continue
            ko = f"{one.low:g} 이상 {one.high:g} 이하여야 합니다"
            en = f"must be in [{one.low:g}, {one.high:g}]"
            beyond = (np.nextafter(one.low, -np.inf), one.high + 1, float("nan"), float("inf"))
            for value in map(float, beyond):
                yield experiment, one.name, value, ko, en
            yield experiment, one.name, "many", "수여야 합니다", "must be a number"
            if one.whole:
                value = one.default + 0.5 if one.default < one.high else one.default - 0.5
                yield experiment, one.name, value, "정수여야 합니다", "must be a whole number"


def test_wrong_values_are_refused_by_name_and_range_in_both_languages() -> None:
    count = 0
    for experiment, name, value, ko, en in _refused():
        with pytest.raises(ExperimentError) as error:
            experiment.bind({name: value})
        where = f"{experiment.name}: {name} = {plain(value)}"
        assert error.value.text("ko") == f"{where}: {ko}"
        assert error.value.text("en") == str(error.value) == f"{where}: {en}"
        count += 1
    assert count > 500


@every_experiment
def test_every_problem_is_named_at_once(experiment: Experiment[Any]) -> None:
    wrong = {"nonesuch": 1.0} | {one.name: "?" for one in experiment.parameters}
    with pytest.raises(ExperimentError) as error:
        experiment.bind(wrong)
    for language in ("ko", "en"):
        message = error.value.text(language)
        assert all(f"{one.name} = ?" in message for one in experiment.parameters)
        assert "'nonesuch'" in message


@every_experiment
def test_draws_at_the_defaults_and_at_every_word(experiment: Experiment[Any]) -> None:
    _check_draw(experiment, _draw(experiment, experiment.bind(_quick(experiment))))
    for parameter in experiment.parameters:
        for word in parameter.choices if isinstance(parameter, WordParameter) else ():
            given = experiment.bind(_quick(experiment, **{parameter.name: word}))
            _check_draw(experiment, _draw(experiment, given))


def _ends(experiment: Experiment[Any]) -> Iterator[Any]:
    """Bind each number to each of its ends alone, where that is allowed."""
    for parameter in experiment.parameters:
        if not isinstance(parameter, NumberParameter):
            continue
        for end in (parameter.low, parameter.high):
            try:
                parameters = experiment.bind(_quick(experiment, **{parameter.name: end}))
            except ExperimentError:  # with the defaults of the others it does not go together
                continue
            yield parameters


def _is_dear(experiment: Experiment[Any], parameters: Any) -> bool:
    return experiment.elements(parameters) * getattr(parameters, "steps", 1) * N > MOST_WORK


@pytest.mark.slow
@every_experiment
def test_draws_and_closed_forms_at_the_ends_of_the_ranges(experiment: Experiment[Any]) -> None:
    for parameters in _ends(experiment):
        if not _is_dear(experiment, parameters):
            _check_draw(experiment, _draw(experiment, parameters))
        for quantity in experiment.quantities:
            if quantity.closed_form is not None:
                value = quantity.closed_form(parameters)
                assert isinstance(value, float | int), quantity.name
                assert not isinf(value), quantity.name


@every_experiment
def test_equal_seeds_give_equal_draws_and_others_do_not(experiment: Experiment[Any]) -> None:
    given = experiment.bind(_quick(experiment))
    once, again, other = (_draw(experiment, given, seed) for seed in (0, 0, 1))
    for name, array in once.items():
        np.testing.assert_array_equal(again[name], array)
    if _random(experiment):
        assert any(not np.array_equal(other[name], array) for name, array in once.items())


@every_experiment
def test_batches_are_apart(experiment: Experiment[Any]) -> None:
    """A second batch goes on in the stream: no replicate again, and the first stays as it was."""
    given, rng = experiment.bind(_quick(experiment)), stream("batches", experiment.name)
    first = experiment.simulate(rng, 16, given)
    kept = {name: array.copy() for name, array in first.items()}
    second = experiment.simulate(rng, 16, given)
    for name, array in first.items():
        np.testing.assert_array_equal(array, kept[name])
        assert not np.shares_memory(array, second[name])
    if _random(experiment):
        assert any(not np.array_equal(kept[name], second[name]) for name in kept)


@every_experiment
def test_a_batch_of_the_defaults_fits_the_memory(experiment: Experiment[Any]) -> None:
    elements = experiment.elements(experiment.parameter_type())
    assert 1 <= elements <= min(BATCH_ELEMENTS, MOST_ELEMENTS)


@every_experiment
def test_all_quantities_are_measured_beside_their_closed_forms(experiment: Experiment[Any]) -> None:
    given = experiment.bind(_quick(experiment))
    once, again = (measure_all(experiment, given, seed=3, replicates=64) for _ in range(2))
    assert once == again
    assert [one.name for one in once] == [one.name for one in experiment.quantities]
    for one, quantity in zip(once, experiment.quantities, strict=True):
        exact = quantity.estimator is Estimator.EXACT
        assert np.isfinite(one.estimate.value)
        assert (one.estimate.standard_error == 0) >= exact
        assert one.closed_form is None or quantity.closed_form is not None


def test_few_ends_are_too_dear_for_the_battery() -> None:
    ends = [(one, parameters) for one in EXPERIMENTS.values() for parameters in _ends(one)]
    assert len(ends) > 350
    assert sum(_is_dear(*end) for end in ends) < 0.15 * len(ends)


@dataclass(frozen=True)
class _NoRange:
    size: Annotated[int, "a number without its range"] = 3


@dataclass(frozen=True)
class _NoWords:
    size: int = 3


@pytest.mark.parametrize("type_", [_NoRange, _NoWords])
def test_a_field_that_defines_no_parameter_is_a_bug(type_: type) -> None:
    with pytest.raises(TypeError, match="size: neither a number with its range nor a choice"):
        parameters_of(type_)
