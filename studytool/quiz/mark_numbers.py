"""Mark a number, in this order: right, near, a misconception, a common slip, how far it is off."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from studytool.language import Language, Phrase
from studytool.quiz.answer import Number
from studytool.quiz.give_mark import mark_as
from studytool.quiz.how_far import how_far
from studytool.quiz.key import NumberKey, WrongValue
from studytool.quiz.mark_value import Mark
from studytool.quiz.number_text import write_number
from studytool.quiz.outcome import Outcome
from studytool.quiz.slips import find_slips
from studytool.quiz.tolerance import Reach, Tolerance, exact, reach_of
from studytool.quiz.wanted import wanted_digits

_CLOSE = Phrase(ko="필요한 답: {digits}.", en="Close: {digits} wanted.")
_CLOSE_BUT_OFF = Phrase(
    ko="{far} 중간 계산에서 자릿수를 더 남기세요. 필요한 답: {digits}.",
    en="Close. {far} Keep more digits on the way: {digits} wanted.",
)
_FEW_GIVEN = Phrase(
    ko="값은 맞습니다. 필요한 답: {digits}.", en="The value is right: {digits} wanted."
)
_ONE_OF = Phrase(
    ko="이유는 다음 중 하나로 보입니다. {reasons}", en="One of these may be why. {reasons}"
)


def mark_number(key: NumberKey, answer: Number, language: Language) -> Mark:
    """Compare a number with its key.

    A near miss is never taken for a misconception. Where several misconceptions or slips lead to the
    answer, each is named as possible and none is recorded.
    """
    reach = key.reach()
    given = exact(answer.value) if answer.exact is None else answer.exact
    unit = f" {key.unit}" if key.unit else ""
    read_as = answer.reading or write_number(answer.value)
    give = partial(mark_as, read_as=read_as, key_text=key.text + unit)
    if reach.is_right(given) and _has_figures(key, answer):
        return give(Outcome.RIGHT)
    if reach.is_near(given):
        feedback = _close(key, reach, given, language)
        return give(Outcome.NEAR, credit=key.tolerance.credit, feedback=feedback)
    reasons = _misconceptions(key, given) or find_slips(key, reach, given, language)
    if not reasons:
        return give(Outcome.WRONG, feedback=how_far(answer.value, key.value, language))
    told = list(dict.fromkeys(reason.feedback for reason in reasons))
    feedback = told[0] if len(told) == 1 else _ONE_OF.text(language, reasons=" / ".join(told))
    only = reasons[0].id if len({reason.id for reason in reasons}) == 1 else None
    return give(Outcome.WRONG, feedback=feedback, misconception=only)


def _has_figures(key: NumberKey, answer: Number) -> bool:
    """Tell whether as many figures are given as the key asks for, if it does."""
    wanted = key.tolerance.given
    return wanted is None or answer.figures is None or answer.figures >= wanted


def _close(key: NumberKey, reach: Reach, given: Fraction, language: Language) -> str:
    digits = wanted_digits(key.tolerance.asked)
    if reach.is_right(given):
        return _FEW_GIVEN.text(language, digits=digits)
    if reach.is_coarse(given):
        return _CLOSE.text(language, digits=digits)
    far = how_far(float(given), key.value, language)
    return _CLOSE_BUT_OFF.text(language, far=far, digits=digits)


def _misconceptions(key: NumberKey, given: Fraction) -> Sequence[WrongValue]:
    """Return the misconception nearest to an answer, and those that come to the same number."""
    met = [wrong for wrong in key.misconceptions if _meets(wrong.value, key.tolerance, given)]
    if len(met) < 2:
        return met
    nearest = min(met, key=lambda wrong: abs(exact(wrong.value) - given))
    reach = reach_of(nearest.value, key.tolerance)
    return [wrong for wrong in met if reach.is_right(exact(wrong.value))]


def _meets(value: float, tolerance: Tolerance, given: Fraction) -> bool:
    """Tell whether an answer would be right were this the key; far and near ones are soon told."""
    apart = abs(value - float(given))
    if apart > 2 * tolerance.widest(value):
        return False
    well_within = apart < 0.99 * tolerance.distance(value)
    return well_within or reach_of(value, tolerance).is_right(given)
