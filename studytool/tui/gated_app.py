"""What every full-screen program here does: one gate for lines, keys and faults, and a shell's job."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual._path import CSSPathType
from textual._styles_cache import StylesCache
from textual.app import App
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.events import Event, InputEvent, Key, Paste
from textual.filter import LineFilter
from textual.theme import Theme
from textual.worker import WorkerFailed

from studytool.collection import RestingCollector, begin_collection
from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.tui.bindings import bindings_of
from studytool.tui.early_keys import EarlyKeys
from studytool.tui.key_bar import TELLS_KEYS, KeyBar
from studytool.tui.shown_text import ControlFilter
from studytool.tui.suspension import Suspension
from studytool.tui.themes import CONTRAST, INK, PAPER
from studytool.tui.window_size import is_unseen, type_unseen
from studytool.wording.keys import KeyPlace

_CONTROLS = ControlFilter()
_THEMES = {theme.name: theme for theme in (INK, PAPER, CONTRAST)}

if not isinstance(vars(StylesCache)["get_inner_outer"], classmethod):
    # Textual's cache of this method has its object in each key: what a widget drew outlived the widget.
    StylesCache.get_inner_outer = classmethod(StylesCache.get_inner_outer)  # type: ignore[arg-type, assignment, method-assign]

_SCREENS_SHEET = str(Path(__file__).with_name("screens.tcss"))

_LEAVING = ("ctrl+c", "ctrl+q", "ctrl+z")
"""Keys that do what they say whatever the window shows."""


class GatedApp(App[None]):
    """A full-screen program; its subclass pushes the first screen.

    Args:
        theme: in which it begins, by its name.

    Attributes:
        fault: what ended the program before its time, None where nothing did.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "styles.tcss"
    TITLE = "studytool"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.ANYWHERE)

    def __init__(self, theme: str = INK.name) -> None:
        self.set_reactive(App.theme, theme)  # before anything is styled: else all is styled twice
        super().__init__()
        for own in _THEMES.values():
            self.register_theme(own)
        self.fault: Exception | None = None
        self._suspension: Suspension | None = None
        self._collector: RestingCollector | None = None
        self._early = EarlyKeys(self, self._hear)

    async def on_event(self, event: Event) -> None:
        """Hold keys that come before what they are for is in view."""
        if self._collector is not None and isinstance(event, InputEvent):
            self._collector.put_off()
        await (self._hear(event) if _leaves(event) else self._early.take(event))

    async def on_early_keys_behind(self, event: EarlyKeys.Behind) -> None:
        """Hear the next key, where the one before has had its effect."""
        await self._early.come_back(event)

    async def _hear(self, event: Event) -> None:
        """While the window is too small, let keys type where the cursor was, and do nothing else."""
        asked = isinstance(event, InputEvent | Paste) and not _leaves(event)
        if not (asked and is_unseen(self.screen, self.size)):
            await super().on_event(event)
        elif isinstance(event, Key | Paste) and not event.is_forwarded:
            type_unseen(self.screen, event)

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme; ours, before any is registered too."""
        return _THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Pass all lines of all screens through one gate, whatever widget made them."""
        return [*super().get_line_filters(), _CONTROLS]

    def _handle_exception(self, error: Exception) -> None:
        """End with what went wrong, from any screen; the command line says it on a clean screen."""
        if self._exit and isinstance(error, NoMatches):
            return  # it ends before a screen is whole
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        if self.is_headless and not isinstance(error, StudytoolError):
            super()._handle_exception(error)  # a test sees it where it happens
            return
        self.fault = self.fault or error
        self.exit(return_code=2)

    async def action_stop_or_quit(self) -> None:
        """Stop what the learner has asked the screen to do; quit where nothing is under way."""
        await self.action_quit()

    def action_palette(self) -> None:
        """Open the palette over what is in view, or close it."""
        from studytool.tui.palette_choice import open_palette  # late: asked for by a key

        open_palette(self, self.palette_language)

    def action_jump(self) -> None:
        """Put a letter on all that can be acted on, or take the letters away."""
        from studytool.tui.jump_screen import open_jump  # late: asked for by a key

        open_jump(self)

    def action_keys(self) -> None:
        """Keep what each key does in view at the bottom of every screen, or fold it."""
        self.toggle_class(TELLS_KEYS)
        for screen in self.screen_stack:
            for bar in screen.query(KeyBar):
                bar.fill()

    @property
    def palette_language(self) -> Language:
        """Return the language of the palette."""
        raise NotImplementedError

    def action_suspend_process(self) -> None:
        """Stop as a shell's job and come back with all as it was, or say why not."""
        self.stop_job()

    def stop_job(self) -> bool:
        """Stop as a shell's job; return whether there was a shell to go to."""
        return self._suspension is not None and self._suspension.stop_job()

    def on_mount(self) -> None:
        """Be a shell's job, that is stopped and goes on."""
        if self._driver is not None:
            self._suspension = Suspension(self._driver, lambda: self.refresh(layout=True))
            self._suspension.watch_signals()
        self.call_after_refresh(self._settle)

    def push_screen(self, *arguments: Any, **named: Any) -> Any:
        """Show a screen over what is in view."""
        self.style_screens()
        return super().push_screen(*arguments, **named)

    def style_screens(self) -> None:
        """Read the sheet of the screens over home, and of its panels, once."""
        if not self.stylesheet.has_source(_SCREENS_SHEET):
            self.stylesheet.read(_SCREENS_SHEET)
            self.stylesheet.parse()  # Textual would parse all other sheets anew

    def _settle(self) -> None:
        """Do behind the first frame what the first frame does without."""
        self.style_screens()
        if begin_collection():
            self._collector = RestingCollector(asyncio.get_running_loop())


def _leaves(event: Event) -> bool:
    return isinstance(event, Key) and event.key in _LEAVING
