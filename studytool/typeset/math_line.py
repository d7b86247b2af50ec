"""A LaTeX formula as one line of Unicode text, with every fraction's brackets where they matter.

pylatexenc parses; the layout is ours. What is not known raises, so that the source is shown.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

SUPERSCRIPTS = str.maketrans("0123456789+-=()nixaTt", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣᵃᵀᵗ")
SUBSCRIPTS = str.maketrans("0123456789+-=()aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

SYMBOLS: Mapping[str, str] = {
    **dict(
        zip(
            ["alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Sigma", "Phi", "Psi", "Omega"],
            "αβγδεεζηθκλμνξπρστφχψωΓΔΘΛΣΦΨΩ",
            strict=True,
        )
    ),
    "cdot": "·", "times": "×", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠",
    "approx": "≈", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "pm": "±", "partial": "∂", "sim": "~",
    "nabla": "∇", "in": "∈", "sum": "Σ", "prod": "Π", "odot": "⊙", "ldots": "…", "cdots": "⋯",
    "dots": "…", "mid": "|", "propto": "∝", "ll": "≪", "gg": "≫", "ell": "ℓ", "lVert": "‖",
    "rVert": "‖", "|": "‖", "%": "%", "{": "{", "}": "}", ",": " ", ";": " ", "quad": "  ", " ": " ",
    "top": "ᵀ",
}  # fmt: skip
_NAMES = {"exp", "log", "ln", "max", "min", "tanh", "sin", "cos", "arcsin", "det", "lim"}
_TRANSPARENT = {"text", "mathrm", "mathbf", "mathit", "operatorname", "left", "right", "mathbb"}
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7"}

_ALONE = re.compile(r"[0-9.]+|[^\W\d_²³ⁿ][₀-ₜᵢⱼᵤᵥᵣ]*")
"""A number, or one letter with its subscripts."""
_FORMULA = re.compile(r"\$([^$\n]+)\$")


class UnknownLatexError(ValueError):
    """A macro or construct that the layout does not know."""


def set_formulas(text: str) -> str:
    r"""Replace each ``$...$`` of a text by its line; one that is not known keeps its source.

    >>> set_formulas(r"$\frac{2}{n_{in}+n_{out}}$ and $\sqrt{x^2}$")
    '2/(nᵢₙ+nₒᵤₜ) and √(x²)'
    """
    return _FORMULA.sub(lambda found: _set_or_keep(found[1], found[0]), text)


def _set_or_keep(latex: str, source: str) -> str:
    try:
        return set_line(latex)
    except UnknownLatexError:
        return source.strip("$")


def set_line(latex: str) -> str:
    """Set a formula as one line.

    Raises:
        UnknownLatexError: a macro that is not known, or LaTeX that does not parse.
    """
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerParseError

    try:
        nodes, _, _ = LatexWalker(latex, tolerant_parsing=False).get_latex_nodes()
    except LatexWalkerParseError as error:
        raise UnknownLatexError(latex) from error
    return " ".join(_run(nodes).split())


def _run(nodes: list[Any]) -> str:  # Any: pylatexenc has no types
    """Set a list of nodes; ``_`` and ``^`` raise or lower the atom that follows."""
    line, script = "", ""
    for atom in _atoms(nodes):
        if atom in ("_", "^"):
            script = atom
        elif script and atom.strip():
            line, script = line.rstrip() + _script(atom, script), ""
        else:
            line += atom
    return line


def _atoms(nodes: list[Any]) -> Iterator[str]:
    from pylatexenc.latexwalker import LatexCharsNode, LatexGroupNode, LatexMacroNode

    for node in nodes:
        if isinstance(node, LatexCharsNode):
            yield from re.findall(r"[_^]|\d+\.?\d*|.", node.chars, re.DOTALL)
        elif isinstance(node, LatexGroupNode):
            yield _run(node.nodelist)
        elif isinstance(node, LatexMacroNode):
            yield _macro(node)
        else:
            raise UnknownLatexError(str(node))


def _macro(node: Any) -> str:
    name, arguments = str(node.macroname), _arguments(node)
    if name in ("frac", "dfrac", "tfrac") and len(arguments) == 2:
        return "/".join(_bracketed(part) for part in arguments)
    if name == "sqrt":
        return "√" + _bracketed(arguments[-1])
    if name in SYMBOLS:
        return SYMBOLS[name] + str(node.macro_post_space)[:1]
    if name in _NAMES:
        return name + (" " if node.macro_post_space else "")
    if name in _ACCENTS and arguments:
        return arguments[0][:1] + _ACCENTS[name] + arguments[0][1:]
    if name in _TRANSPARENT:
        return "".join(arguments)
    raise UnknownLatexError(name)


def _arguments(node: Any) -> list[str]:
    given = node.nodeargd.argnlist if node.nodeargd is not None else []
    return [_run([argument]) for argument in given if argument is not None]


def _bracketed(text: str) -> str:
    """Put brackets around what would fall apart without them."""
    return text if _ALONE.fullmatch(text) else f"({text.strip()})"


def _script(text: str, script: str) -> str:
    """Raise or lower a text; one that Unicode cannot is written out with its sign."""
    table = SUPERSCRIPTS if script == "^" else SUBSCRIPTS
    plain = text.strip()
    if all(ord(character) in table for character in plain):
        return plain.translate(table)
    return script + (plain if len(plain) == 1 else f"({plain})")
