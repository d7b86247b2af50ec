"""Mark an estimate on its axis by what the simulation shows."""

from functools import partial

from studytool.language import Language, Message, Phrase
from studytool.quiz.answer import Number
from studytool.quiz.axis import ShownValue
from studytool.quiz.give_mark import mark_as
from studytool.quiz.how_far import how_far
from studytool.quiz.key import AxisKey
from studytool.quiz.mark_value import Mark, PlacedEstimate
from studytool.quiz.number_text import write_number
from studytool.quiz.outcome import Outcome

NEAR = 2.0
"""How many times the leeway is near: half credit, and nothing is accused."""
NEAR_CREDIT = 0.5
_WITHIN_FACTOR = Phrase(
    ko="시뮬레이션 값의 {factor}배 안이면 맞습니다.", en="Right is within a factor of {factor}."
)
_WITHIN_DISTANCE = Phrase(
    ko="시뮬레이션 값과의 차이가 {distance} 이하이면 맞습니다.", en="Right is within {distance}."
)
_OFF = (
    Phrase(ko="{distance}만큼 작게 잡았습니다.", en="Too small by {distance}."),
    Phrase(ko="{distance}만큼 크게 잡았습니다.", en="Too large by {distance}."),
)


def mark_estimate(
    key: AxisKey,
    answer: Number | None,
    shown: ShownValue,
    language: Language,
) -> Mark:
    """Compare an estimate with what the simulation shows; without one the value is only shown."""
    unit = f" {key.unit}" if key.unit else ""
    give = partial(
        mark_as,
        key_text=write_number(shown.value, "3sf") + unit,
        estimated=PlacedEstimate(key, answer.value if answer else None, shown),
    )
    if answer is None:
        return give(Outcome.SHOWN)
    give = partial(give, read_as=answer.reading or write_number(answer.value) + unit)
    if key.leeway.holds(answer.value, shown):
        return give(Outcome.RIGHT)
    feedback = f"{_off(key, answer.value, shown, language)} {leeway_message(key).text(language)}"
    if key.leeway.holds(answer.value, shown, times=NEAR):
        return give(Outcome.NEAR, credit=NEAR_CREDIT, feedback=feedback)
    return give(Outcome.WRONG, feedback=feedback)


def leeway_message(key: AxisKey) -> Message:
    """Say how near an estimate must be."""
    factor, distance = key.leeway.factor, key.leeway.distance
    if factor is not None:
        return _WITHIN_FACTOR.of(factor=write_number(factor))
    unit = f" {key.unit}" if key.unit else ""
    return _WITHIN_DISTANCE.of(distance=write_number(distance or 0.0) + unit)


def _off(key: AxisKey, answer: float, shown: ShownValue, language: Language) -> str:
    """Say how far off an estimate is, and to which side."""
    if key.leeway.factor is not None:
        return how_far(answer, shown.value, language)
    unit = f" {key.unit}" if key.unit else ""
    distance = write_number(abs(answer - shown.value), "2sf") + unit
    return _OFF[answer > shown.value].text(language, distance=distance)
