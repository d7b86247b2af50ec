"""Compute arithmetic as a learner types it: a number, or the reason why there is none.

A number, + − × ÷ ^ and brackets, √, π and e; nothing else. Text comes in already made plain ASCII
by :mod:`studytool.quiz.read_answer`, except for √, π and ÷·×.
"""

import math
import re
from dataclasses import dataclass

from studytool.language import Phrase

MOST_CHARACTERS = 200
MOST_DEPTH = 20

NOT_FINITE = Phrase(ko="값이 너무 크거나 정의되지 않습니다.", en="That is too large, or undefined.")
BY_ZERO = Phrase(ko="0으로 나눌 수 없습니다.", en="Division by zero.")
ROOT = Phrase(
    ko="음수의 제곱근은 실수가 아닙니다.", en="The root of a negative number is not real."
)
BREAKS_OFF = Phrase(ko="식이 중간에 끊겼습니다.", en="The expression breaks off.")
TWO_NUMBERS = Phrase(
    ko="두 수 사이에 연산 기호가 없습니다. 대분수는 1+1/2처럼, 곱은 2*3처럼 쓰세요.",
    en="Two numbers with nothing between them: write 1+1/2 for a mixed number, 2*3 for a product.",
)
PRODUCT = Phrase(
    ko="곱셈 기호가 없습니다. 2*pi처럼 *를 쓰세요.", en="A sign is missing: write 2*pi, with *."
)
UNKNOWN = Phrase(
    ko="'{text}'은(는) 읽을 수 없습니다. 0.25, 1/4, 2.5e-1처럼 수로 답하세요.",
    en="'{text}' cannot be read. Answer with a number, like 0.25, 1/4 or 2.5e-1.",
)
DEEP = Phrase(ko="식이 너무 깁니다. 값을 계산해 쓰세요.", en="Too long: work it out and type it.")

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?P<word>sqrt|pi|e|√|π)(?![a-zA-Z])"
    r"|(?P<sign>\*\*|[-+*/^()×÷·]))"
)


@dataclass(frozen=True, slots=True)
class NoNumber:
    """Why an expression has no value."""

    phrase: Phrase
    text: str = ""


class _NoNumberError(Exception):
    def __init__(self, phrase: Phrase, text: str = "") -> None:
        self.reason = NoNumber(phrase, text)


def compute_expression(text: str) -> float | NoNumber:
    """Compute an expression; a value is always finite.

    >>> compute_expression("2/(256+128)")
    0.005208333333333333
    >>> compute_expression("1/0").phrase.en
    'Division by zero.'
    """
    if len(text) > MOST_CHARACTERS:
        return NoNumber(DEEP)
    try:
        return _Parser(_tokens(text)).whole()
    except _NoNumberError as error:
        return error.reason
    except ZeroDivisionError:
        return NoNumber(BY_ZERO)
    except (OverflowError, ValueError):
        return NoNumber(NOT_FINITE)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        found = _TOKEN.match(stripped, at)
        if found is None or found.lastgroup is None:
            raise _NoNumberError(UNKNOWN, stripped[at : at + 20].strip())
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> float:
        value = self._sum()
        if self._at < len(self._tokens):
            (kind, text), (before, _) = self._tokens[self._at], self._tokens[self._at - 1]
            if text == ")":
                raise _NoNumberError(BREAKS_OFF)
            numbers = before == "number" and (kind == "number" or text == "(")
            raise _NoNumberError(TWO_NUMBERS if numbers else PRODUCT)
        return _finite(value)

    def _sees(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at][1] in signs:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _sum(self) -> float:
        value = self._product()
        while sign := self._sees("+", "-"):
            term = self._product()
            value = _finite(value + term if sign == "+" else value - term)
        return value

    def _product(self) -> float:
        value = self._signed()
        while sign := self._sees("*", "/", "×", "÷", "·"):
            factor = self._signed()
            value = _finite(value / factor if sign in "/÷" else value * factor)
        return value

    def _signed(self) -> float:
        self._depth += 1  # every level of brackets, roots and powers passes here
        if self._depth > MOST_DEPTH:
            raise _NoNumberError(DEEP)
        sign = self._sees("+", "-")
        value = self._signed() if sign else self._power()
        self._depth -= 1
        return -value if sign == "-" else value

    def _power(self) -> float:
        base = self._atom()
        if not self._sees("^", "**"):
            return base
        exponent = self._signed()
        value = base**exponent
        if isinstance(value, complex):
            raise _NoNumberError(ROOT)
        return _finite(value)

    def _atom(self) -> float:
        if self._at >= len(self._tokens):
            raise _NoNumberError(BREAKS_OFF)
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return _finite(float(text))
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text in ("sqrt", "√"):
            return _root(self._atom())
        if text == "(":
            value = self._sum()
            if self._sees(")"):
                return value
        raise _NoNumberError(BREAKS_OFF)


_CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}


def _root(value: float) -> float:
    if value < 0:
        raise _NoNumberError(ROOT)
    return math.sqrt(value)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise _NoNumberError(NOT_FINITE)
    return value
