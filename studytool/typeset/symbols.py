"""The LaTeX names that are known, each with its Unicode."""

from collections.abc import Mapping

SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′*⊤",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′*ᵀ",
)
SUBSCRIPTS = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "pi rho sigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_GREEK = "αβγδϵεζηθϑικλμνξπρστυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ"

ORDINARY: Mapping[str, str] = {
    **dict(zip(_GREEK_NAMES.split(), _GREEK, strict=True)),
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "ldots": "…", "cdots": "⋯",
    "dots": "…", "vdots": "⋮", "ddots": "⋱", "top": "⊤", "emptyset": "∅", "forall": "∀", "exists": "∃",
    "hbar": "ℏ", "prime": "′", "circ": "∘", "degree": "°", "angle": "∠", "Re": "ℜ", "Im": "ℑ",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "lvert": "|", "rvert": "|", "vert": "|",
    "|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖",
}  # fmt: skip
BINARY: Mapping[str, str] = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "otimes": "⊗",
    "oplus": "⊕", "ast": "*", "star": "⋆", "cup": "∪", "cap": "∩", "setminus": "∖", "wedge": "∧",
    "vee": "∨", "land": "∧", "lor": "∨",
}  # fmt: skip
RELATIONS: Mapping[str, str] = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "simeq": "≃", "cong": "≅", "equiv": "≡", "sim": "~", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "gets": "←", "Rightarrow": "⇒", "implies": "⇒",
    "Leftrightarrow": "⇔", "iff": "⇔", "leftrightarrow": "↔", "mapsto": "↦", "in": "∈",
    "notin": "∉", "subset": "⊂", "subseteq": "⊆", "propto": "∝", "ll": "≪", "gg": "≫", "mid": "|",
    "perp": "⊥", "parallel": "∥", "coloneqq": "≔", "triangleq": "≜",
}  # fmt: skip
BIG: Mapping[str, str] = {"sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂"}
NAMES = frozenset({
    "exp", "log", "ln", "max", "min", "sup", "inf", "lim", "tanh", "sinh", "cosh", "sin", "cos",
    "tan", "arcsin", "arccos", "arctan", "det", "argmax", "argmin", "dim", "ker", "gcd", "Pr",
    "sgn",
})  # fmt: skip
LIMIT_NAMES = frozenset({"max", "min", "sup", "inf", "lim", "argmax", "argmin"})
SPACES: Mapping[str, str] = {
    ",": " ", ":": " ", ";": " ", " ": " ", "!": "", "quad": "  ", "qquad": "    ", "~": " ",
}  # fmt: skip
ACCENTS: Mapping[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
}  # fmt: skip
FENCES: Mapping[str, str] = {
    "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "|": "‖", "lVert": "‖",
    "rVert": "‖", "lvert": "|", "rvert": "|", "vert": "|", "Vert": "‖",
}  # fmt: skip

GRIDS: Mapping[str, tuple[str, str]] = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "cases": ("{", ""),
}  # fmt: skip
"""The brackets of an environment whose cells stand in rows."""

LETTERS: Mapping[tuple[str, str], str] = {
    ("mathbb", "R"): "ℝ", ("mathbb", "N"): "ℕ", ("mathbb", "Z"): "ℤ", ("mathbb", "Q"): "ℚ",
    ("mathbb", "C"): "ℂ", ("mathbb", "P"): "ℙ", ("mathcal", "L"): "ℒ",
}  # fmt: skip
"""A letter of a special alphabet; one that has no plain sign keeps its letter."""
