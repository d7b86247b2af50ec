"""Jump mode: a letter on each thing that can be acted on, which acts as a click there would."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import ClassVar

from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.events import Click, Key
from textual.geometry import Offset, Region
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import shown
from studytool.tui.slider_list import SliderList
from studytool.wording.keys import JAMO, KeyPlace

LETTERS = "asdfjklghqwertyuiopzxcvbnm"
"""The letters of labels, those that lie best first."""
_ACTS = ("presses", "concept", "option")
"""What the style of a cell holds where a click on it acts."""
_LETTER_OF_JAMO = {jamo: letter for letter, jamo in JAMO.items()}


@dataclass(frozen=True, slots=True)
class JumpTarget:
    """A thing that can be acted on, and where it is on the screen."""

    widget: Widget
    at: Offset
    style: Style

    def act(self) -> None:
        """Do what a click would; put the cursor into an entry, and the keys on sliders."""
        if _takes_keys(self.widget):
            self.widget.focus()
            return
        x, y = self.at - self.widget.region.offset
        buttons = (0, 0, 1, False, False, False)
        self.widget.post_message(Click(self.widget, x, y, *buttons, *self.at, self.style))


def jump_targets(screen: Screen[object]) -> list[JumpTarget]:
    """Return the things in view that can be acted on, from top to bottom, each once."""
    found: list[JumpTarget] = []
    for widget in screen.query(Widget):
        seen = widget.region.intersection(screen.region)
        if not (widget.display and widget.visible and seen.area):
            continue
        if _takes_keys(widget) or widget.has_class("rating"):
            at = widget.content_region.offset
            if screen.region.contains_point(at):
                found.append(JumpTarget(widget, at, Style()))
        elif not widget.is_container or isinstance(widget, KeyBar):
            found += _with_style(screen, widget)
    return sorted(found, key=lambda one: (one.at.y, one.at.x))


def _takes_keys(widget: Widget) -> bool:
    return widget.focusable and isinstance(widget, Input | SliderList)


def _with_style(screen: Screen[object], widget: Widget) -> Iterator[JumpTarget]:
    """Return a target wherever the cells of a widget begin to mean something to a click."""
    seen = widget.region.intersection(screen.region)
    known: set[tuple[str, object]] = set()
    for y in range(seen.y, seen.bottom):
        for x in range(seen.x, seen.right):
            at_top, _ = screen.get_widget_at(x, y)
            if at_top is not widget:
                continue
            style = screen.get_style_at(x, y)
            meanings = {(name, style.meta[name]) for name in _ACTS if name in style.meta}
            if meanings - known:
                known |= meanings
                yield JumpTarget(widget, Offset(x, y), style)


def labels_for(count: int) -> list[str]:
    """Return so many labels, as many of one letter as there can be, none of which begins another.

    >>> labels_for(3), labels_for(27)[24:]
    (['a', 's', 'd'], ['n', 'ma', 'ms'])
    """
    begin_two = min(len(LETTERS), max(0, -(-(count - len(LETTERS)) // (len(LETTERS) - 1))))
    alone = LETTERS[: len(LETTERS) - begin_two]
    of_two = map("".join, product(LETTERS[len(alone) :], LETTERS))
    return list(islice(chain(alone, of_two), count))


def _place_of(label: str, target: JumpTarget, ground: Screen[object]) -> Offset:
    """Return where a label stands: beside what it is for, where nothing is; else over its first cell."""
    x, y = target.at
    beside = x - len(label)
    is_free = beside >= 0 and all(_is_blank(ground, at, y) for at in range(beside, x))
    return Offset(beside, y) if is_free else target.at


def _is_blank(screen: Screen[object], x: int, y: int) -> bool:
    """Tell whether a cell of a screen shows nothing."""
    widget, region = screen.get_widget_at(x, y)
    [strip] = widget.render_lines(Region(x - region.x, y - region.y, 1, 1))
    return not strip.text.strip()


class JumpScreen(ModalScreen[JumpTarget]):
    """The letters over what is in view.

    Args:
        ground: the screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.JUMP)

    def __init__(self, ground: Screen[object]) -> None:
        super().__init__()
        targets = jump_targets(ground)
        self._targets = dict(zip(labels_for(len(targets)), targets, strict=False))
        self._places = {
            label: _place_of(label, target, ground) for label, target in self._targets.items()
        }
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay a label beside each thing, or over its first cell."""
        for label, place in self._places.items():
            one = Static(shown(label), classes="jump-label", markup=False, name=label)
            one.styles.offset = place
            yield one

    def on_key(self, event: Key) -> None:
        """Take the next letter of a label, typed on a Korean keyboard too."""
        event.stop()
        letter = _LETTER_OF_JAMO.get(event.character or "", event.character or "").lower()
        fitting = [label for label in self._targets if label.startswith(self._typed + letter)]
        if not letter or not fitting:
            return
        self._typed += letter
        if self._typed in self._targets:
            self.dismiss(self._targets[self._typed])
            return
        for one in self.query(".jump-label"):
            one.display = one.name in fitting

    def on_resize(self) -> None:
        """Leave where the window changes: nothing is where the labels say."""
        if self._sized and self.is_current:
            self.dismiss()
        self._sized = True

    _sized = False

    def action_leave(self) -> None:
        """Go back, and do nothing."""
        self.dismiss()


def open_jump(app: App[None]) -> None:
    """Put the letters over what is in view, or take them away."""
    screen = app.screen
    if isinstance(screen, JumpScreen):
        screen.dismiss()
        return

    def act(target: JumpTarget | None) -> None:
        if target is not None:
            target.act()

    app.push_screen(JumpScreen(screen), act)
