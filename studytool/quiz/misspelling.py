"""A word that is another but for one slip of spelling, or for its ending."""

from collections.abc import Iterable
from itertools import takewhile

from studytool.quiz.letters import hangul_in_letters
from studytool.quiz.words import fold_words

_HANGUL_ENDINGS = (
    "입니다", "이다", "이에요", "예요", "이요", "요", "을", "를", "이", "가", "은", "는", "의", "에", "에서",
    "로", "으로", "들", "도", "와", "과", "함", "하기", "하는", "한다", "하다", "됨", "되기",
)  # fmt: skip
_LATIN_ENDINGS = ("ings", "ing", "ed", "es", "s", "ly", "e", "")
_FEWEST_SWAPPED, _FEWEST_LATIN, _FEWEST_HANGUL = 4, 5, 6
"""Letters: of shorter words too many are another word but for one letter."""


def find_meant(typed: str, spellings: Iterable[str]) -> str | None:
    """Return the first of the spellings that was typed but for one slip; None where none was.

    A slip is one letter more, less or another, two neighbours changed round, or another ending. The
    first letter is right, and no digit or sign differs: ``unbounded``, ``L2`` and ``w'`` are
    answers of their own. An apostrophe within a word may be left out. A name like ReLU has no
    misspellings: ELU and SELU are other names.

    >>> find_meant("꼭지점", ["꼭짓점"]), find_meant("vertices", ["vertex"])
    ('꼭짓점', 'vertex')
    """
    given = fold_words(typed)
    for spelling in spellings:
        wanted = fold_words(spelling)
        if given != wanted and (
            _differ_in_ending(given, wanted)
            or _differ_in_apostrophe(given, wanted)
            or (not _is_name(spelling) and _are_one_slip_apart(given, wanted))
        ):
            return spelling
    return None


def _is_name(spelling: str) -> bool:
    """Tell whether it is written like RMSProp or ReLU, with capitals within."""
    return any(letter.isupper() for letter in spelling[1:])


def _are_one_slip_apart(given: str, wanted: str) -> bool:
    if abs(len(given) - len(wanted)) > 1:
        return False
    before = _common(given, wanted)
    most_after = min(len(given), len(wanted)) - before
    after = min(_common(given[::-1], wanted[::-1]), most_after)
    one, other = given[before : len(given) - after], wanted[before : len(wanted) - after]
    if before == 0 or not (one + other).isalpha():
        return False
    if len(one) == 2 and one == other[::-1]:
        return len(wanted) >= _FEWEST_SWAPPED
    fewest = _FEWEST_HANGUL if "ㄱ" <= wanted[0] <= "ㅣ" else _FEWEST_LATIN
    return len(wanted) >= fewest and max(len(one), len(other)) == 1


def _differ_in_apostrophe(given: str, wanted: str) -> bool:
    """Tell whether only an apostrophe within differs: ``Bayes rule``; ``loss'`` is a derivative."""
    bare = wanted.replace("'", "")
    is_within = not any(word.endswith("'") for word in (given, wanted))
    return (
        is_within
        and bare == given.replace("'", "")
        and bare.isalpha()
        and len(bare) >= _FEWEST_LATIN
    )


def _common(one: str, other: str) -> int:
    """Count the letters that two words begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _differ_in_ending(given: str, wanted: str) -> bool:
    if given.isascii() and wanted.isascii():
        is_plural = given in _latin_plurals(wanted)
        stem = _latin_stem(wanted)
        is_long = len(stem) >= _FEWEST_SWAPPED and stem.isalpha()
        return (is_plural and wanted.isalpha()) or (is_long and stem == _latin_stem(given))
    longer, shorter = sorted((given, wanted), key=len, reverse=True)
    return len(shorter) >= _FEWEST_SWAPPED and any(
        longer == shorter + hangul_in_letters(ending) for ending in _HANGUL_ENDINGS
    )


def _latin_plurals(word: str) -> tuple[str, ...]:
    """Return the plurals of an English word, vertices and matrices among them."""
    latin = (word[:-2] + "ices",) if word.endswith(("ex", "ix")) else ()
    return (word + "s", word + "es", *latin)


def _latin_stem(word: str) -> str:
    """Return an English word without plural, -ed, -ing and the like, roughly."""
    ending = next(one for one in _LATIN_ENDINGS if word.endswith(one))
    stem = word.removesuffix(ending)
    if ending in ("ing", "ings", "ed") and stem[-1:] == stem[-2:-1]:
        stem = stem[:-1]  # zigzagging
    return stem.removesuffix("e")
