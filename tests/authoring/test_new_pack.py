"""A new pack is right: ``check`` and ``verify`` find nothing, in whatever languages it is made."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.new_pack import NewPack, make_pack, write_schemas
from studytool.errors import PackError
from studytool.language import Language
from studytool.packs.evidence import Verdict
from studytool.packs.json_schema import SCHEMAS, schema_text
from studytool.packs.reader import load_pack, read_pack
from studytool.settings import Settings, save_settings
from tests.authoring.checking import checked
from tests.cases import first_quick
from tests.in_process import run_program
from tests.packs.samples import write_pack

LANGUAGES = [("ko", "en"), ("en",), ("ko",), ("fr", "pt-BR")]
KINDS = {"card", "cloze", "choice", "order", "numeric", "prediction"}


def made(folder: Path, *languages: str, **given: str) -> NewPack:
    said = {"title": "It's mine: #1", "licence": "MIT", "author": "A, B", **given}
    return NewPack(folder, languages=languages or ("en",), **said)


@pytest.mark.parametrize("languages", LANGUAGES, ids="-".join)
def test_it_reads_without_a_warning_and_has_every_kind(
    languages: tuple[str, ...], tmp_path: Path
) -> None:
    make_pack(made(tmp_path / "mine", *languages))
    found = read_pack(tmp_path / "mine")
    assert [str(one) for one in found.diagnostics] == []
    pack = found.pack
    assert pack is not None
    assert {item.kind for item in pack.items} == KINDS
    manifest = pack.manifest
    assert (pack.id, manifest.languages) == ("mine", languages)
    assert (manifest.title.text("en"), manifest.authors) == ("It's mine: #1", ["A, B"])
    assert all(len(item.claims) for item in pack.items if item.kind in {"card", "cloze"})


@pytest.mark.parametrize("languages", first_quick(LANGUAGES), ids="-".join)
def test_its_items_can_be_played(languages: tuple[str, ...], tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine", *languages))
    assert checked(tmp_path / "mine", CheckOptions(2, jobs=1)) == []


@pytest.mark.slow
def test_verify_tries_all_of_it_and_every_verdict_holds(tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine"))
    done = run_program("verify", str(tmp_path / "mine"), "--json", home=tmp_path / "home")
    told = json.loads(done.stdout)
    verdicts = [row["verdict"] for part in ("claims", "keys") for row in told[part]]
    assert verdicts == [Verdict.HOLDS] * 7


@pytest.mark.slow
def test_what_could_go_wrong_in_it_would_be_noticed(tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine"))
    done = run_program("check", str(tmp_path / "mine"), "--mutants", home=tmp_path / "home")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("Mine", {}, "'Mine' cannot name a pack"),  # a capital
        ("a--b", {}, "cannot name a pack"),
        ("my pack", {}, "cannot name a pack"),
        ("x" * 81, {}, "cannot name a pack"),
        ("aux", {}, "cannot name a pack"),  # a device on Windows
        ("mine", {"title": " "}, "--title must not be empty"),
        ("mine", {"author": "a\x1bb"}, "--author must not"),
        ("mine", {"licence": "a\nb"}, "--licence must not"),
        ("none/mine", {}, "could not be made"),
    ],
)
def test_what_is_refused_leaves_nothing(
    name: str, given: dict[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match=words):
        make_pack(made(tmp_path / name, **given))
    assert list(tmp_path.iterdir()) == []


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="'english, please' is no language"):
        make_pack(made(tmp_path / "mine", "english, please"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_what_is_there_stays(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    match kind:
        case "file":
            path.write_text("precious")
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to(tmp_path / "nothing")
    before = path.lstat()
    with pytest.raises(PackError, match="is there already"):
        make_pack(made(path))
    assert path.lstat() == before
    assert list(tmp_path.iterdir()) == [path]


def _definitions(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text(name))["$defs"]
    return found


def test_the_schemas_beside_it_are_the_models(tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine"))
    for name in SCHEMAS:
        assert (tmp_path / f"mine/schema/{name}.json").read_text("utf-8") == schema_text(name)
    for path in (tmp_path / "mine").rglob("*.yaml"):
        schema = path.read_text("utf-8").splitlines()[0].rpartition("=")[2]
        assert (path.parent / schema).resolve().is_file()


def test_schemas_are_put_beside_any_pack_and_nothing_else_is_touched(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "old")
    (pack / "schema").mkdir()
    (pack / "schema/items.json").write_text("older")
    before = {path: path.read_bytes() for path in pack.rglob("*.*ml")}
    assert write_schemas(pack) == tuple(f"schema/{name}.json" for name in SCHEMAS)
    for name in SCHEMAS:
        assert (pack / f"schema/{name}.json").read_text("utf-8") == schema_text(name)
    assert {path: path.read_bytes() for path in pack.rglob("*.*ml")} == before
    assert [str(one) for one in read_pack(pack).diagnostics] == []
    with pytest.raises(PackError, match=r"no pack\.yaml"):
        write_schemas(tmp_path)
    (tmp_path / "new").mkdir()
    shutil.copy(pack / "pack.yaml", tmp_path / "new")
    (tmp_path / "new/schema").write_text("in the way")
    with pytest.raises(PackError, match="could not be made"):
        write_schemas(tmp_path / "new")


def test_a_schema_takes_what_the_reader_takes() -> None:
    """A text is one string or a map, a formula a text or a number, a share may be a percentage."""
    kinds = [one["type"] for one in _definitions("items")["Text"]["anyOf"]]
    assert kinds == ["string", "object"]
    share = _definitions("items")["StatedTolerance"]["properties"]["rel"]["anyOf"]
    assert [one["type"] for one in share[0]["anyOf"]] == ["number", "string"]
    because = _definitions("items")["Option"]["properties"]["because"]["anyOf"]
    assert [one.get("type", "object") for one in because] == ["string", "object", "null"]
    numeric = _definitions("items")["AnswerKey"]["properties"]["formula"]["anyOf"]
    assert numeric[0]["type"] == ["string", "number"]
    assert _definitions("claims")["Control"]["properties"]["expect"]["type"] == ["string", "number"]


def test_what_it_suggests_can_be_run(tmp_path: Path) -> None:
    """``pack new``, then ``study`` of the folder: everything is asked, nothing is remembered."""
    home = tmp_path / "home"
    done = run_program("pack", "new", "mine", home=home, within=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "studytool study ./mine" in done.stdout
    line = ("study", "./mine", "--plain", "--lang", "en")
    done = run_program(*line, typed=":s\n4\n" * 9, home=home, within=tmp_path)
    assert done.returncode == 0
    assert "answered in" in done.stdout
    assert "none" not in done.stderr
    assert "nothing of it is remembered" in done.stderr
    assert load_pack(tmp_path / "mine").id == "mine"
    assert not home.exists()


@pytest.mark.parametrize(("mine", "of_pack", "author"), [
    ("ko", ["en"], "Your name"), ("en", ["ko", "en"], "지은이의 이름"), ("ko", ["fr"], "Your name"),
    ("ko", [], "지은이의 이름"),
])  # fmt: skip
def test_its_author_is_asked_for_in_the_language_of_the_pack(
    tmp_path: Path, mine: Language, of_pack: list[str], author: str
) -> None:
    save_settings(tmp_path / "home", Settings(language=mine))
    more = [part for tag in of_pack for part in ("--language", tag)]
    done = run_program("pack", "new", "mine", *more, home=tmp_path / "home", within=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"authors: ['{author}']" in (tmp_path / "mine" / "pack.yaml").read_text("utf-8")


def test_a_folder_is_studied_alone(tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine"))
    line = ("study", "./mine", "deep-learning-notes", "--plain", "--lang", "en")
    done = run_program(*line, home=tmp_path / "home", within=tmp_path)
    assert done.returncode == 2
    assert "a folder is tried alone" in done.stderr


def test_a_folder_with_a_mistake_is_told_as_check_does(tmp_path: Path) -> None:
    make_pack(made(tmp_path / "mine"))
    path = tmp_path / "mine/items/first.yaml"
    path.write_text(path.read_text("utf-8").replace("sd/sqrt(n)", "sd/sqrt(m)"), "utf-8")
    line = ("study", "./mine", "--plain", "--lang", "en")
    done = run_program(*line, home=tmp_path / "home", within=tmp_path)
    assert done.returncode == 2
    assert "unknown name 'm'" in done.stderr
