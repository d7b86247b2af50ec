"""Rewrite the tokens of a typed text where several of them are one number, as ``1 000`` is.

Where that is a choice, as in ``5*e-3``, the side is taken that the reading takes.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_exponents import (
    e_alone,
    e_apart,
    e_bracket,
    e_power,
    e_raised,
    e_unfinished,
    exp_key,
    raised_minus,
    ten_bracket,
)
from studytool.quiz.typed_pieces import is_numeral, is_raised, merged, stands
from studytool.quiz.typed_tokens import END, TypedKind, TypedToken

_Rule = Callable[[list[TypedToken], int, Choices], tuple[list[TypedToken], int] | None]
"""Rewrite the tokens from a place on: what stands for them, and how many they were."""

_K = TypedKind
_FIRST_GROUP = re.compile(r"[1-9]\d{0,2}")
_NEXT_GROUP = re.compile(r"\d{3}(?:[.,]\d*)?(?:[eE][-+]?\d+)?")
_FIRST_DECIMALS = re.compile(r"\d+[.,]\d{3}")
_NEXT_DECIMALS = re.compile(r"\d{3}")
_LAST_DECIMALS = re.compile(r"\d{1,2}")
_BEFORE_TEN = re.compile(r"(\d+)[.,]10")
_DECIMAL = re.compile(r"(\d+)\.(\d*)")
_TEN_E = re.compile(r"10[eE]([-+]?\d+)")


def settle_tokens(tokens: list[TypedToken], choices: Choices) -> list[TypedToken]:
    """Return the tokens with groups joined, and each choice taken that tokens alone show."""
    settled: list[TypedToken] = []
    at = 0
    while at < len(tokens):  # a rule looks at a few tokens: the work grows with their number
        found = _settle(tokens, at, choices)
        settled += [tokens[at]] if found is None else found[0]
        at += 1 if found is None else found[1]
    return settled


def _settle(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Apply the first rule that fits; most tokens have none."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else END
    if token.kind is _K.NUMERAL:
        rules = _BEHIND_NUMERAL.get(after.text, ())
        if after.kind in (_K.NUMERAL, _K.RAISED):
            rules = (_groups, _decimal_groups, _point)
        elif after.kind is _K.OPEN:
            rules = (_repeated, ten_bracket, _bracketed)
    else:
        rules = _AT_SIGN.get(token.text, ())
    for rule in rules:
        if (found := rule(tokens, at, choices)) is not None:
            return found
    return None


def _groups(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Join ``1 000``."""
    last = at
    if not is_numeral(tokens, at, _FIRST_GROUP) or stands(tokens, at - 1, "^", "_"):
        return None
    while is_numeral(tokens, last + 1, _NEXT_GROUP) and (last == at or is_numeral(tokens, last)):
        last += 1
    if last == at:
        return None
    fraction = stands(tokens, last + 1, "/", "⁄") and is_numeral(tokens, last + 2)
    mixed = fraction and last == at + 1 and _is_proper(tokens, last)
    if mixed and not choices.takes_other(ReadingChoice.GROUP):
        return None
    return merged(tokens, at, last, " ".join(token.text for token in tokens[at : last + 1]))


def _is_proper(tokens: list[TypedToken], at: int) -> bool:
    top, below = tokens[at].text, tokens[at + 2].text
    return top.isdecimal() and not top.startswith("0") and int(top) < int(below)


