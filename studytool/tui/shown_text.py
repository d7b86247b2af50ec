"""All text on the screens: what a terminal would act on is shown as a code point, and never markup.

A screen makes its text by :func:`shown`, which leaves room for the code points. Lines of widgets that
are not ours (an entry) pass :class:`ControlFilter` as well, as every line of a screen does.
"""

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from studytool.printable import is_one_line, printable_lines

ShownText = Content

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def shown(text: str, style: str = "") -> ShownText:
    r"""Return a text for a widget.

    >>> shown("[red]\x1b[2J").plain
    '[red]<U+001B>[2J'
    """
    text = printable_lines(text)
    return Content.styled(text, style) if style else Content(text)


def in_lines(*lines: ShownText) -> ShownText:
    """Return texts below each other."""
    return Content("\n").join(lines)


def in_a_row(*parts: ShownText) -> ShownText:
    """Return texts behind each other."""
    return Content("").join(parts)


class ControlFilter(LineFilter):
    """Keep from the terminal, of every line of a screen, what it would act on."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Put signs that take as many cells in its place, so that what follows stays where it is."""
        if all(is_one_line(segment.text) for segment in segments):
            return segments
        return [
            Segment(_harmless(text), style, control)
            if not control
            else Segment(text, style, control)
            for text, style, control in segments
        ]


def _harmless(text: str) -> str:
    return "".join(map(_sign, text))


@lru_cache(maxsize=1024)
def _sign(character: str) -> str:
    return character if is_one_line(character) else _UNKNOWN * cell_len(character)
