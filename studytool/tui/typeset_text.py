"""A text of a pack, set to the width that it has: its formulas in two dimensions where they fit."""

from collections.abc import Sequence
from typing import Any

from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from studytool.tui.shown_text import ShownText, in_a_row, in_lines, shown
from studytool.typeset.flow import Line, set_markdown

_TORN = ": ____]", ":\N{NO-BREAK SPACE}____]"
"""A blank and its number stay in one line."""
_STYLES = {"strong": "bold", "em": "italic", "quiet": "dim"}


class TypesetText(Widget):
    """Markdown, as high as its lines; in a short window each formula is in its line.

    Args:
        given: as of any widget.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._markdown = ""
        self._set: tuple[tuple[str, int, bool], list[Line]] | None = None

    class LaidOut(Message):
        """The text has another place or size."""

    @property
    def markdown(self) -> str:
        """Return the text as it was written."""
        return self._markdown

    def update(self, markdown: str) -> None:
        """Show another text; without one, nothing."""
        self._markdown = markdown.replace(*_TORN)
        self.display = bool(markdown)
        self.refresh(layout=True)

    def on_show(self) -> None:
        """Tell that it has a place."""
        self.post_message(self.LaidOut())

    def on_resize(self) -> None:
        """Tell that it has another size."""
        self.post_message(self.LaidOut())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> ShownText:
        """Draw the lines."""
        return content_of(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Line]:
        given = self._markdown, max(1, width), self.screen.has_class("short")
        if self._set is None or self._set[0] != given:
            markdown, room, flat = given
            self._set = given, set_markdown(markdown, width=room, flat=flat)
        return self._set[1]


def content_of(lines: Sequence[Line]) -> ShownText:
    """Return lines of styled runs as a widget shows them."""
    rows = (
        in_a_row(*(shown(run.text, _STYLES.get(run.style, "")) for run in line)) for line in lines
    )
    return in_lines(*rows)
