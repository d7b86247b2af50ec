"""Markdown in lines: wrapping by cells, formulas in their line, hostile text as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.typeset.cells import cell_width, cut
from studytool.typeset.flow import Run, set_markdown, set_text
from tests.rows import all_rows


def test_a_tall_formula_stands_in_its_line() -> None:
    text = r"자비에의 분산은 $\frac{2}{n_{in}+n_{out}}$입니다."
    assert set_text(text, width=60).splitlines() == [
        "                     2",
        "자비에의 분산은 ────────────입니다.",
        "                 nᵢₙ + nₒᵤₜ",
    ]


def test_a_formula_wider_than_its_line_becomes_words() -> None:
    text = r"$\frac{aaaa+bbbb+cccc+dddd}{2}$"
    assert set_text(text, width=20).splitlines() == ["(aaaa + bbbb + cccc", "+ dddd)/2"]


@all_rows(
    ("markdown", "lines"),
    [
        ("a\nb", ["a b"]),  # a paragraph goes on
        ("a  \nb", ["a", "b"]),  # a break that was asked for
        ("a\n\nb", ["a", "", "b"]),
        ("x:\n\n- a\n- b\n  - c\n\ny", ["x:", "", "• a", "• b", "  • c", "", "y"]),
        ("3. a\n4. b", ["3. a", "4. b"]),
        ("> a", ["│ a"]),
        ("```\n  a\n\tb\n```", ["  a", "    b"]),
        ("# **a**", ["a"]),
        ("$$x$$ is", ["x", "is"]),
        ("`$x$` is $x_1$", ["$x$ is x₁"]),
        (r"\$5, $6 and $7", ["$5, $6 and $7"]),  # money is no formula
        (r"$\nope{x}$", [r"\nope{x}"]),
        ("$a*b*c$", ["a * b * c"]),  # no emphasis in a formula
        ("[here](https://example.org)", ["here (https://example.org)"]),
        ("<b>[/x][@click=app.quit]", ["<b>[/x][@click=app.quit]"]),
        ("![a plot](https://example.org/x.png)", ["a plot"]),
    ],
)
def test_set_text(markdown: str, lines: list[str]) -> None:
    assert set_text(markdown, width=40).splitlines() == lines


def test_styles_stay_with_their_words() -> None:
    (line,) = set_markdown("a **b** `c` $x$", width=40)
    assert line == (
        Run("a "), Run("b", "strong"), Run(" "), Run("c", "code"), Run(" "), Run("x", "math"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("딥러닝 노트", 11, "딥러닝 노트"), ("딥러닝 노트", 10, "딥러닝 노…"), ("abc", 2, "a…")],
)
def test_cut_counts_cells(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@given(st.text("ab 가나*_`$\n\\frac{1}#[]()", max_size=120), st.integers(10, 60))
def test_no_line_is_wider_than_asked(markdown: str, width: int) -> None:
    for line in set_markdown(markdown, width=width):
        assert cell_width("".join(run.text for run in line)) <= width


def test_a_formula_has_the_style_of_the_text_around_it() -> None:
    [line] = set_markdown("**a $x^2$** $y$", width=40)
    assert [(run.text, run.style) for run in line if run.text.strip()] == [
        ("a", "strong"),
        ("x²", "strong"),
        ("y", "math"),
    ]
