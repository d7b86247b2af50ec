"""Diagnostics: what is wrong with a pack, where, and how to mend it, printed as a compiler does."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category

from studytool.typeset.cells import cell_width


class Severity(StrEnum):
    """An error keeps the pack from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file of the pack; line and column are counted from 1, in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: stable; E1xx reading, E2xx schema, E3xx references, W4xx lint.
        message: one sentence.
        help: how to mend it; may be empty.
    """

    code: str
    place: Place
    message: str
    help: str = ""

    @property
    def severity(self) -> Severity:
        """Return the severity, which the code's letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {printable(self.message)}"


SHOWN_CELLS = 100
"""Of a source line; a longer one is cut around the spot."""


def render(diagnostic: Diagnostic, source_line: str | None) -> str:
    """Print a diagnostic with its source line, None where there is none, and a caret under the spot.

    The caret is placed by cell widths, so that it also stands right after Hangul. What a terminal
    would act on is shown as its code point.
    """
    shown = [str(diagnostic)]
    if source_line is not None:
        number = str(diagnostic.place.line)
        before, after = _around(source_line, diagnostic.place.column - 1)
        shown.append(f"{number} | {before}{after}")
        shown.append(f"{' ' * len(number)} | {' ' * cell_width(before)}^")
    if diagnostic.help:
        shown.append(f"  help: {printable(diagnostic.help)}")
    return "\n".join(shown)


def _around(line: str, at: int) -> tuple[str, str]:
    """Cut a line into what stands before the spot and what follows, together within the bound."""
    before = printable(line[max(0, at - SHOWN_CELLS) : at])
    after = printable(line[at : at + SHOWN_CELLS])
    room = max(SHOWN_CELLS // 2, SHOWN_CELLS - cell_width(after))
    if at > SHOWN_CELLS or cell_width(before) > room:
        before = "…" + _cut(before[::-1], room)[::-1]
    room = SHOWN_CELLS - cell_width(before)
    if len(line) > at + SHOWN_CELLS or cell_width(after) > room:
        after = _cut(after, room) + "…"
    return before, after


def _cut(text: str, cells: int) -> str:
    """Return the longest beginning of ``text`` that fits ``cells``."""
    for end, character in enumerate(text):
        cells -= cell_width(character)
        if cells < 0:
            return text[:end]
    return text


def printable(text: str) -> str:
    r"""Show each character that a terminal would act on or hide as its code point.

    >>> printable("\x1b[2J분산\u202e")
    '<U+001B>[2J분산<U+202E>'
    """
    if text.isprintable():
        return text
    return "".join(
        " " if one == "\t" else f"<U+{ord(one):04X}>" if _is_hidden(one) else one for one in text
    )


def _is_hidden(character: str) -> bool:
    return category(character) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
