"""Items found by ``pack/slug``, by a pack's folder, or by the slug alone where it is unique."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.errors import NotFoundError, PackError
from studytool.language import LANGUAGES, Language
from studytool.library.finding import FoundItem, find_item, find_pack_or_item
from studytool.library.item_names import full_item_name
from studytool.settings import Settings, save_settings
from tests.cases import first_quick
from tests.session.packs import desk_with

PACK = "deep-learning-notes"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the bundled pack and another that has a slug of it."""
    desk = desk_with(tmp_path, [("he-sd", "scale", ""), ("alone", "scale", "")])
    desk.close()
    monkeypatch.setenv("STUDYTOOL_HOME", str(desk.home))
    save_settings(desk.home, Settings(language="en"))
    return desk.home


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments)


def _json(*arguments: str) -> Any:
    run = _run(*arguments, "--json")
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("alone", "small/alone"),
        ("small/alone", "small/alone"),
        ("small/none", "small/none"),  # a whole name is as it is
        ("./small/alone", "./small/alone"),  # a path too
    ],
)
def test_the_whole_name(name: str, whole: str) -> None:
    assert full_item_name(name, ["small/alone", "small/he-sd", "other/he-sd"]) == whole


def test_a_slug_of_several_packs_names_them() -> None:
    with pytest.raises(PackError, match="Write one of these: a/x, b/x") as error:
        full_item_name("x", ["a/x", "b/x", "b/y"])
    assert "여러 꾸러미" in error.value.text("ko")


def test_an_unknown_slug_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="he-sd"):
        full_item_name("he-sdd", ["small/he-sd"])


@pytest.mark.usefixtures("home")
def test_every_command_that_takes_an_item_takes_its_slug() -> None:
    assert _json("show", "xavier-variance")["item"] == f"{PACK}/xavier-variance"
    assert _json("show", "alone")["item"] == "small/alone"
    assert _json("mark", "xavier-variance", "--seed", "0", "--answer", "1")["outcome"]
    assert _json("item", "show", "alone")["item"] == "small/alone"
    for act in ("suspend", "unsuspend", "flag", "unflag", "bury", "reset"):
        done = _json("item", act, "alone", "xavier-variance", "small/alone")["items"]
        assert [one["item"] for one in done] == ["small/alone", f"{PACK}/xavier-variance"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "arguments",
    first_quick(
        [
            ("show", "he-sd"),
            ("mark", "he-sd", "--seed", "0", "--answer", "1"),
            ("item", "show", "he-sd"),
            ("item", "flag", "alone", "he-sd"),
            ("item", "rate", "he-sd", "good"),
        ]
    ),
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_an_ambiguous_slug_is_refused_with_its_candidates(arguments: tuple[str, ...]) -> None:
    run = _run(*arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert "is an item of several packs" in run.stderr
    assert {"small/he-sd", f"{PACK}/he-sd"} <= set(run.stderr.replace(",", " ").split())
    assert _json("item", "list", "--flagged") == {"items": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_library_the_bundled_pack_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language=language))
    found = find_item("xavier-variance")
    assert (found.pack_id, found.item.id) == (PACK, "xavier-variance")
    run = _run("show", "xavier-varianc")
    assert run.exit_code == 2
    assert "'xavier-variance'" in run.stderr


@pytest.mark.parametrize("command", [["verify"], ["study", "--plain"], ["pack", "preview"]])
@pytest.mark.parametrize("name", ["./empty", "../empty"])
def test_a_folder_without_a_manifest_is_refused_as_check_does(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], name: str
) -> None:
    (tmp_path / "empty/empty").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "empty")
    for language in LANGUAGES:
        save_settings(home, Settings(language=language))
        refused = _run(*command, name)
        assert refused.exit_code == 2
        assert refused.stderr == _run("check", name).stderr
        assert "pack.yaml" in refused.stderr


@pytest.mark.usefixtures("home")
def test_a_slug_is_found_beside_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("alone", "empty"):
        (tmp_path / "here" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    assert isinstance(find_pack_or_item("alone"), FoundItem)
    with pytest.raises(PackError, match=r"pack\.yaml"):
        find_pack_or_item("empty")
    with pytest.raises(NotFoundError):
        find_pack_or_item("nothing")
