"""Reading typed numbers: every row of the table of answers, in both languages."""

import math
import re
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.language import LANGUAGES, Language
from studytool.quiz import read_number as read_number_module
from studytool.quiz.answer import Ambiguous, Number, Unreadable
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_refusals import WHY, Refusal
from studytool.quiz.typed_text import MOST_CHARACTERS
from tests.quiz.typed_answers import (
    ASKED,
    COURTESY,
    INVISIBLES,
    READ,
    REFUSED,
    REFUSED_IN_UNITS,
    AskedRow,
    ReadRow,
    RefusedRow,
)
from tests.rows import all_rows

ROWS: list[ReadRow | AskedRow | RefusedRow] = [*READ, *ASKED, *REFUSED]
TABLE = [row.text for row in ROWS]
EXPRESSIONS = [row for row in READ if row not in COURTESY]
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_ALLOWED = {"Enter", "nan"}


def _near(value: Fraction | float) -> object:
    return pytest.approx(float(value), rel=1e-14, abs=0)


@all_rows("language", LANGUAGES)
@all_rows("row", READ, ids=lambda row: row.text)
def test_what_is_read_and_how_it_is_shown(row: ReadRow, language: Language) -> None:
    read = read_number(row.text, unit=None, language=language)
    assert isinstance(read, Number), read
    assert read.value == _near(row.value)
    assert read.exact == (row.value if isinstance(row.value, Fraction) else None)
    assert read.reading == row.echo


def test_readings_are_one_only_to_the_last_figures_of_a_float() -> None:
    apart = read_number("6/2(1.00000000001)", unit=None, language="en")
    assert isinstance(apart, Ambiguous)
    same = read_number("6/2(1.0000000000000001)", unit=None, language="en")
    assert isinstance(same, Number)


@all_rows("language", LANGUAGES)
@all_rows("row", ASKED, ids=lambda row: row.text)
def test_what_has_two_readings_is_asked(row: AskedRow, language: Language) -> None:
    asked = read_number(row.text, unit=None, language=language)
    assert isinstance(asked, Ambiguous), asked
    assert list(asked.readings) == [_near(value) for value in row.readings]
    assert row.echo in asked.question
    is_choice = asked.question.startswith({"en": "Two readings", "ko": "두 가지로"}[language])
    assert is_choice is (len(asked.readings) > 1)
    _assert_in(language, asked.question, row.text)
    taken = read_number(asked.likelier, unit=None, language=language)
    assert isinstance(taken, Number)
    assert taken.value == asked.readings[0]


@all_rows("language", LANGUAGES)
@all_rows("row", REFUSED, ids=lambda row: repr(row.text))
def test_what_is_refused_for_its_own_reason(row: RefusedRow, language: Language) -> None:
    refused = read_number(row.text, unit=None, language=language)
    assert isinstance(refused, Unreadable), refused
    assert refused.code == row.code
    _assert_in(language, refused.why, row.text)


def _assert_in(language: Language, said: str, typed: str) -> None:
    """Hold that a Korean message has no English in it but what was typed."""
    assert bool(re.search("[가-힣]", said)) is (language == "ko") or re.search("[가-힣]", typed)
    if language == "ko":
        words = set(LATIN_WORD.findall(said)) - LATIN_ALLOWED
        assert {word for word in words if word.lower() not in typed.lower()} <= {
            "log",
            "ln",
            "arcsin",
            "arccos",
        }


def test_the_table_has_its_rows_once_and_every_reason() -> None:
    assert len(TABLE) >= 250
    assert len(set(TABLE)) == len(TABLE)
    exact = {Refusal.NOT_CONVERTED, Refusal.NO_UNIT_TYPED}  # test_typed_units.py has those
    of_units = {code for _, _, code in REFUSED_IN_UNITS}
    assert {row.code for row in REFUSED} | of_units == set(WHY) - exact


@all_rows("text", INVISIBLES, ids=ascii)
def test_what_nobody_sees_is_left_out_and_said(text: str) -> None:
    for language, said in (
        ("en", "invisible characters left out"),
        ("ko", "보이지 않는 글자는 뺐습니다"),
    ):
        read = read_number(text, unit=None, language=language)  # type: ignore[arg-type] # both
        assert read == Number(0.5, Fraction(1, 2), f"0.5 ({said})")


