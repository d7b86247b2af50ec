"""What an editor offers at a cursor: of the schema, of the pack, of the core; also in half a file."""

from pathlib import Path

import pytest

from studytool.authoring.completion import SuggestionKind, suggestions_at
from studytool.packs.reader import Reading, read_pack
from tests.rows import all_rows

OWN = Path(__file__).parent.parent / "packs/own"
HEAD = "- id: new\n  kind: prediction\n  concept: compounding\n"
NUMERIC = "- id: new\n  kind: numeric\n  params:\n    n: {integers: [1, 9]}\n"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_pack(OWN / "compound-interest")


def _texts(reading: Reading, name: str, text: str) -> dict[str, SuggestionKind]:
    """Return what is offered at the bar in a text, which is no part of it."""
    before, _, after = text.partition("¦")
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    found = suggestions_at(reading, name, before + after, line=line, column=column, language="en")
    return {one.text: one.kind for one in found}


CASES = [
    # keys, of the kind that is written
    ("items/a.yaml", HEAD + "  ¦", {"prompt", "outcomes", "estimate"}, {"answer", "front", "kind"}),
    ("items/a.yaml", NUMERIC + "  an¦", {"answer", "check", "let"}, {"front", "params", "outcomes"}),
    ("items/a.yaml", NUMERIC + "  answer: {fo¦}", {"formula", "measure", "tolerance"}, {"kind"}),
    ("items/a.yaml", NUMERIC + "  answer:\n    formula: '1'\n    ¦", {"tolerance", "unit"}, {"formula"}),
    ("items/a.yaml", HEAD + "  outcomes:\n    - id: a\n      ¦", {"text", "when"}, {"id", "kind"}),
    ("items/a.yaml", HEAD + "  outcomes:\n    - {id: a, ¦}", {"text", "when"}, {"id", "kind"}),
    ("claims/a.yaml", "- id: c\n  ¦", {"statement", "standing", "checks"}, {"id", "prompt"}),
    ("experiments/a.yaml", "- id: e\n  params:\n    n: {¦}", {"float", "log", "integer"}, {"uniform"}),
    ("pack.yaml", "schema: 1\n¦", {"formulas", "concepts"}, {"schema", "kind"}),
    # words
    ("items/a.yaml", "- id: new\n  kind: ¦", {"card", "numeric", "prediction"}, {"id"}),
    ("claims/a.yaml", "- id: c\n  standing: ¦", {"confirmed", "refuted"}, {"card"}),
    # names of the pack and of the core
    ("items/a.yaml", "- id: new\n  kind: card\n  concept: ¦", {"compounding"}, {"limit"}),
    ("items/a.yaml", "- id: new\n  kind: card\n  claims: [¦]", {"limit"}, {"compounding"}),
    ("items/a.yaml", "- id: new\n  kind: card\n  claims:\n    - ¦", {"limit"}, {"compounding"}),
    ("claims/a.yaml", "- id: c\n  source: {ref: ¦}", {"bernoulli"}, {"limit"}),
    ("items/a.yaml", HEAD + "  measure:\n    x: {experiment: ¦", {"savings", "dense_layer"}, {"growth"}),
    ("items/a.yaml", HEAD + "  measure:\n    x: {experiment: savings, quantity: ¦}", {"growth"}, {"rate"}),
    ("items/a.yaml", HEAD + "  measure:\n    x: {quantity: ¦, experiment: savings}", {"growth"}, {"rate"}),
    ("items/a.yaml", HEAD + "  measure:\n    x: {experiment: savings, with: {times: '1', ¦}}", {"rate"},
     {"times"}),
    ("items/a.yaml", HEAD + "  measure:\n    x:\n      experiment: savings\n      with:\n        ¦",
     {"rate", "times"}, {"quantity"}),
    # formulas
    ("items/a.yaml", NUMERIC + "  answer: {formula: '2*¦'}", {"he_variance", "sqrt", "normal"}, {"unit"}),
    ("items/growth.yaml", "- id: by-months\n  kind: numeric\n  let: {a: '¦'}", {"rate", "times"}, set()),
]  # fmt: skip


@all_rows(("name", "text", "offered", "absent"), CASES)
def test_what_fits_is_offered_and_nothing_else(
    name: str, text: str, offered: set[str], absent: set[str]
) -> None:
    found = _texts(read_pack(OWN / "compound-interest"), name, text)
    assert offered <= found.keys(), sorted(found)[:40]
    assert absent.isdisjoint(found)


@all_rows(("name", "text"), [
    ("items/a.yaml", HEAD + "  prompt:\n    en: |\n      A sentence: ki¦"),  # a text is the author's
    ("notes.md", "kind: ¦"),
    ("items/a.txt", "kind: ¦"),
])  # fmt: skip
def test_nothing_is_offered_where_nothing_is_known(name: str, text: str) -> None:
    assert _texts(read_pack(OWN / "compound-interest"), name, text) == {}


def test_a_pack_that_cannot_be_read_still_has_keys(reading: Reading, tmp_path: Path) -> None:
    broken = read_pack(tmp_path)
    assert "prompt" in _texts(broken, "items/a.yaml", "- id: a\n  kind: choice\n  ¦")
    assert _texts(reading, "items/a.yaml", "- id: a\n  concept: ¦")
    assert _texts(broken, "items/a.yaml", "- id: a\n  concept: ¦") == {}
