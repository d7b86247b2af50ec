"""The smallest window to study in, and the message in a smaller one."""

from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from studytool.language import Language
from studytool.tui.shown_text import shown
from studytool.wording.study import TOO_SMALL

SMALLEST = Size(60, 20)


def mark_too_small(screen: Screen[None], size: Size, language: Language) -> None:
    """Show the message of ``#too-small`` alone while the window is too small."""
    small = size.width < SMALLEST.width or size.height < SMALLEST.height
    screen.query_one("#too-small", Static).update(shown(TOO_SMALL.text(language)))
    screen.set_class(small, "too-small")
