"""The unit of a typed answer: what stands behind the number, in the unit that is asked for."""

from dataclasses import dataclass
from fractions import Fraction

from studytool.quiz.typed_angles import has_angle, is_arc
from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_text import TypedExpression, refuse_rest
from studytool.quiz.typed_tokens import TypedKind
from studytool.quiz.typed_tree import TypedQuotient, TypedValue, compute
from studytool.units.dimension import NUMBER, Dimension
from studytool.units.parse import UnitError, parse_unit
from studytool.units.parted import part_units
from studytool.units.unit import Unit, UnitsMode, convert

_ANGLE, _TIME = Dimension.of(rad=1), Dimension.of(s=1)
_DEGREES = ("°", "C", "c", "도", "degrees", "degree", "deg")
"""How a temperature in °C is typed in short."""
_HUNDREDTH = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """The unit that an answer is asked for in, None for a plain number, and what may be typed."""

    unit: Unit | None
    mode: UnitsMode = "convert"

    @classmethod
    def of(cls, text: str | None, mode: UnitsMode = "convert") -> "AskedUnit":
        """Read the unit of a question; what no pack that was checked has counts as a counter."""
        if not text:
            return cls(None, mode)
        try:
            return cls(parse_unit(text), mode)
        except UnitError:
            return cls(Unit(text, NUMBER, Fraction(1), Fraction(0)), mode)

    @property
    def stops(self) -> frozenset[str]:
        """Return the signs of expressions that belong to this unit."""
        if self.unit is None:
            return frozenset()
        own = self.unit.symbols
        alone = self.unit.text in ("%", "‰")  # and 50%+10% is an expression
        return own & {"e"} | (frozenset() if alone else own & {"%", "‰"})


def measure(
    expression: TypedExpression, asked: AskedUnit, choices: Choices
) -> tuple[TypedValue, Unit | None]:
    """Return the value of an expression in the unit asked for, and the unit that was typed.

    Raises:
        RefusedError: it has no value, or not that unit.
    """
    if asked.unit is not None and asked.unit.dimension == _TIME:
        _refuse_clock(expression, asked.unit)
    if expression.rest:
        given = _given(expression, asked)
        _refuse_two_shares(expression, given)
        value = compute(expression.node)
        if given.dimension == _ANGLE and is_arc(expression.node):
            value = convert(value, parse_unit("rad"), given)  # arcsin(0.5)° is what it is in °
        return _converted(value, given, asked.unit or given, choices), given
    if asked.unit is not None and asked.unit.dimension == _ANGLE and asked.unit.scale != 1:
        return _in_degrees(expression, asked.unit, choices)
    if asked.unit is not None and asked.unit.is_number and asked.unit.scale != 1:
        return _in_parts(expression, asked.unit, choices), None
    return compute(expression.node), None


def _given(expression: TypedExpression, asked: AskedUnit) -> Unit:
    """Return the unit typed behind a number, where it is one that may be."""
    text = expression.rest.strip("·* .$")
    try:
        given = _spoken(text, asked.unit) or parse_unit(text)
    except UnitError:
        parted = None if asked.unit is None else _parted(text, asked.unit)
        if parted is None:
            raise _not_read(expression, asked) from None
        given = parted
    if asked.unit is None:
        if given.is_plain or (given.dimension == _ANGLE and given.scale == 1):
            return given
        raise RefusedError(Refusal.NO_UNIT, text)
    if asked.mode == "none":
        raise RefusedError(Refusal.NO_UNIT_TYPED, text, wanted=asked.unit.text)
    if not given.dimension.agrees(asked.unit.dimension):
        given = _running_on(text, given, asked.unit)
    if asked.mode == "exact" and not given.is_same(asked.unit):
        raise RefusedError(Refusal.NOT_CONVERTED, text, wanted=asked.unit.text)
    return given


def _spoken(text: str, wanted: Unit | None) -> Unit | None:
    """Return the unit asked for where it is typed as it is shown, or as one says it.

    Capital letters are looked at only where they tell two units apart: 5 hz are 5 Hz.
    """
    if wanted is None:
        return None
    if text == wanted.text or (wanted.text == "°C" and text in _DEGREES):
        return wanted
    return wanted if text.lower() == wanted.text.lower() and not _reads(text, wanted) else None


