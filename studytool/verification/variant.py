"""Try the question in view: the key at its own numbers, or what its answer rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.behind import claims_behind, rests_on_claims
from studytool.packs.claims import Claim
from studytool.packs.evidence import NumbersByName
from studytool.packs.items import Item
from studytool.verification.evidence import Evidence
from studytool.verification.items import rest_on_claims
from studytool.verification.limits import USUAL_LIMITS, TaskLimits
from studytool.verification.looks import TrialWatch
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.workers import one_by_one, over_processes


@dataclass(frozen=True, slots=True)
class VariantEvidence:
    """What trying one variant found.

    Attributes:
        key: of the item.
        claims: those that the key rests on.
        parameters: the numbers that the key was tried at; empty where the item draws none.
    """

    key: Evidence
    claims: tuple[Evidence, ...] = ()
    parameters: NumbersByName = field(default_factory=dict)


def try_variant(  # noqa: PLR0913 - each says something of its own about one trial
    pack: str,
    item: Item,
    parameters: NumbersByName,
    *,
    claims: Sequence[Claim] = (),
    seed: int = 0,
    apart: bool = False,
    limits: TaskLimits = USUAL_LIMITS,
    progress: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = never,
    watch: TrialWatch | None = None,
) -> VariantEvidence:
    """Try an item's key at the numbers of one variant, and the claims that it rests on.

    The same variant and seed give the same evidence.

    Args:
        pack: its id.
        item: as its pack words it.
        parameters: the variant's numbers.
        claims: those that its key rests on, by :func:`claims_behind`, at least.
        seed: of the random draws.
        apart: whether to try it in a process of its own, which can be held to its limits: for
            packs that others wrote.
        limits: of the key, and of each claim.
        progress: told how many parts are done, of how many.
        cancelled: asked between batches of replicates.
        watch: told of each estimate while it is drawn, where nothing is tried apart.

    Raises:
        Cancelled: the learner cancelled.
    """
    behind = {claim.id: claim for claim in claims if claim.id in claims_behind(item)}
    numbers = dict(parameters) if item.params else None
    parts: list[VerificationTask] = [
        *(VerificationTask(pack, claim, seed) for claim in behind.values()),
        VerificationTask(pack, item, seed, at=numbers),
    ]
    tasks = dict(enumerate(parts))
    findings = (
        over_processes(tasks, jobs=1, limits=limits, cancelled=cancelled)
        if apart
        else one_by_one(tasks, cancelled, limits, partial(run_task, watch=watch))
    )
    found: dict[int, Evidence] = {}
    progress(0, len(tasks))
    for number, finding in findings:
        found[number] = finding
        progress(len(found), len(tasks))
    if len(found) < len(tasks):
        raise Cancelled
    own = found.pop(len(tasks) - 1)
    tried = {one.id: one for one in found.values()}
    key = rest_on_claims(item, own, tried, behind) if rests_on_claims(item) else own
    return VariantEvidence(key, tuple(tried.values()), numbers or {})
