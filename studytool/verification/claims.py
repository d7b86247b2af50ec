"""Try claims: a value under each condition, or an order, each with its controls."""

from studytool.errors import FormulaError, StudytoolError
from studytool.language import Phrase
from studytool.packs.compared_key import KeyFormula
from studytool.packs.evidence import NumbersByName
from studytool.packs.models import Claim, ValueCheck
from studytool.quiz.compute import compute
from studytool.verification.orders import try_order
from studytool.verification.rule import LARGEST_RELATIVE, PredictedNumber, predict
from studytool.verification.sampling import make_sampler
from studytool.verification.tracing import CheckTrace
from studytool.verification.trial import Trial

MeasurementKey = tuple[object, ...]

_ZERO = Phrase(
    ko="'{text}': 여기서 값이 0입니다. 검사에 atol을 쓰세요.",
    en="'{text}' is 0 here: give the check an atol",
)


def try_claim(trial: Trial, claim: Claim) -> int:
    """Try every check of a claim under every condition; return the number of conditions."""
    draws = 0
    for index, check in enumerate(claim.checks):
        name = (*trial.name, index, trial.seed)
        if isinstance(check, ValueCheck):
            _try_values(trial, check, name)
        else:
            for number, given in enumerate(check.given):
                with trial.problems_of(given):
                    try_order(trial, check, given, (*name, number))
        draws += len(check.given)
        trial.require_controls([control.id for control in check.controls])
    return draws


def _try_values(trial: Trial, check: ValueCheck, name: MeasurementKey) -> None:
    trace = CheckTrace(KeyFormula(check.expect, check.given), check.by)
    for number, given in enumerate(check.given):
        with trial.problems_of(given):
            _try_value(trial, check, given, trace, name=(*name, number))
    trial.require_independence(trace)


def _try_value(
    trial: Trial,
    check: ValueCheck,
    given: NumbersByName,
    trace: CheckTrace,
    *,
    name: MeasurementKey,
) -> None:
    with trace.computing_key():
        predicted = _predicted(check, check.expect, given)
    if not predicted.tolerance:
        raise StudytoolError(_ZERO, text=check.expect)
    wrongs = {}
    for control in check.controls:
        try:
            wrongs[control.id] = _predicted(check, control.expect, given)
        except FormulaError:  # no such number under this condition; some other must have it
            continue
    with trace.drawing(predicted.value):
        sampler = make_sampler(check.by, given, name=name, cancelled=trial.cancelled)
        trial.try_number(sampler, predicted, wrongs, condition=given, trace=trace)


def _predicted(check: ValueCheck, text: str, given: NumbersByName) -> PredictedNumber:
    return predict(compute(text, given), rtol=tolerance_of(check), atol=check.atol or 0.0)


def tolerance_of(check: ValueCheck) -> float:
    """Return the relative tolerance of a check: what is written, or 5 %."""
    return LARGEST_RELATIVE if check.rtol is None else check.rtol
