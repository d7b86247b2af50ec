"""The topics of help as a list, and a topic's page: what ``studytool help`` prints, to scroll."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytool.help.page import WIDEST, page_lines
from studytool.help.topics import TOPICS
from studytool.language import Language, Phrase
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.lines_screen import LinesScreen
from studytool.tui.shown_text import shown
from studytool.tui.window_size import mark_too_small
from studytool.typeset.cells import pad
from studytool.typeset.flow import Line
from studytool.wording.keys import KeyPlace

TITLE = Phrase("도움말 주제", "Help topics")


class TopicsScreen(Screen[None]):
    """The list of topics."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.TOPICS)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def compose(self) -> ComposeResult:
        """Lay out title, list, keys."""
        yield Static(shown(TITLE.text(self._language)), id="bar", markup=False)
        yield OptionList(
            *(
                Option(shown(f"{pad(topic, 12)}{about.text(self._language)}"), id=topic)
                for topic, about in TOPICS.items()
            ),
            id="topics",
            markup=False,
        )
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the keys, and let the arrows choose."""
        self.query_one(KeyBar).show(KeyPlace.TOPICS, self._language)
        self.query_one(OptionList).focus()

    def on_resize(self, event: Resize) -> None:
        """Say so where the window is too small."""
        mark_too_small(self, event.size, self._language)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the page of the topic chosen."""
        topic = event.option.id or ""
        self.app.push_screen(PageScreen(topic, self._language))


class PageScreen(LinesScreen):
    """One page, set to the width of the window and scrolled."""

    place: ClassVar[KeyPlace] = KeyPlace.PAGE
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.PAGE)

    def __init__(self, topic: str, language: Language) -> None:
        super().__init__(f"studytool help {topic}", language)
        self._topic = topic

    def set_lines(self, width: int) -> Sequence[Line]:
        """Return the page in lines of at most ``width`` cells."""
        return page_lines(self._topic, self._language, width=min(WIDEST, width))
