"""Try alterations of the core on a pack: which of its claims and keys notice each.

First every claim and key is tried on the core as it is, while the lines of the core that it runs
are watched. An alteration is then tried on those that hold and run its lines, the cheapest of each
way through its module first, until one no longer holds. Processes keep the pack; each alteration
has a fork of one. What was found is kept, and not tried again.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from studytool.numerics.measure import never
from studytool.verification.core_mutants import CoreMutant
from studytool.verification.core_use import CoreUse, affordable, users_of
from studytool.verification.core_work import Altered, CoreWork, Tried, Watched, do_work, tasks_of
from studytool.verification.crew import Crew, TaskLoss
from studytool.verification.kept_fates import KeptFates, mutant_key, task_key, use_key
from studytool.verification.limits import USUAL_LIMITS
from studytool.verification.tasks import VerificationTask


@dataclass(frozen=True, slots=True)
class MutantFate:
    """What became of an alteration.

    Attributes:
        noticed_by: id of the claim or key that no longer held; None where all did.
        reach: claims and keys that run it.
        tried: on how many of these it was tried.
        is_same: whether every number that those measure stayed the same to its last bit.
    """

    mutant: CoreMutant
    noticed_by: str | None
    reach: int
    tried: int
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class MutationProgress:
    """The progress of a run: first of the claims and keys, then of the alterations.

    Attributes:
        done: with what earlier runs have found.
        noticed: of those done, by a claim or key.
        seconds_left: of this part, about; 0 where nothing says it yet.
    """

    done: int
    total: int
    noticed: int
    seconds_left: float
    is_watching: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """An alteration to try, how many claims and keys run it, and the name of what is found."""

    altered: Altered
    reach: int
    name: str


@dataclass(frozen=True, slots=True)
class CoreTrial:
    """Where and how alterations are tried.

    Attributes:
        folder: of the pack.
        seed: of the draws.
        jobs: processes.
        kept: what earlier runs have found; what this one finds is added.
        progress: told after each claim, key and alteration.
        cancelled: asked now and then.
    """

    folder: Path
    seed: int = 0
    jobs: int = 1
    kept: KeptFates = field(default_factory=KeptFates)
    progress: Callable[[MutationProgress], None] = lambda _: None
    cancelled: Callable[[], bool] = never

    def run(self, mutants: list[CoreMutant]) -> list[MutantFate]:
        """Try alterations; where ``cancelled`` comes true, return what is known until then."""
        tasks = tasks_of(self.folder, self.seed)
        keys = [task_key(task) for task in tasks]
        uses = self._watch(keys)
        if self.cancelled():
            return []
        plans = [_plan(mutant, uses, keys) for mutant in mutants]
        self._alter([plan for plan in plans if plan.reach], tasks)
        return [fate for plan in plans if (fate := self._fate(plan)) is not None]

    def _watch(self, keys: list[str]) -> dict[int, CoreUse]:
        """Return what each claim and key runs, where that is known or can be seen."""
        uses = {number: self.kept.get_use(use_key(key)) for number, key in enumerate(keys)}
        unknown = {number: Watched(number) for number, use in uses.items() if use is None}
        done = len(keys) - len(unknown)
        for number, found, left in self._done(unknown):
            done += 1
            self.progress(MutationProgress(done, len(keys), 0, left, is_watching=True))
            if isinstance(found, CoreUse):
                uses[number] = found
                self.kept.add_use(use_key(keys[number]), found)
        return {number: use for number, use in uses.items() if use is not None}

    def _alter(self, plans: list[_Plan], tasks: list[VerificationTask]) -> None:
        """Try what is not known yet, and keep what is found."""
        known = [self.kept.get_fate(plan.name) for plan in plans]
        unknown = {number: plans[number].altered for number, one in enumerate(known) if one is None}
        done = len(plans) - len(unknown)
        noticed = sum(one is not None and one[0] is not None for one in known)
        for number, found, left in self._done(unknown):
            is_lost = isinstance(found, TaskLoss)  # it ended its process, or never ends
            tried = plans[number].altered.lost if is_lost else found
            if isinstance(tried, Tried):
                by = None if tried.noticed_by is None else tasks[tried.noticed_by].what.id
                self.kept.add_fate(plans[number].name, by, tried.tried, is_same=tried.is_same)
                noticed += by is not None
            done += 1
            self.progress(MutationProgress(done, len(plans), noticed, left, is_watching=False))

    def _fate(self, plan: _Plan) -> MutantFate | None:
        if not plan.reach:
            return MutantFate(plan.altered.mutant, None, 0, 0)
        found = self.kept.get_fate(plan.name)
        if found is None:
            return None
        by, tried, is_same = found
        return MutantFate(plan.altered.mutant, by, plan.reach, tried, is_same)

    def _done(self, pieces: Mapping[int, CoreWork]) -> Iterator[tuple[int, object, float]]:
        """Do pieces of work; return each with what came of it, and the seconds left, about."""
        begun, weight = time.monotonic(), sum(one.usual_seconds for one in pieces.values())
        crew = Crew[CoreWork, object](
            partial(do_work, self.folder, self.seed),
            lambda piece: piece.most_seconds,
            USUAL_LIMITS.memory_bytes,
        )
        spent = 0.0
        for number, found in crew.run(pieces, self.jobs, self.cancelled):
            spent += pieces[number].usual_seconds
            seconds = time.monotonic() - begun
            yield number, found, seconds * (weight - spent) / spent


def _plan(mutant: CoreMutant, uses: Mapping[int, CoreUse], keys: list[str]) -> _Plan:
    users = users_of(mutant, uses)
    name = mutant_key(mutant, [keys[number] for number in users])
    return _Plan(Altered.of(mutant, affordable(users, uses), uses), len(users), name)
