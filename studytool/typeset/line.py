"""Set a formula as one line, with each bracket that keeps a fraction or script unambiguous."""

import unicodedata

from studytool.typeset.spacing import spaced, touches_operand
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

_ROOTS = {"3": "∛", "4": "∜"}


def set_in_line(node: MathNode, *, tight: bool = False) -> str:  # noqa: PLR0911 - a kind of node each
    """Set a tree as one line.

    Raises:
        TypesetError: an accent over more than one character.
    """
    match node:
        case Symbol(text=text):
            return text
        case MathRow(parts=parts):
            return "".join(
                gap + set_in_row(parts, place, tight=tight)
                for place, (gap, _) in enumerate(spaced(parts, tight=tight))
            )
        case Fraction(top=top, bottom=bottom):
            return f"{_factor(top)}/{_bracketed(bottom)}"
        case Root(body=body, degree=degree):
            return root_sign(degree) + _under_root(body)
        case Scripts(base=base, lower=lower, upper=upper):
            text = set_in_line(base)
            return (text if takes_script(base) else f"({text})") + lowered(lower) + raised(upper)
        case Accent(body=body, mark=mark):
            return accented(body, mark)
        case Fenced() | MathGrid():
            return _fenced(node, tight=tight)


def set_in_row(parts: tuple[MathNode, ...], place: int, *, tight: bool) -> str:
    """Set a part of a row; a fraction beside a factor gets brackets: ``(1/2)(a + b)``."""
    text = set_in_line(parts[place], tight=tight)
    bracket = isinstance(parts[place], Fraction) and touches_operand(parts, place)
    return f"({text})" if bracket else text


def _fenced(node: Fenced | MathGrid, *, tight: bool) -> str:
    """Set what is in brackets; cells one after another, rows after semicolons: ``(a, b; c, d)``."""
    if isinstance(node, Fenced):
        return node.left + set_in_line(node.body, tight=tight) + node.right
    rows = (
        ", ".join(set_in_line(cell, tight=tight).rstrip(",") for cell in row) for row in node.rows
    )
    left = node.left or "("
    return left + "; ".join(rows) + {"{": "}", "(": ")"}.get(left, node.right)


def raised(node: MathNode | None) -> str:
    """Raise a script in the line: ``²``; ``^(0.5)`` where Unicode has no sign."""
    if node is None:
        return ""
    plain = set_in_line(node, tight=True)
    return _small(plain, SUPERSCRIPTS) or f"^{_script(node, plain)}"


def lowered(node: MathNode | None) -> str:
    """Lower a script in the line: ``ᵢ``; ``_b`` where Unicode has no sign."""
    if node is None:
        return ""
    plain = set_in_line(node, tight=True)
    small = _small(plain, SUBSCRIPTS)
    return small or ("_" + plain if plain.isalnum() else f"_{_script(node, plain)}")


def in_small(node: MathNode, table: dict[int, int]) -> str | None:
    """Return a script in the small signs of ``table``; None where one is missing."""
    return _small(set_in_line(node, tight=True), table)


def _small(plain: str, table: dict[int, int]) -> str | None:
    is_small = all(ord(character) in table for character in plain)
    return plain.translate(table) if is_small else None


def root_sign(degree: MathNode | None) -> str:
    """Return the sign of a root: ``√``, ``∛``, ``ⁿ√``."""
    if degree is None:
        return "√"
    plain = set_in_line(degree, tight=True)
    small = _small(plain, SUPERSCRIPTS)
    if small is None:
        raise TypesetError(f"a root of degree {plain}")
    return _ROOTS.get(plain, f"{small}√")


def accented(body: MathNode, mark: str) -> str:
    """Put a combining mark on the one character of a body, which may carry a subscript."""
    if isinstance(body, Scripts) and body.upper is None:
        return accented(body.base, mark) + lowered(body.lower)
    text = set_in_line(body)
    if len(text) != 1:
        raise TypesetError(f"an accent over '{text}'")
    return unicodedata.normalize("NFC", text + mark)


def is_atom(node: MathNode) -> bool:
    """Tell whether a part holds together without brackets: ``x``, ``0.5``, ``nᵢ``, ``(a+b)``."""
    match node:
        case Symbol(text=text):
            return " " not in text.strip()
        case Fenced() | Accent() | Root() | MathGrid():
            return True
        case Scripts(base=base):
            return is_atom(base)
        case MathRow(parts=parts):
            return is_number(parts)
        case Fraction():
            return False


def takes_script(node: MathNode) -> bool:
    """Tell whether a part can be raised without brackets: ``x²``, but ``(√x)²``."""
    return is_atom(node) and not isinstance(node, Root)


def is_number(parts: "tuple[MathNode, ...]") -> bool:
    """Tell whether a row is one number."""
    return all(
        isinstance(part, Symbol) and (part.text.isdecimal() or part.text == ".") for part in parts
    )


def _under_root(node: MathNode) -> str:
    """Put brackets around a power too: ``√x²`` could be read as (√x)²."""
    power = isinstance(node, Scripts) and node.upper is not None
    return f"({set_in_line(node)})" if power else _bracketed(node)


def _bracketed(node: MathNode) -> str:
    text = set_in_line(node)
    return text if is_atom(node) else f"({text})"


def _factor(node: MathNode) -> str:
    """Put brackets around a sum; a product needs none over a fraction's line."""
    text = set_in_line(node)
    return text if is_atom(node) or (isinstance(node, MathRow) and " " not in text) else f"({text})"


def _script(node: MathNode, plain: str) -> str:
    return plain if len(plain) == 1 or isinstance(node, Fenced) else f"({plain})"
