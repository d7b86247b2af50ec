"""What one task may take: time, and memory where the system holds a process to a limit."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studytool.errors import Cancelled
from studytool.verification.evidence import Evidence
from studytool.verification.problems import MemoryShortage, SlowTask
from studytool.verification.tasks import VerificationTask, not_run, run_task

TaskRunner = Callable[[VerificationTask, Callable[[], bool]], Evidence]
"""Tries a task; asks now and then whether it must stop."""


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """The most that one claim or key may take.

    Attributes:
        seconds: the bundled pack's longest takes about 10.
        memory_bytes: of address space beyond what a process has at its start; the bundled pack's
            largest task takes about 300 MB.
    """

    seconds: float = 300.0
    memory_bytes: int = 2 * 2**30


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
    end = time.monotonic() + limits.seconds
    try:
        return work(task, lambda: stopped() or time.monotonic() > end)
    except Cancelled:
        if stopped():
            raise
        return not_run(task, SlowTask(limits.seconds))
    except MemoryError:
        return not_run(task, MemoryShortage())


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
