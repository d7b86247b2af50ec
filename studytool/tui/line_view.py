"""Lines of text, of which only those that change are drawn anew."""

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studytool.tui.shown_text import ShownText


class LineView(Widget):
    """Lines below each other, none of which is wrapped; what has no room is cut off."""

    ALLOW_SELECT = False
    _lines: tuple[ShownText, ...] = ()

    def show_lines(self, lines: Sequence[ShownText]) -> None:
        """Show lines in place of those before."""
        before, self._lines = self._lines, tuple(lines)
        pairs = enumerate(zip_longest(before, self._lines))
        changed = [y for y, (old, new) in pairs if not (old and new and old.is_same(new))]
        if changed:
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        if y >= len(self._lines):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        return Strip(self._lines[y].render_segments(self.visual_style))
