"""Try claims: a value under each condition, or an order, each with its controls."""

from collections.abc import Mapping

from studytool.errors import FormulaError, StudytoolError
from studytool.language import Phrase
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.compared_key import KeyFormula
from studytool.packs.evidence import NumbersByName
from studytool.quiz.compute import compute
from studytool.verification.orders import try_order
from studytool.verification.rule import (
    EXACT_ABSOLUTE,
    EXACT_RELATIVE,
    LARGEST_OF_GAP,
    LARGEST_RELATIVE,
    PredictedNumber,
    predict,
)
from studytool.verification.sampling import is_computed, make_sampler
from studytool.verification.tracing import CheckTrace
from studytool.verification.trial import Trial

MeasurementKey = tuple[object, ...]

_ZERO = Phrase(
    ko="'{text}': 여기서 값이 0입니다. 확인에 atol을 쓰세요.",
    en="'{text}' is 0 here: give the check an atol",
)
_WIDE = Phrase(
    ko="atol {atol:g}이(가) '{id}'까지의 거리 {gap:g}의 3분의 1보다 넓습니다. "
    "줄이거나 because에 까닭을 쓰세요.",
    en="atol {atol:g} is wider than a third of the distance {gap:g} to '{id}'; "
    "make it narrower, or say why in 'because'",
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
    _refuse_wide(check, predicted, wrongs)
    with trace.drawing(predicted.value, given):
        sampler = make_sampler(
            check.by, given, name=name, cancelled=trial.cancelled, watch=trial.hears
        )
        trial.try_number(sampler, predicted, wrongs, condition=given, trace=trace)
    if check.because is None:
        trial.refuse_off_zero()


def _refuse_wide(
    check: ValueCheck, predicted: PredictedNumber, wrongs: Mapping[str, PredictedNumber]
) -> None:
    """Refuse an absolute tolerance that reaches beyond a third of the way to the nearest control.

    Where the claimed number is not 0, 0 counts as one: "5, give or take 6" says nothing.

    Raises:
        StudytoolError: it does, and the check does not say why.
    """
    if check.atol is None or check.because is not None or predicted.tolerance > check.atol:
        return
    others = {name: wrong.value for name, wrong in wrongs.items()}
    if predicted.value:
        others.setdefault("0", 0.0)
    for name, other in others.items():
        gap = abs(other - predicted.value)
        if check.atol > LARGEST_OF_GAP * gap:
            raise StudytoolError(_WIDE, atol=check.atol, id=name, gap=gap)


def _predicted(check: ValueCheck, text: str, given: NumbersByName) -> PredictedNumber:
    rtol, atol = tolerances_of(check)
    return predict(compute(text, given), rtol=rtol, atol=atol)


def tolerances_of(check: ValueCheck) -> tuple[float, float]:
    """Return the relative and the absolute tolerance of a check.

    What is written counts, but for rounding; else it is 5 % of an estimate, and floating-point
    accuracy of a number that is computed.
    """
    if is_computed(check.by):
        return max(check.rtol or 0.0, EXACT_RELATIVE), max(check.atol or 0.0, EXACT_ABSOLUTE)
    return LARGEST_RELATIVE if check.rtol is None else check.rtol, check.atol or 0.0
