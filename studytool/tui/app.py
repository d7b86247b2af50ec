"""The full-screen program: home, and a session over it where one is begun at once."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # else an IME's syllables become key codes

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, InputEvent, Key, Paste
from textual.filter import LineFilter
from textual.worker import WorkerFailed

from studytool.errors import StudytoolError
from studytool.session.desk import Desk
from studytool.tui.bindings import bindings_of
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.shown_text import ControlFilter
from studytool.tui.suspension import Suspension
from studytool.tui.window_size import is_unseen, type_unseen
from studytool.wording.keys import KeyPlace
from studytool.wording.study import NOT_SUSPENDED

if TYPE_CHECKING:
    from studytool.session.study_session import StudySession

_CONTROLS = ControlFilter()
_LEAVING = ("ctrl+c", "ctrl+q", "ctrl+z")
"""Keys that do what they say whatever the window shows."""


class StudyApp(App[None]):
    """The full-screen program.

    Args:
        desk: the learner's state, opened; the caller closes it.
        session: begun at once, over the home screen.

    Attributes:
        fault: what ended the program before its time, None where nothing did.
    """

    CSS_PATH = "styles.tcss"
    TITLE = "studytool"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.ANYWHERE)

    def __init__(
        self,
        desk: Desk,
        *,
        session: "StudySession | None" = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.fault: Exception | None = None
        self._session = session
        self._suspension: Suspension | None = None

    async def on_event(self, event: Event) -> None:
        """While the window is too small, let keys type where the cursor was, and do nothing else."""
        leaving = isinstance(event, Key) and event.key in _LEAVING
        asked = isinstance(event, InputEvent | Paste) and not leaving
        if not (asked and is_unseen(self.screen, self.size)):
            await super().on_event(event)
        elif isinstance(event, Key | Paste) and not event.is_forwarded:
            type_unseen(self.screen, event)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Pass all lines of all screens through one gate, whatever widget made them."""
        return [*super().get_line_filters(), _CONTROLS]

    def _handle_exception(self, error: Exception) -> None:
        """End with what went wrong, from any screen; the command line says it on a clean screen."""
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        if self.is_headless and not isinstance(error, StudytoolError):
            super()._handle_exception(error)  # a test sees it where it happens
            return
        self.fault = self.fault or error
        self.exit(return_code=2)

    async def action_stop_or_quit(self) -> None:
        """Stop what the learner has asked the screen to do; quit where nothing is under way."""
        screen = self.screen
        if not (isinstance(screen, DeskScreen) and screen.stop_work()):
            await self.action_quit()

    def action_suspend_process(self) -> None:
        """Stop as a shell's job and come back with all as it was, or say why not."""
        stopped = self._suspension is not None and self._suspension.stop_job()
        if not stopped and isinstance(self.screen, DeskScreen):
            self.screen.tell(NOT_SUSPENDED.text(self.screen.language))

    def on_mount(self) -> None:
        """Show home, and the first question over it when there is a sitting."""
        if self._driver is not None:
            self._suspension = Suspension(self._driver, lambda: self.refresh(layout=True))
            self._suspension.watch_signals()
        self.push_screen(HomeScreen(self.desk))
        if self._session is not None:
            from studytool.tui.study_screen import StudyScreen  # late: home asks nothing

            self.push_screen(StudyScreen(self.desk, self._session))
