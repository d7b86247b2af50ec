"""The lines of a pack's files, read where a diagnostic shows one."""

from collections.abc import Callable
from pathlib import Path

from studytool.packs.diagnostics import Place
from studytool.packs.source_text import read_source


def source_lines(folder: Path) -> Callable[[Place], str | None]:
    """Return a function from a place to its source line; None where there is none to show."""
    files: dict[str, list[str]] = {}

    def line_at(place: Place) -> str | None:
        if place.file not in files:
            text, _ = read_source(folder / place.file, place.file)
            files[place.file] = (text or "").split("\n") if text else []
        lines = files[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else None

    return line_at
