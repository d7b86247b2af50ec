"""The instruction under a question: what to type or to choose."""

from functools import reduce

from studytool.language import Message, Phrase
from studytool.quiz.key import AxisKey, BlankKey, NumberKey, OptionKey, OrderKey, PredictionKey
from studytool.quiz.mark_estimates import leeway_message
from studytool.quiz.variant import Variant
from studytool.quiz.wanted import wanted
from studytool.wording import study as phrases

_OF_BLANK = Phrase(ko="{n}번 빈칸은 {wanted}", en="blank {n}: {wanted}")
_AND_ONE = Phrase(ko="{all}, {one}", en="{all}; {one}")
_WITH_DIGITS = Phrase(ko="{typed} ({wanted})", en="{typed} ({wanted})")
_SHOWN_BY_ENTER = Phrase(ko="Enter를 누르면 답이 나옵니다", en="Enter shows the answer")


def instruction(question: Variant, *, in_lines: bool = False) -> Message:
    """Say how a question is answered, on the screen or ``in_lines``."""
    match question.key:
        case NumberKey() as key:
            return phrases.TYPE_NUMBER.of(wanted=wanted(key))
        case BlankKey() as key:
            return _of_blanks(key)
        case OptionKey() if wants_several(question):
            return (phrases.TYPE_SEVERAL if in_lines else phrases.CHOOSE_SEVERAL).of()
        case OptionKey():
            return (phrases.TYPE_CHOICE if in_lines else phrases.CHOOSE).of()
        case PredictionKey() | OrderKey() | AxisKey() as key:
            return _of_prediction(key, in_lines=in_lines)
        case _:
            return (_SHOWN_BY_ENTER if in_lines else phrases.RECALL).of()


def _of_blanks(key: BlankKey) -> Message:
    """Say how blanks are filled, and of each number which digits and unit are wanted."""
    numbers = [(n, one.wanted) for n, one in enumerate(key.blanks, 1)]
    digits = [(n, wanted(one)) for n, one in numbers if isinstance(one, NumberKey)]
    if len(key.blanks) == 1:
        said = phrases.TYPE_NUMBER if digits else phrases.TYPE_WORD
        return said.of(wanted=digits[0][1] if digits else "")
    typed = phrases.TYPE_WORDS.of(count=len(key.blanks))
    if not digits:
        return typed
    listed = [_OF_BLANK.of(n=n, wanted=one) for n, one in digits]
    return _WITH_DIGITS.of(
        typed=typed, wanted=reduce(lambda all_, one: _AND_ONE.of(all=all_, one=one), listed)
    )


def _of_prediction(key: PredictionKey | OrderKey | AxisKey, *, in_lines: bool) -> Message:
    match key:
        case PredictionKey(several=True):
            return phrases.PREDICT_SEVERAL.of()
        case PredictionKey():
            return (phrases.PREDICT_BY_NUMBER if in_lines else phrases.PREDICT).of()
        case AxisKey():
            said = phrases.ESTIMATE if in_lines else phrases.PLACE_ESTIMATE
            return said.of(leeway=leeway_message(key))
        case OrderKey(ascending=ascending):
            end = phrases.SMALLEST if ascending else phrases.LARGEST
            return (phrases.TYPE_ORDER if in_lines else phrases.MOVE_TO_ORDER).of(first=end)


def wants_several(question: Variant) -> bool:
    """Tell whether more than one option is right."""
    key = question.key
    return isinstance(key, OptionKey | PredictionKey) and key.several
