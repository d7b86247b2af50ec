"""A typed expression as it was read, set for the eye: ``1 − 40 % = 0.6``."""

from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from studytool.quiz.typed_tree import (
    Node,
    TypedCall,
    TypedConstant,
    TypedLiteral,
    TypedMinus,
    TypedMixed,
    TypedPer,
    TypedPower,
    TypedProduct,
    TypedQuotient,
    TypedRoot,
    TypedSum,
    TypedValue,
)

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_MOST_DIGITS, _ROUNDED_DIGITS = 15, 10
_SHORT = 10**_MOST_DIGITS
_ROOTS = {2: "√", 3: "∛", 4: "∜"}


class _Echo(NamedTuple):
    """A text and how tightly it binds: a sum 1, −x 2, a product 3, 2π 4, a power 5, an atom 6."""

    text: str
    level: int

    def at_least(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


@lru_cache(maxsize=256, typed=True)  # a text is shown by several choices
def echo_value(value: TypedValue) -> tuple[str, bool]:
    """Write a value, and tell whether that is all of it; else ten figures of it.

    >>> echo_value(Fraction(1334568)), echo_value(Fraction(1, 3)), echo_value(Fraction(1, 10**9))
    (('1334568', True), ('0.3333333333', False), ('10⁻⁹', True))
    """
    if isinstance(value, Fraction) and value.denominator == 1 and 0 <= value < _SHORT:
        return str(value.numerator), True
    top, below = (Decimal(part) for part in value.as_integer_ratio())
    context = Context(prec=_MOST_DIGITS)
    number = context.divide(top, below)
    if not context.flags[Inexact]:
        return _decimal_text(number), isinstance(value, Fraction) or value.is_integer()
    return _decimal_text(Context(prec=_ROUNDED_DIGITS).divide(top, below)), False


def _decimal_text(number: Decimal) -> str:
    sign = "−" if number < 0 else ""
    number = abs(number).normalize()
    if not number:
        return "0"
    if -5 < number.adjusted() < _MOST_DIGITS:
        return f"{sign}{number:f}"
    power = number.adjusted()
    return sign + _by_power(f"{number.scaleb(-power):f}", power)


def _by_power(mantissa: str, exponent: int) -> str:
    power = f"10{str(exponent).translate(_RAISED)}"
    return power if mantissa == "1" else f"{mantissa} × {power}"


def echo(node: Node) -> _Echo:  # noqa: C901, PLR0911, PLR0912 - one arm a node
    """Write an expression as it was read."""
    match node:
        case TypedLiteral(scientific=(mantissa, exponent)):
            return _Echo(_by_power(echo_value(mantissa)[0], exponent), 3)
        case TypedLiteral(value=value):
            text = echo_value(value)[0]
            return _Echo(text, 6 if text.isascii() else 3)
        case TypedConstant(name=name):
            return _Echo(name, 6)
        case TypedMinus(of=of):
            return _Echo("−" + echo(of).at_least(3), 2)
        case TypedSum(left=left, right=right, minus=minus):
            sign = "−" if minus else "+"
            return _Echo(f"{echo(left).text} {sign} {echo(right).at_least(3)}", 1)
        case TypedProduct(left=left, right=right, implied=implied):
            return _product(echo(left), echo(right), implied=implied)
        case TypedQuotient(left=left, right=right, tight=tight):
            slash = "/" if tight else " / "
            return _Echo(echo(left).at_least(2) + slash + echo(right).at_least(5), 3)
        case TypedMixed(whole=whole, part=part):
            return _Echo(f"{echo(whole).text} {echo(part).text}", 3)
        case TypedPower(base=base, exponent=exponent):
            return _Echo(echo(base).at_least(6) + _exponent(exponent), 5)
        case TypedRoot(degree=degree, of=of):
            sign = _ROOTS.get(degree) or str(degree).translate(_RAISED) + "√"
            return _Echo(sign + echo(of).at_least(6), 5)
        case TypedCall(name="abs", of=of):
            return _Echo(f"|{echo(of).text}|", 6)
        case TypedCall(name=name, of=of, base=base):
            shown = f"log_{echo(base).at_least(6)}" if base is not None else name
            return _Echo(f"{'ln' if shown == 'log' else shown}({echo(of).text})", 6)
        case TypedPer(of=of, sign=sign):
            level = 6 if isinstance(of, TypedRoot) else 5  # √4 % would be the root of 4 %
            return _Echo(echo(of).at_least(level) + (sign if sign == "°" else f" {sign}"), 4)


def _product(left: _Echo, right: _Echo, *, implied: bool) -> _Echo:
    """Write a product: without a sign as it was typed, unless digits or an e would follow."""
    after = right.at_least(5)
    if not implied or after[0].isdigit() or after[0] == "e":
        return _Echo(f"{left.at_least(2)} × {right.at_least(4)}", 3)
    gap = " " if after[0].isalpha() and len(after) > 1 and after[0] != "π" else ""
    return _Echo(left.at_least(4) + gap + after, 4)


def _exponent(node: Node) -> str:
    """Write a whole exponent raised, any other behind ^."""
    shown = echo(node)
    whole = shown.text.replace("−", "-")
    if whole.removeprefix("-").isdecimal():
        return whole.translate(_RAISED)
    return "^" + shown.at_least(6)
