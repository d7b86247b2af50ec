"""Rewrite the tokens of a typed text where several of them are one number, as ``1 000`` is.

Where that is a choice, as in ``5*e-3``, the side is taken that the reading takes.
"""

import re
from collections.abc import Callable
from fractions import Fraction

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_tokens import END, TypedKind, TypedToken

_Rule = Callable[[list[TypedToken], int, Choices], tuple[list[TypedToken], int] | None]
"""Rewrite the tokens from a place on: what stands for them, and how many they were."""

_K = TypedKind
_WHOLE = re.compile(r"\d+")
_FIRST_GROUP = re.compile(r"[1-9]\d{0,2}")
_NEXT_GROUP = re.compile(r"\d{3}(?:[.,]\d*)?(?:[eE][-+]?\d+)?")
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
            rules = (_groups, _point)
        elif after.kind is _K.OPEN:
            rules = (_repeated,)
    else:
        rules = (_ten, _lost_power, _dot) if token.text in ("*", "·") else ()
    for rule in rules:
        if (found := rule(tokens, at, choices)) is not None:
            return found
    return None


def _is(tokens: list[TypedToken], at: int, *texts: str) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text in texts and tokens[at].kind is not _K.NUMERAL


def _numeral(tokens: list[TypedToken], at: int, form: re.Pattern[str] = _WHOLE) -> bool:
    if not 0 <= at < len(tokens):
        return False
    return tokens[at].kind is _K.NUMERAL and form.fullmatch(tokens[at].text) is not None


def _plain(tokens: list[TypedToken], at: int) -> bool:
    """Return whether a numeral without an exponent stands there."""
    return tokens[at].kind is _K.NUMERAL and "e" not in tokens[at].text.lower()


def _raised(tokens: list[TypedToken], at: int) -> bool:
    return at < len(tokens) and (tokens[at].kind is _K.RAISED or _is(tokens, at, "^"))


def _merged(
    tokens: list[TypedToken], at: int, last: int, text: str
) -> tuple[list[TypedToken], int]:
    """Make one numeral of the tokens from ``at`` to ``last``."""
    token = tokens[at]._replace(kind=_K.NUMERAL, text=text, end=tokens[last].end)
    return [token], last - at + 1


