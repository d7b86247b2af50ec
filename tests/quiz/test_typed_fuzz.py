"""Any text at all is a number, a question back or a refusal: by hypothesis, and by a million texts.

A text is made of pieces of the grammar, of rows of the table with letters put in, taken out and
exchanged, and of any code points; ``pytest -m long`` reads a million of them.
"""

import math
import sys
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.language import LANGUAGES, Language
from studytool.quiz.answer import Ambiguous, Number, Unreadable
from studytool.quiz.read_number import read_number
from studytool.quiz.typed_refusals import WHY
from studytool.units.parse import UnitError, parse_unit
from tests.quiz.typed_answers import ASKED, IN_UNITS, INVISIBLES, READ, REFUSED
from tests.rows import all_rows

SEED = 11
TEXTS = sorted({row.text for row in (*READ, *ASKED, *REFUSED, *IN_UNITS)} | set(INVISIBLES))  # type: ignore[attr-defined] # each row has a text
SIGNS = sorted({sign for text in TEXTS for sign in text})
UNITS: list[str | None] = [None, None, *sorted({row.unit for row in IN_UNITS})]
PIECES = [
    *"0123456789.,'+-*/^()[]{}%‰√∛°π=~≈:;_!?x× ·⋅⁄½¼²³⁻¹₂±<>∞\\$\u200b\u2009",
    *("e", "E", "e-3", "10^", "×10", "pi", "exp(", "ln", "log", "log2", "log_", "sqrt(", "sin", "abs("),
    *("\\frac{1}{2}", "\\sqrt[3]{", "\\times", "분의", "제곱", "의", "루트", "만", "천", "억", "퍼센트", "약"),
    *("입니다", "개", "배", " m", " m/s²", "km/h", "µs", "°C", " J/mol·K", "nan", "inf", "0x1", "i", " per "),
    *("arcsin(", "sin⁻¹", "cos^2", "|", "할", "제곱미터", "square ", "요", "(approximately)", "**", '"'),
    *("1,000", "0·5", "1 1/4", "5e-3", "1 000", "..", "+-", "to", "또는", "1e400", "9^9^9"),
]  # fmt: skip


def _outcome(text: str, unit: str | None, language: Language) -> str:
    """Read a text, hold what must hold of any outcome, and return its kind."""
    read = read_number(text, unit=unit, language=language)
    match read:
        case Number(value=value, exact=exact):
            assert math.isfinite(value)
            assert exact is None or float(exact) == value
        case Ambiguous(question=question, readings=readings, likelier=likelier):
            assert question
            assert all(isinstance(one, float) and math.isfinite(one) for one in readings)
            taken = read_number(likelier, unit=unit, language=language)
            assert isinstance(taken, Number)
            assert taken.value == readings[0]
        case Unreadable(why=why, code=code):
            assert why
            assert code in set(WHY)
    return type(read).__name__


def _texts(rng: np.random.Generator, count: int) -> Iterator[str]:
    """Make texts: of pieces, of changed rows, of any code points."""
    for number in range(count):
        match number % 8:
            case 0:
                yield _changed(ASKED[rng.integers(len(ASKED))].text, rng)
            case 1 | 2 | 3:
                yield "".join(
                    PIECES[at] for at in rng.integers(len(PIECES), size=rng.integers(1, 7))
                )
            case 4 | 5 | 6:
                yield _changed(TEXTS[rng.integers(len(TEXTS))], rng)
            case _:
                codes = rng.integers(0x110000, size=rng.integers(1, 20))
                yield "".join(map(chr, codes)).encode("utf-16", "replace").decode("utf-16")


def _changed(text: str, rng: np.random.Generator) -> str:
    signs = list(text)
    for _ in range(rng.integers(1, 4)):
        at = int(rng.integers(len(signs) + 1))
        sign = SIGNS[rng.integers(len(SIGNS))]
        match int(rng.integers(3)):
            case 0:
                signs.insert(at, sign)
            case 1:
                signs[at : at + 1] = [sign]
            case _:
                del signs[at : at + 1]
    return "".join(signs)


