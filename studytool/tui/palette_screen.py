"""The palette: a few letters lead to any action, item, concept, claim, setting or theme."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.search.nearness import NearTexts
from studytool.search.reader import folded
from studytool.session.palette import PalettePlace, PaletteShelf
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.put_text import put_text
from studytool.tui.row_list import RowList
from studytool.tui.shown_text import shown
from studytool.tui.window_size import mark_too_small
from studytool.wording import palette as phrases
from studytool.wording.keys import KeyPlace
from studytool.wording.palette import PaletteRow

MOST_ROWS = 60
"""Of what is found, in the list."""
_MARGIN = 8

PaletteChoice = PaletteRow | PalettePlace | str
"""What is chosen; a text is to be looked for in the items."""


class PaletteScreen(ModalScreen[PaletteChoice]):
    """The palette over what is in view, which stays as it is.

    Args:
        language: of the texts.
        rows: that are there without any pack.
        read: reads what the packs have; None where no pack is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.PALETTE)

    def __init__(
        self,
        language: Language,
        rows: Sequence[PaletteRow],
        read: Callable[[], PaletteShelf] | None,
    ) -> None:
        super().__init__()
        self._language = language
        self._rows = rows
        self._read = read
        self._shelf: PaletteShelf | None = None
        self._near = NearTexts([row.text for row in rows])
        self._shown: list[PaletteRow | PalettePlace] = []

    def compose(self) -> ComposeResult:
        """Lay out entry, list, message."""
        with Vertical(id="palette"):
            yield AnswerInput(
                id="palette-query",
                placeholder=phrases.PALETTE_TITLE.text(self._language),
                select_on_focus=False,
            )
            yield RowList(id="palette-rows")
            yield Static("", id="palette-message", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_mount(self) -> None:
        """Show the actions at once; then read the packs."""
        self.query_one(RowList).can_focus = False
        self.query_one(Input).focus()
        self._find()
        self.call_after_refresh(self._read_packs)

    def on_resize(self, event: Resize) -> None:
        """Cut the rows anew, or say that the window is too small."""
        mark_too_small(self, event.size, self._language)
        self._find()

    def _read_packs(self) -> None:
        if self._read is None:
            return
        try:
            self._shelf = self._read()
        except StudytoolError as error:
            self._tell(error.text(self._language))
            return
        self._near = NearTexts([*(row.text for row in self._rows), *self._shelf.texts])
        self._find()

    def on_input_changed(self) -> None:
        """Find what is typed."""
        self._find()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what is under the bar; where nothing is found, look for the words in the items."""
        at = self.query_one(RowList).highlighted
        if at is not None:
            self.dismiss(self._shown[at])
        elif self._shelf is not None and event.value.strip():
            self.dismiss(event.value)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        """Do what is clicked."""
        self.dismiss(self._shown[event.option_index])

    def action_up(self) -> None:
        """Move the bar up."""
        self.query_one(RowList).action_cursor_up()

    def action_down(self) -> None:
        """Move the bar down."""
        self.query_one(RowList).action_cursor_down()

    def action_page_up(self) -> None:
        """Move the bar up by a page."""
        self.query_one(RowList).action_page_up()  # type: ignore[no-untyped-call] # Textual's

    def action_page_down(self) -> None:
        """Move the bar down by a page."""
        self.query_one(RowList).action_page_down()  # type: ignore[no-untyped-call] # Textual's

    def action_leave(self) -> None:
        """Go back to what was in view."""
        self.dismiss()

    def _find(self) -> None:
        typed, listed = folded(self.query_one(Input).value), self.query_one(RowList)
        found = self._near.find(typed, MOST_ROWS)
        self._shown = [self._row(at) for at in found]
        width = max(16, listed.size.width - _MARGIN // 2) if listed.size.width else self._width
        line = partial(phrases.row_line, language=self._language, width=width)
        listed.list_rows(partial(line, one) for one in self._shown)
        listed.highlighted = 0 if found else None
        self._tell(self._said(len(found)))

    @property
    def _width(self) -> int:
        return max(16, min(self.app.size.width, 100) - _MARGIN)

    def _row(self, at: int) -> PaletteRow | PalettePlace:
        if at < len(self._rows) or self._shelf is None:
            return self._rows[at]
        return self._shelf[at - len(self._rows)]

    def _said(self, found: int) -> str:
        if not found:
            return phrases.NO_MATCH.text(self._language)
        many = found >= MOST_ROWS
        return phrases.ONLY_FIRST.text(self._language, n=found) if many else ""

    def _tell(self, message: str) -> None:
        put_text(self.query_one("#palette-message", Static), shown(message))
