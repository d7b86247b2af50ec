"""The moment after a question turns into a mark: what was typed for the one is not for the other."""

from collections.abc import Callable
from time import monotonic
from typing import ClassVar

from textual.screen import Screen
from textual.timer import Timer

_HELD_SECONDS = 0.2
"""Longer than from one key to the next of a key that is held down."""


class Deafness:
    """A while in which digits and Enter are not heard, so that a double tap rates nothing unseen.

    Args:
        screen: whose keys they are.
        listen: called once they are heard again.

    Attributes:
        seconds: how long it takes to see that there is a mark.
    """

    seconds: ClassVar[float] = 0.4

    def __init__(self, screen: Screen[None], listen: Callable[[], None]) -> None:
        self._screen = screen
        self._listen = listen
        self._ends: Timer | None = None
        self._until = 0.0

    def __bool__(self) -> bool:
        """Tell whether digits and Enter are not heard now."""
        return self._ends is not None

    def begin(self) -> None:
        """Hear nothing for a while from now on."""
        self._go_on(self.seconds)

    def prolong(self) -> None:
        """Hear nothing either while a key is held down: it rates nothing, however long."""
        if self:
            self._go_on(max(self._until - monotonic(), _HELD_SECONDS))

    def _go_on(self, seconds: float) -> None:
        self.end()
        if seconds:
            self._until = monotonic() + seconds
            self._ends = self._screen.set_timer(seconds, self._hear_again)

    def end(self) -> None:
        """Hear everything at once, as where another question is in view."""
        if self._ends is not None:
            self._ends.stop()
            self._ends = None

    def _hear_again(self) -> None:
        self.end()
        self._listen()
