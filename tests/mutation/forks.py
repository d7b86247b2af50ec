"""Run tasks in forked processes, a few at a time, each with a limit of the processor's time."""

import os
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

Fate = Literal["killed", "timed out", "survived", "crashed"]

CRASHED = 9
"""What a task returns where its tests could not be run: that says nothing of a mutant."""

_ENDED = 64
"""Added to a task's number, so that no other end of a process is taken for one."""

_LONGEST_WAIT = 20
"""Wall seconds for each second of the processor: others use the machine, too."""

_MOST_BYTES = 8 * 2**30
_BETWEEN_SECONDS = 0.005
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Task(Generic[_Key]):
    """Something to run in a process of its own.

    Attributes:
        run: returns 0 where all tests passed, 1 where one failed.
        seconds: of the processor's time, after which it is ended.
    """

    key: _Key
    run: Callable[[], int]
    seconds: float


def run_forked(tasks: Iterable[Task[_Key]], *, jobs: int) -> Iterator[tuple[_Key, Fate]]:
    """Run each task in a process of its own, and return what became of it."""
    waiting = iter(tasks)
    running: dict[int, tuple[_Key, float]] = {}
    while True:
        while len(running) < jobs:
            task = next(waiting, None)
            if task is None:
                break
            deadline = time.monotonic() + _LONGEST_WAIT * task.seconds
            running[_start(task)] = (task.key, deadline)
        if not running:
            return
        time.sleep(_BETWEEN_SECONDS)
        for pid in list(running):
            fate = _fate(pid, running[pid][1])
            if fate is not None:
                yield running.pop(pid)[0], fate


def _start(task: Task[_Key]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 0
    try:
        os.setsid()
        _be_silent()
        used, most = int(time.process_time()), int(task.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used + most, used + most + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
        status = _ENDED + task.run()
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
    match os.waitstatus_to_exitcode(status):
        case code if code == _ENDED:
            return "survived"
        case code if code == _ENDED + 1:
            return "killed"
        case code if code == -signal.SIGXCPU:
            return "timed out"
        case _:
            return "crashed"


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
