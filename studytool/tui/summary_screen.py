"""The summary screen: a session's result, and when to come back."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.session.desk import Desk
from studytool.session.summary import Summary
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import ShownText, shown
from studytool.tui.window_size import mark_too_small
from studytool.wording import study as phrases
from studytool.wording.keys import KeyPlace
from studytool.wording.summary import summary_lines

_PADDING = 6
"""Cells that the sheet of styles leaves free beside the lines."""


class SummaryScreen(Screen[None]):
    """Shown once after a sitting.

    Args:
        summary: what the sitting came to.
        desk: tells the language.
        said: what the learner did last, when that ended it.
        undo: makes the screen that takes the last act back and goes on.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.SUMMARY)

    def __init__(
        self,
        summary: Summary,
        desk: Desk,
        *,
        said: str,
        undo: Callable[[], Screen[None]],
    ) -> None:
        super().__init__()
        self._language = desk.settings.language
        self._summary = summary
        self._said = said
        self._undo = undo

    def compose(self) -> ComposeResult:
        """Lay out title, figures, keys."""
        yield Static(shown(phrases.SUMMARY.text(self._language)), id="bar", markup=False)
        yield Static(self._text(self.app.size.width), id="summary", markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the keys."""
        self.query_one(KeyBar).show(KeyPlace.SUMMARY, self._language)

    def on_resize(self, event: Resize) -> None:
        """Cut the lines anew, and say so where the window is too small."""
        mark_too_small(self, event.size, self._language)
        self.query_one("#summary", Static).update(self._text(event.size.width))

    def action_undo(self) -> None:
        """Go back into the sitting, and take back what was done last."""
        self.app.switch_screen(self._undo())

    def _text(self, window_width: int) -> ShownText:
        width = max(1, window_width - _PADDING)
        lines = summary_lines(self._summary, self._language, width=width)
        return shown("\n".join([*([self._said, ""] if self._said else []), *lines]))
