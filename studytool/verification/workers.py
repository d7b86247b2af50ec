"""Run tasks over processes: a killed worker loses none, and a cancel ends them in order."""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.processes import interrupts_for_the_parent
from studytool.verification.evidence import Evidence
from studytool.verification.limits import (
    USUAL_LIMITS,
    TaskLimits,
    TaskRunner,
    hold_memory,
    run_within,
)
from studytool.verification.problems import KilledProcess, SlowTask
from studytool.verification.tasks import VerificationTask, not_run, run_task

if TYPE_CHECKING:
    from ctypes import c_byte
    from multiprocessing.context import SpawnProcess

Findings = Iterator[tuple[int, Evidence]]
Tasks = Mapping[int, VerificationTask]
POLL_SECONDS = 0.2
"""The longest time that a cancel goes unseen while no task ends."""
GRACE_SECONDS = 10.0
"""A process that does not stop so long after it must is killed."""


class _CannotStartError(Exception):
    """No process starts, because it cannot import the program's main module."""


def one_by_one(
    tasks: Tasks, cancelled: Callable[[], bool], limits: TaskLimits = USUAL_LIMITS
) -> Findings:
    """Run tasks in this process."""
    for number, task in tasks.items():
        try:
            yield number, run_within(task, limits, cancelled)
        except Cancelled:
            return
        if cancelled():
            return


def over_processes(
    tasks: Tasks,
    *,
    jobs: int,
    limits: TaskLimits = USUAL_LIMITS,
    cancelled: Callable[[], bool] = never,
    work: TaskRunner = run_task,
) -> Findings:
    """Run tasks over ``jobs`` processes, begun in the order given.

    What a process was at when it was killed is run again after all else, alone; when it is killed
    again it is undecided, and says so. What takes longer than its limit is undecided; what takes
    more memory, too. Where no process can be started the tasks are run in this one.
    """
    left, killed = dict(tasks), []
    crew = _Crew(limits, work)
    try:
        for number, finding in crew.run(tasks, jobs, cancelled):
            del left[number]
            if finding is None:
                killed.append(number)
            else:
                yield number, finding
        for number in killed:
            for _, finding in crew.run({number: tasks[number]}, 1, cancelled):
                yield number, finding or not_run(tasks[number], KilledProcess())
    except _CannotStartError:
        yield from one_by_one(left, cancelled, limits)


def spread(
    executor: Executor,
    tasks: Tasks,
    *,
    limits: TaskLimits = USUAL_LIMITS,
    cancelled: Callable[[], bool] = never,
) -> Findings:
    """Run tasks on any executor of the standard interface; return each finding as it comes."""
    waiting: dict[Future[Evidence], int] = {
        executor.submit(run_within, task, limits, never): number for number, task in tasks.items()
    }
    while waiting and not cancelled():
        done, _ = wait_for(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in [future for future in waiting if future in done]:
            yield waiting.pop(future), future.result()


# --- the parent's side ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    """A process, and the task that it is at: none at first, and none once all are given out.

    Attributes:
        is_ready: whether it has said that it takes tasks.
        until: when it is killed if it has not ended the task.
    """

    process: "SpawnProcess"
    connection: "Connection[VerificationTask, Evidence | None]"
    number: int | None = None
    until: float = inf
    is_ready: bool = False

    @property
    def is_late(self) -> bool:
        return self.number is not None and time.monotonic() > self.until


class _Crew:
    """Processes that take one task after another."""

    def __init__(self, limits: TaskLimits, work: TaskRunner) -> None:
        self._context = get_context("spawn")
        self._stop = self._context.RawValue("b", 0)  # no lock, which a killed worker could keep
        self._limits = limits
        self._work = work
        self._workers: list[_Worker] = []

    def run(
        self, tasks: Tasks, jobs: int, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Evidence | None]]:
        """Run tasks; None for one whose process was killed."""
        waiting = deque(tasks)
        try:
            while len(self._workers) < min(jobs, len(tasks)):
                self._start()
            while (waiting or self._busy) and not cancelled():
                heard = wait([worker.connection for worker in self._workers], POLL_SECONDS)
                for worker in list(self._workers):
                    if worker.connection in heard:
                        yield from self._hear(worker)
                    elif worker.is_late and worker.number is not None:
                        slow = not_run(tasks[worker.number], SlowTask(self._limits.seconds))
                        yield worker.number, slow
                        self._replace(worker)
                self._give(tasks, waiting)
        finally:
            self._end()

    @property
    def _busy(self) -> bool:
        return any(worker.number is not None for worker in self._workers)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        serve = (theirs, self._stop, self._limits, self._work)
        process = self._context.Process(target=_serve, args=serve, daemon=True)
        with _one_thread_each(), interrupts_for_the_parent():
            process.start()
        theirs.close()  # so that its end is heard here
        self._workers.append(_Worker(process, ours))

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, Evidence | None]]:
        """Take a worker's finding, or its death.

        Raises:
            _CannotStartError: it died before it took a task.
        """
        try:
            finding = worker.connection.recv()
        except (EOFError, OSError) as error:
            if not worker.is_ready:
                raise _CannotStartError from error
            finding = None
            self._replace(worker)
        number, worker.number, worker.is_ready = worker.number, None, True
        if number is not None:
            yield number, finding

    def _replace(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _kill(worker)
        self._start()

    def _give(self, tasks: Tasks, waiting: deque[int]) -> None:
        for worker in self._workers:
            if waiting and worker.is_ready and worker.number is None:
                worker.number = waiting.popleft()
                worker.until = time.monotonic() + self._limits.seconds + GRACE_SECONDS
                with suppress(OSError):  # it has just died, which is heard next
                    worker.connection.send(tasks[worker.number])

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


# --- the worker's side ----------------------------------------------------------------------------


def _serve(
    connection: "Connection[Evidence | None, VerificationTask]",
    stop: "c_byte",
    limits: TaskLimits,
    work: TaskRunner,
) -> None:
    """Take tasks until the parent has none, has stopped or is gone.

    Ctrl-C is left to the parent, which ends the run in order through ``stop``.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_memory(limits.memory_bytes)
    with suppress(EOFError, OSError, Cancelled):
        connection.send(None)
        while True:
            task = connection.recv()
            connection.send(run_within(task, limits, lambda: bool(stop.value), work))
