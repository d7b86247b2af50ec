r"""Templates: ``{name}`` and ``{name:3sf}`` in a learner-facing text are filled with numbers.

The one rule: a placeholder is a known name in single braces, with an optional format: ``3sf``
significant figures, ``2dp`` decimal places. All other braces stay as they are, so that LaTeX may
use them. Inside ``$...$`` a number keeps its braces, so that ``\sqrt{n}`` stays a root of it all.
Outside, an unknown name in single braces is a slip, which the reader reports.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"(?<!\{)\{([A-Za-z_][A-Za-z0-9_]*)(?::([^{}\n]*))?\}(?!\})")
_FORMAT = re.compile(r"[1-9][0-9]?sf|[0-9]{1,2}dp")
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
_BLANK = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place to fill: its name, its format (None for the plain number), where it stands."""

    name: str
    format: str | None
    start: int
    end: int
    in_formula: bool

    @property
    def is_formatted(self) -> bool:
        """Tell whether the format is one that there is."""
        return self.format is None or _FORMAT.fullmatch(self.format) is not None


def placeholders(text: str, known: Collection[str]) -> Iterator[Placeholder]:
    """Return the placeholders of a text; an unknown name counts only outside ``$...$``."""
    if "{" not in text:
        return
    formulas = [found.span() for found in _FORMULA.finditer(text)]
    for found in _PLACEHOLDER.finditer(text):
        in_formula = any(start < found.start() < end for start, end in formulas)
        if found[1] in known or not in_formula:
            yield Placeholder(found[1], found[2], found.start(), found.end(), in_formula)


def fill(text: str, known: Collection[str], write: Callable[[str, str | None], str]) -> str:
    r"""Replace each known placeholder by ``write(name, format)``.

    >>> fill(r"{n} of $x_{in}$, $\sqrt{n}$", {"n"}, lambda name, format: "64")
    '64 of $x_{in}$, $\\sqrt{64}$'
    """
    parts, end = [], 0
    for found in placeholders(text, known):
        if found.name in known and found.is_formatted:
            number = write(found.name, found.format)
            parts += [text[end : found.start], f"{{{number}}}" if found.in_formula else number]
            end = found.end
    return "".join([*parts, text[end:]])


def blanks(text: str) -> list[tuple[str, ...]]:
    """Return the blanks of a cloze text: for each, the spellings that are taken as right.

    >>> blanks("{{He|Kaiming}} for {{ReLU}}")
    [('He', 'Kaiming'), ('ReLU',)]
    """
    return [tuple(part.strip() for part in found[1].split("|")) for found in _BLANK.finditer(text)]


def replace_blanks(text: str, write: Callable[[int, str], str]) -> str:
    """Replace each blank by ``write(number, first spelling)``, numbered from 1."""
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return write(count, found[1].split("|")[0].strip())

    return _BLANK.sub(one, text)
