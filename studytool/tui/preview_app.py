"""The full-screen preview of a pack's folder."""

from pathlib import Path
from typing import ClassVar

from textual._path import CSSPathType
from textual.screen import Screen

from studytool.language import Language
from studytool.tui.gated_app import GatedApp
from studytool.tui.preview_screen import PreviewScreen


class PreviewApp(GatedApp):
    """The preview; arguments as of :class:`PreviewScreen`."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["styles.tcss", "screens.tcss"]

    def __init__(
        self, folder: Path, home: Path, language: Language, *, item: str | None, seed: int
    ) -> None:
        super().__init__()
        self._first = PreviewScreen(folder, home, language, item=item, seed=seed)

    @property
    def palette_language(self) -> Language:
        """Return the language of the preview."""
        return self._first.language

    def get_default_screen(self) -> Screen[None]:
        """Return the pack's: a screen of Textual's own below it would be laid out for nothing."""
        return self._first
