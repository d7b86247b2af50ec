"""Formulas among words: set where they stand, their source kept where they are not known."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.reader import load_pack
from studytool.typeset.math_line import UnknownLatexError, set_formulas, set_line, set_plain

_PACK = load_pack(bundled_pack_folder())
_FORMULA = re.compile(r"\$([^$\n]+)\$")
_TWO_WAYS = re.compile(r"/(?:\d++|[α-ω])[\w(]")
"""What is below the line touches a factor that is not."""


def _formulas() -> list[str]:
    """Give each formula that the bundled pack shows, in either language, a number drawn in braces."""
    shown = [*_PACK.items, *_PACK.claims]
    texts = "\n".join(entry.model_dump_json().replace("\\\\", "\\") for entry in shown)
    return sorted({latex.replace(r"\val{", "{") for latex in _FORMULA.findall(texts)})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$\frac{1}{2}(w-z)^2 + \frac{\lambda}{2}w^2$?", "(1/2)(w − z)² + (λ/2)w²?"),
        (r"분산은 $\frac{2}{n_{in}+n_{out}}$입니다", "분산은 2/(nᵢₙ + nₒᵤₜ)입니다"),
        (r"$1-\eta$ and $-3$", "1 − η and −3"),
        ("**$x_1$** - 2", "**x₁** - 2"),  # what is no formula stays
        ("a $ b", "a $ b"),
        ("$x\ny$", "$x\ny$"),
    ],
)
def test_formulas_are_set_among_words(text: str, shown: str) -> None:
    assert set_formulas(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"**Ridge** keeps $1-\lambda$", "Ridge keeps 1 − λ"),
        ("`w` of $W^*$", "w of W*"),
    ],
)
def test_a_plain_line_has_no_signs_of_markdown(text: str, shown: str) -> None:
    assert set_plain(text) == shown


@pytest.mark.parametrize(
    "latex", [r"\unknownmacro{x}", r"\frac{1}{", r"\begin{array}{c}1\end{array}"]
)
def test_what_is_not_known_raises_and_the_source_is_shown(latex: str) -> None:
    with pytest.raises(UnknownLatexError):
        set_line(latex)
    assert set_formulas(f"a ${latex}$ b") == f"a {latex} b"


def test_no_fraction_of_the_bundled_pack_can_be_read_in_two_ways() -> None:
    lines = [set_line(latex) for latex in _formulas() if r"\frac" in latex]
    assert len(lines) >= 8
    assert [line for line in lines if _TWO_WAYS.search(line)] == []
    for wrong in ("λ/2w²", "1/2(w−z)²", "1 − 4/πarcsin(x)"):  # as they were set once
        assert _TWO_WAYS.search(wrong)


def test_no_formula_of_the_bundled_pack_has_a_hyphen_for_minus() -> None:
    formulas = _formulas()
    assert len(formulas) >= 80
    assert [latex for latex in formulas if "-" in set_line(latex)] == []


_LEAVES = st.sampled_from(["a", "b", "x", "2", "10", r"\lambda", "w_i"])


@given(_LEAVES, _LEAVES, _LEAVES, st.sampled_from(["", " ", r"\,", r"\;"]))
def test_a_fraction_beside_a_factor_has_brackets(top: str, bottom: str, by: str, gap: str) -> None:
    fraction = rf"\frac{{{top}}}{{{bottom}}}"
    alone = set_line(fraction)
    assert f"({alone})" in set_line(f"{fraction}{gap}{by}")
    assert f"({alone})" in set_line(f"{by}{gap}{fraction}")
    assert f"({alone})" not in set_line(f"{fraction} + {by}")
