"""The key of a card, cloze or choice stands and falls with what tries it."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter, ValidationError

from studytool.cli.verify import command
from studytool.packs.claims import Claim
from studytool.packs.evidence import Independence, Verdict
from studytool.packs.pack import Pack
from studytool.verification.evidence import Evidence
from studytool.verification.problems import (
    FailedClaim,
    OtherOption,
    Problem,
    UncoveredOptions,
    UndecidedOptions,
    UnlinkedItem,
    UntriedClaim,
)
from studytool.verification.verify import RunProgress, Selection, verify_pack
from tests.quiz.variants import item_of

HOLDS, REFUTED, UNDECIDED = Verdict.HOLDS, Verdict.REFUTED, Verdict.UNDECIDED
VARIANCE = {"experiment": "dense_layer", "with": {"fan_in": "4", "fan_out": "4"}}
WEIGHT = {**VARIANCE, "quantity": "weight_variance"}
"""Of Xavier weights with 4 inputs and 4 outputs: 1/4."""
PEAK = {
    "experiment": "cosine_schedule",
    "with": {"t": "100", "period": "50", "lr_max": "0.1", "lr_min": "0.01"},
    "quantity": "lr",
}
"""0.1, computed exactly."""


def _claim(name: str, expect: str | None = "1/4", wrong: str = "1") -> Claim:
    """Return a claim on the variance of a weight, which is 1/4; one without a check where None."""
    check = {"expect": expect, "by": WEIGHT, "controls": [{"id": "one", "expect": wrong}]}
    fields: dict[str, object] = {
        "id": name,
        "concept": "c",
        "statement": "A weight's variance.",
        "standing": "confirmed",
        "source": {"ref": "s"},
        "checks": [] if expect is None else [check],
        "why": "A definition." if expect is None else None,
    }
    return TypeAdapter(Claim).validate_python(fields)


CLAIMS = [
    _claim("true"),
    _claim("false", expect="1/2"),
    _claim("weak", wrong="1/4"),
    _claim("word", expect=None),
]
MANIFEST = {
    "id": "p",
    "schema": 1,
    "formulas": 1,
    "version": "1.0.0",
    "title": "P",
    "languages": ["en"],
    "licence": "CC0",
    "authors": ["A"],
    "concepts": [{"id": "c", "title": "C"}],
}


def tried(**fields: Any) -> Evidence:
    """Verify one item alone, with the claims that it rests on."""
    pack = Pack.model_validate(
        {"manifest": MANIFEST, "items": [item_of(**fields)], "claims": CLAIMS, "digest": "d"}
    )
    (key,) = verify_pack(pack, selection=Selection(items=["i"])).keys
    return key


def _choice(*options: dict[str, object], **fields: object) -> Evidence:
    named = [{"id": id_, "text": id_, **one} for id_, one in zip("abc", options, strict=False)]
    return tried(kind="choice", prompt="?", options=named, **fields)


RIGHT: dict[str, object] = {"correct": True, "when": "x > 0.2 and x < 0.3"}
WRONG: dict[str, object] = {"when": "x > 1"}


@pytest.mark.parametrize(
    ("options", "verdict", "problems"),
    [
        ([RIGHT, WRONG], HOLDS, ()),
        ([RIGHT, WRONG, {"when": "x <= 0.2"}], HOLDS, ()),
        # a wrong option marked correct, a right one marked wrong
        ([RIGHT, {**WRONG, "correct": True}, WRONG], REFUTED, (OtherOption("b", is_right=False),)),
        ([{"when": "x < 1"}, RIGHT], REFUTED, (OtherOption("a", is_right=True),)),
        (
            [{**RIGHT, "correct": False}, {**WRONG, "correct": True}],
            REFUTED,
            (OtherOption("a", is_right=True), OtherOption("b", is_right=False)),
        ),
        # the limit is the very number
        (
            [{"correct": True, "when": "x <= 0.25"}, WRONG],
            UNDECIDED,
            (UndecidedOptions(("a", "b")),),
        ),
        # an option that nothing tries
        ([RIGHT, {}], None, (UncoveredOptions(("b",)),)),
        ([RIGHT, {**WRONG, "correct": True}, {}], REFUTED, None),
    ],
)
def test_a_choice_by_what_is_measured(
    options: list[dict[str, object]],
    verdict: Verdict | None,
    problems: tuple[Problem, ...] | None,
) -> None:
    found = _choice(*options, measure={"x": WEIGHT})
    assert found.verdict is verdict
    assert problems is None or found.problems == problems
    assert [one.quantity for one in found.measured] == ["x"]
    assert found.independence is (None if verdict is None else Independence.SIMULATED)
    if verdict is HOLDS:
        wrong = [name for name, one in zip("abc", options, strict=False) if one is not RIGHT]
        assert [(one.id, one.rejected) for one in found.controls] == [(id_, True) for id_ in wrong]


def test_a_choice_by_an_exact_quantity_is_a_second_method() -> None:
    options: list[dict[str, object]] = [
        {"correct": True, "when": "x > 0.09"},
        {"when": "x < 0.02"},
    ]
    found = _choice(*options, measure={"x": PEAK})
    assert (found.verdict, found.independence) == (HOLDS, Independence.SECOND_METHOD)


STATES: dict[str, object] = {"correct": True, "because": "true"}
REJECTS: dict[str, object] = {"because": {"claim": "true", "rejects": "one"}}


@pytest.mark.parametrize(
    ("options", "verdict", "problems"),
    [
        ([STATES, REJECTS], HOLDS, ()),
        # the claim states what is marked wrong; its check rejects what is marked right
        ([STATES, {"because": "true"}], REFUTED, (OtherOption("b", is_right=True),)),
        ([{**REJECTS, "correct": True}, REJECTS], REFUTED, (OtherOption("a", is_right=False),)),
        ([STATES, {}], None, (UncoveredOptions(("b",)),)),
        (
            [{"correct": True, "because": "false"}, REJECTS],
            REFUTED,
            (FailedClaim("false", REFUTED),),
        ),
        # the control says what the claim says, so that no check tells them apart
        (
            [STATES, {"because": {"claim": "weak", "rejects": "one"}}],
            UNDECIDED,
            (FailedClaim("weak", UNDECIDED),),
        ),
    ],
)
def test_a_choice_by_claims(
    options: list[dict[str, object]], verdict: Verdict | None, problems: tuple[Problem, ...]
) -> None:
    found = _choice(*options)
    assert (found.verdict, found.problems) == (verdict, problems)


def test_a_choice_by_both() -> None:
    found = _choice(RIGHT, WRONG, REJECTS, measure={"x": WEIGHT})
    assert found.verdict is HOLDS
    assert [(one.id, one.rejected) for one in found.controls] == [("b", True), ("c", True)]
    assert [one.quantity for one in found.measured] == ["x", "dense_layer.weight_variance"]


def test_an_option_tried_twice_is_one_control() -> None:
    found = _choice(RIGHT, {**WRONG, **REJECTS}, measure={"x": WEIGHT})
    assert [(one.id, one.draws, one.kept) for one in found.controls] == [("b", 2, 0)]


CARD = {"kind": "card", "front": "?", "back": "1/4"}
CLOZE = {"kind": "cloze", "text": "It is [[a]].", "blanks": {"a": {"accept": ["1/4"]}}}


@pytest.mark.parametrize("item", [CARD, CLOZE])
@pytest.mark.parametrize(
    ("claims", "verdict", "problems"),
    [
        (["true"], HOLDS, ()),
        (["false"], REFUTED, (FailedClaim("false", REFUTED),)),
        (["true", "false"], REFUTED, (FailedClaim("false", REFUTED),)),
        (["true", "weak"], UNDECIDED, (FailedClaim("weak", UNDECIDED),)),
        ([], None, (UnlinkedItem(),)),
    ],
)
def test_a_card_and_a_cloze_have_the_verdict_of_their_claims(
    item: dict[str, object],
    claims: list[str],
    verdict: Verdict | None,
    problems: tuple[Problem, ...],
) -> None:
    found = tried(**item, claims=claims)
    assert (found.verdict, found.problems) == (verdict, problems)
    assert found.independence is (Independence.SIMULATED if claims else None)
    assert len(found.measured) == len(claims)
    assert [one.id for one in found.controls] == [f"{name}/one" for name in claims]


@pytest.mark.parametrize("claims", [["word"], ["true", "word"]])
def test_a_card_on_a_claim_without_a_check_is_untried_and_says_why(claims: list[str]) -> None:
    found = tried(**CARD, claims=claims)
    (problem,) = found.problems
    assert isinstance(problem, UntriedClaim)
    assert (problem.id, problem.why.text("en")) == ("word", "A definition.")
    assert (found.verdict, found.independence) == (None, None)


def test_a_claim_behind_two_items_is_tried_once_and_before_them() -> None:
    items = [item_of(**{**CARD, "id": "a", "claims": ["true"]}), item_of(**{**CLOZE, "id": "b"})]
    items.append(item_of(**{**CLOZE, "id": "c", "claims": ["true", "true"]}))
    pack = Pack.model_validate(
        {"manifest": MANIFEST, "items": items, "claims": CLAIMS, "digest": "d"}
    )
    told: list[RunProgress] = []
    found = verify_pack(pack, selection=Selection(items=["c", "a"]), progress=told.append)
    seen = [one.finding.id if one.finding else None for one in told]
    assert seen == [None, "true", "a", "c"]
    assert [(one.done, one.total) for one in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert told[0].seconds_left > 0.0
    assert told[-1].seconds_left == 0.0
    assert [one.id for one in found.claims] == ["true"]
    assert found.keys[0].measured == found.keys[1].measured == found.claims[0].measured
    assert found.estimates == 1


def test_a_when_goes_with_measure() -> None:
    with pytest.raises(ValidationError, match="'measure' without a 'when'"):
        _choice(STATES, REJECTS, measure={"x": WEIGHT})
    with pytest.raises(ValidationError, match="has no names to speak of"):
        _choice(RIGHT, WRONG)


def _keys(*items: str) -> list[dict[str, Any]]:
    arguments = [word for name in items for word in ("--item", name)]
    result = CliRunner().invoke(command, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    keys: list[dict[str, Any]] = json.loads(result.stdout)["keys"]
    return keys


def test_verify_answers_for_every_kind_of_item() -> None:
    """The reference of --json calls the predicted number of a choice null."""
    names = (
        "lambda-meaning",
        "cosine-parameters",
        "l1-shape",
        "soft-threshold",
        "batch-norm-shift",
    )
    keys = {one["item"].partition("/")[2]: one for one in _keys(*names)}
    assert set(keys) == set(names)
    verdicts = {name: (one["verdict"], one["independence"]) for name, one in keys.items()}
    assert verdicts == {
        "lambda-meaning": ("holds", "second-method"),
        "cosine-parameters": ("holds", "second-method"),
        "l1-shape": ("holds", "simulated"),
        "soft-threshold": ("holds", "second-method"),
        "batch-norm-shift": (None, None),
    }
    assert {one["predicted"] for one in keys["lambda-meaning"]["measured"]} == {None}
    assert keys["batch-norm-shift"]["reason"].count("covariate-shift-contested") == 1


def test_large_weights_split_the_gradient_of_a_sigmoid_network() -> None:
    """The key that the first version had wrong: the claims of the pack itself refuted it."""
    (key,) = _keys("large-init")
    assert (key["verdict"], key["independence"]) == ("holds", "simulated")
    assert all(one["rejected"] for one in key["controls"])
    rms, middle = (one["estimate"] for one in key["measured"])
    assert rms > 0.5
    assert middle < -3
