"""Find the common slips that explain a wrong number: no credit is given, but they are named."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import isfinite
from operator import mul

from studytool.language import Language, Phrase
from studytool.quiz.key import NumberKey, WrongValue
from studytool.quiz.tolerance import Reach, Tolerance, exact, reach_of


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: what the answer would be had it been made, given the key."""

    id: str
    wrong: Callable[[float], float]
    say: Phrase


DEGREES = Phrase(
    ko="각을 라디안이 아니라 도(°) 단위로 계산했습니다. 계산기를 라디안으로 바꾸세요.",
    en="The angle was taken in degrees: set the calculator to radians.",
)
"""Of the slip whose number only the key's formula gives."""
DEGREES_ID = "slip:degrees"

_SLIPS = (
    Slip(
        "slip:sign",
        lambda key: -key,
        Phrase(ko="부호가 반대입니다.", en="The sign is the other way round."),
    ),
    Slip(
        "slip:percent",
        lambda key: 100 * key,
        Phrase(
            ko="100배입니다: 백분율을 비율 대신 쓴 것 같습니다(%를 붙이면 읽습니다).",
            en="100 times the key: a percentage for a fraction? (With a % sign it is read.)",
        ),
    ),
    *(
        Slip(
            "slip:power-of-ten",
            partial(mul, 10.0**power),
            Phrase(ko="소수점 자리가 어긋났습니다.", en="Off by a power of ten."),
        )
        for power in (-3, -2, -1, 1, 3)
    ),
    Slip(
        "slip:reciprocal",
        lambda key: 1 / key,
        Phrase(ko="역수입니다.", en="That is the reciprocal."),
    ),
    Slip(
        "slip:square",
        lambda key: key**2,
        Phrase(
            ko="정답의 제곱입니다: 제곱근을 빠뜨렸거나 한 번 더 제곱하지 않았나요?",
            en="That is the square of the key: a root left out, or a square too many?",
        ),
    ),
    Slip(
        "slip:square-root",
        lambda key: key**0.5 if key > 0 else float("nan"),
        Phrase(
            ko="정답의 제곱근입니다: 제곱을 빠뜨렸거나 제곱근을 한 번 더 취하지 않았나요?",
            en="That is the square root of the key: a square left out, or a root too many?",
        ),
    ),
)
SLIP_IDS = (*(slip.id for slip in _SLIPS), DEGREES_ID)
"""What a wrong number may show beside the misconceptions of its item."""
_APART = 0.1
"""How far a slip's own number is from the key at the least, relative to it: by less, an answer is
just as likely to be a number near the key."""
_LEAST = Fraction(1, 1000)
"""How near a slip's own number an answer must be at the least, relative to it."""


def find_slips(
    key: NumberKey, reach: Reach, answer: Fraction, language: Language
) -> list[WrongValue]:
    """Return the slips that explain a wrong answer; none whose number is near the key.

    Args:
        key: the right answer; a key of 0 admits no slip.
        reach: what is right and near about it.
        answer: what was answered, already known to be neither.
        language: of the feedback.
    """
    within = Tolerance(relative=max(key.tolerance.relative, _LEAST))
    about = 2 * max(float(within.relative), 0.01)  # more than any rounding to three figures
    return [
        slip
        for slip in _made(key, language)
        if abs(slip.value - float(answer)) <= about * abs(slip.value)
        and not reach.is_near(exact(slip.value))
        and reach_of(slip.value, within).is_right(answer)
    ]


def _made(key: NumberKey, language: Language) -> Iterator[WrongValue]:
    """Return each slip with the number that it leads to."""
    yield from key.slips
    if key.value == 0:
        return
    for slip in _SLIPS:
        try:
            value = slip.wrong(key.value)
        except OverflowError:
            continue
        if isfinite(value) and abs(value - key.value) >= _APART * abs(key.value) and value != 0:
            yield WrongValue(slip.id, value, slip.say.text(language))
