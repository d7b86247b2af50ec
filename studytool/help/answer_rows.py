"""What can be typed as a number: examples by kind, each read by the reader itself when it is shown."""

from collections.abc import Iterator
from typing import NamedTuple

from studytool.help.columns import described
from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous, Number
from studytool.quiz.number_text import write_number
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_echo import echo_value


class AnswerExamples(NamedTuple):
    """Examples of one kind.

    Attributes:
        title: what they show.
        texts: as typed.
        unit: the unit that is asked for.
        is_korean: they are words of that language, and listed in it alone.
    """

    title: Phrase
    texts: tuple[str, ...]
    unit: str | None = None
    is_korean: bool = False


EXAMPLES: tuple[AnswerExamples, ...] = (
    AnswerExamples(
        Phrase("소수점과 자릿점: 쉼표도 점도, 한 답 안에서는 한 가지 뜻으로", "Points, commas, groups"),
        ("0,5", "1,000.5", "1.000,5", "1 000", "1'000", "1,000,000", "1,5+2,345"),
    ),
    AnswerExamples(
        Phrase("분수와 대분수", "Fractions and mixed numbers"),
        ("1/128", "½", "1½", "1 1/4", "1⁄2", "1:200", "\\frac{1}{2}"),
    ),
    AnswerExamples(
        Phrase("10의 거듭제곱", "Powers of ten"),
        ("7.8e-3", "7.8×10⁻³", "7.8 x 10^-3", "5*10**-3", "10^{-3}", "5 e-3"),
    ),
    AnswerExamples(
        Phrase("식: 거듭제곱, 제곱근, 곱셈 기호 없는 곱", "Expressions: powers, roots, products"),
        ("2^-7", "√(1/4)", "√1/4", "8^1/3", "∛8", "2π", "2√3", "2(0.25)", "0.25 x 2", "(-8)^(1/3)"),
    ),
    AnswerExamples(
        Phrase("함수: log는 자연로그입니다", "Functions; log is the natural one"),
        ("exp(-1)", "e^-1", "ln 2", "log2(8)", "log10(100)", "tanh(1)", "sin(30°)", "arcsin(0.5)", "abs(-3)"),
    ),
    AnswerExamples(
        Phrase("퍼센트: 바로 앞의 수에 붙습니다", "Per cent: it belongs to the number before it"),
        ("50%", "1-40%", "5‰", "50 percent"),
    ),
    AnswerExamples(
        Phrase("한국어 낱말", "Korean words"),
        ("2분의 1", "루트2", "2의 3제곱", "3억 5천만", "50퍼센트", "약 0.5", "0.5배", "0.5입니다"),
        is_korean=True,
    ),
    AnswerExamples(
        Phrase("앞뒤에 붙은 말과 양쪽이 같은 등식", "Courtesy, and two sides that agree"),
        ("=0.5", "≈0.5", "0.5.", "x=0.5", "1/4=0.25", "2/3 = 0.667", "0.005(0.5%)"),
    ),
    AnswerExamples(
        Phrase("단위: m/s를 물을 때", "Units, where m/s is asked for"),
        ("10", "10 m/s", "36 km/h", "10 m per s"),
        "m/s",
    ),
    AnswerExamples(
        Phrase("단위: m/s²를 물을 때", "Units, where m/s² is asked for"),
        ("4.5 m/s²", "4.5 m/s^2", "4.5 m s^-2", "4.5 ms^-2", "450 cm/s²"),
        "m/s^2",
    ),
    AnswerExamples(
        Phrase("단위: %를 물을 때", "Units, where % is asked for"),
        ("67", "67%", "50%+10%", "670‰"),
        "%",
    ),
    AnswerExamples(
        Phrase("두 가지로 읽혀서 되묻는 것", "Two readings: the program asks"),
        ("1,000", "0·5", "5*e-3", "5e^-3", "5.10^-3", "5x10-3", "1/2π", "√2π", "sin(30)", "0.4-0.6"),
    ),
    AnswerExamples(
        Phrase("읽지 않는 것과 그 까닭", "What is not read, and why"),
        ("0.5 0.6", "0.4~0.6", "3 ± 0.1", "<0.5", "1/0", "√-4", "1_000", "0x10", "2j", "1.2.3", "5 ms", "5k"),
    ),
)  # fmt: skip

_OR = Phrase(ko="{first}? {others}?", en="{first}, or {others}?")
_RANGE = Phrase(ko="{first}? 구간?", en="{first}, or a range?")


def answer_lines(language: Language, *, width: int) -> Iterator[str]:
    """List the examples with what each is read as."""
    for number, examples in enumerate(EXAMPLES):
        if examples.is_korean and language != "ko":
            continue
        yield from [""] if number else []
        yield examples.title.text(language)
        rows = [(text, _read_as(text, examples.unit, language)) for text in examples.texts]
        yield from described(rows, width=width, column=16, indent=2)


def _read_as(text: str, unit: str | None, language: Language) -> str:
    """Return what a text is read as: the echo, the question, or the reason against it."""
    read = read_number(text, unit=unit, language=language)
    if isinstance(read, Number):
        return read.reading or " ".join(filter(None, (write_number(read.value), unit)))
    if isinstance(read, Ambiguous):
        first, *others = (echo_value(float(one))[0] for one in read.readings)
        phrase = _OR if others else _RANGE
        return phrase.text(language, first=first, others=", ".join(others))
    return read.why
