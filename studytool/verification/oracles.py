"""Compare a key or claim with what other libraries gave for it."""

from collections.abc import Iterable

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis
from studytool.packs.claims import Claim, ValueCheck
from studytool.packs.evidence import Independence, NumbersByName, Verdict
from studytool.packs.items import Item, Numeric
from studytool.packs.oracles import OracleRecord, oracle_name
from studytool.packs.scope import scope_of
from studytool.quiz.compute import compute, key_value
from studytool.verification.evidence import MeasuredQuantity
from studytool.verification.rule import PredictedNumber, exactness, is_exact, judge, predict
from studytool.verification.trial import Trial

_NO_CHECK = Phrase(
    ko="evidence.lock의 {by} 기록은 지금 확인과 맞지 않습니다. 기록을 새로 만드세요.",
    en="the record of {by} in evidence.lock fits no check now: record it anew",
)


def compare_with_oracles(trial: Trial, what: Claim | Item, records: Iterable[OracleRecord]) -> None:
    """Add what other libraries gave: agreement is evidence beside the check's, no more.

    A record is the word of whoever wrote the file, so it raises no class of what was tried here.
    """
    for record in records:
        with trial.problems_of(record.condition):
            predicted = _predicted(what, record)
            basis = Basis.STUDENT if record.standard_error else Basis.COMPUTED
            found = Estimate(record.value, record.standard_error, record.replicates, basis=basis)
            trial.measured.append(
                MeasuredQuantity(
                    oracle_name(record),
                    found,
                    predicted.value,
                    predicted.tolerance,
                    _judge(found, predicted),
                    record.condition,
                    interval=(found.bounds.low, found.bounds.high),
                    independence=Independence.ORACLE,
                )
            )


def _judge(found: Estimate, predicted: PredictedNumber) -> Verdict:
    if is_exact(found):  # also where the key is 0 and needs no tolerance
        close = abs(found.value - predicted.value) <= exactness(predicted.value)
        return Verdict.HOLDS if close else Verdict.REFUTED
    return judge(found, predicted)


def _predicted(what: Claim | Item, record: OracleRecord) -> PredictedNumber:
    match what:
        case Numeric():
            key = key_value(what, scope_of(what, _named(record, what.drawn_names)))
            tolerance = what.answer.tolerance
            return predict(key, rtol=tolerance.relative, atol=tolerance.absolute)
        case Claim(checks=checks) if record.check < len(checks):
            check = checks[record.check]
            if isinstance(check, ValueCheck):
                expected = compute(check.expect, _named(record, check.given[0]))
                return predict(expected, rtol=check.rtol or 0.05, atol=check.atol or 0.0)
    raise StudytoolError(_NO_CHECK, by=record.by)


def _named(record: OracleRecord, names: Iterable[str]) -> NumbersByName:
    if set(record.condition) != set(names):
        raise StudytoolError(_NO_CHECK, by=record.by)
    return record.condition
