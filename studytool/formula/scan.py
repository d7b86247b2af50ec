"""From text to tokens; whatever does not belong to the language is refused here, with its place."""

import re
import unicodedata
from dataclasses import dataclass

from studytool.errors import FormulaError
from studytool.formula.limits import MAX_CHARACTERS

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r"\*\*|//|<=|>=|==|!=|[-+*/%<>()\[\],=]")
_TAIL = re.compile(r"[A-Za-z0-9_.]+")

WORD_OPERATORS = frozenset({"and", "or", "not", "if", "else"})
_REFUSED_WORDS = {
    **dict.fromkeys(("True", "False"), "there are no booleans; compare numbers instead"),
    "None": "there is no None",
    **dict.fromkeys(
        ("lambda", "for", "in", "is", "await", "async", "yield", "import", "from", "def", "class"),
        "'{}' is not part of the formula language",
    ),
}
_REFUSED_CHARACTERS = {
    "^": "write ** for a power",
    "'": "there are no strings",
    '"': "there are no strings",
    "`": "there are no strings",
    ".": "there are no attributes; call a function by its bare name",
    "\\": "a backslash is not part of the formula language",
    "#": "there are no comments",
    ";": "one formula only; ';' is not part of the language",
    ":": "there is no ':' in the language",
    "{": "there are no braces",
    "}": "there are no braces",
    "&": "write 'and'",
    "|": "write 'or'",
    "~": "write 'not'",
    "!": "write 'not', or != to compare",
    "@": "write dot(a, b)",
    "?": "write 'a if condition else b'",
    "$": "'$' is not part of the formula language",
}


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
        raise FormulaError(f"{len(text):,} characters; a formula has at most {MAX_CHARACTERS:,}")
    tokens, at = [], 0
    while at < len(text):
        if text[at] in " \t\n":
            at += 1
            continue
        token = _token(text, at)
        tokens.append(token)
        at += len(token.text)
    if not tokens:
        raise FormulaError("the formula is empty", 1)
    return [*tokens, Token("end", "", len(text) + 1)]


def _token(text: str, at: int) -> Token:
    if found := _NUMBER.match(text, at):
        return _number(text, found)
    if found := _WORD.match(text, at):
        return _word(found[0], at + 1)
    if found := _OPERATOR.match(text, at):
        if text.startswith("<<", at) or text.startswith(">>", at):
            raise FormulaError("there are no shifts; write a power of 2", at + 1)
        return Token("op", found[0], at + 1)
    raise FormulaError(_why_refused(text[at]), at + 1)


def _number(text: str, found: re.Match[str]) -> Token:
    column, digits = found.start() + 1, found[0]
    if tail := _TAIL.match(text, found.end()):
        raise FormulaError(f"'{_shortened(digits + tail[0])}' is not a decimal number", column)
    if re.match(r"0[0-9]", digits):
        raise FormulaError(f"'{_shortened(digits)}' has a leading zero", column)
    if len(digits) > 40:
        raise FormulaError("a number has at most 40 characters", column)
    if float(digits) == float("inf"):
        raise FormulaError(f"{digits} is too large for a number", column)
    return Token("number", digits, column)


def _word(word: str, column: int) -> Token:
    if word in _REFUSED_WORDS:
        raise FormulaError(_REFUSED_WORDS[word].format(word), column)
    if word.startswith("__"):
        raise FormulaError(f"'{_shortened(word)}': names do not begin with two underscores", column)
    return Token("op" if word in WORD_OPERATORS else "name", word, column)


def _why_refused(character: str) -> str:
    if why := _REFUSED_CHARACTERS.get(character):
        return why
    name = unicodedata.name(character, "a control character")
    return f"only plain ASCII is allowed, not U+{ord(character):04X} ({name})"


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else text[:17] + "..."
