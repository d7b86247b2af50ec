"""Draw a numeric item's parameters from a seed, and draw again where they are unusable."""

from math import exp, log

from studytool.errors import FormulaError, UndrawableError
from studytool.language import Phrase
from studytool.packs.models import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    Numeric,
    Parameter,
    UniformParameter,
)
from studytool.quiz.compute import compute, key_value, scope_of, tolerance, wrong_values
from studytool.quiz.derivation import derive_fraction
from studytool.quiz.number_text import round_to

MOST_ATTEMPTS = 200
SEPARATION = 2.0
"""A misconception nearer to the key than this many tolerances would be marked by luck."""
_NO_DRAW = Phrase(
    ko="{item}: 매개변수를 {attempts}번 뽑았지만 모두 'where'에 맞지 않거나 오개념의 값이 정답에서 "
    "허용 오차의 {tolerances:g}배 안에 있습니다. 매개변수의 범위를 넓히세요.",
    en="{item}: {attempts} draws in a row fail 'where' or put a misconception within "
    "{tolerances:g} tolerances of the key; widen the parameters",
)


def draw_parameters(item: Numeric, *, item_id: str, seed: int) -> dict[str, float]:
    """Draw the parameters that belong to a seed, as the prompt shows them.

    A draw is made again where a ``where`` does not hold, the key cannot be computed, or a
    misconception lies within twice the answer's tolerance of the key.

    Raises:
        UndrawableError: 200 draws in a row are unusable; names the item.
    """
    for attempt in range(MOST_ATTEMPTS):
        drawn = {
            name: _draw(parameter, derive_fraction(item_id, seed, name, attempt))
            for name, parameter in item.params.items()
        }
        if _is_usable(item, drawn):
            return drawn
    raise UndrawableError(_NO_DRAW, item=item_id, attempts=MOST_ATTEMPTS, tolerances=SEPARATION)


def _draw(parameter: Parameter, fraction: float) -> float:
    match parameter:
        case ChoiceParameter(choice=values):
            return float(values[int(fraction * len(values))])
        case IntegerParameter(integers=(low, high), step=step):
            return float(low + step * int(fraction * ((high - low) // step + 1)))
        case UniformParameter(uniform=(low, high), sigfigs=sigfigs):
            return round_to(low + fraction * (high - low), sigfigs)
        case LogUniformParameter(loguniform=(low, high), sigfigs=sigfigs):
            return round_to(exp(log(low) + fraction * (log(high) - log(low))), sigfigs)


def _is_usable(item: Numeric, drawn: dict[str, float]) -> bool:
    try:
        scope = scope_of(item, drawn)
        if not all(compute(condition, scope) for condition in item.where):
            return False
        key = key_value(item, scope)
        wrong = wrong_values(item, scope)
    except FormulaError:
        return False
    apart = SEPARATION * tolerance(item.answer, key)
    return all(abs(value - key) > apart for _, value in wrong)
