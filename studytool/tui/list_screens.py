"""The grounds of screens that are a list: searched as words are typed, or with values to be typed."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.session.desk import Desk
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.put_text import put_text
from studytool.tui.shown_text import in_a_row, shown
from studytool.wording.keys import KeyPlace

_BURST_SECONDS = 0.05
"""Between what was drawn and the next key, where a key is held or keys come in a burst."""


class ListScreen(DeskScreen):
    """A list, set anew whenever anything changes, and a message below it."""

    MESSAGE: ClassVar[str] = "#listing-message"
    PREVIEW_LINES: ClassVar[int] = 0
    """Of what is known of a row, at the least: so that the list seldom changes its size."""
    _preview_lines: int | None = None

    def fit(self) -> None:
        """Set the rows anew."""
        self._show()

    async def show_again(self) -> None:
        """Show the same in the other language, but for what was said in the one before."""
        self.tell("")
        self._show()

    def tell(self, message: str) -> None:
        """Show a message below the list."""
        put_text(self.query_one(self.MESSAGE, Static), shown(message))

    def preview(self, said: str, name: str = "") -> None:
        """Show what is known of the row under the bar, behind its name where it has one.

        All is laid out only where it takes other lines.
        """
        below, text = self.query_one("#listing-preview", Static), shown(said)
        if name:
            text = in_a_row(shown(f"{name}  ", "$text-muted"), text)
        width = max(1, below.content_size.width)  # a window of one cell leaves none
        lines = max(self.PREVIEW_LINES, text.get_height({}, width))
        put_text(below, text, layout=lines != self._preview_lines)
        self._preview_lines = lines

    def _show(self) -> None:
        raise NotImplementedError


class SearchScreen(ListScreen):
    """A list that is searched as words are typed: the entry has the focus, keys move the bar.

    What follows from a key is drawn with it; of a burst of keys, or where it takes longer than a
    frame, behind it.

    Args:
        desk: the learner's state.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._waiting: dict[Callable[[], None], None] = {}  # each once, in order
        self._waits_for_frame = False
        self._shown_at = 0.0
        self._previewed: Option | None = None
        self._behind_rows: list[Callable[[], None]] | None = []  # none once the rows are read
        self._unread: StudytoolError | None = None  # why they cannot be read

    def show_soon(self, act: Callable[[], None], *, behind_frame: bool = False) -> None:
        """Do ``act`` now; of a burst of keys behind the next frame, and once only for all until then.

        Args:
            act: draws what follows from a key.
            behind_frame: whether it takes so long that the key's letter is drawn before.
        """
        behind_frame = behind_frame or monotonic() - self._shown_at < _BURST_SECONDS
        self._waiting[act] = None
        if not behind_frame:
            self.show_all()
        elif not self._waits_for_frame:
            self._waits_for_frame = True
            self.call_after_refresh(self.show_all)

    def show_all(self) -> None:
        """Do at once what waits for a frame: the list and the bar agree with the keys then."""
        waiting, self._waiting = self._waiting, {}
        self._waits_for_frame = False
        for act in waiting if self.is_attached else ():
            act()
        if waiting:
            # Each would tell by itself that it is to be drawn, a frame behind the key.
            self._dirty_widgets.update(self._compositor.visible_widgets)
            self._shown_at = monotonic()

    def once_read(self, act: Callable[[], None]) -> None:
        """Do at once what a key asks of the rows, or when they are read: no key is lost."""
        if self._behind_rows is None:
            act()
        elif self._unread is not None:
            self.tell(self._unread.text(self.language))
        else:
            self._behind_rows.append(act)

    def rows_are_read(self) -> None:
        """Show the rows, which are read now, and do what waited for them."""
        waiting, self._behind_rows = self._behind_rows or (), None
        self._find()
        for act in waiting:
            act()

    def rows_cannot_be_read(self, error: StudytoolError) -> None:
        """Say why there are no rows, from now on."""
        self._unread = error
        self._show()

    def without_rows(self, reading: Phrase) -> str:
        """Say that the rows are being read, or why they cannot be."""
        said = reading if self._unread is None else self._unread
        return said.text(self.language)

    def _find(self) -> None:
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the rows, and let the learner type."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._show()

    def action_up(self) -> None:
        """Move the bar up."""
        self.query_one(OptionList).action_cursor_up()
        self.show_soon(self._preview_row)

    def action_down(self) -> None:
        """Move the bar down."""
        self.query_one(OptionList).action_cursor_down()
        self.show_soon(self._preview_row)

    def action_page_up(self) -> None:
        """Move the bar up by a page."""
        self.query_one(OptionList).action_page_up()  # type: ignore[no-untyped-call] # Textual's
        self.show_soon(self._preview_row)

    def action_page_down(self) -> None:
        """Move the bar down by a page."""
        self.query_one(OptionList).action_page_down()  # type: ignore[no-untyped-call] # Textual's
        self.show_soon(self._preview_row)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is known of the row under the bar, unless its key has shown it."""
        if event.option is not self._previewed:
            self.show_soon(self._preview_row)

    def _preview_row(self) -> None:
        self._previewed = self.query_one(OptionList).highlighted_option
        self._show_preview()

    def _show_preview(self) -> None:
        """Show what is known of the row under the bar; nothing where a screen says no more of it."""


_OF_THE_ROWS = ("←→", "←", "→", "↑↓", "d")
"""Keys that edit, or are typed, while the entry shows."""


class EntryScreen(ListScreen):
    """A list whose rows are chosen by the arrows; the entry shows while something is typed.

    Then it keeps the cursor, whatever is pressed or clicked: no letter acts on a row.
    """

    PLACE: ClassVar[KeyPlace]

    def on_mount(self) -> None:
        """Show the rows, and let the arrows choose."""
        self._end_typing()
        self._show()

    def action_leave(self) -> None:
        """Go back: from the entry to the rows, from the rows home."""
        if self.query_one(Input).display:
            self._end_typing()
            self.tell("")
        else:
            self.dismiss()

    def _begin_typing(self, asked: str) -> None:
        """Open the entry, empty, and say what is asked for."""
        entry = self.query_one(Input)
        entry.display, entry.value = True, ""
        entry.focus()
        self.query_one(OptionList).can_focus = False
        self._show_keys()
        self.tell(asked)

    def _end_typing(self) -> None:
        self.query_one(Input).display = False
        listed = self.query_one(OptionList)
        listed.can_focus = True
        listed.focus()
        self._show_keys()

    def _show_keys(self) -> None:
        """Show the keys that do something: while the entry shows, not those of the rows."""
        deaf = _OF_THE_ROWS if self.query_one(Input).display else ()
        self.query_one(KeyBar).show(self.PLACE, self.language, deaf=deaf)
