"""What points and commas mean: one rule for the whole of a typed text."""

import re
from fractions import Fraction

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tokens import TypedKind, TypedToken

_FORMS = {
    point: re.compile(
        rf"(?:\d+|[1-9]\d{{0,2}}(?:(?:{group}\d{{3}})+|(?:'\d{{3}})+|(?:\ \d{{3}})+))?"
        rf"(?:{re.escape(point)}\d*)?(?:[eE][-+]?\d+)?"
    )
    for point, group in ((".", ","), (",", r"\."))
}
"""How a numeral is written, by its decimal sign; the other sign can then only group."""

_MOST_EXPONENT = 1000


def decimal_sign(tokens: list[TypedToken], choices: Choices) -> str:
    """Return the decimal sign that every numeral of a text agrees with.

    Raises:
        RefusedError: there is none.
    """
    numerals = [token.text for token in tokens if token.kind is TypedKind.NUMERAL]
    misfits = {
        point: next((one for one in numerals if not form.fullmatch(one)), None)
        for point, form in _FORMS.items()
    }
    if misfits["."] is not None and misfits[","] is not None:
        wrong = next((one for one in numerals if one in misfits.values()), "")
        raise RefusedError(Refusal.SEPARATORS, wrong)
    if misfits["."] is not None:
        return ","
    commas = any("," in one for one in numerals)
    if misfits[","] is None and commas and choices.takes_other(ReadingChoice.COMMA):
        return ","
    return "."


def numeral_value(text: str, point: str) -> Fraction | float:
    """Return what a numeral says, exactly; a float only where it is beyond any exact use.

    Raises:
        RefusedError: it is too large.

    >>> numeral_value("1.000,5", ",")
    Fraction(2001, 2)
    """
    if text.isdecimal():
        return Fraction(int(text))
    mantissa, _, exponent = text.lower().partition("e")
    group = "," if point == "." else "."
    digits = mantissa.translate({ord(group): None, ord("'"): None, ord(" "): None})
    whole, _, part = digits.replace(point, ".").partition(".")
    value = int(whole + part or "0")
    power = int(exponent or "0") - len(part)
    if not value:
        return Fraction(0)
    if abs(power) > _MOST_EXPONENT:
        if power > 0:
            raise RefusedError(Refusal.TOO_LARGE)
        return 0.0
    return Fraction(value) * Fraction(10) ** power
