"""Try alterations of the core on a pack: which of its claims and keys notice each.

First every claim and key is tried on the core as it is, while the lines of the core that it runs
are watched. An alteration is then tried on those that hold and run its lines, the cheapest first,
until one no longer holds; processes keep the pack and put each alteration right again.
"""

import os
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.evidence import Verdict
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.verification.core_mutants import CORE, CoreMutant, applied
from studytool.verification.crew import Crew, TaskLoss
from studytool.verification.limits import CLOCK_TIMES, USUAL_LIMITS
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.verify import Selection, choose_tasks

_SHORTEST_SECONDS, _TIMES = 5.0, 10.0
"""An alteration may take so many times as long as the core as it is, at least so many seconds."""


@dataclass(frozen=True, slots=True)
class CoreUse:
    """What trying one claim or key on the core as it is shows.

    Attributes:
        seconds: with its lines watched, which takes longer than it does alone.
        lines: (module, line) of the core that it runs.
    """

    holds: bool
    seconds: float
    lines: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Watched:
    """A claim or key to try on the core as it is, by its place among the pack's tasks."""

    task: int


@dataclass(frozen=True, slots=True)
class _Altered:
    """An alteration to try, and the claims and keys that run it with their usual seconds."""

    mutant: CoreMutant
    tasks: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class MutantFate:
    """What became of an alteration.

    Attributes:
        noticed_by: id of the claim or key that no longer held; None where all did.
        tried: claims and keys that run it.
    """

    mutant: CoreMutant
    noticed_by: str | None
    tried: int


@dataclass(frozen=True, slots=True)
class MutationProgress:
    """The progress of a run: first of the claims and keys, then of the alterations."""

    done: int
    total: int
    seconds: float
    is_watching: bool

    @property
    def seconds_left(self) -> float:
        """Estimate the time left of this part."""
        return self.seconds * (self.total - self.done) / max(1, self.done)


Report = Callable[[MutationProgress], None]


def try_core(
    folder: Path,
    mutants: list[CoreMutant],
    *,
    seed: int = 0,
    jobs: int = 1,
    progress: Report = lambda _: None,
    cancelled: Callable[[], bool] = never,
) -> list[MutantFate]:
    """Try alterations of the core on a pack; where ``cancelled`` comes true, what was tried.

    Args:
        folder: of the pack.
        mutants: from :func:`studytool.verification.core_mutants.core_mutants`.
        seed: of the draws.
        jobs: processes.
        progress: told after each claim, key and alteration.
        cancelled: asked now and then.
    """
    tasks = _tasks(folder, seed)
    watched = {number: _Watched(number) for number in range(len(tasks))}
    uses = dict(_run(folder, seed, watched, jobs, progress, cancelled))
    if cancelled():
        return []
    altered = {
        number: _Altered(mutant, _who_run(mutant, uses)) for number, mutant in enumerate(mutants)
    }
    reached = {number: one for number, one in altered.items() if one.tasks}
    found = dict(_run(folder, seed, reached, jobs, progress, cancelled))
    return [
        MutantFate(one.mutant, _noticed_by(found.get(number), one, tasks), len(one.tasks))
        for number, one in altered.items()
        if number in found or not one.tasks
    ]


def _noticed_by(found: object, one: _Altered, tasks: list[VerificationTask]) -> str | None:
    """Name who noticed; an alteration that ends its process, or never ends, shows at the first."""
    if isinstance(found, TaskLoss):
        return tasks[one.tasks[0][0]].what.id
    return found if isinstance(found, str) else None


def _who_run(mutant: CoreMutant, uses: Mapping[int, object]) -> tuple[tuple[int, float], ...]:
    run = [
        (number, use.seconds)
        for number, use in uses.items()
        if isinstance(use, CoreUse) and use.holds and use.lines & mutant.where
    ]
    return tuple(sorted(run, key=lambda one: one[1]))


def _run(  # noqa: PLR0917 - what a crew needs
    folder: Path,
    seed: int,
    work: Mapping[int, "_Watched | _Altered"],
    jobs: int,
    progress: Report,
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, object]]:
    begun = time.monotonic()
    crew = Crew[_Watched | _Altered, object](
        partial(_work, folder, seed), _seconds, USUAL_LIMITS.memory_bytes
    )
    is_watching = any(isinstance(one, _Watched) for one in work.values())
    for done, (number, found) in enumerate(crew.run(work, jobs, cancelled), start=1):
        seconds = time.monotonic() - begun
        progress(MutationProgress(done, len(work), seconds, is_watching))
        yield number, found


def _seconds(work: "_Watched | _Altered") -> float:
    if isinstance(work, _Watched):
        return USUAL_LIMITS.clock_seconds
    return CLOCK_TIMES * sum(_most_seconds(seconds) for _, seconds in work.tasks)


def _most_seconds(usual: float) -> float:
    return max(_SHORTEST_SECONDS, _TIMES * usual)


# --- in the processes -----------------------------------------------------------------------------


@cache
def _tasks(folder: Path, seed: int) -> list[VerificationTask]:
    pack: Pack = load_pack(folder)
    return choose_tasks(pack, Selection(), seed)


def _work(
    folder: Path, seed: int, work: "_Watched | _Altered", stopped: Callable[[], bool]
) -> object:
    """Try one claim or key as it is, or one alteration until it is noticed."""
    warnings.simplefilter("ignore")
    tasks = _tasks(folder, seed)
    if isinstance(work, _Watched):
        return _watch(tasks[work.task], stopped)
    with applied(work.mutant) as is_altered:
        if not is_altered:
            return None
        for number, usual in work.tasks:
            if not _still_holds(tasks[number], usual, stopped):
                return tasks[number].what.id
    return None


def _watch(task: VerificationTask, stopped: Callable[[], bool]) -> CoreUse:
    with _lines_of_the_core() as lines:
        found = run_task(task, stopped)
    return CoreUse(found.verdict is Verdict.HOLDS, found.seconds, frozenset(lines))


_MOST_CALLS, _MOST_LINES = 20, 2_000
"""Calls of one function, and lines of one call, that are watched: after them come no new ones."""


@contextmanager
def _lines_of_the_core() -> Iterator[set[tuple[str, int]]]:
    core, lines, calls = str(CORE), set[tuple[str, int]](), Counter[CodeType]()

    def enter(frame: FrameType, _event: str, _argument: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(core) or calls[code] == _MOST_CALLS:
            return None
        calls[code] += 1
        return partial(step, Path(code.co_filename).stem, count())

    def step(
        module: str, number: Iterator[int], frame: FrameType, event: str, _argument: object
    ) -> Any:
        if event == "line":
            lines.add((module, frame.f_lineno))
        return partial(step, module, number) if next(number) < _MOST_LINES else None

    sys.settrace(enter)
    try:
        yield lines
    finally:
        sys.settrace(None)


def _still_holds(task: VerificationTask, usual: float, stopped: Callable[[], bool]) -> bool:
    """Tell whether a claim or key holds on the altered core, in no more time than it may take."""
    try:
        with _alarm(_most_seconds(usual)):
            return run_task(task, stopped).verdict is Verdict.HOLDS
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001 - whatever an altered core raises, its user would see it
        return False


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
