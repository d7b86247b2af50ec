"""The full-screen program: home, and a session over it where one is begun at once."""

from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Language
from studytool.session.desk import Desk
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.gated_app import GatedApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.themes import THEMES
from studytool.wording.study import NOT_SUSPENDED

if TYPE_CHECKING:
    from studytool.session.study_session import StudySession
    from studytool.tui.claims_screen import ClaimsScreen


class StudyApp(GatedApp):
    """The learner's full-screen program.

    Args:
        desk: the learner's state, opened; the caller closes it.
        session: begun at once, over the home screen.
        experiment: of the lab, opened at once; empty for all of them.
    """

    class MadeAgain(Message):
        """What a damaged bit had changed was made again of the events, or cannot be."""

        def __init__(self, error: StateError | None) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        desk: Desk,
        *,
        session: "StudySession | None" = None,
        experiment: str | None = None,
    ) -> None:
        super().__init__(THEMES[desk.settings.theme])
        self.desk = desk
        self.home = HomeScreen(desk)
        self._session = session
        self._experiment = experiment

    def action_palette(self) -> None:
        """Open the palette over what is in view, or close it."""
        from studytool.tui.palette_choice import (  # late: asked for by a key
            PaletteGround,
            do_choice,
            open_palette,
        )

        ground = PaletteGround(self, self.desk, self.home)
        open_palette(self, self.palette_language, desk=self.desk, do=partial(do_choice, ground))

    @property
    def palette_language(self) -> Language:
        """Return the learner's language."""
        return self.desk.settings.language

    async def action_stop_or_quit(self) -> None:
        """Stop what the learner has asked the screen to do; quit where nothing is under way."""
        screen = self.screen
        if not (isinstance(screen, DeskScreen) and screen.stop_work()):
            await self.action_quit()

    def on_claims_screen_items_wanted(self, event: "ClaimsScreen.ItemsWanted") -> None:
        """Show the items that rest on a claim, over the claims."""
        from studytool.tui.browse_screen import BrowseScreen  # late: asked for by a key

        self.push_screen(BrowseScreen(self.desk, event.query))

    def action_suspend_process(self) -> None:
        """Stop as a shell's job and come back with all as it was, or say why not."""
        if not self.stop_job() and isinstance(self.screen, DeskScreen):
            self.screen.tell(NOT_SUSPENDED.text(self.screen.language))

    def get_default_screen(self) -> Screen[None]:
        """Return home, whose first frame waits for no other screen then."""
        return self.home

    def on_mount(self) -> None:
        """Show the first question over home when there is a sitting."""
        if self._session is not None:
            from studytool.tui.study_screen import StudyScreen  # late: home asks nothing

            self.push_screen(StudyScreen(self.desk, self._session))
        if self._experiment is not None:
            from studytool.tui.experiments_screen import open_lab  # late: it loads the core

            open_lab(self, self.desk, self._experiment)
        if self._session is None:
            self.call_after_refresh(self._compare)

    @work(thread=True)
    def _compare(self) -> None:
        """Compare what home has shown with what was written, beside it."""
        try:
            if self.desk.compare_beside():
                return
            error = None
        except StateError as found:
            if found.fault is not Fault.DAMAGED:  # as that another program writes
                return
            error = found
        self.post_message(self.MadeAgain(error))

    async def on_study_app_made_again(self, event: MadeAgain) -> None:
        """Show what is in view anew, or say that it may be wrong."""
        self.desk.unsound = event.error  # home tells it
        if event.error is None:
            self.desk.renew()
        if isinstance(self.screen, DeskScreen):
            await self.screen.show_again()
