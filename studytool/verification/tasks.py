"""The unit of work that a process takes: one claim or one key, tried."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from studytool.errors import StudytoolError
from studytool.numerics.measure import never
from studytool.packs.behind import claims_behind, is_simulated
from studytool.packs.choices import Choice
from studytool.packs.claims import Claim
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.items import Item, Numeric
from studytool.packs.oracles import OracleRecord
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction
from studytool.verification.claims import try_claim
from studytool.verification.evidence import Evidence
from studytool.verification.items import try_options
from studytool.verification.keys import try_key
from studytool.verification.looks import TrialWatch
from studytool.verification.oracles import compare_with_oracles
from studytool.verification.predictions import try_simulated
from studytool.verification.problems import AuthorMistake, Problem
from studytool.verification.trial import Trial


@dataclass(frozen=True, slots=True)
class VerificationTask:
    """A claim or an item of a pack to try under a seed; it can be sent to a process.

    Attributes:
        oracles: what other libraries gave for it.
        at: the numbers of one variant, to try an item's key at these alone.
    """

    pack: str
    what: Claim | Item
    seed: int
    oracles: tuple[OracleRecord, ...] = ()
    at: NumbersByName | None = None

    @property
    def is_claim(self) -> bool:
        """Tell a claim from an item."""
        return isinstance(self.what, Claim)

    @property
    def claims(self) -> list[str]:
        """Name the claims whose findings its own verdict waits for."""
        return [] if isinstance(self.what, Claim) else claims_behind(self.what)

    @property
    def part(self) -> str:
        """Name the part of the evidence that it belongs to."""
        return "claims" if self.is_claim else "keys"

    @property
    def name(self) -> str:
        """Name it within its pack, as ``claims/ID``."""
        return f"{self.part}/{self.what.id}"

    @property
    def standing(self) -> str:
        """Return the standing of a claim; empty for a key."""
        return str(self.what.standing) if isinstance(self.what, Claim) else ""


def run_task(
    task: VerificationTask,
    cancelled: Callable[[], bool] = never,
    watch: TrialWatch | None = None,
) -> Evidence:
    """Try one claim or key; an author's mistake makes the verdict undecided.

    The evidence is the same where somebody watches. What a key owes to claims is added by :func:`studytool.verification.items.rest_on_claims`.

    Raises:
        Cancelled: the user cancelled.
    """
    start = time.perf_counter()
    name = (task.pack, *_name_of_draws(task.what))
    trial = Trial(name, seed=task.seed, cancelled=cancelled, watch=watch)
    draws = 0
    try:
        draws = _try(trial, task)
        compare_with_oracles(trial, task.what, task.oracles)
    except StudytoolError as error:
        trial.problems.append(AuthorMistake.of(error, {}))
    untried = isinstance(task.what, Claim) and not task.what.checks
    return Evidence(
        id=task.what.id,
        standing=task.standing,
        verdict=None if untried else trial.verdict(),
        measured=tuple(trial.measured),
        controls=trial.control_results(),
        draws=draws,
        seed=task.seed,
        seconds=time.perf_counter() - start,
        revision=task.what.revision,
        problems=tuple(trial.problems),
    )


def _name_of_draws(what: Claim | Item) -> tuple[str, str]:
    """Return id and revision by which the draws of a claim or item are made; a rename changes neither."""
    if isinstance(what, Claim) or not what.was:
        return what.id, what.revision
    return what.drawn_as, what.model_copy(update={"id": what.drawn_as}).revision


def _try(trial: Trial, task: VerificationTask) -> int:
    match task.what:
        case Claim() as claim:
            return try_claim(trial, claim)
        case Numeric() as item:
            return try_key(trial, item, task.at)
        case Choice() as item if not item.is_decided_by_when:
            return try_options(trial, item, task.at)
        case Choice() | Order() | Prediction() as item if is_simulated(item):
            return try_simulated(trial, item, task.at)
        case _:
            return 0


def not_run(task: VerificationTask, problem: Problem) -> Evidence:
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
        problems=(problem,),
    )
