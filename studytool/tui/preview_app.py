"""The full-screen preview of a pack's folder."""

from pathlib import Path

from studytool.language import Language
from studytool.tui.gated_app import GatedApp
from studytool.tui.preview_screen import PreviewScreen


class PreviewApp(GatedApp):
    """The preview; arguments as of :class:`PreviewScreen`."""

    def __init__(
        self, folder: Path, home: Path, language: Language, *, item: str | None, seed: int
    ) -> None:
        super().__init__()
        self._first = PreviewScreen(folder, home, language, item=item, seed=seed)

    @property
    def palette_language(self) -> Language:
        """Return the language of the preview."""
        return self._first.language

    def on_mount(self) -> None:
        """Show the pack."""
        super().on_mount()
        self.push_screen(self._first)
