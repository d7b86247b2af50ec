"""Values as text, of which some stand for a power of ten."""

from math import log10

from studytool.quiz.key import AxisKey
from studytool.quiz.number_text import write_number

MOST_DECADES = 150.0
"""Beyond them an axis ends: the ratio of its ends must be a float."""
_SMALL_SHARE, _PLAIN_SHARE, _PART = 1e-5, 0.1, 0.05
"""Between these a small ratio is one over a number; below the last, of an estimate too."""


def value_text(value: float, *, in_decades: bool = False) -> str:
    """Write a value; of decades the number that they stand for, a small one as a part of one.

    >>> value_text(-3.0293, in_decades=True), value_text(2.0, in_decades=True), value_text(-0.25)
    ('1/1070', '100', '−0.250')
    """
    if not in_decades:
        return write_number(value, "3sf") if value else "0"
    if abs(value) > MOST_DECADES:
        return f"10^{value:.0f}"
    number = 10.0**value
    if _SMALL_SHARE < number < _PLAIN_SHARE:
        return f"1/{float(f'{1 / number:.3g}'):.0f}"
    text = write_number(number, "3sf")
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def estimate_text(key: AxisKey, value: float) -> str:
    """Write an estimate's value; a small one without a unit, on a logarithmic axis, as a part too.

    >>> from studytool.quiz.axis import Axis, Leeway
    >>> axis = Axis(1e-6, 10.0, is_log=True)
    >>> estimate_text(AxisKey(axis, Leeway(factor=3.0)), 0.000934)
    '9.34 × 10⁻⁴ = 1/1070'
    """
    text = value_text(value)
    is_part = key.axis.is_log and key.unit is None and _SMALL_SHARE < value < _PART
    return f"{text} = {value_text(log10(value), in_decades=True)}" if is_part else text
