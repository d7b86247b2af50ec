"""Show a text where it is not shown yet."""

from textual.widgets import Static

from studytool.tui.shown_text import ShownText


def put_text(into: Static, text: ShownText, *, layout: bool = True) -> None:
    """Show a text, unless it is what the widget shows: else all is laid out and drawn for nothing.

    Args:
        into: the widget.
        text: with its styles.
        layout: whether it may take other lines than the text before.
    """
    before = into.content
    if not (isinstance(before, ShownText) and before.is_same(text)):
        into.update(text, layout=layout)
