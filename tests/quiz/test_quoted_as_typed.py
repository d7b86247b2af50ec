"""A refusal quotes the text as it was typed, not as it was folded; a share of a share is refused."""

from fractions import Fraction

import pytest

from studytool.language import LANGUAGES
from studytool.quiz.answer import Number, Unreadable
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_echo import echo_value
from studytool.quiz.typed_figures import count_figures
from studytool.quiz.typed_refusals import Refusal
from studytool.quiz.typed_signs import _is_a_letter_in_disguise
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


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("10⁻π", "10 − π ≈ 6.858407346"),  # a raised minus before no numeral is a minus
        ("2⁻√4", "2 − √4 = 0"),
        ("(2*3)π", "(2 × 3)π ≈ 18.84955592"),  # a product keeps its brackets beside another
        ("2(3*4)", "2(3 × 4) = 24"),
        ("1 e(-3)", "(1 × e)(−3) ≈ −8.154845485"),  # apart it is the number e
        ("π*10-3", "π × 10 − 3 ≈ 28.41592654"),  # a power is lost behind a numeral alone
        ("2의 3제곱", "2³ = 8"),
        ("2의 -3제곱", "2⁻³ = 0.125"),
    ],
)
def test_an_expression_is_echoed_as_it_was_read(typed: str, reading: str) -> None:
    read = read_number(typed, unit=None, language="en")
    assert isinstance(read, Number)
    assert read.reading == reading


@pytest.mark.parametrize("typed", ["1 1/4²", "1 1/4^2", "-1 1/4²", "2+1 1/4²", "2 3제곱"])
def test_two_numbers_side_by_side_are_no_answer(typed: str) -> None:
    read = read_number(typed, unit=None, language="en")
    assert isinstance(read, Unreadable)
    assert read.code is Refusal.TWO_NUMBERS


def test_letters_in_disguise_from_the_first_to_the_last() -> None:
    ranges = (("\uff01", "\uff5e"), ("\U0001d400", "\U0001d7ff"), ("①", "⑳"), ("ℯ", "ℯ"))
    for first, last in ranges:
        assert _is_a_letter_in_disguise(first)
        assert _is_a_letter_in_disguise(last)
        assert not _is_a_letter_in_disguise(chr(ord(first) - 1))
        assert not _is_a_letter_in_disguise(chr(ord(last) + 1))


@pytest.mark.parametrize(
    ("numeral", "figures"), [("0", 1), ("0.0", 1), ("00", 1), ("7", 1), ("0.070", 2), ("1e5", 1)]
)
def test_a_nought_alone_has_one_figure(numeral: str, figures: int) -> None:
    assert count_figures(numeral) == figures
