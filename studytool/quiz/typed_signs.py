"""The signs of a typed text, one by one: look-alikes made one, invisible characters dropped."""

import re
import unicodedata
from dataclasses import dataclass

from studytool.quiz.typed_refusals import Refusal, RefusedError

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))

_ALIKE = {
    "-": "−–—‐‑‒―⁃˗﹣－─━ーｰㅡᅳ\u2011",
    "+": "＋﹢➕",
    "*": "∗＊﹡⁎",
    "×": "⋅•∙●✕✖⨯",
    "·": "·‧・･ㆍᆞ\u0387",
    "/": "÷∕／➗",
    "^": "＾ˆ↑",
    "%": "％﹪٪",
    "‰": "؉",
    "=": "＝﹦",
    "≈": "≒≃≅≐≓",
    "~": "～∼〜",
    ":": "：∶",
    ".": "٫．。｡",
    ",": "，﹐",
    "'": "’‘＇٬ʼ",
    ";": "；、､",
    "±": "∓",
    "π": "𝜋",
    "°": "º˚",
}
_FOLDED = {alike: sign for sign, many in _ALIKE.items() for alike in many}
_FOLDED |= {"\u2061": "", "\u2062": "×", "\u2063": ",", "\u2064": " "}  # invisible operators
_DROPPED_MARKS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text whose signs are plain.

    Attributes:
        text: as the lexer reads it.
        is_plain: nothing but its own characters was there; − is - in its proper shape.
        dropped: invisible characters were left out.
    """

    text: str
    is_plain: bool
    dropped: bool


def fold_signs(text: str) -> FoldedText:
    """Make every sign plain; superscripts, fractions and ⁄ stay, which mean something of their own.

    Raises:
        RefusedError: a control character.

    >>> fold_signs("−０．５")
    FoldedText(text='-0.5', is_plain=False, dropped=False)
    """
    parts, dropped = [], False
    for character in unicodedata.normalize("NFC", text):
        folded = character if " " <= character < "\x7f" else _fold(character)
        parts.append(folded)
        dropped = dropped or not folded
    joined = "".join(parts).strip()
    is_plain = joined == text.strip().replace("−", "-")
    return FoldedText(joined, is_plain=is_plain, dropped=dropped)


def as_typed(text: str, piece: str) -> str:
    r"""Return the part of a text that became a piece in plain signs; the piece where there is none.

    >>> as_typed("×2", "*2"), as_typed("5**", "5^"), as_typed(r"5\frac", "5frac")
    ('×2', '5**', '5\\frac')
    """
    if not piece:
        return piece
    characters = unicodedata.normalize("NFC", text)
    places = [place for place, character in enumerate(characters) for _ in _fold_or_keep(character)]
    folded = "".join(map(_fold_or_keep, characters)).replace("×", "*")
    plain = piece.replace("×", "*")
    at, end = folded.find(plain), folded.find(plain) + len(plain)
    if at < 0 and (found := _spelled(plain).search(folded)) is not None:
        at, end = found.span()
    if at < 0:
        return piece
    return characters[places[at] : places[end - 1] + 1]


_SPELLINGS = {
    "^": r"(?:\^|\*\*)",
    "/": r"[/\\]",
    "π": "(?:π|pi)",
    "%": "(?:%|percent|퍼센트)",
    "√": "(?:√|sqrt|루트)",
    "*": r"(?:\*|times|cdot)",
    " ": "",
}
"""By a sign that tokens have, how it may have been typed; TeX puts a backslash before words."""


def _spelled(piece: str) -> re.Pattern[str]:
    """Return what matches a piece of tokens in a text of plain signs, however it was typed."""
    signs = (_SPELLINGS.get(one, re.escape(one)) for one in piece)
    return re.compile(r"\\?" + r"\s?\\?".join(signs), re.IGNORECASE)


def _fold_or_keep(character: str) -> str:
    control = unicodedata.category(character) == "Cc"
    return character if " " <= character < "\x7f" or control else _fold(character)


def _fold(character: str) -> str:
    if character in _FOLDED:
        return _FOLDED[character]
    if unicodedata.category(character) == "Cc" and character not in "\t\n\r":
        raise RefusedError(Refusal.CONTROL)
    if character.isspace():
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if _is_invisible(character):
        return ""
    if _is_a_letter_in_disguise(character):
        plain = unicodedata.normalize("NFKC", character)
        return _FOLDED.get(plain, plain)
    return character


def _is_invisible(character: str) -> bool:
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return unicodedata.category(character) == "Cf" or selector or character in _DROPPED_MARKS


def _is_a_letter_in_disguise(character: str) -> bool:
    """Return whether a character is full-width, a letter of formulas or a circled digit."""
    wide = "\uff01" <= character <= "\uff5e" or "\U0001d400" <= character <= "\U0001d7ff"
    return wide or character == "ℯ" or "①" <= character <= "⑳"
