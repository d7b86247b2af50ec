"""One claim, or one key, tried: the unit of work that a process takes."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from studytool.errors import StudytoolError
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import never
from studytool.packs.models import (
    ChoiceParameter,
    Claim,
    Control,
    Numeric,
    OrderCheck,
    ValueCheck,
)
from studytool.packs.models import Prediction as PredictionItem
from studytool.quiz.compute import compute, key_value, scope_of, wrong_values
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.prediction import decide_outcome
from studytool.verification.evidence import Comparison, ControlResult, Finding, Verdict
from studytool.verification.rule import (
    GUARD,
    Draw,
    Unaffordable,
    compare,
    draw_enough,
    judge,
    predict,
)
from studytool.verification.sampling import make_sampler

DRAWS = 3
MOST_SEEDS = 60
"""Seeds tried in search of draws that cover every label and every ``when``."""

Cancelled = Callable[[], bool]


@dataclass(slots=True)
class _Record:
    """What one task found so far."""

    measured: list[Comparison] = field(default_factory=list)
    controls: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)

    def verdict(self) -> Verdict:
        verdicts = {found.verdict for found in self.measured}
        if Verdict.REFUTED in verdicts:
            return Verdict.REFUTED
        rejected = all(all(draws) for draws in self.controls.values())
        sound = self.measured and rejected and not self.problems
        return Verdict.HOLDS if sound and verdicts == {Verdict.HOLDS} else Verdict.UNDECIDED

    def reason(self) -> str:
        failed = [f"{found.quantity}: {found.reason}" for found in self.measured if found.reason]
        passed = [name for name, draws in self.controls.items() if not all(draws)]
        kept = [f"control '{name}' was not rejected" for name in passed]
        return "; ".join([*self.problems, *failed, *kept])

    def control_results(self) -> tuple[ControlResult, ...]:
        return tuple(
            ControlResult(name, all(draws), len(draws)) for name, draws in self.controls.items()
        )


@dataclass(frozen=True, slots=True)
class Task:
    """What to try: a claim or an item of a pack, under a seed; small enough to send."""

    pack: str
    what: Claim | Numeric | PredictionItem
    seed: int

    @property
    def is_claim(self) -> bool:
        """Tell a claim from an item."""
        return isinstance(self.what, Claim)

    @property
    def revision(self) -> str:
        """Name the wording that is tried."""
        return self.what.revision


def run_task(task: Task, cancelled: Cancelled = never) -> Finding:
    """Try one claim or key; an author's mistake becomes the reason of an undecided verdict.

    Raises:
        studytool.verification.sampling.Cancelled: the user cancelled.
    """
    start = time.perf_counter()
    record = _Record()
    draws = 0
    try:
        match task.what:
            case Claim() as claim:
                draws = _try_claim(record, claim, task, cancelled)
            case Numeric() as item:
                draws = _try_key(record, item, task, cancelled)
            case PredictionItem() as item:
                draws = _try_outcome(record, item, task)
    except StudytoolError as error:
        record.problems.append(str(error))
    untried = isinstance(task.what, Claim) and not task.what.checks
    return Finding(
        id=task.what.id,
        standing=str(task.what.standing) if isinstance(task.what, Claim) else "",
        verdict=None if untried else record.verdict(),
        measured=tuple(record.measured),
        controls=record.control_results(),
        draws=draws,
        seed=task.seed,
        seconds=time.perf_counter() - start,
        revision=task.revision,
        reason="" if untried else record.reason(),
    )


# --- keys -------------------------------------------------------------------------------------


def _try_key(record: _Record, item: Numeric, task: Task, cancelled: Cancelled) -> int:
    """Try the key on draws of the parameters that cover every label and every ``when``."""
    draws = _covering_draws(item, f"{task.pack}/{item.id}", task.seed)
    for number, drawn in enumerate(draws):
        scope = scope_of(item, drawn)
        key = key_value(item, scope)
        answer = item.answer
        prediction = predict(key, rtol=answer.rtol or 0.0, atol=answer.absolute)
        if prediction is None:
            record.problems.append("a key of 0 needs atol or decimals")
            continue
        name = (task.pack, item.id, item.revision, "key", task.seed, number)
        sampler = make_sampler(item.check, scope, name=name, cancelled=cancelled)
        found = draw_enough(sampler.draw, prediction.tolerance, exact=sampler.exact)
        if isinstance(found, Unaffordable):
            record.problems.append(_too_costly(sampler.quantity, found))
            continue
        numbers = ", ".join(f"{key}={value:g}" for key, value in drawn.items())
        record.measured.append(compare(f"{sampler.quantity} [{numbers}]", found, prediction))
        for wrong, value in wrong_values(item, scope):
            claimed = predict(value, rtol=answer.rtol or 0.0, atol=answer.absolute)
            accepted = claimed is not None and judge(found, claimed) is Verdict.HOLDS
            record.controls[wrong.id].append(not accepted)
    _require_every_control(record, [wrong.id for wrong in item.misconceptions])
    return len(draws)


def _covering_draws(item: Numeric, item_id: str, seed: int) -> list[dict[str, float]]:
    """Draw parameters until every label and every misconception was met, three at the least."""
    wanted = {f"{name}={value:g}" for name, value in _labelled(item)}
    wanted |= {wrong.id for wrong in item.misconceptions}
    draws: list[dict[str, float]] = []
    for attempt in range(MOST_SEEDS):
        drawn = draw_parameters(item, item_id=item_id, seed=MOST_SEEDS * seed + attempt)
        met = {f"{name}={value:g}" for name, value in drawn.items()}
        met |= {wrong.id for wrong, _ in wrong_values(item, scope_of(item, drawn))}
        if drawn not in draws and (len(draws) < DRAWS or wanted & met):
            draws.append(drawn)
            wanted -= met
        if len(draws) >= DRAWS and not wanted:
            break
    return draws


def _labelled(item: Numeric) -> Iterator[tuple[str, float]]:
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and parameter.labels:
            for value in parameter.choice:
                yield name, value


def _try_outcome(record: _Record, item: PredictionItem, task: Task) -> int:
    """Try a prediction: another stream than the learner's must show the same one outcome."""
    item_id = f"{task.pack}/{item.id}"
    shown = decide_outcome(item, item_id=item_id)
    again = decide_outcome(item, item_id=item_id, seed=task.seed + 1)
    same = shown.outcome == again.outcome
    for name, found in again.measured.items():
        first = shown.measured[name]
        apart = abs(found.value - first.value)
        error = (found.standard_error**2 + first.standard_error**2) ** 0.5
        verdict = Verdict.HOLDS if same else Verdict.REFUTED
        record.measured.append(
            Comparison(name, found, first.value, max(apart, GUARD * error), verdict)
        )
    for outcome in item.outcomes:
        if outcome.id != shown.outcome:
            record.controls[outcome.id].append(outcome.id != again.outcome)
    return 2


