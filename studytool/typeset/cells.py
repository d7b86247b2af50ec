"""How many cells of a terminal a text takes: Hangul two, a combining mark none."""

import unicodedata

_NO_CELL = ("Mn", "Me", "Cf")


def cell_width(text: str) -> int:
    """Count the cells of a text.

    >>> cell_width("분산 σ²"), cell_width("x\u0302")
    (7, 1)
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_cells, text))


def _character_cells(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL or "\u1160" <= character <= "\u11ff":
        return 0  # a mark, or the tail of a syllable written in conjoining jamo
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
