"""Each known unit against the SI brochure (9th edition, tables 2 to 8) and CODATA 2018."""

from fractions import Fraction

import pytest

from studytool.units.parse import UnitError, parse_unit
from studytool.units.symbols import PREFIX_NAMES, PREFIXES, SYMBOLS
from studytool.units.unit import convert
from tests.rows import all_rows

IN_BASE_UNITS = [
    ("Hz", "s^-1"), ("1/s", "s^-1"), ("N", "kg m s^-2"), ("Pa", "kg m^-1 s^-2"), ("J", "kg m^2 s^-2"),
    ("W", "kg m^2 s^-3"), ("C", "A s"), ("V", "kg m^2 s^-3 A^-1"), ("F", "kg^-1 m^-2 s^4 A^2"),
    ("Ω", "kg m^2 s^-3 A^-2"), ("ohm", "kg m^2 s^-3 A^-2"), ("S", "kg^-1 m^-2 s^3 A^2"),
    ("Wb", "kg m^2 s^-2 A^-1"), ("T", "kg s^-2 A^-1"), ("H", "kg m^2 s^-2 A^-2"),
    ("lm", "cd rad^2"), ("lx", "cd rad^2 m^-2"), ("sr", "rad^2"), ("Bq", "s^-1"),
    ("Gy", "m^2 s^-2"), ("Sv", "m^2 s^-2"), ("kat", "mol s^-1"), ("Nm", "N m"), ("Pas", "Pa s"),
    ("Δ°C", "K"), ("ΔK", "K"), ("FLOPS", "s^-1"), ("b", "bit"),
]  # fmt: skip
AMOUNTS = [
    ("g", "0.001", "kg"), ("min", 60, "s"), ("h", 3600, "s"), ("d", 86400, "s"),
    ("yr", 31557600, "s"),  # the Julian year of astronomy
    ("L", "0.001", "m^3"), ("l", "0.001", "m^3"), ("cc", "1e-6", "m^3"), ("t", 1000, "kg"),
    ("ha", 10_000, "m^2"), ("eV", "1.602176634e-19", "J"), ("e", "1.602176634e-19", "C"),
    ("u", "1.66053906660e-27", "kg"), ("Da", "1.66053906660e-27", "kg"), ("bar", 100_000, "Pa"),
    ("atm", 101_325, "Pa"), ("ATM", 101_325, "Pa"), ("mmHg", "133.322387415", "Pa"), ("cal", "4.184", "J"),
    ("Cal", 4184, "J"), ("Wh", 3600, "J"), ("Ah", 3600, "C"), ("M", 1000, "mol m^-3"),
    ("Å", "1e-10", "m"), ("au", 149_597_870_700, "m"), ("ly", 9_460_730_472_580_800, "m"),
    ("mi", "1609.344", "m"), ("ft", "0.3048", "m"), ("yd", "0.9144", "m"),
    ("lb", "0.45359237", "kg"), ("mph", "0.44704", "m/s"), ("kph", "5/18", "m/s"),
    ("kmh", "5/18", "m/s"), ("kmph", "5/18", "m/s"), ("B", 8, "bit"), ("%", "0.01", "개"),
    ("‰", "0.001", "개"), ("ppm", "1e-6", "개"), ("ppb", "1e-9", "개"), ("FLOP", 1, "개"),
]  # fmt: skip
WITH_PI = [
    ("°", 0.017453292519943295, "rad"),
    ("pc", 3.0856775814913673e16, "m"),  # scipy.constants.parsec
]
ELSEWHERE = {"m", "s", "A", "K", "mol", "cd", "rad", "bit", "dB", "°C", "°F", "1"}
"""Base units, the scales with a zero of their own, and the 1 of 1/s."""

