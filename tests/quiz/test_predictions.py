"""Which outcome happens: the one that holds, alone, at every corner of what was measured."""

from math import inf, sqrt

import pytest

from studytool.errors import UnsettledError
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.tails import TailDiagnosis
from studytool.packs.predictions import Prediction
from studytool.quiz.prediction import decide
from studytool.quiz.simulation import interval_of
from tests.quiz.variants import item_of, prediction_of


@pytest.mark.parametrize(
    ("whens", "outcome"),
    [
        (("x > 1", "x <= 1"), "b"),
        (("x <= 1", "x > 1"), "a"),
        (("x > 1", "x < 0.1", "x >= 0.1 and x <= 1"), "c"),
    ],
)
def test_the_outcome_that_holds(whens: tuple[str, ...], outcome: str) -> None:
    decision = decide(prediction_of(*whens), item_id="p/i")
    assert decision.holding == {outcome}
    assert decision.measured["x"].replicates == 128
    assert decide(prediction_of(*whens), item_id="p/i") == decision
    other = decide(prediction_of(*whens), item_id="p/j").measured["x"]
    assert other.value != decision.measured["x"].value
    seeded = decide(prediction_of(*whens), item_id="p/i", seed=1).measured["x"]
    assert seeded.value != decision.measured["x"].value


def test_more_replicates_where_few_do_not_decide() -> None:
    rough = decide(prediction_of("x > 1", "x <= 1"), item_id="p/i").measured["x"]
    width = 4.5 * rough.standard_error
    between = 0.25 - width / 3  # inside the first interval, outside that of 16 times as many
    decision = decide(prediction_of(f"x < {between!r}", f"x >= {between!r}"), item_id="p/i")
    assert decision.holding == {"b"}
    replicates = decision.measured["x"].replicates
    assert 128 < replicates <= 65_536
    found = decision.measured["x"]
    assert found.value - 4.5 * found.standard_error > between


def test_limits_between_the_corners_are_seen() -> None:
    """The first interval reaches beyond both limits, where the second outcome holds."""
    item = prediction_of("x > 0.2 and x < 0.3", "x <= 0.2 or x >= 0.3")
    decision = decide(item, item_id="p/i")
    assert decision.holding == {"a"}
    assert decision.measured["x"].replicates > 128


@pytest.mark.parametrize(
    "whens",
    [
        ("x > 0", "x > -1"),  # two hold
        ("x > 1", "x > 2"),  # none holds
        ("x > 0.25", "x <= 0.25"),  # the limit is the very number
    ],
)
def test_what_the_simulation_does_not_decide(whens: tuple[str, ...]) -> None:
    with pytest.raises(UnsettledError, match="p/i: the simulation does not settle") as unsettled:
        decide(prediction_of(*whens), item_id="p/i")
    assert unsettled.value.text("ko").startswith("p/i: 시뮬레이션이 무엇이 맞는지 정하지 못해")


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (1 + 4.5 / 8 + 1e-9, "above"),  # 4.5 standard errors of 1/8
        (1 + 4.5 / 8 - 1e-9, None),
        (1 - 4.5 / 8 + 1e-9, None),
        (1 - 4.5 / 8 - 1e-9, "below"),
    ],
)
def test_replicates_grow_until_the_limit_is_outside_of_four_and_a_half_standard_errors(
    monkeypatch: pytest.MonkeyPatch, value: float, outcome: str | None
) -> None:
    made: list[int] = []

    def measured(
        _experiment: object, _parameters: object, names: list[str], *, replicates: int, **_: object
    ) -> dict[str, Estimate]:
        made.append(replicates)
        return {names[0]: Estimate(value, 0.125, replicates)}

    monkeypatch.setattr("studytool.quiz.simulation.measure", measured)
    item, name = prediction_of("x < 1", "x > 1"), f"p/{value}"  # what was decided is kept by name
    if outcome is None:
        with pytest.raises(UnsettledError):
            decide(item, item_id=name)
        assert made == [128, 512, 2048, 8192, 32_768, 65_536]
    else:
        assert decide(item, item_id=name).holding == {{"below": "a", "above": "b"}[outcome]}
        assert made == [128]


