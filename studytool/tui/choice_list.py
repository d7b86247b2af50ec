"""The options of a question: in view, no letter acts; where several are wanted, they are ticked."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.events import Click, Key
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytool.tui.shown_text import in_lines, shown
from studytool.typeset.cells import hang

MARKED_STYLES = {"✓": "bold $text-success", "✗": "bold $text-error", " ": "dim"}
"""Of an option that is marked, by its sign: no colour says what no sign says."""


class OptionLine(NamedTuple):
    """A line of an option.

    Attributes:
        style: of Textual's markup; empty for none.
    """

    text: str
    style: str = ""


class ChoiceList(OptionList):
    """Options of which one is chosen, or several ticked by Space, a click or their digit.

    Attributes:
        several: whether several are wanted; then only Enter answers.
    """

    several = False
    _option_lines: Sequence[Sequence[OptionLine]] = ()
    _listed_width = 0

    class Ticked(Message):
        """An option was ticked, or its tick taken away.

        Args:
            number: of the option, counted from 1.
        """

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def list_lines(self, options: Sequence[Sequence[OptionLine]]) -> None:
        """List options, each in its lines; what does not fit goes on under their words."""
        self._option_lines = options
        self._list()

    def on_resize(self) -> None:
        """Break the lines anew where there is another width for them."""
        if self._room != self._listed_width and self._option_lines:
            at = self.highlighted
            self._list()
            self.highlighted = at

    def _list(self) -> None:
        self._listed_width = self._room
        self.clear_options()
        for lines in self._option_lines:
            broken = (
                shown(piece, line.style)
                for line in lines
                for piece in (hang(line.text, self._room) if self._room else [line.text])
            )
            self.add_option(Option(in_lines(*broken)))

    @property
    def _room(self) -> int:
        """Return the cells of a line; 0 before it is laid out."""
        padding = self.get_component_styles("option-list--option").padding.width
        return max(0, self.scrollable_content_region.width - padding)

    def on_key(self, event: Key) -> None:
        """Keep letters, which are commands elsewhere, and tick by Space."""
        if is_letter(event):
            event.stop()
        elif event.key == "space" and self.several and self.highlighted is not None:
            event.stop()
            self.post_message(self.Ticked(self.highlighted + 1))

    def action_cursor_up(self) -> None:
        """Move the bar up, in sight: in a low window the question has all the room at first."""
        super().action_cursor_up()
        self.scroll_visible(animate=False)

    def action_cursor_down(self) -> None:
        """Move the bar down, in sight."""
        super().action_cursor_down()
        self.scroll_visible(animate=False)

    def on_click(self, event: Click) -> None:
        """Tick what is clicked where several are wanted; else Textual's own goes on, and answers."""
        option = event.style.meta.get("option")
        if self.several:
            event.prevent_default()
            if option is not None:
                self.highlighted = option
                self.post_message(self.Ticked(option + 1))


def is_letter(event: Key) -> bool:
    """Tell whether a key types a letter, of any alphabet."""
    return event.character is not None and event.character.isalpha()


def digit_of(event: Key) -> int | None:
    """Return the digit that a key types, from 1 to 9; None of any other key."""
    return int(event.character) if event.character and event.character in "123456789" else None
