"""Read a number as people write it, in any script, with commas, powers of ten and units."""

import re
import unicodedata
from dataclasses import dataclass

from studytool.language import Language, Phrase
from studytool.quiz.expression import NoNumber, compute_expression
from studytool.quiz.number_text import write_number
from studytool.quiz.variant import Ambiguous, Number, Unreadable

EMPTY = Phrase(ko="답을 입력하세요.", en="Type an answer.")
_NOT_A_NUMBER = Phrase(
    ko="nan은 수가 아닙니다. 수로 답하세요.", en="nan is not a number; answer with one."
)
_INFINITE = Phrase(
    ko="무한대는 여기서 답이 될 수 없습니다. 유한한 수로 답하세요.",
    en="Infinity cannot be the answer here; type a finite number.",
)
_HEXADECIMAL = Phrase(
    ko="16진수나 2진수는 읽지 않습니다. 10진수로 쓰세요.",
    en="Hexadecimal and binary are not read; write a decimal number.",
)
_UNDERSCORE = Phrase(
    ko="밑줄은 빼고 쓰세요(1000처럼).", en="Leave the underscores out, as in 1000."
)
_COMPLEX = Phrase(
    ko="복소수는 답이 될 수 없습니다. 실수로 답하세요.",
    en="A complex number cannot be the answer; type a real one.",
)
_NO_UNIT = Phrase(
    ko="이 답에는 단위가 없습니다. 수만 쓰세요.",
    en="This answer has no unit; type the number alone.",
)
_OTHER_UNIT = Phrase(
    ko="'{given}'을(를) 읽지 못했습니다. {wanted} 단위의 수로 답하세요.",
    en="'{given}' is not read here; answer in {wanted}.",
)
_TWO_COMMAS = Phrase(
    ko="{first}인가요, {second}인가요? 둘 중 하나를 입력하세요. 이번 입력은 채점하지 않았습니다.",
    en="{first} or {second}? Type one of them; this did not count.",
)
_TIMES_TEN = Phrase(
    ko="{first}(이)라는 뜻인가요? 그렇게 입력하세요. 이번 입력은 채점하지 않았습니다.",
    en="did you mean {first}? Type that; this did not count.",
)
_READ_AS = Phrase(ko="{value}(으)로 읽었습니다", en="read as {value}")
_PERCENT = Phrase(ko="%를 /100으로 읽었습니다", en="read % as /100")

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "∗": "*", "⋅": "·", "٫": ".", "’": "'"})
_SUPERSCRIPT_RUN = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TIMES_POWER = re.compile(
    r"([-+]?(?:\d+\.?\d*|\.\d+))\s*[×xX*·]\s*10\s*(?:\^|\*\*)\s*\(?\s*([-+]?\d+)\s*\)?"
)
_LOST_POWER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*[×x*]\s*10\s*-\s*(\d{1,2})", re.IGNORECASE)
_UNIT = re.compile(r"(?<=[\d.)])\s*([a-zA-Zµμ°Ω가-힣]+(?:/[a-zA-Z]+)?)$")

_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+")
_GROUPED_POINT = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d*")
_GERMAN = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d*")
_COMMA = re.compile(r"[-+]?\d*,\d+")
_SPACED = re.compile("[-+]?\\d{1,3}(?:[ \u00a0\u202f']\\d{3})+(?:\\.\\d*)?")
_ONE_READING = (
    (_GROUPED_POINT, ","),
    (_GERMAN, r"\."),
    (_COMMA, "$^"),
    (_SPACED, "[ \u00a0\u202f']"),
)
"""Patterns with one reading, and the separators to drop; a comma that is left is the point."""

