"""Marking: the key first, then misconceptions, then slips; and the commands that show it."""

import json
import re

import pytest
from click.testing import CliRunner

from studytool.cli.mark import command as mark_command
from studytool.cli.show import command as show_command
from tests.rows import all_rows

ITEM = "deep-learning-notes/xavier-variance"
SEED = "3"


def _json(command: object, *arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(command, [*arguments, "--json"])  # type: ignore[arg-type] # a click command
    assert result.exit_code == 0, result.output
    read: dict[str, object] = json.loads(result.output)
    return read


def _shown() -> tuple[float, dict[str, float]]:
    shown = _json(show_command, ITEM, "--seed", SEED, "--lang", "en")
    key, wrong = shown["key"], shown["misconceptions"]
    assert isinstance(key, float)
    assert isinstance(wrong, list)
    return key, {one["id"]: one["value"] for one in wrong}


@all_rows(
    ("answer", "outcome", "misconception", "rating"),
    [
        ("{key}", "right", None, "good"),
        ("{key}*1.015", "right", None, "good"),  # within 2 %
        ("{key}*1.03", "near", None, "hard"),
        ("{key}*1.3", "wrong", None, "again"),
        ("{forward-only}", "wrong", "forward-only", "again"),
        ("{sd}", "wrong", "sd", "again"),
        ("-{key}", "wrong", "slip:sign", "again"),
        ("{key}*10", "wrong", "slip:power-of-ten", "again"),
        ("{key}*100", "wrong", "slip:percent", "again"),
        ("1/{key}", "wrong", "slip:reciprocal", "again"),
        ("{key}^2", "wrong", "slip:square", "again"),
        ("0", "wrong", None, "again"),
        ("1,000", "ambiguous", None, None),
        ("a third", "unreadable", None, None),
    ],
)
def test_mark(answer: str, outcome: str, misconception: str | None, rating: str | None) -> None:
    key, wrong = _shown()
    values = {"key": key, **wrong}
    typed = re.sub(r"\{([a-z-]+)\}", lambda found: repr(values[found[1]]), answer)
    marked = _json(mark_command, ITEM, "--seed", SEED, "--answer", typed, "--lang", "en")
    assert (marked["outcome"], marked["misconception"], marked["suggested_rating"]) == (
        outcome,
        misconception,
        rating,
    )
    assert list(marked) == [
        "outcome", "read_as", "reading", "key", "key_text", "credit", "misconception", "feedback",
        "parts", "measured", "solution", "suggested_rating", "evidence",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "answer", "outcome"),
    [
        ("dropout-ensemble", "1,2,3", "wrong"),  # one of the three is wrong
        ("batch-norm-steps", "0; 1; gamma; shift", "right"),
        ("batch-norm-steps", "0; 2; gamma; shift", "partial"),
        ("batch-norm-steps", "0; 1", "unreadable"),  # four blanks
        ("cosine-wrong-period", "9", "unreadable"),
        ("cosine-wrong-period", "1 2", "unreadable"),  # one only
        ("cosine-parameters", "anything", "right"),  # a card: the learner rates
    ],
)
def test_mark_other_kinds(item: str, answer: str, outcome: str) -> None:
    name = f"deep-learning-notes/{item}"
    marked = _json(mark_command, name, "--seed", "0", "--answer", answer, "--lang", "en")
    assert marked["outcome"] == outcome


def test_show_has_the_promised_keys() -> None:
    assert list(_json(show_command, ITEM)) == [
        "item", "kind", "seed", "language", "parameters", "prompt", "key", "key_text", "tolerance",
        "options", "axis", "hints", "solution", "misconceptions", "claims", "concept", "lesson", "terms", "tags", "difficulty",
        "evidence",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_prediction_is_marked_by_what_the_simulation_shows(language: str) -> None:
    name = "deep-learning-notes/predict-constant-init"
    marked = _json(mark_command, name, "--seed", "0", "--answer", "1", "--lang", language)
    assert (marked["outcome"], marked["key"]) == (
        "right",
        {"ko": "랭크 1", "en": "Rank 1"}[language],
    )
