"""Measure text in cells of a terminal, and pad, centre, cut, fold and wrap it by them.

The widths are those by which Textual lays out the screen, so that one text is as wide everywhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

_SIGN = re.compile(r"\s*(?:[✓✗] )?(?:\d+\. )?(?:\[[ x]\] )?")
"""What stands before the words of a line: its indent, the sign, number and box of an option."""
_NARROWEST = 8
"""Cells that the words of a line have beside what stands before them, however narrow it is."""
_JOINER = "\u200d"
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
    if _JOINER in text or _AS_EMOJI in text:
        return sum(_cells_of(text))
    return sum(map(_character_cells, text))


@lru_cache(maxsize=4096)
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


def _cells_of(text: str) -> Iterator[int]:
    """Return the cells that each character adds to those before it."""
    joined, shown = False, ""
    for character in text:
        if joined and character != "\n":
            joined, cells = False, 0
        elif character == _AS_EMOJI:
            cells, shown = int(_is_widened(shown)), ""
        else:
            joined, cells = character == _JOINER, _character_cells(character)
            shown = character if cells else shown
        yield cells


def _is_widened(shown: str) -> bool:
    """Tell a narrow character that a variation selector shows as an emoji of two cells."""
    may_be = bool(shown) and (shown in _SHORT_EMOJI or shown >= "\u203c")
    return may_be and _character_cells(shown) == 1


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
    if text.isascii():
        return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"
    if cell_width(text) <= width:
        return text
    used = enumerate(accumulate(_cells_of(text)))  # what is left out is not measured again
    end = next(at for at, cells in used if cells >= width)
    return text[:end].rstrip() + "…"


def fold(text: str, width: int) -> list[str]:
    """Cut a text that has no place to break into pieces of at most ``width`` cells."""
    pieces: list[str] = []
    begin, used = 0, 0
    for at, cells in enumerate(_cells_of(text)):
        used += cells
        if used > max(width, 2) and at > begin:
            pieces.append(text[begin:at])
            begin, used = at, 0 if text[at] == _AS_EMOJI else cells
    return [*pieces, text[begin:]]


def wrap(text: str, width: int) -> list[str]:
    """Break a text between words into lines of at most ``width`` cells, where its words fit.

    >>> wrap("분산은 두 배", 9)
    ['분산은 두', '배']
    """
    lines: list[list[str]] = []
    used = 0
    for word in text.split():
        cells = cell_width(word)
        if lines and used + 1 + cells <= width:
            lines[-1].append(word)
            used += 1 + cells
        else:
            lines.append([word])
            used = cells
    return [" ".join(words) for words in lines]


def hang(text: str, width: int) -> list[str]:
    """Break a line between words as :func:`wrap`, each further line under the first one's words.

    >>> hang("✓ 2. twice as much", 14)
    ['✓ 2. twice as', '     much']
    """
    if cell_width(text) <= width:
        return [text]
    sign = _SIGN.match(text)
    begins = "" if sign is None else sign[0]
    indent = cell_width(begins)
    first, *rest = wrap(text[len(begins) :], max(width - indent, _NARROWEST)) or [""]
    return [begins + first, *(" " * indent + line for line in rest)]
