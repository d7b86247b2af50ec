"""Typed units: every row of the table, in both languages, and the law of the printed key."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytool.language import LANGUAGES, Language
from studytool.quiz.answer import Ambiguous, Number, Unreadable
from studytool.quiz.number_text import write_number
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_refusals import Refusal
from studytool.quiz.typed_units import AskedUnit
from studytool.units.dimension import NUMBER
from studytool.units.parse import parse_unit
from studytool.units.symbols import COUNTERS, PREFIXES, SYMBOLS
from studytool.units.unit import Unit
from tests.quiz.typed_answers import ASKED_IN_UNITS, IN_UNITS, REFUSED_IN_UNITS, UnitRow
from tests.rows import all_rows

UNITS = sorted(
    {row.unit for row in IN_UNITS} | {"km/h", "m^2", "N·m²/kg²", "W/(m²·K)", "V/m", "개/s"}
)
KEYS = [0.0, 0.386, -4.5, 67.0, 1.5e-7, -6.02e23, 1234567.0, 1e-300]


@all_rows("language", LANGUAGES)
@all_rows("row", IN_UNITS, ids=lambda row: f"{row.text} in {row.unit}")
def test_what_is_read_in_the_unit_asked_for(row: UnitRow, language: Language) -> None:
    read = read_number(row.text, unit=row.unit, language=language)
    assert isinstance(read, Number), read
    assert read.value == pytest.approx(float(row.value), rel=1e-14)
    assert (read.exact is not None) is isinstance(row.value, Fraction)
    assert read.exact in (None, row.value)
    assert read.reading == row.echo


@all_rows("language", LANGUAGES)
@all_rows(("unit", "text", "readings"), ASKED_IN_UNITS)
def test_what_has_two_readings_in_a_unit(
    unit: str, text: str, readings: tuple[Fraction | int, ...], language: Language
) -> None:
    asked = read_number(text, unit=unit, language=language)
    assert isinstance(asked, Ambiguous), asked
    assert asked.readings == pytest.approx([float(value) for value in readings], rel=1e-14)
    taken = read_number(asked.likelier, unit=unit, language=language)
    assert isinstance(taken, Number)
    assert taken.value == asked.readings[0]


@all_rows("language", LANGUAGES)
@all_rows(("unit", "text", "code"), REFUSED_IN_UNITS)
def test_a_unit_that_is_refused(unit: str | None, text: str, code: str, language: Language) -> None:
    refused = read_number(text, unit=unit, language=language)
    assert isinstance(refused, Unreadable), refused
    assert refused.code == code
    said = refused.why.replace(text.split(maxsplit=1)[-1], "").replace(unit or "", "")
    assert language == "en" or not re.search("[A-Za-z]{2}", said)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "'kg' gives a mass, but what is asked for is a time: answer in ms."),
        (
            "ko",
            "'kg'이(가) 나타내는 것은 질량이고, 여기서 묻는 것은 시간입니다. ms 단위로 답하세요.",
        ),
    ],
)
def test_another_quantity_is_named_beside_the_one_asked_for(language: Language, why: str) -> None:
    assert read_number("3 kg", unit="ms", language=language) == Unreadable(why, "dimension")


@pytest.mark.parametrize(
    ("text", "value"),
    [("5 m", 5.0), ("5", 5.0), ("5 metres", 5.0), ("5 J/N", 5.0), ("500 cm", None), ("5 s", None)],
)
def test_only_the_unit_itself_where_nothing_is_converted(text: str, value: float | None) -> None:
    read = read_number(text, unit="m", units="exact", language="en")
    assert (read.value if isinstance(read, Number) else None) == value
    if text == "500 cm":
        said = "Units are not converted here: answer in m, not in cm."
        assert read == Unreadable(said, Refusal.NOT_CONVERTED)


def test_no_unit_where_none_may_be_typed() -> None:
    said = "Type the number without 'm': it is taken in m."
    read = read_number("5 m", unit="m", units="none", language="en")
    assert read == Unreadable(said, Refusal.NO_UNIT_TYPED)
    assert isinstance(read_number("5", unit="m", units="none", language="en"), Number)


@all_rows("unit", UNITS)
@all_rows("key", KEYS)
def test_the_printed_key_with_its_unit_is_read_back(unit: str, key: float) -> None:
    for shown in (parse_unit(unit).text, unit):
        for gap in (" ",) if shown.startswith("1") else (" ", ""):
            text = f"{write_number(key)}{gap}{shown}"
            read = read_number(text, unit=unit, language="ko")
            assert isinstance(read, Number), (text, read)
            assert read.value == pytest.approx(key, rel=1e-13)


@given(
    st.sampled_from([name for name in SYMBOLS if name != "1"]),
    st.sampled_from(["", *PREFIXES]),
    st.integers(-3, 3).filter(bool),
    st.sampled_from(KEYS),
)
@example("e", "", -1, 0.386)  # no power of ten: the unit is as it was asked for
@example("e", "", 2, 67.0)
def test_every_unit_prefix_and_power_is_read_back(
    symbol: str, prefix: str, power: int, key: float
) -> None:
    if prefix and not SYMBOLS[symbol].takes_prefixes:
        return
    unit = parse_unit(f"{prefix}{symbol}^{power}")
    read = read_number(f"{write_number(key)} {unit.text}", unit=unit.text, language="en")
    assert isinstance(read, Number), (unit.text, read)
    assert read.value == pytest.approx(key, rel=1e-13)


@all_rows("counter", [*sorted(COUNTERS), '"perches"'])
def test_every_counter_is_read_back_and_needs_no_question(counter: str) -> None:
    for unit in (counter, None):
        text = f"5 {counter}".replace('"', "")
        if unit is None and counter == '"perches"':
            assert isinstance(read_number(text, unit=None, language="ko"), Unreadable)
            continue
        read = read_number(text, unit=unit, language="ko")
        assert isinstance(read, Number), read
        assert read.value == 5


def test_a_unit_that_no_table_has_counts_things() -> None:
    assert AskedUnit.of("zorks").unit == Unit("zorks", NUMBER, Fraction(1), Fraction(0))
    assert AskedUnit.of("").unit is None
    read = read_number("5", unit="zorks", language="en")
    assert isinstance(read, Number)
    assert read.value == 5


def test_a_quotient_above_1_is_no_share_of_a_hundred() -> None:
    for typed, value in (("3/2", 1.5), ("7/4", 1.75)):
        read = read_number(typed, unit="%", language="en")
        assert isinstance(read, Number)
        assert read.value == value
    assert isinstance(read_number("2/3", unit="%", language="en"), Ambiguous)
