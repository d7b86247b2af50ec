"""Korean particles whose form follows the last sound of what they stand after.

Numbers are taken as they are read aloud: 10 is 십, 0.50 ends in 영, 1/4 is 사분의 일, 10⁻⁵ ends in
제곱. A word in Latin letters is taken by its spelling, which is right for most and not for all.
"""

import re
import unicodedata
from enum import Enum


class Coda(Enum):
    """The last sound of a word, as far as particles care."""

    NONE = "vowel"
    RIEUL = "ㄹ"
    OTHER = "consonant"


_PAIRS = (
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("아", "야"),
)
"""After a consonant, after a vowel; 으로 stands after a consonant other than ㄹ."""
_COPULA = "이"
_BARE_COPULA = re.compile(
    "다(가|고|는|면)?|라(고|는|도|면|서|야)?|고(서|도)?|나(마)?|면(서)?|기(에|도|는|만)?"
    "|며|란|랑|므로|지만|거나|든지|던|자|지|니|네"
)
"""What follows 이, which may be left out after a vowel."""
_CONTRACTION = re.compile("여(서|야|도)?|였(다|던|고|으며|으나|으면|지만|습니다)?")
"""이어서 and 이었다 after a vowel."""
_UNCHANGED = ("입니다", "입니까")
_CONTRACTED = {"어": "여", "었": "였"}
_AFTER_PAIR = re.compile(r"(는|도|만|부터|써|서|의|나|라도)?")

_DIGITS = {
    "0": Coda.OTHER, "1": Coda.RIEUL, "2": Coda.NONE, "3": Coda.OTHER, "4": Coda.NONE,
    "5": Coda.NONE, "6": Coda.OTHER, "7": Coda.RIEUL, "8": Coda.RIEUL, "9": Coda.NONE,
}  # fmt: skip
"""영 일 이 삼 사 오 육 칠 팔 구."""
_GROUPS = (Coda.OTHER, Coda.OTHER, Coda.OTHER, Coda.NONE, Coda.OTHER)
"""What the groups of four digits are called: 천, 만, 억, 조, 경; 십 and 백 end as 천 does."""
_LETTERS = {"L": Coda.RIEUL, "M": Coda.OTHER, "N": Coda.OTHER, "R": Coda.RIEUL}
"""Letters by name; the others end in a vowel."""
_UNITS = {
    "%": Coda.NONE, "‰": Coda.RIEUL, "°": Coda.NONE, "°C": Coda.NONE, "°F": Coda.NONE,
    "m": Coda.NONE, "s": Coda.NONE, "g": Coda.OTHER, "N": Coda.OTHER, "J": Coda.RIEUL,
    "W": Coda.NONE, "V": Coda.NONE, "A": Coda.NONE, "Ω": Coda.OTHER, "Hz": Coda.NONE,
    "Pa": Coda.RIEUL, "K": Coda.OTHER, "L": Coda.NONE, "mol": Coda.RIEUL, "min": Coda.OTHER,
    "h": Coda.OTHER, "d": Coda.RIEUL, "eV": Coda.NONE, "rad": Coda.OTHER, "C": Coda.OTHER,
    "F": Coda.NONE, "T": Coda.NONE, "cal": Coda.NONE, "B": Coda.NONE, "bit": Coda.NONE,
}  # fmt: skip
"""퍼센트 퍼밀 도 미터 초 그램 뉴턴 줄 와트 볼트 암페어 옴 헤르츠 파스칼 켈빈 리터 몰 분 시간 일 …"""
_PREFIXES = "kMGTmµμunpcdh"
_GREEK_WITH_N = "εϵΕυΥοΟ"
"""엡실론, 입실론, 오미크론."""

_CLOSING = " \t\n)]}>」』”’\"'*`$.,;:!?…"
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FRACTION = re.compile(r"([0-9]+)\s*[/⁄]\s*[0-9.]+$")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?$")
_UNIT = re.compile(r"[0-9]\s?(?P<unit>[A-Za-zµμΩ°%‰][A-Za-zµμΩ°%‰/·]{0,11}?)(?P<power>[²³]?)$")
_WORD = re.compile(r"[A-Za-z]+$")
_SHORT_STOP = re.compile(r"(^|[^aeiou])[aeiou](ck|[bcktp])$")


def is_particle(text: str) -> bool:
    """Tell whether this is a particle whose form follows what it stands after.

    >>> is_particle("으로는"), is_particle("에서")
    (True, False)
    """
    return _forms(text) is not None


def is_wrong_after_some(particle: str) -> bool:
    """Tell whether a particle in this form is wrong after some numbers.

    이므로 and 입니다 can be read after any; the short forms of 이다 but 라 are taken for nouns.

    >>> [is_wrong_after_some(word) for word in ("은", "라면", "이므로", "자", "에서")]
    [True, True, False, False, False]
    """
    pairs = tuple(form for pair in _PAIRS for form in pair)
    rest = particle.removeprefix(_COPULA)
    is_pair = any(
        particle.startswith(form) and _AFTER_PAIR.fullmatch(particle[len(form) :]) for form in pairs
    )
    return is_particle(particle) and (is_pair or rest.startswith("라"))


