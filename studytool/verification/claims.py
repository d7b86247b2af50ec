"""Claims tried: a value under each condition, or an order, each with its controls."""

from collections.abc import Mapping

from studytool.errors import FormulaError, StudytoolError
from studytool.numerics.estimate import Estimate
from studytool.packs.models import Claim, Measurement, OrderCheck, ValueCheck
from studytool.quiz.compute import compute
from studytool.verification.evidence import MeasuredQuantity, Verdict
from studytool.verification.record import Record, condition_text
from studytool.verification.rule import Predicted, exactness, predict
from studytool.verification.sampling import DrawEstimate, make_sampler

MeasurementKey = tuple[object, ...]


def try_claim(record: Record, claim: Claim) -> int:
    """Try every check of a claim under every condition; return how many those were."""
    draws = 0
    for index, check in enumerate(claim.checks):
        for number, given in enumerate(check.given):
            name = (*record.name, index, record.seed, number)
            with record.problems_of(condition_text(given)):
                if isinstance(check, ValueCheck):
                    _try_value(record, check, given, name)
                else:
                    _try_order(record, check, given, name)
            draws += 1
        record.require_controls([control.id for control in check.controls])
    return draws


def _try_value(
    record: Record, check: ValueCheck, given: Mapping[str, float], name: MeasurementKey
) -> None:
    prediction = _predicted(check, check.expect, given)
    if not prediction.tolerance:
        raise StudytoolError(f"'{check.expect}' is 0 here: give the check an atol")
    wrongs = {}
    for control in check.controls:
        try:
            wrongs[control.id] = _predicted(check, control.expect, given)
        except FormulaError:  # no such number under this condition; some other must have it
            continue
    sampler = make_sampler(check.by, given, name=name, cancelled=record.cancelled)
    record.try_number(sampler, prediction, wrongs, condition=condition_text(given))


def _predicted(check: ValueCheck, text: str, given: Mapping[str, float]) -> Predicted:
    return predict(compute(text, given), rtol=check.rtol, atol=check.atol or 0.0)


ORDER_LOOKS = ((128, 5.03), (512, 4.85), (4_096, 4.8), (32_768, 4.79))
"""Replicates, and the standard errors that the difference must clear: 1.7e-6 two-sided at each of
four looks by Student's t, so 6.8e-6 in all, as for 4.5 standard errors at one look."""


def _try_order(
    record: Record, check: OrderCheck, given: Mapping[str, float], name: MeasurementKey
) -> None:
    margin = compute(check.margin, given)
    greater, than = (
        make_sampler(side, given, name=(*name, part), cancelled=record.cancelled)
        for part, side in (("greater", check.greater), ("than", check.than))
    )
    difference, clearance = _difference(greater.draw, than.draw, margin)
    above = difference.value - clearance > margin
    below = difference.value + clearance < margin
    verdict = Verdict.HOLDS if above else Verdict.REFUTED if below else Verdict.UNDECIDED
    reason = ""
    if not above:
        reason = f"measured {difference.value:.4g} ± {difference.standard_error:.2g}, "
        reason += f"which is not surely above {margin:g}: off it by less than {clearance:.2g}"
        if below:
            reason = f"{reason.partition(', ')[0]}, which is surely below {margin:g}"
    quantity = f"{_side(check.greater)} − {_side(check.than)}{condition_text(given)}"
    record.measured.append(
        MeasuredQuantity(quantity, difference, margin, clearance, verdict=verdict, reason=reason)
    )
    unequal = abs(difference.value) > clearance
    for control in check.controls:
        record.controls[control.id].append(above if control.expect == "reversed" else unequal)


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
        clearance = errors * error or exactness(Predicted(larger, 0.0))
        if error == 0 or abs(difference.value - margin) > clearance:
            break
    return difference, clearance
