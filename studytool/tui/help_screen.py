"""The help screen: how studying goes, what each key does, where to read on."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.window_size import mark_too_small
from studytool.wording.key_help import TITLE, help_text
from studytool.wording.keys import KeyPlace

_MARGIN = 6
"""Columns beside the text: padding and the scroll bar."""


class HelpScreen(Screen[None]):
    """The keys of all screens, scrolled where the window is small."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.HELP)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def compose(self) -> ComposeResult:
        """Lay out title, text, keys."""
        yield Static(TITLE.text(self._language), id="bar", markup=False)
        with VerticalScroll(id="help"):
            yield Static("", id="help-text", markup=False)
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the keys, and let the arrows scroll."""
        self.query_one(KeyBar).show(KeyPlace.HELP, self._language)
        self.query_one("#help").focus()

    def action_topics(self) -> None:
        """List the pages that ``studytool help`` prints."""
        from studytool.tui.topic_screens import TopicsScreen  # late: rarely asked for

        self.app.push_screen(TopicsScreen(self._language))

    def on_resize(self, event: Resize) -> None:
        """Set the columns anew, or say that the window is too small."""
        text = help_text(self._language, width=max(1, event.size.width - _MARGIN))
        self.query_one("#help-text", Static).update(Content(text))
        mark_too_small(self, event.size, self._language)
