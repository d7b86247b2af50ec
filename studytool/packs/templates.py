r"""Templates: numbers in a learner-facing text, and its blanks.

In prose ``{name}`` is filled with a number, in a format if it has one: ``{x:3sf}`` significant
figures, ``{x:2dp}`` decimal places, ``{b:+}`` with its sign apart ("+ 0.4", "− 0.4"), ``{b:()}`` in
brackets where it is negative, and ``{b:+2dp}``, ``{b:(3sf)}``. A Korean particle may follow it:
``{n|와}``, ``{x:3sf|은}``. Inside ``$...$`` and ``$$...$$`` all braces are TeX's, and ``\val{name}``,
``\val{name:3sf}`` put the number in. In code a known name is filled and all else stays. ``\{`` is a
brace. ``[[name]]`` in prose is a blank.

A text is read once, from its beginning to its end.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from studytool.korean_particles import is_particle
from studytool.typeset.markdown import FORMULA

Surroundings = Literal["prose", "formula", "code"]

_NAME = r"(?P<name>[A-Za-z_][A-Za-z0-9_]{0,39})(?::(?P<format>[^{}|\n]{0,20}))?"
_BRACED = rf"\{{{_NAME}(?:\|(?P<particle>[^{{}}|\n]{{0,20}}))?\}}"
_PLACEHOLDER = re.compile(_BRACED + r"(?!\})")
_VALUE = re.compile(r"\\val\s{0,9}" + _BRACED)
_OTHER = r"\{(?P<inner>[^{}|:$`\n]{1,200})(?::[^{}|\n]{0,20})?(?:\|[^{}|\n]{0,20})?\}"
_OTHER_BRACED = re.compile(_OTHER + r"(?!\})")
_OTHER_VALUE = re.compile(r"\\val\s{0,9}" + _OTHER)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]*\()")
"""A name that is no function's."""
_OPERATORS = frozenset("+-*/^%(")
_EATEN = re.compile(r"(?<![A-Za-z_^}\]])" + _BRACED)
_MARK = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\$|\{\{|\{|\[\[")
"""Where something other than plain prose may begin; a backslash takes what it escapes along."""
_BLANK = re.compile(r"\[\[(?P<name>[^\[\]\n]{0,60})\]\]")
_FORMAT = re.compile(
    r"(?P<plus>\+)?(?P<open>\()?(?P<digits>[1-9][0-9]?sf|[0-9]{1,2}dp)?(?(open)\))"
)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a number is written.

    Attributes:
        digits: ``3sf``, ``2dp``, or None for as many as it has.
        signed: whether its sign stands apart, also the plus.
        bracketed: whether brackets stand around a negative number.
    """

    digits: str | None = None
    signed: bool = False
    bracketed: bool = False


@lru_cache(maxsize=256)
def read_format(text: str | None) -> NumberFormat | None:
    """Read what stands after the colon; None where there is no such format.

    >>> read_format("+2dp")
    NumberFormat(digits='2dp', signed=True, bracketed=False)
    """
    if text is None:
        return NumberFormat()
    found = _FORMAT.fullmatch(text)
    if not text or found is None or (found["plus"] and found["open"]):
        return None
    return NumberFormat(found["digits"], bool(found["plus"]), bool(found["open"]))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place to fill: its name, its format and particle as written, and where it stands."""

    name: str
    format: str | None
    particle: str | None
    start: int
    end: int
    within: Surroundings = "prose"

    @property
    def number_format(self) -> NumberFormat | None:
        """Return the format; None where there is none like it."""
        return read_format(self.format)

    @property
    def is_formatted(self) -> bool:
        """Tell whether the format and the particle are ones that there are."""
        has_particle = self.particle is None or (
            self.within != "formula" and is_particle(self.particle)
        )
        return has_particle and self.number_format is not None


@dataclass(frozen=True, slots=True)
class BlankPlace:
    """A blank ``[[name]]`` and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EatenPlaceholder:
    r"""A placeholder in braces that TeX takes for its own; ``\val{name}`` was meant."""

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class MisfilledBraces:
    """Braces round a known name and more: a formula, which nothing computes there, or spaces."""

    inner: str
    start: int
    end: int


TemplatePart = Placeholder | BlankPlace | EatenPlaceholder | MisfilledBraces


def read_template(text: str, known: Collection[str]) -> Iterator[TemplatePart]:
    r"""Return the placeholders and blanks of a text, in order.

    A name that is not known counts in prose and after ``\val``; in code it does not.
    """
    if "{" not in text and "[[" not in text:
        return
    runs = _backtick_runs(text)
    at = 0
    while (mark := _MARK.search(text, at)) is not None:
        at = mark.end()
        if mark[0] == "$":
            formula = FORMULA.match(text, mark.start())
            if formula is not None:
                at = formula.end()
                yield from _in_formula(text, formula.span(), known)
        elif mark[0][0] == "`":
            end = _closing(runs, mark)
            yield from _in_code(text, (mark.end(), end), known)
            at = max(at, end)
        elif mark[0] == "{" and (part := _in_braces(text, mark.start(), known)):
            at = part.end
            yield part
        elif mark[0] == "[[" and (found := _BLANK.match(text, mark.start())):
            at = found.end()
            yield BlankPlace(found["name"].strip(), *found.span())


def _placeholder(found: re.Match[str], particle: str | None, within: Surroundings) -> Placeholder:
    return Placeholder(found["name"], found["format"], particle, *found.span(), within)


def _in_braces(text: str, at: int, known: Collection[str]) -> Placeholder | MisfilledBraces | None:
    if found := _PLACEHOLDER.match(text, at):
        return _placeholder(found, found["particle"], "prose")
    other = _OTHER_BRACED.match(text, at)
    return None if other is None else _misfilled(other, known)


def _misfilled(found: re.Match[str], known: Collection[str]) -> MisfilledBraces | None:
    inner = found["inner"]
    names = _WORD.findall(inner)
    is_known = bool(names) and all(name in known for name in names)
    is_meant = is_known and bool(_OPERATORS & set(inner) or inner.strip() == names[0])
    return MisfilledBraces(inner, *found.span()) if is_meant else None


def _in_formula(text: str, span: tuple[int, int], known: Collection[str]) -> list[TemplatePart]:
    values: list[TemplatePart] = [
        _placeholder(found, found["particle"], "formula") for found in _VALUE.finditer(text, *span)
    ]
    taken = {part.end for part in values if isinstance(part, Placeholder)}
    values += [
        EatenPlaceholder(found["name"], found.start())
        for found in _EATEN.finditer(text, *span)
        if found["name"] in known and found.end() not in taken
    ]
    others = (_misfilled(found, known) for found in _OTHER_VALUE.finditer(text, *span))
    values += [found for found in others if found is not None and found.end not in taken]
    return sorted(values, key=lambda part: part.start)


def _in_code(text: str, span: tuple[int, int], known: Collection[str]) -> Iterator[Placeholder]:
    for found in _PLACEHOLDER.finditer(text, *span):
        if found["name"] in known:
            yield _placeholder(found, found["particle"], "code")


def _backtick_runs(text: str) -> dict[int, list[int]]:
    """Return where runs of backticks begin, by their length: code ends at a run like its first."""
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for found in re.finditer("`+", text) if "`" in text else ():
        runs[len(found[0])].append(found.start())
    return runs


def _closing(runs: dict[int, list[int]], opening: re.Match[str]) -> int:
    """Return where the code after an opening run ends; the run's own end where nothing closes it."""
    alike = runs[len(opening[0])]
    place = bisect_left(alike, opening.end())
    return alike[place] + len(opening[0]) if place < len(alike) else opening.end()


def placeholders(text: str, known: Collection[str]) -> Iterator[Placeholder]:
    """Return the placeholders of a text."""
    return (part for part in read_template(text, known) if isinstance(part, Placeholder))


def blanks(text: str) -> list[BlankPlace]:
    """Return the blanks of a text.

    >>> [blank.name for blank in blanks("[[who]] for [[relu]], not $[[x]]$")]
    ['who', 'relu']
    """
    return [part for part in read_template(text, ()) if isinstance(part, BlankPlace)]


def fill(text: str, known: Collection[str], write: Callable[[Placeholder], str]) -> str:
    r"""Replace each known placeholder by what ``write`` makes of it.

    >>> fill(r"{n} of $x_{in}$, $\sqrt{n}$, $\sqrt{\val{n}}$", {"n"}, lambda place: "64")
    '64 of $x_{in}$, $\\sqrt{n}$, $\\sqrt{64}$'
    """
    parts, end = [], 0
    for found in _filled(text, frozenset(known)):
        parts += [text[end : found.start], write(found)]
        end = found.end
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=512)
def _filled(text: str, known: frozenset[str]) -> tuple[Placeholder, ...]:
    """Return the placeholders that a number takes the place of: the same in each variant."""
    found = placeholders(text, known)
    return tuple(one for one in found if one.name in known and one.is_formatted)


def replace_blanks(text: str, write: Callable[[int, str], str]) -> str:
    """Replace each blank by ``write(number, name)``, numbered from 1."""
    parts, end = [], 0
    for number, found in enumerate(blanks(text), 1):
        parts += [text[end : found.start], write(number, found.name)]
        end = found.end
    return "".join([*parts, text[end:]])
