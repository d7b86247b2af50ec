"""How a diagnostic is printed: as a compiler does, in cells, and without harm to the terminal."""

import pytest

from studytool.packs.diagnostics import SHOWN_CELLS, Diagnostic, Place, render
from studytool.typeset.cells import cell_width


def test_a_diagnostic_shows_place_line_caret_and_remedy() -> None:
    found = Diagnostic("E203", Place("items/a.yaml", 12, 9), "unknown kind 'crad'", "try 'card'")
    assert render(found, "  kind: crad") == (
        "items/a.yaml:12:9: error[E203]: unknown kind 'crad'\n"
        "12 |   kind: crad\n"
        "   |         ^\n"
        "  help: try 'card'"
    )


@pytest.mark.parametrize(("line", "column", "cells"), [
    ("front: 앞면 x", 11, 12),  # two Hangul syllables of two cells each before the spot
    ("가나다", 1, 0),
    ("\tx", 2, 1),  # a tab is shown as one space
    ("e\u0301x", 3, 1),  # a combining accent takes no cell
    ("a\x1b[2Jb", 6, 12),  # an escape is shown as <U+001B>, 8 cells
    ("abc", 4, 3),  # just past the end
    ("", 1, 0),
])  # fmt: skip
def test_the_caret_stands_under_the_spot_in_cells(line: str, column: int, cells: int) -> None:
    shown = render(Diagnostic("E1", Place("f", 1, column), "x"), line).split("\n")
    assert shown[2] == "  | " + " " * cells + "^"
    assert "\x1b" not in shown[1]


@pytest.mark.parametrize("line", ["x" * 5_000_000, "분" * 10_000])
@pytest.mark.parametrize("column", [1, 200, 9_000])
def test_a_long_line_is_cut_around_the_spot(line: str, column: int) -> None:
    shown = render(Diagnostic("E1", Place("f", 1, column), "x"), line).split("\n")
    assert cell_width(shown[1]) <= len("1 | ") + SHOWN_CELLS + 1
    spot = cell_width(shown[2]) - 1
    assert cell_width(shown[1]) > spot


def test_a_file_name_cannot_write_to_the_terminal() -> None:
    found = Diagnostic("E102", Place("items/\x1b]0;x\x07.yaml", 1, 1), "bad \u202e name", "\x9b")
    assert render(found, None) == (
        "items/<U+001B>]0;x<U+0007>.yaml:1:1: error[E102]: bad <U+202E> name\n  help: <U+009B>"
    )
