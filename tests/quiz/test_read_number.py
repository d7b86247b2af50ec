"""Reading typed numbers: every row of the table of answers, in both languages."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.language import Language, Phrase
from studytool.quiz.expression import (
    BREAKS_OFF,
    BY_ZERO,
    DEEP,
    NOT_FINITE,
    PRODUCT,
    ROOT,
    TWO_NUMBERS,
    UNKNOWN,
    NoNumber,
    compute_expression,
)
from studytool.quiz.read_number import read_number
from studytool.quiz.variant import Ambiguous, Number, Unreadable

READ = [
    ("1/128", 1 / 128), ("7.8e-3", 0.0078), (".5", 0.5), ("5.", 5.0), ("+0.5", 0.5),
    ("2^-7", 2**-7), ("2**-7", 2**-7), ("sqrt(2/384)", math.sqrt(2 / 384)),
    ("√(2/384)", math.sqrt(2 / 384)), ("2/(256+128)", 2 / 384), ("2*pi", 2 * math.pi),
    ("-½", -0.5), ("7.8×10⁻³", 0.0078), ("7.8 x 10^-3", 0.0078), ("0．５", 0.5), ("０.５", 0.5),
    ("٠٫٥", 0.5), ("−0.5", -0.5), ("0.78%", 0.0078), ("0,0078", 0.0078), ("0,125", 0.125),
    ("1,000.5", 1000.5), ("1.000,5", 1000.5), ("1 000", 1000.0), ("12 345.6", 12345.6),
    ("1'000", 1000.0), ("1,000,000", 1e6),
    ("1/4*10^2", 25.0),  # a power of ten is a factor like any other
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ)
def test_read(text: str, value: float) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    assert read.value == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("0.78%", "read % as /100"),
        ("0,0078", "read as 0.0078"),
        ("0,125", "read as 0.125"),  # three digits behind a 0 are no thousands
        ("-0,125", "read as −0.125"),
        ("1,000,000", "read as 1 × 10⁶"),
        ("1,000.5", "read as 1000.5"),
        ("1.000,5", "read as 1000.5"),
        ("1,5%", "read % as /100; read as 1.5"),
        ("1 000", "read as 1000"),
        ("2", ""),
    ],
)
def test_an_unusual_spelling_is_told(text: str, note: str) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    assert read.note == note


@pytest.mark.parametrize(
    ("text", "question", "readings"),
    [
        ("1,000", "1000 or 1.000? Type one of them; this did not count.", (1000.0, 1.0)),
        ("7.8*10-3", "did you mean 7.8e-3? Type that; this did not count.", (0.0078,)),
    ],
)
def test_two_readings_are_asked_about(
    text: str, question: str, readings: tuple[float, ...]
) -> None:
    assert read_number(text, unit=None, language="en") == Ambiguous(question, readings)


@pytest.mark.parametrize(
    ("text", "english", "korean"),
    [
        ("1 1/2", "write 1+1/2", "1+1/2"),
        ("0.5 0.6", "Two numbers", "연산 기호가 없습니다"),
        ("2π", "write 2*pi", "2*pi"),
        ("5 ms", "has no unit", "단위가 없습니다"),
        ("nan", "nan is not a number", "nan은 수가 아닙니다"),
        ("inf", "Infinity cannot", "무한대"),
        ("1e400", "too large", "너무 크거나"),
        ("1/0", "Division by zero", "0으로 나눌"),
        ("9^9^9", "too large", "너무 크거나"),
        ("0x10", "Hexadecimal", "16진수"),
        ("1_000", "underscores", "밑줄"),
        ("1j", "complex", "복소수"),
        ("abc", "'abc' cannot be read", "'abc'"),
        ("", "Type an answer", "답을 입력"),
        ("(1", "breaks off", "끊겼습니다"),
        ("(-1)^0.5", "not real", "실수가 아닙니다"),
        ("(" * 100, "Too long", "너무 깁니다"),
    ],
)
def test_unreadable_each_with_its_own_message(text: str, english: str, korean: str) -> None:
    for language, words in (("en", english), ("ko", korean)):
        read = read_number(text, unit=None, language=language)  # type: ignore[arg-type] # both
        assert isinstance(read, Unreadable)
        assert words in read.why


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7-2", 5.0),
        ("7-2-1", 4.0),  # from the left
        ("7-2+1", 6.0),
        ("7+2-1", 8.0),
        ("8/4/2", 1.0),
        ("8÷4", 2.0),
        ("8/4*2", 4.0),
        ("2×3", 6.0),
        ("2·3", 6.0),
        ("2+3*4", 14.0),
        ("(2+3)*4", 20.0),
        ("2^3^2", 512.0),  # from the right
        ("-2^2", -4.0),  # the power binds tighter than the sign
        ("2^-1", 0.5),
        ("2*-3", -6.0),
        ("--3", 3.0),
        ("+3", 3.0),
        ("-(2-5)", 3.0),
        ("sqrt(16)", 4.0),
        ("sqrt 16", 4.0),
        ("√16*2", 8.0),  # the root of 16 alone
        ("√√16", 2.0),
        ("√0", 0.0),
        ("e^2", math.e**2),
        ("π/2", math.pi / 2),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        ("2**3", 8.0),
        (" 1 + 2 ", 3.0),
    ],
)
def test_the_value_of_an_expression(text: str, value: float) -> None:
    assert compute_expression(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 2", TWO_NUMBERS),
        ("-1 2", TWO_NUMBERS),
        ("2(3)", TWO_NUMBERS),
        ("(2)(3)", PRODUCT),
        ("pi 2", PRODUCT),
        ("pi(2)", PRODUCT),
        ("2 pi", PRODUCT),
        ("2)", BREAKS_OFF),
        ("(2", BREAKS_OFF),
        ("2+", BREAKS_OFF),
        ("", BREAKS_OFF),
        ("*2", BREAKS_OFF),
        ("sqrt", BREAKS_OFF),
        ("√-4", BREAKS_OFF),  # a sign needs brackets there
        ("√(-4)", ROOT),
        ("(-8)^(1/3)", ROOT),
        ("1/(2-2)", BY_ZERO),
        ("0^-1", BY_ZERO),
        ("1e999", NOT_FINITE),
        ("1e308*10", NOT_FINITE),
        ("1e308+1e308", NOT_FINITE),
        ("9^999", NOT_FINITE),
    ],
)
def test_why_an_expression_has_no_value(text: str, reason: Phrase) -> None:
    assert compute_expression(text) == NoNumber(reason)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("abc", "abc"), ("1 + abc", "abc"), ("2" + "x" * 30, "x" * 20), ("1 ~ 2", "~ 2")],
)
def test_what_cannot_be_read_is_shown(text: str, shown: str) -> None:
    assert compute_expression(text) == NoNumber(UNKNOWN, shown)


@pytest.mark.parametrize(("text", "shown"), [("1！", "!"), ("1～", "~"), ("1。", "。")])
def test_full_width_signs_are_made_narrow(text: str, shown: str) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Unreadable)
    assert read.why.startswith(f"'{shown}' cannot be read")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("1" + "+0" * 99 + " ", False),  # 200 characters
        ("1" + "+0" * 100, True),
        ("(" * 19 + "1" + ")" * 19, False),  # 20 levels with the number's own
        ("(" * 20 + "1" + ")" * 20, True),
        ("(1)+" + "(" * 20 + "1" + ")" * 20, True),
        ("+".join(["(1)"] * 40), False),  # a bracket that was closed is no level
    ],
)
def test_the_longest_and_the_deepest_expression(text: str, *, refused: bool) -> None:
    found = compute_expression(text)
    assert (found == NoNumber(DEEP)) is refused
    assert isinstance(found, float) is not refused


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "'kg' is not read here; answer in ms."),
        ("ko", "'kg'을(를) 읽지 못했습니다. ms 단위의 수로 답하세요."),
    ],
)
def test_another_unit_is_named(language: Language, why: str) -> None:
    assert read_number("3 kg", unit="ms", language=language) == Unreadable(why)


@pytest.mark.parametrize(
    ("text", "unit", "value"), [("5 ms", "s", 0.005), ("5 s", "ms", 5000.0), ("3", "s", 3.0)]
)
def test_units_are_converted_where_the_question_has_one(text: str, unit: str, value: float) -> None:
    read = read_number(text, unit=unit, language="en")
    assert isinstance(read, Number)
    assert read.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "value", "note"),
    [
        ("2 Hz", "Hz", 2.0, ""),
        ("2 kHz", "Hz", 2e3, "read as ×1000 Hz"),
        ("2 MHz", "Hz", 2e6, "read as ×1e+06 Hz"),
        ("2 GHz", "Hz", 2e9, "read as ×1e+09 Hz"),
        ("2ms", "s", 2e-3, "read as ×0.001 s"),
        ("2 us", "s", 2e-6, "read as ×1e-06 s"),
        ("2 µs", "s", 2e-6, "read as ×1e-06 s"),  # the micro sign
        ("2 μs", "s", 2e-6, "read as ×1e-06 s"),  # the Greek letter
        ("2 ns", "s", 2e-9, "read as ×1e-09 s"),
        ("2 ps", "s", 2e-12, "read as ×1e-12 s"),
        ("1/4 s", "s", 0.25, ""),
        ("50%", "s", 0.5, "read % as /100"),
        ("2 m", "m", 2.0, ""),  # a prefix alone is the unit
    ],
)
def test_each_prefix_of_a_unit(text: str, unit: str, value: float, note: str) -> None:
    read = read_number(text, unit=unit, language="en")
    assert isinstance(read, Number)
    assert read.value == pytest.approx(value, rel=1e-12)
    assert read.note == note


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_pythons_own_spelling_is_read_back(value: float) -> None:
    assert read_number(repr(value), unit=None, language="en") == Number(value)


@given(st.text(max_size=40) | st.text("0123456789.,-+*/^()eE √½% x×π'", max_size=40))
def test_any_text_gives_a_finite_number_or_a_reason(text: str) -> None:
    read = read_number(text, unit=None, language="ko")
    match read:
        case Number(value=value):
            assert math.isfinite(value)
        case Ambiguous(question=words) | Unreadable(why=words):
            assert words
