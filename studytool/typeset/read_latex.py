"""Read LaTeX into a tree through pylatexenc, and refuse every macro that is not in the table."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from studytool.typeset.latex_cells import cells_of
from studytool.typeset.symbols import (
    ACCENTS,
    BIG,
    BINARY,
    FENCES,
    GRIDS,
    LETTERS,
    LIMIT_NAMES,
    NAMES,
    ORDINARY,
    RELATIONS,
    SPACES,
)
from studytool.typeset.tree import (
    Accent,
    Fenced,
    Fraction,
    MathGrid,
    MathNode,
    MathRow,
    Role,
    Root,
    Scripts,
    Symbol,
    TypesetError,
    depth_of,
)

_SCRIPT_SIGNS = ("_", "^", "'")
_SPECIALS = {"~": " ", "''": "''"}

LONGEST = 1_000
"""Characters of a formula; a longer one is shown as its source."""
DEEPEST = 32
"""Parts inside parts of a formula; a deeper one is shown as its source."""

_CHARACTERS: dict[str, Role] = {
    **dict.fromkeys("+-*", "binary"), **dict.fromkeys("=<>≤≥≠≈→", "relation"),
    **dict.fromkeys("([", "open"), **dict.fromkeys(")]", "close"), **dict.fromkeys(",;:", "comma"),
}  # fmt: skip
_CLOSED_BY = {"(": ")", "[": "]", "left": "right"}
STYLES = frozenset({
    "mathrm", "mathbf", "mathit", "mathsf", "mathbb", "mathcal", "boldsymbol", "bm",
})  # fmt: skip
WORDS = frozenset(["text", "textrm", "textbf", "textit", "mbox", "operatorname"])
FRACTIONS = frozenset(["frac", "dfrac", "tfrac"])
IGNORED = frozenset(["displaystyle", "textstyle", "limits", "nolimits"])


def read_formula(latex: str) -> MathNode:
    """Read LaTeX (the inside of ``$...$``) into a tree.

    Raises:
        TypesetError: a macro that is not known, or text that is not LaTeX.
    """
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError

    if len(latex) > LONGEST:
        raise TypesetError(f"a formula of more than {LONGEST} characters")
    try:
        walker = LatexWalker(latex, latex_context=_macros(), tolerant_parsing=False)
        tree = _Reader(walker.get_latex_nodes()[0]).row()
    except LatexWalkerError as error:
        raise TypesetError(f"not LaTeX: {latex}") from error
    except RecursionError as error:
        raise TypesetError("a formula nested too deeply") from error
    if depth_of(tree) > DEEPEST:
        raise TypesetError("a formula nested too deeply")
    return tree


@cache
def _macros() -> Any:  # Any: pylatexenc has no types
    """Return pylatexenc's macros, and those of ours that take arguments."""
    from pylatexenc.latexwalker import get_default_latex_context_db
    from pylatexenc.macrospec import MacroSpec

    known = get_default_latex_context_db()
    one = ("operatorname", "mathsf", "boldsymbol", "bm", "widehat", "widetilde", "dot", "ddot")
    macros = [MacroSpec(name, "{") for name in one] + [MacroSpec(name, "{{") for name in FRACTIONS]
    known.add_context_category("studytool", macros=macros, prepend=True)
    return known


