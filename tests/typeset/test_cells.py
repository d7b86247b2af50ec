"""The width of a text in cells, against that by which Textual lays out the screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.typeset.cells import cell_width, cut, fold, hang, pad
from tests.rows import all_rows


@all_rows(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("분산 σ²", 7),
        ("\u200b", 0),  # a space of no width
        ("\u1112\u1161\u11ab", 2),  # 한 in conjoining jamo
        ("👩\u200d👩\u200d👧", 2),  # a family: three emoji, joined
        ("1\ufe0f\u20e3", 2),  # a keycap: a digit shown as an emoji
        ("a\ufe0f", 1),  # a letter is never one
        ("x\u0302", 1),
        ("👍\U0001f3fd", 2),  # with a skin tone
        ("ｘ", 2),
        ("soft\u00adhyphen", 11),
        ("\u200d", 0),
        ("e\u200d", 1),  # a joiner with nothing to join
    ],
)
def test_width(text: str, cells: int) -> None:
    assert cell_width(text) == cells
    assert cell_len(text) == cells


def _of_one_unicode_version(character: str) -> bool:
    """Tell a character whose width Python and rich take from tables that agree.

    Later versions of Unicode made some symbols wide, such as the hexagrams.
    """
    return unicodedata.category(character) not in ("Cn", "Co", "Cc", "Cs", "So", "No")


@pytest.mark.slow
def test_every_character_is_as_wide_as_the_screen_takes_it() -> None:
    characters = filter(_of_one_unicode_version, map(chr, range(0x20, 0x20000)))
    assert [one for one in characters if cell_width(one) != cell_len(one)] == []


_TEXTS = st.text(st.sampled_from("ab 한글ᄒ\u1161\u11ab👩👧1#\u200d\ufe0f\u20e3\u0302\U0001f3fd…"))


@given(_TEXTS)
def test_sequences_are_as_wide_as_the_screen_takes_them(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(_TEXTS, st.integers(1, 12))
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert cell_width(cut(text, width)) <= max(width, cell_width("…"))
    assert "".join(fold(text, width)) == text
    assert cell_width(pad(text, width)) >= cell_width(text)


@pytest.mark.parametrize(
    ("line", "width", "broken"),
    [
        ("short", 20, ["short"]),
        ("  1. twice as much as it was", 16, ["  1. twice as", "     much as it", "     was"]),
        ("✗ 3. [x] a long option", 16, ["✗ 3. [x] a long", "         option"]),
        ("   분산은 두 배가 됩니다", 14, ["   분산은 두", "   배가 됩니다"]),
        ("", 10, [""]),
        ("  1. one", 3, ["  1. one"]),  # words have a least room, however narrow it is
    ],
)
def test_a_line_hangs_under_its_own_words(line: str, width: int, broken: list[str]) -> None:
    assert hang(line, width) == broken
