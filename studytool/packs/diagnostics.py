"""Diagnostics: what is wrong with a pack, where, and how to mend it, printed as a compiler does."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import combining, east_asian_width


class Severity(StrEnum):
    """An error keeps the pack from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the pack; line and column are counted from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: stable; E1xx reading, E2xx schema, E3xx references, W4xx lint.
        help: how to mend it; may be empty.
    """

    code: str
    place: Place
    message: str
    help: str = ""

    @property
    def severity(self) -> Severity:
        """Give the severity, which the code's letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    def __str__(self) -> str:
        place = f"{self.place.file}:{self.place.line}:{self.place.column}"
        return f"{place}: {self.severity}[{self.code}]: {self.message}"


def render(diagnostic: Diagnostic, source: str) -> str:
    """Print a diagnostic with its line of ``source``, the file's text, and a caret under the spot.

    The caret is placed by cell widths, so that it also stands right after Hangul.
    """
    lines = source.splitlines()
    number = diagnostic.place.line
    shown = [str(diagnostic)]
    if 1 <= number <= len(lines):
        line = lines[number - 1].replace("\t", " ")
        margin = " " * len(str(number))
        before = line[: diagnostic.place.column - 1]
        shown += [f"{number} | {line}", f"{margin} | {' ' * cell_width(before)}^"]
    if diagnostic.help:
        shown.append(f"  help: {diagnostic.help}")
    return "\n".join(shown)


def cell_width(text: str) -> int:
    """Give how many cells a terminal uses for ``text``.

    >>> cell_width("분산 x")
    6
    """
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
