"""The command line writes in one room: no other file echoes, asks or names an exit status."""

import ast
from pathlib import Path

import studytool.cli
from studytool.sqlite.watching import Step
from studytool.wording.progress import STEPS

CLI = Path(studytool.cli.__file__).parent
ROOM = CLI / "output.py"
WRITERS = {"echo", "secho", "confirm", "prompt", "echo_via_pager"}


def _calls(path: Path) -> list[tuple[str, ast.Call]]:
    tree = ast.parse(path.read_text("utf-8"))
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_only_one_room_of_the_command_line_writes() -> None:
    found = [
        f"{path.name}:{call.lineno}: {name}"
        for path in sorted(CLI.glob("*.py"))
        if path != ROOM
        for name, call in _calls(path)
        if name == "print" or (name.startswith("click.") and name[6:] in WRITERS)
    ]
    assert found == []


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
