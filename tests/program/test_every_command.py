"""Every command, walked so that a new one is met too, with hostile text wherever text may be.

What is written holds no control sequence of another's making, and no line that looks like ours.
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from studytool.cli import program
from studytool.language import LANGUAGES
from studytool.library.library import Library
from studytool.packs.reader import load_pack
from studytool.review_log.lines import HEADER
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from studytool.sync.part import sealed
from tests.bundled_library import install_bundled_pack
from tests.cases import first_quick, first_row_quick
from tests.in_process import run_program
from tests.packs.samples import MANIFEST, write_pack
from tests.review_log.drafts import draft

OSC = "\x1b]52;c;aGk=\x07"
HOSTILE = f"{OSC}\x9b2J\x85\u202e\u2028"
FORGED = "studytool: all is well"
"""What a line of the program's own would look like."""

TEXT = f"a{HOSTILE}\n{FORGED}"
LOOKS = [f"{TEXT}\udcff", f"--{TEXT}", f"./{TEXT}.jsonl", f"a/{TEXT}", "\x1b", f"'{TEXT}'{{}}{{x}}"]
"""An argument, an option, a file, an item, a control alone, and what a template would act on."""

ACTED_ON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
OWN = re.compile("\x1b\\[(?:K|[01]?m|\\?25[hl]|\\?1049[hl])")
"""The program's own: a line is taken away, a heading is bold, and none else."""

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _commands(
    command: click.Command = program, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from _commands(found, (*path, name))


def _lines(text: str) -> Iterator[list[str]]:
    """Write lines with ``text`` in every place that takes text."""
    for path, command in _commands():
        arguments = [text for one in command.params if isinstance(one, click.Argument)]
        yield [*path, text]
        yield [*path, *arguments]
        for option in command.params:
            if isinstance(option, click.Option) and not (option.is_flag or option.count):
                yield [*path, max(option.opts, key=len), text, *arguments]


LINES = [line for line in _lines("X") if "X" in line]


def _is_clean(written: str) -> bool:
    left = OWN.sub("", written.replace("\r", ""))
    return not ACTED_ON.search(left) and not any(
        line.strip().startswith(FORGED) for line in left.split("\n")
    )


def _filled(line: list[str], text: str) -> list[str]:
    return [text if one == "X" else one for one in line]


def test_what_is_looked_for_would_be_found() -> None:
    assert not _is_clean(OSC)
    assert not _is_clean(f"x\n{FORGED}\n")
    assert _is_clean("\x1b[1m도움말\x1b[0m\n")
    assert ["study", "--concept", "X", "X"] in LINES
    assert ["log", "import", "X"] in LINES
    assert len(LINES) > 100


def _home(tmp: Path, language: str) -> Path:
    home = install_bundled_pack(tmp / "home")
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    return home


ONE_A_COMMAND = [[*path, "X"] for path, _ in _commands()]


@pytest.mark.parametrize("look", first_quick(range(len(LOOKS))))
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
def test_an_argument_of_every_command(look: int, language: str, tmp_path: Path) -> None:
    home = _home(tmp_path, language)
    for line in ONE_A_COMMAND:
        done = run_program(*_filled(line, LOOKS[look]), home=home, within=tmp_path)
        assert done.returncode in {0, 1, 2}, (line, done.stderr)
        assert _is_clean(done.stdout + done.stderr), (line, done.stdout + done.stderr)


if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of POSIX", allow_module_level=True)

from tests.forked_terminal import run_on_terminal  # noqa: E402 - POSIX alone has its modules


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("look", range(len(LOOKS)))
def test_every_place_for_text_on_a_terminal(look: int, tmp_path: Path) -> None:
    home = _home(tmp_path, LANGUAGES[look % 2])
    for line in LINES:
        done = run_on_terminal(_filled(line, LOOKS[look]), home=home, within=tmp_path)
        assert done.status in {0, 1, 2}, (line, done.written)
        assert _is_clean(done.written), (line, done.written)


def _hostile_home(tmp: Path, language: str) -> Path:
    """Make a home whose log holds hostile text in every field, as another program may write it."""
    home = _home(tmp, language)
    folder = write_pack(tmp / "mine", manifest=MANIFEST.replace("id: sample", "id: mine"))
    with Library.open(home / "library.db") as library:
        library.install(load_pack(folder), folder)
    with ReviewLog.open(home / "reviews.db") as log:
        for item in (f"mine/{TEXT}", f"{TEXT}/x", f"deep-learning-notes/{TEXT}", "mine/doubled"):
            written = draft(item, Rating.AGAIN, NOW)
            log.append_review(replace(written, answer=TEXT, misconception=TEXT))
    return home


def _hostile_files(tmp: Path) -> None:
    """Write what commands read there: a log, a pack and another device's part, in each field what is hostile."""
    event = {"kind": TEXT, "id": TEXT, "item": TEXT, "time": TEXT, "rating": TEXT, TEXT: TEXT}
    lines = HEADER + json.dumps(event).encode() + b"\n" + f"{TEXT}\n".encode()
    (tmp / "hostile.jsonl").write_bytes(lines)
    (tmp / "shared").mkdir()
    part = sealed([json.dumps(event).encode() + b"\n"])
    (tmp / "shared" / "0123456789abcdef-000001.jsonl").write_bytes(part)
    (tmp / "shared" / f"{HOSTILE}\n{FORGED}.jsonl").write_bytes(part)
    (tmp / "pack.yaml").write_text(f"id: {json.dumps(TEXT)}\n{json.dumps(TEXT)}: [{HOSTILE}]\n")
    (tmp / "items").mkdir()
    (tmp / "items" / f"{HOSTILE}\n{FORGED}.yaml").write_text(f"- {{id: {json.dumps(TEXT)}}}\n")


SHOWING = [
    "due", "stats", "claims", "pack export mine hostile.apkg --history", "item list", "item list --json", "undo", "doctor", "doctor --json",
    "forecast", "search a", "item show X", "exam", "exam +9d mine", "log export -", "badge", "study --plain --forgotten", "stats --json",
    "log export --format fsrs-csv -", "vacation 2", "backup", "backup --list", "item suspend X", "item unsuspend X", "item bury X",
    "item flag X", "item unflag X", "item postpone 2 X", "item advance 1 X", "item set-due +3d X", "item rate X good", "item reset X",
    "item move X deep-learning-notes/l2-rate", "undo", "undo --redo", "optimize --dry-run", "log retract --future", "log import hostile.jsonl",
    "claims --json", "claims a --pack mine", "show X", "mark X --seed 1 --answer X", "verify X --seed 1", "check .", "review hostile.jsonl",
    "pack list", "pack update mine", "pack pin mine", "pack export mine hostile.md", "pack remove mine", "config", "sync shared", "restore --yes",
    "due", "doctor --repair --yes",
]  # fmt: skip
"""Each command over what is hostile in the log, in a pack and in files; ``X`` is an item's name."""

SAY_NOTHING_OF_IT = {
    "formula", "lab", "simulate", "help", "serve", "lsp", "pack add", "pack build", "pack import", "pack new", "pack preview", "pack schema",
}  # fmt: skip
"""Commands that show nothing of a log; the names that they are given are tried by ``LINES`` and ``NAMED``."""


def test_every_command_shows_what_is_hostile_or_says_nothing_of_it() -> None:
    names = {
        " ".join(path) for path, one in _commands() if path and not isinstance(one, click.Group)
    }
    shown = {name for name in names if any(f"{line} ".startswith(f"{name} ") for line in SHOWING)}
    assert names == shown | SAY_NOTHING_OF_IT
    assert not shown & SAY_NOTHING_OF_IT


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("language", "lines"), first_row_quick([("en", SHOWING[:4]), ("ko", SHOWING), ("en", SHOWING)])
)
def test_a_hostile_log_on_a_terminal(language: str, lines: list[str], tmp_path: Path) -> None:
    home = _hostile_home(tmp_path, language)
    _hostile_files(tmp_path)
    for line in lines:
        done = run_on_terminal(_filled(line.split(), f"mine/{TEXT}"), home=home, within=tmp_path)
        assert done.status in {0, 1, 2}, (line, done.written)
        assert _is_clean(done.written), (line, done.written)


