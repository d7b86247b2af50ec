"""Work without the collector of cycles, which looks through all that the work holds, again and again."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector off while the block runs; it must make no cycles that matter."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def put_off_collection() -> None:
    """Keep the collector off until :func:`begin_collection`: what a start makes is there to stay."""
    gc.disable()


def begin_collection() -> bool:
    """Let the collector run where it was put off; it passes over all that is there already.

    Returns:
        Whether it was put off.
    """
    was_put_off = not gc.isenabled()
    if was_put_off:
        gc.freeze()
        gc.enable()
    return was_put_off


class RestingCollector:
    """Have the collector look through all while no key comes: that takes longer than a frame.

    It still does so between keys where they never end.

    Args:
        loop: in which the keys are heard.
    """

    def __init__(self, loop: "AbstractEventLoop") -> None:
        self._loop = loop
        self._planned: TimerHandle | None = None
        gc.set_threshold(*_THRESHOLDS)

    def put_off(self) -> None:
        """Wait anew for a rest, since a key has come."""
        if self._planned is not None:
            self._planned.cancel()
        self._planned = self._loop.call_later(_REST_SECONDS, self._collect)

    def _collect(self) -> None:
        young, older, _ = gc.get_count()
        if young >= _WORTH_A_LOOK or older:
            gc.collect()


def share_one_heap() -> None:
    """Let threads that start from now on share one heap, where the C library is glibc.

    Else each thread has a heap of its own, and what a simulation took there once is never given back.
    """
    if not sys.platform.startswith("linux"):
        return
    from ctypes import CDLL  # late: only a long run needs it

    with suppress(AttributeError, OSError):  # another C library
        set_option = CDLL(None).mallopt
        set_option(_M_ARENA_MAX, 1)
        set_option(_M_TRIM_THRESHOLD, _TRIM_BYTES)  # else it grows with each large array


_M_ARENA_MAX, _M_TRIM_THRESHOLD = -8, -1
_TRIM_BYTES = 128 << 10
"""So many free bytes at the heap's end are given back, and larger arrays have pages of their own."""
_REST_SECONDS = 0.3
_THRESHOLDS = (10_000, 10, 5)
"""Of new objects, and of looks at them and at those a little older, between two looks."""
_WORTH_A_LOOK = 5_000
"""Objects since the last look."""
