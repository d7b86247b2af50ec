"""Write numbers as a person writes them, with a real minus, powers of ten, and their noughts."""

import re
from decimal import Context, Decimal
from functools import lru_cache

from studytool.packs.rounding import rounded, rounded_decimal, without_noise

MINUS = "\N{MINUS SIGN}"
_FORMAT = re.compile(r"(?P<sign>\+?)(?P<digits>\d+(?:sf|dp))?|\((?P<inside>(?:\d+(?:sf|dp))?)\)")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SHORT = 6
"""Figures of a number whose own are not known."""
_WIDE = Context(prec=1000)
_SMALLEST, _LARGEST = -3, 5
"""The powers of ten of 0.001 and of 999999: within them a number is written plainly."""


@lru_cache(maxsize=1024)
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
    number = rounded_decimal(value, digits) if digits else without_noise(value)
    minus = "-" if tex else MINUS
    size = _write(number.copy_abs(), digits, tex=tex)
    if read["sign"]:
        return f"{minus if number < 0 else '+'} {size}"
    if number >= 0:
        return size
    return f"({minus}{size})" if read["inside"] is not None else minus + size


def write_short(value: float, figures: int = SHORT) -> str:
    """Write a number in so many figures at most, without the noughts that end them.

    >>> write_short(-0.77605432), write_short(64.0), write_short(1e-5), write_short(0.0208333, 3)
    ('−0.776054', '64', '1 × 10⁻⁵', '0.0208')
    """
    return write_number(rounded(value, f"{figures}sf"))


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
    factor = f"{number.scaleb(-power, _WIDE):f}"
    return rf"{factor} \times 10^{{{power}}}" if tex else f"{factor} × {power_of_ten(power)}"