NAMED = [
    ["check", "pack"],
    ["check", f"pack/items/{HOSTILE}\n{FORGED}.yaml"],
    ["verify", "pack", "--claim", TEXT],
    ["log", "import", f"{HOSTILE}.jsonl"],
    ["log", "import", f"{HOSTILE}.csv"],
    ["log", "import", f"{HOSTILE}.apkg"],
    ["log", "export", f"{HOSTILE}.csv"],
    ["log", "export", f"none{HOSTILE}/x"],
    ["review", f"{HOSTILE}.jsonl"],
    ["sync", "."],
    ["pack", "new", f"new{HOSTILE}"],
    ["pack", "add", "pack"],
    ["pack", "add", f"{HOSTILE}.zip", "--key", TEXT],
    ["pack", "build", "pack", "--output", f"{HOSTILE}.zip"],
    ["pack", "build", f"pack{HOSTILE}"],
    ["pack", "import", f"{HOSTILE}.csv", f"from-table{HOSTILE}"],
    ["pack", "import", f"{HOSTILE}.csv", "from-table"],
    ["pack", "import", f"{HOSTILE}.md", "from-cards"],
    ["pack", "import", f"{HOSTILE}.apkg", "from-anki"],
    *(
        ["pack", "export", "statistics-primer", f"{HOSTILE}\n{FORGED}{kind}", "--item", "more-data"]
        for kind in (".apkg", ".xml", ".md", ".html")
    ),
    ["pack", "schema", f"none{HOSTILE}"],
    ["restore", "--yes", f"{HOSTILE}.jsonl"],
    ["due"],
]
"""Each command that takes a name of a file or folder, in a folder whose own name is hostile."""


