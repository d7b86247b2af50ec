"""Measure text in cells of a terminal, and pad, centre, cut, fold and wrap it by them.

The widths are those by which Textual lays out the screen, so that one text is as wide everywhere.
"""

import re
import unicodedata

_JOINED = re.compile("\u200d.")
_AS_EMOJI = "\ufe0f"
_SHORT_EMOJI = "#*0123456789©®"
_NO_CELL = ("Mn", "Me", "Mc", "Cf", "Zl", "Zp")
_SHOWN_FORMATS = (
    "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Format characters that are seen: the soft hyphen, and the signs under Arabic numbers."""


def cell_width(text: str) -> int:
    """Count the cells of a text: Hangul two, a mark none, a sequence of joined emoji as one emoji.

    >>> cell_width("분산 σ²"), cell_width("x\u0302"), cell_width("👩‍👩‍👧")
    (7, 1, 2)
    """
    if text.isascii():
        return len(text)
    shown = _JOINED.sub("", text) if "\u200d" in text else text
    return sum(map(_character_cells, shown)) + _widened(shown)


def _character_cells(character: str) -> int:
    category = unicodedata.category(character)
    if (category in _NO_CELL and character not in _SHOWN_FORMATS) or _joins_on(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _joins_on(character: str) -> bool:
    """Tell the vowel or tail of a syllable in conjoining jamo, a Hangul filler, a skin tone."""
    return (
        "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7ff"
        or character in "\u3164\uffa0"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _widened(text: str) -> int:
    """Count the narrow characters that a variation selector shows as emoji of two cells."""
    widened, shown = 0, ""
    for character in text if _AS_EMOJI in text else "":
        if character == _AS_EMOJI:
            may_be = shown in _SHORT_EMOJI or shown >= "\u203c"
            widened += bool(shown) and may_be and _character_cells(shown) == 1
            shown = ""
        elif _character_cells(character):
            shown = character
    return widened


def pad(text: str, width: int) -> str:
    """Fill a text with spaces up to ``width`` cells."""
    return text + " " * (width - cell_width(text))


def centre(text: str, width: int) -> str:
    """Put a text in the middle of ``width`` cells."""
    return pad(" " * ((width - cell_width(text)) // 2) + text, width)


def cut(text: str, width: int) -> str:
    """Shorten a text to ``width`` cells, with ``…`` where something was left out.

    >>> cut("딥러닝 노트", 7)
    '딥러닝…'
    """
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def fold(text: str, width: int) -> list[str]:
    """Cut a text that has no place to break into pieces of at most ``width`` cells."""
    pieces = [""]
    for character in text:
        if cell_width(pieces[-1] + character) > max(width, 2) and pieces[-1]:
            pieces.append("")
        pieces[-1] += character
    return pieces


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words into lines of at most ``width`` cells, where its words fit.

    >>> wrap("분산은 두 배", 9)
    ['분산은 두', '배']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and cell_width(lines[-1]) + 1 + cell_width(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
