r"""Signs of a text that a negative number would meet: ``1.2 + {b}``, ``{b}^2``, ``$2\val{b}$``."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from studytool.packs.templates import Placeholder, placeholders

_BEHIND_IT = re.compile(r"\s?(?:\^|[⁰¹²³⁴-⁹]|\*\*(?=[\d{]))")
_BEHIND_IN_TEX = re.compile(r"[\s}]*\^")
_TEX_SIGN = re.compile(r"(?:[-+−*/·×÷±]|\\(?:times|cdot|div|pm|mp|ast)(?![a-zA-Z]))[\s{]*$")
_TEX_FACTOR = re.compile(r"(?:(?<![a-zA-Z\\])[a-zA-Z]|[\d)\]]|\\val\s{0,9}\{[^{}]*\})\s*$")
"""What is multiplied by what follows it, without a sign: ``2\\val{b}``; no command such as \\le."""
_SURE_SIGN = re.compile(r"[−×÷±]\s?$")
_SIGN = re.compile(r"(?P<left>[^\s]?)(?P<space>\s?)(?P<sign>[-+–·⋅*/])(?P<gap>\s?)$")
_OPERAND = re.compile(r"(?:[\d)\]}%°$²³]|(?<![^\W\d_])[^\W\d_])\s?$")
"""What a sign may stand behind: a number, a bracket, a single letter; no word, which has hyphens."""
_RELATIONS = "=<>≤≥≈(,:"
_BULLET = re.compile(r"(?:^|\n)\s*[-+*]\s$")
_LOOKED_BACK = 60


@dataclass(frozen=True, slots=True)
class MeetingSign:
    """A placeholder whose minus would meet a sign.

    Attributes:
        place: the placeholder.
        before: the sign before it, as written; empty where none is.
        after: the sign of a power behind it.
        always: any number meets it: the format writes a sign of its own.
    """

    place: Placeholder
    before: str
    after: str
    always: bool


def meeting_signs(text: str, known: Collection[str]) -> Iterator[MeetingSign]:
    """Return the placeholders of a text that a negative number had better not stand in.

    >>> [(found.place.name, found.before) for found in meeting_signs("1.2 + {b} = {c}", {"b", "c"})]
    [('b', '+ ')]
    """
    for place in placeholders(text, known):
        how = place.number_format
        if how is None or how.bracketed:
            continue
        before = _sign_before(text, place, signed=how.signed)
        behind = _BEHIND_IN_TEX if place.within == "formula" else _BEHIND_IT
        after = found[0] if (found := behind.match(text, place.end)) else ""
        if before or after:
            yield MeetingSign(place, before, after, always=how.signed and bool(before))


def _sign_before(text: str, place: Placeholder, *, signed: bool) -> str:
    ahead = text[max(0, place.start - _LOOKED_BACK) : place.start]
    if place.within == "formula":
        found = _TEX_SIGN.search(ahead) or (None if signed else _TEX_FACTOR.search(ahead))
        return found[0] if found else ""
    if found := _SURE_SIGN.search(ahead):
        return found[0]
    found = _SIGN.search(ahead)
    if found is None or _BULLET.search(ahead):
        return ""
    left = ahead[: found.start("sign")]
    sign, gap = found["sign"], found["gap"]
    unary = sign == "-" and not gap and (not found["left"] or bool(found["space"]))
    related = sign == "-" and found["left"] in tuple(_RELATIONS)
    sure = sign == "+" or unary or related
    return f"{sign}{gap}" if sure or _OPERAND.search(left) else ""
