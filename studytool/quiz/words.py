"""One form for all spellings of a word: what a blank compares.

Letter case, width, spaces, hyphens, quotes, invisible signs, forms of Hangul, a Greek letter or its
name, TeX or its signs, a number in digits or as a word: none of them makes another word. A minus,
a power and a prime do.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from studytool.quiz.letters import greek_in_names, hangul_in_letters
from studytool.quiz.number_words import plain_number
from studytool.typeset.layout import set_line
from studytool.typeset.math_line import set_formulas

_LETTER = r"[^\W\d_]"
_FILLERS = "\u034f\u115f\u1160\u3164\uffa0"
_DASH = re.compile("[\u2010-\u2015\u2043\u2212\u207b\ufe58\ufe63\uff0d]")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′´`", "'"),
        **dict.fromkeys('“”„‟«»‹›「」『』"', ""),
        **dict.fromkeys("×·∙⋅∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        "″": "''",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "→": "->",
    }
)
_BRACED = re.compile(r"\{([^{}]*)\}")
_RAISED_BRACKETS = re.compile(r"\^\((-?\w+)\)")
_APOSTROPHE = re.compile(rf"(?<={_LETTER}{{2}})'(?={_LETTER})|(?<={_LETTER})'(?={_LETTER}{{2}})")
_HYPHEN = re.compile(
    rf"(?<={_LETTER}{{2}}) ?- ?(?={_LETTER}{{2}})|(?<=\w)-(?={_LETTER}{{2}})|(?<={_LETTER}{{3}})-(?=\d)"
)
_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_BOLD = re.compile(r"\*\*[^*]{1,200}\*\*")
_MOST_BRACES = 4


@lru_cache(maxsize=4096)
def fold_words(text: str) -> str:
    r"""Give one form to all spellings of a text.

    >>> fold_words("Fan-In") == fold_words("fan in"), fold_words(r"\eta") == fold_words("에타")
    (True, True)
    >>> fold_words("n - 1") == fold_words("n1"), fold_words("σ′") == fold_words("σ")
    (False, False)
    """
    visible = _visible(_laid_out(_visible(text)))
    signs = _DASH.sub("-", _raised(visible)).translate(_SIGNS)  # before NFKC, which splits some
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", signs).casefold())
    worded = _without_marks(_DASH.sub("-", plain.translate(_SIGNS)))
    joined = _SPACE.sub("", _HYPHEN.sub("", worded))
    number = plain_number(worded) or plain_number(joined)
    return number or hangul_in_letters(greek_in_names(joined)) or visible


def _laid_out(text: str) -> str:
    """Set TeX as signs, with or without its dollars; what is not known stays as it is."""
    if "$" in text:
        return set_formulas(text).replace("$", " ")
    return set_line(text) if "\\" in text else text


def _visible(text: str) -> str:
    """Drop signs that nobody sees; any white space is one space."""
    kept = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or not (unicodedata.category(sign) in ("Cf", "Cc") or _is_filler(sign))
    )
    return " ".join("".join(kept).split())


def _raised(text: str) -> str:
    """Write superscripts as powers: ``2ⁿ`` as ``2^n``."""
    if text.isascii():
        return text
    parts = []
    for is_raised, run in groupby(text, _is_raised):
        signs = "".join(run)
        parts.append("^" + unicodedata.normalize("NFKC", signs) if is_raised else signs)
    return "".join(parts)


def _is_raised(sign: str) -> bool:
    return unicodedata.decomposition(sign).startswith("<super>") and sign not in "™℠ªº"


def _is_filler(sign: str) -> bool:
    return sign in _FILLERS or "\ufe00" <= sign <= "\ufe0f"


def _without_marks(text: str) -> str:
    """Drop braces, marks of an index, quotes around, apostrophes within a word, a final stop."""
    for _ in range(_MOST_BRACES):
        text = _BRACED.sub(lambda found: found[1] if found[1].isalnum() else f"({found[1]})", text)
    text = text[2:-2] if _BOLD.fullmatch(text) else text
    text = _RAISED_BRACKETS.sub(r"^\1", text.replace("**", "^")).replace("_", "")
    text = text.strip().rstrip(" .。,")
    if len(text) > 2 and text[0] == text[-1] == "'":
        text = text[1:-1].strip().rstrip(" .。,")
    return _APOSTROPHE.sub("", text)
