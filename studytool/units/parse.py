"""Read a unit as people write it: ``m/s²``, ``m s^-2``, ``N·m``, ``µs``, ``kJ/mol``, ``개``."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from studytool.units.dimension import NUMBER, Dimension
from studytool.units.known import find_known, is_counter
from studytool.units.unit import Amount, Unit

MOST_CHARACTERS = 60
_MOST_POWER = 12

_TO_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("μ", "µ"), **dict.fromkeys("º˚∘", "°"), **dict.fromkeys("∆", "Δ"),
        **dict.fromkeys("−–‐‑﹣－", "-"), **dict.fromkeys("⋅∙•×*∗＊・ㆍ‧", "·"),
        **dict.fromkeys("÷∕⁄／", "/"), **dict.fromkeys("％﹪", "%"), **dict.fromkeys("“”＂", '"'),
        **dict.fromkeys("{[", "("), **dict.fromkeys("}]", ")"),
    }
)  # fmt: skip
_UPRIGHT = re.compile(r"\\(?:mathrm|text|rm|operatorname)(?![a-zA-Z])|\\[,;: ]")
_NAMED_POWERS = {
    "square": 2,
    "sq": 2,
    "제곱": 2,
    "평방": 2,
    "cubic": 3,
    "cu": 3,
    "세제곱": 3,
    "입방": 3,
    "squared": 2,
    "cubed": 3,
}
_POWER_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(square|sq|cubic|cu)\.?\s+|(세제곱|제곱|평방|입방)\s*)([^\W\d_]+)",
    re.IGNORECASE,
)
_SQUARED = re.compile(r"([^\W\d_]+)\s+(squared|cubed)(?![^\W\d_])", re.IGNORECASE)
_POWER_BEHIND = re.compile(r"([^\W\d_]+?)\s*(세제곱|제곱)(?![^\W\d_])")
_DEGREES_OF = re.compile(
    r"(?:°|(?<![^\W\d_])deg(?:rees?)?)\s*([CF])(?:elsius|ahrenheit)?(?![^\W\d_])", re.IGNORECASE
)
_POWER = r"""(?:
    \s*(?:\^|··)\s*(?:(?P<power{0}>[-+]?\d+(?:\.\d+)?)|\(\s*(?P<inner{0}>[-+]?\d+(?:[/.]\d+)?)\s*\))
    | (?P<raised{0}>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<behind{0}>[-+]?\d+)
)?"""
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
    | (?P<per>/|per(?![^\W\d_]))
    | (?P<times>[·.])
    | (?P<open>\()
    | (?P<close>\)){_POWER.format(2)}
    | (?P<one>1(?=\s*/))
    | (?P<symbol>"[^\W\d_](?:[^\W\d_]|[ '-])*"|[%‰]|Δ?°?[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+|°){_POWER.format(1)}
    """,
    re.VERBOSE,
)


class UnitError(ValueError):
    """A text is no unit; ``word`` is the part that is not known, empty where its form is wrong."""

    def __init__(self, word: str = "") -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    power: Fraction


@dataclass(slots=True)
class _Made:
    """A unit in the making, whole or a part of it."""

    dimension: Dimension = NUMBER
    scale: Amount = Fraction(1)
    offset: Fraction = Fraction(0)
    text: str = ""
    symbols: tuple[str, ...] = ()

    def take(self, part: "_Made", power: Fraction, sign: str) -> None:
        """Multiply by a power of a part, which ``sign`` joins to what is there."""
        whole = power.denominator == 1
        raised = part.scale**power.numerator if whole else float(part.scale) ** float(power)
        self.offset = part.offset if power == 1 and not self.symbols else Fraction(0)
        self.dimension = self.dimension.times(part.dimension, power)
        self.scale = self.scale * raised
        self.text += (sign if self.text else "1/" if sign == "/" else "") + part.text
        self.text += _raised(-power if sign == "/" else power)
        self.symbols += part.symbols


@lru_cache(maxsize=512)
def parse_unit(text: str, *, runs_on: bool = False) -> Unit:
    """Read a unit.

    Args:
        text: as written.
        runs_on: whether a slash divides by all that follows: J/mol·K is J/(mol·K) then, else J·K/mol.

    Raises:
        UnitError: it cannot be read.

    >>> parse_unit("m s^-2").text, parse_unit("km/h").scale, parse_unit("us").text
    ('m·s⁻²', Fraction(5, 18), 'µs')
    """
    if len(text) > MOST_CHARACTERS:
        raise UnitError
    tokens = list(_tokens(_fold(text)))
    made, end = _product(tokens, 0, runs_on=runs_on)
    if end != len(tokens):
        raise UnitError
    return Unit(made.text, made.dimension, made.scale, made.offset, frozenset(made.symbols))


