"""The command line writes in one room: no other file echoes, asks or names an exit status."""

import ast
import sys
from pathlib import Path

import pytest

import studytool.cli
from studytool.cli.output import output_width, terminal_width, write_heading
from studytool.sqlite.watching import Step
from studytool.wording.progress import STEPS
from tests.sources import dotted_name, nodes_of

CLI = Path(studytool.cli.__file__).parent
PROGRAM = CLI.parent
ROOM = CLI / "output.py"
WRITERS = {"echo", "secho", "style", "confirm", "prompt", "echo_via_pager", "progressbar"}
STREAMS = {"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"}


def _calls(path: Path) -> list[tuple[str, ast.Call]]:
    calls = [node for node in nodes_of(path) if isinstance(node, ast.Call)]
    return [(dotted_name(node.func), node) for node in calls]


def test_only_one_room_writes() -> None:
    found = [
        f"{path.name}:{call.lineno}: {name}"
        for path in sorted(PROGRAM.rglob("*.py"))
        if path != ROOM
        for name, call in _calls(path)
        if name.rpartition(".")[2] == "print"
        or name in {"os.write", "os.writev"}
        or (name.startswith("click.") and name[6:] in WRITERS)
    ]
    assert found == []


def test_only_that_room_knows_the_streams() -> None:
    """Others take them at the start, lend a child process the real one, and an editor's server both."""
    knows = {
        str(path.relative_to(PROGRAM))
        for path in sorted(PROGRAM.rglob("*.py"))
        for node in nodes_of(path)
        if dotted_name(node).removesuffix(".buffer") in STREAMS
    }
    assert knows == {"cli/output.py", "cli/ending.py", "cli/lsp.py", "processes.py"}


def test_a_heading_is_bold_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_heading("분산\x1b[2J")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    write_heading("분산\x1b[2J")
    plain, bold = capsys.readouterr().out.splitlines()
    assert plain == "분산<U+001B>[2J"
    assert bold == f"\x1b[1m{plain}\x1b[0m"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [("37", 37), ("", 81), ("0", 81), ("-3", 81), ("wide", 81), ("1", 1), ("99999999", 1000)],
)
def test_the_width_is_one_that_lines_can_have(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.__stdout__", None)  # the terminal of who runs the tests
    assert terminal_width(81) == expected
    assert output_width(81) == 81  # it goes into a pipe


def test_every_exit_status_is_named() -> None:
    found = [
        f"{path.name}:{call.lineno}"
        for path in sorted(CLI.glob("*.py"))
        for name, call in _calls(path)
        if name in {"sys.exit", "exit", "ctx.exit"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


def test_every_step_of_long_work_has_words() -> None:
    assert set(STEPS) == {str(step) for step in Step}