def _reads(text: str, wanted: Unit) -> bool:
    """Return whether a text is a unit of the quantity asked for as it stands."""
    try:
        return parse_unit(text).dimension.agrees(wanted.dimension)
    except UnitError:
        return False


def _not_read(expression: TypedExpression, asked: AskedUnit) -> RefusedError:
    """Return why what follows a number is no unit: it may be anything."""
    refused = refuse_rest(expression)
    if asked.unit is None or refused.code not in (Refusal.WORD, Refusal.UNKNOWN):
        return refused
    return RefusedError(Refusal.OTHER_UNIT, expression.rest, wanted=asked.unit.text)


def _running_on(text: str, given: Unit, wanted: Unit) -> Unit:
    """Return J/mol·K as J/(mol·K), where that is what is asked for."""
    loose = parse_unit(text, runs_on=True)
    if loose.dimension.agrees(wanted.dimension):
        return loose
    divided = "-" in text or "⁻" in text  # 5 mN are no N·m
    if divided and (parted := _parted(text, wanted)) is not None:
        return parted
    raise RefusedError(
        Refusal.DIMENSION,
        text,
        quantity=given.dimension.name,
        wanted=wanted.text,
        asked=wanted.dimension.name,
    )


def _parted(text: str, wanted: Unit) -> Unit | None:
    """Return ms⁻² as m·s⁻², where that is what is asked for."""
    for way in part_units(text):
        try:
            parted = parse_unit(way)
        except UnitError:
            continue
        if parted.dimension.agrees(wanted.dimension):
            return parted
    return None


def _converted(value: TypedValue, given: Unit, wanted: Unit, choices: Choices) -> TypedValue:
    """Convert; a temperature of another zero may be a difference as well."""
    if given.offset == wanted.offset:
        return convert(value, given, wanted)
    stated = any(symbol.startswith("Δ") for symbol in given.symbols | wanted.symbols)
    difference = stated or choices.takes_other(ReadingChoice.TEMPERATURE)
    return convert(value, given, wanted, difference=difference)


def _refuse_two_shares(expression: TypedExpression, given: Unit) -> None:
    """Refuse a share of a share, 3할% or 50%%, which may be either of the two."""
    read = expression.tokens[: expression.unread]
    is_share = given.is_number and given.scale != 1
    if is_share and any(token.kind is TypedKind.PERCENT for token in read):
        shown = "".join(" " * token.spaced + token.text for token in read).strip()
        raise RefusedError(Refusal.UNKNOWN, f"{shown}{expression.rest}")


def _refuse_clock(expression: TypedExpression, unit: Unit) -> None:
    """Refuse 1:30, which is no ratio where a time is asked for."""
    read = expression.tokens[: expression.unread]
    if any(token.text == ":" for token in read):
        shown = "".join(token.text for token in read)
        raise RefusedError(Refusal.OTHER_UNIT, shown, wanted=unit.text)


def _in_degrees(
    expression: TypedExpression, unit: Unit, choices: Choices
) -> tuple[TypedValue, Unit | None]:
    """Settle π/6 where degrees are asked for."""
    value = compute(expression.node)
    if not has_angle(expression.node) or choices.takes_other(ReadingChoice.RADIANS):
        return value, None
    radians = parse_unit("rad")
    return convert(value, radians, unit), radians


def _in_parts(expression: TypedExpression, unit: Unit, choices: Choices) -> TypedValue:
    """Return a value in per cent, say: 67 and 67% are that, and 1-40% is 60 of them.

    Where both sides of ``100-40%`` may be meant in per cent, that is a choice; so is ``2/3``.
    """
    read = expression.tokens[: expression.unread]
    value = compute(expression.node)
    if not any(token.kind is TypedKind.PERCENT for token in read):
        share = isinstance(expression.node, TypedQuotient) and 0 < value < 1
        return (
            value
            if not share or choices.takes_other(ReadingChoice.OF_HUNDRED)
            else value / unit.scale
        )
    of_whole = value / unit.scale
    in_parts = compute(expression.node, hundredth=_HUNDREDTH / unit.scale)
    likelier, other = of_whole, in_parts
    if not 0 <= of_whole <= 1 / unit.scale and 0 <= in_parts <= 1 / unit.scale:
        likelier, other = in_parts, of_whole
    return other if choices.takes_other(ReadingChoice.OF_HUNDRED) else likelier
