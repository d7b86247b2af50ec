"""A unit made of powers of known ones, and numbers of it in another."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from studytool.units.dimension import NUMBER, Dimension

UnitsMode = Literal["convert", "exact", "none"]
"""Which units may be typed: any of the same quantity, the one asked for, or none."""

Amount = Fraction | float


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit.

    Attributes:
        text: as it is set: ``m/s²``, ``N·m``, ``µs``.
        dimension: what it measures.
        scale: how many base units it is.
        offset: what 0 of it is in base units: °C alone has one, not °C in a quotient.
        symbols: those it is made of, as they were written.
    """

    text: str
    dimension: Dimension
    scale: Amount
    offset: Fraction
    symbols: frozenset[str] = frozenset()

    @property
    def is_number(self) -> bool:
        """Tell whether it measures nothing: a counter, a percentage."""
        return self.dimension == NUMBER

    @property
    def is_plain(self) -> bool:
        """Tell whether it changes no number: a counter."""
        return self.is_number and self.scale == 1

    def is_same(self, other: "Unit") -> bool:
        """Tell whether both are one unit, however it is written."""
        return self.dimension.agrees(other.dimension) and (self.scale, self.offset) == (
            other.scale,
            other.offset,
        )


def convert(amount: Amount, given: Unit, wanted: Unit, *, difference: bool = False) -> Amount:
    """Return an amount of one unit in another of the same dimension.

    Where ``difference`` is true, 25 °C are 25 kelvins more, else the temperature 298.15 K.
    """
    if given.scale == wanted.scale and (difference or given.offset == wanted.offset):
        return amount
    zero = Fraction(0) if difference else given.offset - wanted.offset
    return (amount * given.scale + zero) / wanted.scale
