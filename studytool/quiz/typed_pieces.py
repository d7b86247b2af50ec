"""Pieces of a list of tokens: what stands at a place, and several tokens made one numeral."""

import re

from studytool.quiz.typed_tokens import TypedKind, TypedToken

_K = TypedKind
WHOLE = re.compile(r"\d+")
"""The digits of a whole number."""


def stands(tokens: list[TypedToken], at: int, *texts: str) -> bool:
    """Tell whether one of these texts stands there, and not as a numeral."""
    return 0 <= at < len(tokens) and tokens[at].text in texts and tokens[at].kind is not _K.NUMERAL


def is_numeral(tokens: list[TypedToken], at: int, form: re.Pattern[str] = WHOLE) -> bool:
    """Tell whether a numeral of that form stands there."""
    if not 0 <= at < len(tokens):
        return False
    return tokens[at].kind is _K.NUMERAL and form.fullmatch(tokens[at].text) is not None


def is_plain_numeral(tokens: list[TypedToken], at: int) -> bool:
    """Return whether a numeral without an exponent stands there."""
    return tokens[at].kind is _K.NUMERAL and "e" not in tokens[at].text.lower()


def is_raised(tokens: list[TypedToken], at: int) -> bool:
    """Tell whether an exponent begins there."""
    return at < len(tokens) and (tokens[at].kind is _K.RAISED or stands(tokens, at, "^"))


def merged(tokens: list[TypedToken], at: int, last: int, text: str) -> tuple[list[TypedToken], int]:
    """Make one numeral of the tokens from ``at`` to ``last``."""
    token = tokens[at]._replace(kind=_K.NUMERAL, text=text, end=tokens[last].end)
    return [token], last - at + 1
