"""The tree of a typed expression, and its value: exact as long as it is rational."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from studytool.quiz.typed_refusals import Refusal, RefusedError

TypedValue = Fraction | float
"""An exact value, or a float where a root, a function or a constant came in."""


@dataclass(frozen=True, slots=True)
class TypedLiteral:
    """A number as typed.

    Attributes:
        scientific: its mantissa and exponent, where it has one.
        figures: how many significant figures it was typed with; None where words made it.
    """

    value: TypedValue
    scientific: tuple[TypedValue, int] | None = None
    figures: int | None = None


@dataclass(frozen=True, slots=True)
class TypedConstant:
    """π or e."""

    name: str


@dataclass(frozen=True, slots=True)
class TypedMinus:
    """A minus before a term."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class TypedSum:
    """A sum or, where ``minus``, a difference."""

    left: "Node"
    right: "Node"
    minus: bool


@dataclass(frozen=True, slots=True)
class TypedProduct:
    """A product; ``implied`` where no sign was typed, ``bracketed`` where a bracket follows."""

    left: "Node"
    right: "Node"
    implied: bool = False
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class TypedQuotient:
    """A quotient; ``tight`` where it is one number, as ½ and 2분의 1 are."""

    left: "Node"
    right: "Node"
    tight: bool = False


@dataclass(frozen=True, slots=True)
class TypedMixed:
    """A mixed number, as 1½."""

    whole: TypedLiteral
    part: TypedQuotient


@dataclass(frozen=True, slots=True)
class TypedPower:
    """A power."""

    base: "Node"
    exponent: "Node"


@dataclass(frozen=True, slots=True)
class TypedRoot:
    """A root: of degree 2 for √."""

    degree: int
    of: "Node"


@dataclass(frozen=True, slots=True)
class TypedCall:
    """A function of one value; ``base`` is that of a logarithm written with one."""

    name: str
    of: "Node"
    base: "Node | None" = None


@dataclass(frozen=True, slots=True)
class TypedPer:
    """A number of percents, per mille, tenths (할) or degrees."""

    of: "Node"
    sign: str


Node = (
    TypedLiteral
    | TypedConstant
    | TypedMinus
    | TypedSum
    | TypedProduct
    | TypedQuotient
    | TypedMixed
    | TypedPower
    | TypedRoot
    | TypedCall
    | TypedPer
)

CONSTANTS = {"π": math.pi, "e": math.e}
_HUNDREDTHS = {"%": Fraction(1), "‰": Fraction(1, 10), "할": Fraction(10), "푼": Fraction(1)}
_ANGLES: dict[str, Fraction | float] = {"°": math.pi / 180, "rad": Fraction(1)}

_MOST_BITS = 2200
"""An exact value with more bits is rounded to a float, so that no step is long."""


def compute(node: Node, *, hundredth: TypedValue = Fraction(1, 100)) -> TypedValue:
    """Return the value of a tree; ``hundredth`` is what a percent sign stands for.

    Raises:
        RefusedError: there is none, or no finite one.
    """
    try:
        value = _compute(node, hundredth)
    except (OverflowError, ValueError):  # a value error: the sine of what is beyond any float
        raise RefusedError(Refusal.TOO_LARGE) from None
    except ZeroDivisionError:
        raise RefusedError(Refusal.BY_ZERO) from None
    as_float(value)
    return value


def as_float(value: TypedValue) -> float:
    """Return the nearest float.

    Raises:
        RefusedError: there is none.
    """
    try:
        number = float(value)
    except OverflowError:
        raise RefusedError(Refusal.TOO_LARGE) from None
    if not math.isfinite(number):
        raise RefusedError(Refusal.TOO_LARGE)
    return number


