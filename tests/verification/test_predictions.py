"""What the simulation decides is tried at drawn numbers, by other random numbers."""

from typing import Any

import pytest

from studytool.packs.evidence import Independence, Verdict
from studytool.packs.items import Item
from studytool.quiz.axis import ShownValue
from studytool.quiz.prediction import Decision, decide
from studytool.quiz.settling import Settled
from studytool.verification.evidence import Evidence, Relation
from studytool.verification.problems import (
    AuthorMistake,
    OffAxis,
    OtherOutcome,
    UnlinkedItem,
    UnsettledDraw,
)
from studytool.verification.variant import VariantEvidence, try_variant
from tests.cases import first_quick
from tests.quiz.variants import item_of
from tests.verification.test_items import CLAIMS, HOLDS, REFUTED, UNDECIDED, tried

N: dict[str, Any] = {"params": {"n": {"choice": [4, 8, 64]}}, "prompt": "?"}
VARIANCE = {
    "experiment": "dense_layer",
    "with": {"fan_in": "n", "fan_out": "n"},
    "quantity": "weight_variance",
}
"""Of Xavier weights: 1/n."""
MEASURED: dict[str, Any] = {**N, "measure": {"x": VARIANCE}}
ORDER: dict[str, Any] = {
    **MEASURED,
    "kind": "order",
    "things": [
        {"id": "low", "text": "low", "value": "0.001"},
        {"id": "x", "text": "x", "value": "x"},
        {"id": "high", "text": "high", "value": "1"},
    ],
}
ESTIMATE: dict[str, Any] = {
    **MEASURED,
    "kind": "prediction",
    "estimate": {"of": "x", "axis": {"log": [1e-3, 1]}, "within": {"factor": 2}},
}
OUTCOMES: dict[str, Any] = {
    **MEASURED,
    "kind": "prediction",
    "outcomes": [
        {"id": "above", "text": "above", "when": "x > 0.05"},
        {"id": "below", "text": "below", "when": "x <= 0.05"},
    ],
}
OPTIONS: dict[str, Any] = {
    **MEASURED,
    "kind": "choice",
    "options": [
        {"id": "small", "text": "small", "when": "x < 0.5"},
        {"id": "tiny", "text": "tiny", "when": "x < 0.03"},
        {"id": "large", "text": "large", "when": "x > 2"},
    ],
}


@pytest.mark.parametrize(
    ("fields", "controls"),
    [
        (ORDER, {"x-before-low", "high-before-x"}),
        (ESTIMATE, {"too-small", "too-large"}),
        (OUTCOMES, {"above", "below"}),  # each is wrong at some of the numbers
        (OPTIONS, {"tiny", "large"}),
    ],
)
def test_what_holds_at_every_draw(fields: dict[str, Any], controls: set[str]) -> None:
    found = tried(**fields)
    assert (found.verdict, found.problems) == (HOLDS, ())
    assert found.independence is Independence.SIMULATED
    assert {control.id for control in found.controls} == controls
    assert all(control.rejected for control in found.controls)
    conditions = [one.condition["n"] for one in found.measured]
    assert sorted(conditions) == [4, 8, 64]
    assert {one.relation for one in found.measured} == {Relation.REPEATS}
    assert found.draws == 6


def _by_draws(fields: dict[str, Any], sample: str) -> dict[str, Any]:
    return {**fields, "measure": {"x": {"sample": sample, "statistic": "variance"}}}


@pytest.mark.parametrize("fields", [ORDER, ESTIMATE, OUTCOMES, OPTIONS])
def test_a_statistic_of_draws_holds_as_the_experiment_does(fields: dict[str, Any]) -> None:
    found = tried(**_by_draws(fields, "normal(0,1/sqrt(n),[reps])"))
    assert (found.verdict, found.problems) == (HOLDS, ())
    assert found.independence is Independence.SIMULATED


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ("normal(0,1/sqrt(n),[1])+0*normal(0,1,[reps])", "every replicate shares the draw"),
        ("sort(normal(0,1/sqrt(n),[reps]),axis=0)", "mixes the values of several replicates"),
    ],
)
def test_draws_that_are_no_sample_are_named(sample: str, said: str) -> None:
    found = tried(**_by_draws(OUTCOMES, sample))
    assert found.verdict is UNDECIDED
    assert {type(problem) for problem in found.problems} == {AuthorMistake}
    assert all(said in problem.why.text("en") for problem in found.problems)  # type: ignore[union-attr]


def test_many_variants_are_tried_at_five() -> None:
    found = tried(**{**ESTIMATE, "params": {"n": {"integers": [4, 60]}}})
    assert found.verdict is HOLDS
    assert len({one.condition["n"] for one in found.measured}) == 5


