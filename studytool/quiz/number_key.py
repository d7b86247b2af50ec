"""Make the key of a typed number: its tolerance, its accuracy, and the slips that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

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


def make_number_key(
    value: float,
    tolerance: Tolerance,
    *,
    unit: AskedUnit,
    formula: NumberFormula | None,
    language: Language,
    misconceptions: tuple[WrongValue, ...] = (),
) -> NumberKey:
    """Make the key that a value is, and find out what its formula says of its digits.

    Args:
        value: as the formula gives it; what rounding alone left of terms that cancel becomes 0, and
            of a short decimal that decimal.
        tolerance: as the pack states it.
        unit: of the value, and which units may be typed.
        formula: of the value; None where an experiment gives it.
        language: of the feedback.
        misconceptions: those that hold here, with their numbers and feedback.
    """
    accuracy, in_steps = Accuracy(0.0, is_zero=value == 0), None
    if formula is not None:
        accuracy = accuracy_of(value, formula.formula, formula.let, formula.given)
        sigfigs = max(_FIGURES_ON_THE_WAY, figures_of(value, tolerance.asked))
        in_steps = value_in_steps(formula.formula, formula.let, formula.given, sigfigs=sigfigs)
    number = 0.0 if accuracy.is_zero else as_decimal(value)
    return NumberKey(
        value=number,
        tolerance=tolerance,
        text=write_number(number, tolerance.shown),
        unit=None if unit.unit is None else unit.unit.text,
        units=unit.mode,
        misconceptions=tuple(_without_noise(wrong, number) for wrong in misconceptions),
        slips=() if formula is None else _slips(formula, language),
        noise=max(accuracy.noise, abs(value)) if accuracy.is_zero else accuracy.noise,
        in_steps=None if accuracy.is_zero else in_steps,
    )


def _without_noise(wrong: WrongValue, key: float) -> WrongValue:
    """Return a misconception with the decimal that it comes to; beside the key, noise is 0."""
    is_nothing = abs(wrong.value) < NOTHING * abs(key)
    return replace(wrong, value=0.0 if is_nothing else as_decimal(wrong.value))


def tolerance_of(stated: AnswerKey | NumberBlank) -> Tolerance:
    """Return the tolerance that a pack states, with the digits that go with it.

    Digits that must agree are asked for and printed; beside a distance those printed are asked for.
    """
    digits = stated.tolerance.digits
    shown = digits if digits is not None and stated.show == FIGURES else stated.show
    tolerance = Tolerance(
        relative=exact(stated.tolerance.rel or 0.0),
        absolute=exact(stated.tolerance.abs or 0.0),
        digits=digits,
        asked=digits or shown,
        shown=shown,
    )
    if isinstance(stated, NumberBlank) or stated.precision is None:
        return tolerance
    figures, credit = stated.precision.sf, stated.precision.credit
    return replace(tolerance, asked=f"{figures}sf", given=figures, credit=credit)


def _slips(formula: NumberFormula, language: Language) -> tuple[WrongValue, ...]:
    """Return the slip of degrees for radians, where the key has an angle."""
    let = {name: in_degrees(one) for name, one in formula.let.items()}
    key = in_degrees(formula.formula)
    if key is None and not any(let.values()):
        return ()
    changed = {name: let[name] or one for name, one in formula.let.items()}
    try:
        names = evaluate_let(changed, formula.given)
        value = evaluate_number(key or formula.formula, names)
    except FormulaError:
        return ()
    return (WrongValue(DEGREES_ID, value, DEGREES.text(language)),)
