"""Work without the collector of cycles, which looks through all that the work holds, again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
