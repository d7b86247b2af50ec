"""Cut the text of a formula into tokens, and refuse what the language does not have."""

import re
import unicodedata
from dataclasses import dataclass

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.limits import MAX_CHARACTERS, MAX_NUMBER_CHARACTERS

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r"\*\*|//|<=|>=|==|!=|[-+*/%<>()\[\],=]")
_TAIL = re.compile(r"[A-Za-z0-9_.]+")

WORD_OPERATORS = frozenset({"and", "or", "not", "if", "else"})
_FOREIGN_WORDS = {
    **dict.fromkeys(("True", "False"), refusals.NO_BOOLEANS),
    "None": refusals.NO_NONE,
    **dict.fromkeys(
        ("lambda", "for", "in", "is", "await", "async", "yield", "import", "from", "def", "class"),
        refusals.FOREIGN_WORD,
    ),
}

_SIGNS = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "−": "-", "–": "-", "√": "sqrt(x)", "π": "pi",
    "≤": "<=", "≥": ">=", "≠": "!=", "²": "**2", "³": "**3", "½": "1/2", "°": "radians(x)", "％": "%",
    "（": "(", "）": ")", "，": ",",
}  # fmt: skip
"""What a sign of print is written as."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula: ``kind`` is number, name, op or end."""

    kind: str
    text: str
    column: int


def scan(text: str) -> list[Token]:
    """Cut a formula into tokens, the last of kind ``end``.

    Raises:
        FormulaError: too long, or a character, number or word outside the language.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormulaError(refusals.TOO_LONG, count=len(text), most=MAX_CHARACTERS)
    tokens, at = [], 0
    while at < len(text):
        if text[at] in " \t\n":
            at += 1
            continue
        token = _token(text, at)
        tokens.append(token)
        at += len(token.text)
    if not tokens:
        raise FormulaError(refusals.EMPTY, 1)
    return [*tokens, Token("end", "", len(text) + 1)]


def _token(text: str, at: int) -> Token:
    if found := _NUMBER.match(text, at):
        return _number(text, found)
    if found := _WORD.match(text, at):
        return _word(found[0], at + 1)
    if found := _OPERATOR.match(text, at):
        if text.startswith("<<", at) or text.startswith(">>", at):
            raise FormulaError(refusals.NO_SHIFTS, at + 1)
        return Token("op", found[0], at + 1)
    raise _foreign_character(text[at], at + 1)


def _number(text: str, found: re.Match[str]) -> Token:
    column, digits = found.start() + 1, found[0]
    if tail := _TAIL.match(text, found.end()):
        raise FormulaError(refusals.NOT_DECIMAL, column, text=_shortened(digits + tail[0]))
    if re.match(r"0[0-9]", digits):
        raise FormulaError(refusals.LEADING_ZERO, column, text=_shortened(digits))
    if len(digits) > MAX_NUMBER_CHARACTERS:
        raise FormulaError(refusals.LONG_NUMBER, column, most=MAX_NUMBER_CHARACTERS)
    if float(digits) == float("inf"):
        raise FormulaError(refusals.HUGE_NUMBER, column, text=digits)
    return Token("number", digits, column)


def _word(word: str, column: int) -> Token:
    if word in _FOREIGN_WORDS:
        raise FormulaError(_FOREIGN_WORDS[word], column, word=word)
    if word.startswith("__"):
        raise FormulaError(refusals.UNDERSCORES, column, word=_shortened(word))
    return Token("op" if word in WORD_OPERATORS else "name", word, column)


def _foreign_character(character: str, column: int) -> FormulaError:
    if why := refusals.CHARACTERS.get(character):
        return FormulaError(why, column)
    if instead := _SIGNS.get(character):
        return FormulaError(refusals.SIGN, column, sign=character, instead=instead)
    name = unicodedata.name(character, "")
    why = refusals.NOT_ASCII if name else refusals.CONTROL_CHARACTER
    return FormulaError(why, column, code=ord(character), name=name)


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else text[:17] + "..."
