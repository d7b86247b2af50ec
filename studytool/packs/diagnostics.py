"""Diagnostics: what is wrong with a pack, where, and how to mend it, printed as a compiler does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from studytool.packs.spans import token_length
from studytool.printable import printable
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


@dataclass(frozen=True, slots=True, order=True)
class RelatedPlace:
    """A second spot that a problem is about, and what stands there: "first defined here"."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: stable; E1xx reading, E2xx schema, E3xx references, W4xx lint.
        message: one sentence.
        help: how to mend it; may be empty.
        related: other spots that it is about.
        length: characters from the place on; 0 for the whole of what begins there.
    """

    code: str
    place: Place
    message: str
    help: str = ""
    related: tuple[RelatedPlace, ...] = ()
    length: int = 0

    @property
    def severity(self) -> Severity:
        """Return the severity, which the code's letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}[{self.code}]: {printable(self.message)}"


MOST_SHOWN = 500
"""Diagnostics; the rest is counted."""
SHOWN_CELLS = 100
"""Of a source line; a longer one is cut around the spot."""


def render(diagnostic: Diagnostic, line_at: Callable[[Place], str | None]) -> str:
    """Print a diagnostic with its source line and carets under the spot; related spots too.

    The carets are placed by cell widths, so that they also stand right after Hangul. What a
    terminal would act on is shown as its code point.

    Args:
        diagnostic: the problem.
        line_at: gives the source line of a place, None where there is none.
    """
    shown = [str(diagnostic)]
    shown += _excerpt(diagnostic.place, line_at(diagnostic.place), diagnostic.length)
    for other in diagnostic.related:
        shown.append(f"{other.place}: note: {printable(other.message)}")
        shown += _excerpt(other.place, line_at(other.place), 0)
    if diagnostic.help:
        shown.append(f"  help: {printable(diagnostic.help)}")
    return "\n".join(shown)


def end_column(diagnostic: Diagnostic, line: str | None) -> int:
    """Return the column just past the spot, in its own line."""
    at = diagnostic.place.column
    if line is None:
        return at + 1
    length = diagnostic.length or token_length(line, at)
    return at + max(1, min(length, len(line) - at + 1))


def _excerpt(place: Place, line: str | None, length: int) -> Iterator[str]:
    """Show a source line, cut around the spot, with carets under the part of it that is shown."""
    if line is None:
        return
    number, at = str(place.line), place.column - 1
    before, after = _around(line, at)
    spot = printable(line[at : at + (length or token_length(line, at + 1))])
    cells = max(1, min(cell_width(spot), cell_width(after)))
    yield f"{number} | {before}{after}"
    yield f"{' ' * len(number)} | {' ' * cell_width(before)}{'^' * cells}"


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
