"""The lexer of typed answers: a text of plain signs as tokens, each with its place."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from studytool.quiz.typed_signs import SUBSCRIPTS, SUPERSCRIPTS


class TypedKind(StrEnum):
    """What a token is."""

    NUMERAL = "numeral"
    FRACTION = "fraction"
    RAISED = "raised"
    MULTIPLIER = "multiplier"
    CONSTANT = "constant"
    FUNCTION = "function"
    ROOT = "root"
    FRAC = "frac"
    PERCENT = "percent"
    SIGN = "sign"
    OPEN = "open"
    CLOSE = "close"
    EQUAL = "equal"
    KOREAN = "korean"
    ABOUT = "about"
    COURTESY = "courtesy"
    UNKNOWN = "unknown"
    END = "end"


class TypedToken(NamedTuple):
    """One sign, number or word.

    Attributes:
        kind: what it is.
        text: as it is known: ``exp`` for ``Exp``, ``*`` for ×.
        at: where it begins in the text.
        end: where it ends.
        spaced: a space stands before it.
    """

    kind: TypedKind
    text: str
    at: int
    end: int
    spaced: bool


END = TypedToken(TypedKind.END, "", 0, 0, spaced=False)
"""What stands behind the last token."""

FUNCTIONS = (
    *("exp", "ln", "log", "log2", "log10", "sqrt", "cbrt", "abs"),
    *("sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan"),
)

_K = TypedKind
_WORDS: dict[str, tuple[TypedKind, str]] = {
    **{name: (_K.FUNCTION, name) for name in FUNCTIONS},
    "pi": (_K.CONSTANT, "π"),
    "percent": (_K.PERCENT, "%"),
    "permille": (_K.PERCENT, "‰"),
    "about": (_K.ABOUT, "about"),
    "approx": (_K.ABOUT, "about"),
    "approximately": (_K.ABOUT, "about"),
    "roughly": (_K.ABOUT, "about"),
    "around": (_K.ABOUT, "about"),
    **dict.fromkeys(("ca", "circa", "nearly", "almost", "answer", "ans"), (_K.ABOUT, "about")),
    "lg": (_K.FUNCTION, "log10"),
    "asin": (_K.FUNCTION, "arcsin"),
    "acos": (_K.FUNCTION, "arccos"),
    "atan": (_K.FUNCTION, "arctan"),
    "minus": (_K.SIGN, "-"),
    "plus": (_K.SIGN, "+"),
}
"""Words of Latin letters, by their lower case."""

_COMMANDS: dict[str, tuple[TypedKind, str]] = {
    **_WORDS,
    "frac": (_K.FRAC, "frac"),
    "dfrac": (_K.FRAC, "frac"),
    "tfrac": (_K.FRAC, "frac"),
    "times": (_K.SIGN, "*"),
    "cdot": (_K.SIGN, "*"),
    "ast": (_K.SIGN, "*"),
    "div": (_K.SIGN, "/"),
    "approx": (_K.EQUAL, "≈"),
    "pm": (_K.SIGN, "±"),
    "infty": (_K.UNKNOWN, "∞"),
}
"""Commands of TeX, without their backslash."""

_ABOUT_WORDS = (
    *("약", "대략", "거의", "대충", "얼추", "답", "답은", "정답", "정답은", "값", "값은", "섭씨"),
)
_HANGUL: dict[str, tuple[TypedKind, str]] = {
    "퍼센트": (_K.PERCENT, "%"),
    "프로": (_K.PERCENT, "%"),
    "퍼밀": (_K.PERCENT, "‰"),
    "할": (_K.PERCENT, "할"),
    "푼": (_K.PERCENT, "푼"),
    "루트": (_K.ROOT, "√"),
    "파이": (_K.CONSTANT, "π"),
    "분의": (_K.KOREAN, "분의"),
    "세제곱근": (_K.KOREAN, "세제곱근"),
    "제곱근": (_K.KOREAN, "제곱근"),
    "세제곱": (_K.KOREAN, "세제곱"),
    "제곱": (_K.KOREAN, "제곱"),
    "승": (_K.KOREAN, "승"),
    "의": (_K.KOREAN, "의"),
    "과": (_K.KOREAN, "과"),
    "와": (_K.KOREAN, "과"),
    "마이너스": (_K.SIGN, "-"),
    "더하기": (_K.SIGN, "+"),
    "빼기": (_K.SIGN, "-"),
    "곱하기": (_K.SIGN, "*"),
    "나누기": (_K.SIGN, "/"),
    **{word: (_K.ABOUT, word) for word in _ABOUT_WORDS},
    **{
        word: (_K.COURTESY, word)
        for word in (
            *("입니다", "이에요", "예요", "이요", "요", "이다", "임", "네요", "같아요"),
            *("정도", "쯤", "가량", "내외", "안팎"),
        )
    },
    **{word: (_K.MULTIPLIER, word) for word in ("십", "백", "천", "만", "억", "조")},
}

_SIGNS: dict[str, tuple[TypedKind, str]] = {
    **{sign: (_K.SIGN, sign) for sign in ("+", "-", "*", "·", "/", "⁄", "^", "±", "~", ",", ";")},
    **{sign: (_K.OPEN, sign) for sign in "([{"},
    **{sign: (_K.CLOSE, sign) for sign in ")]}"},
    **{sign: (_K.SIGN, sign) for sign in ("<", ">", "≤", "≥", "≠", "_", "..", "|")},
    **{sign: (_K.ROOT, sign) for sign in "√∛∜"},
    "**": (_K.SIGN, "^"),
    "×": (_K.SIGN, "*"),
    "\\": (_K.SIGN, "/"),
    ":": (_K.SIGN, ":"),
    "+-": (_K.SIGN, "±"),
    "+/-": (_K.SIGN, "±"),
    "…": (_K.SIGN, ".."),
    "%": (_K.PERCENT, "%"),
    "\\%": (_K.PERCENT, "%"),
    "‰": (_K.PERCENT, "‰"),
    **dict.fromkeys(("=", "→", "⇒", "=>"), (_K.EQUAL, "=")),
    "==": (_K.EQUAL, "="),
    "≈": (_K.EQUAL, "≈"),
    "π": (_K.CONSTANT, "π"),
    ".": (_K.COURTESY, "."),
}

_RAISED = "".join(SUPERSCRIPTS)
_LOWERED = "".join(SUBSCRIPTS)
_PLAIN = {ord(sign): plain for sign, plain in (SUPERSCRIPTS | SUBSCRIPTS).items()}
_PLAIN |= {ord("⁄"): "/"}


def _one_of(words: "dict[str, tuple[TypedKind, str]]") -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TOKEN = re.compile(
    rf"""
    (?P<space>\ |\\[,;:!\ ]|\\(?:left|right|displaystyle)(?![a-zA-Z]))
    | (?P<numeral>(?:\d+(?:(?:\{{,\}}|[.,'])\d+)+|\d+\.(?![.\d])|[.,]?\d+)(?:[eE][-+]?\d+)?)
    | (?P<split>[⁰¹²³⁴⁵⁶⁷⁸⁹]+⁄[{_LOWERED}]+)
    | (?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁺⁻])
    | (?P<lowered>[{_LOWERED}]+)
    | (?P<command>\\[a-zA-Z]+)
    | (?P<log>[lL][oO][gG](?:10|2)(?!\d))
    | (?P<percent>[pP]er\ cent(?![a-z]))
    | (?P<times>[xX](?=\ *(?:[\d.,(√∛π\[{{+\\-]|pi\b|e\b|sqrt|exp|루트)))
    | (?P<sign>{_one_of(_SIGNS)})
    | (?P<hangul>(?!프로그)(?:{_one_of(_HANGUL)}))
    | (?P<word>[^\W\d_가-힣ㄱ-ㅎㅏ-ㅣπ¼-¾⅐-⅟↉{_RAISED}{_LOWERED}]+)
    """,
    re.VERBOSE,
)
_OPERANDS = frozenset(
    (_K.NUMERAL, _K.FRACTION, _K.RAISED, _K.CONSTANT, _K.PERCENT, _K.CLOSE, _K.MULTIPLIER)
)
"""What a sign of multiplication may stand behind."""


_ALONE = {sign: _SIGNS[sign] for sign in "-/()]}^%"}
"""Signs that begin no longer one."""


def split_tokens(text: str, *, most: int) -> list[TypedToken]:
    """Split a text of plain signs into tokens, one more than the most at most.

    What is not known is a token too.

    >>> [token.text for token in split_tokens("2(1/4)", most=60)]
    ['2', '(', '1', '/', '4', ')']
    """
    tokens: list[TypedToken] = []
    at, spaced = 0, False
    while at < len(text) and len(tokens) <= most:
        if (alone := _ALONE.get(text[at])) is not None:  # most signs: this is for speed
            tokens.append(TypedToken(*alone, at, at + 1, spaced))
            at, spaced = at + 1, False
            continue
        found = _TOKEN.match(text, at)
        end = at + 1 if found is None else found.end()
        if found is not None and found.lastgroup == "space":
            at, spaced = end, True
            continue
        group = "" if found is None or found.lastgroup is None else found.lastgroup
        if group == "lowered":
            tokens.append(TypedToken(_K.SIGN, "_", at, at, spaced))
        behind = bool(tokens) and tokens[-1].kind in _OPERANDS
        kind, known = _named(group, text[at:end], behind=behind)
        tokens.append(TypedToken(kind, known, at, end, spaced))
        at, spaced = end, False
    return tokens


def _named(group: str, text: str, *, behind: bool) -> tuple[TypedKind, str]:
    """Return what a piece of text is, and its name; ``behind`` an operand x is a sign."""
    if group == "times":
        return (_K.SIGN, "*") if behind else (_K.UNKNOWN, text)
    if group in _GROUPS:
        return _GROUPS[group], text.translate(_PLAIN).replace("{,}", ",").lower()
    if group == "raised":
        kind = _K.SIGN if text in "⁺⁻" else _K.RAISED
        return kind, text if text == "⁻" and behind else text.translate(_PLAIN)
    if group == "command":
        return _COMMANDS.get(text[1:], (_K.UNKNOWN, text))
    if group == "percent":
        return _K.PERCENT, "%"
    known = _SIGNS.get(text) or _HANGUL.get(text)
    return known or (_word(text) if group == "word" else _fraction(text))


_GROUPS = {
    "numeral": _K.NUMERAL,
    "lowered": _K.NUMERAL,
    "split": _K.FRACTION,
    "log": _K.FUNCTION,
}


def _word(text: str) -> tuple[TypedKind, str]:
    return (_K.CONSTANT, "e") if text == "e" else _WORDS.get(text.lower(), (_K.UNKNOWN, text))


def _fraction(character: str) -> tuple[TypedKind, str]:
    """Return ½ as 1/2; any other sign stays unknown."""
    if unicodedata.category(character) == "No" and "⁄" in unicodedata.normalize("NFKC", character):
        top, _, below = unicodedata.normalize("NFKC", character).partition("⁄")
        if below:
            return _K.FRACTION, f"{top}/{below}"
    return _K.UNKNOWN, character
