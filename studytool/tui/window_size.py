"""The smallest window to study in, and the message in a smaller one."""

from weakref import WeakKeyDictionary

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.shown_text import shown
from studytool.wording.study import TOO_SMALL

SMALLEST = Size(60, 20)

_TAKES_KEYS = ("Input", "OptionList", "VerticalScroll")
"""Who has the cursor on a screen that was too small from the first; the first that is there."""

_held: WeakKeyDictionary[Screen[None], Widget] = WeakKeyDictionary()
"""What had the cursor before each screen's window became too small: what is hidden loses it."""


def mark_too_small(screen: Screen[None], size: Size, language: Language) -> None:
    """Show the message of ``#too-small`` alone while the window is too small."""
    small = size.width < SMALLEST.width or size.height < SMALLEST.height
    if small and screen.focused is not None:
        _held[screen] = screen.focused
    screen.query_one("#too-small", Static).update(shown(TOO_SMALL.text(language)))
    if not small and screen.has_class("too-small"):
        screen.call_after_refresh(_give_cursor_back, screen)
    screen.set_class(small, "too-small")


def _give_cursor_back(screen: Screen[None]) -> None:
    """Put the cursor where it was, or where this screen's keys go."""
    held = _held.pop(screen, None)
    if screen.focused is not None or screen.has_class("too-small"):
        return
    there = [held, *(one for name in _TAKES_KEYS for one in screen.query(name))]
    screen.set_focus(next((one for one in there if one is not None and one.focusable), None))
