"""What each claim and key runs of the core as it is: its lines, its time, its numbers."""

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from studytool.packs.evidence import Verdict
from studytool.verification.core_mutants import CORE, CoreMutant
from studytool.verification.evidence import Evidence
from studytool.verification.tasks import VerificationTask, run_task

TRIED_SECONDS = 1.0
"""An alteration is tried on as many claims and keys as take so long together; on one at least."""


@dataclass(frozen=True, slots=True)
class CoreUse:
    """What trying one claim or key on the core as it is shows.

    Attributes:
        seconds: with its lines watched, which takes longer than it does alone.
        lines: of each module of the core, those that it runs.
        numbers: a digest of all that it measures.
    """

    holds: bool
    seconds: float
    lines: Mapping[str, frozenset[int]]
    numbers: str

    def runs(self, mutant: CoreMutant) -> bool:
        """Tell whether it runs what is altered."""
        return any(line in self.lines.get(module, ()) for module, line in mutant.where)


def watch(task: VerificationTask, stopped: Callable[[], bool]) -> CoreUse:
    """Try a claim or key, and see which lines of the core it runs."""
    with _lines_of_the_core() as lines:
        found = run_task(task, stopped)
    of_modules = {module: frozenset(numbers) for module, numbers in lines.items()}
    return CoreUse(found.verdict is Verdict.HOLDS, found.seconds, of_modules, numbers_of(found))


def numbers_of(found: Evidence) -> str:
    """Return a digest of every number that was measured, to its last bit."""
    rows = [
        (one.predicted, one.tolerance, one.interval, one.estimate.value,
         one.estimate.standard_error, one.estimate.replicates)
        for one in found.measured
    ]  # fmt: skip
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def users_of(mutant: CoreMutant, uses: Mapping[int, CoreUse]) -> list[int]:
    """Return the claims and keys that run an alteration's lines and hold, in the order to try them.

    First the cheapest of those that take the same way through its module, for each way; then the
    others.
    """
    users = [number for number, use in uses.items() if use.holds and use.runs(mutant)]
    users.sort(key=lambda number: uses[number].seconds)
    ways: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for number in users:
        ways[uses[number].lines.get(mutant.module, frozenset())].append(number)
    firsts = {same[0] for same in ways.values()}
    return sorted(users, key=lambda number: number not in firsts)


def affordable(users: list[int], uses: Mapping[int, CoreUse]) -> list[int]:
    """Return those on which an alteration is tried: the first in any case, as many as are cheap."""
    chosen: list[int] = []
    spent = 0.0
    for number in users:
        if not chosen or spent + uses[number].seconds <= TRIED_SECONDS:
            chosen.append(number)
            spent += uses[number].seconds
    return chosen


_MOST_CALLS, _MOST_LINES = 20, 2_000
"""Calls of one function, and lines of one call, that are watched: after them come no new ones."""


@contextmanager
def _lines_of_the_core() -> Iterator[defaultdict[str, set[int]]]:
    core, calls = str(CORE), Counter[CodeType]()
    lines: defaultdict[str, set[int]] = defaultdict(set)

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
            lines[module].add(frame.f_lineno)
        return partial(step, module, number) if next(number) < _MOST_LINES else None

    sys.settrace(enter)
    try:
        yield lines
    finally:
        sys.settrace(None)
