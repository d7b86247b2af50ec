"""Run tasks in forked processes, a few at a time, each with a time limit."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Literal, TypeVar

Fate = Literal["killed", "timed out", "survived"]

LONGEST_SECONDS = 60.0
ENDED = 64
"""Added to pytest's exit status, so that no other end of a process is taken for one."""

_BETWEEN_SECONDS = 0.005
_Key = TypeVar("_Key")


def run_forked(
    tasks: Iterable[tuple[_Key, Callable[[], int]]], *, jobs: int, seconds: float = LONGEST_SECONDS
) -> Iterator[tuple[_Key, Fate]]:
    """Run each task in a process of its own; its number is pytest's exit status.

    Raises:
        RuntimeError: a process ended otherwise: that says nothing of a mutant.
    """
    waiting = iter(tasks)
    running: dict[int, tuple[_Key, float]] = {}
    while True:
        while len(running) < jobs:
            task = next(waiting, None)
            if task is None:
                break
            running[_start(task[1])] = (task[0], time.monotonic() + seconds)
        if not running:
            return
        time.sleep(_BETWEEN_SECONDS)
        for pid in list(running):
            fate = _fate(pid, running[pid][1])
            if fate is not None:
                yield running.pop(pid)[0], fate


def _start(task: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 0
    try:
        os.setsid()
        _be_silent()
        status = ENDED + task()
    finally:
        os._exit(status or 1)


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def _fate(pid: int, deadline: float) -> Fate | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        if time.monotonic() < deadline:
            return None
        _kill(pid)
        return "timed out"
    _kill(pid)  # what it started
    match os.waitstatus_to_exitcode(status) - ENDED:
        case 0:
            return "survived"
        case 1 | 2:  # a test failed, or a module could not even be imported
            return "killed"
        case other:
            raise RuntimeError(f"a process ended with {other + ENDED} instead of pytest's status")


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
