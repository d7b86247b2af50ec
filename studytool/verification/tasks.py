"""One claim, or one key, tried: the unit of work that a process takes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from studytool.errors import StudytoolError
from studytool.numerics.measure import never
from studytool.packs.models import Claim, Numeric
from studytool.packs.models import Prediction as PredictionItem
from studytool.verification.claims import try_claim
from studytool.verification.evidence import Evidence, Verdict
from studytool.verification.keys import try_key, try_outcome
from studytool.verification.record import Record


@dataclass(frozen=True, slots=True)
class VerificationTask:
    """What to try: a claim or an item of a pack, under a seed; small enough to send."""

    pack: str
    what: Claim | Numeric | PredictionItem
    seed: int

    @property
    def is_claim(self) -> bool:
        """Tell a claim from an item."""
        return isinstance(self.what, Claim)

    @property
    def part(self) -> str:
        """Name the part of the evidence that it belongs to."""
        return "claims" if self.is_claim else "keys"

    @property
    def standing(self) -> str:
        """Return the standing of a claim; empty for a key."""
        return str(self.what.standing) if isinstance(self.what, Claim) else ""


def run_task(task: VerificationTask, cancelled: Callable[[], bool] = never) -> Evidence:
    """Try one claim or key; an author's mistake becomes the reason of an undecided verdict.

    Raises:
        Cancelled: the user cancelled.
    """
    start = time.perf_counter()
    name = (task.pack, task.what.id, task.what.revision)
    record = Record(name, seed=task.seed, cancelled=cancelled)
    draws = 0
    try:
        draws = _try(record, task)
    except StudytoolError as error:
        record.problems.append(str(error))
    untried = isinstance(task.what, Claim) and not task.what.checks
    return Evidence(
        id=task.what.id,
        standing=task.standing,
        verdict=None if untried else record.verdict(),
        measured=tuple(record.measured),
        controls=record.control_results(),
        draws=draws,
        seed=task.seed,
        seconds=time.perf_counter() - start,
        revision=task.what.revision,
        reason="" if untried else record.reason(),
    )


def _try(record: Record, task: VerificationTask) -> int:
    match task.what:
        case Claim() as claim:
            return try_claim(record, claim)
        case Numeric() as item:
            return try_key(record, item)
        case PredictionItem() as item:
            return try_outcome(record, item)


def not_run(task: VerificationTask, reason: str) -> Evidence:
    """Report a task that could not be run to its end as undecided."""
    return Evidence(
        id=task.what.id,
        standing=task.standing,
        verdict=Verdict.UNDECIDED,
        measured=(),
        controls=(),
        draws=0,
        seed=task.seed,
        seconds=0.0,
        revision=task.what.revision,
        reason=reason,
    )
