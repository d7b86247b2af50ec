"""Units as people write them: what they measure, their size, and what is no unit."""

from fractions import Fraction

import pytest

from studytool.units.dimension import NUMBER, Dimension
from studytool.units.parse import UnitError, parse_unit
from studytool.units.parted import part_units
from studytool.units.unit import convert
from tests.rows import all_rows

SPEED, ACCELERATION = Dimension.of(m=1, s=-1), Dimension.of(m=1, s=-2)
ENERGY, FREQUENCY = Dimension.of(kg=1, m=2, s=-2), Dimension.of(s=-1)
MOLAR_HEAT = Dimension.of(kg=1, m=2, s=-2, mol=-1, K=-1)
TIME, MASS = Dimension.of(s=1), Dimension.of(kg=1)

ROWS: list[tuple[str, Dimension, Fraction | float | int, str]] = [
    *((text, ACCELERATION, 1, "m/s²") for text in ("m/s²", "m/s^2", "m/s2", "m/s**2", "㎨", "m / s^2")),
    *((text, ACCELERATION, 1, "m·s⁻²") for text in ("m s^-2", "m·s⁻²", "m*s^(-2)", "m⋅s^{-2}", "m.s-2", "m s−2")),
    ("m/s/s", ACCELERATION, 1, "m/s/s"),
    ("km/h", SPEED, Fraction(5, 18), "km/h"),
    ("m per s", SPEED, 1, "m/s"),
    ("(m/s)", SPEED, 1, "m/s"),
    ("\\mathrm{m/s}", SPEED, 1, "m/s"),
    ("미터/초", SPEED, 1, "미터/초"),
    *((text, ENERGY, 1, "N·m") for text in ("N·m", "N m", "N*m", "N.m", "N×m", "N・m")),
    ("kg·m²/s²", ENERGY, 1, "kg·m²/s²"),
    ("kg(m/s)^2", ENERGY, 1, "kg·(m/s)²"),
    ("kWh", ENERGY, 3_600_000, "kWh"),
    ("eV", ENERGY, Fraction("1.602176634e-19"), "eV"),
    *((text, FREQUENCY, 1, "1/s") for text in ("1/s", "/s")),
    ("s^-1", FREQUENCY, 1, "s⁻¹"),
    *((text, MOLAR_HEAT, 1, "J/(mol·K)") for text in ("J/(mol·K)", "J/(mol K)", "J/[mol*K]")),
    *((text, TIME, Fraction(1, 10**6), "µs") for text in ("µs", "μs", "us", "㎲")),  # both code points
    ("min", TIME, 60, "min"),
    ("d", TIME, 86400, "d"),
    ("mins", TIME, 60, "mins"),
    ("kg", MASS, 1, "kg"),
    ("㎏", MASS, 1, "kg"),
    ("dam", Dimension.of(m=1), 10, "dam"),
    ("Tm", Dimension.of(m=1), 10**12, "Tm"),
    ("fm", Dimension.of(m=1), Fraction(1, 10**15), "fm"),
    ("L", Dimension.of(m=3), Fraction(1, 1000), "L"),
    ("cm3", Dimension.of(m=3), Fraction(1, 10**6), "cm³"),
    ("\u2126", Dimension.of(kg=1, m=2, s=-3, A=-2), 1, "Ω"),
    ("kJ/mol", Dimension.of(kg=1, m=2, s=-2, mol=-1), 1000, "kJ/mol"),
    ("%", NUMBER, Fraction(1, 100), "%"),
    ("개", NUMBER, 1, "개"),
    ("items", NUMBER, 1, "items"),
    ('"perches"', NUMBER, 1, "perches"),
    ("GFLOPS", FREQUENCY, 10**9, "GFLOPS"),
    ("MB", Dimension.of(bit=1), 8 * 10**6, "MB"),
    *((text, Dimension.of(m=2), 1, "metre²") for text in ("square metre", "Sq. metre", "metre squared")),
    *((text, Dimension.of(m=3), 1, "metre³") for text in ("cubic metre", "cu metre", "metre cubed")),
    *((text, Dimension.of(m=2), 1, "미터²") for text in ("제곱미터", "평방미터", "미터제곱")),
    *((text, Dimension.of(m=3), 1, "미터³") for text in ("세제곱미터", "입방미터", "미터세제곱")),
    ("m^12", Dimension.of(m=12), 1, "m¹²"),
    ("m·" * 29 + "ms", Dimension.of(m=29, s=1), Fraction(1, 1000), "m·" * 29 + "ms"),  # 60 characters
    ("m^0.5", Dimension((Fraction(1, 2), *NUMBER.powers[1:])), 1.0, "m^(1/2)"),
]  # fmt: skip


@all_rows(("text", "dimension", "scale", "shown"), ROWS)
def test_a_unit(text: str, dimension: Dimension, scale: Fraction | float, shown: str) -> None:
    unit = parse_unit(text)
    assert (unit.dimension, unit.scale, unit.text) == (dimension, scale, shown)