def _compute(node: Node, hundredth: TypedValue) -> TypedValue:  # noqa: C901, PLR0911 - one arm a node
    match node:
        case TypedLiteral(value=number):
            return number
        case TypedSum(left=left, right=right, minus=minus):
            one, other = _compute(left, hundredth), _compute(right, hundredth)
            return _bounded(one - other if minus else one + other)
        case TypedProduct(left=left, right=right):
            return _bounded(_compute(left, hundredth) * _compute(right, hundredth))
        case TypedQuotient(left=left, right=right):
            return _bounded(_compute(left, hundredth) / _compute(right, hundredth))
        case TypedPower(base=base, exponent=exponent):
            return _bounded(_power(_compute(base, hundredth), _compute(exponent, hundredth)))
        case TypedMinus(of=of):
            return -_compute(of, hundredth)
        case TypedConstant(name=name):
            return CONSTANTS[name]
        case TypedMixed(whole=whole, part=part):
            return _bounded(whole.value + _compute(part, hundredth))
        case TypedRoot(degree=degree, of=of):
            return _bounded(_root(_compute(of, hundredth), degree))
        case TypedCall(name=name, of=of, base=base):
            at = None if base is None else _compute(base, hundredth)
            return _call(name, _compute(of, hundredth), at)
        case TypedPer(of=of, sign=sign):
            per = _ANGLES[sign] if sign in _ANGLES else hundredth * _HUNDREDTHS[sign]
            return _bounded(_compute(of, hundredth) * per)


def size(value: TypedValue) -> TypedValue:
    """Return a value without its sign."""
    return -value if value < 0 else value


def _bounded(value: TypedValue) -> TypedValue:
    if isinstance(value, float):
        return value
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    return value if bits <= _MOST_BITS else float(value)


def _power(base: TypedValue, exponent: TypedValue) -> TypedValue:
    if isinstance(exponent, float) or exponent.denominator == 1:
        return _whole_power(base, exponent)
    if base >= 0:
        exact = exponent.denominator < 10 and isinstance(base, Fraction)
        root = _root(base, exponent.denominator) if exact else None
        if isinstance(root, Fraction):
            return _whole_power(root, Fraction(exponent.numerator))
        return _whole_power(base, float(exponent))
    if exponent.denominator % 2 == 0:
        raise RefusedError(
            Refusal.NEGATIVE_POWER if exponent.denominator > 9 else Refusal.EVEN_ROOT
        )
    positive = _power(-base, exponent)
    return -positive if exponent.numerator % 2 else positive


def _whole_power(base: TypedValue, exponent: TypedValue) -> TypedValue:
    """Raise to a whole exponent exactly, where that is short; else as floats."""
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        bits = base.numerator.bit_length() + base.denominator.bit_length()
        if abs(exponent) * bits <= _MOST_BITS:
            return base**exponent.numerator
    power = float(exponent)
    if base < 0 and not power.is_integer():
        raise RefusedError(Refusal.NEGATIVE_POWER)
    if base == 0 and power < 0:
        raise ZeroDivisionError
    return math.pow(base, power)


def _root(value: TypedValue, degree: int) -> TypedValue:
    if value < 0:
        if degree % 2 == 0:
            raise RefusedError(Refusal.EVEN_ROOT)
        return -_root(-value, degree)
    if isinstance(value, Fraction):
        top, below = (_whole_root(part, degree) for part in value.as_integer_ratio())
        if top is not None and below is not None:
            return Fraction(top, below)
    number = float(value)
    return math.sqrt(number) if degree == 2 else number ** (1 / degree)


def _whole_root(value: int, degree: int) -> int | None:
    """Return the whole root of a whole number that has one, up to 2**106."""
    if value.bit_length() > 106:
        return None
    near = math.isqrt(value) if degree == 2 else round(value ** (1 / degree))
    return near if near**degree == value else None


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    **{name: getattr(math, name) for name in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "ln": math.log,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
}


def _call(name: str, value: TypedValue, base: TypedValue | None) -> TypedValue:
    if name == "abs":
        return size(value)
    if name.startswith("l") and (value <= 0 or (base is not None and (base <= 0 or base == 1))):
        raise RefusedError(Refusal.LOGARITHM)
    if name in ("arcsin", "arccos") and size(value) > 1:
        raise RefusedError(Refusal.ARC)
    if base is not None:
        return _whole_if_near(math.log(value) / math.log(base))
    found = _FUNCTIONS[name](float(value))
    if name == "tan" and abs(found) > 1 / _NOISE:
        raise ZeroDivisionError
    if name in ("sin", "cos", "tan") and abs(found) < _NOISE:
        return Fraction(0)
    return _whole_if_near(found) if name in ("log2", "log10") else found


_NOISE = 1e-15
"""What is left of sin π in floats."""


def _whole_if_near(value: float) -> TypedValue:
    """Return the whole number that a logarithm is but for its last bits: log₃ 9 is 2."""
    whole = round(value)
    return Fraction(whole) if abs(value - whole) <= _NOISE * max(1.0, abs(value)) else value
