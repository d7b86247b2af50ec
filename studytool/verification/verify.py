"""Try a whole pack: its claims and keys, over processes where there are several."""

import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from studytool.errors import NotFoundError
from studytool.numerics.measure import never
from studytool.packs.behind import rests_on_claims
from studytool.packs.claims import Claim
from studytool.packs.oracles import OraclesByKey
from studytool.packs.pack import Pack
from studytool.verification.evidence import Evidence, PackEvidence
from studytool.verification.items import rest_on_claims
from studytool.verification.known_findings import KnownFindings
from studytool.verification.limits import USUAL_LIMITS, TaskLimits
from studytool.verification.tasks import VerificationTask
from studytool.verification.training_tasks import training_tasks
from studytool.verification.workers import Findings, Tasks, one_by_one, over_processes, spread


@dataclass(frozen=True, slots=True)
class RunProgress:
    """The progress of a run.

    Attributes:
        done, total: claims and keys.
        seconds_left: about; at the start as it took before, then by what is done.
        finding: the one just made, none at the start.
    """

    done: int
    total: int
    seconds_left: float
    finding: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The claims and items to try; everything when both are None.

    The claims that an item rests on are tried with it.

    Attributes:
        claims, items: by id.
        training: whether to try those that train networks.
    """

    claims: Collection[str] | None = None
    items: Collection[str] | None = None
    training: bool = True


def choose_tasks(pack: Pack, selection: Selection, seed: int) -> list[VerificationTask]:
    """Make the tasks of a pack: claims first, each once, then items.

    Raises:
        NotFoundError: a claim or an item that the pack has not.
    """
    _require("claim", selection.claims, [claim.id for claim in pack.claims])
    _require("item", selection.items, [item.id for item in pack.items])
    everything = selection.claims is None and selection.items is None
    items = [
        VerificationTask(pack.id, item, seed)
        for item in pack.items
        if everything or item.id in (selection.items or ())
    ]
    wanted = {*(selection.claims or ()), *(name for task in items for name in task.claims)}
    claims = [claim for claim in pack.claims if everything or claim.id in wanted]
    tasks = [*(VerificationTask(pack.id, claim, seed) for claim in claims), *items]
    if selection.training:
        return tasks
    left_out = training_tasks(pack)
    return [task for task in tasks if (task.part, task.what.id) not in left_out]


def _require(kind: str, wanted: Collection[str] | None, known: list[str]) -> None:
    for name in wanted or ():
        if name not in known:
            raise NotFoundError(kind, name, known)


def verify_pack(  # noqa: PLR0913 - each says something of its own about one run
    pack: Pack,
    *,
    selection: Selection = Selection(),
    seed: int = 0,
    jobs: int = 1,
    apart: bool = False,
    limits: TaskLimits = USUAL_LIMITS,
    expected_seconds: Mapping[tuple[str, str], float] = MappingProxyType({}),
    oracles: OraclesByKey = MappingProxyType({}),
    known: KnownFindings | None = None,
    executor: Executor | None = None,
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,),
    progress: Callable[[RunProgress], None] = lambda _: None,
    cancelled: Callable[[], bool] = never,
) -> PackEvidence:
    """Try the claims and keys of a pack.

    The same seed gives the same evidence, whatever ``jobs``. Where ``cancelled`` becomes true the
    run ends with what was found until then.

    Args:
        pack: what to try.
        selection: which claims and items of it.
        seed: other seeds, other draws; 0 or more.
        jobs: processes.
        apart: whether a single job has a process of its own too, which can be held to its limits:
            for packs that others wrote.
        limits: of each claim and key.
        expected_seconds: by (part, id), from :func:`studytool.verification.lock.kept_seconds`; the
            longest task begins first, one that is not listed before all.
        oracles: what other libraries gave; it is compared too.
        known: what earlier runs found; it is taken as it is where nothing that it depends on has
            changed, and what this run finds is added to it.
        executor: where the tasks run instead, of a cluster, say; ``jobs`` then only tells the time.
        lost: what a task of it ends with whose process was killed.
        progress: told at the start and after each finding.
        cancelled: asked between batches of replicates.

    Raises:
        NotFoundError: the selection names a claim or item that the pack has not.
    """
    tasks = [
        replace(task, oracles=oracles.get(task.name, ()))
        for task in choose_tasks(pack, selection, seed)
    ]
    start = time.perf_counter()
    found: dict[int, Evidence] = {}
    run = _Run(jobs, apart, limits, cancelled, executor, lost)
    before = _found_before(tasks, known, limits)
    left = {number: task for number, task in enumerate(tasks) if number not in before}
    weights = _weights(left, expected_seconds)
    progress(RunProgress(len(before), len(tasks), sum(weights.values()) / jobs))
    tried = _added(tasks, _findings(left, weights, run), known)
    for number, finding in _joined(tasks, chain(before.items(), tried)):
        found[number] = finding
        if number in left:
            seconds = time.perf_counter() - start
            share = sum(weights.get(done, 0) for done in found) / sum(weights.values())
            rest = seconds * (1 - share) / share
            progress(RunProgress(len(found), len(tasks), rest, finding))
    in_order = [(tasks[number], found[number]) for number in sorted(found)]
    return PackEvidence(
        pack=pack.id,
        claims=tuple(finding for task, finding in in_order if task.is_claim),
        keys=tuple(finding for task, finding in in_order if not task.is_claim),
        seconds=time.perf_counter() - start,
        recalled=_recalled(tasks, before),
    )


def _found_before(
    tasks: list[VerificationTask], known: KnownFindings | None, limits: TaskLimits
) -> dict[int, Evidence]:
    """Return what an earlier run found of tasks on which nothing has changed since."""
    found: dict[int, Evidence] = {}
    if known is None:
        return found
    for number, task in enumerate(tasks):
        if (finding := known.find(task, limits.seconds)) is not None:
            found[number] = finding
    return found


def _added(
    tasks: list[VerificationTask], findings: Findings, known: KnownFindings | None
) -> Findings:
    """Add findings, as they come, to those that are known."""
    for number, finding in findings:
        if known is not None:
            known.add(tasks[number], finding)
        yield number, finding


def _recalled(tasks: list[VerificationTask], before: Collection[int]) -> frozenset[str]:
    """Name the tasks of which an earlier run found all, the claims that they rest on too."""
    names = {tasks[number].name for number in before}
    tried = {task.what.id for task in tasks if task.is_claim and task.name not in names}
    return frozenset(
        tasks[number].name for number in before if tried.isdisjoint(tasks[number].claims)
    )


_SHORTEST_SECONDS = 0.01
"""The least time of a task, with its way to a process and back."""


def _weights(tasks: Tasks, expected: Mapping[tuple[str, str], float]) -> dict[int, float]:
    """Return how long each task will take, in seconds; what is unknown counts as the longest."""
    unknown = max([1.0, *expected.values()])
    return {
        number: max(_SHORTEST_SECONDS, expected.get((task.part, task.what.id), unknown))
        for number, task in tasks.items()
    }


def _joined(tasks: list[VerificationTask], findings: Findings) -> Findings:
    """Hold back the finding of an item until those of the claims that it rests on have come."""
    claims = {task.what.id: task.what for task in tasks if isinstance(task.what, Claim)}
    of_claims: dict[str, Evidence] = {}
    waiting: dict[int, Evidence] = {}
    for number, finding in findings:
        what = tasks[number].what
        if isinstance(what, Claim):
            of_claims[finding.id] = finding
        if isinstance(what, Claim) or not rests_on_claims(what):
            yield number, finding
        else:
            waiting[number] = finding
        for ready in [one for one in waiting if set(tasks[one].claims) <= set(of_claims)]:
            item = tasks[ready].what
            if not isinstance(item, Claim):
                yield ready, rest_on_claims(item, waiting.pop(ready), of_claims, claims)


@dataclass(frozen=True, slots=True)
class _Run:
    """How tasks are run."""

    jobs: int
    apart: bool
    limits: TaskLimits
    cancelled: Callable[[], bool]
    executor: Executor | None
    lost: tuple[type[BaseException], ...]


def _findings(tasks: Tasks, weights: Mapping[int, float], run: _Run) -> Findings:
    if not tasks:
        return iter(())
    jobs = min(run.jobs, len(tasks))
    if run.executor is None and jobs <= 1 and not run.apart:
        return one_by_one(tasks, run.cancelled, run.limits)
    longest_first = sorted(tasks, key=lambda number: -weights[number])
    in_order = {number: tasks[number] for number in longest_first}
    if run.executor is not None:
        return spread(
            run.executor, in_order, limits=run.limits, cancelled=run.cancelled, lost=run.lost
        )
    return over_processes(in_order, jobs=jobs, limits=run.limits, cancelled=run.cancelled)
