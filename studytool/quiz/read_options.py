"""Read the places of options as a person types them: ``2``, ``2.``, ``(2)``, ``2번``, ``②``, ``b``."""

import re
import unicodedata

_TOKEN = re.compile(
    r" ?[(\[{<#]? ?(?:(?P<number>\d{1,3})|(?P<letter>[a-z])(?![a-z]))"
    r"(?: ?(?:번째|번)| ?[)\]}>]|\.(?!\d)|:)*"
    r"(?: ?(?:[,;·/、&]|(?:과|와|랑|하고|및|그리고|and|or)(?![a-z])))?"
)
_LEAD = re.compile(r"(?:options?|answers?|no\.?|선택지|보기|정답|답)(?![a-z]) ?:?")
_TAIL = re.compile(r" ?(?:입니다|이다|요)?[.!]? ?")
_IN_A_ROW = re.compile(r"\d+|[a-z]+")
_MOST_IN_A_ROW = 9


def read_places(text: str, count: int) -> list[int] | None:
    """Read which of ``count`` options are meant, in the order typed; None where that is not clear.

    Where each has one digit or letter, they may stand in a row: ``13``, ``ac``, ``①③``.

    >>> read_places("1. 3)", 4), read_places("①③", 4), read_places("c", 4), read_places("5", 4)
    ([1, 3], [1, 3], [3], None)
    """
    plain = _plain(text)
    lead = _LEAD.match(plain)
    body = plain[lead.end() :] if lead else plain
    places = _in_a_row(body, count) or _one_by_one(body)
    return places if places and all(1 <= place <= count for place in places) else None


def _plain(text: str) -> str:
    """Write circled and bracketed numbers as plain ones, each apart from the next."""
    plain = unicodedata.normalize("NFKC", "".join(map(_apart, text))).lower()
    return " ".join(plain.split())


def _apart(sign: str) -> str:
    value = unicodedata.numeric(sign, None)
    if unicodedata.category(sign) == "No" and value is not None:
        return f" {int(value)} " if value == int(value) else "?"
    if unicodedata.category(sign) == "So" and len(unicodedata.normalize("NFKC", sign)) == 1:
        return f" {sign} "  # ⓐ
    return sign


def _in_a_row(text: str, count: int) -> list[int] | None:
    row = text.strip()
    if not 1 < len(row) <= count <= _MOST_IN_A_ROW or _IN_A_ROW.fullmatch(row) is None:
        return None
    places = [_place(sign) for sign in row]
    return places if len(set(places)) == len(places) and 0 not in places else None


def _one_by_one(text: str) -> list[int] | None:
    places, at = [], 0
    while (found := _TOKEN.match(text, at)) is not None:
        places.append(_place(found["number"] or found["letter"]))
        at = found.end()
    return places if _TAIL.fullmatch(text, at) else None


def _place(word: str) -> int:
    return int(word) if word.isdecimal() else ord(word) - ord("a") + 1
