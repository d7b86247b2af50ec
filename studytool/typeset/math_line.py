"""Set the formulas of a text within its lines."""

import re

from studytool.typeset.layout import set_line as set_or_keep
from studytool.typeset.line import set_in_line
from studytool.typeset.read_latex import read_formula
from studytool.typeset.tree import TypesetError

UnknownLatexError = TypesetError
"""LaTeX that the layout does not know."""

_FORMULA = re.compile(r"(?<!\\)\$\$([^$]+)\$\$|(?<!\\)\$([^$\n]*[^$\n\\])\$")
"""A dollar behind a backslash is a dollar."""
_SIGNS = re.compile(r"\*\*|`")
_ESCAPE = re.compile(r"\\([{}$])")


def set_formulas(text: str) -> str:
    r"""Replace each formula of a text by its line; one that is not known keeps its source.

    >>> set_formulas(r"$\frac{2}{n_{in}+n_{out}}$ and $\frac{\lambda}{2}w^2$")
    '2/(nᵢₙ + nₒᵤₜ) and (λ/2)w²'
    """
    return _FORMULA.sub(lambda found: set_or_keep((found[1] or found[2]).strip()), text)


def set_plain(markdown: str) -> str:
    r"""Set the formulas of a line of Markdown, without the signs of bold text and code.

    >>> set_plain(r"**Ridge** keeps $1-\eta\lambda$ of `w`, for \$5")
    'Ridge keeps 1 − ηλ of w, for $5'
    """
    return _ESCAPE.sub(r"\1", set_formulas(_SIGNS.sub("", markdown)))


def set_line(latex: str) -> str:
    """Set a formula as one line.

    Raises:
        TypesetError: a macro that is not known, or LaTeX that does not parse.
    """
    return set_in_line(read_formula(latex))
