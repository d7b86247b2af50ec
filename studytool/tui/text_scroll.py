"""A text that keys scroll at once."""

from typing import Any

from textual.containers import VerticalScroll


class TextScroll(VerticalScroll):
    """A text that a key scrolls by its whole step in one frame: a slow line draws no steps between."""

    def scroll_to(self, *place: Any, animate: bool = True, **how: Any) -> None:
        """Scroll to a place at once."""
        how["immediate"] = animate or how.get("immediate", False)  # else behind a frame
        super().scroll_to(*place, animate=False, **how)
