"""Find a common slip in a wrong answer: the feedback names it, and no credit is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import isfinite
from operator import mul

from studytool.language import Language, Phrase


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: what the answer would be had it been made, given the key."""

    id: str
    wrong: Callable[[float], float]
    say: Phrase


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
            ko="제곱한 값입니다: 표준편차 대신 분산을 답한 것은 아닌가요?",
            en="That is the square: a variance for a standard deviation?",
        ),
    ),
    Slip(
        "slip:square-root",
        lambda key: key**0.5 if key > 0 else float("nan"),
        Phrase(
            ko="제곱근입니다: 분산 대신 표준편차를 답한 것은 아닌가요?",
            en="That is the square root: a standard deviation for a variance?",
        ),
    ),
)


def find_slip(
    answer: float, key: float, *, relative: float, language: Language
) -> tuple[str, str] | None:
    """Find a slip that explains a wrong answer: its id and feedback.

    Args:
        answer: what was answered, already known to be wrong.
        key: the right answer; a key of 0 admits no slip.
        relative: how near, relative to the slip's value.
        language: of the feedback.
    """
    for slip, value in _made(key):
        if abs(answer - value) <= relative * abs(value):
            return slip.id, slip.say.text(language)
    return None


def _made(key: float) -> Iterator[tuple[Slip, float]]:
    if key == 0:
        return
    for slip in _SLIPS:
        try:
            value = slip.wrong(key)
        except OverflowError:
            continue
        if isfinite(value) and value != 0:
            yield slip, value
