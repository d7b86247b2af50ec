"""A whole pack tried: its claims and keys, over processes where there are several."""

import os
import signal
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, resource_tracker

from studytool.errors import NotFoundError
from studytool.numerics.measure import never
from studytool.packs.models import Numeric, Pack
from studytool.packs.models import Prediction as PredictionItem
from studytool.verification.evidence import Finding, PackEvidence
from studytool.verification.sampling import Cancelled
from studytool.verification.tasks import Task, run_task


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; ``finding`` is the one just made."""

    done: int
    total: int
    seconds: float
    finding: Finding


@dataclass(frozen=True, slots=True)
class Selection:
    """What to try: all when both are None, else the claims and items named."""

    claims: Collection[str] | None = None
    items: Collection[str] | None = None


def choose_tasks(pack: Pack, selection: Selection, seed: int) -> list[Task]:
    """Make the tasks of a pack.

    Raises:
        NotFoundError: a claim, or an item with a key to try, that the pack has not.
    """
    items = [item for item in pack.items if isinstance(item, Numeric | PredictionItem)]
    _require("claim", selection.claims, [claim.id for claim in pack.claims])
    _require("numeric or prediction item", selection.items, [item.id for item in items])
    everything = selection.claims is None and selection.items is None
    chosen = [
        *(claim for claim in pack.claims if everything or claim.id in (selection.claims or ())),
        *(item for item in items if everything or item.id in (selection.items or ())),
    ]
    return [Task(pack.id, what, seed) for what in chosen]


def _require(kind: str, wanted: Collection[str] | None, known: list[str]) -> None:
    for name in wanted or ():
        if name not in known:
            raise NotFoundError(kind, name, known, remedy=f"there are {len(known)} of them")


def verify_pack(
    pack: Pack,
    *,
    selection: Selection = Selection(),
    seed: int = 0,
    jobs: int = 1,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = never,
) -> PackEvidence:
    """Try the claims and keys of a pack.

    The same seed gives the same evidence, whatever ``jobs``. Where ``cancelled`` becomes true the
    run ends with what was found until then.

    Raises:
        NotFoundError: the selection names a claim or item that the pack has not.
    """
    tasks = choose_tasks(pack, selection, seed)
    start = time.perf_counter()
    found: dict[int, Finding] = {}
    for number, finding in _findings(tasks, jobs, cancelled):
        found[number] = finding
        progress(Progress(len(found), len(tasks), time.perf_counter() - start, finding))
    in_order = [(tasks[number], found[number]) for number in sorted(found)]
    return PackEvidence(
        pack=pack.id,
        claims=tuple(finding for task, finding in in_order if task.is_claim),
        keys=tuple(finding for task, finding in in_order if not task.is_claim),
        seconds=time.perf_counter() - start,
    )


def _findings(
    tasks: list[Task], jobs: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[int, Finding]]:
    if jobs <= 1 or len(tasks) <= 1:
        yield from _one_by_one(enumerate(tasks), cancelled)
        return
    left = dict(enumerate(tasks))
    with _one_thread_each():
        count = min(jobs, len(tasks))
        executor = ProcessPoolExecutor(
            count, mp_context=get_context("spawn"), initializer=_ignore_interrupts
        )
        with _interrupts_for_the_parent():
            for _ in range(count):
                executor.submit(never)  # each first task starts a process
        try:
            for number, finding in spread(executor, left, cancelled):
                del left[number]
                yield number, finding
        except BrokenProcessPool:  # a worker was killed: what it had is tried again, here
            yield from _one_by_one(list(left.items()), cancelled)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _interrupts_for_the_parent() -> Iterator[None]:
    """Let processes that start here never see Ctrl-C: the parent ends the run in order."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # when it starts later it unblocks the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def spread(
    executor: Executor, tasks: dict[int, Task], cancelled: Callable[[], bool]
) -> Iterator[tuple[int, Finding]]:
    """Run tasks on any executor of the standard interface; give each finding as it comes."""
    futures: dict[Future[Finding], int] = {
        executor.submit(run_task, task): number for number, task in tasks.items()
    }
    for future in as_completed(futures):
        yield futures[future], future.result()
        if cancelled():
            return


def _one_by_one(
    tasks: "Iterator[tuple[int, Task]] | list[tuple[int, Task]] | enumerate[Task]",
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, Finding]]:
    for number, task in tasks:
        try:
            yield number, run_task(task, cancelled)
        except Cancelled:
            return
        if cancelled():
            return


class _one_thread_each:  # noqa: N801 - used as a statement
    """While it lasts, processes that start use one BLAS thread: many small products, many jobs."""

    _NAMES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._NAMES}
        os.environ.update(dict.fromkeys(self._NAMES, "1"))

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
