"""Say how far a wrong number is from its key, and in which direction."""

from math import log10

from studytool.language import Language, Message, Phrase
from studytool.quiz.number_text import power_of_ten, write_number

_KEY_IS_ZERO = {
    True: Phrase(ko="정답보다 큽니다.", en="That is above the key."),
    False: Phrase(ko="정답보다 작습니다.", en="That is below the key."),
}
_NOT_ZERO = Phrase(ko="정답은 0이 아닙니다.", en="The key is not 0.")
_SAME_SIGN = Phrase(ko="{size}입니다.", en="That is {size}.")
_OTHER_SIGN = Phrase(
    ko="부호가 반대이고, 크기는 {size}입니다.",
    en="The sign is the other way round, and in size it is {size}.",
)
_SIGN_ALONE = Phrase(
    ko="부호가 반대이고, 크기는 정답과 비슷합니다.",
    en="The sign is the other way round; the size is about right.",
)
_TIMES = Phrase(ko="정답의 약 {factor}", en="about {factor} the key")
_ORDERS = {
    True: Phrase(
        ko="정답의 약 {power}배({orders}자릿수 큼)",
        en="about {power} times the key, {orders} orders of magnitude too large",
    ),
    False: Phrase(
        ko="정답의 약 {power}배({orders}자릿수 작음)",
        en="about {power} times the key, {orders} orders of magnitude too small",
    ),
}
_PERCENT = {
    True: Phrase(
        ko="정답보다 약 {percent}% 큽니다.", en="That is about {percent} % above the key."
    ),
    False: Phrase(
        ko="정답보다 약 {percent}% 작습니다.", en="That is about {percent} % below the key."
    ),
}
_PERCENT_IN_SIZE = {
    True: Phrase(
        ko="크기가 정답보다 약 {percent}% 큽니다.",
        en="In size that is about {percent} % above the key.",
    ),
    False: Phrase(
        ko="크기가 정답보다 약 {percent}% 작습니다.",
        en="In size that is about {percent} % below the key.",
    ),
}
_FACTORS = (
    (2.0, Phrase(ko="두 배", en="twice")),
    (3.0, Phrase(ko="세 배", en="three times")),
    (4.0, Phrase(ko="네 배", en="four times")),
    (0.5, Phrase(ko="절반", en="half")),
    (1 / 3, Phrase(ko="3분의 1", en="a third of")),
    (0.25, Phrase(ko="4분의 1", en="a quarter of")),
)
_ANY_FACTOR = Phrase(ko="{n}배", en="{n} times")
_ANY_PART = Phrase(ko="{n}분의 1", en="1/{n} of")
_ABOUT = 0.03
"""A factor as near as this to a simple one is said to be about that."""
_LARGE, _SMALL = 300.0, 1 / 300
"""Beyond these the order of magnitude says enough."""
_PART = 0.1
_DOUBLE, _HALF = 1.75, 0.58
"""Between these a difference is said in per cent."""


def how_far(answer: float, key: float, language: Language) -> str:
    """Say how a wrong answer compares with its key: its sign, how many times it is, how far off.

    >>> how_far(0.5, 0.25, "en"), how_far(1.12, 1.0, "en")
    ('That is about twice the key.', 'That is about 12 % above the key.')
    """
    if key == 0 or answer == 0:
        return (_KEY_IS_ZERO[answer > 0] if answer else _NOT_ZERO).text(language)
    power = log10(abs(answer)) - log10(abs(key))
    is_opposite = (answer < 0) is not (key < 0)
    if log10(_HALF) < power < log10(_DOUBLE):
        if is_opposite:
            return _SIGN_ALONE.text(language)
        return _percent(answer / key, _PERCENT if key > 0 else _PERCENT_IN_SIZE, language)
    is_simple = log10(_SMALL) < power < log10(_LARGE)
    size = _times(abs(answer / key)) if is_simple else _orders(round(power))
    return (_OTHER_SIGN if is_opposite else _SAME_SIGN).text(language, size=size)


def _percent(ratio: float, said: dict[bool, Phrase], language: Language) -> str:
    off = abs(ratio - 1)
    percent = write_number(100 * off, "2sf" if off < 0.095 else "0dp")
    return said[ratio > 1].text(language, percent=percent)


def _orders(power: int) -> Message:
    return _ORDERS[power > 0].of(orders=abs(power), power=power_of_ten(power))


def _times(ratio: float) -> Message:
    """Say how many times the key an answer is; the ratio lies between 1/300 and 300."""
    for factor, phrase in _FACTORS:
        if abs(ratio / factor - 1) <= _ABOUT:
            return _TIMES.of(factor=phrase)
    if ratio < _PART:
        return _TIMES.of(factor=_ANY_PART.of(n=write_number(1 / ratio, "2sf")))
    return _TIMES.of(factor=_ANY_FACTOR.of(n=write_number(ratio, "2sf")))
