"""``--help`` of every command: whole in both languages, in cells that fit, and quick to come."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from studytool.cli import declare, program
from studytool.cli.command_reference import find_command
from studytool.cli.help_text import help_text
from studytool.language import LANGUAGES, Language, Phrase
from studytool.settings import Settings, save_settings
from studytool.typeset.cells import cell_width
from studytool.wording.commands import ABOUT_COMMANDS
from tests.in_process import run_program
from tests.rows import all_rows

COMMANDS = ["", *ABOUT_COMMANDS]
IN_BOTH = list(product(COMMANDS, LANGUAGES))

CODES = re.compile(r"studytool( [a-z-]+)*|--[a-z-]+( \[[^\]]*\])?|" + "|".join(ABOUT_COMMANDS))
"""What is typed as it is in any language: commands, options and their choices."""
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
HANGUL = re.compile("[가-힣]")


def command_named(name: str) -> declare.DeclaredCommand:
    found = find_command(program, name)
    assert isinstance(found, declare.DeclaredCommand)
    return found


def help_of(name: str, language: Language, *, width: int = 80) -> str:
    command = command_named(name)
    called = f"studytool {name}".rstrip()
    context = click.Context(command, info_name=called, **command.context_settings)
    return help_text(command.words(), context, language, width=width)


@all_rows(("name", "language"), IN_BOTH)
@all_rows("width", (40, 60, 80))
def test_no_line_is_wider_than_the_window(name: str, language: Language, width: int) -> None:
    text = help_of(name, language, width=width)
    assert [line for line in text.splitlines() if cell_width(line) > width] == []
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


@all_rows("name", COMMANDS)
def test_korean_help_has_no_english_sentence(name: str) -> None:
    text = CODES.sub("", " ".join(help_of(name, "ko").split()))
    assert ENGLISH.findall(text) == []
    assert HANGUL.search(text)


@all_rows("name", COMMANDS)
def test_english_help_has_no_hangul(name: str) -> None:
    assert HANGUL.findall(help_of(name, "en")) == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert ENGLISH.findall(CODES.sub("", "옵션: Print the result as JSON.")) == ["the result"]
    assert (
        ENGLISH.findall(CODES.sub("", "검색하는 법: studytool help search, --plain [ko|en]")) == []
    )


@all_rows(("name", "language"), IN_BOTH)
def test_every_text_is_there(name: str, language: Language) -> None:
    text = " ".join(help_of(name, language).split())
    command = command_named(name)
    said = [command.about] + [command.more] * (command.more is not None)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert isinstance(parameter, declare.DeclaredOption), parameter.opts
            said.append(parameter.about)
            assert all(option in text for option in parameter.opts)
        else:
            assert parameter.make_metavar(click.Context(command)) in text
    if isinstance(command, declare.DeclaredGroup):
        about = command.about_commands()
        assert set(about) == set(command.list_commands(click.Context(command)))
        said += about.values()
    texts = [one for one in said if one is not None]
    assert [one for one in texts if not HANGUL.search(one.ko) or one.ko == one.en] == []
    assert [one for one in texts if " ".join(one.text(language).split()) not in text] == []


@click.command(  # noqa: TID251 - no command of the table
    cls=declare.DeclaredCommand, about=Phrase("가 나", "a b"), more=Phrase("다\n\n라", "c\n\nd")
)
@click.argument("item", metavar="ITEM...")
@declare.option(
    "--n",
    type=click.IntRange(1, 2000),
    default=7,
    show_default=True,
    about=Phrase("열 글자쯤 되는 설명입니다", "of some ten words"),
)
@declare.option(
    "--share", type=click.FloatRange(0), required=True, metavar="SHARE", about=Phrase("몫", "share")
)
@declare.option(
    "--kind-of-thing", type=click.Choice(["some", "other"]), about=Phrase("종류", "kind")
)
def made_up() -> None:  # fmt: skip
    """Do nothing."""


@pytest.mark.parametrize(("language", "lines"), [
    ("ko", [
        "사용법: x [옵션] ITEM...",
        "",
        "  가 나",
        "",
        "  다",
        "",
        "  라",
        "",
        "옵션:",
        "  --n N          열 글자쯤 되는 설명입니다",  # 41 cells to here, of 44
        "                 [기본값: 7; 1–2,000]",
        "  --share SHARE  몫 [필수; ≥ 0]",
        "  --kind-of-thing [some|other]",  # too wide for its column
        "                 종류",
        "  --help         이 도움말을 보여 줍니다.",
    ]),
    ("en", [
        "Usage: x [OPTIONS] ITEM...",
        "",
        "  a b",
        "",
        "  c",
        "",
        "  d",
        "",
        "Options:",
        "  --n N          of some ten words [default:",
        "                 7; 1–2,000]",
        "  --share SHARE  share [required; ≥ 0]",
        "  --kind-of-thing [some|other]",
        "                 kind",
        "  --help         Show this help.",
    ]),
])  # fmt: skip
def test_columns_are_laid_out_by_cells(language: Language, lines: list[str]) -> None:
    assert isinstance(made_up, declare.DeclaredCommand)
    context = click.Context(made_up, info_name="x")
    assert help_text(made_up.words(), context, language, width=44).splitlines() == lines


@pytest.mark.parametrize(("language", "usage", "heading"), [
    ("ko", "사용법: studytool item [옵션] 명령 [인수]...", "명령:"),
    ("en", "Usage: studytool item [OPTIONS] COMMAND [ARGS]...", "Commands:"),
])  # fmt: skip
@pytest.mark.parametrize(("arguments", "status"), [("-h", 0), ("--help", 0), ("", 2)])
def test_the_program_speaks_the_language_of_the_settings(
    language: Language, usage: str, heading: str, arguments: str, status: int, tmp_path: Path
) -> None:
    save_settings(tmp_path, Settings(language=language))
    done = run_program("item", *arguments.split(), home=tmp_path)
    lines = (done.stderr if status else done.stdout).splitlines()
    assert (done.returncode, lines[0], heading in lines) == (status, usage, True)


@pytest.mark.parametrize("arguments", ["--lang ko --help", "--help --lang ko", "-h --lang=ko x"])
def test_help_follows_the_language_that_stands_beside_it(arguments: str, tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(language="en"))
    shown = run_program("show", *arguments.split(), home=tmp_path).stdout
    assert shown.startswith("사용법: studytool show [옵션] ITEM\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_the_columns_of_the_environment(language: Language, tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(language=language))
    widest = {}
    for columns in ("40", "400"):
        shown = run_program("check", "-h", home=tmp_path, environment={"COLUMNS": columns})
        assert (shown.returncode, shown.stderr) == (0, "")
        widest[columns] = max(map(cell_width, shown.stdout.splitlines()))
    assert widest["40"] <= 40 < widest["400"] <= 80


def test_help_makes_no_folder(tmp_path: Path) -> None:
    home = tmp_path / "not there"
    assert run_program("--help", home=home).returncode == 0
    assert not home.exists()


def test_help_imports_nothing_slow(tmp_path: Path) -> None:
    heavy = ["numpy", "pydantic", "yaml", "textual", "apsw", "pylatexenc", "difflib"]
    code = (
        "import sys\nfrom studytool.cli import program\n"
        "program(['--help'], standalone_mode=False)\n"
        f"sys.stderr.write(repr([m for m in [*{heavy!r}, 'studytool.session'] if m in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"STUDYTOOL_HOME": str(tmp_path), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.stderr == "[]"


def test_a_command_by_itself_has_the_same_words_for_its_help() -> None:
    """Click keeps those of the first run, which a program that embeds a command may make."""
    assert [
        CliRunner().invoke(command_named("check"), [word]).exit_code for word in ("-h", "--help")
    ] == [0, 0]