@all_rows(
    ("text", "code"),
    [
        ("1" + "+0" * 29 + " " * 141, ""),  # 200 characters
        ("1" + "+0" * 29, ""),  # 59 tokens
        ("-1" + "+0" * 29, ""),  # 60
        ("--1" + "+0" * 29, "too-many"),
        ("1" + "+0" * 100, "too-long"),
        ("(" * 19 + "1" + ")" * 19, ""),  # 20 levels with the number's own
        ("(" * 20 + "1" + ")" * 20, "too-deep"),
        ("2" + "^1" * 19, ""),
        ("2" + "^1" * 20, "too-deep"),
        ("√" * 19 + "1", ""),
        ("√" * 20 + "1", "too-deep"),
        ("+".join(["(1)"] * 15), ""),  # a bracket that was closed is no level
        ("exp(" * 19 + "-1" + ")" * 19, "too-deep"),
        ("|-" * 6 + "1" + "|" * 6, ""),
        ("|-" * 7 + "1" + "|" * 7, "too-deep"),
        ("|(-" * 4 + "1" + ")|" * 4, ""),
        ("|(-" * 5 + "1" + ")|" * 5, "too-deep"),
        ("약 " * 21 + "-1" + "+0" * 29, ""),  # courtesy around 60 tokens
        *(("+".join([text] * 15), "") for text in ("|1|", "√4", "2^2", "2^⁻¹")),  # nor else
        ("+".join(["exp(0)"] * 12), ""),
        ("1/2π" + "+1" * 18, ""),  # 40 tokens, each read twice
        ("1/2π" + "+1" * 18 + "%", "too-open"),
        ("1/2π+log28" + "+1" * 9, ""),  # 25 tokens, each read three times
        ("1/2π+log28" + "+1" * 10, "too-open"),
    ],
)
def test_the_longest_and_the_deepest_text(text: str, code: str) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Unreadable if code else Number | Ambiguous)
    assert getattr(read, "code", "") == code
    assert MOST_CHARACTERS == 200


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_pythons_own_spelling_is_read_back(value: float) -> None:
    read = read_number(repr(value), unit=None, language="en")
    assert isinstance(read, Number)
    assert read.value == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6))
def test_a_decimal_is_read_exactly(value: object) -> None:
    read = read_number(f"{value:f}", unit=None, language="en")
    assert isinstance(read, Number)
    assert read.exact == Fraction(str(value))
    assert not read.reading


@given(st.sampled_from(EXPRESSIONS), st.sampled_from(EXPRESSIONS))
def test_a_sum_of_two_readings_is_theirs(one: ReadRow, other: ReadRow) -> None:
    text = f"({one.text})+({other.text})"
    read = read_number(text, unit=None, language="en")
    mixed = any("," in a and "." in b for a, b in permutations((one.text, other.text)))
    if isinstance(read, Number) and not mixed:  # one decimal sign for both, and no $
        wanted = float(one.value) + float(other.value)
        assert read.value == pytest.approx(wanted, rel=1e-12, abs=1e-300)


@pytest.mark.slow
@given(
    st.text(max_size=40) | st.text("0123456789.,-+*/^()[]{}eEix √½% ×π'·⁻³약만분의=~", max_size=40)
)
def test_any_text_gives_a_finite_number_or_a_reason(text: str) -> None:
    read = read_number(text, unit=None, language="ko")
    match read:
        case Number(value=value):
            assert math.isfinite(value)
        case Ambiguous(question=words, readings=readings):
            assert words
            assert all(math.isfinite(float(one)) for one in readings)
        case Unreadable(why=words):
            assert words


