"""What a policy refuses, word for word, all at once; and that it survives being stored."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studytool.errors import ParameterError
from studytool.srs.parameters import FSRS_6, PARAMETERS, parameter_problem
from studytool.srs.policy import Policy
from tests.rows import all_rows

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "fsrs_test_vectors.json").read_text())


def test_defaults_against_the_published_ones() -> None:
    assert list(FSRS_6.defaults) == VECTORS["fsrs6_default_parameters"]


def test_bounds_against_py_fsrs() -> None:
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    assert (
        tuple(zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)) == FSRS_6.bounds
    )


def _with(**changed: float) -> tuple[float, ...]:
    values = list(FSRS_6.defaults)
    for name, value in changed.items():
        values[int(name[1:])] = value
    return tuple(values)


def test_every_offending_parameter_is_named_at_once() -> None:
    with pytest.raises(ParameterError) as refused:
        Policy(_with(w0=0.0, w20=0.9), 1.0, (timedelta(0),), maximum_interval_days=0)
    assert str(refused.value).splitlines() == [
        "parameters: w0 = 0.0: it must be 0.001–100.",
        "parameters: w20 = 0.9: it must be 0.1–0.8.",
        "desired_retention = 1.0 is not in (0, 1)",
        "maximum_interval_days = 0 is below 1",
        "a learning or relearning step is not positive",
    ]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (_with(w4=float("nan")), "w4 = nan: it must be 1–10."),  # NaN compares as nothing
        (FSRS_6.defaults[:19], "FSRS-6 needs 21 of them, not 19"),  # FSRS-5's
    ],
)
def test_refused_parameters(parameters: tuple[float, ...], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Policy(parameters)


def test_stored_and_read_again_is_the_same_policy() -> None:
    policy = Policy(_with(w1=1 / 3), 0.87, (), (timedelta(seconds=90.5),), 365, fuzz=False)
    assert Policy.from_json(policy.to_json()) == policy


def test_another_policy_is_stored_as_another_text() -> None:
    assert Policy(desired_retention=0.9).to_json() != Policy(desired_retention=0.91).to_json()


@pytest.mark.parametrize("model", ["fsrs-6", "leitner"])
def test_a_models_own_defaults_are_no_problem(model: str) -> None:
    assert parameter_problem(model, ()) is None  # none given: the defaults
    assert parameter_problem(model, PARAMETERS[model].defaults) is None


@pytest.mark.parametrize(
    ("place", "first"),
    [("", "parameters: w0 = 2.0: it must be 0–1."), ("a.toml: ", "a.toml: parameters: w0 = 2.0")],
)
def test_a_problem_of_parameters_names_the_file_and_the_way_back(place: str, first: str) -> None:
    problem = parameter_problem("leitner", (2.0,), place=place)
    assert isinstance(problem, ParameterError)
    assert str(problem).startswith(first)
    assert str(problem).endswith("studytool config parameters default")
    assert "쓸 수 있는 값: 0–1." in problem.text("ko")


@all_rows(("index", "low", "high"), [(k, *FSRS_6.bounds[k]) for k in range(len(FSRS_6.bounds))])
def test_a_parameter_may_lie_on_its_bounds(index: int, low: float, high: float) -> None:
    for value in (low, high):
        assert FSRS_6.problems(_with(**{f"w{index}": value})) == []
    for value in (low - 1e-9, high + 1e-9):
        [problem] = FSRS_6.problems(_with(**{f"w{index}": value}))
        assert f"w{index} = {value}" in problem.text("en")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"desired_retention": 0.0}, "desired_retention = 0.0 is not in (0, 1)"),
        ({"desired_retention": 1.0}, "desired_retention = 1.0 is not in (0, 1)"),
        ({"pack_retention": (("p", 0.0),)}, "desired_retention of p = 0.0 is not in (0, 1)"),
        (
            {"pack_retention": (("p", 0.9), ("q", 1.0))},
            "desired_retention of q = 1.0 is not in (0, 1)",
        ),
        ({"maximum_interval_days": 0}, "maximum_interval_days = 0 is below 1"),
        (
            {"pack_learning_steps": (("p", (timedelta(0),)),)},
            "a learning or relearning step is not positive",
        ),
        (
            {"pack_relearning_steps": (("p", (timedelta(0),)),)},
            "a learning or relearning step is not positive",
        ),
        ({"learning_steps": (timedelta(0),)}, "a learning or relearning step is not positive"),
        ({"relearning_steps": (timedelta(0),)}, "a learning or relearning step is not positive"),
    ],
)
def test_each_value_out_of_range_is_named_alone(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError) as refused:
        Policy(**fields)
    assert str(refused.value) == message


def test_the_narrowest_values_are_taken() -> None:
    step = (timedelta(microseconds=1),)
    Policy(desired_retention=1e-9, learning_steps=step, relearning_steps=step)
    Policy(desired_retention=1 - 1e-9, maximum_interval_days=1, pack_retention=(("p", 1e-9),))


def test_what_a_policy_is_where_nothing_is_said() -> None:
    usual = Policy()
    assert usual.parameters == FSRS_6.defaults
    assert (usual.model, usual.desired_retention, usual.fuzz) == ("fsrs-6", 0.9, True)
    minutes = [step.total_seconds() / 60 for step in usual.learning_steps + usual.relearning_steps]
    assert minutes == [1, 10, 10]
    assert (usual.maximum_interval_days, usual.pack_retention) == (36_500, ())
    assert Policy(model="leitner").parameters == (0.9,)


def test_the_text_of_a_policy_is_compact_and_in_order() -> None:
    policy = Policy((0.5,), 0.8, (timedelta(seconds=90),), (), 7, model="leitner",
                    pack_retention=(("p", 0.7),), easy_days=(1, 0.5),
                    pack_learning_steps=(("p", (timedelta(seconds=30),)),),
                    pack_relearning_steps=(("q", ()),))  # fmt: skip
    assert policy.to_json() == (
        '{"desired_retention":0.8,"easy_days":[1,0.5],"fuzz":true,"learning_steps":[90.0],'
        '"maximum_interval_days":7,"model":"leitner","pack_learning_steps":[["p",[30.0]]],'
        '"pack_relearning_steps":[["q",[]]],"pack_retention":[["p",0.7]],"parameters":[0.5],'
        '"relearning_steps":[]}'
    )
    assert Policy.from_json(policy.to_json()) == policy


@pytest.mark.parametrize("count", [6, 7, 8])
def test_what_came_later_is_given_by_name(count: int) -> None:
    """So that an older call with a further position cannot mean another field."""
    given = ((), 0.9, (), (), 365, False, "fsrs-6", ())
    with pytest.raises(TypeError, match="positional"):
        Policy(*given[:count])  # type: ignore[arg-type]  # a type checker refuses it too