BASES = {"m": 0, "kg": 1, "s": 2, "A": 3, "K": 4, "mol": 5, "cd": 6, "rad": 7, "bit": 8, "dB": 9}
NAMED = [
    ("개", "a plain number"), ("m", "a length"), ("m^2", "an area"), ("L", "a volume"),
    ("kg", "a mass"), ("h", "a time"), ("A", "an electric current"), ("K", "a temperature"),
    ("mol", "an amount of substance"), ("cd", "a luminous intensity"), ("°", "an angle"),
    ("B", "an amount of information"), ("dB", "a level in decibels"), ("km/h", "a speed"),
    ("m/s^2", "an acceleration"), ("Hz", "a frequency"), ("rad/s", "an angular velocity"),
    ("N", "a force"), ("N s", "a momentum"), ("J", "an energy"), ("W", "a power"),
    ("Pa", "a pressure"), ("kg/m^3", "a density"), ("C", "an electric charge"),
    ("V", "a voltage"), ("Ω", "a resistance"), ("F", "a capacitance"), ("T", "a magnetic field"),
    ("J/mol", "an energy per amount of substance"), ("mol/L", "a concentration"),
    ("m^5", "a quantity in m⁵"), ("m^0.5/s", "a quantity in m¹ᐟ²·s⁻¹"),
]  # fmt: skip
POWERS = [24, 21, 18, 15, 12, 9, 6, 3, 2, 1, -1, -2, -3, -6, -6, -9, -12, -15, -18, -21, -24]
POWERS_BY_NAME = [12, 9, 6, 3, 2, -1, -2, -3, -6, -9, -12, -15]


@all_rows(("symbol", "in_bases"), IN_BASE_UNITS)
def test_a_unit_in_base_units(symbol: str, in_bases: str) -> None:
    own, its = parse_unit(symbol), parse_unit(in_bases)
    assert (own.dimension, own.scale, own.offset) == (its.dimension, its.scale, Fraction(0))


@all_rows(("symbol", "amount", "other"), AMOUNTS)
def test_an_exact_amount_of_other_units(symbol: str, amount: str | int, other: str) -> None:
    own, its = parse_unit(symbol), parse_unit(other)
    assert own.dimension == its.dimension
    assert own.scale == Fraction(amount) * its.scale


@pytest.mark.parametrize(("symbol", "amount", "other"), WITH_PI)
def test_an_amount_with_pi(symbol: str, amount: float, other: str) -> None:
    own, its = parse_unit(symbol), parse_unit(other)
    assert own.dimension == its.dimension
    assert own.scale == pytest.approx(amount, rel=1e-15)


@pytest.mark.parametrize(
    ("fahrenheit", "kelvin"), [(32, "273.15"), (212, "373.15"), ("-459.67", 0)]
)
def test_fahrenheit_at_known_points(fahrenheit: str | int, kelvin: str | int) -> None:
    own, its = parse_unit("°F"), parse_unit("K")
    assert convert(Fraction(fahrenheit), own, its) == Fraction(kelvin)
    assert convert(Fraction(9), own, its, difference=True) == 5


def test_a_base_unit_is_one_of_its_own_alone() -> None:
    for symbol, place in BASES.items():
        unit = parse_unit(symbol)
        assert unit.scale == 1
        assert [at for at, power in enumerate(unit.dimension.powers) if power] == [place]
        assert unit.dimension.powers[place] == 1


def test_every_symbol_is_held_by_a_row() -> None:
    rows = {row[0] for row in (*IN_BASE_UNITS, *AMOUNTS, *WITH_PI)}
    assert (rows | ELSEWHERE) - {"1/s", "ATM"} == SYMBOLS.keys()


@all_rows(("text", "name"), NAMED)
def test_what_is_measured_has_its_name(text: str, name: str) -> None:
    assert parse_unit(text).dimension.name.text("en") == name


@all_rows(("prefix", "power"), list(zip(PREFIXES, POWERS, strict=True)))
def test_a_prefix_is_its_power_of_ten(prefix: str, power: int) -> None:
    assert parse_unit(f"{prefix}J").scale == Fraction(10) ** power
    with pytest.raises(UnitError):
        parse_unit(f"k{prefix}J")  # one prefix alone


@all_rows(("prefix", "power"), list(zip(PREFIX_NAMES, POWERS_BY_NAME * 2, strict=True)))
def test_the_name_of_a_prefix_is_its_power_of_ten(prefix: str, power: int) -> None:
    name = "joules" if prefix.isascii() else "줄"
    assert parse_unit(f"{prefix}{name}").scale == Fraction(10) ** power


@pytest.mark.parametrize("symbol", ["min", "h", "d", "ha", "mi", "lb", "°C", "%", "sr", "개"])
def test_what_takes_no_prefix(symbol: str) -> None:
    with pytest.raises(UnitError):
        parse_unit(f"k{symbol}")
