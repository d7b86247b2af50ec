"""``studytool mark``: what an answer is read as, in numbers and lists, and its text laid out."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.cli import program
from tests.bundled_library import install_bundled_pack


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    install_bundled_pack(home)
    return home


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))


def _mark(item: str, answer: str, *arguments: str, seed: int = 1) -> str:
    line = ["mark", item, "--seed", str(seed), "--answer", answer, "--lang", "en", *arguments]
    done = CliRunner().invoke(program, line)
    assert done.exit_code == 0, done.output
    return done.stdout


def _json(item: str, answer: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_mark(item, answer, "--json"))
    return read


@pytest.mark.parametrize(
    ("item", "answer", "read_as", "reading"),
    [
        ("cosine-rate", "0.25", 0.25, "0.25"),
        ("cosine-rate", "-2", -2.0, "−2"),  # a minus before an answer is no option
        ("cosine-rate", "1-40%", 0.6, "1 − 40 % = 0.6"),
        ("cosine-rate", "1,000", [1000.0, 1.0], None),  # asked again: all its readings
        ("cosine-rate", "what", None, None),
        ("dropout-ensemble", "1,2", None, None),  # a list: below
        ("l1-shape", "꼭짓점; 0", ["꼭짓점", "0"], "꼭짓점; 0"),
    ],
)
def test_what_is_read(
    item: str, answer: str, read_as: float | list[float | str] | None, reading: str | None
) -> None:
    told = _json(item, answer)
    if item == "dropout-ensemble":
        assert [type(one) for one in told["read_as"]] == [str, str]
        assert told["read_as"] == [
            shown["id"] for shown in _options(item) if shown["text"] in told["reading"].split("; ")
        ]
    else:
        assert (told["read_as"], told["reading"]) == (read_as, reading)


def _options(item: str) -> list[dict[str, str]]:
    done = CliRunner().invoke(program, ["show", item, "--seed", "1", "--lang", "en", "--json"])
    options: list[dict[str, str]] = json.loads(done.stdout)["options"]
    return options


def test_a_wrong_choice_tells_both_reasons() -> None:
    key = _json("zero-init", "1")["key"]
    places = {one["id"]: place for place, one in enumerate(_options("zero-init"), start=1)}
    wrong = next(place for id_, place in places.items() if id_ not in key)
    told = _json("zero-init", str(wrong))
    [taken] = [part for part in told["parts"] if part["taken"]]
    [right] = [part for part in told["parts"] if part["right"]]
    assert (taken["number"], right["number"]) == (wrong, places[key[0]])
    assert taken["feedback"]
    assert right["feedback"]
    assert told["feedback"] == f"{taken['feedback']} {right['feedback']}"
    shown = _mark("zero-init", str(wrong))
    assert f"✗ {wrong}. " in shown
    assert f"✓ {right['number']}. " in shown


def test_a_prediction_tells_what_was_measured() -> None:
    told = _json("predict-constant-init", "1")
    assert {one["name"] for one in told["measured"]}
    assert all(one["replicates"] >= 128 for one in told["measured"])


def test_a_mark_ends_with_the_solution_of_its_own_numbers() -> None:
    told = _json("relu-second-moment", "1")
    shown = json.loads(
        CliRunner()
        .invoke(program, ["show", "relu-second-moment", "--seed", "1", "--lang", "en", "--json"])
        .stdout
    )
    assert told["solution"] == shown["solution"]
    assert told["key_text"] == shown["key_text"]
    assert str(shown["parameters"]["sd"]) in told["solution"]


@pytest.mark.parametrize("item", ["cosine-rate", "l1-shape", "l2-decay-steps", "dropout-ensemble"])
def test_the_text_is_laid_out(item: str) -> None:
    for words in (
        _mark(item, "0.5; 1" if item == "l1-shape" else "1"),
        CliRunner().invoke(program, ["show", item, "--seed", "1", "--lang", "en"]).stdout,
    ):
        assert words
        assert not [sign for sign in ("$", "**", "\\") if sign in words]
