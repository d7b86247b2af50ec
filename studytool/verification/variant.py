"""Try the question in view: the key at its own numbers, or what its answer rests on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.evidence import NumbersByName
from studytool.packs.models import Claim, Item, Numeric, Prediction
from studytool.verification.evidence import Evidence
from studytool.verification.keys import try_draw
from studytool.verification.tasks import VerificationTask, run_task
from studytool.verification.trial import Trial


@dataclass(frozen=True, slots=True)
class VariantEvidence:
    """What trying one variant found.

    Attributes:
        key: of the item's own key; None for an item that rests on its claims alone.
        claims: those that were tried in its place.
        parameters: the numbers that the key was tried at; empty where the item draws none.
    """

    key: Evidence | None = None
    claims: tuple[Evidence, ...] = ()
    parameters: NumbersByName | None = None

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Return all that was tried."""
        return (*(() if self.key is None else (self.key,)), *self.claims)


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
    """Try an item's key at the numbers of one variant; an item without a key of its own, its claims.

    The same variant and seed give the same evidence.

    Args:
        pack: its id.
        item: as its pack words it.
        parameters: the variant's numbers.
        claims: those that the item names.
        seed: of the random draws.
        progress: told how many parts are done, of how many.
        cancelled: asked between batches of replicates.

    Raises:
        Cancelled: the learner cancelled.
    """
    if isinstance(item, Numeric):
        found = _try_numbers(pack, item, parameters, seed=seed, cancelled=cancelled)
        return VariantEvidence(found, parameters=dict(parameters))
    if isinstance(item, Prediction):
        return VariantEvidence(run_task(VerificationTask(pack, item, seed), cancelled))
    tried: list[Evidence] = []
    for number, claim in enumerate(claims):
        progress(number, len(claims))
        tried.append(run_task(VerificationTask(pack, claim, seed), cancelled))
        if cancelled():
            raise Cancelled
    return VariantEvidence(claims=tuple(tried))


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
    with trial.problems_of(parameters):
        try_draw(trial, item, parameters, 0)
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
