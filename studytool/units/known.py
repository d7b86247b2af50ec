"""Find a known unit by what was written: a symbol, a name, a counter, a word in quotes."""

from fractions import Fraction

from studytool.units.dimension import NUMBER
from studytool.units.symbols import (
    COUNTERS,
    NAMES,
    PREFIX_NAMES,
    PREFIXES,
    SYMBOLS,
    KnownUnit,
)

_COUNTER = KnownUnit(NUMBER)


def find_known(written: str) -> tuple[KnownUnit, str] | None:
    """Return the unit that is written, and how it is set; None where there is none.

    >>> find_known("us")[1], find_known("metres")[0].dimension.text, find_known("xyz")
    ('µs', 'm', None)
    """
    if written.startswith('"'):
        return _COUNTER, written.strip('" ')
    if (unit := SYMBOLS.get(written)) is not None:
        return unit, written
    return _prefixed(written) or _named(written)


def is_counter(unit: KnownUnit) -> bool:
    """Tell whether a unit is a word that counts."""
    return unit is _COUNTER


def _prefixed(written: str) -> tuple[KnownUnit, str] | None:
    for length in (2, 1):
        power = PREFIXES.get(written[:length])
        unit = SYMBOLS.get(written[length:])
        if power is not None and unit is not None and unit.takes_prefixes:
            prefix = written[:length].replace("u", "µ")
            return _times(unit, power), prefix + written[length:]
    return None


def _named(written: str) -> tuple[KnownUnit, str] | None:
    low = written.lower()
    singular = low.removesuffix("s") if len(low) > 3 else low
    for name in (written, low, singular):
        if name in COUNTERS:
            return _COUNTER, written
        if name in NAMES:
            return SYMBOLS[NAMES[name]], written
        if name in SYMBOLS and len(name) >= 3 and name != written:  # mins, bits
            return SYMBOLS[name], written
    for prefix, power in PREFIX_NAMES.items():
        if singular.startswith(prefix):
            unit = SYMBOLS.get(NAMES.get(singular.removeprefix(prefix), ""))
            if unit is not None and unit.takes_prefixes:
                return _times(unit, power), written
    return None


def _times(unit: KnownUnit, power: int) -> KnownUnit:
    return KnownUnit(unit.dimension, unit.scale * Fraction(10) ** power, takes_prefixes=False)
