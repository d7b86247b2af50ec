"""The learner's own editor, lent the terminal until it ends."""

import os
import subprocess
from pathlib import Path

from textual.app import App, SuspendNotSupported

from studytool.authoring.editors import editor_command


def open_editor(app: App[None], file: Path, line: int, column: int) -> str | None:
    """Open a file at a line, counted from 1; return the editor's name where it cannot be started."""
    command = editor_command(file, line, column, os.environ)
    try:
        _lend_screen(app, command)
    except OSError:
        return command[0]
    finally:
        app.screen.refresh(layout=True)
    return None


def _lend_screen(app: App[None], command: list[str]) -> None:
    """Run a program on the terminal until it ends; beside the screen where that cannot be lent."""
    try:
        with app.suspend():
            subprocess.run(command, check=False)
    except SuspendNotSupported:
        subprocess.run(command, check=False)
