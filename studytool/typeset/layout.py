"""Set LaTeX as lines in two dimensions, or as one line."""

from functools import lru_cache

from studytool.typeset.box import Box, set_in_box
from studytool.typeset.line import set_in_line
from studytool.typeset.read_latex import read_formula
from studytool.typeset.tree import TypesetError


@lru_cache(maxsize=256)
def layout_box(latex: str, *, display: bool = False) -> Box:
    """Lay a formula out as a box, its axis in line with the text beside it.

    Raises:
        TypesetError: LaTeX that is not known; its source is shown instead.
    """
    return set_in_box(read_formula(latex), display=display)


def layout(latex: str) -> list[str]:
    r"""Lay a formula out in two dimensions, from the top line to the bottom one.

    Raises:
        TypesetError: LaTeX that is not known; its source is shown instead.

    >>> print("\n".join(layout(r"\frac{2}{n_{in}+n_{out}}")))
         2
    ────────────
     nᵢₙ + nₒᵤₜ
    """
    return [line.rstrip() for line in layout_box(latex, display=True).lines]


@lru_cache(maxsize=256)
def set_line(latex: str) -> str:
    r"""Set a formula as one line; LaTeX that is not known keeps its source.

    >>> set_line(r"\frac{2}{n_{in}+n_{out}}"), set_line(r"\unknown{x}")
    ('2/(nᵢₙ + nₒᵤₜ)', '\\unknown{x}')
    """
    try:
        return set_in_line(read_formula(latex))
    except TypesetError:
        return latex
