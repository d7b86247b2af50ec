"""The moment after a question turns into a mark: what was typed for the one is not for the other."""

from collections.abc import Callable
from typing import ClassVar

from textual.screen import Screen
from textual.timer import Timer


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

    def __bool__(self) -> bool:
        """Tell whether digits and Enter are not heard now."""
        return self._ends is not None

    def begin(self) -> None:
        """Hear nothing for a while from now on."""
        self.end()
        if self.seconds:
            self._ends = self._screen.set_timer(self.seconds, self._hear_again)

    def end(self) -> None:
        """Hear everything at once, as where another question is in view."""
        if self._ends is not None:
            self._ends.stop()
            self._ends = None

    def _hear_again(self) -> None:
        self.end()
        self._listen()
