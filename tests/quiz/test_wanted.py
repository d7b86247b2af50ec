"""What an entry says is wanted, in both languages."""

import pytest

from studytool.quiz.key import RecallKey
from studytool.quiz.number_text import SHORT
from studytool.quiz.wanted import figures_wanted, wanted
from tests.quiz.variants import number_key


@pytest.mark.parametrize(
    ("asked", "unit", "ko", "en"),
    [
        ("3sf", None, "유효숫자 세 자리", "three significant figures"),
        (
            "3sf",
            "m/s²",
            "유효숫자 세 자리, m/s² 단위로",
            "three significant figures, in m/s²",
        ),
        ("1sf", None, "유효숫자 한 자리", "one significant figure"),
        ("6sf", None, "유효숫자 여섯 자리", "six significant figures"),
        ("7sf", None, "유효숫자 7 자리", "7 significant figures"),
        ("2dp", "%", "소수 둘째 자리까지, % 단위로", "two decimal places, in %"),
        ("1dp", None, "소수 첫째 자리까지", "one decimal place"),
        ("9dp", None, "소수 9째 자리까지", "9 decimal places"),
        ("0dp", None, "정수", "a whole number"),
    ],
)
def test_what_is_wanted(asked: str, unit: str | None, ko: str, en: str) -> None:
    message = wanted(number_key(1.0, asked=asked, unit=unit))
    assert (message.text("ko"), message.text("en")) == (ko, en)


@pytest.mark.parametrize(
    ("asked", "value", "figures"),
    [
        ("3sf", 1.0, 3),
        ("1sf", 1.0, 3),  # at least three
        ("5sf", 1234.5, 5),  # figures are figures, however large the number
        ("2dp", 1234.5, 6),  # four before the point
        ("2dp", -1234.5, 6),
        ("2dp", 9.99, 3),
        ("4dp", 0.0123, 3),  # 0.0123: three figures
        ("6dp", 0.0123, 5),
        ("4dp", 0.0, 4),  # a 0 has no first figure
        ("20sf", 1.0, SHORT),
        ("20dp", 1.0, SHORT),
    ],
)
def test_how_many_figures_other_numbers_have_beside_a_key(
    asked: str, value: float, figures: int
) -> None:
    assert figures_wanted(number_key(value, asked=asked)) == figures
    assert figures_wanted(RecallKey("")) == 3
