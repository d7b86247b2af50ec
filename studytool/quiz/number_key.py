"""Make the key of a typed number: its tolerance, its accuracy, and the slips that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from studytool.errors import FormulaError
from studytool.formula.accuracy import NOTHING, Accuracy, accuracy_of, value_in_steps
from studytool.formula.bindings import evaluate_let
from studytool.formula.degrees import in_degrees
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import Formula
from studytool.language import Language
from studytool.packs.answer_key import AnswerKey
from studytool.packs.clozes import NumberBlank
from studytool.packs.rounding import as_decimal
from studytool.quiz.key import NumberKey, WrongValue
from studytool.quiz.number_text import write_number
from studytool.quiz.slips import DEGREES, DEGREES_ID
from studytool.quiz.tolerance import FIGURES, Tolerance, exact, figures_of
from studytool.quiz.typed_units import AskedUnit

_FIGURES_ON_THE_WAY = 3


@dataclass(frozen=True, slots=True)
class NumberFormula:
    """How a number comes about: its formula, and the numbers of the names that it uses.

    Attributes:
        let: the names among them that have formulas themselves, and no rounded number in a text.
    """

    formula: Formula
    let: Mapping[str, Formula]
    scope: Mapping[str, float]

    @property
    def given(self) -> dict[str, float]:
        """Return the numbers of the names that no formula of ``let`` gives."""
        return {name: number for name, number in self.scope.items() if name not in self.let}


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """The number of a key, and what its formula says of its digits; the same in each language.

    Attributes:
        value: without what binary rounding leaves: 0 of terms that cancel, or a short decimal.
        noise: how far rounding in binary may have moved it.
        in_steps: what it comes to with three figures on the way; None where unknown.
        in_degrees: what it comes to with angles in degrees; None where it has no angle.
    """

    value: float
    noise: float = 0.0
    in_steps: float | None = None
    in_degrees: float | None = None


def key_number(value: float, tolerance: Tolerance, formula: NumberFormula | None) -> KeyNumber:
    """Find out what the formula of a key says of its digits.

    Args:
        value: as the formula gives it.
        tolerance: as the pack states it.
        formula: of the value; None where an experiment gives it.
    """
    accuracy, in_steps = Accuracy(0.0, is_zero=value == 0), None
    if formula is not None:
        accuracy = accuracy_of(value, formula.formula, formula.let, formula.given)
        sigfigs = max(_FIGURES_ON_THE_WAY, figures_of(value, tolerance.asked))
        in_steps = value_in_steps(formula.formula, formula.let, formula.given, sigfigs=sigfigs)
    number = 0.0 if accuracy.is_zero else as_decimal(value)
    return KeyNumber(
        value=number,
        noise=max(accuracy.noise, abs(value)) if accuracy.is_zero else accuracy.noise,
        in_steps=None if accuracy.is_zero else in_steps,
        in_degrees=None if formula is None else _in_degrees(formula),
    )


def make_number_key(
    number: KeyNumber,
    tolerance: Tolerance,
    *,
    unit: AskedUnit,
    language: Language,
    misconceptions: tuple[WrongValue, ...] = (),
) -> NumberKey:
    """Make the key that a number is.

    Args:
        number: what is right.
        tolerance: as the pack states it.
        unit: of the number, and which units may be typed.
        language: of the feedback.
        misconceptions: those that hold here, with their numbers and feedback.
    """
    in_degrees, said = number.in_degrees, DEGREES.text(language)
    return NumberKey(
        value=number.value,
        tolerance=tolerance,
        text=write_number(number.value, tolerance.shown),
        unit=None if unit.unit is None else unit.unit.text,
        units=unit.mode,
        misconceptions=tuple(_without_noise(wrong, number.value) for wrong in misconceptions),
        slips=() if in_degrees is None else (WrongValue(DEGREES_ID, in_degrees, said),),
        noise=number.noise,
        in_steps=number.in_steps,
    )


def _without_noise(wrong: WrongValue, key: float) -> WrongValue:
    """Return a misconception with the decimal that it comes to; beside the key, noise is 0."""
    is_nothing = abs(wrong.value) < NOTHING * abs(key)
    value = 0.0 if is_nothing else as_decimal(wrong.value)
    return WrongValue(wrong.id, value, wrong.feedback)


def tolerance_of(stated: AnswerKey | NumberBlank) -> Tolerance:
    """Return the tolerance that a pack states, with the digits that go with it.

    Digits that must agree are asked for and printed; beside a distance those printed are asked for.
    """
    near, digits = stated.tolerance, stated.tolerance.digits
    shown = digits if digits is not None and stated.show == FIGURES else stated.show
    if isinstance(stated, NumberBlank) or stated.precision is None:
        return _tolerance(near.rel, near.abs, digits, digits or shown, shown)
    given, credit = stated.precision.sf, stated.precision.credit
    return _tolerance(near.rel, near.abs, digits, f"{given}sf", shown, given, credit)


@lru_cache(maxsize=4_096)
def _tolerance(  # noqa: PLR0913, PLR0917 - the fields of a tolerance, in its order
    relative: float | None,
    absolute: float | None,
    digits: str | None,
    asked: str,
    shown: str,
    given: int | None = None,
    credit: float = 0.5,
) -> Tolerance:
    """Return the one tolerance of these fields, so that it is soon told from others."""
    far = exact(absolute or 0.0)
    return Tolerance(exact(relative or 0.0), far, digits, asked, shown, given, credit)


def _in_degrees(formula: NumberFormula) -> float | None:
    """Return what a key comes to with degrees for radians, where it has an angle."""
    let = {name: in_degrees(one) for name, one in formula.let.items()}
    key = in_degrees(formula.formula)
    if key is None and not any(let.values()):
        return None
    changed = {name: let[name] or one for name, one in formula.let.items()}
    try:
        names = evaluate_let(changed, formula.given)
        return evaluate_number(key or formula.formula, names)
    except FormulaError:
        return None
