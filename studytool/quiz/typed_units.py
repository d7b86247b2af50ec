"""The unit of a typed answer: what stands behind the number, in the unit that is asked for."""

from dataclasses import dataclass
from fractions import Fraction

from studytool.quiz.typed_choices import Choice, Choices
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_text import TypedExpression, refuse_rest
from studytool.quiz.typed_tokens import TypedKind
from studytool.quiz.typed_tree import Real, compute
from studytool.units.dimension import NUMBER, Dimension
from studytool.units.parse import UnitError, parse_unit
from studytool.units.unit import Unit, UnitsMode, convert

_ANGLE = Dimension.of(rad=1)
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
            return cls(Unit(text, NUMBER, Fraction(1)), mode)

    @property
    def stops(self) -> frozenset[str]:
        """Return the signs of expressions that belong to this unit."""
        if self.unit is None:
            return frozenset()
        own = self.unit.symbols
        return own & {"e"} | (own & {"%", "‰"} if len(own) > 1 else frozenset())


def measure(
    expression: TypedExpression, asked: AskedUnit, choices: Choices
) -> tuple[Real, Unit | None]:
    """Return the value of an expression in the unit asked for, and the unit that was typed.

    Raises:
        RefusedError: it has no value, or not that unit.
    """
    if expression.rest:
        given = _given(expression, asked)
        value = compute(expression.node)
        return _converted(value, given, asked.unit or given, choices), given
    if asked.unit is not None and asked.unit.is_number and asked.unit.scale != 1:
        return _in_parts(expression, asked.unit, choices), None
    return compute(expression.node), None


def _given(expression: TypedExpression, asked: AskedUnit) -> Unit:
    """Return the unit typed behind a number, where it is one that may be."""
    text = expression.rest.lstrip("·* ")
    try:
        given = asked.unit if asked.unit and text == asked.unit.text else parse_unit(text)
    except UnitError:
        raise _not_read(expression, asked) from None
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
    raise RefusedError(
        Refusal.DIMENSION,
        text,
        quantity=given.dimension.name,
        wanted=wanted.text,
        asked=wanted.dimension.name,
    )


def _converted(value: Real, given: Unit, wanted: Unit, choices: Choices) -> Real:
    """Convert; a temperature of another zero may be a difference as well."""
    if given.offset == wanted.offset:
        return convert(value, given, wanted)
    stated = any(symbol.startswith("Δ") for symbol in given.symbols | wanted.symbols)
    difference = stated or choices.takes_other(Choice.TEMPERATURE)
    return convert(value, given, wanted, difference=difference)


def _in_parts(expression: TypedExpression, unit: Unit, choices: Choices) -> Real:
    """Return a value in per cent, say: 67 and 67% are that, and 1-40% is 60 of them.

    Where both sides of ``100-40%`` may be meant in per cent, that is a choice.
    """
    read = expression.tokens[: expression.unread]
    if not any(token.kind is TypedKind.PERCENT for token in read):
        return compute(expression.node)
    of_whole = compute(expression.node) / unit.scale
    in_parts = compute(expression.node, hundredth=_HUNDREDTH / unit.scale)
    likelier, other = of_whole, in_parts
    if not 0 <= of_whole <= 1 / unit.scale and 0 <= in_parts <= 1 / unit.scale:
        likelier, other = in_parts, of_whole
    return other if choices.takes_other(Choice.OF_HUNDRED) else likelier
