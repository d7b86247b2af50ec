"""Numbers as they are written without quotes, and what is nearly one."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from studytool.language import Message
from studytool.packs.telling import told

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
SUSPECT = re.compile(r"[-+]?0[0-9]+(\.[0-9]*)?|[-+]?[0-9]+(_[0-9]+)+(\.[0-9]*)?|0[xob][0-9a-fA-F]+")
"""What other programs read as another number, or as text."""
_BASES = {"0x": 16, "0o": 8, "0b": 2}
_COMMA = re.compile(r"([-+]?[0-9]+),([0-9]+)")
_PERCENT = re.compile(r"([-+]?[0-9]*\.?[0-9]+) ?%")
_FRACTION = re.compile(r"([-+]?[0-9]{1,20}(?:\.[0-9]{1,20})?) ?/ ?([0-9]{1,20}(?:\.[0-9]{1,20})?)")
_NOT_FINITE = frozenset({".inf", "-.inf", "+.inf", ".nan", "inf", "-inf", "nan", "infinity"})
_RANGE = re.compile(r"([0-9]{1,15}) ?(?:\.\.\.?|…|~|-|–|to) ?([0-9]{1,15})")
_APART = re.compile(r"[\s,;，、]+")
_SLUG = re.compile(r"[a-z0-9_-]+")
_SEVERAL = re.compile(r"[-+.0-9]+( +[-+.0-9]+)+")


def as_decimal(text: str) -> str:
    """Write what is nearly a number as it is wanted: no leading zeros, underscores or other base.

    >>> as_decimal("-012.5"), as_decimal("1_000"), as_decimal("0x1F"), as_decimal("000")
    ('-12.5', '1000', '31', '0')
    """
    if text[:2] in _BASES:
        try:
            return str(int(text[2:], _BASES[text[:2]]))
        except ValueError:  # 0b12
            return text[2:]
    sign = text[0] if text[0] in "+-" else ""
    plain = text.removeprefix(sign).replace("_", "").lstrip("0")
    return sign + (plain if plain[:1].isdigit() else f"0{plain}")


def number_remedy(text: object, *, whole: bool = False) -> Message:
    """Return how a number, or a whole one, is written that is given as this text.

    >>> [number_remedy(text).text("en") for text in ("1,5", "5 %", "2 3")]
    ['write 1.5, with a point', 'write 0.05', 'write a comma between the numbers']
    """
    given = str(text).strip()
    if given.lower() in _NOT_FINITE:
        return told("write a finite number")
    plain = _plain(given)
    if plain != given and FLOAT.fullmatch(plain):
        return told("write {plain}", plain=plain)
    if found := range_remedy(given):
        return found
    if _SEVERAL.fullmatch(given):
        return told("write a comma between the numbers")
    if whole:
        return told("write a whole number in digits, without quotes")
    return _fraction_remedy(given) or told("write it in digits, without quotes")


def list_remedy(text: str) -> Message | None:
    """Return how a list of numbers or names is written that is given as one text, if it is one.

    >>> [told and told.text("en") for told in map(list_remedy, ("2 3 4", "(2, 9)", "a, b", "A, b"))]
    ['write [2, 3, 4]', 'write [2, 9]', 'write [a, b]', None]
    """
    numbers = _APART.split(_plain(text).strip("()[] "))
    is_listed = all(map(FLOAT.fullmatch, numbers)) or (
        "," in text and all(map(_SLUG.fullmatch, numbers))
    )
    if len(numbers) > 1 and is_listed:
        return told("write [{listed}]", listed=", ".join(numbers))
    return range_remedy(text)


def range_remedy(text: str) -> Message | None:
    """Return how a range of whole numbers is written: ``2..9``, ``2-9``; None of other texts."""
    if (found := _RANGE.fullmatch(_plain(text).strip("()[] "))) is None:
        return None
    why = "write each number, or of a parameter {{integers: [{low}, {high}]}}"
    return told(why, low=found[1], high=found[2])


def _fraction_remedy(given: str) -> Message | None:
    """Return how a number with a decimal comma, in per cent, or of two numbers is written."""
    if found := _COMMA.fullmatch(given):
        return told("write {whole}.{tenths}, with a point", whole=found[1], tenths=found[2])
    if found := _PERCENT.fullmatch(given):
        return told("write {number:.12g}", number=float(found[1]) / 100)
    if (found := _FRACTION.fullmatch(given)) and float(found[2]):
        return told("write {number:.12g}", number=float(found[1]) / float(found[2]))
    return None


def _plain(text: str) -> str:
    """Write digits and signs of other alphabets as those of a keyboard.

    >>> _plain("\u2212\uff12.\uff15"), _plain("1\u00a0000")
    ('-2.5', '1 000')
    """
    return normalize("NFKC", text).replace("\N{MINUS SIGN}", "-")


def split_decimals(values: Sequence[object]) -> Message | None:
    """Say how the numbers are written that commas cut in halves: ``[0,5, 2,0]``.

    >>> split_decimals([0, 5, 2, 0]).text("en"), split_decimals([1, 2, 3])
    ('write [0.5, 2.0]: decimals have a point', None)
    """
    if len(values) != 4 or not all(type(value) is int and value >= 0 for value in values):
        return None
    one, tenths, other, hundredths = values
    return told(
        "write [{one}.{tenths}, {other}.{hundredths}]: decimals have a point",
        one=one,
        tenths=tenths,
        other=other,
        hundredths=hundredths,
    )
