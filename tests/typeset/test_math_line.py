"""Formulas as one line: what a reader of the page would write by hand."""

import pytest

from studytool.typeset.math_line import UnknownLatexError, set_formulas, set_line


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\frac{2}{n_{in}+n_{out}}", "2/(nᵢₙ+nₒᵤₜ)"),  # pylatexenc's own text loses the brackets
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\sqrt{\frac{6}{n}}", "√(6/n)"),
        (r"\sigma^2 = 0.5", "σ² = 0.5"),
        (r"w_i^2", "wᵢ²"),
        (r"x^{0.5}", "x^(0.5)"),  # no raised point in Unicode
        (r"e^{-x}", "e⁻ˣ"),
        (r"\lambda \cdot |w|", "λ · |w|"),
        (r"\text{분산}", "분산"),
        (r"\hat{y}", "y\u0302"),
        (r"\tanh(x) \le 1", "tanh(x) ≤ 1"),
    ],
)
def test_set_line(latex: str, line: str) -> None:
    assert set_line(latex) == line


@pytest.mark.parametrize(
    "latex", [r"\unknownmacro{x}", r"\frac{1}{", r"\begin{array}{c}1\end{array}"]
)
def test_what_is_not_known_raises_and_the_source_is_shown(latex: str) -> None:
    with pytest.raises(UnknownLatexError):
        set_line(latex)
    assert set_formulas(f"a ${latex}$ b") == f"a {latex} b"