def _ten(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5*10e-3``."""
    if not (stands(tokens, at, "*", "·") and at > 0 and is_numeral(tokens, at + 1, _TEN_E)):
        return None
    if not choices.takes_other(ReadingChoice.TEN):
        return None
    power = tokens[at + 1].text[3:]
    return [tokens[at], tokens[at + 1]._replace(text=f"1e{power}")], 2


def _lost_power(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5x10-3``."""
    if not (stands(tokens, at, "*", "·") and stands(tokens, at + 2, "-") and at > 0):
        return None
    ten = tokens[at + 1].text == "10"
    short = is_numeral(tokens, at + 3) and len(tokens[at + 3].text) <= 2
    goes_on = is_raised(tokens, at + 4) or stands(tokens, at + 4, "*", "/", "·", "⁄")
    if not ten or not short or goes_on or tokens[at - 1].kind is not _K.NUMERAL:
        return None
    if choices.takes_other(ReadingChoice.LOST_POWER):
        return None
    minus = tokens[at + 2]
    power = TypedToken(_K.SIGN, "^", minus.at, minus.at, spaced=False)
    return [tokens[at], tokens[at + 1], power, minus, tokens[at + 3]], 4


def _point(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5.10^-3``."""
    if not (is_numeral(tokens, at, _BEFORE_TEN) and is_raised(tokens, at + 1)):
        return None
    whole = tokens[at].text[:-3]
    if not whole.strip("0") or choices.takes_other(ReadingChoice.POINT):
        return None
    times = tokens[at]._replace(kind=_K.SIGN, text="*", spaced=False)
    return [tokens[at]._replace(text=whole), times, times._replace(kind=_K.NUMERAL, text="10")], 1


def _dot(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``0·5`` and ``2·5``; read ``·5``."""
    if stands(tokens, at, "·") and stands(tokens, at - 1, "·"):
        return None
    if stands(tokens, at, "·") and (at == 0 or tokens[at - 1].kind in (_K.OPEN, _K.SIGN)):
        close = is_numeral(tokens, at + 1) and not tokens[at + 1].spaced
        return merged(tokens, at, at + 1, f".{tokens[at + 1].text}") if close else None
    if not (is_numeral(tokens, at) and stands(tokens, at + 1, "·") and is_numeral(tokens, at + 2)):
        return None
    apart = tokens[at + 1].spaced or tokens[at + 2].spaced
    chained = stands(tokens, at - 1, "·") or _is_chained(tokens, at + 3)
    power = is_raised(tokens, at + 3) or stands(tokens, at + 3, "-")
    if apart or chained or (tokens[at + 2].text == "10" and power):
        return None
    likelier = not tokens[at].text.strip("0")
    if choices.takes_other(ReadingChoice.DOT) is likelier:
        return None
    return merged(tokens, at, at + 2, f"{tokens[at].text}.{tokens[at + 2].text}")


def _is_chained(tokens: list[TypedToken], at: int) -> bool:
    """Return whether another product by a dot follows, other than by a power of ten."""
    ten = is_numeral(tokens, at + 1) and tokens[at + 1].text == "10" and is_raised(tokens, at + 2)
    return stands(tokens, at, "·") and not ten


def _decimal_groups(
    tokens: list[TypedToken], at: int, _: Choices
) -> tuple[list[TypedToken], int] | None:
    """Join ``0.123 456`` and ``3.141 592 65``, digits in threes behind the point."""
    last = at
    if not is_numeral(tokens, at, _FIRST_DECIMALS):
        return None
    while is_numeral(tokens, last + 1, _NEXT_DECIMALS) and tokens[last + 1].spaced:
        last += 1
    if last > at and is_numeral(tokens, last + 1, _LAST_DECIMALS) and tokens[last + 1].spaced:
        last += 1
    if last == at or stands(tokens, last + 1, "/", "⁄"):
        return None
    return merged(tokens, at, last, "".join(token.text for token in tokens[at : last + 1]))


def _minus_raised(
    tokens: list[TypedToken], at: int, _: Choices
) -> tuple[list[TypedToken], int] | None:
    """Read ``10-³``, whose minus was not raised."""
    raised = tokens[at + 2] if at + 2 < len(tokens) else END
    if raised.kind is not _K.RAISED or raised.spaced or not raised.text.isdecimal():
        return None
    return [tokens[at], raised._replace(text=f"-{raised.text}")], 3


def _point_lost(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5.10-3``."""
    short = is_numeral(tokens, at + 2) and len(tokens[at + 2].text) <= 2
    if not short or not is_numeral(tokens, at, _BEFORE_TEN) or at + 3 < len(tokens):
        return None
    whole = tokens[at].text[:-3]
    if not whole.strip("0") or not choices.takes_other(ReadingChoice.LOST_POWER):
        return None
    return merged(tokens, at, at + 2, f"{whole}e-{tokens[at + 2].text}")


def _repeated(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Read ``0.(3)`` and settle ``0.1(6)``."""
    digits = (
        is_numeral(tokens, at + 2) and stands(tokens, at + 1, "(") and stands(tokens, at + 3, ")")
    )
    decimal = _DECIMAL.fullmatch(tokens[at].text)
    if not digits or decimal is None or tokens[at + 1].spaced:
        return None
    if decimal[2] and not choices.takes_other(ReadingChoice.REPEATED):
        return None
    repeated = tokens[at + 2].text
    whole = Fraction(int(decimal[1] + decimal[2]))
    part = Fraction(int(repeated), 10 ** len(repeated) - 1)
    value = (whole + part) / 10 ** len(decimal[2])
    text = f"{value.numerator}/{value.denominator}"
    return [tokens[at]._replace(kind=_K.FRACTION, text=text)], 4


def _bracketed(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``1(1/2)``."""
    top, slash, below = at + 2, at + 3, at + 4
    fraction = stands(tokens, slash, "/") and is_numeral(tokens, top) and is_numeral(tokens, below)
    if not (is_numeral(tokens, at) and fraction and _is_proper(tokens, top)):
        return None
    if not stands(tokens, at + 5, ")", "]", "}") or not choices.takes_other(ReadingChoice.MIXED):
        return None
    return [tokens[at], *(tokens[place]._replace(spaced=False) for place in (top, slash, below))], 6


def _korean_point(
    tokens: list[TypedToken], at: int, _: Choices
) -> tuple[list[TypedToken], int] | None:
    """Read ``0점5``."""
    joined = is_numeral(tokens, at) and is_numeral(tokens, at + 2)
    if not joined or tokens[at + 1].spaced or tokens[at + 2].spaced:
        return None
    return merged(tokens, at, at + 2, f"{tokens[at].text}.{tokens[at + 2].text}")


_BEHIND_NUMERAL: dict[str, tuple[_Rule, ...]] = {
    **dict.fromkeys(("e", "E"), (e_power, e_raised, e_bracket, e_apart, e_unfinished)),
    **dict.fromkeys(("*", "·"), (e_power, _dot)),
    "^": (_point,),
    "-": (_minus_raised, _point_lost),
    "exp": (exp_key,),
    "점": (_korean_point,),
}
"""The rules for a numeral by what follows it."""
_AT_SIGN: dict[str, tuple[_Rule, ...]] = {
    **dict.fromkeys(("*", "·"), (_ten, _lost_power, _dot)),
    **dict.fromkeys(("e", "E"), (e_alone,)),
    "⁻": (raised_minus,),
}
"""The rules for any other token."""
