"""Which outcome happens: the one that holds, alone, at every corner of what was measured."""

import pytest

from studytool.errors import StudytoolError
from studytool.packs.models import Prediction
from studytool.quiz.prediction import CORNER, FEWEST_REPLICATES, MOST_REPLICATES, decide_outcome
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
    decision = decide_outcome(prediction_of(*whens), item_id="p/i")
    assert decision.outcome == outcome
    assert decision.measured["x"].replicates == FEWEST_REPLICATES
    assert decide_outcome(prediction_of(*whens), item_id="p/i") == decision
    other = decide_outcome(prediction_of(*whens), item_id="p/j").measured["x"]
    assert other.value != decision.measured["x"].value
    seeded = decide_outcome(prediction_of(*whens), item_id="p/i", seed=1).measured["x"]
    assert seeded.value != decision.measured["x"].value


def test_more_replicates_where_few_do_not_decide() -> None:
    rough = decide_outcome(prediction_of("x > 1", "x <= 1"), item_id="p/i").measured["x"]
    width = CORNER * rough.standard_error
    between = 0.25 - width / 3  # inside the first interval, outside that of 16 times as many
    decision = decide_outcome(prediction_of(f"x < {between!r}", f"x >= {between!r}"), item_id="p/i")
    assert decision.outcome == "b"
    replicates = decision.measured["x"].replicates
    assert FEWEST_REPLICATES < replicates <= MOST_REPLICATES
    found = decision.measured["x"]
    assert found.value - CORNER * found.standard_error > between


@pytest.mark.parametrize(
    "whens",
    [
        ("x > 0", "x > -1"),  # two hold
        ("x > 1", "x > 2"),  # none holds
        ("x > 0.25", "x <= 0.25"),  # the limit is the very number
    ],
)
def test_what_the_simulation_does_not_decide(whens: tuple[str, ...]) -> None:
    with pytest.raises(StudytoolError, match="p/i: the simulation does not decide") as undecided:
        decide_outcome(prediction_of(*whens), item_id="p/i")
    assert undecided.value.text("ko").startswith("p/i: 시뮬레이션이 결과를 하나로 정하지 못합니다.")


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
    decision = decide_outcome(item, item_id="p/i")
    assert decision.outcome == "a"
    assert set(decision.measured) == {"x", "y"}
    x, y = decision.measured["x"], decision.measured["y"]
    low, high = x.value - CORNER * x.standard_error, y.value + CORNER * y.standard_error
    assert low > 1.5 * high
