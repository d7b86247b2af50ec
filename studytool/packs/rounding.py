"""Numbers rounded as they are shown: half up, by their decimal digits, without a computation's noise."""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_NOISE_FREE = Context(prec=14)
"""A double has 15 sure digits; what a formula made of it, hardly more than 14."""
_SHORT = 11
_WIDE = Context(prec=1000)
"""Room for every digit of a float: none is lost by the rounding asked for."""


def rounded(value: float, digits: str) -> float:
    """Round a number to ``3sf`` significant figures or ``2dp`` decimal places.

    >>> rounded(2.5, "0dp"), rounded(0.125, "2sf"), rounded(12345.0, "3sf")
    (3.0, 0.13, 12300.0)
    """
    return float(rounded_decimal(value, digits))


@lru_cache(maxsize=4096)
def rounded_decimal(value: float, digits: str, mode: str = ROUND_HALF_UP) -> Decimal:
    """Round to the digits of ``3sf`` or ``2dp``, keeping their noughts; a tie goes as ``mode`` says.

    >>> rounded_decimal(2.675, "2dp"), rounded_decimal(0.1 * 3, "1sf"), rounded_decimal(-0.001, "2dp")
    (Decimal('2.68'), Decimal('0.3'), Decimal('0.00'))
    """
    number = without_noise(value)
    count = int(digits[:-2])
    place = -count if digits.endswith("dp") else number.adjusted() - count + 1
    if not number and digits.endswith("sf"):
        return Decimal(0)
    found = number.quantize(Decimal(1).scaleb(place), rounding=mode, context=_WIDE)
    if digits.endswith("sf") and found.adjusted() > number.adjusted():  # 9.996 became 10.00
        found = found.quantize(Decimal(1).scaleb(place + 1), rounding=mode, context=_WIDE)
    return found or found.copy_abs()


@lru_cache(maxsize=4096)
def without_noise(value: float) -> Decimal:
    """Return a number without the last digits that a computation in binary leaves.

    >>> without_noise(0.1 * 3), without_noise(128.0), without_noise(-0.0)
    (Decimal('0.3'), Decimal('128'), Decimal('0'))
    """
    number = _NOISE_FREE.create_decimal(repr(value)).normalize(_NOISE_FREE)
    return number or Decimal(0)


def as_decimal(value: float) -> float:
    """Return the short decimal that a number is but for noise; any other number as it is.

    >>> as_decimal(0.1 * 3), as_decimal(1 / 3) == 1 / 3
    (0.3, True)
    """
    number = without_noise(value)
    return float(number) if len(number.as_tuple().digits) <= _SHORT else value
