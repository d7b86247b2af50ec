"""What is wrong with the unit of a question, and how an author mends it."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from studytool.units.parse import UnitError, is_loose
from studytool.units.symbols import COUNTERS, NAMES, SYMBOLS


class UnitProblem(NamedTuple):
    """Why a text is no unit of a question, and what to write instead."""

    why: str
    remedy: str


_MONEY = re.compile(r"[$€£¥₩₽₹￦￥]|^(?:원|달러|유로|엔|USD|KRW|EUR|JPY|dollars?|euros?|won)$")
_DIGITS = re.compile(r"(?:^|[\s·*/(])(?!1\s*/)\d")


def unit_problem(text: str) -> UnitProblem | None:
    """Say what is wrong with a unit; None where it can be read.

    >>> unit_problem("m/s^2") is None, unit_problem("10 m").why
    (True, "the unit '10 m' has a number in it")
    """
    written = text.strip()
    if not written:
        return UnitProblem("the unit is empty", "leave 'unit' out where there is none")
    if _MONEY.search(written):
        remedy = "ask for the number alone, or write what is counted in quotes: '\"won\"'"
        return UnitProblem(f"'{written}' is a currency, which is no unit", remedy)
    try:
        if not is_loose(written):
            return None
    except UnitError as error:
        return _unread(written, error.word)
    remedy = "put brackets behind the slash: J/(mol·K)"
    return UnitProblem(f"the unit '{written}' has two readings", remedy)


def _unread(written: str, word: str) -> UnitProblem:
    if _DIGITS.search(written):
        remedy = "multiply the key by it and write the unit alone"
        return UnitProblem(f"the unit '{written}' has a number in it", remedy)
    if not word.isalpha():
        remedy = "write it like m/s^2, N·m or 1/s"
        return UnitProblem(f"the unit '{written}' cannot be read", remedy)
    near = get_close_matches(word, [*SYMBOLS, *NAMES, *COUNTERS], n=1, cutoff=0.6)
    meant = f"did you mean '{near[0]}'? " if near else ""
    remedy = f"{meant}a word for what is counted is written in quotes: '\"{word}\"'"
    return UnitProblem(f"no unit '{word}' is known", remedy)
