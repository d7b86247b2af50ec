"""A crew of processes that take tasks: none is lost, each is held to its limits, all can be stopped."""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from studytool.errors import Cancelled
from studytool.processes import interrupts_for_the_parent
from studytool.verification.limits import hold_memory
from studytool.verification.running_time import RunningTime

if TYPE_CHECKING:
    from ctypes import c_byte
    from multiprocessing.context import SpawnProcess

POLL_SECONDS = 0.2
"""The longest time that a cancel goes unseen while no task ends."""
GRACE_SECONDS = 10.0
"""A process that does not stop so long after it must is killed."""

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
Work = Callable[[_Task, Callable[[], bool]], _Result]
"""Does a task; asks now and then whether it must stop, and then raises Cancelled."""


class CannotStartError(Exception):
    """No process starts, because it cannot import the program's main module."""


class TaskLoss(StrEnum):
    """Why a task has no result."""

    KILLED = "killed"
    LATE = "late"
    OVERRUN = "overrun"
    """The system has ended its process, whose processor time was at its limit."""


@dataclass(slots=True)
class _Worker:
    """A process, and the task that it is at: none at first, and none once all are given out.

    Attributes:
        is_ready: whether it has said that it takes tasks.
        until: of the crew's running time; then it is killed if it has not ended the task.
    """

    process: "SpawnProcess"
    connection: "Connection[Any, Any]"  # a task there; None, then its results, back
    number: int | None = None
    until: float = inf
    is_ready: bool = False

    def is_late(self, seconds: float) -> bool:
        return self.number is not None and seconds > self.until


class Crew(Generic[_Task, _Result]):
    """Processes that take one task after another.

    Args:
        work: what each does with a task; it is sent to them, and so must be a module's function or
            a partial one.
        seconds: how long a task may take by the clock; a process at one for longer is killed.
        memory_bytes: of address space that each may take beyond what it has at its start.
    """

    def __init__(
        self, work: "Work[_Task, _Result]", seconds: Callable[[_Task], float], memory_bytes: int
    ) -> None:
        self._context = get_context("spawn")
        self._stop = self._context.RawValue("b", 0)  # no lock, which a killed worker could keep
        self._work = work
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._workers: list[_Worker] = []
        self._clock = RunningTime()

    def run(
        self, tasks: Mapping[int, _Task], jobs: int, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, _Result | TaskLoss]]:
        """Run tasks, begun in their order; return each result, or its loss, as it comes.

        Raises:
            CannotStartError: no process can be started.
        """
        waiting = deque(tasks)
        try:
            while len(self._workers) < min(jobs, len(tasks)):
                self._start()
            while (waiting or self._busy) and not cancelled():
                heard = wait([worker.connection for worker in self._workers], POLL_SECONDS)
                seconds = self._clock.seconds()
                for worker in list(self._workers):
                    if worker.connection in heard:
                        yield from self._hear(worker)
                    elif worker.is_late(seconds) and worker.number is not None:
                        yield worker.number, TaskLoss.LATE
                        self._replace(worker)
                self._give(tasks, waiting)
        finally:
            self._end()

    @property
    def _busy(self) -> bool:
        return any(worker.number is not None for worker in self._workers)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        serve = (theirs, self._stop, self._work, self._memory_bytes)
        process = self._context.Process(target=_serve, args=serve, daemon=True)
        with _one_thread_each(), interrupts_for_the_parent():
            process.start()
        theirs.close()  # so that its end is heard here
        self._workers.append(_Worker(process, ours))

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, _Result | TaskLoss]]:
        """Take a worker's result, or its death."""
        try:
            finding = worker.connection.recv()
        except (EOFError, OSError) as error:
            if not worker.is_ready:
                raise CannotStartError from error
            self._replace(worker)
            finding = _loss(worker.process.exitcode)
        number, worker.number, worker.is_ready = worker.number, None, True
        if number is not None:
            yield number, finding

    def _replace(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _kill(worker)
        self._start()

    def _give(self, tasks: Mapping[int, _Task], waiting: deque[int]) -> None:
        for worker in self._workers:
            if waiting and worker.is_ready and worker.number is None:
                worker.number = waiting.popleft()
                task = tasks[worker.number]
                worker.until = self._clock.seconds() + self._seconds(task) + GRACE_SECONDS
                with suppress(OSError):  # it has just died, which is heard next
                    worker.connection.send(task)

    def _end(self) -> None:
        """Stop every worker: at once where it waits, after a while where it does not listen."""
        self._stop.value = 1
        end = time.monotonic() + GRACE_SECONDS
        for worker in self._workers:
            worker.connection.close()
        for worker in self._workers:
            worker.process.join(max(0.0, end - time.monotonic()))
            _kill(worker)
        self._workers.clear()
        self._stop.value = 0


def _loss(exit_code: int | None) -> TaskLoss:
    """Tell a process at the end of its processor time from one that was killed."""
    limit = getattr(signal, "SIGXCPU", None)
    is_overrun = limit is not None and exit_code == -limit
    return TaskLoss.OVERRUN if is_overrun else TaskLoss.KILLED


def _kill(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.kill()
    worker.process.join()


_THREAD_COUNTS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Give each process that starts within the block one BLAS thread: the jobs share the cores."""
    before = {name: os.environ.get(name) for name in _THREAD_COUNTS}
    os.environ.update(dict.fromkeys(_THREAD_COUNTS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(
    connection: "Connection[object, _Task]",
    stop: "c_byte",
    work: "Work[_Task, object]",
    memory_bytes: int,
) -> None:
    """Take tasks until the parent has none, has stopped or is gone.

    Ctrl-C is left to the parent, which ends the run in order through ``stop``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_memory(memory_bytes)
    with suppress(EOFError, OSError, Cancelled):
        connection.send(None)
        while True:
            task = connection.recv()
            connection.send(work(task, lambda: bool(stop.value)))