@pytest.mark.parametrize(
    "fields",
    first_quick([
        {**OUTCOMES, "outcomes": [
            {"id": "above", "text": "above", "when": "x > 1/8"},
            {"id": "below", "text": "below", "when": "x <= 1/8"},
        ]},
        {**ORDER, "things": [*ORDER["things"][:2], {"id": "high", "text": "h", "value": "1/8"}]},
        {**ESTIMATE, "estimate": {**ESTIMATE["estimate"], "of": "x - 1/8"}},  # about 0: no factor
    ]),
)  # fmt: skip
def test_a_draw_that_is_not_settled_is_named(fields: dict[str, Any]) -> None:
    found = tried(**{**fields, "params": {"n": {"choice": [8, 64]}}})
    assert found.verdict is UNDECIDED
    assert UnsettledDraw({"n": 8.0}) in found.problems
    assert UnsettledDraw({"n": 64.0}) not in found.problems


def test_a_value_beside_its_axis_is_named() -> None:
    estimate = {**ESTIMATE["estimate"], "axis": {"log": [0.1, 1]}}
    found = tried(**{**ESTIMATE, "params": {"n": {"choice": [4, 64]}}, "estimate": estimate})
    assert found.verdict is UNDECIDED
    [problem] = found.problems
    assert isinstance(problem, OffAxis)
    assert (problem.low, problem.high, problem.condition) == (0.1, 1, {"n": 64})
    assert problem.value == pytest.approx(1 / 64, rel=0.5)


@pytest.mark.parametrize(
    ("fields", "other", "shown"),
    [
        (ORDER, ("x", "low", "high"), "x → low → high"),
        (ESTIMATE, ShownValue(0.9, 0.9, 0.9), "0.9"),
        (OUTCOMES, frozenset({"below"}), "below"),
    ],
)
def test_what_shows_otherwise_is_refuted(
    monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], other: Settled, shown: str
) -> None:
    def decided(item: Item, *, seed: int = 0, **given: Any) -> Decision:
        found = decide(item, **given)
        return found if seed == 0 else Decision(other, found.measured)

    monkeypatch.setattr("studytool.verification.predictions.decide", decided)
    found = tried(**{**fields, "params": {"n": {"choice": [4]}}})
    assert found.verdict is REFUTED
    [problem] = found.problems
    assert isinstance(problem, OtherOutcome)
    assert (problem.shown, problem.condition) == (shown, {"n": 4.0})
    assert not all(control.rejected for control in found.controls)


# --- what numbers alone decide ----------------------------------------------------------------

BY_NUMBERS = [
    {
        "kind": "order",
        "things": [
            {"id": id_, "text": id_, "value": value}
            for id_, value in (("a", "n"), ("b", "2*n"), ("c", "3*n"))
        ],
    },
    {
        "kind": "choice",
        "options": [
            {"id": "small", "text": "small", "when": "n < 6"},
            {"id": "large", "text": "large", "when": "n >= 6"},
        ],
    },
]


@pytest.mark.parametrize("fields", BY_NUMBERS)
@pytest.mark.parametrize(
    ("claims", "verdict"),
    [(["true"], HOLDS), (["false"], REFUTED), (["weak"], UNDECIDED), (["word"], None), ([], None)],
)
def test_the_key_rests_on_the_items_claims(
    fields: dict[str, Any], claims: list[str], verdict: Verdict | None
) -> None:
    found = tried(**N, **fields, claims=claims)
    assert found.verdict is verdict
    assert (UnlinkedItem() in found.problems) == (not claims)


# --- options that are marked, and tried by what is measured -------------------------------------


def _marked(limit: str) -> Evidence:
    options = [
        {"id": "small", "text": "small", "correct": True, "when": "x < 0.5"},
        {"id": "large", "text": "large", "when": f"x > {limit}"},
    ]
    return tried(**MEASURED, kind="choice", options=options)


def test_marked_options_are_tried_at_each_draw() -> None:
    assert _marked("0.5").verdict is HOLDS
    assert {one.condition["n"] for one in _marked("0.5").measured} == {4, 8, 64}
    assert _marked("0.2").verdict is REFUTED  # right where n is 4


# --- one variant, as the learner asks for it ----------------------------------------------------


def _at(fields: dict[str, Any], **parameters: float) -> VariantEvidence:
    return try_variant("p", item_of(**fields), parameters, claims=CLAIMS)


@pytest.mark.parametrize("fields", [ORDER, ESTIMATE, OUTCOMES, OPTIONS])
def test_one_variant_is_tried_at_its_own_numbers(fields: dict[str, Any]) -> None:
    found = _at(fields, n=16)
    assert found.key.verdict is HOLDS
    assert found.parameters == {"n": 16}
    assert [one.condition for one in found.key.measured] == [{"n": 16}]
