"""A text to read over what is in view: set to the width of the window, and scrolled."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import shown
from studytool.tui.text_scroll import TextScroll
from studytool.tui.typeset_text import content_of
from studytool.tui.window_size import mark_too_small
from studytool.typeset.flow import Line
from studytool.wording.keys import KeyPlace

_MARGIN = 6
"""Columns beside the text: padding and the scroll bar."""


class LinesScreen(Screen[None]):
    """Lines of styled runs under a title; a subclass sets them and binds the keys of ``place``."""

    place: ClassVar[KeyPlace]

    def __init__(self, title: str, language: Language) -> None:
        super().__init__()
        self._heading = title
        self._language = language

    @property
    def idle(self) -> Collection[str]:
        """Return the actions that would do nothing now, whose keys are not shown."""
        return ()

    def set_lines(self, width: int) -> Sequence[Line]:
        """Return the text in lines of at most ``width`` cells."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out title, text, keys."""
        yield Static(shown(self._heading), id="bar", markup=False)
        with TextScroll(id="help"):
            yield Static("", id="page", markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the keys, and let the arrows scroll."""
        self.query_one(KeyBar).show(self.place, self._language, idle=self.idle)
        self.query_one("#help").focus()

    def on_resize(self, event: Resize) -> None:
        """Set the text to the new width, or say that the window is too small."""
        self._show(event.size)

    def show_again(self, title: str, language: Language) -> None:
        """Show the text, that was made anew, under another title in another language."""
        self._heading, self._language = title, language
        self.query_one("#bar", Static).update(shown(title))
        self.query_one(KeyBar).show(self.place, language, idle=self.idle)
        self._show(self.size)

    def _show(self, size: Size) -> None:
        mark_too_small(self, size, self._language)
        lines = self.set_lines(max(1, size.width - _MARGIN))
        self.query_one("#page", Static).update(content_of(lines))
