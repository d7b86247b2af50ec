"""What is wrong with the unit of a question, and how an author mends it."""

import re
from difflib import get_close_matches

from studytool.language import Message, Phrase
from studytool.units.parse import UnitError, is_loose
from studytool.units.symbols import NAMES, SYMBOLS

_EMPTY = Phrase(
    ko="단위가 비어 있습니다. 단위가 없으면 unit을 쓰지 마세요.",
    en="the unit is empty; leave 'unit' out where there is none",
)
_CURRENCY = Phrase(
    ko="'{text}'은(는) 돈의 단위라서 읽지 못합니다. 수만 묻거나, 세는 말이면 '\"원\"'처럼 따옴표 안에 쓰세요",
    en="'{text}' is a currency, which is not read; ask for the number alone, or write a counter in "
    "quotes: '\"won\"'",
)
_NUMBER = Phrase(
    ko="단위 '{text}'에 수가 들어 있습니다. 수는 정답에 곱하고 단위만 쓰세요",
    en="the unit '{text}' has a number in it; multiply the key by it and write the unit alone",
)
_LOOSE = Phrase(
    ko="단위 '{text}'은(는) 두 가지로 읽힙니다. 빗금 뒤를 괄호로 묶으세요: J/(mol·K)",
    en="the unit '{text}' has two readings; put brackets behind the slash: J/(mol·K)",
)
_UNKNOWN = Phrase(
    ko="'{word}'이라는 단위를 모릅니다{near}. 세는 말이면 따옴표 안에 쓰세요: '\"{word}\"'",
    en="no unit '{word}' is known{near}; a word that counts is written in quotes: '\"{word}\"'",
)
_NEAR = Phrase(ko="({near}?)", en=" (did you mean {near}?)")
_FORM = Phrase(
    ko="단위 '{text}'을(를) 읽지 못합니다. m/s^2, N·m, 1/s처럼 쓰세요",
    en="the unit '{text}' cannot be read; write it like m/s^2, N·m or 1/s",
)

_MONEY = re.compile(r"[$€£¥₩₽₹￦￥]|^(?:원|달러|유로|엔|USD|KRW|EUR|JPY|dollars?|euros?|won)$")
_DIGITS = re.compile(r"(?:^|[\s·*/(])(?!1\s*/)\d")


def unit_problem(text: str) -> Message | None:
    """Say what is wrong with a unit; None where it can be read.

    >>> unit_problem("m/s^2") is None, unit_problem("10 m").text("en")
    (True, "the unit '10 m' has a number in it; multiply the key by it and write the unit alone")
    """
    if not text.strip():
        return _EMPTY.of()
    if _MONEY.search(text.strip()):
        return _CURRENCY.of(text=text)
    try:
        return _LOOSE.of(text=text) if is_loose(text) else None
    except UnitError as error:
        if _DIGITS.search(text):
            return _NUMBER.of(text=text)
        if not error.word or not error.word.strip('"').isalpha():
            return _FORM.of(text=text)
        near = get_close_matches(error.word, [*SYMBOLS, *NAMES], n=1, cutoff=0.6)
        hint = _NEAR.of(near=near[0]) if near else ""
        return _UNKNOWN.of(word=error.word, near=hint)