@all_rows(
    ("text", "word"),
    [
        ("", ""), ("10 m", "10"), ("$", "$"), ("xyz", "xyz"), ("in", "in"), ("i", "i"), ("hh", "hh"),
        ("m//s", ""), ("m/", ""), ("·m", ""), ("(m", ""), ("m)", ""), ("m^99", ""), ('"0"', '"0"'), ('"5 m"', '"5'), ('""', '""'), ("m^(1/0)", ""),
        ("eas", "eas"), ("kmin", "kmin"), ("kh", "kh"),  # a minute and an hour take no prefix
        ("m·" * 30 + "m", ""),  # 61 characters
        ("m^13", ""), ("！", "!"), ("～", "~"), ("㌀", "アパート"), ("㏿", "gal"), ("℀", "a"),
    ],
)  # fmt: skip
def test_what_is_no_unit(text: str, word: str) -> None:
    with pytest.raises(UnitError) as found:
        parse_unit(text)
    assert found.value.word == word


def test_a_degree_has_its_zero_only_where_it_stands_alone() -> None:
    celsius, kelvin = parse_unit("°C"), parse_unit("K")
    assert celsius.offset == Fraction("273.15")
    assert [parse_unit(text).offset for text in ("J/°C", "°C/s", "1/°C", "°C^2", "Δ°C")] == [0] * 5
    assert parse_unit("((°C))").offset == celsius.offset
    assert convert(Fraction(25), celsius, kelvin) == Fraction("298.15")
    assert convert(Fraction(25), celsius, kelvin, difference=True) == 25
    assert convert(Fraction(300), kelvin, celsius) == Fraction("26.85")


def test_numbers_of_one_unit_in_another() -> None:
    metres, kilometres, feet = (parse_unit(text) for text in ("m/s", "km/h", "ft/s"))
    assert convert(Fraction(36), kilometres, metres) == 10
    assert convert(Fraction(10), metres, kilometres) == 36
    assert convert(Fraction(3048), metres, feet) == 10_000
    assert 7.2 * (5 / 18) / (5 / 18) != 7.2  # control: on the way a float is rounded
    assert convert(7.2, kilometres, kilometres) == 7.2


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("rad/s", "1/s", True),  # an angle in a product is left out
        ("°", "%", False),
        ("rad", "개", False),
        ("N·m", "J", True),
        ("m", "s", False),
        ("lm", "cd", True),
        ("bit/s", "1/s", False),  # what lies beside the angle is not left out
    ],
)
def test_what_measures_the_same(one: str, other: str, *, agrees: bool) -> None:
    own, its = parse_unit(one).dimension, parse_unit(other).dimension
    assert own.agrees(its) is its.agrees(own) is agrees


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J", "N·m", True),
        ("J", "kg·m²/s²", True),
        ("rad/s", "1/s", True),
        ("m", "s", False),  # both of scale 1
        ("km/h", "m/s", False),
        ("°C", "K", False),  # of one scale, with another zero
        ("%", "개", False),
    ],
)
def test_which_are_one_unit(one: str, other: str, *, same: bool) -> None:
    own, its = parse_unit(one), parse_unit(other)
    assert own.is_same(its) is its.is_same(own) is same


@pytest.mark.parametrize(
    ("text", "number", "plain"),
    [("개", True, True), ("%", True, False), ("m", False, False), ("ms", False, False)],
)
def test_a_counter_changes_no_number(text: str, *, number: bool, plain: bool) -> None:
    unit = parse_unit(text)
    assert (unit.is_number, unit.is_plain) == (number, plain)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("m", ["m"]),
        ("ms", ["ms", "m·s"]),
        ("kms", ["km·s"]),
        ("kgm²", ["kg·m²"]),
        ("Nm", ["Nm", "N·m"]),  # the longest first
        ("xyz", []),
        ("ms/kgm", ["ms/kg·m", "m·s/kg·m"]),
        ("mol", ["mol"]),  # as long as a part may be
        ("kmphs", []),  # one of four letters is no part
        ("mmmmmmmmm", ["mmmmmmmmm"]),  # 9 letters are not parted
    ],
)
def test_units_without_a_sign_between_them(text: str, ways: list[str]) -> None:
    assert list(part_units(text)) == ways


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("mmm", 3),
        ("mmmmmmmm", 34),  # a Fibonacci number: eight letters in ones and twos
        ("mmmm/mmmmm", 5 * 8),
        ("mmmmmmmm/mmm", 64),  # and no more
    ],
)
def test_as_many_ways_to_part_units_as_there_are(text: str, ways: int) -> None:
    found = list(part_units(text))
    assert len(set(found)) == len(found) == ways
    assert all(way.replace("·", "") == text for way in found)