def test_all_quantities_have_their_corners() -> None:
    measure = {
        name: {
            "experiment": "dense_layer",
            "with": {"fan_in": size, "fan_out": size},
            "quantity": q,
        }
        for name, size, q in (("x", "4", "weight_variance"), ("y", "8", "weight_variance"))
    }
    item = item_of(
        kind="prediction",
        prompt="?",
        measure=measure,
        outcomes=[
            {"id": "a", "text": "a", "when": "x > 1.5*y"},
            {"id": "b", "text": "b", "when": "x <= 1.5*y"},
        ],
    )
    assert isinstance(item, Prediction)
    decision = decide(item, item_id="p/i")
    assert decision.holding == {"a"}
    assert set(decision.measured) == {"x", "y"}
    x, y = decision.measured["x"], decision.measured["y"]
    low, high = x.value - 4.5 * x.standard_error, y.value + 4.5 * y.standard_error
    assert low > 1.5 * high


def _tail(*, largest_term: float = 0.05, missing: float = 0.0) -> TailDiagnosis:
    return TailDiagnosis(
        largest_term, index=4.0, missing=missing, halves_apart=0.1, halves_distance=1.0
    )


@pytest.mark.parametrize(
    ("found", "interval"),
    [
        (Estimate(3, 0, 1), (3, 3)),  # computed exactly
        (Estimate(3, 0.5, 128), (0.75, 5.25)),
        (Estimate(3, 0.5, 128, tail=_tail()), (0.75, 5.25)),
        (Estimate(3, 0.5, 512, tail=_tail(missing=1)), (-1.5, 7.5)),  # as much again, unseen
        (Estimate(3, 0.5, 512, tail=_tail(missing=inf)), (-inf, inf)),
        (Estimate(3, 0.5, 512, tail=_tail(largest_term=0.25)), (0.75, 5.25)),
        (Estimate(3, 0.5, 512, tail=_tail(largest_term=0.26)), (-inf, inf)),
        (Estimate(3, 0, 512, doubt=Doubt.NO_SPREAD), (-inf, inf)),  # no sample
        (Estimate(0, 0.5, 512, doubt=Doubt.NO_SPREAD), (-2.25, 2.25)),  # an event never seen
    ],
)
def test_the_interval_that_an_estimate_is_judged_by(
    found: Estimate, interval: tuple[float, float]
) -> None:
    assert interval_of(found) == pytest.approx(interval)


def test_a_mean_that_one_draw_carries_decides_nothing() -> None:
    """The mean square is kept, by draws that no sample shows: nearly all networks fade."""
    item = item_of(
        kind="prediction",
        prompt="?",
        measure={
            "x": {
                "experiment": "signal_depth",
                "with": {"activation": "linear", "width": "1", "depth": "20"},
                "quantity": "gradient_square_ratio",
            }
        },
        outcomes=[
            {"id": "fades", "text": "a", "when": "x < 0.5"},
            {"id": "kept", "text": "b", "when": "x >= 0.5"},
        ],
    )
    assert isinstance(item, Prediction)
    with pytest.raises(UnsettledError, match="does not settle"):
        decide(item, item_id="p/i")


@pytest.mark.parametrize(
    ("measured", "exact"),
    [
        ({"sample": "uniform(0,k,[reps])"}, 1.5),
        ({"sample": "uniform(0,k,[reps])", "statistic": "std"}, 3 / sqrt(12)),
        (
            {"sample": "uniform(0,k,[reps])", "statistic": "ratio", "over": "uniform(0,2,[reps])"},
            1.5,
        ),
        ({"let": {"u": "uniform(0,1,[reps])"}, "sample": "u*k*k-u*u*k*k"}, 1.5),  # 9/2 - 9/3
    ],
)
def test_a_statistic_of_draws_against_its_expectation(
    measured: dict[str, object], exact: float
) -> None:
    item = item_of(
        kind="prediction",
        prompt="?",
        params={"k": {"choice": [3, 4]}},
        measure={"x": measured},
        estimate={"of": "x", "axis": {"linear": [0, 10]}, "within": {"abs": 0.2}},
    )
    found = decide(item, item_id="p/i", parameters={"k": 3.0}).measured["x"]
    low, high = interval_of(found)
    assert low < exact < high
    assert high - low < 0.5  # so that 4, of the other parameter, would be seen
