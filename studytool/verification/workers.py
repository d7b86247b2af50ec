"""Run tasks over processes: a killed worker loses none, and a cancel ends them in order."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.processes import interrupts_for_the_parent
from studytool.verification.evidence import Evidence
from studytool.verification.problems import KilledProcess
from studytool.verification.tasks import VerificationTask, not_run, run_task

if TYPE_CHECKING:
    from ctypes import c_byte

Findings = Iterator[tuple[int, Evidence]]
TaskRunner = Callable[[VerificationTask], Evidence]
POLL_SECONDS = 0.2
"""The longest time that a cancel goes unseen while no task ends."""

_stop: "c_byte | None" = None
"""A worker's signal from its parent: not 0 once it must stop."""


class _CannotStartError(Exception):
    """No process starts, because it cannot import the program's main module."""


def one_by_one(tasks: Mapping[int, VerificationTask], cancelled: Callable[[], bool]) -> Findings:
    """Run tasks in this process."""
    for number, task in tasks.items():
        try:
            yield number, run_task(task, cancelled)
        except Cancelled:
            return
        if cancelled():
            return


def over_processes(
    tasks: Mapping[int, VerificationTask],
    *,
    jobs: int,
    cancelled: Callable[[], bool] = never,
    work: TaskRunner | None = None,
) -> Findings:
    """Run tasks over ``jobs`` processes, submitted in the order given.

    When a worker is killed, all that was unfinished is run again, each task alone in a process of
    its own; one whose process is killed again is undecided, and says so. Where no process can be
    started the tasks are run in this one.
    """
    left = dict(tasks)
    try:
        for number, finding in _pooled(left, jobs, cancelled, work or _run):
            del left[number]
            yield number, finding
    except _CannotStartError:
        yield from one_by_one(left, cancelled)
    except BrokenProcessPool:
        yield from _each_alone(left, cancelled, work or _run)


def _each_alone(
    left: dict[int, VerificationTask], cancelled: Callable[[], bool], work: TaskRunner
) -> Findings:
    while left and not cancelled():
        try:
            for number, finding in _pooled(left, 1, cancelled, work):
                del left[number]
                yield number, finding
        except BrokenProcessPool:
            first = next(iter(left))  # one worker takes them in order: it was at this one
            yield first, not_run(left.pop(first), KilledProcess())


def _pooled(
    tasks: Mapping[int, VerificationTask],
    jobs: int,
    cancelled: Callable[[], bool],
    work: TaskRunner,
) -> Findings:
    context = get_context("spawn")
    stop = context.RawValue("b", 0)  # without a lock, which a killed worker could keep for ever
    count = min(jobs, len(tasks))
    with _one_thread_each():
        executor = ProcessPoolExecutor(
            count, mp_context=context, initializer=_prepare, initargs=(stop,)
        )
        with interrupts_for_the_parent():
            probes = [executor.submit(never) for _ in range(count)]  # each starts a process
    try:
        _require_start(probes[0])
        yield from spread(executor, tasks, cancelled=cancelled, work=work)
    finally:
        stop.value = 1
        executor.shutdown(wait=True, cancel_futures=True)


def _require_start(probe: Future[bool]) -> None:
    try:
        probe.result()
    except BrokenProcessPool as error:
        raise _CannotStartError from error


def spread(
    executor: Executor,
    tasks: Mapping[int, VerificationTask],
    *,
    cancelled: Callable[[], bool] = never,
    work: TaskRunner = run_task,
) -> Findings:
    """Run tasks on any executor of the standard interface; return each finding as it comes."""
    waiting: dict[Future[Evidence], int] = {
        executor.submit(work, task): number for number, task in tasks.items()
    }
    while waiting and not cancelled():
        done, _ = wait(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in [future for future in waiting if future in done]:
            yield waiting.pop(future), future.result()


def _prepare(stop: "c_byte") -> None:
    """Leave Ctrl-C to the parent, which ends the run in order through ``stop``."""
    global _stop  # noqa: PLW0603 - shared memory comes with the process, not with a task
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_stopped() -> bool:
    return _stop is not None and bool(_stop.value)


def _run(task: VerificationTask) -> Evidence:
    return run_task(task, _is_stopped)


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
