"""The refusals of a token that stands where it cannot."""

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.scan import Token


def no_value(token: Token) -> FormulaError:
    """Return the refusal of a token that stands where a value has to begin."""
    if token.kind == "end":
        return FormulaError(refusals.NO_VALUE_AT_END, token.column)
    if token.text == "[":
        return FormulaError(refusals.NO_LISTS, token.column)
    if token.text == "if":
        return FormulaError(refusals.IF_FIRST, token.column)
    return FormulaError(refusals.NO_VALUE_BEFORE, token.column, text=token.text)


def unexpected(token: Token) -> FormulaError:
    """Return the refusal of a token behind a whole formula."""
    why = {
        "=": refusals.NO_ASSIGNMENT,
        ",": refusals.ONE_VALUE,
        ")": refusals.CLOSES_NOTHING,
        "]": refusals.CLOSES_NOTHING,
        "mod": refusals.MODULO,
    }.get(token.text, refusals.NO_OPERATOR_BEFORE)
    return FormulaError(why, token.column, text=token.text)
