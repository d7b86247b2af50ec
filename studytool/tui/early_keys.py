"""Keys pressed before what they are for is in view: text is kept, and nothing acts unseen."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.screen import Screen

_LINE_FEED = "ctrl+j"
"""What Enter is of a terminal that waits for whole lines, as before the program has begun."""


class UnseenScreen(Screen[None]):
    """A screen that is not in view yet when it is on top; then keys are held until it is."""

    def __init__(self) -> None:
        super().__init__()
        self._in_view_since: float | None = None

    @property
    def is_in_view(self) -> bool:
        """Return whether keys that are pressed now are for what the screen shows."""
        return self._in_view_since is not None

    def took_early(self, event: Key) -> bool:
        """Take a key that was pressed before what is in view was; return whether it was one."""
        early = self._in_view_since is None or event.time < self._in_view_since
        if early and self.take_early(event):
            event.stop()
            event.prevent_default()  # nor does the entry take it, which has the cursor by now
        return early

    def go_out_of_view(self) -> None:
        """Hold the keys from now on: something else will be shown."""
        self._in_view_since = None

    def come_into_view(self) -> None:
        """Hear keys again once all is drawn."""
        self.call_after_refresh(self._hear_from_now_on)

    def take_early(self, event: Key | Paste) -> bool:
        """Take a key that was held; return False where it is to act as any does."""
        del event  # a screen that asks nothing hears it all the same
        return False

    def _hear_from_now_on(self) -> None:
        self._in_view_since = Message().time  # of the clock by which events are stamped


class EarlyKeys:
    """The keys that are held until the screen on top can hear them.

    Args:
        app: whose screens they are.
        hear: lets the app hear an event.
    """

    def __init__(self, app: App[Any], hear: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._hear = hear
        self._held: list[Key | Paste] = []

    def hold(self, event: Event) -> bool:
        """Hold a key, or a pasted text, that comes too early; return whether it was held."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            return False
        if self._held:
            self._held.append(event)
            return True
        if _can_hear(self._app.screen):
            return False
        self._held.append(event)
        self._wait()
        return True

    def _wait(self) -> None:
        """Wait until the screen on top has drawn what it has."""
        self._app.screen.call_after_refresh(self._app.call_later, self._let_go)

    async def _let_go(self) -> None:
        """Give the keys in their order to the screen on top, as far as it can hear them."""
        while self._held:
            screen = self._app.screen
            if not _can_hear(screen):
                self._wait()
                return
            await self._give(self._held.pop(0), screen)

    async def _give(self, event: Key | Paste, screen: Screen[Any]) -> None:
        if not (isinstance(screen, UnseenScreen) and screen.take_early(event)):
            is_enter = isinstance(event, Key) and event.key == _LINE_FEED
            await self._hear(Key("enter", "\r") if is_enter else event)


def is_leaving(event: Key | Paste) -> bool:
    """Tell whether a key goes back from where it is pressed, whatever is asked there."""
    return isinstance(event, Key) and event.key == "escape"


def _can_hear(screen: Screen[Any]) -> bool:
    return screen.is_mounted and not (isinstance(screen, UnseenScreen) and not screen.is_in_view)
