"""Processes that work for this one."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from multiprocessing import resource_tracker


@contextmanager
def interrupts_for_the_parent() -> Iterator[None]:
    """Let processes that start here never see Ctrl-C: the parent ends their work in order."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    with redirect_stderr(sys.__stderr__):  # it is handed on: a full screen has put another there
        resource_tracker.ensure_running()  # when it starts later it unblocks the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
