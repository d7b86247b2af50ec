"""A number as digits, whether it was written in digits or as a word."""

import re

_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            "zero 영 제로", "one 일 하나", "two 이 둘", "three 삼 셋", "four 사 넷", "five 오 다섯",
            "six 육 여섯", "seven 칠 일곱", "eight 팔 여덟", "nine 구 아홉", "ten 십 열",
            "eleven 십일", "twelve 십이",
        )
    )
    for word in words.split()
}  # fmt: skip
_SIGN = re.compile(
    r"(?:(?:minus|negative|마이너스|음의)\s+|-\s*)|(?:(?:plus|positive|플러스|양의)\s+|\+\s*)"
)
_PERCENT = re.compile(r"\s*(?:%|per ?cent|퍼센트)$")
_DECIMAL = re.compile(r"(\d*)(?:\.(\d*))?")


def plain_number(text: str) -> str | None:
    """Return the one spelling of a number; None for what is none.

    >>> plain_number("+1.0"), plain_number("minus one"), plain_number("영"), plain_number(".50")
    ('1', '-1', '0', '0.5')
    >>> plain_number("n - 1") is None
    True
    """
    sign, percent = _SIGN.match(text), _PERCENT.search(text)
    body = text[sign.end() if sign else 0 : percent.start() if percent else None]
    body = _WORDS.get(body, body)
    found = _DECIMAL.fullmatch(body)
    if found is None or not any(found.groups()):
        return None
    whole, part = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    number = f"{whole}.{part}" if part else whole
    is_negative = sign is not None and sign[0][0] in "-mn마음" and number != "0"
    return f"{'-' if is_negative else ''}{number}{'%' if percent else ''}"
