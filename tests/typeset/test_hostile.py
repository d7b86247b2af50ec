"""No text takes steps that grow faster than it does."""

from functools import partial

import pytest

from studytool.typeset.cells import cell_width, cut, fold, wrap
from studytool.typeset.flow import set_markdown, set_text
from tests.cases import first_quick
from tests.rows import all_rows
from tests.typeset.hostile import NESTED, PIECES, calls, nested, repeated

LARGEST = 20_000
"""Characters of a text of a pack."""


@pytest.mark.parametrize("piece", first_quick(PIECES), ids=ascii)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    for width in (60, 1_000_000):
        set_markdown(repeated(piece, 200), width=width)  # what is loaded once
        once, twice = (
            calls(partial(set_markdown, repeated(piece, size), width=width)) for size in (400, 800)
        )
        assert twice < 2.5 * once + 2_000


@all_rows(("opening", "closing"), NESTED)
def test_twice_the_depth_takes_eight_times_the_steps_at_most(opening: str, closing: str) -> None:
    """A box is written anew with each that holds it; nothing is laid out again and again."""
    set_markdown(nested(opening, closing, 3), width=60)  # what is loaded once
    once, twice = (
        calls(partial(set_markdown, nested(opening, closing, depth), width=60))
        for depth in (12, 24)
    )
    assert twice < 8 * once + 2_000


@all_rows(("opening", "closing"), NESTED)
@all_rows("depth", [31, 200, 490, 20_000])
def test_no_depth_breaks_the_layout(opening: str, closing: str, depth: int) -> None:
    text = nested(opening, closing, depth)
    for flat in (False, True):
        assert set_text(text, flat=flat)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_the_largest_text_is_set(piece: str) -> None:
    whole = repeated(piece, LARGEST)
    assert set_text(whole, flat=True) is not None
    assert set_markdown(whole, width=40) is not None


@pytest.mark.parametrize(
    "piece", first_quick(["가", "a\u0301", "👩\u200d", "1\ufe0f", "\u0301", "\ufe0f", "\u200d"])
)
def test_text_without_a_place_to_break_is_walked_once(piece: str) -> None:
    for work in (_fold, _cut, _wrap, cell_width):
        once, twice = (calls(partial(work, repeated(piece, n))) for n in (200, 400))
        assert twice < 2.1 * once + 100


def _fold(text: str) -> object:
    return fold(text, 1_000_000)


def _cut(text: str) -> object:
    return cut(text, 9)


def _wrap(text: str) -> object:
    return wrap(f"{text} " * 50, 1_000_000)
