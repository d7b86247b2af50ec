"""Diagnostics: what is wrong with a pack, where, and how to mend it, printed as a compiler does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from studytool.language import Language, Message, Phrase
from studytool.packs.spans import token_length
from studytool.printable import printable
from studytool.typeset.cells import cell_width


class Severity(StrEnum):
    """An error keeps the pack from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


ERROR = Phrase("오류", "error")
SEVERITIES = {
    Severity.ERROR: ERROR,
    Severity.WARNING: Phrase("경고", "warning"),
}
_NOTE = Phrase("함께 볼 곳", "note")
_HELP = Phrase("고치는 법", "help")


class Place(NamedTuple):
    """A spot in a file of the pack; line and column are counted from 1, in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """A second spot that a problem is about, and what stands there: "first defined here"."""

    place: Place
    says: Message


@dataclass(frozen=True, slots=True)
class Edit:
    """What would mend a problem: some characters of one line, replaced by a text.

    Attributes:
        length: of what is replaced, from the place on; 0 to put the text in there.
    """

    place: Place
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    Attributes:
        code: stable; E1xx reading, E2xx schema, E3xx references, W4xx lint.
        says: one sentence.
        remedy: how to mend it; None where nothing more can be said.
        related: other spots that it is about.
        length: characters from the place on; 0 for the whole of what begins there.
        edit: what mends it, where that is sure; a result that was kept has none.
    """

    code: str
    place: Place
    says: Message
    remedy: Message | None = None
    related: tuple[RelatedPlace, ...] = ()
    length: int = 0
    edit: Edit | None = field(default=None, compare=False)

    @property
    def severity(self) -> Severity:
        """Return the severity, which the code's letter says."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING

    @property
    def message(self) -> str:
        """Return what it says, in English."""
        return self.says.text("en")

    @property
    def help(self) -> str:
        """Return its remedy in English; nothing where it has none."""
        return self.remedy_text("en")

    def remedy_text(self, language: Language) -> str:
        """Return its remedy; nothing where it has none."""
        return "" if self.remedy is None else self.remedy.text(language)

    def headline(self, language: Language) -> str:
        """Return its place, severity and sentence, in a line."""
        severity = SEVERITIES[self.severity].text(language)
        return f"{self.place}: {severity}[{self.code}]: {printable(self.says.text(language))}"

    def __str__(self) -> str:
        return self.headline("en")

    def __hash__(self) -> int:
        return hash((self.code, self.place))


MOST_SHOWN = 500
"""Diagnostics; the rest is counted."""
MORE_LEFT = Phrase(
    "그 밖에 {n:,}개(오류 {errors:,}개)가 더 있습니다. 위의 것부터 고치세요.",
    "and {n:,} more, {errors:,} of them errors: mend these first",
)
SHOWN_CELLS = 100
"""Of a source line; a longer one is cut around the spot."""


def render(
    diagnostic: Diagnostic, line_at: Callable[[Place], str | None], language: Language
) -> str:
    """Print a diagnostic with its source line and carets under the spot; related spots too.

    The carets are placed by cell widths, so that they also stand right after Hangul. What a
    terminal would act on is shown as its code point.

    Args:
        diagnostic: the problem.
        line_at: gives the source line of a place, None where there is none.
        language: of the words; the pack's own stay as they are.
    """
    shown = [diagnostic.headline(language)]
    shown += _excerpt(diagnostic.place, line_at(diagnostic.place), diagnostic.length)
    for other in diagnostic.related:
        note = _NOTE.text(language)
        shown.append(f"{other.place}: {note}: {printable(other.says.text(language))}")
        shown += _excerpt(other.place, line_at(other.place), 0)
    if remedy := diagnostic.remedy_text(language):
        shown.append(f"  {_HELP.text(language)}: {printable(remedy)}")
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
