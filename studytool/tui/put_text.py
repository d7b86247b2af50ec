"""Show a text where it is not shown yet."""

from textual.widgets import Static

from studytool.tui.shown_text import ShownText


def put_text(into: Static, text: ShownText, *, layout: bool = True) -> None:
    """Show a text, unless it is what the widget shows: else all is laid out and drawn for nothing.

    Args:
        into: the widget.
        text: with its styles.
        layout: whether it may take other lines than the text before: then it is measured.
    """
    before = into.content
    if not isinstance(before, ShownText):
        into.update(text, layout=layout)
    elif not before.is_same(text):
        into.update(text, layout=layout and not _as_high(into, before, text))


def _as_high(into: Static, before: ShownText, text: ShownText) -> bool:
    """Tell whether two texts take as many lines; of what is not laid out yet, nobody knows."""
    width = into.content_size.width
    return width > 0 and before.get_height({}, width) == text.get_height({}, width)
