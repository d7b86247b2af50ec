"""How far a problem reaches in its source line: over the key, the value or the word that begins there."""

import re

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_KEY = re.compile(r"[\w./-]+(?=\s*:(?:\s|$))")
_PLAIN = re.compile(
    r"[^\s,\[\]{}#&*!|>'\"%@`:](?:[^\s,\[\]{}:#]|:(?=\S)|(?<=\S)#|[ \t]+(?=[^\s,\[\]{}:#]))*"
)
_WORD = re.compile(r"[^\W\d]\w*|\d+(?:\.\d+)?")

LONGEST = 1_000
"""Characters that a span has at most."""


def token_length(line: str, column: int) -> int:
    """Return the number of characters of what begins at a column, counted from 1; at least 1.

    >>> token_length("  kind: crad", 9), token_length("  frnt: {ko: x}", 3)
    (4, 4)
    >>> token_length('  answer: {formula: "2*vv", rtol: 1}', 21)
    6
    """
    ahead = line[column - 1 : column - 1 + LONGEST]
    before = line[: column - 1].rstrip()
    is_value = not before or before[-1] in ":-[{,"
    for pattern in (_QUOTED, _KEY, _PLAIN) if is_value else (_WORD,):
        if found := pattern.match(ahead):
            return len(found[0])
    return 1
