"""Set Markdown with formulas in lines: words wrap, and tall formulas stand in their line.

A formula too wide for its line is set as one line of text; so is every formula when ``flat``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from studytool.typeset.box import Box
from studytool.typeset.cells import cell_width, fold
from studytool.typeset.layout import layout_box, set_line
from studytool.typeset.markdown import Block, LineBreak, MathSpan, Piece, Style, read_blocks
from studytool.typeset.tree import TypesetError

UNBOUNDED = 1_000_000
"""A width at which nothing is wrapped."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, on one line."""

    text: str
    style: Style = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Tall:
    """A formula of several lines, in line with the words beside it."""

    box: Box


_Atom = Run | _Tall
_Word = list[_Atom]
"""What may not be broken: a formula and the syllables attached to it are one word."""


def set_text(markdown: str, *, width: int | None = None, flat: bool = False) -> str:
    r"""Set Markdown as plain text; ``flat`` keeps every formula in its line.

    >>> print(set_text(r"The mean is $\frac{a+b}{2}$, not **a**.", width=40))
                 a + b
    The mean is ───────, not a.
                   2
    >>> print(set_text(r"$\frac{a+b}{2}$", flat=True))
    (a + b)/2
    """
    return "\n".join(plain_lines(set_markdown(markdown, width=width or UNBOUNDED, flat=flat)))


def plain_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Return lines as text alone."""
    return ("".join(run.text for run in line).rstrip() for line in lines)


def set_markdown(markdown: str, *, width: int, flat: bool = False) -> list[Line]:
    """Set Markdown in lines of at most ``width`` cells, each a row of styled runs."""
    lines: list[Line] = []
    for block in read_blocks(markdown):
        if block.gap and lines:
            lines.append(())
        lines += _set_block(block, width=width, flat=flat)
    return lines


def _set_block(block: Block, *, width: int, flat: bool) -> Iterator[Line]:
    room = max(8, width - cell_width(block.first))
    prefix = block.first
    for line in _content(block, room, flat=flat):
        yield (Run(prefix, "quiet"), *line) if prefix else line
        prefix = block.rest


def _content(block: Block, room: int, *, flat: bool) -> Iterator[Line]:
    match block.inlines:
        case (Piece(text=text, style="code" | "quiet" as style),):
            for source in text.split("\n"):
                for piece in fold(source.expandtabs(4), room):
                    yield (Run(piece, style),)
        case _:
            for words in _lines_of_words(block, room, flat=flat):
                yield from _joined(words)


def _lines_of_words(block: Block, room: int, *, flat: bool) -> Iterator[list[_Word]]:
    """Fill lines with words as long as they fit."""
    line: list[_Word] = []
    used = 0
    for word in _words(block, room, flat=flat):
        if word is None:
            if line:
                yield line
            line, used = [], 0
            continue
        needed = _word_width(word) + (1 if line else 0)
        if line and used + needed > room:
            yield line
            line, used, needed = [], 0, _word_width(word)
        line.append(word)
        used += needed
    if line:
        yield line


def _words(block: Block, room: int, *, flat: bool) -> Iterator[_Word | None]:
    """Return the words of a block, cut where one is wider than a line; None is a break."""
    word: _Word = []
    for atom in _atoms(block, room, flat=flat):
        if isinstance(atom, Run) and atom.text == " ":
            yield from _cut(word, room)
            word = []
        elif atom is None:
            yield from _cut(word, room)
            yield None
            word = []
        else:
            word.append(atom)
    yield from _cut(word, room)


def _atoms(block: Block, room: int, *, flat: bool) -> Iterator[_Atom | None]:
    """Return words' parts and the spaces between them; None is a break."""
    for inline in block.inlines:
        match inline:
            case Piece(text=text, style=style):
                yield from _split(text, style)
            case MathSpan() if inline.display:
                yield None
                yield from _formula(inline, room, flat=flat)
                yield None
            case MathSpan():
                yield from _formula(inline, room, flat=flat)
            case LineBreak():
                yield None


def _split(text: str, style: Style) -> Iterator[Run]:
    for place, part in enumerate(text.replace("\n", " ").split(" ")):
        if place:
            yield Run(" ")
        if part:
            yield Run(part, style)


def _formula(formula: MathSpan, room: int, *, flat: bool) -> Iterator[_Atom]:
    """Set a formula as a box where it fits, else as words of one line."""
    if not flat:
        try:
            box = layout_box(formula.latex, display=formula.display)
        except TypesetError:
            yield from _split(formula.latex, "code")
            return
        if box.width <= room:
            yield Run(box.lines[0], formula.style) if box.height == 1 else _Tall(box)
            return
    line = set_line(formula.latex)
    if cell_width(line) <= room:
        yield Run(line, formula.style)
    else:
        yield from _split(line, formula.style)


def _cut(word: _Word, room: int) -> Iterator[_Word]:
    """Cut a word that is wider than a line."""
    if _word_width(word) <= room:
        if word:
            yield word
        return
    piece: _Word = []
    used = 0
    for atom in _folded(word, room):
        cells = _word_width([atom])
        if piece and used + cells > room:
            yield piece
            piece, used = [], 0
        piece.append(atom)
        used += cells
    yield piece


def _folded(word: _Word, room: int) -> Iterator[_Atom]:
    for atom in word:
        if isinstance(atom, Run):
            yield from (Run(part, atom.style) for part in fold(atom.text, room))
        else:
            yield atom


def _word_width(word: Iterable[_Atom]) -> int:
    return sum(cell_width(atom.text) if isinstance(atom, Run) else atom.box.width for atom in word)


def _joined(words: Sequence[_Word]) -> Iterator[Line]:
    """Put a line's words beside one another; tall formulas make it several lines."""
    atoms: list[_Atom] = []
    for place, word in enumerate(words):
        atoms += [Run(" "), *word] if place else word
    boxes = [atom.box for atom in atoms if isinstance(atom, _Tall)]
    above = max((box.axis for box in boxes), default=0)
    below = max((box.height - box.axis for box in boxes), default=1)
    for row in range(-above, below):
        yield tuple(_merged(_at_row(atom, row) for atom in atoms))


def _at_row(atom: _Atom, row: int) -> Run:
    """Return what an atom shows in a row, counted from the line of the words."""
    if isinstance(atom, Run):
        return atom if row == 0 else Run(" " * cell_width(atom.text))
    place = row + atom.box.axis
    inside = 0 <= place < atom.box.height
    return Run(atom.box.lines[place], "math") if inside else Run(" " * atom.box.width)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours of one style."""
    last: Run | None = None
    for run in runs:
        if last is not None and last.style == run.style:
            last = Run(last.text + run.text, last.style)
        else:
            if last is not None:
                yield last
            last = run
    if last is not None:
        yield last
