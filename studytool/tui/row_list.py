"""A list of rows of one line each, of which only those in view are written and drawn."""

from collections.abc import Callable, Iterable

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.events import Click
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytool.tui.shown_text import ShownText, shown
from studytool.typeset.cells import cut

_OPTION = "option"
"""What Textual finds beside the text that a click is on: the number of its row."""


class ListedRow(Option):
    """A row whose text is written when it comes into view.

    Args:
        write: returns its text, which is cut to the width of the list.
    """

    def __init__(self, write: Callable[[], str]) -> None:
        super().__init__("")
        self._write = write

    @property
    def prompt(self) -> VisualType:
        """Return the text."""
        return self.text

    @property
    def text(self) -> ShownText:
        """Return the text, as the screen shows it."""
        return shown(self._write())


class RowList(OptionList):
    """Rows below each other: a new list is no new layout of the screen, but for its scroll bar."""

    _moved_by_click = False
    virtual_size = Reactive(Size(0, 0), layout=False)
    highlighted: Reactive[int | None] = Reactive(None, repaint=False)

    def on_click(self, event: Click) -> None:
        """Note whether the click moves the bar; Textual's own then moves it and chooses the row."""
        row = event.style.meta.get(_OPTION)
        self._moved_by_click = row is not None and row != self.highlighted

    def was_moved_by_click(self) -> bool:
        """Return once whether a click on another row than the bar's has chosen this one."""
        moved, self._moved_by_click = self._moved_by_click, False
        return moved

    def list_rows(self, rows: Iterable[Callable[[], str]]) -> None:
        """List rows in place of those before; of each what writes its text."""
        listed = [ListedRow(write) for write in rows]
        if listed:
            self.set_options(listed)
        else:
            self.clear_options()

    def watch_highlighted(self, before: int | None, highlighted: int | None) -> None:  # type: ignore[override] # Textual asks which
        """Draw the two rows between which the bar moves; then Textual's own goes on."""
        for row in (before, highlighted):
            if row is not None:
                self.refresh_line(row)
        super().watch_highlighted(highlighted)

    def _update_lines(self) -> None:
        """Count a line for each row, instead of measuring its text."""
        room, count, cache = self.scrollable_content_region, self.option_count, self._line_cache
        if not room:
            return
        if len(cache.lines) != count:
            cache.lines = [(row, 0) for row in range(count)]
            cache.index_to_line = dict(enumerate(range(count)))
            cache.heights = dict.fromkeys(range(count), 1)
        size = Size(room.width, count)
        if size != self.virtual_size:
            self.virtual_size = size
            self._scroll_update(size)

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        """Draw a row: its text is neither wrapped nor has it styles of its own."""
        padding = self.get_component_styles("option-list--option").padding
        width = self.scrollable_content_region.width
        key = (option, style, padding)
        strips = self._option_render_cache.get(key)
        if strips is None:
            assert isinstance(option, ListedRow)
            text = cut(option.text.plain.partition("\n")[0], width - padding.width)
            meta = RichStyle.from_meta({_OPTION: self._option_to_index[option]})
            drawn = style.rich_style + meta
            line = Strip([Segment(" " * padding.left + text, drawn)])
            strips = [line.extend_cell_length(width, drawn)]
            self._option_render_cache[key] = strips
        return strips
