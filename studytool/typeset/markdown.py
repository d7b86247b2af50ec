"""Read Markdown into blocks of styled pieces and formulas, without widths or colours.

markdown-it parses (CommonMark, no HTML); ``$...$`` and ``$$...$$`` are formulas. Pictures show
their description, links their address.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

Style = Literal["", "strong", "em", "code", "link", "math", "quiet"]

FORMULA = re.compile(r"\$\$(?P<display>[^$]+)\$\$|\$(?!\s)(?P<inline>[^$\n]+)(?<!\s)\$(?!\d)")
"""A formula in Markdown. Money stays text: a ``$`` before a space or a digit closes none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class MathSpan:
    """LaTeX; ``display`` stands on lines of its own.

    Attributes:
        style: of the text around it, where that has one; a formula of several lines has none.
    """

    latex: str
    display: bool = False
    style: Style = "math"


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A break that the author asked for."""


Inline = Piece | MathSpan | LineBreak


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list's item, or a stretch of code.

    Attributes:
        first, rest: what stands left of its first line and of the others.
        inlines: its content; of code, one piece whose lines are kept.
        gap: an empty line stands before it, unless it is the first.
    """

    first: str
    rest: str
    inlines: tuple[Inline, ...]
    gap: bool = True


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Read Markdown into blocks."""
    reader = _Reader()
    for token in _parser().parse(markdown):
        reader.read(token)
    return tuple(reader.blocks)


@cache
def _parser() -> "MarkdownIt":
    return new_parser()


def new_parser() -> "MarkdownIt":
    """Return a parser of a pack's texts: no HTML, and formulas as tokens of their own."""
    from markdown_it import MarkdownIt  # late: the home screen shows no Markdown

    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["html_block", "html_inline"])
    parser.inline.ruler.before("escape", "math", _read_formula)
    return parser


def _read_formula(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rule
    """Read a formula at the parser's place."""
    found = FORMULA.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content = found["display"] or found["inline"]
        token.markup = "$$" if found["display"] else "$"
    state.pos = found.end()
    return True


class _Reader:
    """Collects blocks while the parser's tokens go by."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._margins: list[str] = []
        self._marker = ""
        self._gap = True
        self._hidden = False
        self._heading = False

    def read(self, token: "Token") -> None:
        """Take one token of the block level."""
        if token.type == "inline":
            style: Style = "strong" if self._heading else ""
            self._add(tuple(_inlines(token.children or (), style)))
        elif token.type in ("fence", "code_block", "hr"):
            self._hidden = False
            code = token.type != "hr"
            self._add((Piece(token.content.rstrip("\n"), "code") if code else _RULE,))
        else:
            self._enter_or_leave(token)

    def _enter_or_leave(self, token: "Token") -> None:
        self._heading = token.type == "heading_open"
        match token.type:
            case "paragraph_open":
                self._hidden = token.hidden
            case "bullet_list_open" | "ordered_list_open":
                self._gap = self._gap or not self._margins
            case "list_item_open":
                self._marker = f"{token.info}. " if token.info else "• "
                self._margins.append(" " * len(self._marker))
            case "blockquote_open":
                self._margins.append("│ ")
            case "list_item_close" | "blockquote_close":
                self._margins.pop()
            case "bullet_list_close" | "ordered_list_close":
                self._gap = True
            case _:  # the end of a paragraph or heading
                pass

    def _add(self, inlines: tuple[Inline, ...]) -> None:
        rest = "".join(self._margins)
        first = rest
        if self._marker:
            first = rest[: len(rest) - len(self._marker)] + self._marker
            self._marker = ""
        self.blocks.append(Block(first, rest, inlines, gap=self._gap or not self._hidden))
        self._gap = not self._hidden


def _inlines(tokens: "Sequence[Token]", style: Style) -> Iterator[Inline]:
    """Return a block's pieces; the innermost style counts."""
    styles: list[Style] = [style]
    address = ""
    for token in tokens:
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
            address = str(token.attrs.get("href", "")) or address
        elif token.type.endswith("_close"):
            if styles.pop() == "link":
                yield Piece(f" ({address})", "quiet")
        else:
            yield _leaf(token, styles[-1])


def _leaf(token: "Token", style: Style) -> Inline:
    match token.type:
        case "math":
            return MathSpan(token.content.strip(), token.markup == "$$", style or "math")
        case "hardbreak":
            return LineBreak()
        case "softbreak":
            return Piece(" ", style)
        case "code_inline":
            return Piece(token.content, "code")
        case _:  # text, an entity, a picture's description
            return Piece(token.content, style)


_RULE = Piece("─" * 8, "quiet")
_STYLES: dict[str, Style] = {"strong_open": "strong", "em_open": "em", "link_open": "link"}
