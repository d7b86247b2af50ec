"""A list of things to put in order: by their digits or clicks, or by moving one up and down."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Key, MouseDown, MouseMove, MouseUp
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from studytool.tui.choice_list import is_letter
from studytool.tui.shown_text import shown

_HELD, _PLACED, _LOOSE = "↕", "✓", " "


class OrderList(OptionList):
    """Things in the order that the learner gives them; each keeps the number it was shown with.

    A digit, or a click, puts its thing at the next place from the top. Space picks up the thing
    under the bar, the arrows move it, Space puts it down; the mouse drags it. Enter is left to the
    screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "hold", show=False)]

    _texts: list[str]
    _order: list[int]
    _placed: int
    _is_held: bool
    _dragged: int | None = None
    """The place of the thing that the mouse holds."""
    _was_dragged = False

    def on_key(self, event: Key) -> None:
        """Keep letters, which are commands elsewhere."""
        if is_letter(event):
            event.stop()

    def list_things(self, texts: list[str]) -> None:
        """List things afresh, in the order shown."""
        self._texts = texts
        self._order = list(range(1, len(texts) + 1))
        self._placed, self._is_held = 0, False
        self._draw(0)

    @property
    def typed(self) -> str:
        """Return the numbers in the order in which the things stand."""
        return " ".join(map(str, self._order))

    def restore(self, typed: str) -> None:
        """Put the things back in an order that was given before."""
        self._order = [int(number) for number in typed.split()]
        self._draw(0)

    def place_next(self, number: int) -> None:
        """Put a thing below those placed before; after the last, the placing begins anew."""
        if self._placed == len(self._order):
            self._placed = 0
        if number in self._order[: self._placed]:
            return
        self._order.remove(number)
        self._order.insert(self._placed, number)
        self._placed += 1
        self._is_held = False
        self._draw(min(self._placed, len(self._order) - 1))

    def action_hold(self) -> None:
        """Pick up the thing under the bar, or put it down."""
        self._is_held = not self._is_held
        self._draw(self.highlighted or 0)

    def action_cursor_up(self) -> None:
        """Move the bar, and the thing that is held, one place up."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """Move the bar, and the thing that is held, one place down."""
        self._step(1)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Pick up the thing under the mouse."""
        at = event.style.meta.get("option")
        self._was_dragged = False
        if at is not None and self.can_focus:
            self._dragged, self._is_held = at, True
            self.capture_mouse()
            self._draw(at)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Move the thing that is held to the place under the mouse."""
        to = event.style.meta.get("option")
        if self._dragged is not None and to is not None and to != self._dragged:
            self._was_dragged = True
            self._move(self._dragged, to)
            self._dragged = to

    def on_mouse_up(self, _: MouseUp) -> None:
        """Put it down."""
        self.release_mouse()
        if self._dragged is not None:
            self._is_held, at = False, self._dragged
            self._dragged = None
            self._draw(at)

    def on_click(self, event: Click) -> None:
        """Put what was clicked, and not dragged, at the next place; nothing is answered by it."""
        at = event.style.meta.get("option")
        event.prevent_default()
        if at is not None and not self._was_dragged:
            self.place_next(self._order[at])

    def _step(self, by: int) -> None:
        at = self.highlighted or 0
        to = max(0, min(at + by, len(self._order) - 1))
        if self._is_held:
            self._move(at, to)
        else:
            self._draw(to)
        self.scroll_visible(animate=False)

    def _move(self, at: int, to: int) -> None:
        self._order.insert(to, self._order.pop(at))
        self._placed = 0
        self._draw(to)

    def _draw(self, at: int) -> None:
        self.clear_options()
        for place, number in enumerate(self._order):
            held = self._is_held and place == at
            sign = _HELD if held else _PLACED if place < self._placed else _LOOSE
            self.add_option(Option(shown(f"{sign} {number}. {self._texts[number - 1]}")))
        self.highlighted = at
