"""Write numbers as a person writes them."""

from decimal import Decimal


def write_number(value: float, format_: str | None = None) -> str:
    """Write a number plainly, or as ``3sf`` (significant figures) or ``2dp`` (decimal places).

    >>> write_number(64.0), write_number(0.0052083, "2sf"), write_number(3.2e-5)
    ('64', '0.0052', '3.2e-5')
    >>> write_number(2.5, "2dp"), write_number(1234567.0, "3sf")
    ('2.50', '1230000')
    """
    if format_ is None:
        return _plain(Decimal(repr(value)))
    digits = int(format_[:-2])
    if format_.endswith("dp"):
        return f"{value:.{digits}f}"
    return _plain(Decimal(f"{value:.{digits - 1}e}"), keep_zeros=True)


def _plain(number: Decimal, *, keep_zeros: bool = False) -> str:
    if not number:
        return "0"
    if not keep_zeros or number == number.to_integral_value():
        number = number.normalize()
    exponent = number.adjusted()
    if -5 < exponent < 7:
        return f"{number:f}"
    mantissa = f"{number.scaleb(-exponent):f}"
    return f"{mantissa}e{exponent}"


def round_to(value: float, sigfigs: int) -> float:
    """Round to significant figures, exactly as the text of the number shows it."""
    return float(f"{value:.{sigfigs - 1}e}")