@pytest.mark.slow
@pytest.mark.terminal
def test_names_of_files_and_folders_on_a_terminal(tmp_path: Path) -> None:
    home = _home(tmp_path, "en")
    odd = tmp_path / f"b{HOSTILE}\n{FORGED}"
    pack = write_pack(odd / "pack")
    (pack / "items" / f"{HOSTILE}\n{FORGED}.yaml").write_text("- nothing\n")
    (odd / f"{HOSTILE}.jsonl").write_text("no log\n")
    (odd / f"{HOSTILE}.csv").write_text(f"Front\tBack\n{TEXT}\t{TEXT}\n")
    (odd / f"{HOSTILE}.md").write_text(f"Q: {TEXT}\nA: {TEXT}\n")
    for line in NAMED:
        done = run_on_terminal(line, home=home, within=odd, environment={"TZ": "UTC"})
        assert done.status in {0, 1, 2}, (line, done.written)
        assert _is_clean(done.written), (line, done.written)


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stream", ["1", "2"])
def test_what_git_says_on_a_terminal(stream: str, language: str, tmp_path: Path) -> None:
    """The host of a pack chooses the words in which git fails."""
    home = _home(tmp_path, language)
    (tmp_path / "said").write_text(f"fatal: {TEXT}\nremote: {TEXT}\n")
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(f"#!/bin/sh\ncat {shlex.quote(str(tmp_path / 'said'))} >&{stream}\nexit 128\n")
    git.chmod(0o755)
    path = f"{git.parent}{os.pathsep}{os.environ['PATH']}"
    line = ["pack", "add", f"https://example.org/pack.git@{'0' * 40}"]
    done = run_on_terminal(line, home=home, within=tmp_path, environment={"PATH": path})
    assert done.status == 2, done.written
    assert _is_clean(done.written), done.written
    assert "example.org" in done.written
    assert ("aGk=" in done.written) == (stream == "2"), done.written  # its controls are shown
