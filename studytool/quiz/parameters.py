"""Draw an item's parameters from a seed, and draw again where they are unusable."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from studytool.errors import ExperimentError, FormulaError, UndrawableError
from studytool.language import Message, Phrase
from studytool.packs.answer_key import Misconception
from studytool.packs.clozes import Cloze, NumberBlank
from studytool.packs.items import Item, Numeric
from studytool.packs.parameters import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    Parameter,
    TableParameter,
    UniformParameter,
)
from studytool.packs.scope import ParameterScope, scope_of, unmet
from studytool.quiz.apart import Closeness, closeness_of
from studytool.quiz.compute import compute, key_value, wrong_values
from studytool.quiz.derivation import derive_fraction
from studytool.quiz.drawn_keys import unaskable
from studytool.quiz.number_key import tolerance_of
from studytool.quiz.number_text import round_to

MOST_ATTEMPTS = 200
_KEY_OF: dict[str, tuple[str, ...]] = {
    "numeric": ("answer", "formula"),
    "cloze": ("blanks",),
    "choice": ("options",),
    "order": ("things",),
    "prediction": ("measure",),
}
"""By the kind of item, where its key is computed."""
ATTEMPTS_APART = 50
"""After so many, a draw whose misconceptions cannot all be told apart will do."""
_NO_DRAW = Phrase(
    ko="{item}: 매개변수를 {attempts}번 뽑았지만 모두 쓸 수 없습니다. 그중 {times}번의 이유: {why} "
    "매개변수의 범위를 넓히거나 그것을 고치세요.",
    en="{item}: {attempts} draws in a row will not do; {times} times {why}. "
    "Widen the parameters, or mend that",
)
_CONDITION = Phrase(
    ko="조건 '{condition}'에 맞지 않습니다.", en="the condition '{condition}' does not hold"
)
_NO_KEY = Phrase(ko="정답을 계산할 수 없습니다: {why}", en="the key cannot be computed: {why}")
_MEETS_KEY = Phrase(
    ko="오개념 '{misconception}'의 값이 정답과 구별되지 않습니다.",
    en="the misconception '{misconception}' cannot be told from the key",
)


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """What one draw of an item comes to.

    Attributes:
        parameters: the drawn numbers, as the prompt shows them.
        scope: these and the numbers of ``let``.
        numbers: of a numeric item its key, as ``answer``; of a cloze its blanks with numbers.
        wrongs: each misconception that holds, and its number.
        closeness: whether the key and these numbers can be told apart.
    """

    parameters: dict[str, float]
    scope: ParameterScope
    numbers: Mapping[str, float]
    wrongs: Sequence[tuple[Misconception, float]]
    closeness: Closeness


def name_of_draws(item: Item, item_id: str) -> str:
    """Return the name by which the draws of an item, ``pack/slug``, are made: a rename keeps them."""
    return f"{item_id.rpartition('/')[0]}/{item.drawn_as}" if item.was else item_id


def draw_parameters(item: Item, *, item_id: str, seed: int) -> dict[str, float]:
    """Draw the parameters that belong to a seed, as :func:`draw_item` does."""
    return draw_item(item, item_id=item_id, seed=seed).parameters


def draw_item(item: Item, *, item_id: str, seed: int) -> DrawnItem:
    """Draw the parameters that belong to a seed, and compute what follows from them.

    A draw is made again where a condition does not hold, the key cannot be computed, or a
    misconception cannot be told from the key. One where two misconceptions come to the same number,
    or one to a number near the key, is made again 50 times at the most.

    Raises:
        UndrawableError: 200 draws in a row are unusable; names the item, and what refuses most.
    """
    attempts = MOST_ATTEMPTS if item.params else 1
    refusals: list[_Refusal] = []
    usable: DrawnItem | None = None
    drawn_as = name_of_draws(item, item_id)
    for attempt in range(attempts):
        drawn: dict[str, float] = {}
        for name, parameter in item.params.items():
            drawn |= _draw(name, parameter, derive_fraction(drawn_as, seed, name, attempt))
        judged = _judge(item, drawn)
        if isinstance(judged, _Refusal):
            refusals.append(judged)
        elif judged.closeness.is_apart:
            return judged
        else:
            usable = usable or judged
        if usable is not None and attempt >= ATTEMPTS_APART:
            return usable
    if usable is not None:
        return usable
    paths = Counter(refusal.path for refusal in refusals)
    path, times = paths.most_common(1)[0]
    why = next(refusal.why for refusal in refusals if refusal.path == path)
    fields = {"attempts": attempts, "times": times, "why": why}
    raise UndrawableError(_NO_DRAW, item=item_id, path=path, **fields)


class _Refusal(NamedTuple):
    """The part of an item that refuses a draw, and why."""

    path: tuple[str | int, ...]
    why: Message


def _draw(name: str, parameter: Parameter, fraction: float) -> dict[str, float]:
    """Draw a parameter: one number, or those of a row of its table."""
    match parameter:
        case TableParameter(table=rows):
            return rows[int(fraction * len(rows))].columns
        case ChoiceParameter(choice=values):
            return {name: float(values[int(fraction * len(values))])}
        case IntegerParameter(integers=(low, high), step=step):
            return {name: float(low + step * int(fraction * ((high - low) // step + 1)))}
        case UniformParameter(uniform=(low, high), sigfigs=sigfigs):
            return {name: round_to(low + fraction * (high - low), sigfigs)}
        case LogUniformParameter(loguniform=(low, high), sigfigs=sigfigs):
            return {name: round_to(exp(log(low) + fraction * (log(high) - log(low))), sigfigs)}


def _judge(item: Item, drawn: dict[str, float]) -> DrawnItem | _Refusal:
    """Compute what a draw comes to, or tell why it will not do."""
    at: tuple[str | int, ...] = ("let",)
    try:
        scope = scope_of(item, drawn)
        if (condition := unmet(item, scope)) is not None:
            is_listed = condition in item.require
            path = ("require", item.require.index(condition)) if is_listed else ("distinct",)
            return _Refusal(path, _CONDITION.of(condition=condition))
        at = _KEY_OF.get(item.kind, ())
        if isinstance(item, Numeric) and item.answer.measure is not None:
            at = ("answer", "measure")
        return _judge_key(item, drawn, scope)
    except FormulaError as error:
        return _Refusal(at, _NO_KEY.of(why=error.why))
    except ExperimentError as error:
        return _Refusal(at, _NO_KEY.of(why=error.told))


def _judge_key(item: Item, drawn: dict[str, float], scope: ParameterScope) -> DrawnItem | _Refusal:
    """Tell whether what marks an answer tells right from wrong.

    Raises:
        FormulaError: something cannot be computed for these numbers.
        ExperimentError: an experiment that gives the key refuses them.
    """
    if (refused := unaskable(item, scope)) is not None:
        return _Refusal(_KEY_OF.get(item.kind, ()), refused)
    numbers: dict[str, float] = {}
    wrongs: list[tuple[Misconception, float]] = []
    closeness = Closeness(None, is_apart=True)
    match item:
        case Numeric():
            wrongs, key = wrong_values(item, scope), key_value(item, scope)
            named = [(wrong.id, value) for wrong, value in wrongs]
            closeness = closeness_of(key, named, tolerance_of(item.answer))
            if closeness.meets_key is not None:
                number = [wrong.id for wrong in item.misconceptions].index(closeness.meets_key)
                why = _MEETS_KEY.of(misconception=closeness.meets_key)
                return _Refusal(("misconceptions", number, "formula"), why)
            numbers = {"answer": key}
        case Cloze():
            numbers = {
                name: compute(blank.formula, scope)
                for name, blank in item.blanks.items()
                if isinstance(blank, NumberBlank)
            }
        case _:
            pass
    return DrawnItem(drawn, scope, numbers, wrongs, closeness)
