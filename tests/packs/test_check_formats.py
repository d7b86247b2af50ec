"""``check --format``: SARIF 2.1.0 and GitHub's annotations say what the JSON says, at its places."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

import pytest

from tests.in_process import run_program
from tests.packs.samples import CARD, NUMERIC, write_pack

TWICE = NUMERIC + NUMERIC  # with a second place: where the first stands
WRONG = CARD.replace("kind: card", "kind: 'a, b: 100%'") + TWICE


def _printed(folder: Path, shape: str, *, within: Path | None = None) -> str:
    """Check a pack, and return what is printed; its status says that there are errors."""
    run = run_program(
        *("check", str(folder), "--lang", "en", "--format", shape),
        home=folder.parent / "home of checks",
        within=within,
    )
    assert (run.returncode, run.stderr) == (1, "")
    return run.stdout


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a folder whose name has what both forms must escape."""
    return write_pack(tmp_path / "100%, a pack", items=WRONG)


def _diagnostics(pack: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_printed(pack, "json"))["diagnostics"]
    assert len(found) >= 2
    assert any(one["related"] for one in found)
    return found


def test_sarif_has_each_problem_at_its_place(pack: Path) -> None:
    log = json.loads(_printed(pack, "sarif"))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    found = _diagnostics(pack)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {one["code"] for one in found}
    assert run["columnKind"] == "unicodeCodePoints"
    for result, one in zip(run["results"], found, strict=True):
        assert (result["ruleId"], result["level"]) == (one["code"], one["severity"])
        assert result["message"]["text"].startswith(one["message"])
        assert one["help"] in result["message"]["text"]
        [location] = result["locations"]
        assert location["physicalLocation"]["region"] == {
            "startLine": one["line"],
            "startColumn": one["column"],
            "endColumn": one["end_column"],
        }
        named = urlparse(location["physicalLocation"]["artifactLocation"]["uri"])
        assert Path(url2pathname(named.path)) == pack / one["file"]
        places = [other["physicalLocation"]["region"] for other in result["relatedLocations"]]
        assert [place["startLine"] for place in places] == [two["line"] for two in one["related"]]


def test_a_folder_named_from_here_gives_names_from_here(pack: Path) -> None:
    relative = Path(pack.name)
    run = run_program(
        *("check", str(relative), "--lang", "en", "--format", "sarif"),
        home=pack.parent / "home",
        within=pack.parent,
    )
    result = json.loads(run.stdout)["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == "100%, a pack/items/all.yaml"
    assert uri != unquote(uri)


_ANNOTATION = re.compile(
    r"::(?P<level>error|warning) file=(?P<file>[^,:]*),line=(?P<line>\d+),col=(?P<column>\d+),"
    r"endColumn=(?P<end>\d+),title=(?P<title>[^,:]*)::(?P<message>.*)"
)


def _meant(text: str) -> str:
    """Read a part of an annotation as GitHub's runner does."""
    for written, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(written, sign)
    return text


def test_github_reads_each_problem_on_a_line(pack: Path) -> None:
    *lines, summary = _printed(pack, "github").splitlines()
    found = _diagnostics(pack)
    assert summary.startswith(f"{len(found)} errors")
    for line, one in zip(lines, found, strict=True):
        read = _ANNOTATION.fullmatch(line)
        assert read is not None, line
        assert (read["level"], _meant(read["title"])) == (
            one["severity"],
            f"studytool {one['code']}",
        )
        assert Path(_meant(read["file"])) == pack / one["file"]
        place = (int(read["line"]), int(read["column"]), int(read["end"]))
        assert place == (one["line"], one["column"], one["end_column"])
        said, _, help_ = _meant(read["message"]).partition("\n")
        assert (said, help_) == (one["message"], one["help"])


def test_a_right_pack_has_no_results(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack")
    given = ("check", str(folder), "--lang", "en", "--format")
    sarif = run_program(*given, "sarif", home=tmp_path / "home")
    assert (sarif.returncode, json.loads(sarif.stdout)["runs"][0]["results"]) == (0, [])
    github = run_program(*given, "github", home=tmp_path / "home")
    assert github.stdout == "0 errors, 0 warnings, 2 items, 1 claim\n"
    assert run_program(*given, "xml", home=tmp_path / "home").returncode == 2
