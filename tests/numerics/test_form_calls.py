"""The record of closed forms: every registered form, also when an experiment calls it."""

import threading

import numpy as np
import pytest

from studytool.formula.evaluate import evaluate
from studytool.formula.parse import parse_once
from studytool.numerics import closed_forms
from studytool.numerics.closed_forms import CLOSED_FORMS, he_variance, xavier_variance
from studytool.numerics.form_calls import MOST_VALUES, FormCalls, record_forms
from studytool.numerics.measure import measure
from studytool.numerics.registry import find_experiment
from studytool.numerics.streams import stream
from tests.rows import all_rows


@all_rows("name", CLOSED_FORMS)
def test_every_form_is_recorded(name: str) -> None:
    """Called by name from a formula, as an author does: the name and the number are kept."""
    form = CLOSED_FORMS[name]
    text = f"{name}({', '.join(['0.5'] * len(form.arguments))})"
    with record_forms() as calls:
        value = evaluate(parse_once(text), {})
    assert calls.values[name] == {value}


def test_no_form_is_left_out() -> None:
    """A public function of the module is a registered form, so that none goes unrecorded."""
    public = {
        name
        for name, value in vars(closed_forms).items()
        if callable(value)
        and not name.startswith("_")
        and value.__module__ == closed_forms.__name__
    }
    assert public - {"ClosedForm"} == set(CLOSED_FORMS)


@pytest.mark.parametrize(
    ("init", "form", "value"),
    [
        ("xavier_uniform", "xavier_variance", 2 / 80),
        ("xavier_normal", "xavier_variance", 2 / 80),
        ("he_uniform", "he_variance", 2 / 64),
        ("lecun_normal", "lecun_variance", 1 / 64),  # which calls he_variance in turn
        ("lecun_normal", "he_variance", 2 / 64),
        ("he_fan_out", "he_variance", 2 / 16),
    ],
)
def test_experiments_are_recorded(init: str, form: str, value: float) -> None:
    experiment = find_experiment("dense_layer")
    parameters = experiment.bind({"fan_in": 64, "fan_out": 16, "init": init})
    with record_forms() as calls:
        measure(experiment, parameters, ["weight_variance"], rng=stream(init), replicates=2)
    assert value in calls.values[form]


def test_an_array_keeps_the_name_alone() -> None:
    with record_forms() as calls:
        he_variance(np.array([1.0, 2.0]))
    assert calls.values == {"he_variance": set()}


def test_nested_records_both_see_a_call() -> None:
    with record_forms() as outer:
        he_variance(4)
        with record_forms() as inner:
            xavier_variance(4, 4)
        he_variance(8)
    assert inner.values == {"xavier_variance": {0.25}}
    assert outer.values == {"he_variance": {0.5, 0.25}, "xavier_variance": {0.25}}


def test_nothing_is_recorded_outside() -> None:
    with record_forms() as calls:
        pass
    with pytest.raises(TypeError), record_forms() as failed:
        he_variance()  # type: ignore[call-arg]  # the mistake is the case
    he_variance(2)
    assert calls.names == failed.names == frozenset()


def test_another_thread_is_not_recorded() -> None:
    """Each thread keeps its own record: two checks side by side do not taint one another."""
    with record_forms() as calls:
        thread = threading.Thread(target=he_variance, args=(2,))
        thread.start()
        thread.join()
    assert not calls.values


def test_a_record_is_bounded() -> None:
    calls = FormCalls()
    for step in range(2 * MOST_VALUES):
        calls.add("linear_warmup", float(step))
    assert len(calls.values["linear_warmup"]) == MOST_VALUES
