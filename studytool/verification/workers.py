"""Run tasks in this process, over processes, or on any executor."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import partial

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.verification.crew import (
    GRACE_SECONDS,
    POLL_SECONDS,
    CannotStartError,
    Crew,
    TaskLoss,
)
from studytool.verification.evidence import Evidence
from studytool.verification.limits import (
    USUAL_LIMITS,
    TaskLimits,
    TaskRunner,
    hold_processor_time,
    run_within,
    waiting_task,
)
from studytool.verification.problems import KilledProcess, SlowTask
from studytool.verification.returned_findings import returned_finding
from studytool.verification.tasks import VerificationTask, not_run, run_task

Findings = Iterator[tuple[int, Evidence]]
Tasks = Mapping[int, VerificationTask]


def one_by_one(
    tasks: Tasks,
    cancelled: Callable[[], bool],
    limits: TaskLimits = USUAL_LIMITS,
    work: TaskRunner = run_task,
) -> Findings:
    """Run tasks in this process."""
    for number, task in tasks.items():
        try:
            yield number, run_within(task, limits, cancelled, work)
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
    again it is undecided, and says so. What takes more processor time than its limit, or
    far longer by the clock, is undecided; what takes more memory, too. Where no process can be started the tasks are run in this one.
    """
    left, killed = dict(tasks), []
    run = partial(_run, limits=limits, work=work, most_seconds=limits.seconds + GRACE_SECONDS)
    crew = Crew[VerificationTask, Evidence](
        run, lambda _: limits.clock_seconds, limits.memory_bytes
    )
    try:
        for number, found in crew.run(tasks, jobs, cancelled):
            del left[number]
            if found is TaskLoss.KILLED:
                killed.append(number)
            else:
                yield number, _finding(tasks[number], found, limits)
        for number in killed:
            for _, found in crew.run({number: tasks[number]}, 1, cancelled):
                yield number, _finding(tasks[number], found, limits)
    except CannotStartError:
        yield from one_by_one(left, cancelled, limits)


def _run(
    task: VerificationTask,
    stopped: Callable[[], bool],
    *,
    limits: TaskLimits,
    work: TaskRunner,
    most_seconds: float,
) -> Evidence:
    hold_processor_time(most_seconds)
    return run_within(task, limits, stopped, work)


def _finding(task: VerificationTask, found: Evidence | TaskLoss, limits: TaskLimits) -> Evidence:
    match found:
        case TaskLoss.LATE:
            return not_run(task, waiting_task(limits))
        case TaskLoss.OVERRUN:
            return not_run(task, SlowTask(limits.seconds))
        case TaskLoss.KILLED:
            return not_run(task, KilledProcess())
        case _:
            return found


def spread(
    executor: Executor,
    tasks: Tasks,
    *,
    limits: TaskLimits = USUAL_LIMITS,
    cancelled: Callable[[], bool] = never,
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,),
) -> Findings:
    """Run tasks on any executor of the standard interface; return each finding as it comes.

    A task that ends with one of ``lost`` is undecided: what ran it was killed again and again. So
    is one for which something else than a finding of it comes back.
    """
    waiting: dict[Future[Evidence], int] = {
        executor.submit(run_within, task, limits, never): number for number, task in tasks.items()
    }
    while waiting and not cancelled():
        done, _ = wait(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        for future in [future for future in waiting if future in done]:
            number = waiting.pop(future)
            if isinstance(future.exception(), lost):
                yield number, not_run(tasks[number], KilledProcess())
            else:
                yield number, returned_finding(tasks[number], future.result())
    for future in waiting:
        future.cancel()
