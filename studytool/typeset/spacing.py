"""The space between the parts of a row: around relations and binary signs, after words."""

from collections.abc import Iterable, Iterator, Sequence

from studytool.typeset.tree import Fenced, MathGrid, MathNode, Scripts, Symbol

_NO_OPERAND_BEFORE = frozenset({"", "binary", "relation", "open", "comma", "name", "big"})
"""After these a sign is the sign of a number: ``−x``, not ``a − x``."""
_OPERANDS = frozenset({"ordinary", "close", "fenced", "name"})
_WORDS = frozenset({"name", "big"})


def spaced(parts: Sequence[MathNode], *, tight: bool = False) -> Iterator[tuple[str, MathNode]]:
    """Return each part with the space before it; ``tight`` (in scripts) keeps words apart only."""
    before = ""
    for place, part in enumerate(parts):
        role = role_of(part)
        if role == "binary" and (before in _NO_OPERAND_BEFORE or place == len(parts) - 1):
            role = "open"  # a sign belongs to what follows it
        yield _gap(before, role, tight=tight), part
        before = role


def role_of(node: MathNode) -> str:
    """Return the role that decides the space around a part."""
    match node:
        case Symbol(role=role):
            return role
        case Scripts(base=base):
            return role_of(base)
        case Fenced() | MathGrid():
            return "fenced"
        case _:
            return "ordinary"


def _gap(before: str, role: str, *, tight: bool) -> str:
    if not before or "space" in (before, role):
        return ""
    if before in _WORDS and (role in ("ordinary", *_WORDS) or before == "big"):
        return " "
    if role in _WORDS and before in _OPERANDS:
        return " "
    if tight:
        return ""
    return " " if {before, role} & {"relation", "binary"} or before == "comma" else ""


def touches_operand(parts: Sequence[MathNode], place: int) -> bool:
    """Tell whether a part is multiplied with its neighbour without a sign: ``½(a + b)``."""
    before = _role_beyond_spaces(reversed(parts[:place]))
    after = _role_beyond_spaces(parts[place + 1 :])
    return before in {*_OPERANDS, "big"} or after in {*_OPERANDS, "big", "open"}


def _role_beyond_spaces(parts: Iterable[MathNode]) -> str:
    return next((role for role in map(role_of, parts) if role != "space"), "")
