"""The help screen: how studying goes, what each key does, where to read on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import shown
from studytool.tui.text_scroll import TextScroll
from studytool.tui.window_size import mark_too_small
from studytool.typeset.math_line import set_formulas
from studytool.wording.key_help import TITLE, help_text
from studytool.wording.keys import KeyPlace
from studytool.wording.terms import term_lines

_MARGIN = 6
"""Columns beside the text: padding and the scroll bar."""


class HelpScreen(Screen[None]):
    """The keys of all screens, scrolled where the window is small.

    Args:
        language: of its texts.
        terms: that stand in what was in view; they come first.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.HELP)

    def __init__(self, language: Language, terms: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__()
        self._language = language
        self._terms = terms

    def compose(self) -> ComposeResult:
        """Lay out title, text, keys."""
        yield Static(shown(TITLE.text(self._language)), id="bar", markup=False)
        with TextScroll(id="help"):
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
        terms = "\n".join(map(set_formulas, term_lines(self._terms, self._language)))
        whole = f"{terms}\n\n{text}" if terms else text
        self.query_one("#help-text", Static).update(shown(whole))
        mark_too_small(self, event.size, self._language)
