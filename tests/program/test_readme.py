"""What README shows is what the program prints, in both languages of README."""

import re
from pathlib import Path

import pytest

from tests.cases import first_quick
from tests.in_process import run_program
from tests.packs.samples import CARD, NUMERIC, write_pack

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / ".github/README.ko.md")

DECIDING = ("quiz/tolerance.py", "srs/schedule.py", "wording/keys.py")


@pytest.mark.parametrize("readme", READMES)
def test_readme_is_short(readme: Path) -> None:
    lines = readme.read_text("utf-8").splitlines()
    assert len(lines) <= 120
    assert [line for line in lines if len(line) > 120] == []


def _links(page: Path) -> list[Path]:
    """Return what a page links to, without a link's detours."""
    links = re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))
    return [(page.parent / link).resolve() for link in links if "://" not in link]


@pytest.mark.parametrize("readme", READMES)
def test_two_links_lead_to_what_decides(readme: Path) -> None:
    """From README to the file of a tolerance, an interval and a key of the bottom line."""
    contributing = ROOT.resolve() / ".github/CONTRIBUTING.md"
    assert contributing in _links(readme)
    files = {ROOT.resolve() / "studytool" / name for name in DECIDING}
    assert files <= {*_links(contributing)}
    assert [page for page in _links(contributing) if not page.is_file()] == []


@pytest.mark.parametrize("readme", READMES)
def test_readme_leads_to_what_is_there(readme: Path) -> None:
    text = readme.read_text("utf-8")
    assert _links(readme)
    assert [link for link in _links(readme) if not link.exists()] == []
    named = re.findall(r"`((?:studytool|\.github)/[^`]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_contributing_names_files_that_exist() -> None:
    text = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/]+(?:\.\w+)*\.(?:py|md|toml))`", text)) - {"CHANGELOG.md"}
    assert len(named) > 20
    places = [ROOT, ROOT / "studytool", ROOT / "studytool/cli", ROOT / ".github"]
    known = {
        name: [(place / name.replace("NAME", "help")).exists() for place in places]
        for name in named
    }
    assert [name for name, found in known.items() if not any(found) and "NAME." not in name] == []


def test_contributing_names_every_room() -> None:
    text = (ROOT / ".github/CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## To add one")[0]
    rooms = {path.parent.name for path in (ROOT / "studytool").glob("*/__init__.py")}
    assert sorted(room for room in rooms if f"`{room}`" not in table) == []


def _shown(readme: Path) -> list[tuple[str, str]]:
    """Return each command of the console blocks, and what README says that it prints."""
    blocks = re.findall(r"```console\n(.*?)```", readme.read_text("utf-8"), flags=re.DOTALL)
    runs = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(blocks), flags=re.MULTILINE)
    assert runs
    return runs


@pytest.mark.parametrize("readme", first_quick(READMES))
def test_the_tour_prints_what_readme_says(readme: Path, tmp_path: Path) -> None:
    """``...`` in README stands for anything within a line."""
    write_pack(tmp_path / "my-pack", items=CARD + NUMERIC.replace('"2*v"', '"2*vv"'))
    for command, expected in _shown(readme):
        words = command.replace('"', "").split()
        assert words[0] == "studytool"
        done = run_program(*words[1:], home=tmp_path / "home", within=tmp_path)
        pattern = re.escape(expected).replace(re.escape("..."), "[^\n]*")
        assert re.fullmatch(pattern, done.stdout), (command, done.stdout, done.stderr)


def test_both_readmes_show_the_same_commands() -> None:
    english, korean = (
        re.findall(r"```sh\n(.*?)\n```", readme.read_text("utf-8"), flags=re.DOTALL)
        for readme in READMES
    )
    assert english == korean
    runs = [[command for command, _ in _shown(readme)] for readme in READMES]
    assert runs[0][1:] == runs[1][1:]  # the first one chooses the language
