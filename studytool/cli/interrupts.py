"""Ctrl-C: noted from the start of a run to its end, and gathered where it may not come halfway."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from studytool.errors import Cancelled

_noted: list[float] = []
"""When Ctrl-C ended what was under way. A library may take it for an error of its own, or drop it."""


class Interrupts:
    """The times that Ctrl-C came while work was under way, with those before that had no effect."""

    def __init__(self) -> None:
        self.times = list(_noted)

    def came(self) -> bool:
        """Tell whether the learner wants the work to end."""
        return bool(self.times)

    def check(self) -> None:
        """End the work if the learner wants it.

        Raises:
            Cancelled: Ctrl-C came.
        """
        if self.times:
            raise Cancelled

    @contextmanager
    def let_through(self) -> Iterator[None]:
        """Wait for something: Ctrl-C ends the wait at once, also one that came before it.

        Raises:
            KeyboardInterrupt: Ctrl-C came.
        """
        with _handled_by(signal.default_int_handler):
            if self.times:
                raise KeyboardInterrupt
            yield


@contextmanager
def noted_interrupts() -> Iterator[None]:
    """Let Ctrl-C end what is under way, and note that it came.

    The note stays when the ``KeyboardInterrupt`` does not: up to Python 3.11 one within
    ``__set_name__`` becomes a ``RuntimeError``, and pydantic makes a ``SchemaError`` of one.
    """
    _noted.clear()

    def note(number: int, frame: FrameType | None) -> None:
        _noted.append(monotonic())
        signal.default_int_handler(number, frame)

    def leave(dropped: "sys.UnraisableHookArgs") -> None:
        if not isinstance(dropped.exc_value, KeyboardInterrupt):  # that one is noted
            others(dropped)

    others, sys.unraisablehook = sys.unraisablehook, leave
    try:
        with _handled_by(note):
            yield
    finally:
        sys.unraisablehook = others


def is_interrupted() -> bool:
    """Tell whether Ctrl-C ended something in this run."""
    return bool(_noted)


@contextmanager
def gathered_interrupts() -> Iterator[Interrupts]:
    """Gather Ctrl-C instead of dying by it."""
    interrupts = Interrupts()
    with _handled_by(lambda *_: interrupts.times.append(monotonic())):
        yield interrupts


@contextmanager
def python_interrupts() -> Iterator[None]:
    """Let Python's own handler take Ctrl-C: asyncio ends its loop in order only where it finds that one."""
    with _handled_by(signal.default_int_handler):
        yield


@contextmanager
def _handled_by(handler: "signal._HANDLER") -> Iterator[None]:
    """Let ``handler`` take Ctrl-C, unless it is to be ignored."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