def _read_many(count: int) -> dict[str, int]:
    rng = np.random.default_rng(SEED)  # noqa: TID251 - a fuzz of its own, seeded
    found: dict[str, int] = {}
    for number, text in enumerate(_texts(rng, count)):
        language, unit = LANGUAGES[number % 2], UNITS[number % len(UNITS)]
        try:
            kind = _outcome(text, unit, language)
        except Exception as error:
            raise AssertionError(f"{text!r} in {unit}") from error
        found[kind] = found.get(kind, 0) + 1
    return found


@pytest.mark.slow
def test_thousands_of_texts_have_an_outcome() -> None:
    assert set(_read_many(3_000)) == {"Number", "Ambiguous", "Unreadable"}


@pytest.mark.long
def test_a_million_texts_have_an_outcome() -> None:
    found = _read_many(1_000_000)
    assert min(found.values()) > 10_000


NUMERALS = st.sampled_from(
    ["1", "2", "0.5", "12", "1.25", "3e-2", "½", "1 1/2", "7", "√4", "π", "e"]
)
EXPRESSIONS = st.recursive(
    NUMERALS,
    lambda inner: (
        st.builds("({}){}({})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("√({})".format, inner)
        | st.builds("({})^2".format, inner)
        | st.builds("-({})".format, inner)
        | st.builds("({})%".format, inner)
        | st.builds("exp({})".format, inner)
        | st.builds("\\frac{{{}}}{{{}}}".format, inner, inner)
    ),
    max_leaves=6,
)


@given(EXPRESSIONS, st.sampled_from(LANGUAGES))
def test_what_the_grammar_makes_is_read_or_has_no_value(text: str, language: Language) -> None:
    read = read_number(text, unit=None, language=language)
    no_value = {"by-zero", "too-large", "even-root", "negative-power", "too-long"}
    assert isinstance(read, Number) or getattr(read, "code", "") in no_value


@given(EXPRESSIONS)
def test_what_is_echoed_is_read_as_the_same(text: str) -> None:
    read = read_number(text, unit=None, language="en")
    if isinstance(read, Number) and read.reading:
        left = read.reading.replace(" ≈ ", " = ").partition(" = ")[0]
        again = read_number(left, unit=None, language="en")
        if isinstance(again, Number):
            assert again.value == pytest.approx(read.value, rel=1e-9, abs=1e-300)
        else:
            assert isinstance(again, Ambiguous) or again.code in {"too-long", "too-deep"}, left


@given(st.text(max_size=60), st.sampled_from(UNITS), st.sampled_from(LANGUAGES))
def test_any_text_has_an_outcome(text: str, unit: str | None, language: Language) -> None:
    _outcome(text, unit, language)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(UNITS))
def test_any_pieces_have_an_outcome(text: str, unit: str | None) -> None:
    _outcome(text, unit, "ko")


@given(st.text(max_size=70) | st.text('mskgNJ·/^()²⁻¹ 12°C%µ"개.', max_size=20))
def test_any_text_is_a_unit_or_not(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnitError:
        return
    assert '"' in text or parse_unit(unit.text).is_same(unit)
    assert isinstance(unit.scale, Fraction) or math.isfinite(unit.scale)


@all_rows(
    "piece",
    [
        "1+", "(1)", "2π", "1,000*", "√2π/", "exp(-1)+", "5*e-3+", "0·5-", "1 1/4+", "1/2π/", "3만",
        "%", "(((", "-", "1^", "^", "1_", "5 m ", "'", "1 000 ", "5x10-3+", "½", "=1", "\\frac", ".",
    ],
)  # fmt: skip
def test_the_work_grows_with_the_length_alone(piece: str) -> None:
    count = 99 // len(piece)
    short, long = (_calls(f"{piece * times}1") for times in (count, 2 * count))
    assert long <= 2.2 * short + 100


def _calls(text: str) -> int:
    """Count the calls of functions that reading a text takes."""
    count = 0

    def note(*event: object) -> None:
        nonlocal count
        count += event[1] in ("call", "c_call")

    read_number(text, unit=None, language="en")  # what is read once for all is not counted
    sys.setprofile(note)
    try:
        read_number(text, unit=None, language="en")
    finally:
        sys.setprofile(None)
    return count
