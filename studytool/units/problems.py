"""What is wrong with the unit of a question, and how an author mends it."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from studytool.language import Message, Phrase
from studytool.units.known import find_known
from studytool.units.parse import UnitError, is_loose
from studytool.units.symbols import COUNTERS, NAMES, SYMBOLS


class UnitProblem(NamedTuple):
    """Why a text is no unit of a question, and what to write instead."""

    why: Message
    remedy: Message


_MONEY = re.compile(r"[$€£¥₩₽₹￦￥]|^(?:원|달러|유로|엔|USD|KRW|EUR|JPY|dollars?|euros?|won)$")
_DIGITS = re.compile(r"(?:^|[\s·*/(])(?!1\s*/)\d")


_EMPTY = Phrase("단위가 비어 있습니다", "the unit is empty")
_LEAVE_OUT = Phrase("단위가 없으면 'unit'을 빼세요", "leave 'unit' out where there is none")
_IS_MONEY = Phrase("'{unit}': 통화이지 단위가 아닙니다", "'{unit}' is a currency, which is no unit")
_COUNT_MONEY = Phrase(
    "수만 묻거나, 세는 것의 이름을 따옴표로 쓰세요: '\"원\"'",
    "ask for the number alone, or write what is counted in quotes: '\"won\"'",
)
_TWO_READINGS = Phrase(
    "단위 '{unit}'을(를) 두 가지로 읽을 수 있습니다", "the unit '{unit}' has two readings"
)
_BRACKETS = Phrase(
    "빗금 뒤를 괄호로 묶으세요: J/(mol·K)", "put brackets behind the slash: J/(mol·K)"
)
_HAS_NUMBER = Phrase("단위 '{unit}'에 수가 들어 있습니다", "the unit '{unit}' has a number in it")
_UNIT_ALONE = Phrase(
    "정답에 그 수를 곱하고 단위만 쓰세요", "multiply the key by it and write the unit alone"
)
_UNREAD = Phrase("단위 '{unit}'을(를) 읽을 수 없습니다", "the unit '{unit}' cannot be read")
_LIKE = Phrase("m/s^2, N·m, 1/s처럼 쓰세요", "write it like m/s^2, N·m or 1/s")
_UNKNOWN = Phrase("'{word}': 모르는 단위입니다", "no unit '{word}' is known")
_NEAR = Phrase(
    "혹시 '{near}'인가요? 세는 말이면 따옴표로 쓰세요: '\"{word}\"'",
    "did you mean '{near}'? a word for what is counted is written in quotes: '\"{word}\"'",
)
_COUNTER = Phrase(
    "세는 말이면 따옴표로 쓰세요: '\"{word}\"'",
    "a word for what is counted is written in quotes: '\"{word}\"'",
)


def unit_problem(text: str) -> UnitProblem | None:
    """Say what is wrong with a unit; None where it can be read.

    >>> unit_problem("m/s^2") is None, unit_problem("10 m").why.text("en")
    (True, "the unit '10 m' has a number in it")
    """
    written = text.strip()
    if not written:
        return UnitProblem(_EMPTY.of(), _LEAVE_OUT.of())
    if _MONEY.search(written):
        return UnitProblem(_IS_MONEY.of(unit=written), _COUNT_MONEY.of())
    try:
        if not is_loose(written):
            return None
    except UnitError as error:
        return _unread(written, error.word)
    return UnitProblem(_TWO_READINGS.of(unit=written), _BRACKETS.of())


def _unread(written: str, word: str) -> UnitProblem:
    if _DIGITS.search(written):
        return UnitProblem(_HAS_NUMBER.of(unit=written), _UNIT_ALONE.of())
    if not word.isalpha():
        return UnitProblem(_UNREAD.of(unit=written), _LIKE.of())
    forms = [word.removesuffix("s"), word.lower(), word.lower().removesuffix("s")]
    near = [one for one in forms if one != word and find_known(one)]
    near = near or get_close_matches(word, [*SYMBOLS, *NAMES, *COUNTERS], n=1, cutoff=0.7)
    remedy = _NEAR.of(near=near[0], word=word) if near else _COUNTER.of(word=word)
    return UnitProblem(_UNKNOWN.of(word=word), remedy)