# --- claims -----------------------------------------------------------------------------------


def _try_claim(record: _Record, claim: Claim, task: Task, cancelled: Cancelled) -> int:
    draws = 0
    for index, check in enumerate(claim.checks):
        for number, given in enumerate(check.given):
            name = (task.pack, claim.id, task.revision, index, task.seed, number)
            if isinstance(check, ValueCheck):
                _try_value(record, check, given, name, cancelled)
            else:
                _try_order(record, check, given, name, cancelled)
            draws += 1
        _require_every_control(record, [control.id for control in check.controls])
    return draws


def _try_value(  # noqa: PLR0917 - a condition and the name of its stream
    record: _Record,
    check: ValueCheck,
    given: Mapping[str, float],
    name: tuple[object, ...],
    cancelled: Cancelled,
) -> None:
    expected = compute(check.expect, given)
    prediction = predict(expected, rtol=check.rtol, atol=check.atol or 0.0)
    if prediction is None:
        record.problems.append(f"'{check.expect}' is 0 here: give the check an atol")
        return
    sampler = make_sampler(check.by, given, name=name, cancelled=cancelled)
    found = draw_enough(sampler.draw, prediction.tolerance, exact=sampler.exact)
    if isinstance(found, Unaffordable):
        record.problems.append(_too_costly(sampler.quantity, found))
        return
    record.measured.append(compare(sampler.quantity + _condition(given), found, prediction))
    for control in check.controls:
        record.controls[control.id].append(_rejects(found, control, check, given))


def _rejects(
    found: Estimate, control: Control, check: ValueCheck, given: Mapping[str, float]
) -> bool:
    """Judge a wrong statement by the same estimate and the same rule."""
    value = compute(control.expect, given)
    wrong = predict(value, rtol=check.rtol, atol=check.atol or 0.0)
    if wrong is None:  # it says exactly 0: rejected where the estimate is surely not 0
        return abs(found.value) > GUARD * found.standard_error
    return judge(found, wrong) is not Verdict.HOLDS


ORDER_REPLICATES = (512, 4_096, 32_768)
ORDER_ERRORS = 4.5
"""Standard errors that the difference must clear: two-sided 6.8e-6."""


def _try_order(  # noqa: PLR0917 - a condition and the name of its stream
    record: _Record,
    check: OrderCheck,
    given: Mapping[str, float],
    name: tuple[object, ...],
    cancelled: Cancelled,
) -> None:
    margin = compute(check.margin, given)
    samplers = [
        make_sampler(side, given, name=(*name, part), cancelled=cancelled)
        for part, side in (("greater", check.greater), ("than", check.than))
    ]
    quantity = f"{samplers[0].quantity} − {samplers[1].quantity}{_condition(given)}"
    difference = _difference(samplers[0].draw, samplers[1].draw, margin)
    error = difference.standard_error
    above = difference.value - ORDER_ERRORS * error > margin
    below = difference.value + ORDER_ERRORS * error < margin
    verdict = Verdict.HOLDS if above else Verdict.REFUTED if below else Verdict.UNDECIDED
    reason = "" if above else f"measured {difference.value:.4g} ± {error:.2g}, not above {margin:g}"
    record.measured.append(
        Comparison(quantity, difference, margin, ORDER_ERRORS * error, verdict, reason)
    )
    for control in check.controls:
        surely_unequal = abs(difference.value) > ORDER_ERRORS * error
        record.controls[control.id].append(
            above if control.expect == "reversed" else surely_unequal
        )


def _difference(greater: Draw, than: Draw, margin: float) -> Estimate:
    """Estimate greater − than, with more replicates while the margin lies within its interval."""
    difference = Estimate(margin, 0.0, 0)
    for replicates in ORDER_REPLICATES:
        one, other = greater(replicates), than(replicates)
        error = (one.standard_error**2 + other.standard_error**2) ** 0.5
        difference = Estimate(one.value - other.value, error, replicates)
        if abs(difference.value - margin) > ORDER_ERRORS * error:
            break
    return difference


def _condition(given: Mapping[str, float]) -> str:
    return f" [{', '.join(f'{name}={value:g}' for name, value in given.items())}]" if given else ""


def _require_every_control(record: _Record, ids: Sequence[str]) -> None:
    for name in ids:
        if not record.controls.get(name):
            record.problems.append(f"control '{name}' could be tried on no draw")


def _too_costly(quantity: str, found: Unaffordable) -> str:
    return (
        f"{quantity}: cannot be tried this way: {found.needed:,.0f} replicates would be needed; "
        "take a sample with less spread, or a wider tolerance"
    )
