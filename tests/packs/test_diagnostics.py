"""How a diagnostic is printed: as a compiler does, in cells, and without harm to the terminal."""

import pytest

from studytool.language import Message, in_both
from studytool.packs.diagnostics import (
    SHOWN_CELLS,
    Diagnostic,
    Place,
    RelatedPlace,
    end_column,
    render,
)
from studytool.typeset.cells import cell_width


def said(text: str) -> Message:
    return in_both(text, text)


def test_a_diagnostic_shows_place_line_caret_and_remedy() -> None:
    found = Diagnostic(
        "E203", Place("items/a.yaml", 12, 9), said("unknown kind 'crad'"), said("try 'card'")
    )
    assert render(found, lambda _: "  kind: crad", "en") == (
        "items/a.yaml:12:9: error[E203]: unknown kind 'crad'\n"
        "12 |   kind: crad\n"
        "   |         ^^^^\n"
        "  help: try 'card'"
    )


def test_another_spot_is_shown_with_its_own_line() -> None:
    first = RelatedPlace(Place("items/a.yaml", 3, 7), said("the first stands here"))
    found = Diagnostic(
        "E304", Place("items/b.yaml", 1, 7), said("twice"), said("mend"), related=(first,)
    )
    lines = {1: "- id: recall", 3: "- id: 'recall' # x"}
    assert render(found, lambda place: lines[place.line], "en") == (
        "items/b.yaml:1:7: error[E304]: twice\n"
        "1 | - id: recall\n"
        "  |       ^^^^^^\n"
        "items/a.yaml:3:7: note: the first stands here\n"
        "3 | - id: 'recall' # x\n"
        "  |       ^^^^^^^^\n"
        "  help: mend"
    )


@pytest.mark.parametrize(("line", "column", "spot"), [
    ("- id: Recall It  # x", 7, "Recall It"),  # a plain text up to its comment
    ("  frnt: {ko: x}", 3, "frnt"),  # a key
    ("    {a: b, c: 'd, e'}", 15, "'d, e'"),
    ('  x: "a \\" b" # c', 6, '"a \\" b"'),  # an escaped quote ends nothing
    ("    list: [a, b c, d]", 15, "b c"),
    ("  front: {ko: x}", 10, "{"),
    ('  let: {v: "n*sx+w"}', 15, "sx"),  # a word inside a formula
    ("  앞면: 가 나", 7, "가 나"),
])  # fmt: skip
def test_the_spot_is_all_that_begins_there(line: str, column: int, spot: str) -> None:
    found = Diagnostic("E1", Place("f", 1, column), said("x"))
    assert line[column - 1 : end_column(found, line) - 1] == spot


def test_a_spot_ends_with_its_line() -> None:
    found = Diagnostic("E1", Place("f", 1, 3), said("x"), length=50)
    assert end_column(found, "abcd") == 5
    assert end_column(found, "") == 4


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
    found = Diagnostic("E1", Place("f", 1, column), said("x"), length=1)
    shown = render(found, lambda _: line, "en").split("\n")
    assert shown[2].rstrip("^") == "  | " + " " * cells
    assert "\x1b" not in shown[1]


@pytest.mark.parametrize("line", ["x" * 5_000_000, "분" * 10_000])
@pytest.mark.parametrize("column", [1, 200, 9_000])
def test_a_long_line_is_cut_around_the_spot(line: str, column: int) -> None:
    found = Diagnostic("E1", Place("f", 1, column), said("x"), length=1)
    shown = render(found, lambda _: line, "en").split("\n")
    assert cell_width(shown[1]) <= len("1 | ") + SHOWN_CELLS + 1
    spot = cell_width(shown[2]) - 1
    assert cell_width(shown[1]) > spot


def test_a_file_name_cannot_write_to_the_terminal() -> None:
    found = Diagnostic(
        "E102", Place("items/\x1b]0;x\x07.yaml", 1, 1), said("bad \u202e name"), said("\x9b")
    )
    assert render(found, lambda _: None, "en") == (
        "items/<U+001B>]0;x<U+0007>.yaml:1:1: error[E102]: bad <U+202E> name\n  help: <U+009B>"
    )
