"""What a policy refuses, word for word, all at once; and that it survives being stored."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from studytool.errors import ParameterError
from studytool.srs.parameters import FSRS_6
from studytool.srs.policy import Policy

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
