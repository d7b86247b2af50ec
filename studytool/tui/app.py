"""The application: which screens there are, and how they follow one another."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # else an IME's syllables become key codes

from textual.app import App
from textual.binding import Binding, BindingType

from studytool.clock import utc_now
from studytool.session.desk import Desk
from studytool.tui.home_screen import HomeScreen

if TYPE_CHECKING:
    from studytool.session.sitting import Sitting


class StudyApp(App[None]):
    """studytool on a full screen.

    Args:
        desk: the learner's state, opened; the caller closes it.
        packs, concept, limit: begin a sitting over these at once, when any is given.
        now: reads the clock.
    """

    CSS_PATH = "styles.tcss"
    TITLE = "studytool"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        *,
        packs: Sequence[str] = (),
        concept: str | None = None,
        limit: int | None = None,
        study_now: bool = False,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.now = now
        self._begin = (tuple(packs), concept, limit) if study_now else None

    def on_mount(self) -> None:
        """Show home, and the first question over it when a sitting was asked for."""
        self.push_screen(HomeScreen(self.desk, self.now))
        if self._begin is not None:
            packs, concept, limit = self._begin
            self.study(self.desk.sit(packs, concept=concept, limit=limit))

    def study(self, sitting: "Sitting") -> None:
        """Begin a sitting on a screen of its own."""
        from studytool.tui.study_screen import StudyScreen  # late: home asks nothing

        self.push_screen(StudyScreen(self.desk, sitting, self.now))
