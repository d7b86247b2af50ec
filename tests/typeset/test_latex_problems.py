"""The scan for faults of formulas, against the reader that shows them and by its amount of work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.typeset.latex_problems import LatexFault, known_commands, latex_problems
from studytool.typeset.markdown import MathSpan, read_blocks
from studytool.typeset.read_latex import read_formula
from studytool.typeset.tree import TypesetError
from tests.cases import first_quick
from tests.rows import all_rows

PIECES = ["$", "$$", "x", " ", "5", "`", "``", "\\$", "a b", "\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_where_nothing_is_found_every_dollar_is_in_a_formula_or_is_money(text: str) -> None:
    """The oracle is the Markdown reader, which leaves a ``$`` without a partner in the text."""
    if "\\$" in text or "`" in text or any(f"${digit}" in text for digit in "0123456789"):
        return  # a dollar that is meant
    left = sum(
        getattr(part, "text", "").count("$")
        for block in read_blocks(text)
        for part in block.inlines
        if not isinstance(part, MathSpan)
    )
    faults = {LatexFault.UNCLOSED, LatexFault.SPACED}
    assert any(found.fault in faults for found in latex_problems(text)) == (left > 0)


@all_rows("name", sorted(known_commands() - {"val", "left", "right"}))
def test_each_known_command_is_laid_out(name: str) -> None:
    for given_ in ("", "{a}", "{a}{b}"):
        try:
            read_formula(f"\\{name}{given_}")
        except TypesetError:
            continue
        return
    pytest.fail(f"\\{name} is called known and is not")


@pytest.mark.parametrize(
    "piece", first_quick(["$", "$$", "`", "``$", "\\", "${", "$ ", "$x$", "{", "$\\x"])
)
def test_the_scan_ends_on_hostile_texts(piece: str) -> None:
    assert len(list(latex_problems(piece * 20_000))) <= 40_000


@all_rows(
    ("latex", "faults"),
    [
        (r"\begin{pmatrix}a&b\\c\end{pmatrix}", []),
        (r"\begin{cases}\begin{matrix}a\\b\end{matrix}\\c\end{cases}", []),
        (r"\begin{array}{c}a\\b\end{array}", [("unknown", r"\begin{array}")]),
        (r"\begin{cases}a", [("half an environment", r"\begin{cases}")]),
        (r"a\end{cases}", [("half an environment", r"\end{cases}")]),
        (r"a\\b", [("unknown", r"\\")]),
        (r"\begin{matrix}a\end{matrix}\\b", [("unknown", r"\\")]),
        (r"\begin{matrix}\sgma\end{matrix}", [("unknown", r"\sgma")]),
        (r"\begin{matrix}{a\end{matrix}", [("not closed", "{")]),
    ],
)
def test_faults_of_environments(latex: str, faults: list[tuple[str, str]]) -> None:
    assert [(one.fault.value, one.words) for one in latex_problems(f"in ${latex}$")] == faults
    for one in latex_problems(f"in ${latex}$"):
        assert f"in ${latex}$"[one.at :].startswith(one.words)
    if not faults:
        read_formula(latex)
