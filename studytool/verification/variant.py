"""Try the question in view: the key at its own numbers, or what its answer rests on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.evidence import NumbersByName
from studytool.packs.models import Claim, Item, Numeric, Prediction
from studytool.verification.evidence import Evidence
from studytool.verification.items import claims_behind, rest_on_claims
from studytool.verification.keys import trace_of, try_draw
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.trial import Trial


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
    progress: Callable[[int, int], None] = lambda *_: None,
    cancelled: Callable[[], bool] = never,
) -> VariantEvidence:
    """Try an item's key at the numbers of one variant, and the claims that it rests on.

    The same variant and seed give the same evidence.

    Args:
        pack: its id.
        item: as its pack words it.
        parameters: the variant's numbers.
        claims: those that its key rests on, by :func:`claims_behind`, at least.
        seed: of the random draws.
        progress: told how many parts are done, of how many.
        cancelled: asked between batches of replicates.

    Raises:
        Cancelled: the learner cancelled.
    """
    if isinstance(item, Numeric):
        found = _try_numbers(pack, item, parameters, seed=seed, cancelled=cancelled)
        return VariantEvidence(found, parameters=dict(parameters))
    behind = {claim.id: claim for claim in claims if claim.id in claims_behind(item)}
    tried: dict[str, Evidence] = {}
    for number, claim in enumerate(behind.values()):
        progress(number, len(behind) + 1)
        tried[claim.id] = run_task(VerificationTask(pack, claim, seed), cancelled)
        if cancelled():
            raise Cancelled
    progress(len(behind), len(behind) + 1)
    own = run_task(VerificationTask(pack, item, seed), cancelled)
    key = own if isinstance(item, Prediction) else rest_on_claims(item, own, tried, behind)
    return VariantEvidence(key, tuple(tried.values()))


def _try_numbers(
    pack: str,
    item: Numeric,
    parameters: NumbersByName,
    *,
    seed: int,
    cancelled: Callable[[], bool],
) -> Evidence:
    start = time.perf_counter()
    trial = Trial((pack, item.id, item.revision), seed=seed, cancelled=cancelled)
    trace = trace_of(item, [parameters])
    with trial.problems_of(parameters):
        try_draw(trial, item, parameters, 0, trace=trace)
    trial.require_independence(trace)
    return Evidence(
        id=item.id,
        standing="",
        verdict=trial.verdict(),
        measured=tuple(trial.measured),
        controls=trial.control_results(),
        draws=1,
        seed=seed,
        seconds=time.perf_counter() - start,
        revision=item.revision,
        problems=tuple(trial.problems),
    )
