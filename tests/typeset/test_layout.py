"""Formulas in two dimensions and in a line: what a reader would write by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.typeset.cells import cell_width
from studytool.typeset.layout import layout, layout_box, set_line
from studytool.typeset.tree import TypesetError
from tests.rows import all_rows


def _drawn(picture: str) -> list[str]:
    """Give the lines of a picture between bars, without what is blank at the right."""
    return [line.strip().strip("¦").rstrip() for line in picture.strip("\n").splitlines()]


@pytest.mark.parametrize(
    ("latex", "picture"),
    [
        # pylatexenc's own text prints 2/n_in+n_out, which is another number
        (r"\frac{2}{n_{in}+n_{out}}", """
            ¦     2
            ¦────────────
            ¦ nᵢₙ + nₒᵤₜ"""),
        (r"y = \frac{1}{2}x", """
            ¦     1
            ¦y = ───x
            ¦     2"""),  # text stands on the fraction's line
        (r"\sqrt{\frac{6}{n}}", """
            ¦    ____
            ¦   ╱ 6
            ¦  ╱ ───
            ¦╲╱   n"""),
        (r"\sqrt[3]{\frac{6}{n}}", """
            ¦3   ____
            ¦   ╱ 6
            ¦  ╱ ───
            ¦╲╱   n"""),
        (r"\sum_{i=1}^n x_i", """
            ¦ n
            ¦ ∑  xᵢ
            ¦i=1"""),
        (r"\max_w L", """
            ¦max L
            ¦ w"""),
        (r"x^{0.5}", """
            ¦ 0.5
            ¦x"""),  # Unicode has no raised point
        (r"\sigma_b", """
            ¦σ
            ¦ b"""),  # nor a lowered b
        (r"\left(\frac{a}{b}\right)^2", """
            ¦⎛ a ⎞2
            ¦⎜───⎟
            ¦⎝ b ⎠"""),
        (r"\frac{\text{분산}}{n}", """
            ¦ 분산
            ¦──────
            ¦  n"""),  # a syllable takes two cells
        (r"\overline{ab}", """
            ¦──
            ¦ab"""),
        (r"A^{-1} = \begin{pmatrix} a & b_{1} \\[2pt] c & d \\ \end{pmatrix}^{-1}", """
            ¦      ⎛a  b₁⎞−1
            ¦A⁻¹ = ⎜     ⎟
            ¦      ⎝c  d ⎠"""),  # of two rows the middle is between them
        (r"f = \begin{cases} x, & \text{양수} \\ 0, & x \le 0 \end{cases}", """
            ¦    ⎧x,  양수
            ¦f = ⎨
            ¦    ⎩0,  x ≤ 0"""),  # cases stand from the left
        (r"\begin{vmatrix}1&2&3\\4&50&6\\7&8&9\end{vmatrix}\begin{bmatrix}x\\y\\z\end{bmatrix}", """
            ¦│1  2   3│⎡x⎤
            ¦│4  50  6│⎢y⎥
            ¦│7  8   9│⎣z⎦"""),
        (r"\begin{matrix} \frac{a}{b} & 0 \\ 0 & 1 \\ 2 \end{matrix}", """
            ¦ a
            ¦───  0
            ¦ b
            ¦
            ¦ 0   1
            ¦
            ¦ 2"""),  # rows stand apart where one is tall; a cell that is missing is empty
    ],
)  # fmt: skip
def test_layout_against_handwriting(latex: str, picture: str) -> None:
    assert layout(latex) == _drawn(picture)


@all_rows(
    ("latex", "line"),
    [
        (r"\frac{2}{n_{in}+n_{out}}", "2/(nᵢₙ + nₒᵤₜ)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{1}{128}", "1/128"),  # digits are one number
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac12(a+b)", "(1/2)(a + b)"),  # 1/2(a + b) could be read as 1/(2(a + b))
        (r"\frac{\partial L}{\partial w}", "∂L/(∂w)"),
        (r"\sqrt{\frac{6}{n}}", "√(6/n)"),
        (r"\frac{\lambda}{2}w^2", "(λ/2)w²"),  # λ/2w² could be read as λ/(2w²)
        (r"\frac{\lambda}{2}\,w", "(λ/2) w"),  # a thin space parts no factors
        (r"{\frac{1}{2}}w", "(1/2)w"),
        (r"2\frac{1}{3}", "2(1/3)"),
        (r"\frac{a}{b}\frac{c}{d}", "(a/b)(c/d)"),
        (r"\frac{1}{2}\sum_i x_i", "(1/2) ∑ᵢ xᵢ"),
        (r"\frac{4}{\pi}\arcsin(x)", "(4/π) arcsin(x)"),
        (r"n \cdot \frac{1}{2} \cdot s", "n · 1/2 · s"),  # the dots keep the factors apart
        (r"1 - \frac{a}{b} + c", "1 − a/b + c"),
        (r"\sqrt{n}", "√n"),
        (r"\sqrt{x^2}", "√(x²)"),  # √x² could be read as (√x)²
        (r"\sqrt{x}^2", "(√x)²"),
        (r"\bar{x}^2", "x̄²"),
        (r"\bar{x^2}", r"\bar{x^2}"),  # x̄² would be another number
        (r"\sqrt[3]{x}", "∛x"),
        (r"\sigma^2 = 0.5", "σ² = 0.5"),
        (r"w_i^2", "wᵢ²"),
        (r"x^{0.5}", "x^(0.5)"),
        (r"n_{grad}", "n_grad"),
        (r"{a+b}^2", "(a + b)²"),
        (r"e^{-x}", "e⁻ˣ"),
        (r"-x + (-3)", "−x + (−3)"),  # a sign belongs to its number
        (r"\lambda \cdot |w|", "λ · |w|"),
        (r"\|w\|_2^2", "‖w‖₂²"),
        (r"\text{분산} \le 1", "분산 ≤ 1"),
        (r"\hat{y} \approx \bar x", "ŷ ≈ x̄"),
        (r"\tanh^2(x)", "tanh²(x)"),
        (r"2\log x", "2 log x"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"E[\text{ReLU}(x)^2]", "E[ReLU(x)²]"),
        (r"\operatorname{ReLU}(x) = \max(0,x)", "ReLU(x) = max(0, x)"),
        (r"x'_1", "x₁′"),
        (r"W^\top", "Wᵀ"),
        (r"[0,1)", "[0, 1)"),  # brackets need not be a pair
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"95\%", "95%"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}^2", "(a, b; c, d)²"),
        (r"\begin{matrix}a&b\\c&d\end{matrix}", "(a, b; c, d)"),
        (r"\det\begin{vmatrix}a&b\\c&d\end{vmatrix}", "det|a, b; c, d|"),
        (r"y=\begin{cases}1,&x>0\\0,&x\le 0\end{cases}", "y = {1, x > 0; 0, x ≤ 0}"),
        (r"2\begin{bmatrix}\frac12\\x\end{bmatrix}", "2[1/2; x]"),
    ],
)
def test_set_line_against_handwriting(latex: str, line: str) -> None:
    assert set_line(latex) == line


@all_rows(
    "latex",
    [
        r"\unknownmacro{x}",
        r"\frac{1}{",
        r"\frac{1}",
        r"\begin{array}{c}1\end{array}",
        r"\begin{pmatrix}\end{pmatrix}",
        r"\begin{pmatrix}a",
        r"\begin{pmatrix}a\end{bmatrix}",
        r"a \\ b",
        r"\left(x",
        r"\right)",
        r"\left x \right)",
        "x_",
        "x_a_b",
        "a & b",
        "a % b",
        r"\text{$x$}",
        "{" * 400 + "}" * 400,  # would exhaust the stack
        "x" * 1001,
    ],
)
def test_what_is_not_known_raises_and_its_source_is_shown(latex: str) -> None:
    with pytest.raises(TypesetError):
        layout(latex)
    assert set_line(latex) == latex


def test_unclosed_brackets_take_no_exponential_time() -> None:
    assert set_line("(" * 500) == "(" * 500


@given(st.text("ab_^{}()[]\\frac sqrt{x}12+-=,'", max_size=40))
def test_any_text_is_laid_out_or_refused(latex: str) -> None:
    try:
        box = layout_box(latex, display=True)
    except TypesetError:
        return
    assert {cell_width(line) for line in box.lines} == {box.width}
    assert 0 <= box.axis < box.height
