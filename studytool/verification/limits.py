"""What one task may take: processor time, time by the clock, and memory.

A process of its own is held to its processor time and memory by the system, where that can.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from studytool.errors import Cancelled
from studytool.verification.evidence import Evidence
from studytool.verification.problems import MemoryShortage, SlowTask, WaitingTask
from studytool.verification.running_time import RunningTime
from studytool.verification.tasks import VerificationTask, not_run, run_task

CLOCK_TIMES = 10
"""By the clock a task may take so many times its processor time: a busy machine lets it wait."""

TaskRunner = Callable[[VerificationTask, Callable[[], bool]], Evidence]
"""Tries a task; asks now and then whether it must stop."""


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """The most that one claim or key may take.

    Attributes:
        seconds: of processor time; the bundled pack's longest takes about 10.
        memory_bytes: of address space beyond what a process has at its start; the bundled pack's
            largest task takes about 300 MB.
    """

    seconds: float = 300.0
    memory_bytes: int = 2 * 2**30

    @property
    def clock_seconds(self) -> float:
        """Return the most by the clock, after which a task ends however little it has run."""
        return CLOCK_TIMES * self.seconds


USUAL_LIMITS = TaskLimits()


def run_within(
    task: VerificationTask,
    limits: TaskLimits,
    stopped: Callable[[], bool],
    work: TaskRunner = run_task,
) -> Evidence:
    """Run a task to its end or to its limits, beyond which it is undecided and says why.

    Raises:
        Cancelled: the user cancelled.
    """
    end, clock, most = time.thread_time() + limits.seconds, RunningTime(), limits.clock_seconds
    try:
        return work(
            task,
            lambda: stopped() or time.thread_time() > end or clock.seconds() > most,
        )
    except Cancelled:
        if stopped():
            raise
        is_slow = time.thread_time() > end
        return not_run(task, SlowTask(limits.seconds) if is_slow else waiting_task(limits))
    except MemoryError:
        return not_run(task, MemoryShortage())


def waiting_task(limits: TaskLimits) -> WaitingTask:
    """Return the problem of a task that ended by the clock."""
    return WaitingTask(limits.clock_seconds, limits.seconds)


def hold_processor_time(more_seconds: float) -> None:
    """Let the system end this process after so many more seconds of its processors' time.

    It does so in the midst of a computation that never asks whether it must stop. Windows cannot.
    """
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        most = ceil(time.process_time() + more_seconds)
        given = [limit for limit in (hard,) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_CPU, (min([most, *given]), hard))
    except (ImportError, OSError, ValueError):
        return


def hold_memory(more_bytes: int) -> None:
    """Refuse this process more than so many bytes of address space from now on.

    Only Linux tells how much a process has and keeps it from more; elsewhere nothing is held.
    """
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + more_bytes
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        given = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([most, *given]), hard))
    except (ImportError, OSError, ValueError):
        return