@all_rows(
    ("text", "is_exact"),
    [("(15/14)^275", True), ("(15/14)^276", False), ("(14/15)^-275", True), ("2^-700", True)],
)
def test_a_power_is_exact_as_long_as_it_is_short(text: str, *, is_exact: bool) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Number)
    assert (read.exact is not None) is is_exact


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("2+1,2.3,4", "'1,2.3,4'"),
        ("×2", "'×2'"),
        ("2＋", "'2＋'"),
        ("５！", "'！'"),
        ("÷", "'÷'"),
        ("1+2+3+)", "'+3+'"),
        ("* 3 4 5", "'* 3 4'"),
    ],  # three signs are enough,
)
def test_a_refusal_quotes_the_signs_that_were_typed(text: str, quoted: str) -> None:
    refused = read_number(text, unit=None, language="en")
    assert isinstance(refused, Unreadable)
    assert quoted in refused.why


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_decimal_is_read_at_once_as_the_grammar_reads_it(
    language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    edges = ["0", "-0", "0.0", "−0.00", "7", "1.234", "1000", "123456789012", "0.000000000000001"]
    numbers = [f"{sign}{n * 7919 % 10**size}.{n * 104729 % 10**places:0{places}d}"
               for n in range(60) for sign in ("", "-", "−") for size, places in ((1, 1), (3, 3), (9, 12))]  # fmt: skip
    soon = [read_number(text, unit=None, language=language) for text in edges + numbers]
    monkeypatch.setattr(read_number_module, "_PLAIN", re.compile("(?!)"))
    for text, found in zip(edges + numbers, soon, strict=True):
        by_grammar = read_number(text, unit=None, language=language)
        assert found == by_grammar, text
        assert isinstance(found, Number)
        assert isinstance(by_grammar, Number)
        assert found.figures == by_grammar.figures, text


@all_rows(
    ("text", "unit", "expected"),
    [
        # --- a power by name, and what stands behind it
        ("3제곱 °", "deg", 9.0),
        ("2제곱m", None, Refusal.NO_UNIT),
        ("5 제곱x", None, Refusal.UNKNOWN),  # "제곱x" is no power
        ("5 제곱 x", None, Refusal.WORD),  # and here x is too much
        # --- digits in threes, which a single one or a fraction is not
        ("0.123 3", None, Refusal.TWO_NUMBERS),
        ("0.123 456/7", None, Refusal.TWO_NUMBERS),
        ("3.141 592/", "m", Refusal.TWO_NUMBERS),
        ("3.141 592%", None, 0.03141592),
        ("3.141 592*", None, Refusal.BREAKS_OFF),
        # --- a power of ten that was not raised has one or two digits, and a number before it
        ("10(-123)", None, -1230.0),
        ("5*10(-123)", None, -6150.0),
        ("*10-3", None, Refusal.UNKNOWN),
        # --- a fraction behind a whole number is less than 1, and more than 0
        ("3 0/4", None, Refusal.TWO_NUMBERS),
        ("3 4/4", None, Refusal.TWO_NUMBERS),
        ("3 3/4", None, 3.75),
        # --- the last digit of a rounded other side may be one off, and no more
        ("1/2 = 0.4", None, Refusal.SIDES_DIFFER),
        ("1/4 = 0.24", None, Refusal.SIDES_DIFFER),
        ("2/3 = 0.66", None, 2 / 3),
        ("2/3 = 0.67", None, 2 / 3),
        ("2/3 = 0.65", None, Refusal.SIDES_DIFFER),
        # --- degrees of roots
        ("\\sqrt[99]{1}", None, 1.0),
        ("\\sqrt[100]{1}", None, Refusal.UNKNOWN),
        ("\\sqrt[2]{4}", None, 2.0),
        ("\\sqrt[1]{4}", None, Refusal.UNKNOWN),
        # --- bases of logarithms
        ("log_0(2)", None, Refusal.LOGARITHM),
        ("log_1(2)", None, Refusal.LOGARITHM),
        ("log_0.5(2)", None, -1.0),
        # --- per cent of a count or an angle is a part of it; a share of a share may be either
        ("50% 개", "개", 0.5),
        ("50% rad", "rad", 0.5),
        ("50%%", "%", Refusal.UNKNOWN),
        # --- an arc in radians needs no question
        ("arcsin(0.5)", "rad", math.pi / 6),
    ],
)
def test_what_comes_of_neighbours(text: str, unit: str | None, expected: float | Refusal) -> None:
    read = read_number(text, unit=unit, language="en")
    if isinstance(expected, Refusal):
        assert isinstance(read, Unreadable), read
        assert read.code == expected
    else:
        assert isinstance(read, Number), read
        assert read.value == pytest.approx(expected, rel=1e-14)


@all_rows("text", ["₅", "1₅", "₅%", "₅(", "₅)"])
def test_a_lowered_number_that_is_no_base_is_quoted_alone(text: str) -> None:
    read = read_number(text, unit=None, language="en")
    assert isinstance(read, Unreadable)
    assert read.why.startswith("'5' cannot be read")


def test_an_arc_is_shown_with_radians_once() -> None:
    read = read_number("arcsin(0.5)", unit="rad", language="en")
    assert isinstance(read, Number)
    assert read.reading == "arcsin(0.5) ≈ 0.5235987756 rad"
