"""Set a formula in two dimensions, from boxes of text beside and over one another."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from studytool.typeset.cells import cell_width, centre, pad
from studytool.typeset.line import in_small, root_sign, set_in_line, set_in_row, takes_script
from studytool.typeset.spacing import spaced
from studytool.typeset.symbols import SUBSCRIPTS, SUPERSCRIPTS
from studytool.typeset.tree import (
    Accent,
    Fenced,
    Fraction,
    MathGrid,
    MathNode,
    MathRow,
    Root,
    Scripts,
    Symbol,
    TypesetError,
)

_GROWN = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "{": "⎧⎪⎩", "}": "⎫⎪⎭", "|": "│││",
    "‖": "‖‖‖", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
}  # fmt: skip
"""The top, middle and foot of a bracket that grows."""
_BRACE_MIDDLE = {"{": "⎨", "}": "⎬"}
_DEGREES = {"∛": "3", "∜": "4"}
_OVER = {"\u0302": "^", "\u0304": "─", "\u0303": "~", "\u20d7": "→", "\u0307": "·", "\u0308": "··"}


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of one width.

    Attributes:
        lines: from top to bottom, each ``width`` cells wide.
        axis: the line that stands in line with what is beside the box.
    """

    lines: tuple[str, ...]
    axis: int = 0

    @property
    def width(self) -> int:
        """Cells of each line."""
        return cell_width(self.lines[0])

    @property
    def height(self) -> int:
        """Lines."""
        return len(self.lines)


def text_box(text: str) -> Box:
    """Make a box of one line."""
    return Box((unicodedata.normalize("NFC", text),))


def beside(boxes: Sequence[Box]) -> Box:
    """Put boxes side by side, their axes in one line."""
    above = max((box.axis for box in boxes), default=0)
    below = max((box.height - box.axis for box in boxes), default=1)
    rows = [""] * (above + below)
    for box in boxes:
        top = above - box.axis
        for row in range(len(rows)):
            inside = top <= row < top + box.height
            rows[row] += box.lines[row - top] if inside else " " * box.width
    return Box(tuple(rows), above)


def _stacked(boxes: Iterable[Box], axis_of: Box) -> Box:
    """Put boxes over one another, each in the middle; the axis is that of one of them."""
    stack = list(boxes)
    width = max(box.width for box in stack)
    lines = [centre(line, width) for box in stack for line in box.lines]
    above = sum(box.height for box in stack[: stack.index(axis_of)])
    return Box(tuple(lines), above + axis_of.axis)


def set_in_box(node: MathNode, *, display: bool = True) -> Box:  # noqa: PLR0911 - a kind of node each
    """Set a tree in two dimensions; ``display`` puts limits over and under their sign.

    Raises:
        TypesetError: what has no layout.
    """
    match node:
        case Symbol(text=text):
            return text_box(text)
        case MathRow():
            return _row(node, display=display)
        case Fraction():
            return _fraction(node, display=display)
        case Root():
            return _root(node, display=display)
        case Scripts():
            return _scripts(node, display=display)
        case Accent():
            return _accent(node, display=display)
        case Fenced() | MathGrid():
            return _fenced(node, display=display)


def _row(node: MathRow, *, display: bool) -> Box:
    boxes: list[Box] = []
    for place, (gap, part) in enumerate(spaced(node.parts)):
        if gap or (place and _has_rule(part) and _has_rule(node.parts[place - 1])):
            boxes.append(text_box(gap or " "))  # two rules would be one
        if isinstance(part, Fraction) and part.small:
            boxes.append(text_box(set_in_row(node.parts, place, tight=False)))
        else:
            boxes.append(set_in_box(part, display=display))
    return beside(boxes)


def _has_rule(node: MathNode) -> bool:
    return isinstance(node, Fraction) and not node.small


def _fraction(node: Fraction, *, display: bool) -> Box:
    if node.small:
        return text_box(set_in_line(node))
    top, bottom = (set_in_box(part, display=display) for part in (node.top, node.bottom))
    rule = text_box("─" * (max(top.width, bottom.width) + 2))
    return _stacked([top, rule, bottom], rule)


def _root(node: Root, *, display: bool) -> Box:
    body = set_in_box(node.body, display=display)
    sign = root_sign(node.degree)
    if body.height == 1:
        return text_box(set_in_line(node))
    height = body.height
    rising = [" " * (height - row) + "╱" + " " * row for row in range(height)]
    rising[-1] = "╲╱" + " " * (height - 1)
    degree = _DEGREES.get(sign, sign.removesuffix("√"))
    over = pad(degree, height + 1) + "_" * (body.width + 1)
    lines = [over, *(f"{edge}{line} " for edge, line in zip(rising, body.lines, strict=True))]
    return Box(tuple(lines), body.axis + 1)


