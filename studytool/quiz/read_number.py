"""Read a number as people write it: ``1/4``, ``2π``, ``5×10⁻³``, ``3만``, ``1-40%``.

The signs are made plain, the text is split into tokens, and these are parsed into a tree. Its
value is the answer; the tree is shown to the learner wherever the text was no plain decimal.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import isclose

from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous, Number, Unreadable
from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_echo import echo, echo_value
from studytool.quiz.typed_figures import count_figures, figures_given
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_signs import as_typed
from studytool.quiz.typed_text import TypedExpression, TypedText, parse_text, split_text
from studytool.quiz.typed_tree import TypedValue, as_float
from studytool.quiz.typed_units import AskedUnit, measure
from studytool.units.unit import Unit, UnitsMode

_TWO_READINGS = Phrase(
    ko="두 가지로 읽힙니다: {first}, 또는 {second}. Enter를 누르면 앞의 것으로 읽습니다. 아직 채점하지 "
    "않았습니다.",
    en="Two readings: {first}, or {second}. Enter takes the first; this did not count.",
)
_RANGE = Phrase(
    ko="{first} 값인가요, 구간인가요? 구간은 답이 될 수 없습니다. Enter를 누르면 이 값으로 읽습니다. 아직 "
    "채점하지 않았습니다.",
    en="{first}, or a range? A range cannot be the answer. Enter takes {first}; this did not count.",
)
_UNFINISHED = Phrase(
    ko="{first}인가요, 아니면 10의 거듭제곱을 쓰다 말았나요? Enter를 누르면 앞의 것으로 읽습니다. 아직 "
    "채점하지 않았습니다.",
    en="{first}, or a power of ten that breaks off? Enter takes the first; this did not count.",
)
_PLAIN = re.compile(r"[-−]?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,15})?")
"""A decimal that the grammar reads in one way, whatever else it may hold."""
_DOUBTS = {ReadingChoice.RANGE: _RANGE, ReadingChoice.UNFINISHED: _UNFINISHED}
"""What is asked where the other side of a choice is no number at all."""
_DROPPED = Phrase(ko="보이지 않는 글자는 뺐습니다", en="invisible characters left out")
_MOST_READINGS = 3
_SAME = 1e-12
_LONG = 10**15
"""A whole number with more digits is typed with an exponent: 10^203% would be too long."""
_MOST_WORK = 80
"""Tokens times readings: a text that can be read in many ways must be short, to take no time."""
_OF_VALUES = (
    *(Refusal.ARC, Refusal.BY_ZERO, Refusal.TOO_LARGE, Refusal.EVEN_ROOT, Refusal.NEGATIVE_POWER),
    *(Refusal.LOGARITHM, Refusal.SIDES_DIFFER),
)
"""Reasons that may not hold on the other side of a choice."""


def read_number(
    text: str, *, unit: str | None, language: Language, units: UnitsMode = "convert"
) -> Number | Ambiguous | Unreadable:
    """Read a typed number; never raises.

    Args:
        text: as typed.
        unit: the answer's unit, None where it has none.
        language: of the messages.
        units: which units may be typed.

    >>> read_number("1/4", unit=None, language="en")
    Number(value=0.25, exact=Fraction(1, 4), reading='1 / 4 = 0.25')
    >>> read_number("500 cm", unit="m", language="en").reading
    '500 cm = 5 m'
    >>> read_number("1,000", unit=None, language="en").readings
    (1000.0, 1.0)
    """
    if not unit and _PLAIN.fullmatch(text):
        return _plain(text)
    try:
        return _readings(split_text(text), AskedUnit.of(unit, units), language)
    except RefusedError as refused:
        refused.quoted = as_typed(text, refused.quoted)
        return Unreadable(refused.text(language), refused.code)


def _plain(text: str) -> Number:
    """Read a plain decimal at once, as the grammar reads it."""
    exact = Fraction(text.replace("−", "-"))
    return Number(float(exact), exact, figures=count_figures(text))


def _readings(typed: TypedText, asked: AskedUnit, language: Language) -> Number | Ambiguous:
    """Read by the likelier side of every choice, then by the other side of each that was met."""
    readings: list[Number] = []
    choices, refused = Choices(), None
    try:
        readings.append(_read(typed, choices, asked, language))
    except RefusedError as error:
        if error.code not in _OF_VALUES:
            raise
        refused = error
    if refused is not None and ReadingChoice.DEGREES in choices.met:  # tan(90) has no value
        raise refused
    if choices.met and len(typed.tokens) * (1 + len(choices.met)) > _MOST_WORK:
        raise RefusedError(Refusal.TOO_OPEN)
    _add_others(readings, typed, choices, asked=asked, language=language)
    if not readings:
        raise refused or RefusedError(Refusal.UNKNOWN, typed.text)
    doubt = next((phrase for choice, phrase in _DOUBTS.items() if choice in choices.met), None)
    if len(readings) == 1 and (refused is not None or doubt is None):
        return readings[0]
    return _ask(readings, doubt or _TWO_READINGS, language)


def _add_others(
    readings: list[Number],
    typed: TypedText,
    choices: Choices,
    *,
    asked: AskedUnit,
    language: Language,
) -> None:
    """Add the other readings, as many as are asked about."""
    for choice in tuple(choices.met):
        try:
            other = _evaluate(typed, Choices(frozenset({choice})), asked)
            if any(isclose(as_float(other.value), one.value, rel_tol=_SAME) for one in readings):
                continue
            readings.append(other.number(typed, asked, language))
        except RefusedError:
            continue
        if len(readings) == _MOST_READINGS:
            break


def _ask(readings: list[Number], doubt: Phrase, language: Language) -> Ambiguous:
    first, *others = (one.reading for one in readings)
    listed = ", ".join(others)
    phrase = _TWO_READINGS if others else doubt
    return Ambiguous(
        phrase.text(language, first=first, second=listed),
        tuple(one.value for one in readings),
        likelier=_typed_anew(readings[0]),
    )


def _typed_anew(number: Number) -> str:
    """Return a spelling of a number that has one reading."""
    exact = number.exact
    if exact is not None and exact.denominator == 1 and abs(exact) < _LONG:
        return str(exact.numerator)
    return repr(number.value)


def _read(typed: TypedText, choices: Choices, asked: AskedUnit, language: Language) -> Number:
    """Read a text by one side of each choice."""
    return _evaluate(typed, choices, asked).number(typed, asked, language)


def _evaluate(typed: TypedText, choices: Choices, asked: AskedUnit) -> "_Evaluated":
    expression = parse_text(typed, choices, stops=asked.stops)
    return _Evaluated(expression, *measure(expression, asked, choices))


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """What was parsed, its value in the unit asked for, and the unit that it was given in."""

    expression: TypedExpression
    value: TypedValue
    given: Unit | None

    def number(self, typed: TypedText, asked: AskedUnit, language: Language) -> Number:
        """Return the number with what is shown of its reading, which takes as long as reading it."""
        reading = ""
        if not typed.is_plain:
            reading = _echo(self.expression, self.value, self.given, asked.unit)
        if typed.dropped:
            reading += f" ({_DROPPED.text(language)})"
        exact = self.value if isinstance(self.value, Fraction) else None
        figures = figures_given(self.expression.node)
        return Number(as_float(self.value), exact, reading, figures)


def _echo(
    expression: TypedExpression, value: TypedValue, given: Unit | None, wanted: Unit | None
) -> str:
    """Write what was read, and its value; the value alone where they are the same."""
    left = echo(expression.node)
    shown = f"{left.at_least(3)} {given.text}" if given is not None and wanted else left.text
    right, exact = echo_value(value)
    if wanted is not None:
        right += f" {wanted.text}"
    if right in (shown, f"{shown} {wanted.text}" if wanted else shown):
        return right
    return f"{shown} {'=' if exact else '≈'} {right}"
