"""The line of keys at the bottom, in the learner's language."""

from collections.abc import Collection

from textual.widgets import Static

from studytool.language import Language
from studytool.tui.shown_text import ShownText, in_a_row, in_lines, shown
from studytool.wording.key_lookup import bar_keys
from studytool.wording.keys import KeyPlace


class KeyBar(Static):
    """The keys that work now, in as many lines as the width needs."""

    _parts: tuple[ShownText, ...] = ()

    def show(
        self,
        place: KeyPlace,
        language: Language,
        *,
        writes: bool = True,
        idle: Collection[str] = (),
    ) -> None:
        """Show the keys of a place that do something now, as :func:`bar_keys` names them."""
        self._parts = tuple(
            in_a_row(shown(f" {key} ", "bold $accent"), shown(f"{does.text(language)} "))
            for key, does in bar_keys(place, writes=writes, idle=idle)
        )
        self._fill(self.content_size.width)

    def on_resize(self) -> None:
        """Break the lines anew, once they are laid out: only then their number may change."""
        self.call_after_refresh(lambda: self._fill(self.content_size.width))

    def _fill(self, width: int) -> None:
        """Break lines between keys only, so that none is torn from what it does."""
        lines: list[ShownText] = []
        for part in self._parts:
            if lines and lines[-1].cell_length + part.cell_length <= width:
                lines[-1] += part
            else:
                lines.append(part)
        self.update(in_lines(*lines))
