"""The command by which the author's editor opens a file at a line."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

_LINE_BEFORE = frozenset(
    {
        "vi",
        "vim",
        "nvim",
        "view",
        "nano",
        "emacs",
        "emacsclient",
        "micro",
        "kak",
        "joe",
        "jed",
        "mg",
    }
)
"""Editors that take ``+LINE FILE``."""
_LINE_BEHIND = frozenset({"hx", "helix", "subl", "zed"})
"""Editors that take ``FILE:LINE:COLUMN``."""
_GOTO = frozenset({"code", "codium", "cursor", "code-insiders"})
"""Editors that take ``--goto FILE:LINE:COLUMN``."""

_WINDOWED = _GOTO | {
    "subl",
    "zed",
    "gedit",
    "kate",
    "notepad",
    "notepad++",
    "gvim",
    "mate",
    "bbedit",
}
"""Editors that open a window of their own."""


def editor_command(file: Path, line: int, column: int, environment: Mapping[str, str]) -> list[str]:
    """Return the command that opens a file, at the line where the editor is known to take one.

    The editor is VISUAL, else EDITOR, else that of every system.

    Args:
        file: absolute.
        line: counted from 1.
        column: counted from 1.
        environment: the variables.

    >>> editor_command(Path("/p/pack.yaml"), 3, 5, {"EDITOR": "code -w"})
    ['code', '-w', '--goto', '/p/pack.yaml:3:5']
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or _usual()
    words = shlex.split(chosen, posix=sys.platform != "win32") or [_usual()]
    name = PurePath(words[0]).stem.casefold()
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}:{column}"]
    if name in _LINE_BEHIND:
        return [*words, f"{file}:{line}:{column}"]
    if name in _LINE_BEFORE:
        return [*words, f"+{line}", str(file)]
    return [*words, str(file)]


def opens_window(command: Sequence[str]) -> bool:
    """Tell whether an editor needs no terminal, as far as it is known."""
    return PurePath(command[0]).stem.casefold() in _WINDOWED


def _usual() -> str:
    return "notepad" if sys.platform == "win32" else "vi"