def _fold(text: str) -> str:
    """Make look-alikes one: ㎧ is m/s, ℃ is °C, Å and Ω have one code point each."""
    plain = "".join(
        unicodedata.normalize("NFKC", sign) if _is_compatible(sign) else sign
        for sign in _UPRIGHT.sub("", unicodedata.normalize("NFC", text))
    ).translate(_ALIKE)
    plain = _in_signs(plain.strip())
    framed = plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1
    return plain[1:-1] if framed else plain


def _in_signs(text: str) -> str:
    """Return a unit with powers and scales of temperature in signs: m^2 for ``square metres``."""
    text = _DEGREES_OF.sub(lambda found: f"°{found[1].upper()}", text)
    text = _POWER_BEFORE.sub(
        lambda found: f"{found[3]}^{_NAMED_POWERS[(found[1] or found[2]).lower()]}", text
    )
    text = _SQUARED.sub(lambda found: f"{found[1]}^{_NAMED_POWERS[found[2].lower()]}", text)
    return _POWER_BEHIND.sub(lambda found: f"{found[1]}^{_NAMED_POWERS[found[2]]}", text)


def _is_compatible(sign: str) -> bool:
    wide, squared = "\uff01" <= sign <= "\uff5e", "\u3300" <= sign <= "\u33ff"
    return wide or squared or "\u2100" <= sign <= "\u214f"


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnitError(text[at:].split()[0])
        at = found.end()
        kinds = ("space", "per", "times", "open", "close", "one", "symbol")
        kind = next(one for one in kinds if found[one] is not None)
        yield _Token(kind, found[kind], _power(found, 2 if kind == "close" else 1))


def _power(found: re.Match[str], place: int) -> Fraction:
    groups = (found[f"{name}{place}"] for name in ("power", "inner", "raised", "behind"))
    text = next((group for group in groups if group is not None), "1")
    try:
        return Fraction(text.translate(_FROM_RAISED))
    except ZeroDivisionError:
        raise UnitError from None


def _raised(power: Fraction) -> str:
    if power == 1:
        return ""
    whole = power.denominator == 1
    return str(power).translate(_TO_RAISED) if whole else f"^({power})"


def _product(tokens: list[_Token], at: int, *, runs_on: bool) -> tuple[_Made, int]:
    """Read factors up to a closing bracket or the end; return them and where that is."""
    made, sign, divides = _Made(), "", False
    while at < len(tokens) and tokens[at].kind != "close":
        token = tokens[at]
        at += 1
        if token.kind in ("per", "times"):
            if sign or (token.kind == "times" and not made.symbols):
                raise UnitError
            sign = "/" if token.kind == "per" else "·"
        elif token.kind != "space":
            divides = sign == "/" or (divides and runs_on)
            part, power, at = _factor(token, tokens, at, runs_on=runs_on)
            if abs(power) > _MOST_POWER:
                raise UnitError
            made.take(part, -power if divides else power, "/" if sign == "/" else "·")
            sign = ""
    if sign or not made.symbols:
        raise UnitError
    return made, at


def _factor(
    token: _Token, tokens: list[_Token], at: int, *, runs_on: bool
) -> tuple[_Made, Fraction, int]:
    """Read a symbol or a bracket; return it, its power and where it ends."""
    if token.kind == "one":
        return _Made(symbols=("1",)), Fraction(1), at  # the stroke behind it writes the 1
    if token.kind == "open":
        made, at = _product(tokens, at, runs_on=runs_on)
        if at == len(tokens):
            raise UnitError
        return replace(made, text=f"({made.text})"), tokens[at].power, at + 1
    known = find_known(token.text)
    if known is None:
        raise UnitError(token.text)
    unit, shown = known
    if is_counter(unit) and token.power != 1:
        raise UnitError(token.text)  # 5개2 counts nothing
    part = _Made(unit.dimension, unit.scale, unit.offset, shown, (token.text,))
    return part, token.power, at


def is_loose(text: str) -> bool:
    """Tell whether J/mol·K is written where J/(mol·K) or J·K/mol is meant."""
    strict, loose = parse_unit(text), parse_unit(text, runs_on=True)
    return (strict.dimension, strict.scale) != (loose.dimension, loose.scale)
