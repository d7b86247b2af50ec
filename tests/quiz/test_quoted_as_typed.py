"""A refusal quotes the text as it was typed, not as it was folded; a share of a share is refused."""

from fractions import Fraction

import pytest

from studytool.language import LANGUAGES
from studytool.quiz.answer import Number, Unreadable
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_echo import echo_value
from studytool.quiz.typed_refusals import Refusal
from tests.rows import all_rows


@all_rows(("typed", "quoted"), [
    # a power, TeX, words and signs that have another plain form
    ("5**", "5**"),
    ("5 **", "5 **"),
    ("2**3**", "**3**"),
    ("5＊＊", "5＊＊"),
    (r"\(0.5", r"\(0.5"),
    (r"\[0.5", r"\[0.5"),
    (r"5\frac", r"5\frac"),
    (r"5\sqrt", r"5\sqrt"),
    (r"5\cdot", r"5\cdot"),
    (r"0.5\times", r"0.5\times"),
    ("0.5×", "0.5×"),
    ("4+1+2*)", "+2*"),
    ("0.5 percent percent", "percent"),
])  # fmt: skip
def test_a_refusal_quotes_what_was_typed(typed: str, quoted: str) -> None:
    for language in LANGUAGES:
        read = read_number(typed, unit=None, language=language)
        assert isinstance(read, Unreadable)
        assert f"'{quoted}'" in read.why


@all_rows("typed", ["3할%", "3할 %", "3할퍼센트", "3푼%", "3할5푼%", "50%%", "5‰ %"])
@all_rows("unit", ["%", None])
def test_a_share_of_a_share_is_refused(typed: str, unit: str | None) -> None:
    read = read_number(typed, unit=unit, language="ko")
    assert isinstance(read, Unreadable)
    if unit is not None:
        assert read.code is Refusal.UNKNOWN
        assert f"'{typed}'" in read.why


@pytest.mark.parametrize(
    ("typed", "percent"), [("30%", 30), ("30", 30), ("3할", 30), ("3할 5푼", 35), ("30 퍼센트", 30)]
)
def test_one_share_is_read(typed: str, percent: float) -> None:
    read = read_number(typed, unit="%", language="ko")
    assert isinstance(read, Number)
    assert read.value == pytest.approx(percent)


def test_a_whole_number_has_fifteen_digits_at_most() -> None:
    assert echo_value(Fraction(10**15 - 1)) == ("999999999999999", True)
    assert echo_value(Fraction(10**15)) == ("10¹⁵", True)
