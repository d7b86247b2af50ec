"""One number of a typed text: a decimal, a fraction, a mixed number, 3만 5천."""

import re
from fractions import Fraction
from functools import lru_cache

from studytool.quiz.typed_decimals import numeral_value
from studytool.quiz.typed_figures import count_figures
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tokens import TypedKind, TypedToken
from studytool.quiz.typed_tree import Node, TypedLiteral, TypedMixed, TypedQuotient, TypedValue

_K = TypedKind
_BEGIN_FRACTIONS = (_K.FRACTION, _K.NUMERAL, _K.SIGN, _K.KOREAN)
_WHOLE = re.compile(r"\d+")
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}


def read_numeral(tokens: list[TypedToken], at: int, point: str) -> tuple[Node, int]:
    """Return the number that begins at a numeral or ½, and how many tokens it takes."""
    if tokens[at].kind is _K.FRACTION:
        return _fraction(tokens[at]), 1
    if _kind(tokens, at + 1) is _K.MULTIPLIER:
        return _multiplied(tokens, at, point)
    literal = _literal(tokens[at].text, point)
    if _kind(tokens, at + 1) in _BEGIN_FRACTIONS and _is_whole(tokens, at):
        return _with_fraction(literal, tokens, at)
    return literal, 1


def _and_fraction(whole: TypedLiteral, tokens: list[TypedToken], at: int) -> tuple[Node, int]:
    """Read 1과 1/2, and 1과 2분의 1."""
    if _is_fraction(tokens, at + 2, "/", "⁄"):
        return TypedMixed(whole, _quotient(tokens, at + 2)), 5
    parted = _is_whole(tokens, at + 2) and _is_whole(tokens, at + 4)
    if not parted or tokens[at + 3].text != "분의":
        return whole, 1
    below, top = (TypedLiteral(Fraction(tokens[place].text)) for place in (at + 2, at + 4))
    return TypedMixed(whole, TypedQuotient(top, below, tight=True)), 5


def _with_fraction(whole: TypedLiteral, tokens: list[TypedToken], at: int) -> tuple[Node, int]:
    """Read what a whole number begins: 1⁄2, 1½, 1 1/2 or itself."""
    if _kind(tokens, at + 1) is _K.FRACTION:
        return TypedMixed(whole, _fraction(tokens[at + 1])), 2
    if tokens[at + 1].text == "과":
        return _and_fraction(whole, tokens, at)
    if _is_fraction(tokens, at, "⁄"):
        return _quotient(tokens, at), 3
    if _is_mixed(tokens, at):
        return TypedMixed(whole, _quotient(tokens, at + 1)), 4
    return whole, 1


def _kind(tokens: list[TypedToken], at: int) -> TypedKind | None:
    return tokens[at].kind if at < len(tokens) else None


def _is_whole(tokens: list[TypedToken], at: int) -> bool:
    return _kind(tokens, at) is _K.NUMERAL and _WHOLE.fullmatch(tokens[at].text) is not None


def _is_fraction(tokens: list[TypedToken], at: int, *slashes: str) -> bool:
    """Return whether a whole number over a whole number stands there, without spaces."""
    return (
        _is_whole(tokens, at)
        and _is_whole(tokens, at + 2)
        and tokens[at + 1].text in slashes
        and not (tokens[at + 1].spaced or tokens[at + 2].spaced)
    )


def _is_mixed(tokens: list[TypedToken], at: int) -> bool:
    """Return whether ``1 1/4`` stands there, its fraction less than 1 and not raised."""
    if not _is_fraction(tokens, at + 1, "/", "⁄"):
        return False
    divided = at > 0 and tokens[at - 1].text in ("/", "⁄", ":")
    proper = not divided and 0 < int(tokens[at + 1].text) < int(tokens[at + 3].text)
    raised = at + 4 < len(tokens) and tokens[at + 4].text == "^"
    return proper and not raised and _kind(tokens, at + 4) is not _K.RAISED


def _quotient(tokens: list[TypedToken], at: int) -> TypedQuotient:
    top, below = (TypedLiteral(Fraction(tokens[place].text)) for place in (at, at + 2))
    return TypedQuotient(top, below, tight=True)


def _fraction(token: TypedToken) -> TypedQuotient:
    top, _, below = token.text.partition("/")
    return TypedQuotient(TypedLiteral(Fraction(top)), TypedLiteral(Fraction(below)), tight=True)


@lru_cache(maxsize=256)  # a text is read by several choices, and most of its numbers are the same
def _literal(text: str, point: str) -> TypedLiteral:
    value = numeral_value(text, point)
    if text.isdecimal():
        return TypedLiteral(value, None, count_figures(text))
    mantissa, raised, exponent = text.lower().partition("e")
    scientific = (numeral_value(mantissa, point), int(exponent)) if raised else None
    return TypedLiteral(value, scientific, count_figures(text))


def _multiplied(tokens: list[TypedToken], at: int, point: str) -> tuple[Node, int]:
    """Read ``3억 5천만``: each word multiplies the number before it, large ones the whole group."""
    total, group, number = Fraction(0), Fraction(0), None
    start, least_large, least_small = at, 10**16, 10**4
    while _kind(tokens, at) in (_K.NUMERAL, _K.MULTIPLIER):
        text = tokens[at].text
        if tokens[at].kind is _K.NUMERAL:
            if number is not None:
                break
            number = _exact(numeral_value(text, point))
        elif (times := _SMALL.get(text, 0)) and times < least_small:
            group += (1 if number is None else number) * times
            number, least_small = None, times
        elif (times := _LARGE.get(text, 0)) and times < least_large:
            total += (group + (number or 0) or 1) * times
            group, number, least_large, least_small = Fraction(0), None, times, 10**4
        else:
            raise RefusedError(Refusal.MULTIPLIERS, "".join(one.text for one in tokens[start:]))
        at += 1
    return TypedLiteral(total + group + (number or 0)), at - start


def _exact(value: TypedValue) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)