def _fenced(node: Fenced | MathGrid, *, display: bool) -> Box:
    inner = _grid(node) if isinstance(node, MathGrid) else set_in_box(node.body, display=display)
    return beside([_bracket(node.left, inner), inner, _bracket(node.right, inner)])


def _grid(node: MathGrid) -> Box:
    """Put cells below each other; rows stand apart where there are two, or one is tall."""
    cells = [[set_in_box(cell, display=False) for cell in row] for row in node.rows]
    widths = [max(box.width for box in column) for column in zip(*cells, strict=True)]
    rows = [_grid_row(row, widths, pad if node.is_cases else centre) for row in cells]
    is_apart = len(rows) == 2 or any(row.height > 1 for row in rows)
    lines = list(rows[0].lines)
    for row in rows[1:]:
        lines += [" " * row.width] * is_apart + list(row.lines)
    return Box(tuple(lines), rows[0].axis if len(rows) == 1 else (len(lines) - 1) // 2)


def _grid_row(row: Sequence[Box], widths: Sequence[int], place: Callable[[str, int], str]) -> Box:
    boxes: list[Box] = []
    for box, width in zip(row, widths, strict=True):
        boxes += [text_box("  ")] if boxes else []
        boxes.append(Box(tuple(place(line, width) for line in box.lines), box.axis))
    return beside(boxes)


def _scripts(node: Scripts, *, display: bool) -> Box:
    base = set_in_box(node.base, display=display)
    small_lower = "" if node.lower is None else in_small(node.lower, SUBSCRIPTS)
    small_upper = "" if node.upper is None else in_small(node.upper, SUPERSCRIPTS)
    beside_it = small_lower is not None and small_upper is not None
    if node.limits and (display or not beside_it):
        return _limits(node, base)
    if base.height == 1 and not takes_script(node.base):
        base = beside([text_box("("), base, text_box(")")])
    if base.height > 1:
        return beside([base, _script_column(node, base)])
    inline = text_box((small_lower or "") + (small_upper or ""))
    left = Scripts(
        node.base,
        None if small_lower is not None else node.lower,
        None if small_upper is not None else node.upper,
    )
    parts = [base, inline] if inline.width else [base]
    return beside(parts if beside_it else [*parts, _script_column(left, base)])


def _script_column(node: Scripts, base: Box) -> Box:
    """Make the column right of a base: what is raised, room, what is lowered."""
    upper = _script_lines(node.upper)
    lower = _script_lines(node.lower)
    if base.height == 1:
        room, axis = 1, len(upper)
    else:  # a script stands beside the top or foot of a tall base
        room = base.height - bool(upper) - bool(lower)
        axis = base.axis + max(len(upper) - 1, 0)
    lines = [*upper, *[""] * room, *lower]
    width = max(map(cell_width, lines))
    return Box(tuple(pad(line, width) for line in lines), axis)


def _script_lines(node: MathNode | None) -> list[str]:
    return [] if node is None else [text_box(set_in_line(node, tight=True)).lines[0]]


def _limits(node: Scripts, base: Box) -> Box:
    stack = [text_box(set_in_line(node.upper, tight=True))] if node.upper is not None else []
    stack.append(base)
    if node.lower is not None:
        stack.append(text_box(set_in_line(node.lower, tight=True)))
    return _stacked(stack, base)


def _accent(node: Accent, *, display: bool) -> Box:
    try:
        return text_box(set_in_line(node))
    except TypesetError:
        body = set_in_box(node.body, display=display)
        sign = _OVER[node.mark]
        return _stacked([text_box(sign * body.width if sign == "─" else sign), body], body)


def _bracket(sign: str, inner: Box) -> Box:
    if inner.height == 1 or sign not in _GROWN:
        rows = range(inner.height)
        return Box(tuple(sign if row == inner.axis else " " * cell_width(sign) for row in rows),
                   inner.axis)  # fmt: skip
    grown = _GROWN[sign]
    lines = [grown[0], *[grown[1]] * (inner.height - 2), grown[2]]
    if sign in _BRACE_MIDDLE and inner.height > 2:
        lines[inner.height // 2] = _BRACE_MIDDLE[sign]
    return Box(tuple(lines), inner.axis)
