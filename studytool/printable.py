r"""Text of others made harmless for a terminal: what it would act on is shown as a code point.

Everything that is printed passes here, whoever wrote it: a pack's author, a shared folder, a file's
name, an argument. So no text clears the screen, writes the clipboard or looks like another line.
"""

import re
from collections.abc import Iterable
from itertools import islice
from unicodedata import category

_ACTED_ON = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but a line's end and a tab
    "\u2028\u2029"  # ends of lines to some
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows
    "\ud800-\udfff]"  # bytes of a name that are no UTF-8
)

_DELETE = "\x7f"
_FEW = 3


def printable(text: str) -> str:
    r"""Show each character that a terminal would act on or hide as its code point, in one line.

    >>> printable("\x1b[2J분산\u202e")
    '<U+001B>[2J분산<U+202E>'
    """
    if text.isprintable():
        return text
    return "".join(
        " " if one == "\t" else _code_point(one) if _is_hidden(one) else one for one in text
    )


def printable_lines(text: str) -> str:
    r"""Show each character that a terminal would act on as its code point, and leave the lines.

    >>> printable_lines("\x1b[2J분산\n")
    '<U+001B>[2J분산\n'
    """
    return _ACTED_ON.sub(lambda found: _code_point(found[0]), text)


def printable_json(text: str) -> str:
    r"""Write in a JSON text the characters that a terminal would act on as JSON's own escapes.

    >>> printable_json('"\x9b2J"')
    '"\\u009b2J"'
    """
    if text.isascii() and _DELETE not in text:  # JSON has escaped the other controls itself
        return text
    return _ACTED_ON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def is_one_line(text: str) -> bool:
    r"""Tell whether a name may be written anywhere: a terminal acts on nothing of it, nor ends a line.

    >>> is_one_line("층 정규화"), is_one_line("a\n"), is_one_line("\x9b")
    (True, False, False)
    """
    return text.isprintable() or not (_ACTED_ON.search(text) or "\n" in text or "\t" in text)


def first_few(found: Iterable[object]) -> str:
    """Join the first few of many, each in one line."""
    few = [printable(str(one)) for one in islice(found, _FEW + 1)]
    return ", ".join([*few[:_FEW], *(["..."] if few[_FEW:] else [])])


def _code_point(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def _is_hidden(character: str) -> bool:
    return category(character) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
