"""Work without the collector of cycles, which looks through all that the work holds, again and again."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


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


def begin_collection() -> None:
    """Let the collector run where it was put off; it passes over all that is there already."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


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
