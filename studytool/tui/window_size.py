"""The smallest window to study in; in a smaller one the message, and text typed on unseen."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from textual.events import Key, Paste
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from studytool.language import Language
from studytool.printable import printable_lines
from studytool.tui.shown_text import shown
from studytool.wording.study import TOO_SMALL

SMALLEST = Size(30, 8)
ROOMY = Size(60, 20)
"""From this size on frames are drawn and all keys named; below it, what is asked has the room."""

WIDE = Size(110, 24)
"""From this size on home has its panels beside the day's work, not below it."""

_TAKES_KEYS = ("Input", "OptionList", "VerticalScroll")
"""Who has the cursor on a screen that was too small from the first; the first that is there."""

_held: WeakKeyDictionary[Screen[Any], Widget] = WeakKeyDictionary()
"""What had the cursor before each screen's window became too small: what is hidden loses it."""


def mark_too_small(screen: Screen[Any], size: Size, language: Language) -> None:
    """Show the message of ``#too-small`` alone while the window is too small.

    The classes ``narrow`` and ``short`` lay a screen out for the side of an editor.
    """
    small = _is_small(size)
    if small and screen.focused is not None:
        _held[screen] = screen.focused
    screen.query_one("#too-small", Static).update(
        shown(TOO_SMALL.text(language, width=SMALLEST.width, height=SMALLEST.height))
    )
    if not small and screen.has_class("too-small"):
        screen.call_after_refresh(_give_cursor_back, screen)
    screen.set_class(small, "too-small")
    screen.set_class(size.width < ROOMY.width, "narrow")
    screen.set_class(size.height < ROOMY.height, "short")


def is_wide(size: Size) -> bool:
    """Tell whether two columns have room beside each other."""
    return size.width >= WIDE.width and size.height >= WIDE.height


def is_unseen(screen: Screen[Any], size: Size) -> bool:
    """Tell whether what a key does would not be seen: the window is too small, or was just now."""
    return screen.has_class("too-small") or _is_small(size)


def type_unseen(screen: Screen[Any], event: Key | Paste) -> None:
    """Type into the entry that had the cursor; of keys only those that edit, and none that acts."""
    entry = _held.get(screen) or screen.focused
    if isinstance(entry, Input) and entry.display:
        type_into(entry, event)


def type_into(entry: Input, event: Key | Paste) -> None:
    """Edit an entry as a key does, or a pasted text; a key that does not edit does nothing."""
    if isinstance(event, Paste):
        entry.insert_text_at_cursor(" ".join(printable_lines(event.text).splitlines()[:1]))
    elif event.is_printable and event.character is not None:
        entry.insert_text_at_cursor(event.character)
    elif event.key in _EDITS:
        _EDITS[event.key](entry)


_EDITS: dict[str, Callable[[Input], None]] = {
    "backspace": Input.action_delete_left,
    "delete": Input.action_delete_right,
    "left": Input.action_cursor_left,
    "right": Input.action_cursor_right,
    "home": Input.action_home,
    "end": Input.action_end,
}


def _is_small(size: Size) -> bool:
    return size.width < SMALLEST.width or size.height < SMALLEST.height


def _give_cursor_back(screen: Screen[Any]) -> None:
    """Put the cursor where it was, or where this screen's keys go."""
    held = _held.pop(screen, None)
    if screen.focused is not None or screen.has_class("too-small"):
        return
    there = [held, *(one for name in _TAKES_KEYS for one in screen.query(name))]
    screen.set_focus(next((one for one in there if one is not None and one.focusable), None))
