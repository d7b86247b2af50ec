"""A pack's Markdown as HTML, for other programs and for paper."""

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from studytool.typeset.layout import set_line
from studytool.typeset.markdown import new_parser

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def markdown_html(markdown: str, *, tex: bool) -> str:
    r"""Return Markdown as HTML, in which nothing can run and links are http(s) alone.

    Args:
        markdown: of a pack.
        tex: whether formulas stay TeX, between ``\(`` and ``\)``; else they are set as text.

    >>> markdown_html(r"**a** < $x^2$", tex=True), markdown_html(r"$x^2$", tex=False)
    ('<p><strong>a</strong> &lt; \\(x^2\\)</p>', '<p><span class="math">x²</span></p>')
    """
    return str(_parser(tex=tex).render(markdown)).strip()


@cache
def _parser(*, tex: bool) -> "MarkdownIt":
    def formula(
        _self: object, tokens: "Sequence[Token]", at: int, _options: object, _env: object
    ) -> str:
        latex = tokens[at].content.strip()
        if tex:
            return rf"\({escape(latex)}\)"
        return f'<span class="math">{escape(set_line(latex))}</span>'

    def is_plain(address: str) -> bool:
        return address.startswith(("https://", "http://"))

    parser = new_parser()
    parser.disable(["image"])
    parser.validateLink = is_plain  # type: ignore[assignment, method-assign] # as it says to do
    parser.add_render_rule("math", formula)
    return parser