def particle_after(word: str, particle: str) -> str:
    """Return a particle, given in any of its forms, as it is after a word or number.

    >>> [f"{n}{particle_after(n, '와')}" for n in ("2", "3", "10", "0.50", "−4", "40%")]
    ['2와', '3과', '10과', '0.50과', '−4와', '40%와']

    Raises:
        ValueError: no such particle.
    """
    forms = _forms(particle)
    if forms is None:
        raise ValueError(f"{particle!r} is no particle with two forms")
    coda = coda_of(word)
    is_open = coda is Coda.NONE or (coda is Coda.RIEUL and forms[0].startswith("으로"))
    return forms[1] if is_open else forms[0]


def _forms(particle: str) -> tuple[str, str] | None:
    """Return the two forms of a particle: after a consonant, after a vowel."""
    for closed, open_ in _PAIRS:
        for form in (closed, open_):
            rest = particle[len(form) :]
            if particle.startswith(form) and _AFTER_PAIR.fullmatch(rest):
                if form == _COPULA and rest:
                    continue
                return closed + rest, open_ + rest
    if particle in _UNCHANGED:
        return particle, particle
    rest = particle.removeprefix(_COPULA)
    after_vowel = _CONTRACTED.get(rest[:1], rest[:1]) + rest[1:]
    if _CONTRACTION.fullmatch(after_vowel):
        whole = {short: long for long, short in _CONTRACTED.items()}[after_vowel[0]]
        return _COPULA + whole + after_vowel[1:], after_vowel
    return (_COPULA + rest, rest) if _BARE_COPULA.fullmatch(rest) else None


def coda_of(word: str) -> Coda:
    """Return how a word or a number ends when it is read aloud in Korean."""
    text = unicodedata.normalize("NFC", word).rstrip(_CLOSING)
    if not text:
        return Coda.NONE
    for read in (_of_power, _of_number, _of_unit, _of_hangul):
        if (coda := read(text)) is not None:
            return coda
    return _of_letters(text)


def _of_power(text: str) -> Coda | None:
    """Read 10⁻⁵ and 6.4e-5, which end in 제곱."""
    is_power = text[-1] in _SUPERSCRIPTS and not _UNIT.search(text)
    return Coda.OTHER if is_power or re.search(r"[0-9]e[-+]?[0-9]+$", text) else None


def _of_number(text: str) -> Coda | None:
    fraction = _FRACTION.search(text)
    if fraction is not None:
        return _of_whole(fraction[1])  # 1/4 is 사분의 일
    vulgar = unicodedata.normalize("NFKC", text[-1])
    if "⁄" in vulgar:
        return _of_whole(vulgar.partition("⁄")[0])
    found = _NUMBER.search(text)
    if found is None:
        return None
    if re.search(r"[A-Za-z][A-Za-z-]*$", text[: found.start()]) and len(found[0]) == 1:
        return _DIGITS[found[0]]
    return _DIGITS[text[-1]] if found["decimals"] else _of_whole(found[0].replace(",", ""))


def _of_whole(digits: str) -> Coda:
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros == 0 or not digits.strip("0"):
        return _DIGITS[digits[-1]]
    return Coda.OTHER if zeros < 4 else _GROUPS[min(zeros // 4, len(_GROUPS) - 1)]


def _of_unit(text: str) -> Coda | None:
    """Read the unit after a number: the last one of m/s, 제곱 where that has a power."""
    if text[-1] in "%‰°":
        return _UNITS[text[-1]]
    found = _UNIT.search(text)
    if found is None:
        return None
    last = re.split("[/·]", found["unit"])[-1]
    if found["power"] and "/" in found["unit"]:
        return Coda.OTHER  # 미터 매 초 제곱, while m² is 제곱미터
    if last in _UNITS:
        return _UNITS[last]
    return _UNITS.get(last[1:]) if last[:1] in _PREFIXES else None


def _of_hangul(text: str) -> Coda | None:
    index = ord(text[-1]) - ord("가")
    if not 0 <= index < 11172:
        return None
    final = index % 28
    return Coda.NONE if final == 0 else Coda.RIEUL if final == 8 else Coda.OTHER


def _of_letters(text: str) -> Coda:
    """Read letters: by name where they stand alone or all are capitals, else as a word sounds."""
    if text[-1] in _GREEK_WITH_N:
        return Coda.OTHER
    found = _WORD.search(text)
    if found is None:
        return Coda.NONE
    word = found[0]
    if len(word) == 1 or word.isupper():
        return _LETTERS.get(word[-1].upper(), Coda.NONE)
    if word.endswith("l"):
        return Coda.RIEUL
    is_closed = word.endswith(("m", "n", "ng")) or _SHORT_STOP.search(word)
    return Coda.OTHER if is_closed else Coda.NONE
