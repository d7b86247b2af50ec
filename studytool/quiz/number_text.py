"""Write numbers as a person writes them, with a real minus, powers of ten, and their noughts."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MINUS = "\N{MINUS SIGN}"
_FORMAT = re.compile(r"(?P<sign>\+?)(?P<digits>\d+(?:sf|dp))?|\((?P<inside>(?:\d+(?:sf|dp))?)\)")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_NOISE_FREE = Context(prec=14)
"""A double has 15 sure digits; what a formula made of it, hardly more than 14."""
_EXACT = Context(prec=400)
_SMALLEST, _LARGEST = -3, 5
"""The powers of ten of 0.001 and of 999999: within them a number is written plainly."""


def write_number(value: float, format_: str | None = None, *, tex: bool = False) -> str:
    r"""Write a number plainly, or by a format: its digits, its sign, or both.

    ``3sf`` is significant figures and ``2dp`` decimal places, with the noughts that end them, ties
    half up; ``+`` sets the sign apart, as between two terms; ``()`` brackets a negative number.

    Args:
        value: a number whose last digits may be a computation's noise, which is not written.
        format_: ``3sf``, ``+``, ``()``, ``+3sf``, ``(3sf)`` or None.
        tex: for a formula between dollar signs.

    >>> write_number(64.0), write_number(0.0052083, "2sf"), write_number(-0.8 + 1e-16)
    ('64', '0.0052', '−0.8')
    >>> write_number(20.0, "3sf"), write_number(2.5, "0dp"), write_number(6.4e-5, "3sf")
    ('20.0', '3', '6.40 × 10⁻⁵')
    >>> write_number(-0.4, "+"), write_number(0.4, "+2dp"), write_number(-0.4, "()")
    ('− 0.4', '+ 0.40', '(−0.4)')
    >>> write_number(-6.4e-5, "(2sf)", tex=True)
    '(-6.4 \\times 10^{-5})'
    """
    read = _FORMAT.fullmatch(format_ or "")
    if read is None:
        raise ValueError(f"no format of numbers: {format_}")
    digits = read["digits"] or read["inside"]
    number = rounded(value, digits) if digits else without_noise(value)
    minus = "-" if tex else MINUS
    size = _write(number.copy_abs(), digits, tex=tex)
    if read["sign"]:
        return f"{minus if number < 0 else '+'} {size}"
    if number >= 0:
        return size
    return f"({minus}{size})" if read["inside"] is not None else minus + size


def rounded(value: float, digits: str, mode: str = ROUND_HALF_UP) -> Decimal:
    """Round to the digits of ``3sf`` or ``2dp``, noise left out first; a tie goes as ``mode`` says.

    >>> rounded(2.675, "2dp"), rounded(0.1 * 3, "1sf"), rounded(-0.001, "2dp")
    (Decimal('2.68'), Decimal('0.3'), Decimal('0.00'))
    """
    number = without_noise(value)
    count = int(digits[:-2])
    place = -count if digits.endswith("dp") else number.adjusted() - count + 1
    if not number and digits.endswith("sf"):
        return Decimal(0)
    found = number.quantize(Decimal(1).scaleb(place), rounding=mode, context=_EXACT)
    if digits.endswith("sf") and found.adjusted() > number.adjusted():  # 9.996 became 10.00
        found = found.quantize(Decimal(1).scaleb(place + 1), rounding=mode, context=_EXACT)
    return found or found.copy_abs()


def without_noise(value: float) -> Decimal:
    """Return a number without the last digits that a computation in binary leaves.

    >>> without_noise(0.1 * 3), without_noise(128.0), without_noise(-0.0)
    (Decimal('0.3'), Decimal('128'), Decimal('0'))
    """
    number = _NOISE_FREE.create_decimal(repr(value)).normalize(_NOISE_FREE)
    return number or Decimal(0)


def power_of_ten(power: int) -> str:
    """Write a power of ten.

    >>> power_of_ten(-5)
    '10⁻⁵'
    """
    return f"10{str(power).translate(_SUPERSCRIPTS)}"


def round_to(value: float, sigfigs: int) -> float:
    """Round to significant figures, exactly as the text of the number shows it."""
    return float(f"{value:.{sigfigs - 1}e}")


def _write(number: Decimal, digits: str | None, *, tex: bool) -> str:
    """Write a number that is not negative; with decimal places it is never a power of ten."""
    power = number.adjusted()
    is_plain = _SMALLEST <= power <= _LARGEST or not number or (digits or "").endswith("dp")
    if is_plain:
        return f"{number:f}"
    factor = f"{number.scaleb(-power, _EXACT):f}"
    return rf"{factor} \times 10^{{{power}}}" if tex else f"{factor} × {power_of_ten(power)}"
