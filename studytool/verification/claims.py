"""Try claims: a value under each condition, or an order, each with its controls."""

from studytool.errors import FormulaError, StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.models import Claim, Measurement, OrderCheck, ValueCheck
from studytool.quiz.compute import compute
from studytool.verification.evidence import MeasuredQuantity, Relation
from studytool.verification.rule import PredictedNumber, exactness, predict
from studytool.verification.sampling import DrawEstimate, make_sampler
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
        for number, given in enumerate(check.given):
            name = (*trial.name, index, trial.seed, number)
            with trial.problems_of(given):
                if isinstance(check, ValueCheck):
                    _try_value(trial, check, given, name)
                else:
                    _try_order(trial, check, given, name)
            draws += 1
        trial.require_controls([control.id for control in check.controls])
    return draws


def _try_value(trial: Trial, check: ValueCheck, given: NumbersByName, name: MeasurementKey) -> None:
    predicted = _predicted(check, check.expect, given)
    if not predicted.tolerance:
        raise StudytoolError(_ZERO, text=check.expect)
    wrongs = {}
    for control in check.controls:
        try:
            wrongs[control.id] = _predicted(check, control.expect, given)
        except FormulaError:  # no such number under this condition; some other must have it
            continue
    sampler = make_sampler(check.by, given, name=name, cancelled=trial.cancelled)
    trial.try_number(sampler, predicted, wrongs, condition=given)


def _predicted(check: ValueCheck, text: str, given: NumbersByName) -> PredictedNumber:
    return predict(compute(text, given), rtol=check.rtol, atol=check.atol or 0.0)


ORDER_LOOKS = ((128, 5.03), (512, 4.85), (4_096, 4.8), (32_768, 4.79))
"""Replicates, and the standard errors that the difference must clear: 1.7e-6 two-sided at each of
four looks by Student's t, so 6.8e-6 in all, as for 4.5 standard errors at one look."""


def _try_order(trial: Trial, check: OrderCheck, given: NumbersByName, name: MeasurementKey) -> None:
    margin = compute(check.margin, given)
    greater, than = (
        make_sampler(side, given, name=(*name, part), cancelled=trial.cancelled)
        for part, side in (("greater", check.greater), ("than", check.than))
    )
    difference, clearance = _difference(greater.draw, than.draw, margin)
    above = difference.value - clearance > margin
    below = difference.value + clearance < margin
    verdict = Verdict.HOLDS if above else Verdict.REFUTED if below else Verdict.UNDECIDED
    quantity = f"{_side(check.greater)} − {_side(check.than)}"
    trial.measured.append(
        MeasuredQuantity(quantity, difference, margin, clearance, verdict, given, Relation.EXCEEDS)
    )
    unequal = abs(difference.value) > clearance
    for control in check.controls:
        trial.controls[control.id].append(above if control.expect == "reversed" else unequal)


def _side(side: Measurement) -> str:
    given = ", ".join(f"{name}={text}" for name, text in side.with_.items())
    return f"{side.experiment}({given}).{side.quantity}"


def _difference(greater: DrawEstimate, than: DrawEstimate, margin: float) -> tuple[Estimate, float]:
    """Estimate greater − than, and how far from the margin it must be to count as an order.

    More replicates are drawn while the margin lies within that distance. Two exact numbers must
    differ by more than rounding.
    """
    difference, clearance = Estimate(margin, 0.0, 0), 0.0
    for replicates, errors in ORDER_LOOKS:
        one, other = greater(replicates), than(replicates)
        error = (one.standard_error**2 + other.standard_error**2) ** 0.5
        count = max(one.replicates, other.replicates)
        difference = Estimate(one.value - other.value, error, count)
        larger = max(abs(one.value), abs(other.value))
        clearance = errors * error or exactness(PredictedNumber(larger, 0.0))
        if error == 0 or abs(difference.value - margin) > clearance:
            break
    return difference, clearance
