"""Read a number as people write it: ``1/4``, ``2π``, ``5×10⁻³``, ``3만``, ``1-40%``.

The signs are made plain, the text is split into tokens, and these are parsed into a tree. Its
value is the answer; the tree is shown to the learner wherever the text was no plain decimal.
"""

from fractions import Fraction

from studytool.language import Language, Phrase
from studytool.quiz.typed_choices import Choice, Choices
from studytool.quiz.typed_echo import echo_reading
from studytool.quiz.typed_figures import figures_given
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_text import (
    TypedExpression,
    TypedText,
    parse_text,
    refuse_rest,
    split_text,
)
from studytool.quiz.typed_tree import compute
from studytool.quiz.variant import Ambiguous, Number, Unreadable

_TWO_READINGS = Phrase(
    ko="두 가지로 읽힙니다: {first}, 또는 {second}. Enter를 누르면 앞의 것으로 읽습니다. 아직 채점하지 "
    "않았습니다.",
    en="Two readings: {first}, or {second}. Enter takes the first; this did not count.",
)
_RANGE = Phrase(
    ko="{first}라는 뜻인가요, 구간인가요? 구간은 답이 될 수 없습니다. Enter를 누르면 {first}로 읽습니다. 아직 "
    "채점하지 않았습니다.",
    en="{first}, or a range? A range cannot be the answer. Enter takes {first}; this did not count.",
)
_DROPPED = Phrase(ko="보이지 않는 글자는 뺐습니다", en="invisible characters left out")
_MOST_READINGS = 3


def read_number(
    text: str, *, unit: str | None, language: Language
) -> Number | Ambiguous | Unreadable:
    """Read a typed number; never raises.

    Args:
        text: as typed.
        unit: the answer's unit, None where it has none.
        language: of the messages.

    >>> read_number("1/4", unit=None, language="en")
    Number(value=0.25, exact=Fraction(1, 4), reading='1 / 4 = 0.25')
    >>> read_number("1,000", unit=None, language="en").readings
    (1000.0, 1.0)
    """
    try:
        typed = split_text(text)
        return _readings(typed, unit, language)
    except RefusedError as refused:
        return Unreadable(refused.text(language), refused.code)


def _readings(typed: TypedText, unit: str | None, language: Language) -> Number | Ambiguous:
    """Read by the likelier side of every choice, then by the other side of each that was met."""
    readings: list[Number] = []
    choices, refused = Choices(), None
    try:
        readings.append(_read(typed, choices, unit, language))
    except RefusedError as error:
        refused = error
    for choice in tuple(choices.met):
        try:
            other = _read(typed, Choices(frozenset({choice})), unit, language)
        except RefusedError:
            continue
        if all(other.value != one.value for one in readings):
            readings.append(other)
    if not readings:
        raise refused or RefusedError(Refusal.UNKNOWN, typed.text)
    if len(readings) == 1 and (refused is not None or Choice.DIFFERENCE not in choices.met):
        return readings[0]
    return _ask(readings[:_MOST_READINGS], language)


def _ask(readings: list[Number], language: Language) -> Ambiguous:
    first, *others = (one.reading for one in readings)
    listed = ", ".join(others)
    phrase = _TWO_READINGS if others else _RANGE
    return Ambiguous(
        phrase.text(language, first=first, second=listed),
        tuple(one.value for one in readings),
        likelier=_typed_anew(readings[0]),
    )


def _typed_anew(number: Number) -> str:
    """Return a spelling of a number that has one reading."""
    if number.exact is not None and number.exact.denominator == 1:
        return str(number.exact.numerator)
    return repr(number.value)


def _read(typed: TypedText, choices: Choices, unit: str | None, language: Language) -> Number:
    """Read a text by one side of each choice."""
    expression = parse_text(typed, choices, stops=frozenset())
    value = compute(expression.node)
    if expression.rest:
        value *= _unit_factor(expression, unit)
    reading = "" if typed.is_plain else echo_reading(expression.node, value)
    if typed.dropped:
        reading += f" ({_DROPPED.text(language)})"
    exact = value if isinstance(value, Fraction) else None
    return Number(float(value), exact, reading, figures_given(expression.node))


def _unit_factor(expression: TypedExpression, unit: str | None) -> Fraction:
    """Return what one of the unit behind a number is in the one asked for: prefixes alone."""
    given = expression.rest.replace("µ", "u").replace("μ", "u")
    wanted = (unit or "").replace("µ", "u").replace("μ", "u")
    if given in ("배", "개") and not unit:
        return Fraction(1)
    for prefix, power in _PREFIXES.items():
        for other, less in _PREFIXES.items():
            if wanted and other + given == prefix + wanted:
                return Fraction(10) ** (power - less)
    raise refuse_rest(expression)


_PREFIXES = {"": 0, "k": 3, "M": 6, "G": 9, "m": -3, "u": -6, "n": -9, "p": -12}
