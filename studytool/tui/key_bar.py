"""The line of keys at the bottom, in the learner's language."""

from collections.abc import Collection

from textual.content import Content
from textual.widgets import Static

from studytool.language import Language
from studytool.wording.keys import KeyPlace, bar_keys


class KeyBar(Static):
    """The keys that work now, in as many lines as the width needs."""

    _parts: tuple[Content, ...] = ()

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
            Content.assemble(
                Content.styled(f" {key} ", "bold $accent"), Content(f"{does.text(language)} ")
            )
            for key, does in bar_keys(place, writes=writes, idle=idle)
        )
        self._fill(self.content_size.width)

    def on_resize(self) -> None:
        """Break the lines anew, once they are laid out: only then their number may change."""
        self.call_after_refresh(lambda: self._fill(self.content_size.width))

    def _fill(self, width: int) -> None:
        """Break lines between keys only, so that none is torn from what it does."""
        lines: list[Content] = []
        for part in self._parts:
            if lines and lines[-1].cell_length + part.cell_length <= width:
                lines[-1] += part
            else:
                lines.append(part)
        self.update(Content("\n").join(lines))