def _groups(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Join ``1 000``."""
    last = at
    if not _numeral(tokens, at, _FIRST_GROUP):
        return None
    while _numeral(tokens, last + 1, _NEXT_GROUP) and (last == at or _numeral(tokens, last)):
        last += 1
    if last == at:
        return None
    fraction = _is(tokens, last + 1, "/", "⁄") and _numeral(tokens, last + 2)
    mixed = fraction and last == at + 1 and _is_proper(tokens, last)
    if mixed and not choices.takes_other(ReadingChoice.GROUP):
        return None
    return _merged(tokens, at, last, " ".join(token.text for token in tokens[at : last + 1]))


def _is_proper(tokens: list[TypedToken], at: int) -> bool:
    top, below = tokens[at].text, tokens[at + 2].text
    return top.isdecimal() and not top.startswith("0") and int(top) < int(below)


def _e_power(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5*e-3`` and read ``5 e-3``."""
    if not _plain(tokens, at):
        return None
    starred = _is(tokens, at + 1, "*", "·")
    e = at + 2 if starred else at + 1
    if not (_is(tokens, e, "e", "E") and _is(tokens, e + 1, "+", "-") and _numeral(tokens, e + 2)):
        return None
    sign = tokens[e + 1].text
    apart = starred or tokens[e + 1].spaced or tokens[e + 2].spaced
    if apart and tokens[e].text == "e":
        other = choices.takes_other(ReadingChoice.E_POWER)
        if other is (sign == "-"):
            return None
    return _merged(tokens, at, e + 2, f"{tokens[at].text}e{sign}{tokens[e + 2].text}")


def _e_raised(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5e^-3`` and ``5e⁻³``."""
    if not (_plain(tokens, at) and _is(tokens, at + 1, "e", "E")):
        return None
    found = _whole_power(tokens, at + 2)
    if found is None:
        return None
    exponent, last = found
    if tokens[at + 1].text == "e" and not choices.takes_other(ReadingChoice.E_RAISED):
        return None
    return _merged(tokens, at, last, f"{tokens[at].text}e{exponent}")


def _whole_power(tokens: list[TypedToken], at: int) -> tuple[str, int] | None:
    """Return a whole exponent and the place of its last token."""
    if at < len(tokens) and tokens[at].kind is _K.RAISED:
        return tokens[at].text, at
    if not _is(tokens, at, "^"):
        return None
    opened = at + 1 < len(tokens) and tokens[at + 1].kind is _K.OPEN
    at += 2 if opened else 1
    sign = tokens[at].text if _is(tokens, at, "+", "-") else ""
    at += len(sign)
    if not _numeral(tokens, at):
        return None
    if opened and not (at + 1 < len(tokens) and tokens[at + 1].kind is _K.CLOSE):
        return None
    return sign + tokens[at].text, at + opened


def _ten(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5*10e-3``."""
    if not (_is(tokens, at, "*", "·") and at > 0 and _numeral(tokens, at + 1, _TEN_E)):
        return None
    if not choices.takes_other(ReadingChoice.TEN):
        return None
    power = tokens[at + 1].text[3:]
    return [tokens[at], tokens[at + 1]._replace(text=f"1e{power}")], 2


def _lost_power(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5x10-3``."""
    if not (_is(tokens, at, "*", "·") and _is(tokens, at + 2, "-") and at > 0):
        return None
    ten = tokens[at + 1].text == "10"
    short = _numeral(tokens, at + 3) and len(tokens[at + 3].text) <= 2
    goes_on = _raised(tokens, at + 4) or _is(tokens, at + 4, "*", "/", "·", "⁄")
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
    if not (_numeral(tokens, at, _BEFORE_TEN) and _raised(tokens, at + 1)):
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
    if _is(tokens, at, "·") and (at == 0 or tokens[at - 1].kind in (_K.OPEN, _K.SIGN)):
        close = _numeral(tokens, at + 1) and not tokens[at + 1].spaced
        return _merged(tokens, at, at + 1, f".{tokens[at + 1].text}") if close else None
    if not (_numeral(tokens, at) and _is(tokens, at + 1, "·") and _numeral(tokens, at + 2)):
        return None
    apart = tokens[at + 1].spaced or tokens[at + 2].spaced
    chained = _is(tokens, at - 1, "·") or _is_chained(tokens, at + 3)
    power = _raised(tokens, at + 3) or _is(tokens, at + 3, "-")
    if apart or chained or (tokens[at + 2].text == "10" and power):
        return None
    likelier = not tokens[at].text.strip("0")
    if choices.takes_other(ReadingChoice.DOT) is likelier:
        return None
    return _merged(tokens, at, at + 2, f"{tokens[at].text}.{tokens[at + 2].text}")


def _is_chained(tokens: list[TypedToken], at: int) -> bool:
    """Return whether another product by a dot follows, other than by a power of ten."""
    ten = _numeral(tokens, at + 1) and tokens[at + 1].text == "10" and _raised(tokens, at + 2)
    return _is(tokens, at, "·") and not ten


def _e_apart(tokens: list[TypedToken], at: int, _: Choices) -> tuple[list[TypedToken], int] | None:
    """Read ``2 e3``."""
    if not (_plain(tokens, at) and _numeral(tokens, at + 2)):
        return None
    return _merged(tokens, at, at + 2, f"{tokens[at].text}e{tokens[at + 2].text}")


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
    short = _numeral(tokens, at + 2) and len(tokens[at + 2].text) <= 2
    if not short or not _numeral(tokens, at, _BEFORE_TEN) or at + 3 < len(tokens):
        return None
    whole = tokens[at].text[:-3]
    if not whole.strip("0") or not choices.takes_other(ReadingChoice.LOST_POWER):
        return None
    return _merged(tokens, at, at + 2, f"{whole}e-{tokens[at + 2].text}")


def _repeated(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Read ``0.(3)`` and settle ``0.1(6)``."""
    digits = _numeral(tokens, at + 2) and _is(tokens, at + 1, "(") and _is(tokens, at + 3, ")")
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


_BEHIND_NUMERAL: dict[str, tuple[_Rule, ...]] = {
    **dict.fromkeys(("e", "E"), (_e_power, _e_raised, _e_apart)),
    **dict.fromkeys(("*", "·"), (_e_power, _dot)),
    "^": (_point,),
    "-": (_minus_raised, _point_lost),
}
"""The rules for a numeral by what follows it."""
