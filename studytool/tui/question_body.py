"""The part of a question that is scrolled: where it stands, and what of a mark is in view."""

from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from studytool.tui.shown_text import ShownText

_HEADLINE = 1
"""Lines of a mark that are seen at least: whether it was right."""
_ENTRY = 3
"""Lines of the entry with its frame."""
_TOLD = 2
"""Lines of the message at least, so that what stands above it seldom moves."""
_FEWEST = 3
"""Lines of a question, however long the message below it."""


class QuestionBody(VerticalScroll, can_focus=False):
    """What is scrolled; no Tab or click takes the cursor from the entry to it."""

    _awaits_mark = False

    class Moved(Message):
        """Other lines are in view than before."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that other lines are in view."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def leave_room(self, lines: int | None, message: Static, *, entry: bool) -> None:
        """Be as high as what is asked, but leave room for what stands right under it.

        Args:
            lines: that all have together; None where this takes all that is left.
            message: stands under it.
            entry: whether an entry does, too.
        """
        width, said = max(1, message.content_size.width), message.content
        told = said.get_height({}, width) if isinstance(said, ShownText) else 1
        below = max(told, _TOLD) + 1 + (_ENTRY if entry else 0)
        self.styles.max_height = None if lines is None else max(_FEWEST, lines - below)

    def await_mark(self) -> None:
        """Show the mark once it has its place."""
        self._awaits_mark = True

    def on_typeset_text_laid_out(self) -> None:
        """Show the mark that was waited for; what is in view may be other lines than before."""
        if self._awaits_mark and self.query_one("#result").virtual_region.height:
            self._awaits_mark = False
            self._show_mark()
        self.post_message(self.Moved())

    def _show_mark(self) -> None:
        """Show the mark's beginning, and above it a third of the room of the question.

        The options or the axis are a part of the mark. Nothing is scrolled away while there is room.
        """
        if not self.is_attached:  # the program ended before this was drawn
            return
        result = self.query_one("#result")
        drawn = [one for one in self.query("#options, #axis") if one.display]
        height, beginning = self.size.height, result.virtual_region.y
        top = drawn[0].virtual_region.y if drawn else beginning
        least = (beginning + _HEADLINE if drawn else result.virtual_region.bottom) - height
        self.scroll_to(y=max(0, min(least, top - height // 3)), animate=False)

    def page(self, key: str) -> None:
        """Move by an arrow or a page."""
        step = 3 if key in ("down", "up") else max(3, self.size.height - 2)
        self.scroll_relative(y=step if "down" in key else -step, animate=False)


class ProofLine(Static):
    """The first line of the evidence, below all else while the evidence itself is not in view."""

    def show_while_below(self, body: QuestionBody, evidence: Widget, *, is_marked: bool) -> None:
        """Show or hide it: the line that it takes is given back where it is hidden."""
        bottom = body.scroll_offset.y + body.size.height + int(self.display)
        is_below = evidence.virtual_region.y >= bottom
        self.set_class(is_marked and is_below, "below")