_PREFIXES = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12}


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text made plain, the factor that its unit or percent sign stands for, and notes on it."""

    text: str
    factor: float = 1.0
    note: str = ""


def read_number(
    text: str, *, unit: str | None, language: Language
) -> Number | Ambiguous | Unreadable:
    """Read a typed number; never raises.

    Args:
        text: as typed.
        unit: the answer's unit, None where it has none.
        language: of the messages.

    >>> read_number("1/4", unit=None, language="en")
    Number(value=0.25, note='')
    >>> read_number("1,000", unit=None, language="en").readings
    (1000.0, 1.0)
    """
    plain = _in_ascii(text)
    if (refused := _refused(plain)) is not None:
        return Unreadable(refused.text(language))
    if (lost := _LOST_POWER.fullmatch(plain)) is not None:
        meant = f"{lost[1]}e-{lost[2]}"
        return Ambiguous(_TIMES_TEN.text(language, first=meant), (float(meant),))
    scaled = _without_unit(_Plain(plain), unit, language)
    if isinstance(scaled, Unreadable):
        return scaled
    return _value(scaled, language)


def _in_ascii(text: str) -> str:
    """Make digits, signs, fractions and superscripts plain; 1½ keeps a gap, as 1 1/2."""
    composed = unicodedata.normalize("NFC", text).strip().translate(_SIGNS)
    composed = _SUPERSCRIPT_RUN.sub(lambda run: f"^({run[0].translate(_SUPERSCRIPTS)})", composed)
    plain = []
    for character in composed:
        fraction = unicodedata.numeric(character, None)
        if unicodedata.category(character) == "No" and fraction is not None:
            plain.append(f" ({unicodedata.normalize('NFKC', character).replace('⁄', '/')})")
        elif character.isdecimal():
            plain.append(str(unicodedata.decimal(character)))
        else:
            plain.append(
                unicodedata.normalize("NFKC", character) if ord(character) > 0xFF00 else character
            )
    joined = "".join(plain).strip()
    power = _TIMES_POWER.fullmatch(joined)
    return joined if power is None else f"{power[1]}e{power[2]}"


def _refused(text: str) -> Phrase | None:
    low = text.lower().lstrip("+-")
    for pattern, phrase in (
        ("", EMPTY),
        (r"nan", _NOT_A_NUMBER),
        (r"inf|infinity|∞", _INFINITE),
        (r"0[xob][0-9a-f]+", _HEXADECIMAL),
        (r"\d+(_\d+)+", _UNDERSCORE),
        (r".*\d\s*\*?\s*[ij]", _COMPLEX),
    ):
        if re.fullmatch(pattern, low):
            return phrase
    return None


def _without_unit(plain: _Plain, unit: str | None, language: Language) -> _Plain | Unreadable:
    if plain.text.endswith("%"):
        return _Plain(plain.text[:-1].strip(), 0.01, _PERCENT.text(language))
    found = _UNIT.search(plain.text)
    if found is None or found[1] in ("e", "pi"):
        return plain
    if unit is None:
        return Unreadable(_NO_UNIT.text(language))
    given = found[1].replace("µ", "u").replace("μ", "u")
    factor = _unit_factor(given, unit)
    if factor is None:
        return Unreadable(_OTHER_UNIT.text(language, given=found[1], wanted=unit))
    note = "" if factor == 1 else _READ_AS.text(language, value=f"×{factor:g} {unit}")
    return _Plain(plain.text[: found.start()].strip(), factor, note)


def _unit_factor(given: str, wanted: str) -> float | None:
    """Return what one ``given`` is in ``wanted``, where they differ by a prefix only."""
    for prefix, factor in _PREFIXES.items():
        for other, divisor in _PREFIXES.items():
            base = wanted.removeprefix(other)
            if base and wanted == other + base and given == prefix + base:
                return factor / divisor
    return None


def _value(plain: _Plain, language: Language) -> Number | Ambiguous | Unreadable:
    reading = _commas(plain.text, language)
    if isinstance(reading, Ambiguous):
        return reading
    text, unusual = reading
    value = compute_expression(text)
    if isinstance(value, NoNumber):
        return Unreadable(value.phrase.text(language, text=value.text))
    notes = [plain.note] if plain.note else []
    if unusual:
        notes.append(_READ_AS.text(language, value=write_number(value)))
    return Number(value * plain.factor, "; ".join(notes))


def _commas(text: str, language: Language) -> tuple[str, bool] | Ambiguous:
    """Settle what commas, points and spaces mean where only one reading is possible."""
    if _GROUPED.fullmatch(text):
        return _grouped(text, language)
    for pattern, dropped in _ONE_READING:
        if pattern.fullmatch(text):
            return re.sub(dropped, "", text).replace(",", "."), True
    return text, False


def _grouped(text: str, language: Language) -> tuple[str, bool] | Ambiguous:
    """Read ``1,000``: grouped with two commas, decimal after a 0, else either."""
    without, decimal = text.replace(",", ""), text.replace(",", ".")
    if text.count(",") > 1:
        return without, True
    if text.lstrip("+-").startswith("0"):
        return decimal, True
    question = _TWO_COMMAS.text(language, first=without, second=decimal)
    return Ambiguous(question, (float(without), float(decimal)))
