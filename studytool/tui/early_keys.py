"""Keys take effect one after another, each on what the keys before it have brought into view."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.screen import Screen

_LINE_FEED = "ctrl+j"
"""What Enter is of a terminal that waits for whole lines, as before the program has begun."""
_LEGS = 3
"""Ways to the app: of the key, of what a widget sends when it has heard it, of what the screen then does."""
_AGAIN_SECONDS = 0.25
"""After which held keys are looked at again, where what they wait for went away with its widget."""


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
        early = self.was_unseen_at(event)
        if early and self.take_early(event):
            event.stop()
            event.prevent_default()  # nor does the entry take it, which has the cursor by now
        return early

    def was_unseen_at(self, event: Event) -> bool:
        """Return whether something was pressed before what the screen shows was in view."""
        return self._in_view_since is None or event.time < self._in_view_since

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
    """The keys that are held until the ones before them have had their effect, and it is in view.

    A key goes from the widget in focus up to the app, which may open a screen by it; meanwhile
    Textual gives the keys behind it to the widget that had the focus when they came.

    Args:
        app: whose screens they are.
        hear: lets the app hear an event.
    """

    class Behind(Message):
        """Goes the way of a key behind it; where it comes back, all have heard the key.

        Args:
            leg: the number of the way.
        """

        def __init__(self, leg: int) -> None:
            super().__init__()
            self.leg = leg

    def __init__(self, app: App[Any], hear: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._hear = hear
        self._held: list[Key | Paste] = []
        self._looks = False  # again and again at what is held
        self._leg = 0
        self._legs_left = 0
        self._is_typing = False  # what was typed into an entry, nobody waited for
        self._waits = False  # for the screen on top to be drawn
        self._ground: Screen[Any] | None = None  # on which the key under way was pressed

    async def take(self, event: Event) -> None:
        """Let the app hear an event; a key, or a pasted text, not before its time."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await self._hear(event)
            return
        self._held.append(event)
        await self._let_go()

    async def come_back(self, event: Behind) -> None:
        """Follow the key further, or let the next one go where it has had its effect."""
        if event.leg != self._leg or not self._legs_left:
            return  # sent twice, since the first was late
        if not self._app.screen_stack:
            return  # the program ends, by this key
        self._legs_left -= 1
        if self._legs_left:
            self._leg += 1
            self._send()
            return
        ground, self._ground = self._ground, None
        if self._app.screen is ground:
            await self._let_go()
        else:
            self._wait()

    async def _let_go(self) -> None:
        """Give the keys in their order to the screen on top, as far as it can hear them."""
        while self._held and not self._legs_left and not self._waits:
            if not _can_hear(self._app.screen):
                self._wait()
            elif self._is_typing and not self._is_typed(self._held[0]):
                self._follow(1)
            else:
                await self._give(self._held.pop(0))
        if self._held and not self._looks:
            self._looks = True
            self._app.set_timer(_AGAIN_SECONDS, self._look_again)

    async def _give(self, event: Key | Paste) -> None:
        screen = self._app.screen
        if not isinstance(screen, UnseenScreen) or not screen.was_unseen_at(event):
            await self._pass_on(event)
        elif not screen.take_early(event):
            is_enter = isinstance(event, Key) and event.key == _LINE_FEED
            await self._pass_on(Key("enter", "\r") if is_enter else event)

    async def _pass_on(self, event: Key | Paste) -> None:
        """Let the app hear a key, and follow it unless it is only typed."""
        if self._is_typed(event):
            self._is_typing = True
            await self._hear(event)
        else:
            self._ground = self._app.screen
            await self._hear(event)
            self._follow(_LEGS)

    def _is_typed(self, event: Key | Paste) -> bool:
        """Return whether the entry with the cursor takes a key, which leads nowhere then."""
        focused = self._app.focused
        return isinstance(event, Paste) or (
            focused is not None and focused.check_consume_key(event.key, event.character)
        )

    def _follow(self, legs: int) -> None:
        self._is_typing = False
        self._ground = self._ground or self._app.screen
        self._leg += 1
        self._legs_left = legs
        self._send()

    def _send(self) -> None:
        (self._app.focused or self._app.screen).post_message(self.Behind(self._leg))

    def _wait(self) -> None:
        """Wait until the screen on top has drawn what it has, and has its cursor."""
        self._waits = True
        self._app.screen.call_after_refresh(self._app.call_later, self._go_on)

    async def _go_on(self) -> None:
        if not self._legs_left:
            self._waits, self._ground = False, None
            await self._let_go()

    def _look_again(self) -> None:
        """Ask anew where the answer may have gone away with the widget that had to give it."""
        self._looks = bool(self._held)
        if not self._looks:
            return
        self._app.set_timer(_AGAIN_SECONDS, self._look_again)
        if self._legs_left:
            self._send()
        else:
            self._wait()


def is_leaving(event: Key | Paste) -> bool:
    """Tell whether a key goes back from where it is pressed, whatever is asked there."""
    return isinstance(event, Key) and event.key == "escape"


def _can_hear(screen: Screen[Any]) -> bool:
    return screen.is_mounted and not (isinstance(screen, UnseenScreen) and not screen.is_in_view)
