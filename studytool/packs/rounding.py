"""Numbers rounded as they are shown: half up, by the decimal digits of the number itself."""

from decimal import ROUND_HALF_UP, Context, Decimal

_WIDE = Context(prec=1000)
"""Room for every digit of a float: none is lost before the rounding asked for."""


def rounded(value: float, digits: str) -> float:
    """Round a number to ``3sf`` significant figures or ``2dp`` decimal places.

    >>> rounded(2.5, "0dp"), rounded(0.125, "2sf"), rounded(12345.0, "3sf")
    (3.0, 0.13, 12300.0)
    """
    number, count = Decimal(repr(value)), int(digits[:-2])
    if not number:
        return 0.0
    last = -count if digits.endswith("dp") else number.adjusted() + 1 - count
    return float(number.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP, _WIDE)) or 0.0