class _Reader:
    """Reads a list of pylatexenc's nodes, one token after another."""

    def __init__(self, nodes: Sequence[Any]) -> None:
        self._tokens = [token for node in nodes for token in _tokens(node)]
        self._closing = _closing(self._tokens)
        self._at = 0

    def row(self) -> MathNode:
        """Read to the end."""
        return self._row(len(self._tokens))

    def _row(self, end: int) -> MathNode:
        """Read up to the token at ``end``."""
        parts: list[MathNode] = []
        while self._at < end:
            token = self._next()
            if isinstance(token, str) and token in _SCRIPT_SIGNS:
                base = parts.pop() if parts else Symbol("")
                parts.append(self._scripted(base, token))
            elif (part := self._part(token)) is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else MathRow(tuple(parts))

    def _next(self) -> Any:
        if self._at == len(self._tokens):
            raise TypesetError("the formula ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _scripted(self, base: MathNode, sign: str) -> MathNode:
        script = Symbol("′") if sign == "'" else self._argument()
        scripts = base if isinstance(base, Scripts) else Scripts(base, limits=_has_limits(base))
        if sign == "_":
            if scripts.lower is not None:
                raise TypesetError("two subscripts on one base")
            return Scripts(scripts.base, script, scripts.upper, scripts.limits)
        upper = script if scripts.upper is None else MathRow((scripts.upper, script))
        return Scripts(scripts.base, scripts.lower, upper, scripts.limits)

    def _argument(self) -> MathNode:
        """Read what a script sign raises or lowers: the next token alone."""
        token = self._next()
        while isinstance(token, str) and token.isspace():
            token = self._next()
        part = _character(token) if isinstance(token, str) else self._part(token)
        if part is None:
            raise TypesetError("a script sign with nothing after it")
        return part

    def _part(self, token: Any) -> MathNode | None:
        """Read a token; None for one that shows nothing."""
        closing = self._closing.get(self._at - 1)
        if isinstance(token, list):
            return _Reader(token).row()
        if closing is not None:
            return self._fenced(token, closing)
        if hasattr(token, "environmentname"):
            return _grid(token)
        return _character(token) if isinstance(token, str) else _macro(token)

    def _fenced(self, token: Any, closing: int) -> MathNode:
        """Read on to the bracket that closes this one."""
        grows = not isinstance(token, str)
        left = _fence(self._next()) if grows else token
        body = self._row(closing)
        right = self._next()
        return Fenced(left, body, _fence(self._next()) if grows else right)


def _closing(tokens: list[Any]) -> dict[int, int]:
    """Find the place of the bracket that closes each one; those without are left out."""
    found: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    for place, token in enumerate(tokens):
        if place > 0 and _name(tokens[place - 1]) in ("left", "right"):
            continue  # that bracket belongs to its \\left or \\right
        sign = token if isinstance(token, str) else _name(token)
        if sign in _CLOSED_BY:
            opened.append((place, _CLOSED_BY[sign]))
        elif opened and sign == opened[-1][1]:
            found[opened.pop()[0]] = place
    return found


def _character(character: str) -> MathNode | None:
    if character.isspace():
        return None
    if character in "_^'&\\{}":
        raise TypesetError(f"'{character}' out of place")
    shown = "−" if character == "-" else character
    return Symbol(shown, _CHARACTERS.get(character, "ordinary"))


def _fence(token: Any) -> str:
    if isinstance(token, Symbol):
        return token.text
    if isinstance(token, str) and token in "()[]|/.":
        return token.strip(".")
    if _name(token) not in FENCES:
        raise TypesetError("\\left or \\right without a bracket")
    return FENCES[_name(token)]


def _tokens(node: Any) -> list[Any]:
    """Split a node into characters, groups (lists of nodes) and macros."""
    from pylatexenc import latexwalker as kinds

    if isinstance(node, kinds.LatexCharsNode):
        return list(node.chars)
    if isinstance(node, kinds.LatexGroupNode):
        return [node.nodelist]
    if isinstance(node, kinds.LatexEnvironmentNode):
        return [node]
    if isinstance(node, kinds.LatexMacroNode):
        if node.macroname in ("{", "}"):
            return [Symbol(node.macroname, "open" if node.macroname == "{" else "close")]
        return [node]
    if isinstance(node, kinds.LatexSpecialsNode) and node.specials_chars in _SPECIALS:
        return list(_SPECIALS[node.specials_chars])
    raise TypesetError(f"{type(node).__name__} is not known")


def _grid(environment: Any) -> MathGrid:
    """Read the cells of a matrix, or of cases; a row that is short of cells ends in empty ones."""
    name = environment.environmentname
    if name not in GRIDS:
        raise TypesetError(f"the environment {name} is not known")
    cells = [[_Reader(cell).row() for cell in row] for row in cells_of(environment.nodelist)]
    if not cells:
        raise TypesetError("an environment without cells")
    columns = max(map(len, cells))
    filled = tuple((*row, *[Symbol("")] * (columns - len(row))) for row in cells)
    return MathGrid(GRIDS[name][0], filled, GRIDS[name][1], is_cases=name == "cases")


def _name(token: Any) -> str:
    """Return a macro's name, nothing for other tokens."""
    return str(getattr(token, "macroname", ""))


def _macro(node: Any) -> MathNode | None:
    if isinstance(node, Symbol):
        return node
    name = str(node.macroname)
    if (symbol := _symbol(name)) is not None:
        return symbol
    if name in IGNORED:
        return None
    if name in ("left", "right"):
        raise TypesetError("\\left without \\right, or the other way round")
    given = node.nodeargd.argnlist if node.nodeargd is not None else []
    if name in WORDS:
        return _word(given[0], name)
    arguments = [None if argument is None else _Reader([argument]).row() for argument in given]
    built = _built(name, arguments)
    if built is None:
        raise TypesetError(f"\\{name} is not known")
    return built


def _symbol(name: str) -> Symbol | None:
    tables: tuple[tuple[Any, Role], ...] = (
        (ORDINARY, "ordinary"),
        (BINARY, "binary"),
        (RELATIONS, "relation"),
        (BIG, "big"),
        (SPACES, "space"),
    )
    for table, role in tables:
        if name in table:
            return Symbol(table[name], role)
    if name in FENCES:
        return Symbol(FENCES[name], "open" if FENCES[name] in "{⟨⌊⌈" else "close")
    return Symbol(name, "name") if name in NAMES else None


def _built(name: str, arguments: list[MathNode | None]) -> MathNode | None:
    """Build what a macro makes of its arguments; None where it is not known."""
    match name, arguments:
        case (("frac" | "dfrac" | "tfrac"), [top, bottom]) if (
            top is not None and bottom is not None
        ):
            return Fraction(top, bottom, small=name == "tfrac")
        case "sqrt", [degree, body] if body is not None:
            return Root(body, degree)
        case _, [body] if body is not None and name in ACCENTS:
            return Accent(body, ACCENTS[name])
        case _, [Symbol(text, role)] if name in STYLES:
            return Symbol(LETTERS.get((name, text), text), role)
        case _, [body] if name in STYLES:
            return body
        case _:
            return None


def _word(argument: Any, name: str) -> Symbol:
    """Return a text as it stands; only characters may be in it."""
    from pylatexenc.latexwalker import LatexCharsNode

    nodes = getattr(argument, "nodelist", [argument])
    if not all(isinstance(node, LatexCharsNode) for node in nodes):
        raise TypesetError(f"\\{name} with more than text in it")
    text = " ".join("".join(node.chars for node in nodes).split("\n"))
    return Symbol(text, "name" if name == "operatorname" else "ordinary")


def _has_limits(base: MathNode) -> bool:
    return isinstance(base, Symbol) and (base.text in BIG.values() or base.text in LIMIT_NAMES)
