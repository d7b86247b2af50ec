r"""What is wrong with the formulas of a Markdown text, found by their signs alone.

The scan is linear and lays nothing out: it finds a ``$`` without its partner, braces that do not
match, and commands that no layout here knows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from studytool.typeset.markdown import FORMULA
from studytool.typeset.read_latex import FRACTIONS, IGNORED, STYLES, WORDS
from studytool.typeset.symbols import (
    ACCENTS,
    BIG,
    BINARY,
    FENCES,
    GRIDS,
    NAMES,
    ORDINARY,
    RELATIONS,
    SPACES,
)


class LatexFault(StrEnum):
    """What can be wrong with a formula."""

    UNCLOSED = "unclosed"
    SPACED = "spaced"
    NOT_OPENED = "not opened"
    NOT_CLOSED = "not closed"
    UNKNOWN = "unknown"
    UNPAIRED = "unpaired"
    HALF_GRID = "half an environment"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class LatexProblem:
    """A fault, and the part of the text (its offset and words) that has it."""

    fault: LatexFault
    at: int
    words: str


_SIGN = re.compile(r"\\.?|`+|\$\$?", re.DOTALL)
_MONEY = re.compile(r"\$\d[\d,.]*(?![\w\\^_{+*/=-])")
_SPACED = re.compile(r"\$\s[^$\n]*\$|\$[^$\n]*\s\$(?!\S)")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_HALF = re.compile(r"[^$\n]*\$(?!\$)")
_BARE = re.compile(r"\\([A-Za-z]{2,20})(?![A-Za-z])")
_ROUND = re.compile(r"(\\\()[^$\n]{0,200}?\\\)")
_FENCE = re.compile(r"\\(?:left|right)(?![A-Za-z])")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)|[{}]", re.DOTALL)
_GRID = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}|\\\\")
"""What begins and ends an environment, and parts its rows."""


def latex_problems(text: str) -> Iterator[LatexProblem]:
    r"""Return what is wrong with the formulas of a text, in their order.

    >>> [(one.fault.value, one.words) for one in latex_problems(r"$\sqrt{n$ of $\sgma^2$, $x")]
    [('not closed', '{'), ('unknown', '\\sgma'), ('unclosed', '$')]
    """
    at = 0
    while found := _SIGN.search(text, at):
        start, at = found.span()
        if found[0].startswith("`"):
            at = _past_code(text, found[0], at)
        elif (formula := FORMULA.match(text, start)) and not _PARAGRAPH.search(formula[0]):
            at = formula.end()
            yield from _inside(formula.group("display") or formula["inline"], start + len(found[0]))
        elif money := _MONEY.match(text, start):
            at = money.end()
        elif spaced := _SPACED.match(text, start):
            at = spaced.end()
            yield LatexProblem(LatexFault.SPACED, start, spaced[0])
        elif found[0].startswith("$"):
            yield LatexProblem(LatexFault.UNCLOSED, start, found[0])
            at = _past_half(text, found)
        elif bare := _bare_tex(text, start):
            at = max(at, bare[1])
            yield LatexProblem(LatexFault.OUTSIDE, start, bare[0])


def _past_half(text: str, opening: re.Match[str]) -> int:
    """Return where reading goes on behind an open formula: ``$$a$`` is one slip."""
    half = _HALF.match(text, opening.end()) if opening[0] == "$$" else None
    return opening.end() if half is None else half.end()


def _bare_tex(text: str, start: int) -> tuple[str, int] | None:
    r"""Return the TeX that begins here in prose, and its end: a command, or ``\(`` with its pair."""
    commands = (known_commands() | {"begin"}) - {*OWN_COMMANDS}
    if (found := _BARE.match(text, start)) and found[1] in commands:
        return found[0], found.end()
    return (found[1], found.end()) if (found := _ROUND.match(text, start)) else None


def _past_code(text: str, ticks: str, at: int) -> int:
    """Return the end of a code span that begins with ``ticks``; its own end where none closes it."""
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, at)
    return at if closing is None else closing.end()


def _inside(latex: str, start: int) -> Iterator[LatexProblem]:
    """Return the faults of one formula, whose inside begins at ``start``."""
    opened: list[int] = []
    for found in _COMMAND.finditer(_GRID.sub(lambda grid: " " * len(grid[0]), latex)):
        at = start + found.start()
        if found[0] == "{":
            opened.append(at)
        elif found[0] == "}":
            if not opened:
                yield LatexProblem(LatexFault.NOT_OPENED, at, "}")
            else:
                opened.pop()
        elif found[1] not in known_commands():
            yield LatexProblem(LatexFault.UNKNOWN, at, found[0])
    for at in opened:
        yield LatexProblem(LatexFault.NOT_CLOSED, at, "{")
    yield from _unpaired(latex, start)
    yield from _half_grids(latex, start)


def _half_grids(latex: str, start: int) -> Iterator[LatexProblem]:
    """Return environments that are not known, or lack their other end; rows outside of any."""
    opened: list[tuple[str, int]] = []
    for found in _GRID.finditer(latex):
        edge, name, at = found[1], found[2], start + found.start()
        if edge == "begin":
            opened.append((name, at))
            if name not in GRIDS:
                yield LatexProblem(LatexFault.UNKNOWN, at, found[0])
        elif edge == "end" and opened and opened[-1][0] == name:
            opened.pop()
        elif edge == "end":
            yield LatexProblem(LatexFault.HALF_GRID, at, found[0])
        elif not opened:
            yield LatexProblem(LatexFault.UNKNOWN, at, found[0])
    for name, at in opened:
        yield LatexProblem(LatexFault.HALF_GRID, at, f"\\begin{{{name}}}")


def _unpaired(latex: str, start: int) -> Iterator[LatexProblem]:
    r"""Return each ``\left`` without its ``\right``, and the other way round."""
    opened: list[int] = []
    for found in _FENCE.finditer(latex):
        if found[0] == "\\left":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            yield LatexProblem(LatexFault.UNPAIRED, start + found.start(), found[0])
    for at in opened:
        yield LatexProblem(LatexFault.UNPAIRED, start + at, "\\left")


@cache
def known_commands() -> frozenset[str]:
    r"""Return the names of the commands that are laid out, without their backslash.

    >>> "frac" in known_commands(), "begin" in known_commands()
    (True, False)
    """
    tables = (ORDINARY, BINARY, RELATIONS, BIG, SPACES, ACCENTS, FENCES, NAMES)
    words = (STYLES, WORDS, FRACTIONS, IGNORED, ("sqrt", "left", "right", *OWN_COMMANDS))
    return frozenset(name for table in (*tables, *words) for name in table)


OWN_COMMANDS = ("val",)
"""What a pack may write in a formula that is replaced before it is laid out."""
