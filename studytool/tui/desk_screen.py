"""The ground of the screens over the learner's desk: its language, its help, its size."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import Static

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.session.desk import Desk
from studytool.tui.key_bar import KeyBar
from studytool.tui.window_size import mark_too_small


class DeskScreen(Screen[None]):
    """A screen in the learner's language, which a key changes.

    Args:
        desk: the learner's state.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    @property
    def language(self) -> Language:
        """Return the learner's language."""
        return self._desk.settings.language

    async def show_again(self) -> None:
        """Show the same in the language just chosen."""
        raise NotImplementedError

    def tell(self, message: str) -> None:
        """Show a message beside what is in view."""
        raise NotImplementedError

    def terms(self) -> Mapping[str, str]:
        """Return the terms that stand in what is in view, and what they mean."""
        return {}

    def stop_work(self) -> bool:
        """Stop long work that the learner has asked for; return whether any was under way."""
        return False

    def fit(self) -> None:
        """Lay out anew what depends on the window's size."""

    def compose_below(self) -> ComposeResult:
        """Lay out what ends every screen: its keys, and the message of a window too small."""
        yield KeyBar("", id="keys", markup=False)
        yield Static("", id="too-small", markup=False)

    def on_resize(self, event: Resize) -> None:
        """Fit what is in view to the window, or say that it is too small."""
        mark_too_small(self, event.size, self.language)
        self.fit()

    def action_help(self) -> None:
        """Show what the keys do, over what is in view."""
        from studytool.tui.help_screen import HelpScreen  # late: rarely asked for

        self.app.push_screen(HelpScreen(self.language, self.terms()))

    async def action_switch_language(self) -> None:
        """Change between Korean and English and keep it, or say why it cannot be kept."""
        try:
            self._desk.choose_language("en" if self.language == "ko" else "ko")
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        mark_too_small(self, self.size, self.language)
        await self.show_again()
