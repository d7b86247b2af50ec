"""The learner's own editor, lent the terminal until it ends."""

import os
import subprocess
from pathlib import Path
from subprocess import DEVNULL

from textual.app import App, SuspendNotSupported

from studytool.authoring.editors import editor_command, opens_window
from studytool.language import Message
from studytool.wording.preview import EDITOR_FAILED, NO_EDITOR_IN_BROWSER


def open_editor(app: App[None], file: Path, line: int, column: int) -> Message | None:
    """Open a file at a line, counted from 1; return why where no editor can be started."""
    command = editor_command(file, line, column, os.environ)
    try:
        if not app.is_web:
            _lend_screen(app, command)
        elif opens_window(command):
            subprocess.Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
        else:
            return NO_EDITOR_IN_BROWSER.of(place=f"{file}:{line}")
    except OSError:
        return EDITOR_FAILED.of(editor=command[0])
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
