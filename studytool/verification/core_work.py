"""The work of one process on the core: watch a claim or key, or try an alteration in a fork."""

import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from studytool.errors import Cancelled
from studytool.packs.evidence import Verdict
from studytool.packs.reader import load_pack
from studytool.verification.core_mutants import CoreMutant, applied, get_ready
from studytool.verification.core_use import CoreUse, numbers_of, watch
from studytool.verification.limits import CLOCK_TIMES, USUAL_LIMITS, hold_processor_time
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.verify import Selection, choose_tasks

_SHORTEST_SECONDS, _TIMES = 1.0, 4.0
"""An alteration may take so many times as long as the core as it is, at least so many seconds."""
_SHORTEST_WEIGHT = 0.05
"""The least usual seconds of a piece of work: it takes so long to alter the core."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A claim or key to try on the core as it is, by its place among the pack's tasks."""

    task: int

    @property
    def usual_seconds(self) -> float:
        """Return a weight that is the same for each."""
        return 1.0

    @property
    def most_seconds(self) -> float:
        """Return how long it may take by the clock."""
        return USUAL_LIMITS.clock_seconds


@dataclass(frozen=True, slots=True)
class UsualTask:
    """A claim or key, with the seconds that it takes and the numbers that it gives as usual."""

    task: int
    seconds: float
    numbers: str

    @property
    def most_seconds(self) -> float:
        """Return how much processor time it may take on an altered core."""
        return max(_SHORTEST_SECONDS, _TIMES * self.seconds)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an alteration: who noticed, how many were tried, whether a number changed."""

    noticed_by: int | None
    tried: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Altered:
    """An alteration to try, and the claims and keys to try it on."""

    mutant: CoreMutant
    tasks: tuple[UsualTask, ...]

    @classmethod
    def of(cls, mutant: CoreMutant, tasks: list[int], uses: Mapping[int, CoreUse]) -> "Altered":
        """Name claims and keys with what they do on the core as it is."""
        usual = (UsualTask(number, uses[number].seconds, uses[number].numbers) for number in tasks)
        return cls(mutant, tuple(usual))

    @property
    def lost(self) -> Tried:
        """Say that the first claim or key noticed: the altered core ended its process, or never ends."""
        return Tried(self.tasks[0].task, 1, is_same=False)

    @property
    def usual_seconds(self) -> float:
        """Return how long it takes where nothing notices, about."""
        return _SHORTEST_WEIGHT + sum(one.seconds for one in self.tasks)

    @property
    def most_seconds(self) -> float:
        """Return how long it may take by the clock."""
        return CLOCK_TIMES * self.most_processor_seconds

    @property
    def most_processor_seconds(self) -> float:
        """Return how much processor time it may take."""
        return sum(one.most_seconds for one in self.tasks)


CoreWork = Watched | Altered


@cache
def tasks_of(folder: Path, seed: int) -> list[VerificationTask]:
    """Return the claims and keys of a pack."""
    return choose_tasks(load_pack(folder), Selection(), seed)


def do_work(folder: Path, seed: int, work: CoreWork, stopped: Callable[[], bool]) -> object:
    """Watch one claim or key on the core as it is, or try one alteration until it is noticed."""
    warnings.simplefilter("ignore")
    tasks = tasks_of(folder, seed)
    if isinstance(work, Watched):
        return watch(tasks[work.task], stopped)
    get_ready(work.mutant.module)
    if not hasattr(os, "fork"):
        return _try(work, tasks, stopped)
    return _in_a_fork(lambda: _try(work, tasks, stopped), work)


def _try(work: Altered, tasks: list[VerificationTask], stopped: Callable[[], bool]) -> Tried | None:
    """Try an alteration; None where it is cancelled."""
    is_same = True
    with suppress(Cancelled), applied(work.mutant) as is_altered:
        if not is_altered:
            return Tried(None, 0, is_same=False)
        for count, usual in enumerate(work.tasks, start=1):
            holds, numbers = _result(tasks[usual.task], usual, stopped)
            if not holds:
                return Tried(usual.task, count, is_same=False)
            is_same = is_same and numbers == usual.numbers
        return Tried(None, len(work.tasks), is_same)
    return None


def _in_a_fork(run: Callable[[], Tried | None], work: Altered) -> Tried | None:
    """Run in a process that begins as this one is, so that an alteration leaves nothing behind.

    One that ends without a result, or takes too long, is noticed by the first claim or key.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            hold_processor_time(work.most_processor_seconds)
            os.close(reading)
            with os.fdopen(writing, "wb") as told:
                pickle.dump(run(), told)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        found = told.read()
    os.waitpid(pid, 0)
    if not found:
        return work.lost
    result = pickle.loads(found)  # of this process's own fork
    return result if isinstance(result, Tried) else None


def _result(
    task: VerificationTask, usual: UsualTask, stopped: Callable[[], bool]
) -> tuple[bool, str]:
    """Tell whether a claim or key holds on the altered core, in no more time than it may take."""
    try:
        with _alarm(usual.most_seconds):
            found = run_task(task, stopped)
        return found.verdict is Verdict.HOLDS, numbers_of(found)
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001 - whatever an altered core raises, its user would see it
        return False, ""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise TimeoutError after so much processor time, where the system can; a loop may never end.

    By the clock a busy machine would notice alterations that nothing else does.
    """
    if os.name == "nt":
        yield
        return

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        with suppress(TypeError):
            signal.signal(signal.SIGPROF, before)
