"""What a pack may say: the rules within one entry, each with the sentence that an author reads."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from studytool.packs.answer_key import StatedTolerance
from studytool.packs.items import Item
from studytool.packs.json_schema import SCHEMAS, schema_text
from studytool.packs.model import content_digest
from studytool.packs.parameters import TableParameter
from studytool.packs.schema_words import sentence
from studytool.packs.text import PACK_LANGUAGES, Text
from tests.rows import all_rows

_ITEMS: TypeAdapter[Any] = TypeAdapter(Item)
CARD: dict[str, Any] = {"id": "i", "kind": "card", "concept": "c", "front": "f", "back": "b"}
CLOZE: dict[str, Any] = {
    "id": "i",
    "kind": "cloze",
    "concept": "c",
    "text": "[[a]] [[b]]",
    "blanks": {"a": {"accept": ["x"]}, "b": {"formula": "2", "unit": "m"}},
}
CHOICE: dict[str, Any] = {"id": "i", "kind": "choice", "concept": "c", "prompt": "?"}
MEASURE = {"x": {"experiment": "dense_layer", "quantity": "weight_variance"}}
PREDICTION: dict[str, Any] = {**CHOICE, "kind": "prediction", "measure": MEASURE}
THINGS = [{"id": one, "text": one, "value": "x"} for one in "abc"]
OUTCOMES = [{"id": one, "text": one, "when": "x > 1"} for one in "ab"]
ESTIMATE = {"of": "x", "axis": {"log": [1e-12, 1]}, "within": {"factor": 3}}
DRAWN = {"params": {"n": {"choice": [1, 2]}}}


def _options(*fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": f"o{at}", "text": f"o{at}", **one} for at, one in enumerate(fields)]


RIGHT: dict[str, Any] = {"correct": True}
WHEN: dict[str, Any] = {"when": "n > 1"}


@all_rows("item", [
    CARD,
    {**CARD, **DRAWN, "let": {"m": "n*2"}, "require": ["n > 0"], "tags": ["a"], "difficulty": 5},
    {**CARD, "tests": [{"seed": 1, "answer": "x", "outcome": "wrong", "misconception": "slip:sign"}]},
    CLOZE,
    {**CLOZE, "unordered": ["a", "b"]},
    {**CHOICE, "options": _options(RIGHT, {})},
    {**CHOICE, **DRAWN, "options": _options(WHEN, WHEN)},
    {**CHOICE, "measure": MEASURE, "options": _options(WHEN, WHEN)},
    {**CHOICE, "options": _options(RIGHT, *[{}] * 11), "show": 4},
    {**CHOICE, "options": _options({**RIGHT, "pin": "last"}, {}), "order": "fixed"},
    {**CHOICE, "kind": "order", "things": THINGS, "direction": "descending"},
    {**PREDICTION, "outcomes": OUTCOMES},
    {**PREDICTION, "things": THINGS},
    {**PREDICTION, "estimate": ESTIMATE},
    {**PREDICTION, "estimate": {**ESTIMATE, "axis": {"linear": [0, 10]}, "within": {"abs": 0.1}}},
])  # fmt: skip
def test_what_may_be_said_is_kept_and_read_back(item: dict[str, Any]) -> None:
    read = _ITEMS.validate_python(item)
    again = _ITEMS.validate_json(read.model_dump_json(by_alias=True))
    assert again == read
    assert again.revision == read.revision


@all_rows(("item", "why"), [
    ({**CARD, "require": ["1 > 0"]}, "'require' without 'params'"),
    ({**CARD, "distinct": ["a", "b"]}, "'distinct' without 'params'"),
    ({**CARD, "difficulty": 6}, "less than or equal to 5"),
    ({**CARD, "let": {f"n{at}": "1" for at in range(21)}}, "at most 20 items"),
    ({**CARD, "front": "x" * 20_481}, "a text has at most 20,480 bytes"),
    ({**CARD, "front": {"korean": "x"}}, "'korean' is no language"),
    ({**CARD, "tests": [{"seed": 1, "answer": "x", "outcome": "right", "misconception": "m"}]},
     "'misconception' goes with 'outcome: wrong'"),
    ({**CLOZE, "unordered": ["a", "c"]}, "'unordered' names 'c', which is not among 'blanks'"),
    ({**CLOZE, "unordered": ["a", "a"]}, "'unordered' names a blank twice"),
    ({**CLOZE, "blanks": {"a": {"say": "x"}}}, "needs one of the keys accept, formula"),
    ({**CHOICE, "options": _options({}, {})}, "'correct: true' at one or more of them, or 'when'"),
    ({**CHOICE, **DRAWN, "options": _options(WHEN, {})}, "'correct: false' where it never is"),
    ({**CHOICE, "options": _options(RIGHT, RIGHT)}, "all options are right"),
    ({**CHOICE, **DRAWN, "options": _options({**RIGHT, **WHEN}, WHEN)}, "take 'correct' out"),
    ({**CHOICE, "options": _options(WHEN, WHEN)}, "no names to speak of"),
    ({**CHOICE, "measure": MEASURE, "options": _options(RIGHT, {})}, "'measure' without a 'when'"),
    ({**CHOICE, "options": _options(RIGHT, *[{}] * 8)}, "at most 8 options are shown"),
    ({**CHOICE, "options": _options(RIGHT, {}), "show": 3}, "'show: 3' asks for more than the 2"),
    ({**CHOICE, "options": _options(RIGHT, RIGHT, {}), "show": 2}, "no room for a wrong option"),
    ({**CHOICE, "kind": "order", "things": THINGS[:2]}, "at least 3 items"),
    (PREDICTION, "exactly one of outcomes, things, estimate"),
    ({**PREDICTION, "outcomes": OUTCOMES, "things": THINGS}, "exactly one of"),
    ({**PREDICTION, "things": THINGS, "order": "fixed"}, "'order: fixed' without 'outcomes'"),
    ({**PREDICTION, "outcomes": OUTCOMES, "direction": "descending"}, "'direction' without"),
    ({**PREDICTION, "estimate": {**ESTIMATE, "axis": {"log": [0, 1]}}}, "with 0 < low < high"),
    ({**PREDICTION, "estimate": {**ESTIMATE, "axis": {"linear": [1, 0]}}}, "is not below the second"),
    ({**PREDICTION, "estimate": {**ESTIMATE, "within": {}}}, "needs one of the keys factor, abs"),
])  # fmt: skip
def test_what_contradicts_itself_is_refused(item: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _ITEMS.validate_python(item)
    assert why in str(refused.value)


@pytest.mark.parametrize(("stated", "distance_of_20"), [
    ({"rel": 0.05}, 1.0),
    ({"rel": "5%"}, 1.0),
    ({"rel": "0.5 %"}, 0.1),
    ({"abs": 0.3}, 0.3),
    ({"rel": "1%", "abs": 0.3}, 0.3),  # the larger counts
    ({"rel": "2%", "abs": 0.3}, 0.4),
    ({"sf": 3}, 0.05),
    ({"dp": 0}, 0.5),
])  # fmt: skip
def test_a_tolerance(stated: dict[str, object], distance_of_20: float) -> None:
    tolerance = StatedTolerance.model_validate(stated)
    assert tolerance.distance(20.0) == pytest.approx(distance_of_20)


@pytest.mark.parametrize(("stated", "why"), [
    ({}, "give 'rel' or 'abs' or both, or 'sf', or 'dp'"),
    ({"sf": 3, "rel": 0.1}, "'sf' and 'dp' stand alone"),
    ({"rel": "1 percent"}, "write it in per cent or as a number: 1% or 0.01"),
    ({"rel": "0,5%"}, "a share is wanted"),
    ({"rel": "60%"}, "less than or equal to 0.5"),
    ({"rel": 0}, "greater than 0"),
    ({"abs": -1}, "greater than 0"),
    ({"dp": 2.5}, "integer"),
])  # fmt: skip
def test_no_tolerance(stated: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        StatedTolerance.model_validate(stated)
    assert why in str(refused.value)


@pytest.mark.parametrize(("rows", "why"), [
    ([{"a": 1}], "at least 2 items"),
    ([{"label": "x"}, {"label": "y"}], "a row of a table has no number"),
    ([{"a": 1}, {"b": 1}], "row 2 has other columns than row 1"),
    ([{"a": 1}, {"a": 2, "b": 1}], "row 2 has other columns than row 1"),
    ([{"label": "x", "a": 1}, {"a": 2}], "give every row a label, or none"),
    ([{"a": 1}, {"a": 2}, {"a": 1}], "rows 1 and 3 have the same numbers"),
    ([{"a": 1}, {"a": "2"}], "valid number"),
])  # fmt: skip
def test_no_table(rows: list[dict[str, object]], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TableParameter.model_validate({"table": rows})
    assert why in str(refused.value)


@pytest.mark.parametrize(("text", "asked", "shown"), [
    ("x", "ko", "x"),
    ({"fr": "f", "de": "d"}, "de", "d"),
    ({"fr": "f", "de": "d"}, "de-AT", "d"),  # the primary subtag
    ({"pt-BR": "b", "pt": "p"}, "pt-BR", "b"),
    ({"de": "d", "fr": "f"}, "ko", "f"),  # the pack's first, wherever it is written
    ({"de": "d"}, "ko", "d"),
    ({"fr": " f\n", "de": "d"}, "fr", "f"),  # of a block scalar
])  # fmt: skip
def test_a_text_falls_back_to_the_first_language(text: object, asked: str, shown: str) -> None:
    context = {PACK_LANGUAGES: ("fr", "de", "pt", "pt-BR")}
    assert Text.model_validate(text, context=context).text(asked) == shown


def test_a_text_has_no_language_that_the_pack_has_not() -> None:
    with pytest.raises(ValidationError, match="'kr' is none of the pack's languages: ko, en"):
        Text.model_validate({"kr": "x", "en": "y"}, context={PACK_LANGUAGES: ("ko", "en")})


@pytest.mark.parametrize(("change", "is_same"), [
    ({"front": "f "}, True),
    ({"front": "f\n"}, True),  # as a block scalar
    ({"hints": ["h"], "tags": ["t"], "difficulty": 2, "was": ["old"]}, True),
    ({"tests": [{"seed": 1, "answer": "x", "outcome": "wrong"}]}, True),
    ({"claims": ["a"], "source": {"ref": "r"}}, True),
    ({"let": {}, "require": []}, True),  # a default written out
    ({"front": "g"}, False),
    ({"back": "g"}, False),
    ({"solution": "s"}, False),
    ({"concept": "d"}, False),
    ({"let": {"m": "1"}}, False),
])  # fmt: skip
def test_a_revision_is_what_matters_to_memory(change: dict[str, Any], *, is_same: bool) -> None:
    first, other = (_ITEMS.validate_python(one) for one in (CARD, {**CARD, **change}))
    assert (first.revision == other.revision) is is_same


@pytest.mark.parametrize(("change", "is_same"), [
    ({"name": {"ko": "평균", "en": "mean"}}, True),
    ({"statistic": "variance"}, False),
])  # fmt: skip
def test_what_a_measured_value_is_called_changes_no_revision(
    change: dict[str, Any], *, is_same: bool
) -> None:
    measured = {"sample": "normal(0,1,[reps])"}
    order = {
        "id": "o", "kind": "order", "concept": "c", "prompt": "p", "solution": "s",
        "things": [{"id": f"t{len(one)}{one[-1]}", "text": one, "value": one} for one in ("m", "n", "2*n")],
    }  # fmt: skip
    first, other = (
        _ITEMS.validate_python({**order, "measure": {"m": one, "n": {"sample": "rand([reps])"}}})
        for one in (measured, measured | change)
    )
    assert (first.revision == other.revision) is is_same


def test_a_digest_does_not_see_how_a_line_is_broken() -> None:
    one, other = (_ITEMS.validate_python({**CARD, "back": text}) for text in ("a b. c", "a b.\nc"))
    assert content_digest(one, set()) == content_digest(other, set())


def _patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (one for key, one in part.items() if key == "pattern" and isinstance(one, str))
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from _patterns(one)


def test_each_pattern_of_a_value_has_its_words() -> None:
    patterns = {one for name in SCHEMAS for one in _patterns(json.loads(schema_text(name)))}
    assert len(patterns) > 5
    for pattern in (one for one in patterns if "%" not in one):  # a share is read by no pattern
        error = ErrorDetails(
            type="string_pattern_mismatch", loc=("x",), input="#", msg="", ctx={"pattern": pattern}
        )
        assert "#" in sentence(error)[0].text("ko"), pattern
